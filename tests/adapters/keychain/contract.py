"""What every keychain must keep, the real one and the fake."""

from __future__ import annotations

import pytest

from kontali_desktop.services.ports import Keychain

LONG = "".join(f"{number:06d}" for number in range(1_500))  # 9,000 characters: a JWT with a certificate in it


class KeychainContract:
    """A subclass gives the fixture `keychain`, empty at first."""

    async def test_what_was_never_saved_is_none(self, keychain: Keychain) -> None:
        assert await keychain.load("nothing") is None

    @pytest.mark.parametrize(
        "secret", ["a", "", '{"access_token": "æøå \U0001f511\\n"}', "\n\0\ud800", LONG, "x" * 1_000]
    )
    async def test_gives_back_what_was_saved(self, keychain: Keychain, secret: str) -> None:
        await keychain.save("bank", secret)
        assert await keychain.load("bank") == secret

    async def test_the_last_one_counts_whatever_its_length(self, keychain: Keychain) -> None:
        for secret in (LONG, "short", LONG[::-1], "x" * 935, ""):
            await keychain.save("bank", secret)
            assert await keychain.load("bank") == secret

    async def test_entries_stand_apart(self, keychain: Keychain) -> None:
        await keychain.save("bank/1", "one")
        await keychain.save("bank/11", "eleven")
        await keychain.forget("bank/1")
        assert (await keychain.load("bank/1"), await keychain.load("bank/11")) == (None, "eleven")

    async def test_a_forgotten_entry_is_gone_and_can_come_again(self, keychain: Keychain) -> None:
        await keychain.save("bank", LONG)
        await keychain.forget("bank")
        assert await keychain.load("bank") is None
        await keychain.forget("bank")  # what is not there is forgotten already
        await keychain.save("bank", "new")
        assert await keychain.load("bank") == "new"
