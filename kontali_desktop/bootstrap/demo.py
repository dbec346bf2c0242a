"""`demo`: a data directory of its own, the demo bank, a demo client – and without a screen the whole journey."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kontali_desktop.adapters.system.instance_lock import InstanceLock
from kontali_desktop.adapters.system.paths import data_paths
from kontali_desktop.adapters.system.sandbox_bank import this_program
from kontali_desktop.bootstrap.screen import has_screen, take_virtual_screen
from kontali_desktop.cli.arguments import parser
from kontali_desktop.cli.options import chosen_directory
from kontali_desktop.services.demo import PrepareDemo
from kontali_desktop.services.errors import StorageUnwritable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from kontali_desktop.bootstrap.core import Core
    from kontali_desktop.bootstrap.window import Program

DEMO_FOLDER = "demo"
MARK = "demo.txt"  # lies in a directory that a demo made, and in no other
BEFORE = "KONTALI_JOURNEY_BEFORE"  # how the first half left the queue; set for the second alone


def prepare_demo(core: Core) -> PrepareDemo:
    return PrepareDemo(core.sandbox, core.clients, core.import_files)


def demo_directory(chosen: Path | None) -> Path:
    """A data directory apart from the person's own, marked as a demo's.

    One that was chosen is taken as it is where it is empty or a demo's already; where books are kept in it, the demo
    gets a folder inside.
    """
    if chosen is None:
        import platformdirs

        directory = platformdirs.user_data_path("kontali-desktop", appauthor=False) / DEMO_FOLDER
    else:
        is_free = not chosen.exists() or (chosen / MARK).exists() or not any(chosen.iterdir())
        directory = chosen if is_free else chosen / DEMO_FOLDER
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    (directory / MARK).touch()
    return directory


def put_away(directory: Path) -> None:
    """What an earlier demo left in its own directory; nothing that is not marked as a demo's is ever touched."""
    if not (directory / MARK).exists():
        return
    for left in directory.iterdir():
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left)
        elif left.name != MARK:
            left.unlink()


def main(arguments: Sequence[str]) -> int:
    """The window over the demo bank; without a screen the whole journey on a virtual one, in two runs."""
    given = parser().parse_args(list(arguments))
    directory = demo_directory(chosen_directory(given))
    language, pictures = getattr(given, "language", ""), given.pictures
    before = os.environ.get(BEFORE)
    if has_screen() and pictures is None and before is None:
        return _open(directory, language)
    take_virtual_screen()
    if before is not None:
        return _second_half(directory, language, pictures, before)
    return _first_half(directory, language, pictures or Path.cwd() / "pictures")


def _program(directory: Path, language: str) -> Program | int:
    """The program, or the exit code where its window is open already."""
    from kontali_desktop.bootstrap.core import Core
    from kontali_desktop.bootstrap.only_window import lock_window

    core = Core(directory, language=language)
    lock = lock_window(core)
    if isinstance(lock, int):
        return lock
    from kontali_desktop.bootstrap.application import make_application
    from kontali_desktop.bootstrap.window import Program

    return Program(make_application(), core, lock)


def _open(directory: Path, language: str) -> int:
    program = _program(directory, language)
    if isinstance(program, int):
        return program

    async def then() -> None:
        ready = await prepare_demo(program.core).run()
        program.screens.refresh()
        program.say_how_to_sign_in(ready.bank)

    program.run(then)
    return 0


def _first_half(directory: Path, language: str, pictures: Path) -> int:
    """A journey begins with nothing: what an earlier one left in its own directory is put away first."""
    from kontali_desktop.bootstrap.journey.job import Job

    lock = InstanceLock(data_paths(directory))
    with suppress(StorageUnwritable):  # whoever opens the window says so
        if lock.take():  # nothing is put away under a window that is open
            lock.release()
            put_away(directory)
    program = _program(directory, language)
    if isinstance(program, int):
        return program
    job = Job(program, pictures)
    outcome: list[str] = []

    async def then() -> None:
        ready = await prepare_demo(program.core).run()
        program.screens.refresh()
        await job.first_half(ready)
        outcome.append(repr(job.counts()))
        program.lifetime.quit()

    program.run(guarded(program, then))
    if not outcome:
        return 1
    again = [*this_program(), "demo", "--data-dir", str(directory), "--pictures", str(pictures / "again")]
    again += ["--language", language] if language else []
    code = subprocess.run(again, env=os.environ | {BEFORE: outcome[0]}, check=False).returncode  # noqa: S603 - this very program
    taken = sorted(pictures.rglob("*.png"))
    job.say("journey.pictures", count=len(taken), folder=str(pictures))
    return code


def _second_half(directory: Path, language: str, pictures: Path | None, before: str) -> int:
    from kontali_desktop.bootstrap.journey.job import Job

    program = _program(directory, language)
    if isinstance(program, int):
        return program
    job = Job(program, pictures)
    outcome: list[bool] = []

    async def then() -> None:
        outcome.append(await job.second_half(before))
        program.lifetime.quit()

    program.run(guarded(program, then))
    return 0 if outcome == [True] else 1


def guarded(program: Program, then: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
    """Whatever stops the journey ends the program in order, and is said."""
    from kontali_desktop.bootstrap.journey.robot import NothingHappened
    from kontali_desktop.domain.errors import KontaliError

    async def run() -> None:
        try:
            await then()
        except NothingHappened as missed:
            print(f"The journey stopped: {missed}", file=sys.stderr, flush=True)
            program.lifetime.quit()
        except KontaliError as error:
            print(program.core.wording.error(error).line, file=sys.stderr, flush=True)
            program.lifetime.quit()

    return run
