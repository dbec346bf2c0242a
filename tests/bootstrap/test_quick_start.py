"""The window is painted before what is only needed behind it is loaded, and its imports are Python's own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

LATE = "alembic authlib babel httpx keyring lxml msgspec rapidfuzz sqlalchemy hashlib tomllib uuid"
OURS_LATE = "domain.bank domain.documents domain.matches services.clients services.ports services.storage cli.arguments"

PAINTED = """
import builtins, gc, sys
from pathlib import Path
own = builtins.__import__
from kontali_desktop.runtime.quick_start import quicken
quicken()
print(builtins.__import__ is own, gc.isenabled())
from kontali_desktop.bootstrap.application import make_application
from kontali_desktop.bootstrap.core import Core
from kontali_desktop.bootstrap.window import Program
from tests.benchmarks.painted import when_painted
program = Program(make_application(), Core(Path(sys.argv[1]), language="nb"))
when_painted(program.window, lambda: print(sorted(set(sys.argv[2:]) & set(sys.modules)), flush=True))

async def then():
    program.screens.overview.changed.connect(program.lifetime.quit)

program.run(then)
print(gc.isenabled(), "sqlalchemy" in sys.modules)
"""

STARTED = """
import builtins, sys
own = builtins.__import__
from kontali_desktop.__main__ import main
code = main(sys.argv[1:])
print(code, builtins.__import__ is own, "kontali_desktop.bootstrap.window" in sys.modules)
"""


def _run(script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=known | environment,
    )


def test_what_is_loaded_when_the_window_is_painted(tmp_path: Path) -> None:
    late = [*LATE.split(), *(f"kontali_desktop.{name}" for name in OURS_LATE.split())]
    done = _run(PAINTED, str(tmp_path), *late, QT_QPA_PLATFORM="offscreen")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == ["True False", "[]", "True True"]


def test_the_program_starts_that_way(tmp_path: Path) -> None:
    done = _run(STARTED, "--data-dir", str(tmp_path))
    assert done.stdout.splitlines() == ["1 True True"]


def test_a_mistyped_start_is_answered_with_the_verbs(tmp_path: Path) -> None:
    done = _run(STARTED, "--data-dir", str(tmp_path), "--colour")
    assert done.returncode == 2
    assert "COMMAND" in done.stderr
    assert "unrecognized arguments: --colour" in done.stderr
