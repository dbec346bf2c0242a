"""The headless program: one verb, one exit code."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import sys
import threading
import webbrowser
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kontali_desktop.bootstrap.core import Core
from kontali_desktop.cli import books
from kontali_desktop.cli.arguments import parser
from kontali_desktop.cli.door import FAILED, Door
from kontali_desktop.cli.evaluate import evaluate
from kontali_desktop.cli.export import export
from kontali_desktop.cli.options import chosen_directory
from kontali_desktop.cli.report_json import error_json
from kontali_desktop.domain.errors import KontaliError

if TYPE_CHECKING:
    from kontali_desktop.services.ports import UserAgent

_BOOKS = {
    "client": books.client,
    "import": books.import_,
    "evaluate": evaluate,
    "export": export,
    "match": books.match,
    "queue": books.queue,
    "accept": books.accept,
    "reject": books.reject,
    "undo": books.undo,
}
WRONG_USAGE = 2


def main(arguments: Sequence[str]) -> int:
    given = parser().parse_args(arguments)
    if given.verb is None:
        parser().print_usage(sys.stderr)
        return WRONG_USAGE
    is_json = getattr(given, "json", False)
    core: Core | None = None
    try:
        core = Core(chosen_directory(given), language=getattr(given, "language", ""))
        return _run(core, given, is_json=is_json)
    except KontaliError as error:
        return _failed(core, error, is_json=is_json)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Who read the answer has left. Python would complain once more when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED


def _run(core: Core, given: argparse.Namespace, *, is_json: bool) -> int:
    door = Door(core, is_json, lambda timeout: _browser(core, timeout))
    if given.verb in _BOOKS:
        try:
            code = _BOOKS[given.verb](door, given)
        finally:
            core.close_storage()
    else:
        code = asyncio.run(_run_async(core, door, given))
    sys.stdout.flush()
    return code


async def _run_async(core: Core, door: Door, given: argparse.Namespace) -> int:
    from kontali_desktop.cli import banks

    verbs = {"connect": banks.connect, "connections": banks.connections, "sync": banks.sync}
    try:
        if given.verb == "doctor":
            from kontali_desktop.bootstrap.doctor import doctor

            return await doctor(core, door)
        return await (verbs | {"disconnect": banks.disconnect})[given.verb](door, given)
    finally:
        await core.close()


def _browser(core: Core, timeout: float) -> UserAgent:
    """The system browser: by loopback where the program can listen at the redirect, else the address is pasted."""
    from kontali_desktop.adapters.sign_in.answer_page import AnswerPage
    from kontali_desktop.adapters.sign_in.browser import BrowserUserAgent
    from kontali_desktop.adapters.sign_in.loopback import LoopbackUserAgent
    from kontali_desktop.adapters.sign_in.pasted import PastedUserAgent

    def announce(url: str) -> None:
        print(f"OPEN {url}", file=sys.stderr, flush=True)

    async def ask() -> str:
        print(core.wording.text("cli.paste_address"), file=sys.stderr, flush=True)
        return await _typed_line(sys.stdin.fileno())

    open_browser = None if core.environment.get("KONTALI_NO_BROWSER") else webbrowser.open
    page = AnswerPage(
        core.wording.language, core.wording.text("answer_page.title"), core.wording.text("answer_page.text")
    )
    loopback = LoopbackUserAgent(announce, open_browser, page, timeout)
    return BrowserUserAgent(loopback, PastedUserAgent(announce, open_browser, ask, timeout))


async def _typed_line(terminal: int) -> str:
    """A line from the terminal, in a daemon thread: the default executor would wait at exit for what never comes."""
    loop = asyncio.get_running_loop()
    line: asyncio.Future[str] = loop.create_future()

    def take(typed: bytes) -> None:
        if not line.done():
            line.set_result(typed.decode(errors="replace"))

    def read() -> None:
        typed = b""
        # Not through `sys.stdin`, whose lock such a thread would still hold when the interpreter ends.
        while not typed.endswith(b"\n") and (piece := os.read(terminal, 4096)):
            typed += piece
        with contextlib.suppress(RuntimeError):  # the loop is closed, nobody waits any more
            loop.call_soon_threadsafe(take, typed)

    threading.Thread(target=read, name="terminal", daemon=True).start()
    return await line


def _failed(core: Core | None, error: KontaliError, *, is_json: bool) -> int:
    """The reason in one line, and as a document where one was asked for."""
    from kontali_desktop.adapters.system.resources import resource_path
    from kontali_desktop.wording.wording import Wording

    wording = core.wording if core is not None else Wording("nb", resource_path("locale"))
    print(wording.error(error).line, file=sys.stderr)
    if is_json:
        print(json.dumps({"error": error_json(error, wording)}, ensure_ascii=False))
    return FAILED
