import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOP_LEVEL = {"kontali_desktop", "resources", "tests", "packaging", "pyproject.toml", "README.md"}
DOTTED = {".ci", ".github", ".gitignore", ".pre-commit-config.yaml"}
LONGEST = 400
SOURCES = sorted((ROOT / "kontali_desktop").rglob("*.py"))


def _versioned_names() -> set[str]:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip(f"this is no clone: {listed.stderr.strip()}")
    return {line.split("/")[0] for line in listed.stdout.splitlines()}


def test_top_level_is_the_users_six_names_and_dotfiles() -> None:
    assert _versioned_names() == TOP_LEVEL | DOTTED


def test_packaging_holds_scripts_and_is_no_package() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists(), "it would hide the library of that name"


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_is_too_long_to_read(source: Path) -> None:
    assert len(source.read_text(encoding="utf-8").splitlines()) <= LONGEST
