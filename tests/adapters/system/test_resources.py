import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kontali_desktop.adapters.system.resources import ResourceMissing, resource_path

ROOT = Path(__file__).resolve().parents[3]
ASK = "from kontali_desktop.adapters.system.resources import resource_path; print(resource_path('icons/kontali.svg'))"


def test_checkout_has_its_resources_beside_the_package() -> None:
    assert resource_path("icons/kontali.svg") == ROOT / "resources" / "icons" / "kontali.svg"


def test_a_file_that_did_not_ship_is_named() -> None:
    with pytest.raises(ResourceMissing, match=r"no-such-file\.svg"):
        resource_path("icons/no-such-file.svg")


def test_installed_wheel_has_its_resources_inside(tmp_path: Path) -> None:
    wheel = _build_wheel(tmp_path)
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    found = _ask(ASK, site)
    assert found == site / "kontali_desktop" / "_resources" / "icons" / "kontali.svg"
    assert found.read_bytes() == (ROOT / "resources" / "icons" / "kontali.svg").read_bytes()


def test_bundle_is_asked_first(tmp_path: Path) -> None:
    icon = tmp_path / "kontali_desktop" / "_resources" / "icons" / "kontali.svg"
    icon.parent.mkdir(parents=True)
    icon.touch()
    assert _ask(f"import sys; sys._MEIPASS = {str(tmp_path)!r}; {ASK}", ROOT) == icon


def _build_wheel(folder: Path) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def _ask(code: str, path: Path) -> Path:
    environment = os.environ | {"PYTHONPATH": str(path)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=path, env=environment, check=True, capture_output=True, text=True
    )
    return Path(done.stdout.strip())
