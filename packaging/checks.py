"""Every check and test of the project, headless, with the time of each."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path
from xml.etree import ElementTree as ET

import environment
from private_session import private_session

SLOWEST = ["--durations=15", "--durations-min=1"]
FAST = ["--ignore=tests/journeys", "--ignore=tests/benchmarks"]


def run_all(arguments: list[str]) -> int:
    """Run everything; `--fast` leaves the journeys out, any other argument runs pytest alone with it."""
    only_tests = [argument for argument in arguments if argument != "--fast"]
    chosen = only_tests or (FAST if "--fast" in arguments else [])
    static = [] if only_tests else _static_checks()
    results = [_timed(name, command, dict(os.environ)) for name, command in static]
    with tempfile.TemporaryDirectory() as folder, private_session() as session:
        report = Path(folder) / "report.xml"
        pytest = [str(environment.program("python")), "-m", "pytest", f"--junitxml={report}", *SLOWEST, *chosen]
        results.append(_timed("pytest", pytest, headless_environment() | session))
        skipped = _skipped(report)
    _print_summary(results, skipped)
    return 0 if all(code == 0 for _, code, _ in results) else 1


def headless_environment() -> dict[str, str]:
    """This process's environment without a screen, and without what breaks in a bare root."""
    clean = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    if not Path(clean.get("SSL_CERT_FILE", "/")).exists():  # httpx refuses to start when it points nowhere
        del clean["SSL_CERT_FILE"]
    clean["QT_QPA_PLATFORM"] = "offscreen"
    return clean | unsandboxed_as_root()


def unsandboxed_as_root() -> dict[str, str]:
    """Chromium refuses to run as root with its sandbox; without a screen only our own pages are shown."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return {}
    print("Running as root without a screen: the web engine runs without its sandbox.", flush=True)
    return {"QTWEBENGINE_DISABLE_SANDBOX": "1"}


def _static_checks() -> list[tuple[str, list[str]]]:
    python = str(environment.program("python"))
    return [
        ("ruff check", [python, "-m", "ruff", "check", "."]),
        ("ruff format", [python, "-m", "ruff", "format", "--check", "."]),
        ("mypy", [python, "-m", "mypy"]),
        ("import-linter", [str(environment.program("lint-imports")), "--no-logo", "--cache-dir", ".dev/import-linter"]),
    ]


def _timed(name: str, command: list[str], variables: dict[str, str]) -> tuple[str, int, float]:
    print(f"\n── {name}", flush=True)
    started = time.monotonic()
    code = subprocess.run(
        command, cwd=environment.ROOT, env=variables, stdin=subprocess.DEVNULL, check=False
    ).returncode
    return name, code, time.monotonic() - started


def _skipped(report: Path) -> list[str]:
    """The tests that did not run, each with its reason; an expected failure did run."""
    if not report.exists():
        return []
    found = []
    for case in ET.parse(report).iter("testcase"):  # noqa: S314 – pytest wrote it a moment ago
        skip = case.find("skipped")
        if skip is not None and skip.get("type") != "pytest.xfail":
            found.append(f"{case.get('classname')}.{case.get('name')}: {skip.get('message')}")
    return found


def _print_summary(results: list[tuple[str, int, float]], skipped: list[str]) -> None:
    print()
    for name, code, seconds in results:
        print(f"{'ok' if code == 0 else 'FAILED':>7}  {seconds:7.1f} s  {name}")
    print(f"{len(skipped):>7}  loud skips: checks that could not run here")
    for line in skipped:
        print(f"         {line}")
