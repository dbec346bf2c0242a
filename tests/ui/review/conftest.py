"""The review over a real database and the real engine."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_asyncio
from pytestqt.qtbot import QtBot

from kontali_desktop.adapters.storage.unit_of_work import SqlStorage
from kontali_desktop.adapters.system.viewing_folder import PrivateViewingFolder
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.autonomy import ReadAutonomy
from kontali_desktop.services.documents import Documents
from kontali_desktop.services.listings import Listings
from kontali_desktop.services.sums import Sums
from kontali_desktop.services.view_attachments import ViewAttachments
from kontali_desktop.ui.attachments.presenter import AttachmentsPresenter
from kontali_desktop.ui.review.line import LinePresenter
from kontali_desktop.ui.review.loading import ReviewServices
from kontali_desktop.ui.review.presenter import ReviewPresenter
from kontali_desktop.ui.review.state import ListState, Said
from kontali_desktop.ui.review.why import WhyPresenter
from kontali_desktop.ui.widgets.notice import NoticeData
from kontali_desktop.ui.widgets.two_sided_delegate import ROW_ROLE
from kontali_desktop.ui.widgets.two_sided_row import TwoSidedRow
from kontali_desktop.wording.texts import Language
from tests.services.conftest import Office
from tests.support import SettableClock, invoice, payment
from tests.ui.program import wording
from tests.ui.waiting import until

SETTLE_MS = 40


@dataclass
class Desk:
    """A presenter with what it said; `bugs` must stay empty."""

    office: Office
    presenter: ReviewPresenter
    line: LinePresenter
    tasks: TaskOwner
    bugs: list[BaseException] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    notices: list[NoticeData] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        """The bank's texts of the rows shown, in order."""
        presenter = self.presenter
        return [item.transaction.reported.text for item in map(presenter.item, presenter.model.ids)]

    @property
    def rows(self) -> list[TwoSidedRow]:
        """As a view gets them when it paints."""
        model = self.presenter.model
        found = [model.data(model.index(row), ROW_ROLE) for row in range(model.rowCount())]
        return [row for row in found if isinstance(row, TwoSidedRow)]

    @property
    def current(self) -> str:
        item = self.presenter.current
        return item.transaction.reported.text if item else ""

    def go_to(self, text: str) -> None:
        self.presenter.choose(self.texts.index(text))

    async def load(self) -> None:
        self.presenter.refresh()
        await until(lambda: self.presenter.state is not ListState.LOADING, "loaded")

    async def settled(self) -> None:
        """Everything is stored, and the rest was matched anew."""
        await until(lambda: self.presenter.is_at_rest, "at rest")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    clock = SettableClock()
    with SqlStorage(tmp_path / "kontali.sqlite", clock.now()) as storage:
        yield Office(storage, clock)


@pytest_asyncio.fixture
async def desk(office: Office, qtbot: QtBot) -> AsyncIterator[Desk]:
    """Three lines: one that is clear, one that two invoices fit, one that nothing fits."""
    fill(office)
    async with opened(office) as desk:
        yield desk


def fill(office: Office) -> None:
    client = office.client()
    account = office.account(client)
    office.receive(
        account,
        payment(12_500_00, "Faktura 10234", "Bryggen Arkitekter AS"),
        payment(4_999_00, "takk for god jobb", "Kari Hansen"),
        payment(-49_00, "EASYPARK"),
        payment(7_000_00, "Faktura 10240", "Sletta Mekaniske AS"),
    )
    office.hold(
        client,
        invoice("10234", 12_500_00),
        invoice("10240", 7_000_00, "Sletta Mekaniske AS"),
        invoice("3087", 4_999_00, "Kari Hansen"),
        invoice("3088", 4_999_00, "Hansen, Kari"),
    )
    office.propose.run()


class opened:  # noqa: N801  # used like a function
    """A desk for as long as the block lasts."""

    def __init__(self, office: Office, *, settle_ms: int = SETTLE_MS, language: Language = "nb") -> None:
        words = wording(language)
        bugs: list[BaseException] = []
        tasks = TaskOwner(bugs.append)
        services = ReviewServices(office.queue, office.review, office.propose, Listings(office.storage), office.clients)
        presenter = ReviewPresenter(services, tasks, words, settle_ms=settle_ms)
        self._folder = PrivateViewingFolder()
        viewing = ViewAttachments(Documents(office.storage, office.clock), self._folder)
        attachments = AttachmentsPresenter(viewing, tasks, words)
        why = WhyPresenter(ReadAutonomy(office.storage), tasks, words)
        line = LinePresenter(Sums(office.storage), attachments, why, tasks, words)
        self._desk = Desk(office, presenter, line, tasks, bugs)
        line.notice.connect(self._desk.notices.append)
        attachments.notice.connect(self._desk.notices.append)
        presenter.said.connect(self._desk.said.append)
        presenter.notice.connect(self._desk.notices.append)

    async def __aenter__(self) -> Desk:
        await self._desk.load()
        return self._desk

    async def __aexit__(self, *error: object) -> None:
        await self._desk.presenter.finish()
        await self._desk.tasks.close()
        self._folder.close()
        await asyncio.sleep(0)
        assert self._desk.bugs == []
