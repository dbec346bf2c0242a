"""Transaksjoner: what is listed, in which group, found by what, sorted how."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kontali_desktop.domain.ids import ClientId
from kontali_desktop.domain.matches import QueueStatus
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.errors import StorageDamaged
from kontali_desktop.services.queue import WAITING, ReviewQueue
from kontali_desktop.services.review_models import Queue
from kontali_desktop.services.storage import Storage
from kontali_desktop.ui.listing.presenter import TableState
from kontali_desktop.ui.transactions.presenter import TransactionsPresenter
from kontali_desktop.ui.transactions.rows import TransactionRow
from kontali_desktop.ui.widgets.table import SORT_ROLE
from tests.services.conftest import Office, office
from tests.support import DAY, payment
from tests.ui.listing.office import LATER, PAID, fill, loaded, owner
from tests.ui.program import wording
from tests.ui.waiting import until

__all__ = ["office"]


def made(office: Office, tasks: TaskOwner) -> TransactionsPresenter:
    return TransactionsPresenter(office.queue, tasks, wording())


def texts(presenter: TransactionsPresenter) -> list[str]:
    rows = presenter.model.rows
    assert all(isinstance(row, TransactionRow) for row in rows)
    return [row.item.transaction.reported.text for row in rows if isinstance(row, TransactionRow)]


def cell(presenter: TransactionsPresenter, row: int, column: str, role: int = Qt.ItemDataRole.DisplayRole) -> object:
    return presenter.model.index(row, presenter.model.column(column)).data(role)


@pytest.fixture
def filled(office: Office) -> Office:
    fill(office)
    return office


async def test_every_line_is_there_newest_first_also_reserved_and_before_the_start(
    filled: Office, qtbot: QtBot
) -> None:
    async with owner() as tasks:
        presenter = made(filled, tasks)
        assert presenter.state is TableState.LOADING
        presenter.refresh()
        await loaded(presenter)
    found = texts(presenter)
    assert found[0] == "Varekjøp"  # reserved at the bank, not booked yet
    assert found[-1] == "Gammel linje"
    assert sorted(found[1:3]) == [PAID, "fakt 10240"]
    groups = {g: presenter.count(g) for g in ("all", "waiting", "done", "reserved", "before_start")}
    assert groups == {"all": 6, "waiting": 3, "done": 1, "reserved": 1, "before_start": 1}


@pytest.mark.parametrize(
    ("group", "shown", "status", "numbers"),
    [
        ("done", PAID, "Godkjent", "10234"),
        ("reserved", "Varekjøp", "Reservert", ""),
        ("before_start", "Gammel linje", "Før start", ""),
    ],
)
async def test_a_chip_shows_its_own_with_the_status_in_words(
    *, filled: Office, qtbot: QtBot, group: str, shown: str, status: str, numbers: str
) -> None:
    async with owner() as tasks:
        presenter = made(filled, tasks)
        presenter.refresh()
        await loaded(presenter)
    presenter.choose_group(group)
    assert texts(presenter) == [shown]
    assert (cell(presenter, 0, "status"), cell(presenter, 0, "documents")) == (status, numbers)


async def test_a_proposal_shows_no_numbers_before_it_is_decided(filled: Office, qtbot: QtBot) -> None:
    async with owner() as tasks:
        presenter = made(filled, tasks)
        presenter.refresh()
        await loaded(presenter)
    presenter.search(LATER)
    assert cell(presenter, 0, "status") == "Foreslått"
    assert cell(presenter, 0, "documents") == ""


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("12 500,00", PAID),
        ("12500", PAID),
        ("12\u00a0500", PAID),
        ("ÅLESUND", LATER),
        ("-1 204", "KORTKJØP BILTEMA 418"),
        ("11.02.2026", LATER),
        ("0081712345", "fakt 10240"),
        ("klient 2", "fakt 10240"),
        ("  sletta mek", "fakt 10240"),
    ],
)
async def test_search_finds_amounts_names_and_kid(filled: Office, qtbot: QtBot, typed: str, shown: str) -> None:
    async with owner() as tasks:
        presenter = made(filled, tasks)
        presenter.refresh()
        await loaded(presenter)
    presenter.search(typed)
    assert texts(presenter) == [shown]
    assert presenter.remark() == "1 av 6 transaksjoner vises"
    presenter.search("finnes ikke")
    assert presenter.state is TableState.NOTHING_FOUND


async def test_sorts_by_value_and_by_the_norwegian_alphabet(filled: Office, qtbot: QtBot) -> None:
    async with owner() as tasks:
        presenter = made(filled, tasks)
        presenter.refresh()
        await loaded(presenter)
    model = presenter.model
    model.sort(model.column("amount"))
    minor = [row.item.transaction.reported.amount for row in model.rows if isinstance(row, TransactionRow)]
    assert minor == sorted(minor)
    assert cell(presenter, 0, "amount", SORT_ROLE) == ("NOK", -120_400)
    assert cell(presenter, 0, "amount") == "−1\u00a0204,00"
    model.sort(model.column("counterparty"), Qt.SortOrder.DescendingOrder)
    assert cell(presenter, 0, "counterparty") == "Ålesund Fisk AS"
    assert cell(presenter, 1, "counterparty") == "Østre Kiosk"


async def test_one_client_and_never_anothers_rows_meanwhile(filled: Office, qtbot: QtBot) -> None:
    second = filled.clients.load_all()[1]
    async with owner() as tasks:
        presenter = made(filled, tasks)
        presenter.refresh()
        await loaded(presenter)
        presenter.show_client(second.id)
        assert (presenter.state, texts(presenter)) == (TableState.LOADING, [])
        presenter.search("")  # what is typed meanwhile brings nothing back
        assert presenter.state is TableState.LOADING
        await loaded(presenter)
    assert texts(presenter) == ["fakt 10240"]


async def test_empty_program(office: Office, qtbot: QtBot) -> None:
    async with owner() as tasks:
        presenter = made(office, tasks)
        presenter.refresh()
        await loaded(presenter)
    assert (presenter.state, presenter.remark()) == (TableState.EMPTY, "")


class DamagedQueue(ReviewQueue):
    """A queue whose database cannot be read until it is mended."""

    def __init__(self, storage: Storage) -> None:
        super().__init__(storage)
        self.is_damaged = True

    def load(self, client_id: ClientId | None = None, statuses: frozenset[QueueStatus] | None = WAITING) -> Queue:
        if self.is_damaged:
            raise StorageDamaged
        return super().load(client_id, statuses)


async def test_a_failed_load_says_so_and_can_be_tried_again(filled: Office, qtbot: QtBot) -> None:
    queue = DamagedQueue(filled.storage)
    said: list[object] = []
    async with owner() as tasks:
        presenter = TransactionsPresenter(queue, tasks, wording())
        presenter.notice.connect(said.append)
        presenter.refresh()
        await loaded(presenter)
        assert presenter.state is TableState.FAILED
        assert len(said) == 1
        queue.is_damaged = False
        presenter.refresh()
        await loaded_again(presenter)
        assert len(texts(presenter)) == 6


async def loaded_again(presenter: TransactionsPresenter) -> None:
    await until(lambda: presenter.state is TableState.ROWS)


async def test_ten_thousand_rows_answer_at_once(office: Office, qtbot: QtBot) -> None:
    account = office.account(office.client())
    office.receive(account, *(payment(100 + n, f"Linje {n}", f"Kunde {n % 700}", day=DAY) for n in range(10_000)))
    async with owner() as tasks:
        presenter = made(office, tasks)
        presenter.refresh()
        await loaded(presenter)
    taken = {}
    works: tuple[tuple[str, Callable[[], None]], ...] = (
        ("search", lambda: presenter.search("kunde 69")),
        ("all again", lambda: presenter.search("")),
        ("sort", lambda: presenter.model.sort(presenter.model.column("counterparty"))),
    )
    for name, work in works:
        begun = time.perf_counter()
        work()
        taken[name] = round((time.perf_counter() - begun) * 1000)
    assert presenter.model.rowCount() == 10_000
    assert max(taken.values()) < 500, taken  # 50 ms on a quiet machine; here it only must not be of another order
