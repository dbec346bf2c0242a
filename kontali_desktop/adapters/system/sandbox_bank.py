"""The demo bank as a child process, which ends when this process does."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from pathlib import Path

from kontali_desktop.services.errors import ServiceUnreachable
from kontali_desktop.services.ports import SandboxDetails

_START_SECONDS = 30.0
_STOP_SECONDS = 5.0


class ChildSandboxBank:
    """`SandboxBank` over `demo-bank`; its state lies in `state`, so that its tokens outlive it."""

    def __init__(self, state: Path, seed: int | None = None) -> None:
        self._state = state
        self._seed = seed
        self._process: asyncio.subprocess.Process | None = None
        self._details: SandboxDetails | None = None
        self._starting = asyncio.Lock()

    @property
    def details(self) -> SandboxDetails | None:
        """What it said when it was started; None before that, and after it was stopped."""
        return self._details

    async def start(self) -> SandboxDetails:
        """Raises ServiceUnreachable where it does not come up."""
        async with self._starting:
            is_running = self._process is not None and self._process.returncode is None
            if self._details is None or not is_running:
                self._details = await self._start()
            return self._details

    async def _start(self) -> SandboxDetails:
        command = [*this_program(), "demo-bank", "--state", str(self._state), "--with-parent"]
        if self._seed is not None:
            command += ["--seed", str(self._seed)]
        pipe = asyncio.subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(
            *command, stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.DEVNULL
        )
        assert self._process.stdout is not None  # noqa: S101 - asked for a pipe
        try:
            async with asyncio.timeout(_START_SECONDS):
                said = json.loads(await self._process.stdout.readline())
        except (TimeoutError, ValueError) as error:
            await self.stop()
            raise ServiceUnreachable(service="demo") from error
        return SandboxDetails(
            base_url=said["base_url"],
            company_name=said["company"]["name"],
            company_orgnr=said["company"]["orgnr"],
            person=said["person"],
            code=said["code"],
            password=said["password"],
            invoices=Path(said["invoices"]),
        )

    async def stop(self) -> None:
        process, self._process, self._details = self._process, None, None
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            async with asyncio.timeout(_STOP_SECONDS):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()


def this_program() -> list[str]:
    """This very program: the bundle's executable, or the interpreter with the package."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "kontali_desktop"]
