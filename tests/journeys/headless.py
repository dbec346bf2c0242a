"""The headless door as a child process, and the sign-in as a browser would do it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.demo_bank.running import RunningBank


@dataclass
class Headless:
    """`kontali-desktop` over one data directory."""

    data_dir: Path
    variables: dict[str, str] = field(default_factory=dict)

    def start(self, *arguments: str, stdin: int | None = None) -> subprocess.Popen[str]:
        command = [sys.executable, "-W", "error::ResourceWarning", "-m", "kontali_desktop"]
        command += ["--data-dir", str(self.data_dir), "--json", *arguments]
        pipe = subprocess.PIPE
        environment = os.environ | {"KONTALI_NO_BROWSER": "1"} | self.variables
        return subprocess.Popen(command, stdin=stdin, stdout=pipe, stderr=pipe, text=True, env=environment)

    def run(self, *arguments: str, code: int = 0) -> Any:  # noqa: ANN401 - any JSON
        with self.start(*arguments) as process:
            out, err = process.communicate(timeout=60)
        assert process.returncode == code, (process.returncode, out, err)
        return json.loads(out) if out.strip() else None

    def connect(self, bank: RunningBank, *arguments: str, accounts: list[str] | None = None, code: int = 0) -> Any:  # noqa: ANN401
        """Signs in at the demo bank, filling in each page, and lands on the program's own loopback address."""
        with self.start("connect", "--bank", "demo", "--browser", *arguments) as process:
            assert process.stderr is not None
            line = process.stderr.readline()
            assert line.startswith("OPEN "), line + process.stderr.read()
            said: list[str] = []
            reading = threading.Thread(target=lambda: said.extend(process.stderr or []))
            reading.start()
            first = bank.http.get(line.removeprefix("OPEN ").strip()).headers["location"]
            assert httpx.get(bank.walk(first, accounts), timeout=10).status_code == 200
            assert process.stdout is not None
            out = process.stdout.read()
            reading.join()
            process.wait(timeout=60)
        assert process.returncode == code, (out, said)
        return json.loads(out)
