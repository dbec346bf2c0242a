"""The records in memory, and on disk where a state directory was given: written whole, then moved into place."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from kontali_desktop.demo_bank.state.records import (
    Attempt,
    Code,
    Consent,
    ConsentStatus,
    Grant,
    Token,
    UnattendedRead,
)


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


class Store:
    """One seed's records. `founded` anchors its data: it stays over restarts, so that old entries never change."""

    def __init__(self, directory: Path | None, seed: int, today: date) -> None:
        self._path = directory / f"bank-{seed}.json" if directory else None
        self.founded = today
        self.consents: dict[str, Consent] = {}
        self.grants: dict[str, Grant] = {}
        self.tokens: dict[str, Token] = {}
        self.codes: dict[str, Code] = {}
        self.attempts: dict[str, Attempt] = {}
        self._load()

    def save(self) -> None:
        """Codes and sign-ins under way are left out: they would have run out before the bank is up again."""
        if self._path is None:
            return
        content = {
            "founded": self.founded,
            "consents": [asdict(c) for c in self.consents.values()],
            "grants": [asdict(g) for g in self.grants.values()],
            "tokens": [asdict(t) for t in self.tokens.values()],
        }
        part = self._path.with_suffix(".part")
        with part.open("w", encoding="utf-8") as file:
            json.dump(content, file, default=_plain, indent=1)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._path)

    def forget(self) -> None:
        for records in (self.consents, self.grants, self.tokens, self.codes, self.attempts):
            records.clear()
        self.save()

    def _load(self) -> None:
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        if self._path.exists():
            found = json.loads(self._path.read_text(encoding="utf-8"))
            self.founded = date.fromisoformat(found["founded"])
            self.consents = {row["id"]: _consent(row) for row in found["consents"]}
            self.grants = {row["id"]: Grant(**row) for row in found["grants"]}
            self.tokens = {row["digest"]: _token(row) for row in found["tokens"]}
        self.save()


def _plain(value: object) -> str:
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    if isinstance(value, Enum):
        return str(value.value)
    raise TypeError(f"{type(value).__name__} is no record of the bank")


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _consent(row: dict[str, Any]) -> Consent:
    made = Consent(**row)
    made.status = ConsentStatus(row["status"])
    made.valid_until = date.fromisoformat(row["valid_until"])
    made.created_at = datetime.fromisoformat(row["created_at"])
    made.authorised_at = _moment(row["authorised_at"])
    made.last_action = date.fromisoformat(row["last_action"]) if row["last_action"] else None
    made.unattended = [
        UnattendedRead(read["subject"], datetime.fromisoformat(read["at"])) for read in row["unattended"]
    ]
    return made


def _token(row: dict[str, Any]) -> Token:
    made = Token(**row)
    made.expires_at = datetime.fromisoformat(row["expires_at"])
    return made
