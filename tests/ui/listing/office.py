"""A bookkeeper's office with everything the tables show: decided, reserved, before the start, overdue, settled."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from kontali_desktop.adapters.system.viewing_folder import PrivateViewingFolder
from kontali_desktop.domain.bank import BookingStatus
from kontali_desktop.domain.clients import Client
from kontali_desktop.domain.connections import Consent, Environment
from kontali_desktop.domain.documents import DocumentKind, Side
from kontali_desktop.domain.ids import ConnectionId
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.documents import Documents
from kontali_desktop.services.storage import Event, NewConnection
from kontali_desktop.services.view_attachments import ViewAttachments
from kontali_desktop.ui.attachments.presenter import AttachmentsPresenter
from kontali_desktop.ui.listing.presenter import TablePresenter, TableState
from kontali_desktop.wording.texts import Language
from tests.services.conftest import Office
from tests.support import DAY, invoice, payment
from tests.ui.program import wording
from tests.ui.waiting import until

Found = TypeVar("Found", bound=QWidget)
PAID, LATER = "Faktura 10234", "Faktura 10290"


def fill(office: Office) -> tuple[Client, Client]:
    """Two clients; the first has been worked on, the second has just begun."""
    first, second = office.client(1), office.client(2)
    account = office.account(first)
    with office.storage.writing() as work:
        work.accounts.set_booked_to(account.id, DAY - timedelta(days=40))
        work.commit()
    office.hold(
        first,
        invoice("10234", 1_250_000),
        invoice("10290", 500_000, "Ålesund Fisk AS", due_date=DAY - timedelta(days=12)),
        invoice("10300", 90_000, "Ærlig Regnskap AS", due_date=DAY + timedelta(days=20)),
        invoice("77", 40_000, "Bryggen Arkitekter AS", kind=DocumentKind.CREDIT_NOTE),
        invoice("INV-9", 310_000, "Strøm og Nett AS", side=Side.SUPPLIER, kid="00773412", due_date=DAY + timedelta(1)),
    )
    reserved = replace(payment(-73_376, "Varekjøp", "ADOBE SYSTEMS"), status=BookingStatus.PENDING, booking_date=None)
    office.receive(
        account,
        payment(1_250_000, PAID, "Bryggen Arkitekter AS"),
        payment(200_000, LATER, "Ålesund Fisk AS", day=DAY - timedelta(days=1)),
        payment(-120_400, "KORTKJØP BILTEMA 418", day=DAY - timedelta(days=2)),
        payment(5_000, "Gammel linje", "Østre Kiosk", day=DAY - timedelta(days=60)),
    )
    with office.storage.writing() as work:
        work.transactions.replace_pending(account.id, [reserved], "feed", office.clock.now())
        work.commit()
    other = office.account(second, 2)
    office.receive(other, payment(31_250, "fakt 10240", "Sletta Mekaniske AS", kid="0081712345"))
    for client in (first, second):
        office.propose.run(client.id)
    office.review.accept(office.item(PAID).id)
    return first, second


def connect(office: Office, client: Client) -> ConnectionId:
    """A connection that reads the client's first account, with one fetch that went wrong."""
    new = NewConnection("demo", Environment.SANDBOX, "entry", Consent("c1", date(2026, 8, 1)))
    now = office.clock.now()
    with office.storage.writing() as work:
        connection = work.connections.add(new, now)
        work.accounts.attach(work.accounts.load_all(client.id)[0].id, connection, "r1")
        facts = {"bank": "demo", "error": "service_unreachable"}
        work.events.add(Event(now, "program", "sync.failed", facts, connection_id=connection))
        work.commit()
    return connection


@asynccontextmanager
async def owner() -> AsyncIterator[TaskOwner]:
    bugs: list[BaseException] = []
    tasks = TaskOwner(bugs.append)
    try:
        yield tasks
    finally:
        await tasks.close()
    assert bugs == []


async def loaded(presenter: TablePresenter) -> None:
    await until(lambda: presenter.state is not TableState.LOADING, presenter.state)


def attachments_of(
    office: Office, tasks: TaskOwner, folder: PrivateViewingFolder | None = None, language: Language = "nb"
) -> AttachmentsPresenter:
    """Who gives a folder closes it; without, nothing is opened."""
    viewing = ViewAttachments(Documents(office.storage, office.clock), folder or PrivateViewingFolder())
    return AttachmentsPresenter(viewing, tasks, wording(language))


def child(page: QWidget, kind: type[Found], name: str) -> Found:
    found = page.findChild(kind, name)
    assert found is not None
    return found
