"""A process may die at any step; what is read afterwards is whole, and nothing is left over in the end."""

from __future__ import annotations

import subprocess
import sys
import uuid

import pytest

from kontali_desktop.adapters.keychain.os_keychain import OsKeychain
from tests.adapters.keychain.dies_midway import DIED
from tests.adapters.keychain.seen_from_outside import stored_values

pytestmark = pytest.mark.usefixtures("secret_service")
OLD, NEW, NEXT = "o" * 1_500, "n" * 1_500, "x" * 2_500
# Two parts of the new one, the pointer, two parts of the old one.
WRITES_OF_A_SAVE = 5
# Two parts and the pointer.
WRITES_OF_A_FORGET = 3


def die(installation: str, what: str, writes: int) -> int:
    command = [sys.executable, "-m", "tests.adapters.keychain.dies_midway", installation, what, NEW, str(writes)]
    return subprocess.run(command, check=False).returncode


@pytest.mark.parametrize("writes", range(WRITES_OF_A_SAVE + 1))
async def test_a_save_that_dies(writes: int) -> None:
    installation = uuid.uuid4().hex
    keychain = OsKeychain(installation)
    await keychain.save("bank", OLD)
    assert die(installation, "save", writes) == (0 if writes == WRITES_OF_A_SAVE else DIED)
    # From the second part on the new one is whole, and the newest whole one wins.
    expected = OLD if writes < 2 else NEW
    assert await keychain.load("bank") == expected
    # A second death at the same place, after another process had found the first one's remains.
    die(installation, "save", writes)
    assert await keychain.load("bank") in {expected, NEW}
    await keychain.save("bank", NEXT)
    assert await keychain.load("bank") == NEXT
    names = [name.rpartition("/bank/")[2] for name in stored_values(installation)]
    assert len(names) == 4  # three parts and the pointer: nothing older
    await keychain.forget("bank")
    assert stored_values(installation) == {}


@pytest.mark.parametrize("writes", range(WRITES_OF_A_FORGET + 1))
async def test_a_forgetting_that_dies(writes: int) -> None:
    installation = uuid.uuid4().hex
    keychain = OsKeychain(installation)
    await keychain.save("bank", OLD)
    assert die(installation, "forget", writes) == (0 if writes == WRITES_OF_A_FORGET else DIED)
    assert await keychain.load("bank") == (OLD if writes == 0 else None)
    await keychain.forget("bank")
    assert stored_values(installation) == {}
