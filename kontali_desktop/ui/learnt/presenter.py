"""What is learnt of a client, without widgets: read, searched, forgotten, and remembered again."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from kontali_desktop.domain.ids import ClientId
from kontali_desktop.matching.learnt import FactKind
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.clients import Clients
from kontali_desktop.services.learnt_list import LearntEntry, LearntList
from kontali_desktop.services.propose_matches import ProposeMatches
from kontali_desktop.ui.learnt.rows import LearntRow, made
from kontali_desktop.ui.sheets.about_client import AboutClientPresenter
from kontali_desktop.wording.wording import Wording


class Group(StrEnum):
    """The chips above the list."""

    ALL = "all"
    PAYERS = "payers"
    HABITS = "habits"
    POSTINGS = "postings"
    KIDS = "kids"
    REJECTED = "rejected"
    CORRECTED = "corrected"


GROUP_OF = {
    FactKind.ACCOUNT: Group.PAYERS,
    FactKind.PAYER: Group.PAYERS,
    FactKind.TEXT: Group.PAYERS,
    FactKind.HABIT: Group.HABITS,
    FactKind.POSTING: Group.POSTINGS,
    FactKind.KID_LAYOUT: Group.KIDS,
    FactKind.REJECTED: Group.REJECTED,
    FactKind.AUTONOMY: Group.CORRECTED,
}


@dataclass(frozen=True, slots=True)
class LearntServices:
    """What the sheet needs of the program."""

    learnt: LearntList
    clients: Clients
    propose: ProposeMatches


class LearntPresenter(AboutClientPresenter[tuple[LearntRow, ...]]):
    """Each change is stored at once; the client is matched anew when the sheet is closed."""

    said = Signal(str, bool)  # what was done, and whether it can be undone

    def __init__(
        self, services: LearntServices, tasks: TaskOwner, wording: Wording, parent: QObject | None = None
    ) -> None:
        super().__init__(services.clients, tasks, wording, parent)
        self._services = services
        self._forgotten: list[tuple[ClientId, LearntEntry]] = []
        self._touched: set[ClientId] = set()

    def read(self, client_id: ClientId) -> tuple[LearntRow, ...]:
        return made(self.wording, self._services.learnt.load(client_id))

    def forget(self, entry: LearntEntry) -> None:
        """What later decisions say still counts."""
        if self.of is None:
            return
        client_id = self.of.client.id

        async def work() -> None:
            await asyncio.to_thread(self._services.learnt.forget, client_id, entry)
            self._forgotten.append((client_id, entry))
            self._touched.add(client_id)
            await self.load()
            self._say("learnt.said.forgotten", entry)

        self.change("forget", work)

    def undo(self) -> None:
        """Take the last forgetting of this sheet back."""

        async def work() -> None:
            if not self._forgotten:
                return
            client_id, entry = self._forgotten.pop()
            await asyncio.to_thread(self._services.learnt.remember, client_id, entry)
            self._touched.add(client_id)
            await self.load()
            self._say("learnt.said.remembered", entry)

        self.change("remember", work)

    def _say(self, key: str, entry: LearntEntry) -> None:
        said = self.wording.text(key, fact=self.wording.learnt_sentence(entry.fact))
        self.said.emit(said, bool(self._forgotten))

    def close(self) -> None:
        super().close()
        self._forgotten.clear()
        if self._touched:
            self.change("propose", self._propose_anew)

    async def _propose_anew(self) -> None:
        """What is forgotten is no longer reckoned with."""
        clients, self._touched = self._touched, set()
        for client_id in clients:
            await asyncio.to_thread(self._services.propose.propose_anew, client_id)
        self.data_changed.emit()
