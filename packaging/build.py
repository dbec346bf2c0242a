"""Makes the bundle and, on Debian and its kin, a package of it in `dist/`; then the bundle has to make its demo.

--no-demo leaves the last part out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import checks
import debian_package
import environment
import private_session
import system_libraries

DIST = environment.ROOT / "dist"
BUNDLE = DIST / "kontali-desktop"
PICTURES = DIST / "pictures"
SCREEN = ["xvfb-run", "--auto-servernum", "--server-args=-screen 0 1440x900x24"]
PATIENCE = 600  # seconds for the whole demo


class BuildFailed(Exception):
    """Says which part did not come out right."""


def main(arguments: list[str]) -> int:
    libraries = system_libraries
    try:
        wanted = [libraries.WINDOW, libraries.KEYCHAIN, libraries.SCREEN, libraries.BUNDLE]
        libraries.ensure(*wanted, environment.asked_of_system())
        environment.ensure()
        _step("bundle", make_bundle)
        if system_libraries.is_debian():
            _step("package", lambda: debian_package.make(BUNDLE, DIST))
        if "--no-demo" not in arguments:
            _step("demo from the bundle", run_demo)
    except (
        BuildFailed,
        environment.EnvironmentUnusable,
        libraries.SystemLibrariesMissing,
        private_session.SessionFailed,
    ) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def make_bundle() -> str:
    work = environment.ROOT / "build"
    command = [str(environment.program("python")), "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level=WARN"]
    places = [f"--distpath={DIST}", f"--workpath={work}", str(environment.ROOT / "packaging" / "kontali.spec")]
    done = subprocess.run([*command, *places], cwd=environment.ROOT, check=False)
    if done.returncode:
        raise BuildFailed("PyInstaller failed; its own words stand above.")
    shutil.rmtree(work)
    return f"{BUNDLE}, {_megabytes(BUNDLE)} MB"


def run_demo() -> str:
    """The whole journey from the bundle on a virtual screen, away from the checkout and its environment."""
    shutil.rmtree(PICTURES, ignore_errors=True)
    command = [*_virtual_screen(), str(BUNDLE / "kontali-desktop"), "demo", "--pictures", str(PICTURES)]
    with private_session.private_session() as session, tempfile.TemporaryDirectory() as data:
        variables = _without_checkout() | session | checks.unsandboxed_as_root()
        if command[0] == SCREEN[0]:
            variables["QT_QPA_PLATFORM"] = "xcb"
        try:
            code = subprocess.run(
                [*command, "--data-dir", data], cwd=DIST, env=variables, timeout=PATIENCE, check=False
            ).returncode
        except subprocess.TimeoutExpired:
            raise BuildFailed(f"The demo from the bundle had not ended after {PATIENCE} s.") from None
    pictures = list(PICTURES.rglob("*.png"))
    if code or not pictures:
        raise BuildFailed(f"The demo from the bundle ended with {code} and left {len(pictures)} pictures.")
    return f"{len(pictures)} pictures in {PICTURES}"


def _virtual_screen() -> list[str]:
    """An X server of its own, so that the plugin a person's window needs is tried too; elsewhere Qt's own screen."""
    return SCREEN if shutil.which(SCREEN[0]) else []


def _without_checkout() -> dict[str, str]:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "PYTHONPATH", "VIRTUAL_ENV", "QT_QPA_PLATFORM"}
    return {name: value for name, value in os.environ.items() if name not in hidden}


def _step(name: str, work: Callable[[], str]) -> None:
    print(f"── {name}", flush=True)
    started = time.monotonic()
    result = work()
    print(f"   {result} ({time.monotonic() - started:.1f} s)", flush=True)


def _megabytes(folder: Path) -> int:
    return sum(file.lstat().st_size for file in folder.rglob("*") if not file.is_dir()) // 1_000_000


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
