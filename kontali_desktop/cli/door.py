"""What the verbs need, handed in by bootstrap; and how they print."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from kontali_desktop.services.clients import Clients
from kontali_desktop.services.connect import ConnectBank, DisconnectBank
from kontali_desktop.services.export import ExportVouchers
from kontali_desktop.services.import_files import ImportFiles
from kontali_desktop.services.overview import Overview
from kontali_desktop.services.own_data_test import OwnDataTest
from kontali_desktop.services.ports import UserAgent
from kontali_desktop.services.propose_matches import ProposeMatches
from kontali_desktop.services.queue import ReviewQueue
from kontali_desktop.services.review import Review
from kontali_desktop.services.synchronise import Synchronise
from kontali_desktop.wording.wording import Wording

DONE, FAILED, PERSON_NEEDED = 0, 1, 3


class Services(Protocol):
    """The services of one data directory; each is built when it is first asked for."""

    @property
    def wording(self) -> Wording: ...
    @property
    def clients(self) -> Clients: ...
    @property
    def import_files(self) -> ImportFiles: ...
    @property
    def propose(self) -> ProposeMatches: ...
    @property
    def queue(self) -> ReviewQueue: ...
    @property
    def review(self) -> Review: ...
    @property
    def export(self) -> ExportVouchers: ...
    @property
    def own_data_test(self) -> OwnDataTest: ...
    @property
    def overview(self) -> Overview: ...
    @property
    def synchronise(self) -> Synchronise: ...
    @property
    def connect(self) -> ConnectBank: ...
    @property
    def disconnect(self) -> DisconnectBank: ...
    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Door:
    """`browser` makes the agent that signs in through the system browser, waiting so many seconds."""

    services: Services
    is_json: bool
    browser: Callable[[float], UserAgent]

    @property
    def wording(self) -> Wording:
        return self.services.wording

    def answer(self, document: Any, lines: list[str]) -> None:  # noqa: ANN401 - any JSON document
        """The one JSON document, or lines for a person."""
        if self.is_json:
            print(json.dumps(document, ensure_ascii=False, separators=(",", ":")))
        else:
            for line in lines:
                print(line)

    def say(self, text: str) -> None:
        """Messages and progress, on standard error."""
        print(text, file=sys.stderr, flush=True)
