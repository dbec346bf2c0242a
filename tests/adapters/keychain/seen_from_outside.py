"""A Secret Service without keyring: by what the service itself says it holds, and by its process."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator

import secretstorage


@contextlib.contextmanager
def _collection() -> Iterator[secretstorage.Collection]:
    with contextlib.closing(secretstorage.dbus_init()) as bus:
        yield secretstorage.get_default_collection(bus)


def stored_values(installation: str) -> dict[str, str]:
    with _collection() as collection:
        items = list(collection.get_all_items())
        found = {item.get_attributes().get("service", ""): item.get_secret().decode() for item in items}
    return {name: value for name, value in found.items() if installation in name}


def lock() -> None:
    with _collection() as collection:
        collection.lock()


def process_id() -> int:
    """Of the service on the session's bus."""
    answer = subprocess.run(
        [
            "dbus-send",
            "--session",
            "--print-reply=literal",
            "--dest=org.freedesktop.DBus",
            "/org/freedesktop/DBus",
            "org.freedesktop.DBus.GetConnectionUnixProcessID",
            "string:org.freedesktop.secrets",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    return int(answer.stdout.split()[-1])
