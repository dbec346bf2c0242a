"""One secret as generations of parts, so that it is replaced whole or not at all, wherever the process dies.

Names, all under `<entry>`: `pointer` holds the number of the current generation; `<generation>/<part>` its parts,
numbered from 1 without gaps. Joined, the parts are `<SHA-256>:<secret as ASCII JSON>`: a generation whose digest
does not agree is not whole. Windows keeps at most 1,280 characters a value, and the former value of an
overwritten one: nothing secret is ever overwritten.
"""

from __future__ import annotations

import hashlib
import json
from typing import Protocol

PART_LENGTH = 1_000
_POINTER = "pointer"


class Vault(Protocol):
    """Single values by name, each call one step that may be the last."""

    def get(self, name: str) -> str | None: ...

    def put(self, name: str, value: str) -> None: ...

    def drop(self, name: str) -> None:
        """What is not there is dropped already."""
        ...


class NotWritten(Exception):
    """What was written does not read back alike."""


def load(vault: Vault, entry: str) -> str | None:
    """The newest whole generation: one that was written whole wins, whether or not the pointer came to say so."""
    current = _current(vault, entry)
    written = _read(vault, entry, current + 1)
    return written if written is not None else _read(vault, entry, current)


def save(vault: Vault, entry: str, secret: str) -> None:
    current = _current(vault, entry)
    if _read(vault, entry, current + 1) is not None:
        # Another process died between writing and pointing; its generation is the one to keep until ours is whole.
        current += 1
        vault.put(f"{entry}/{_POINTER}", str(current))
    new = current + 1
    # What an interrupted save left: the end of one before, or the beginning of one after. Cleared before anything is
    # written, so that never more than one generation lies behind the current one.
    for remains in (current - 1, new):
        _drop_generation(vault, entry, remains)
    for number, part in enumerate(_parts(secret), start=1):
        vault.put(f"{entry}/{new}/{number}", part)
    if _read(vault, entry, new) != secret:
        raise NotWritten
    vault.put(f"{entry}/{_POINTER}", str(new))
    _drop_generation(vault, entry, current)


def forget(vault: Vault, entry: str) -> None:
    """Oldest first, so that an interrupted forgetting never brings back an older secret; the pointer last."""
    current = _current(vault, entry)
    for generation in (current - 1, current, current + 1):
        _drop_generation(vault, entry, generation)
    vault.drop(f"{entry}/{_POINTER}")


def _current(vault: Vault, entry: str) -> int:
    told = vault.get(f"{entry}/{_POINTER}") or ""
    return int(told) if told.isascii() and told.isdigit() else 0


def _parts(secret: str) -> list[str]:
    text = json.dumps(secret)  # ASCII: a character is one unit everywhere
    text = f"{hashlib.sha256(text.encode()).hexdigest()}:{text}"
    return [text[start : start + PART_LENGTH] for start in range(0, len(text), PART_LENGTH)]


def _stored_parts(vault: Vault, entry: str, generation: int) -> list[str]:
    parts: list[str] = []
    while generation > 0 and (part := vault.get(f"{entry}/{generation}/{len(parts) + 1}")) is not None:
        parts.append(part)
        if len(part) < PART_LENGTH:
            break
    return parts


def _read(vault: Vault, entry: str, generation: int) -> str | None:
    digest, _, text = "".join(_stored_parts(vault, entry, generation)).partition(":")
    if not text or hashlib.sha256(text.encode()).hexdigest() != digest:
        return None
    return str(json.loads(text))


def _drop_generation(vault: Vault, entry: str, generation: int) -> None:
    """From the last part to the first, so that what is left has no gap and is found the next time."""
    for number in range(len(_stored_parts(vault, entry, generation)), 0, -1):
        vault.drop(f"{entry}/{generation}/{number}")
