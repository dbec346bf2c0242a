"""The port `Keychain` over the operating system's own, in a thread that a hung prompt cannot take the program with."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from kontali_desktop.adapters.keychain import generations
from kontali_desktop.services.errors import KeychainUnavailable

if TYPE_CHECKING:
    from kontali_desktop.adapters.keychain.backend import Backend

_log = logging.getLogger(__name__)
Result = TypeVar("Result")


def _find_backend() -> Backend:
    from kontali_desktop.adapters.keychain.backend import find_backend  # noqa: PLC0415 - keyring loads in the worker

    return find_backend()


class OsKeychain:
    """Entries are named `kontali-desktop/<installation id>/<entry>`.

    `timeout` is in seconds and covers a whole load, save or forget, a person's answer to a prompt included.
    """

    def __init__(
        self, installation_id: str, timeout: float = 30.0, find_backend: Callable[[], Backend] = _find_backend
    ) -> None:
        self._prefix = f"kontali-desktop/{installation_id}"
        self._timeout = timeout
        self._find_backend = find_backend
        # One at a time: a call that was given up may still be waiting for its prompt.
        self._turn = threading.Lock()

    async def load(self, entry: str) -> str | None:
        return await self._run(lambda vault: generations.load(vault, self._name(entry)))

    async def save(self, entry: str, secret: str) -> None:
        await self._run(lambda vault: generations.save(vault, self._name(entry), secret))

    async def forget(self, entry: str) -> None:
        await self._run(lambda vault: generations.forget(vault, self._name(entry)))

    def _name(self, entry: str) -> str:
        return f"{self._prefix}/{entry}"

    async def _run(self, work: Callable[[generations.Vault], Result]) -> Result:
        """In a daemon thread: the default executor joins its own at exit. A cancelled caller cuts no save in two."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Result] = loop.create_future()
        given_up = threading.Event()

        def answer_with(result: Result | None, error: KeychainUnavailable | None) -> None:
            if answer.done():
                return
            if error is not None:
                answer.set_exception(error)
            else:
                answer.set_result(result)  # type: ignore[arg-type] # there is a result where there is no error

        def worker() -> None:
            result, error = None, None
            try:
                result = self._work(work, given_up)
            except KeychainUnavailable as unavailable:
                error = unavailable
            with contextlib.suppress(RuntimeError):  # the loop is closed, nobody waits any more
                loop.call_soon_threadsafe(answer_with, result, error)

        threading.Thread(target=worker, name="keychain", daemon=True).start()
        try:
            async with asyncio.timeout(self._timeout):
                return await answer
        except TimeoutError:
            given_up.set()
            raise KeychainUnavailable(reason="timeout") from None

    def _work(self, work: Callable[[generations.Vault], Result], given_up: threading.Event) -> Result:
        """Every exception becomes ours here: those of the buses and of Windows are no children of keyring's."""
        if not self._turn.acquire(timeout=self._timeout):
            raise KeychainUnavailable(reason="timeout")
        try:
            from kontali_desktop.adapters.keychain.backend import translated  # noqa: PLC0415 - as above

            try:
                return work(_StepByStep(self._find_backend(), given_up))
            except Exception as error:  # noqa: BLE001 - no one class covers what backends raise
                found = translated(error)
                # Its kind only: a backend's own text may name what it was to store.
                _log.info("keychain %s: %s", found.parameters["reason"], type(error).__name__)
                raise found from None
        finally:
            self._turn.release()


class _StepByStep:
    """A vault over a backend that stops between two steps once nobody waits for it any more."""

    def __init__(self, backend: Backend, given_up: threading.Event) -> None:
        self._backend = backend
        self._given_up = given_up

    def get(self, name: str) -> str | None:
        self._go_on()
        return self._backend.get_password(name, name)

    def put(self, name: str, value: str) -> None:
        self._go_on()
        self._backend.set_password(name, name, value)

    def drop(self, name: str) -> None:
        from kontali_desktop.adapters.keychain.backend import is_not_there  # noqa: PLC0415 - as above

        self._go_on()
        try:
            self._backend.delete_password(name, name)
        except Exception as error:
            if not is_not_there(error) or self._backend.get_password(name, name) is not None:
                raise

    def _go_on(self) -> None:
        if self._given_up.is_set():
            raise KeychainUnavailable(reason="timeout")
