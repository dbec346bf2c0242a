"""What the test on own data shows, at any time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from kontali_desktop.domain.clients import Client
from kontali_desktop.services.own_data_test import OwnDataReport

USUAL = 200  # decisions to hide


class Phase(Enum):
    """How far a running test is."""

    READING = auto()
    MATCHING = auto()


@dataclass(frozen=True, slots=True)
class State:
    """`available` decisions can be hidden; `most` is what was typed. `lines` are matched again while it runs."""

    clients: tuple[Client, ...]
    client: Client
    available: int
    most: str
    problem: str = ""
    phase: Phase | None = None
    lines: int = 0
    report: OwnDataReport | None = None
    told: str = ""

    @property
    def is_running(self) -> bool:
        return self.phase is not None
