"""The operating system's keychain as it really is: a Secret Service on a bus of its own."""

from __future__ import annotations

import uuid

import pytest

from kontali_desktop.adapters.keychain.os_keychain import OsKeychain
from tests.adapters.keychain.contract import LONG, KeychainContract
from tests.adapters.keychain.seen_from_outside import stored_values


@pytest.fixture
def installation() -> str:
    return uuid.uuid4().hex


@pytest.fixture
def keychain(secret_service: None, installation: str) -> OsKeychain:
    return OsKeychain(installation, timeout=20)


class TestSecretService(KeychainContract):
    """The contract on the real thing; `keychain` is the module's."""


async def test_installations_stand_apart(keychain: OsKeychain) -> None:
    await keychain.save("bank", "mine")
    assert await OsKeychain(uuid.uuid4().hex).load("bank") is None


async def test_no_value_is_too_long_for_windows_and_nothing_is_left_behind(
    keychain: OsKeychain, installation: str
) -> None:
    for secret in ("first", LONG, "third"):
        await keychain.save("bank", secret)
        assert max(map(len, stored_values(installation).values())) <= 1_000
    assert set(stored_values(installation)) == {
        f"kontali-desktop/{installation}/bank/{name}" for name in ("pointer", "3/1")
    }
    await keychain.forget("bank")
    assert stored_values(installation) == {}
