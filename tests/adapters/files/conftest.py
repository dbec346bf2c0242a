"""Reading from a real file, and what a refusal says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kontali_desktop.adapters.files.reader import FormatReader
from kontali_desktop.adapters.files.reasons import FACTS, Reason
from kontali_desktop.services.errors import FileNotUnderstood
from kontali_desktop.services.ports import FileContent
from tests.adapters.files.writers import CLIENT

Read = Callable[[bytes], FileContent | None]
Take = Callable[[bytes], FileContent]
Refuse = Callable[[bytes], Reason]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def from_disk(data: bytes) -> FileContent | None:
        path = tmp_path / "file.bin"  # the name tells nothing
        path.write_bytes(data)
        return FormatReader().read(path, CLIENT)

    return from_disk


@pytest.fixture
def take(read: Read) -> Take:
    """Read what must be known, and see that each refused row has the facts of its reason."""

    def known(data: bytes) -> FileContent:
        content = read(data)
        assert content is not None
        for row in content.refused:
            assert set(row.facts) == FACTS[Reason(row.why)]
        return content

    return known


@pytest.fixture
def refuse(read: Read) -> Refuse:
    """The reason for which a whole file is refused, with exactly the facts that the reason needs."""

    def refused(data: bytes) -> Reason:
        with pytest.raises(FileNotUnderstood) as caught:
            read(data)
        parameters = caught.value.parameters
        reason = Reason(str(parameters["why"]))
        assert set(parameters) - {"where", "why"} == FACTS[reason]
        assert parameters["where"]
        return reason

    return refused
