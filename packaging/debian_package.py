"""The bundle as a `.deb` for Debian 12, 13 and Ubuntu 24.04."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import tomllib
from pathlib import Path

import environment
import system_libraries

NAME = "kontali-desktop"
HOME = Path("usr/lib") / NAME
PARTS = environment.ROOT / "packaging" / "debian"
ICONS = environment.ROOT / "resources" / "icons"


def make(bundle: Path, into: Path) -> str:
    """Lay the bundle out as an installed system has it, and pack it; says where the package lies."""
    version = tomllib.loads((environment.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    architecture = subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    ).stdout.strip()
    package = into / f"{NAME}_{version}_{architecture}.deb"
    with tempfile.TemporaryDirectory(dir=into) as folder:
        root = Path(folder)
        root.chmod(0o755)
        _lay_out(bundle, root)
        _write_control(root, version, architecture)
        subprocess.run(
            ["dpkg-deb", "--root-owner-group", "-Zzstd", "--build", str(root), str(package)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
    return f"{package}, {package.stat().st_size // 1_000_000} MB"


def depends() -> str:
    """What the package asks of the system: each library under either of its names."""
    return ", ".join(" | ".join(names) for names in system_libraries.WINDOW)


def _lay_out(bundle: Path, root: Path) -> None:
    shutil.copytree(bundle, root / HOME, symlinks=True)
    command = root / "usr/bin" / NAME
    command.parent.mkdir(parents=True)
    command.symlink_to(Path("../lib") / NAME / NAME)
    _put(PARTS / f"{NAME}.desktop", root / "usr/share/applications" / f"{NAME}.desktop")
    _put(PARTS / "apparmor-profile", root / "usr/share" / NAME / "apparmor-profile")
    _put(environment.ROOT / "packaging/CHANGELOG.md", root / "usr/share/doc" / NAME / "changelog.md")
    _put(ICONS / "kontali.svg", root / "usr/share/icons/hicolor/scalable/apps" / f"{NAME}.svg")
    for picture in ICONS.glob("kontali-*.png"):
        size = picture.stem.removeprefix("kontali-")
        _put(picture, root / f"usr/share/icons/hicolor/{size}x{size}/apps" / f"{NAME}.png")


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(0o644)


def _write_control(root: Path, version: str, architecture: str) -> None:
    size = sum(file.lstat().st_size for file in root.rglob("*") if not file.is_dir()) // 1024
    control = root / "DEBIAN"
    control.mkdir(mode=0o755)
    fields = {
        "Package": NAME,
        "Version": version,
        "Architecture": architecture,
        "Maintainer": "Kontali Desktop",
        "Section": "office",
        "Priority": "optional",
        "Installed-Size": str(size),
        "Depends": depends(),
        "Recommends": "gnome-keyring | kwalletmanager",
        "Suggests": "xvfb",
        "Description": "bank transactions beside the invoices they settle\n"
        " For Norwegian bookkeepers: fetches bank transactions, suggests which invoices they\n"
        " settle, and lets a person accept or reject each suggestion.",
    }
    text = "".join(f"{name}: {value}\n" for name, value in fields.items())
    (control / "control").write_text(text, encoding="utf-8")
    for script in ("postinst", "postrm"):
        shutil.copyfile(PARTS / script, control / script)
        (control / script).chmod(0o755)
