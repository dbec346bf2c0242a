"""Scripted faults: which calls they hit, how often, and what they do to the answer."""

from __future__ import annotations

import fnmatch
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any


class FaultKind(StrEnum):
    ANSWER = "answer"
    HTML = "html"
    CLOSE = "close"
    DELAY = "delay"
    EDIT = "edit"


class FaultUnknownError(Exception):
    """The script names a kind or a field that does not exist."""


@dataclass(slots=True)
class Fault:
    """`times` calls are hit after `skip` have passed; zero times means every one.

    `answer` gives status, headers and body of its own; `html` a page where JSON belongs; `close` breaks off half-way
    through the real answer; `delay` waits `seconds` first; `edit` changes the real JSON: see `control.edits`.
    """

    path: str
    kind: FaultKind
    method: str = "*"
    times: int = 1
    skip: int = 0
    status: int = 500
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None
    seconds: float = 0
    edits: dict[str, Any] = field(default_factory=dict)
    hits: int = 0

    def matches(self, method: str, path: str) -> bool:
        return self.method in ("*", method) and fnmatch.fnmatchcase(path, self.path)


class FaultScript:
    """The faults in force, in the order they were given; the first that matches acts."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def add(self, wanted: Mapping[str, Any]) -> None:
        known = {f.name for f in fields(Fault)} - {"hits"}
        if not set(wanted) <= known or not {"path", "kind"} <= set(wanted) or wanted["kind"] not in list(FaultKind):
            raise FaultUnknownError(f"A fault has path, kind ({', '.join(FaultKind)}) and of {sorted(known)}")
        self.faults.append(Fault(**{**wanted, "kind": FaultKind(wanted["kind"])}))

    def take(self, method: str, path: str) -> Fault | None:
        """The fault that acts on this call, counted."""
        for fault in self.faults:
            if not fault.matches(method, path):
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            if fault.times and fault.hits >= fault.times:
                continue
            fault.hits += 1
            return fault
        return None
