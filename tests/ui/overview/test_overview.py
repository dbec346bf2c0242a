"""Oversikt: what needs attention, the figures, the clients and the days, over a real database and demo bank."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kontali_desktop.domain.bank import BookingStatus
from kontali_desktop.domain.ids import ClientId, ConnectionId
from kontali_desktop.domain.matches import ProposalKind, QueueStatus
from kontali_desktop.services.clients import NewClient
from kontali_desktop.services.overview import Overview
from kontali_desktop.services.review_models import Level
from kontali_desktop.ui.overview.attention import Remedy
from kontali_desktop.ui.overview.chart import nice_top
from kontali_desktop.ui.overview.page import OverviewPage
from kontali_desktop.ui.overview.presenter import OverviewPresenter
from kontali_desktop.ui.overview.rows import OverviewScreen
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.widgets.buttons import Button
from kontali_desktop.ui.widgets.notice import Severity
from tests.adapters.bank.settable_clock import SettableClock
from tests.demo_bank.running import RunningBank
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
    button = page.findChild(Button, "get_started_button")
    assert isinstance(button, Button)
    assert button.isVisible()
    with qtbot.waitSignal(presenter.wants_screen) as wish:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert wish.args == ["first_run"]


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
    proposed = [item for item in queue.items if item.status is QueueStatus.PROPOSED]
    one = next(i for i in proposed if i.proposal and i.proposal.kind is ProposalKind.DOCUMENTS)
    program.core.review.accept(one.id)
    screen = await loaded(presenter, program)
    received, done, waiting, proved = screen.figures
    booked = [i for i in queue.items if i.transaction.reported.status is BookingStatus.BOOKED]
    assert received.figure == str(len(booked))
    assert received.remark == "fra 3 kontoer"
    assert done.figure == "1"
    assert waiting.figure == str(len(booked) - 1)
    assert proved.figure == "Ikke bevist"
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
    ("days", "title"),
    [
        (170, "Fjord Elektro AS: samtykket hos Demobanken utløper om 10 dager."),
        (180, "Fjord Elektro AS: samtykket hos Demobanken utløper i dag."),
        (182, "Fjord Elektro AS: samtykket hos Demobanken utløp {day}."),
    ],
)
async def test_a_consent_is_watched_to_its_end(program: Program, demo_bank: RunningBank, days: int, title: str) -> None:
    await connected(program, demo_bank)
    core = program.core
    clock = SettableClock(core.clock.now() + timedelta(days=days))
    overview = Overview(core.storage, core.queue, clock)
    screen = await loaded(OverviewPresenter(overview, program.tasks, wording(), clock), program)
    last = wording().short_day(core.clock.today() + timedelta(days=180))
    assert screen.notices[0].title == title.format(day=last)
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
