"""An import over a database of its own; no bank is needed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from pytestqt.qtbot import QtBot

from tests.ui.import_files.importing import Importing, importing
from tests.ui.program import running_program


@pytest_asyncio.fixture
async def one(tmp_path: Path, qtbot: QtBot) -> AsyncIterator[Importing]:
    async with running_program(tmp_path / "data") as program:
        yield importing(program)
