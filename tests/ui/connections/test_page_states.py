"""The list with a connection in every state it can be in, in both themes and both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kontali_desktop.domain.clients import BankAccount, Client
from kontali_desktop.domain.connections import BankConnection, ConnectionState, Consent, Environment
from kontali_desktop.domain.ids import AccountId, ClientId, ConnectionId
from kontali_desktop.services.overview import ConnectionView, Light
from kontali_desktop.services.storage import SyncRun
from kontali_desktop.ui.connections.page import ConnectionsPage
from kontali_desktop.ui.connections.presenter import ConnectionServices, ConnectionsPresenter, Fetch
from kontali_desktop.ui.connections.rows import RowWording
from kontali_desktop.ui.theme import Theme
from kontali_desktop.wording.texts import LANGUAGES, Language
from tests.ui.pictures import save_picture
from tests.ui.program import Program, wording
from tests.ui.waiting import until

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
NAMES = ("Fjord Elektro AS", "Nordlys Bygg AS", "Saga Catering AS", "Munkholm Data AS", "Kvit Handel AS")
FINE, SOON, EXPIRED, FAILED, FETCHING = (ConnectionId(number) for number in range(1, 6))


def view(number: ConnectionId, name: str, until: date, **changes: object) -> ConnectionView:
    connection = BankConnection(
        number, "dnb", Environment.PRODUCTION, ConnectionState.ACTIVE, Consent("c", until), last_success_at=NOW
    )
    account = BankAccount(AccountId(number), ClientId(number), f"1503{number}194097")
    client = Client(ClientId(number), "311234560", name)
    run = SyncRun(number, NOW, NOW + timedelta(seconds=3.8), is_attended=False, fetched=284, added=96)
    left = (until - TODAY).days
    made = ConnectionView(
        connection, (account, account), (client,), (run,), NOW + timedelta(hours=18), left, Light.GREEN
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # fields of the view, as each test names them


def views() -> tuple[ConnectionView, ...]:
    expired = view(EXPIRED, NAMES[2], date(2026, 11, 17), light=Light.RED, next_due=None)
    expired = replace(expired, connection=replace(expired.connection, state=ConnectionState.EXPIRED))
    failed = view(FAILED, NAMES[3], date(2027, 1, 17), light=Light.AMBER)
    refused: dict[str, str | int] = {"service": "dnb", "status": 503, "reason": ""}
    run = replace(failed.runs[0], fetched=0, added=0, error_code="service_refused", error_facts=refused)
    return (
        view(FINE, NAMES[0], date(2027, 4, 21)),
        view(SOON, NAMES[1], date(2026, 12, 6), light=Light.AMBER),
        expired,
        replace(failed, runs=(run, *failed.runs)),
        view(FETCHING, NAMES[4], date(2027, 2, 20)),
    )


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_state_shows_what_can_be_done(
    program: Program, both_themes: Theme, language: Language, qtbot: QtBot, pictures: Path
) -> None:
    words = wording(language)
    core = program.core
    services = ConnectionServices(core.overview, core.synchronise, core.disconnect, core.clock)
    presenter = ConnectionsPresenter(services, program.tasks, words)
    page = ConnectionsPage(both_themes, words, presenter)
    page.resize(1072, 800)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    making = RowWording(words, NOW, TODAY)
    presenter.rows = tuple(making.row(view) for view in views())
    presenter.fetches = {FETCHING: Fetch(FETCHING, words.plural("sync.transactions", 54), 1, 3)}
    presenter.changed.emit()
    page.rows[FAILED].set_expanded(expanded=True)
    await until(page.rows[FAILED].runs.isVisible)
    save_picture(page, pictures, f"connections-states-{language}-{both_themes.scheme.value}")
    rows = page.rows
    assert not rows[FINE].renew_button.isVisible()
    assert rows[SOON].renew_button.isVisible()
    assert rows[SOON].sync_button.isEnabled()
    assert rows[EXPIRED].renew_button.isVisible()
    assert not rows[EXPIRED].sync_button.isEnabled()
    assert not rows[FETCHING].sync_button.isEnabled()
    assert "503" in rows[FAILED].accessibleName()
    assert all(row.width() <= page.width() for row in rows.values())
