"""What is set for a bank account: its ledger account, and up to which day its lines are in the books already."""

from __future__ import annotations

from datetime import date

from kontali_desktop.domain.clients import BankAccount, is_bank_ledger_account
from kontali_desktop.domain.errors import NotABankLedgerAccount, StartInFuture, UnknownAccount
from kontali_desktop.domain.ids import AccountId, ClientId
from kontali_desktop.services.actors import PERSON
from kontali_desktop.services.ports import Clock
from kontali_desktop.services.review import closed_in, refuse_closed
from kontali_desktop.services.storage import Event, Storage, UnitOfWork

_ANY_AMOUNT = (-(2**63), 2**63 - 1)  # minor units, as wide as the database holds


class Accounts:
    """Each change is an event; what is set already is not set again."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def load(self, client_id: ClientId | None = None) -> tuple[BankAccount, ...]:
        """The bank accounts of one client or of all."""
        with self._storage.reading() as work:
            return work.accounts.load_all(client_id)

    def change_start(self, account_id: AccountId, booked_to: date | None) -> None:
        """Lines up to and with this day are not queued; None queues everything. What was decided stays decided.

        Raises StartInFuture, UnknownAccount, and PeriodClosed where lines decided in a closed period are passed over.
        """
        if booked_to is not None and booked_to > self._clock.today():
            raise StartInFuture
        with self._storage.writing() as work:
            account = _find(work, account_id)
            if account.booked_to == booked_to:
                return
            move_start(work, account, booked_to)
            facts = {"account": account.number, "booked_to": booked_to.isoformat() if booked_to else ""}
            self._note(work, account, "account.start_changed", facts)
            work.commit()

    def change_ledger_account(self, account_id: AccountId, ledger_account: str) -> None:
        """The account in the chart of accounts that the bank account is booked on, 1920–1949 (NS 4102).

        Raises NotABankLedgerAccount, LedgerAccountTaken, UnknownAccount.
        """
        number = ledger_account.strip()
        if not is_bank_ledger_account(number):
            raise NotABankLedgerAccount(text=number[:20])
        with self._storage.writing() as work:
            account = _find(work, account_id)
            if account.ledger_account == number:
                return
            work.accounts.set_ledger_account(account_id, number)
            facts = {"account": account.number, "ledger_account": number}
            self._note(work, account, "account.ledger_account_changed", facts)
            work.commit()

    def _note(self, work: UnitOfWork, account: BankAccount, code: str, facts: dict[str, str]) -> None:
        work.events.add(Event(self._clock.now(), PERSON, code, facts, client_id=account.client_id))


def move_start(work: UnitOfWork, account: BankAccount, booked_to: date | None) -> None:
    """Raises PeriodClosed where a line lies between the two starts that was accepted in the client's closed period.

    It would leave the export, or come back into it, though the books of its day are finished.
    """
    settings = work.clients.load_settings(account.client_id)
    first, last = sorted((account.booked_to or date.min, booked_to or date.min))
    if settings.closed is not None and first < min(last, settings.closed.until):
        client = next(known for known in work.clients.load_all() if known.id == account.client_id)
        passed = work.transactions.load_booked(account.id, (first, min(last, settings.closed.until)), _ANY_AMOUNT)
        decided = work.matches.load_active(account.client_id)
        with closed_in("start"):
            for line in passed:
                if line.id in decided and line.reported.booking_date != first:
                    refuse_closed(settings, client, line)
    work.accounts.set_booked_to(account.id, booked_to)


def _find(work: UnitOfWork, account_id: AccountId) -> BankAccount:
    for account in work.accounts.load_all():
        if account.id == account_id:
            return account
    raise UnknownAccount(id=account_id)
