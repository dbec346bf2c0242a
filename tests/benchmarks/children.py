"""Child processes as a person would start them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

# A child's peak counts what its parent held when it was started, so a small process stands between.
_MEASURED = """
import json, os, subprocess, sys, time
started = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE)
out = child.stdout.read()
_, status, usage = os.wait4(child.pid, 0)
seconds = time.perf_counter() - started
code = os.waitstatus_to_exitcode(status)
print(json.dumps([code, out.decode(), seconds, usage.ru_maxrss / 1024]))
"""


def environment(**more: str) -> dict[str, str]:
    """Ours, where Python may keep what it compiled: started anew, a program is not compiled anew."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | more


def run_measured(data_dir: Path, *arguments: str) -> tuple[Any, float, float]:
    """A headless verb's answer, its seconds from start to exit, and its peak of memory in megabytes (Linux)."""
    program = [sys.executable, "-m", "kontali_desktop", "--data-dir", str(data_dir), "--json", *arguments]
    command = [sys.executable, "-c", _MEASURED, *program]
    done = subprocess.run(command, capture_output=True, env=environment(), check=True)
    code, answer, seconds, peak = json.loads(done.stdout)
    if code:
        raise subprocess.CalledProcessError(code, program, answer, done.stderr)
    return json.loads(answer), seconds, peak
