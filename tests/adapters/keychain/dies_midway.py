"""A process that saves or forgets and dies after so many writes: `INSTALLATION save|forget SECRET WRITES`."""

from __future__ import annotations

import asyncio
import os
import sys

from kontali_desktop.adapters.keychain.backend import Backend, find_backend
from kontali_desktop.adapters.keychain.os_keychain import OsKeychain

DIED = 70


class DyingBackend:
    """The real one, for so many writes."""

    def __init__(self, inner: Backend, writes: int) -> None:
        self._inner = inner
        self._left = writes

    def get_password(self, service: str, username: str) -> str | None:
        return self._inner.get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self._write()
        self._inner.set_password(service, username, password)

    def delete_password(self, service: str, username: str) -> None:
        self._write()
        self._inner.delete_password(service, username)

    def _write(self) -> None:
        if self._left == 0:
            os._exit(DIED)
        self._left -= 1


async def main(installation: str, what: str, secret: str, writes: str) -> None:
    keychain = OsKeychain(installation, find_backend=lambda: DyingBackend(find_backend(), int(writes)))
    await (keychain.save("bank", secret) if what == "save" else keychain.forget("bank"))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
