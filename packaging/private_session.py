"""A session bus and a keychain service of one's own, for machines and tests where none runs."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

MARK = "KONTALI_PRIVATE_SESSION"  # set inside such a session, so that none is started within another
_PASSWORD = b"kontali"  # gnome-keyring wants one that is not empty; it guards demo data and tests only
_PATIENCE = 20.0  # seconds until a service must have answered


class SessionFailed(Exception):
    """The bus or the keychain service did not start."""


def is_possible() -> bool:
    return all(map(shutil.which, ("dbus-daemon", "dbus-send", "gnome-keyring-daemon")))


@contextlib.contextmanager
def private_session(keep_in: Path | None = None) -> Iterator[dict[str, str]]:
    """The environment variables that lead a child process there; what is stored stays in keep_in, else it is gone."""
    if sys.platform != "linux":  # Windows and macOS have one keychain service, and it always runs
        yield {}
        return
    if not is_possible():
        raise SessionFailed("A private keychain service needs dbus-daemon, dbus-send and gnome-keyring-daemon.")
    # A short path, for the sockets in it must not exceed some hundred characters.
    with tempfile.TemporaryDirectory(prefix="kontali-", ignore_cleanup_errors=True) as temporary:
        runtime = Path(temporary) / "run"
        runtime.mkdir(mode=0o700)
        store = keep_in or Path(temporary) / "data"
        store.mkdir(mode=0o700, parents=True, exist_ok=True)
        own = os.environ | {"HOME": str(store), "XDG_DATA_HOME": str(store), "XDG_RUNTIME_DIR": str(runtime)}
        with contextlib.ExitStack() as services:
            address = _start_bus(services, own)
            own["DBUS_SESSION_BUS_ADDRESS"] = address
            _start_keychain(services, own)
            yield {"DBUS_SESSION_BUS_ADDRESS": address, "XDG_RUNTIME_DIR": str(runtime), MARK: "1"}


def _start_bus(services: contextlib.ExitStack, environment: dict[str, str]) -> str:
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address"],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,  # Ctrl-C is for the program, which closes before its services do
    )
    services.callback(_stop, bus)
    address = bus.stdout.readline().strip() if bus.stdout else ""
    if not address:
        raise SessionFailed("dbus-daemon did not start.")
    return address


def _start_keychain(services: contextlib.ExitStack, environment: dict[str, str]) -> None:
    keychain = subprocess.Popen(
        ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    services.callback(_stop, keychain)
    if keychain.stdin:
        keychain.stdin.write(_PASSWORD)
        keychain.stdin.close()
    deadline = time.monotonic() + _PATIENCE
    while not _is_on_bus("org.freedesktop.secrets", environment):
        if keychain.poll() is not None or time.monotonic() > deadline:
            raise SessionFailed("gnome-keyring-daemon did not start.")
        time.sleep(0.02)


def _is_on_bus(name: str, environment: dict[str, str]) -> bool:
    question = ["org.freedesktop.DBus.NameHasOwner", f"string:{name}"]
    answer = subprocess.run(
        ["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus", *question],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return "boolean true" in answer.stdout


def _stop(process: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout:
        process.stdout.close()
