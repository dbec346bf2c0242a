"""Oversikt: what needs attention, the figures, the clients and the days, over a real database and demo bank."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kontali_desktop.domain.bank import BookingStatus
from kontali_desktop.domain.clients import BankAccount
from kontali_desktop.domain.connections import Consent, Environment
from kontali_desktop.domain.ids import AccountId, ClientId, ConnectionId
from kontali_desktop.domain.matches import ProposalKind
from kontali_desktop.services.clients import NewClient
from kontali_desktop.services.overview import Overview
from kontali_desktop.services.review_models import Level
from kontali_desktop.services.storage import NewConnection
from kontali_desktop.ui.overview.attention import Remedy
from kontali_desktop.ui.overview.chart import nice_top
from kontali_desktop.ui.overview.page import OverviewPage
from kontali_desktop.ui.overview.presenter import OverviewPresenter
from kontali_desktop.ui.overview.rows import OverviewScreen
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.widgets.buttons import Button, LinkButton
from kontali_desktop.ui.widgets.notice import Severity
from tests.adapters.bank.settable_clock import SettableClock
from tests.demo_bank.running import RunningBank
from tests.support import account_number, orgnr, payment
from tests.ui.pictures import save_picture
from tests.ui.program import Program, wording
from tests.ui.waiting import until


@pytest.fixture
def presenter(program: Program) -> OverviewPresenter:
    return OverviewPresenter(program.core.overview, program.tasks, wording(), program.core.clock)


async def loaded(presenter: OverviewPresenter, program: Program) -> OverviewScreen:
    presenter.refresh()
    await until(lambda: not program.tasks.is_running("load overview"))
    assert presenter.screen is not None
    return presenter.screen


async def connected(program: Program, bank: RunningBank) -> ConnectionId:
    """The demo company with its lines; its invoices are not imported."""
    company = NewClient(bank.said["company"]["orgnr"], "Fjord Elektro AS")
    connection = await program.connect(bank, company)
    report = await program.core.synchronise.run(connection, is_attended=True)
    assert report.error is None
    return connection


def imported(program: Program, bank: RunningBank) -> None:
    program.core.import_files.run(None, [Path(bank.said["invoices"])])
    program.core.propose.run()


async def test_an_empty_program_offers_to_begin(
    program: Program, presenter: OverviewPresenter, theme: Theme, qtbot: QtBot
) -> None:
    page = OverviewPage(theme, wording(), presenter)
    qtbot.addWidget(page)
    page.show()
    await loaded(presenter, program)
    button = page.findChild(Button, "empty_connect_button")
    assert isinstance(button, Button)
    assert button.isVisible()
    with qtbot.waitSignal(presenter.wants_connect) as wish:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert wish.args == [None]


async def test_lines_without_invoices_ask_for_them(
    program: Program, presenter: OverviewPresenter, demo_bank: RunningBank
) -> None:
    await connected(program, demo_bank)
    screen = await loaded(presenter, program)
    (attention,) = screen.notices
    assert (attention.severity, attention.remedy) == (Severity.INFO, Remedy.IMPORT)
    wishes: list[object] = []
    presenter.wants_import.connect(lambda: wishes.append("import"))
    presenter.wants_client.connect(wishes.append)
    presenter.act(attention.remedy, attention.connection, attention.client)
    assert wishes == [attention.client, "import"]
    imported(program, demo_bank)
    assert (await loaded(presenter, program)).notices == ()


async def test_the_figures_are_those_of_the_queue(
    program: Program, presenter: OverviewPresenter, demo_bank: RunningBank
) -> None:
    await connected(program, demo_bank)
    imported(program, demo_bank)
    queue = program.core.queue.load(None, None)
    proposed = [i for i in queue.items if i.proposal is not None and i.proposal.kind is ProposalKind.DOCUMENTS]
    one = next(i for i in proposed if i.proposal and i.proposal.kind is ProposalKind.DOCUMENTS)
    program.core.review.accept(one.id)
    screen = await loaded(presenter, program)
    received, done, waiting, proved = screen.figures
    booked = [i for i in queue.items if i.transaction.reported.status is BookingStatus.BOOKED]
    assert received.figure == str(len(booked))
    assert received.remark == "fra 3 kontoer"
    assert done.figure == "1"
    assert waiting.figure == str(len(booked) - 1)
    assert proved.figure == "Ikke avstemt"
    (row,) = screen.clients
    assert (row.received, row.done, row.waiting) == (received.figure, "1", waiting.figure)
    assert row.remedy is Remedy.REVIEW
    assert row.tone is Tone.WARNING
    assert row.light == "venter på deg"
    assert len(screen.bars) == 14
    newest = max(item.transaction.reported.booking_date for item in booked if item.transaction.reported.booking_date)
    assert screen.bars[-1].day == wording().short_day(newest)
    of_newest = [item for item in booked if item.transaction.reported.booking_date == newest]
    assert screen.bars[-1].total == len(of_newest)


async def test_a_line_posted_directly_is_done_like_any_other(
    program: Program, presenter: OverviewPresenter, demo_bank: RunningBank
) -> None:
    await connected(program, demo_bank)
    queue = program.core.queue.load(None, None)
    posted = next(i for i in queue.items if i.proposal and i.proposal.kind is ProposalKind.DIRECT_POSTING)
    before = (await loaded(presenter, program)).figures
    program.core.review.accept(posted.id)
    screen = await loaded(presenter, program)
    received, done, waiting, _ = screen.figures
    assert received.figure == before[0].figure
    assert (done.figure, waiting.figure) == ("1", str(int(before[2].figure) - 1))
    day = posted.transaction.reported.booking_date
    assert day is not None
    shown = [bar for bar in screen.bars if bar.day == wording().short_day(day)]
    assert [bar.by_person for bar in shown] == [1]


async def test_an_expired_consent_is_the_first_thing(
    program: Program, presenter: OverviewPresenter, demo_bank: RunningBank
) -> None:
    connection = await connected(program, demo_bank)
    demo_bank.control("POST", "consents/*/expire")
    await program.core.synchronise.run(connection, is_attended=True)
    screen = await loaded(presenter, program)
    assert [n.severity for n in screen.notices] == [Severity.NEGATIVE, Severity.INFO]
    assert screen.notices[0].title == "Fjord Elektro AS: samtykket hos Demobanken er utløpt."
    assert screen.clients[0].tone is Tone.NEGATIVE
    assert screen.clients[0].consent == "Samtykket er utløpt"
    wishes: list[object] = []
    presenter.wants_connect.connect(wishes.append)
    presenter.act(screen.notices[0].remedy, screen.notices[0].connection)
    assert wishes == [connection]


async def test_a_failed_fetch_can_be_tried_again(
    program: Program, presenter: OverviewPresenter, demo_bank: RunningBank
) -> None:
    connection = await connected(program, demo_bank)
    demo_bank.fault(path="*/transactions", kind="answer", status=503)
    await program.core.synchronise.run(connection, is_attended=True)
    screen = await loaded(presenter, program)
    assert screen.notices[0].remedy is Remedy.SYNC
    assert "Demobanken avviste forespørselen (503)." in screen.notices[0].title
    wishes: list[object] = []
    presenter.wants_sync.connect(wishes.append)
    presenter.act(screen.notices[0].remedy, screen.notices[0].connection)
    assert wishes == [connection]


@pytest.mark.parametrize(
    ("days_left", "title"),
    [
        (10, "Fjord Elektro AS: samtykket hos Demobanken utløper om 10 dager."),
        (0, "Fjord Elektro AS: samtykket hos Demobanken utløper i dag."),
        (-2, "Fjord Elektro AS: samtykket hos Demobanken utløp {day}."),
    ],
)
async def test_a_consent_is_watched_to_its_end(
    program: Program, demo_bank: RunningBank, days_left: int, title: str
) -> None:
    connection = await connected(program, demo_bank)
    core = program.core
    with core.storage.reading() as work:
        known = work.connections.find(connection)
    assert known is not None
    last = known.consent.valid_until
    assert last is not None
    clock = SettableClock(datetime.combine(last, time(12), UTC) - timedelta(days=days_left))
    overview = Overview(core.storage, core.queue, clock)
    screen = await loaded(OverviewPresenter(overview, program.tasks, wording(), clock), program)
    assert screen.notices[0].title == title.format(day=wording().short_day(last))
    assert screen.notices[0].remedy is Remedy.RENEW


async def test_only_the_chosen_client_is_shown(
    program: Program, presenter: OverviewPresenter, demo_bank: RunningBank
) -> None:
    await connected(program, demo_bank)
    other, _ = program.core.clients.add("Nordlys Bygg AS", "311234560")
    assert len((await loaded(presenter, program)).clients) == 2
    presenter.show_client(other.id)
    screen = await loaded(presenter, program)
    assert [row.id for row in screen.clients] == [other.id]
    assert screen.figures[0].figure == "0"
    assert screen.notices == ()


async def test_the_page_shows_it_and_its_buttons_work(
    program: Program, demo_bank: RunningBank, both_themes: Theme, qtbot: QtBot, pictures: Path
) -> None:
    presenter = OverviewPresenter(program.core.overview, program.tasks, wording(), program.core.clock)
    page = OverviewPage(both_themes, wording(), presenter)
    page.resize(1072, 800)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    connection = await connected(program, demo_bank)
    imported(program, demo_bank)
    queue = program.core.queue.load(None, None)
    sure = [
        i for i in queue.items if i.level is Level.SURE and i.proposal and i.proposal.kind is ProposalKind.DOCUMENTS
    ]
    for item in sure[:25]:
        program.core.review.accept(item.id)
    demo_bank.fault(path="*/transactions", kind="answer", status=503)
    await program.core.synchronise.run(connection, is_attended=True)
    await loaded(presenter, program)
    save_picture(page, pictures, f"overview-page-{both_themes.scheme.value}")
    assert page.chart.accessibleDescription().count("\n") == 13
    wishes: list[str] = []
    clients: list[ClientId] = []
    presenter.wants_screen.connect(wishes.append)
    presenter.wants_client.connect(clients.append)
    (row,) = program.core.clients.load_all()
    button = page.clients.findChild(Button, f"remedy_{row.id}")
    assert isinstance(button, Button)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (wishes, clients) == (["review"], [row.id])


@pytest.mark.parametrize(("most", "top"), [(1, 10), (10, 10), (11, 20), (21, 50), (902, 1000), (1001, 2000)])
def test_the_axis_ends_on_a_round_number(most: int, top: int) -> None:
    assert nice_top(most) == top


async def test_a_client_without_a_bank_is_not_in_order(program: Program, presenter: OverviewPresenter) -> None:
    program.core.clients.add("Nordlys Bygg AS", "311234560")
    (row,) = (await loaded(presenter, program)).clients
    assert (row.light, row.tone, row.remedy) == ("ikke koblet til", Tone.QUIET, Remedy.CONNECT)
    wishes: list[object] = []
    presenter.wants_connect.connect(wishes.append)
    presenter.act(Remedy.CONNECT, client=row.id)
    assert wishes == [None]


async def test_what_cannot_be_loaded_can_be_tried_again(
    program: Program, presenter: OverviewPresenter, theme: Theme, qtbot: QtBot
) -> None:
    program.core.clients.add("Nordlys Bygg AS", "311234560")
    page = OverviewPage(theme, wording(), presenter)
    qtbot.addWidget(page)
    page.show()
    database = sqlite3.connect(program.core.storage.path)
    database.execute("ALTER TABLE documents RENAME TO elsewhere")  # what a damaged file may come to
    database.commit()
    presenter.refresh()
    await until(lambda: presenter.has_failed)
    database.execute("ALTER TABLE elsewhere RENAME TO documents")
    database.commit()
    database.close()
    button = page.findChild(Button, "empty_connect_button")
    assert isinstance(button, Button)
    assert button.text() == "Prøv igjen"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    await until(lambda: presenter.screen is not None)
    assert not button.isVisible()


async def test_many_clients_in_english(program: Program, theme: Theme, qtbot: QtBot, pictures: Path) -> None:
    """The three gravest notices are shown; the rest is a link to the connections."""
    english = wording("en")
    now = program.core.clock.now()
    for number in range(1, 8):
        client, _ = program.core.clients.add(f"Klient {number} AS", orgnr(number))
        with program.core.storage.writing() as work:
            consent = Consent(f"c{number}", now.date() + timedelta(days=30 * (number - 4)))
            new = NewConnection("demo", Environment.SANDBOX, f"entry-{number}", consent)
            connection = work.connections.add(new, now)
            made = BankAccount(AccountId(0), client.id, account_number(number), connection_id=connection)
            account = work.accounts.add(made)
            work.transactions.add_booked(account.id, [(payment(100_00), 1)], "feed", now)
            work.commit()
    presenter = OverviewPresenter(program.core.overview, program.tasks, english, program.core.clock)
    page = OverviewPage(theme, english, presenter)
    page.resize(1072, 800)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    screen = await loaded(presenter, program)
    save_picture(page, pictures, "overview-many-english")
    assert [n.severity for n in screen.notices] == [Severity.NEGATIVE] * 3
    assert screen.more == 2  # a consent that ends today, and that there are no invoices
    wishes: list[str] = []
    presenter.wants_screen.connect(wishes.append)
    more = page.findChild(LinkButton, "more_notices")
    assert isinstance(more, LinkButton)
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert wishes == ["connections"]


async def test_clients_without_invoices_share_a_notice(program: Program, presenter: OverviewPresenter) -> None:
    for number in (1, 2):
        client, _ = program.core.clients.add(f"Klient {number} AS", orgnr(number))
        with program.core.storage.writing() as work:
            account = work.accounts.add(BankAccount(AccountId(0), client.id, account_number(number)))
            work.transactions.add_booked(account.id, [(payment(100_00), 1)], "feed", program.core.clock.now())
            work.commit()
    (notice,) = (await loaded(presenter, program)).notices
    assert (notice.title, notice.client) == ("2 klienter har ingen fakturaer ennå.", None)
