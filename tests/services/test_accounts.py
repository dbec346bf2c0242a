"""What is set for a bank account: its start, and the ledger account it is booked on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kontali_desktop.domain.clients import BankAccount
from kontali_desktop.domain.errors import (
    LedgerAccountTaken,
    NotABankLedgerAccount,
    PeriodClosed,
    StartInFuture,
    UnknownAccount,
)
from kontali_desktop.domain.ids import AccountId
from kontali_desktop.domain.matches import QueueStatus
from kontali_desktop.services.accounts import Accounts
from tests.services.conftest import Office
from tests.support import DAY, invoice, payment


@pytest.fixture
def accounts(office: Office) -> Accounts:
    return Accounts(office.storage, office.clock)


def events(office: Office, code: str) -> list[dict[str, str]]:
    with office.storage.reading() as work:
        return [event.facts for event in work.events.load(None, 100) if event.code == code]


def test_lines_up_to_the_start_leave_the_queue_and_come_back(office: Office, accounts: Accounts) -> None:
    account = office.account(office.client())
    office.receive(account, payment(100_00, "før", day=DAY - timedelta(days=1)), payment(200_00, "etter"))
    accounts.change_start(account.id, DAY - timedelta(days=1))
    assert [office.item(text).status for text in ("før", "etter")] == [
        QueueStatus.BEFORE_START,
        QueueStatus.UNMATCHED,
    ]
    accounts.change_start(account.id, None)
    assert office.item("før").status is QueueStatus.UNMATCHED
    facts = events(office, "account.start_changed")
    assert [f["booked_to"] for f in facts] == ["", (DAY - timedelta(days=1)).isoformat()]


def decided_ten_days_ago(office: Office) -> BankAccount:
    """An account with one line, which is accepted."""
    client = office.client()
    account = office.account(client)
    office.receive(account, payment(1250_00, "Faktura 10234", "Bryggen Arkitekter AS", day=DAY - timedelta(days=10)))
    office.hold(client, invoice("10234", 1250_00))
    office.propose.run()
    office.review.accept(office.item("Faktura 10234").id)
    return account


@pytest.mark.parametrize(("before", "after"), [(None, 1), (1, None), (None, 0)])
def test_the_start_is_not_moved_over_what_was_decided_in_a_closed_period(
    office: Office, accounts: Accounts, before: int | None, after: int | None
) -> None:
    """In days after the line: it would leave the export uncounted, or come back into a finished one."""
    start, wanted = (None if n is None else DAY - timedelta(days=10 - n) for n in (before, after))
    account = decided_ten_days_ago(office)
    accounts.change_start(account.id, start)
    office.clients.close_books(account.client_id, DAY - timedelta(days=5))
    stood = accounts.load()
    with pytest.raises(PeriodClosed) as refused:
        accounts.change_start(account.id, wanted)
    assert (refused.value.parameters["what"], refused.value.parameters["amount"]) == ("start", "1250.00")
    assert accounts.load() == stood
    office.clients.close_books(account.client_id, DAY - timedelta(days=11))
    accounts.change_start(account.id, wanted)
    assert accounts.load()[0].booked_to == wanted


@pytest.mark.parametrize(("before", "after"), [(7, 9), (9, 7), (10, 8), (11, 12)])
def test_the_start_is_moved_where_what_was_decided_stays_on_its_side(
    office: Office, accounts: Accounts, before: int, after: int
) -> None:
    """In days ago: the line lies before both, at the earlier one, or after both."""
    account = decided_ten_days_ago(office)
    accounts.change_start(account.id, DAY - timedelta(days=before))
    office.clients.close_books(account.client_id, DAY - timedelta(days=5))
    accounts.change_start(account.id, DAY - timedelta(days=after))
    assert accounts.load()[0].booked_to == DAY - timedelta(days=after)


def test_the_start_is_moved_over_lines_that_nobody_decided(office: Office, accounts: Accounts) -> None:
    client = office.client()
    account = office.account(client)
    office.receive(account, payment(100_00, "uavgjort"))
    office.clients.close_books(client.id, DAY)
    accounts.change_start(account.id, DAY)
    assert office.item("uavgjort").status is QueueStatus.BEFORE_START


def test_no_books_are_kept_ahead_of_today(office: Office, accounts: Accounts) -> None:
    account = office.account(office.client())
    today = office.clock.today()
    with pytest.raises(StartInFuture):
        accounts.change_start(account.id, today + timedelta(days=1))
    accounts.change_start(account.id, today)
    assert accounts.load()[0].booked_to == today


def test_each_bank_account_has_a_ledger_account_of_its_own(office: Office, accounts: Accounts) -> None:
    client = office.client()
    first, second = office.account(client, 1, "1920"), office.account(client, 2, "1921")
    with pytest.raises(LedgerAccountTaken) as taken:
        accounts.change_ledger_account(second.id, "1920")
    assert taken.value.parameters == {"ledger_account": "1920"}
    accounts.change_ledger_account(first.id, " 1925 ")
    accounts.change_ledger_account(second.id, "1920")
    assert [a.ledger_account for a in accounts.load(client.id)] == ["1920", "1925"]
    assert len(events(office, "account.ledger_account_changed")) == 2


@pytest.mark.parametrize("text", ["", "1919", "1950", "19200", "192", "1500", "nitten", "１９２０"])
def test_bank_deposits_are_on_1920_to_1949(office: Office, accounts: Accounts, text: str) -> None:
    account = office.account(office.client())
    with pytest.raises(NotABankLedgerAccount):
        accounts.change_ledger_account(account.id, text)
    assert accounts.load()[0].ledger_account == "1920"


def test_what_is_set_already_is_no_event(office: Office, accounts: Accounts) -> None:
    account = office.account(office.client())
    accounts.change_start(account.id, None)
    accounts.change_ledger_account(account.id, "1920")
    assert events(office, "account.start_changed") == events(office, "account.ledger_account_changed") == []


def test_an_account_that_is_not_there(accounts: Accounts) -> None:
    with pytest.raises(UnknownAccount):
        accounts.change_start(AccountId(77), None)
