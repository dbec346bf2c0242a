"""The checkout's own Python environment: `.venv`, filled from the hashed lock, with the checkout itself in it."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import system_libraries

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "packaging" / "requirements.lock"
STAMP = VENV / "kontali-stamp.json"
OLDEST, NEWEST = (3, 11), (3, 13)


class EnvironmentUnusable(Exception):
    """The environment can not be made here; the text says what to do."""


def program(name: str) -> Path:
    """A program inside the environment: `python`, `lint-imports`."""
    return VENV / ("Scripts" if os.name == "nt" else "bin") / (f"{name}.exe" if os.name == "nt" else name)


def asked_of_system() -> list[system_libraries.Alternatives]:
    """What the environment cannot be made without, where it is not there: Debian keeps ensurepip in a package apart."""
    _check_python()
    if program("python").exists() or importlib.util.find_spec("ensurepip") is not None:
        return []
    return [(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv", "python3-venv")]


def ensure() -> None:
    """Make or renew the environment; does nothing, and asks nobody, when the last one made still fits."""
    _check_python()
    wanted = _state()
    found = _read_stamp()
    if found == wanted and program("python").exists():
        return
    if not program("python").exists() or _must_start_afresh(found, wanted):
        _make()
    print("Installing the locked dependencies (about 800 MB the first time) …", flush=True)
    _pip("--require-hashes", "--requirement", str(LOCK))
    _pip("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    STAMP.write_text(json.dumps(wanted), encoding="utf-8")


def write_lock() -> None:
    """Resolve pyproject's pins for every system and Python at once, with hashes and without any index's address."""
    made = LOCK.with_suffix(".new")
    command = ["pip", "compile", "--quiet", "--no-config", "--no-header", "--universal", "--generate-hashes"]
    resolve = [*command, "--python-version", "3.11", "--extra", "dev", "--output-file", str(made), "pyproject.toml"]
    # An environment's own indexes and folders of wheels would leave traces in the file.
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("UV_", "PIP_"))}
    subprocess.run([program("uv"), *resolve], cwd=ROOT, env=clean, check=True, stdout=subprocess.DEVNULL)
    head = "# Made by `python3 packaging/dev.py lock` for Linux, Windows and macOS, Python 3.11 to 3.13.\n"
    LOCK.write_text(head + made.read_text(encoding="utf-8"), encoding="utf-8")
    made.unlink()


def _check_python() -> None:
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        found = ".".join(map(str, sys.version_info[:3]))
        raise EnvironmentUnusable(f"Python 3.11, 3.12 or 3.13 is needed; this is {found}.")


def _state() -> dict[str, str]:
    import tomllib  # noqa: PLC0415 – an older Python, which has none, must get as far as being told so

    lock = LOCK.read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    qt = re.search(r"^pyside6==(\S+)", lock, re.MULTILINE)
    return {
        "python": ".".join(map(str, sys.version_info[:3])),
        "place": str(ROOT),
        "qt": qt.group(1) if qt else "",
        "contents": hashlib.sha256((lock + json.dumps(project)).encode()).hexdigest(),
    }


def _read_stamp() -> dict[str, str]:
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp


def _must_start_afresh(found: dict[str, str], wanted: dict[str, str]) -> bool:
    # Another Qt over an old one leaves files of both; a moved environment has its old place in its scripts.
    return bool(found) and any(found.get(key) != wanted[key] for key in ("python", "place", "qt"))


def _make() -> None:
    system_libraries.ensure(asked_of_system())
    if Path(sys.prefix) == VENV:
        raise EnvironmentUnusable(f"{VENV} has to be made anew: start this with the system's own python3.")
    print(f"Making {VENV} …", flush=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)


def _pip(*arguments: str) -> None:
    command = [str(program("python")), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    done = subprocess.run([*command, *arguments], check=False)
    if done.returncode:
        raise EnvironmentUnusable("pip could not install the dependencies; its own words stand above.")
