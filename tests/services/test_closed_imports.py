"""Imports and a closed period: lines may come into it, for the bank's truth is whole, but none is taken out of it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from kontali_desktop.domain.clients import BankAccount, Client
from kontali_desktop.domain.errors import PeriodClosed
from kontali_desktop.services.import_models import ImportReport
from tests.services.conftest import Office
from tests.services.test_import_undo import statement, take, texts, undo
from tests.support import DAY, account_number, payment


@pytest.fixture
def client(office: Office) -> Client:
    return office.client()


@pytest.fixture
def account(office: Office, client: Client) -> BankAccount:
    return office.account(client)


def days(office: Office) -> list[date | None]:
    return sorted({item.transaction.reported.booking_date for item in office.everything()}, key=str)


def imported(office: Office, tmp_path: Path) -> ImportReport:
    return take(office, statement(tmp_path / "a.xml", account_number(1), ("10.00", "en"), ("20.00", "to")))


def doubts(report: ImportReport) -> list[tuple[str, dict[str, str]]]:
    return [(doubt.why, dict(doubt.facts)) for file in report.files for doubt in file.doubts]


@pytest.mark.usefixtures("account")
def test_an_import_that_brought_lines_in_it_is_not_taken_back(office: Office, client: Client, tmp_path: Path) -> None:
    report = imported(office, tmp_path)
    (day,) = days(office)
    assert day is not None
    assert report.import_id is not None
    office.clients.close_books(client.id, day)
    for take_back in (office.imports.foresee_undo, office.imports.undo):
        with pytest.raises(PeriodClosed) as refused:
            take_back(report.import_id)
        told = refused.value.parameters
        assert told == {
            "what": "import",
            "client": client.name,
            "day": day.isoformat(),
            "closed_until": day.isoformat(),
        }
    assert texts(office) == ["en", "to"]
    office.clients.close_books(client.id, day - timedelta(days=1))
    assert undo(office, report)[0] == 2


def test_lines_that_the_bank_told_of_too_stay_and_hinder_nothing(
    office: Office, client: Client, account: BankAccount, tmp_path: Path
) -> None:
    report = imported(office, tmp_path)
    (day,) = days(office)
    assert day is not None
    office.receive(account, payment(10_00, "en", day=day), payment(20_00, "to", day=day))
    office.clients.close_books(client.id, day)
    assert undo(office, report)[0] == 0
    assert texts(office) == ["en", "to"]


@pytest.mark.parametrize(("kind", "is_refused"), [("CLBD", True), ("OPBD", False)])
def test_an_import_is_not_taken_back_from_under_a_balance_in_it(
    office: Office, client: Client, account: BankAccount, tmp_path: Path, kind: str, *, is_refused: bool
) -> None:
    """An opening balance is what the day before ended with, and holds nothing back."""
    file = statement(tmp_path / "a.xml", account.number, ("10.00", "en"), closing="10.00")
    file.write_text(file.read_text("utf-8").replace("CLBD", kind), "utf-8")
    report = take(office, file)
    office.receive(account, payment(10_00, "en"))
    office.clients.close_books(client.id, DAY)
    if not is_refused:
        assert undo(office, report) == (0, 0, 0)
        return
    with pytest.raises(PeriodClosed) as refused:
        undo(office, report)
    assert refused.value.parameters["day"] == DAY.isoformat()
    office.clients.close_books(client.id, DAY - timedelta(days=1))
    assert undo(office, report) == (0, 0, 0)


def test_an_import_that_changed_a_line_in_it_is_not_taken_back(
    office: Office, client: Client, account: BankAccount, tmp_path: Path
) -> None:
    office.receive(account, payment(10_00, "en"), source="csv")
    report = take(office, statement(tmp_path / "a.xml", account.number, ("10.00", "en, og mer enn det")))
    assert report.files[0].updated == 1
    office.clients.close_books(client.id, DAY)
    with pytest.raises(PeriodClosed):
        undo(office, report)
    office.clients.close_books(client.id, None)
    undo(office, report)
    assert texts(office) == ["en"]


@pytest.mark.usefixtures("account")
def test_new_lines_in_it_are_taken_with_a_doubt_and_known_ones_are_none(
    office: Office, client: Client, tmp_path: Path
) -> None:
    office.clients.close_books(client.id, office.clock.today())
    file = statement(tmp_path / "a.xml", account_number(1), ("10.00", "en"), ("20.00", "to"))
    prepared = office.importing.prepare(None, [file])
    waiting = [("in_closed_period", {"count": "2"})]
    assert doubts(office.importing.preview(prepared)) == waiting
    assert doubts(office.importing.store(prepared)) == waiting
    assert texts(office) == ["en", "to"]
    more = statement(tmp_path / "b.xml", account_number(1), ("10.00", "en"), ("20.00", "to"), ("30.00", "tre"))
    assert doubts(take(office, more)) == [("in_closed_period", {"count": "1"})]


def test_lines_up_to_the_accounts_start_wait_for_nothing(
    office: Office, client: Client, account: BankAccount, tmp_path: Path
) -> None:
    office.accounts.change_start(account.id, office.clock.today())
    office.clients.close_books(client.id, office.clock.today())
    assert doubts(imported(office, tmp_path)) == []


def test_lines_after_it_are_no_doubt(office: Office, client: Client, account: BankAccount, tmp_path: Path) -> None:
    assert account.client_id == client.id
    office.clients.close_books(client.id, DAY - timedelta(days=400))
    assert doubts(imported(office, tmp_path)) == []
