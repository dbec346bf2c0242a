"""A keychain in memory, held to the same contract as the operating system's."""

from __future__ import annotations

from kontali_desktop.services.errors import KeychainUnavailable


class InMemoryKeychain:
    """`unavailable` is the reason it refuses with, while it has one (missing, locked, refused, timeout, failed)."""

    def __init__(self) -> None:
        self.secrets: dict[str, str] = {}
        self.unavailable: str | None = None

    async def load(self, entry: str) -> str | None:
        self._open()
        return self.secrets.get(entry)

    async def save(self, entry: str, secret: str) -> None:
        self._open()
        self.secrets[entry] = secret

    async def forget(self, entry: str) -> None:
        self._open()
        self.secrets.pop(entry, None)

    def _open(self) -> None:
        if self.unavailable is not None:
            raise KeychainUnavailable(reason=self.unavailable)
