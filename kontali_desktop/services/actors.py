"""Who does things: the person at the machine, or the program by itself."""

from __future__ import annotations

from typing import Final

PERSON: Final = "person"
PROGRAM: Final = "program"
