"""The Debian and Ubuntu packages that the program, its tests and its bundle stand on."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys

Alternatives = tuple[str, ...]  # one package under the names it has had, the newest first


class SystemLibrariesMissing(Exception):
    """Something has to be installed that this user may not install."""


def _names(text: str) -> list[Alternatives]:
    return [tuple(word.split("|")) for word in text.split()]


# What Qt's window and its web engine load; t64 is the name since Debian 13 and Ubuntu 24.04.
WINDOW = _names("""
    libglib2.0-0t64|libglib2.0-0 libdbus-1-3 libfontconfig1 libfreetype6 libegl1 libgl1 libopengl0 libxkbcommon0
    libxkbcommon-x11-0 libx11-6 libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0
    libxcb-render0 libxcb-render-util0 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-util1 libxcb-xfixes0 libxcb-xkb1
    libxcb-glx0 libxcb-dri3-0 libxext6 libxrandr2 libxcomposite1 libxdamage1 libxfixes3 libxtst6 libxkbfile1 libnss3
    libnspr4 libasound2t64|libasound2 libgbm1 libexpat1 libgssapi-krb5-2 libbrotli1 libwayland-client0
    libwayland-cursor0 libwayland-egl1 libcups2t64|libcups2 fonts-dejavu-core
""")
# A keychain of one's own, for machines where none runs.
KEYCHAIN = _names("dbus gnome-keyring")
# A virtual screen for the bundle; from a checkout Qt's own, which needs nothing, is enough.
SCREEN = _names("xvfb xauth")
# PyInstaller reads libraries with objdump; the package is made by dpkg-deb.
BUNDLE = _names("binutils dpkg")


def is_debian() -> bool:
    return sys.platform == "linux" and all(map(shutil.which, ("dpkg-query", "apt-get", "apt-cache")))


def ensure(*groups: list[Alternatives]) -> None:
    """Install what is missing of the groups; other systems than Debian's kin are left as they are."""
    if not is_debian():
        return
    missing = _missing([package for group in groups for package in group])
    if not missing:
        return
    privilege = _privilege()
    if privilege is None:
        raise SystemLibrariesMissing(
            f"Some system libraries are missing. Type this, then start again:\n\n    {_line_to_type(missing)}\n"
        )
    _apt_get(privilege, "update")
    names = [_offered_name(package) or package[-1] for package in missing]
    print(f"Installing system libraries: {' '.join(names)}", flush=True)
    _apt_get(privilege, "install", "-y", "--no-install-recommends", *names)


def _missing(packages: list[Alternatives]) -> list[Alternatives]:
    every_name = [name for names in packages for name in names]
    answer = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\\n", *every_name],
        capture_output=True,
        text=True,
        check=False,  # it fails when any name is unknown, which is what is asked here
    ).stdout
    installed = {line.split()[0] for line in answer.splitlines() if line.endswith(" installed")}
    return [names for names in packages if not installed.intersection(names)]


def _line_to_type(missing: list[Alternatives]) -> str:
    names = [_offered_name(package) for package in missing]
    install = "sudo apt-get install -y --no-install-recommends"
    if None not in names:
        return f"{install} {' '.join(filter(None, names))}"
    # apt has fetched no lists yet. The names with t64 came with glibc 2.39 in Ubuntu 24.04, and before Debian 13.
    version = tuple(int(part) for part in platform.libc_ver()[1].split(".") if part.isdigit())
    likely = [package[0] if version >= (2, 39) else package[-1] for package in missing]
    return f"sudo apt-get update && {install} {' '.join(likely)}"


def _offered_name(package: Alternatives) -> str | None:
    """The name under which this release offers the package."""
    for name in package:
        answer = subprocess.run(["apt-cache", "policy", name], capture_output=True, text=True, check=False).stdout
        if "Candidate:" in answer and "Candidate: (none)" not in answer:
            return name
    return None


def _privilege() -> list[str] | None:
    """What to put before apt-get; None where this user may not install."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    if sys.stdin is not None and sys.stdin.isatty() and not os.environ.get("CI"):
        return ["sudo"]
    silent = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if silent.returncode == 0 else None


def _apt_get(privilege: list[str], *arguments: str) -> None:
    command = [*privilege, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
    done = subprocess.run(
        [*command, *arguments], stdin=None if privilege == ["sudo"] else subprocess.DEVNULL, check=False
    )
    if done.returncode:
        raise SystemLibrariesMissing(f"apt-get {arguments[0]} failed; its own words stand above.")
