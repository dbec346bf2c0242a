"""A lock that cannot be had is not a lock that another holds."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from kontali_desktop.adapters.system.file_lock import try_lock


def test_only_a_file_that_another_holds_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    first, second = (os.open(path, os.O_RDWR | os.O_CREAT, 0o600) for _ in range(2))
    assert try_lock(first)
    assert not try_lock(second)
    os.close(first)
    assert try_lock(second)
    os.close(second)
    with pytest.raises(OSError, match=os.strerror(errno.EBADF)):
        try_lock(second)
