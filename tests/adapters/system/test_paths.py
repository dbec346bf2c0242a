"""The installation's name in the keychain: the same as long as the machine is, whatever its network."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kontali_desktop.adapters.system.installation import installation_id
from kontali_desktop.adapters.system.paths import data_paths

ASK = (
    "import sys, pathlib; from kontali_desktop.adapters.system.paths import data_paths;"
    "from kontali_desktop.adapters.system.installation import installation_id;"
    "print(installation_id(data_paths(pathlib.Path(sys.argv[1]))))"
)


def can_leave_the_network() -> bool:
    """Whether a process may be started in a network of its own, where there is no card at all."""
    found = shutil.which("unshare")
    return (
        found is not None and subprocess.run([found, "-rn", "true"], check=False, capture_output=True).returncode == 0
    )


def test_the_name_stays(tmp_path: Path) -> None:
    paths = data_paths(tmp_path / "data")
    first = installation_id(paths)
    assert installation_id(paths) == first
    assert paths.installation.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in paths.root.iterdir()] == ["installation.json"]


@pytest.mark.skipif(not can_leave_the_network(), reason="no network of its own can be made here (unshare -rn)")
def test_the_name_stays_without_a_network(tmp_path: Path) -> None:
    ask = ["unshare", "-rn", sys.executable, "-c", ASK, str(tmp_path)]
    told = {subprocess.run(ask, check=True, capture_output=True, text=True).stdout for _ in range(2)}
    assert told == {f"{installation_id(data_paths(tmp_path))}\n"}


def test_another_machine_gets_a_name_of_its_own(tmp_path: Path) -> None:
    paths = data_paths(tmp_path)
    here = installation_id(paths)
    paths.installation.write_text(json.dumps({"id": "elsewhere", "machine": "another"}), "utf-8")
    assert installation_id(paths) == here != "elsewhere"


@pytest.mark.parametrize("written", ["", "{", "[]", "{}"])
def test_a_file_cut_short_is_written_again(tmp_path: Path, written: str) -> None:
    paths = data_paths(tmp_path)
    paths.installation.write_text(written, "utf-8")
    assert installation_id(paths) == installation_id(paths)
    assert json.loads(paths.installation.read_text("utf-8"))["id"] == installation_id(paths)
