"""Child processes as a person would start them."""

from __future__ import annotations

import os


def environment(**more: str) -> dict[str, str]:
    """Ours, where Python may keep what it compiled: started anew, a program is not compiled anew."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | more
