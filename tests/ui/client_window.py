"""The real window over a database with one client who books by hand; for the sheets about a client."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication

from kontali_desktop.domain.autonomy import Mode
from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.clients import BankAccount, Client, ClientSettings
from kontali_desktop.domain.documents import ReportedDocument
from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.domain.matches import Posting, Proposal, ProposalKind
from kontali_desktop.services.review import Decider, new_batch
from kontali_desktop.ui.theme import Scheme, Theme, apply_theme
from kontali_desktop.wording.texts import Language
from tests.services.conftest import Office
from tests.support import DAY, orgnr, payment
from tests.ui.real_window import ALT, CTRL, NONE, SHIFT, RealWindow, real_window

__all__ = ["ALT", "CTRL", "NONE", "SHIFT", "ClientWindow", "client_window"]


@dataclass
class ClientWindow(RealWindow):
    """The window, the client, and a person's hands: keys alone, but for what a test says."""

    client: Client
    account: BankAccount
    theme: Theme

    def receive(self, amount: int, text: str, counterparty: str = "", day: date = DAY) -> TransactionId:
        line = payment(amount, text, counterparty, day=day, reference=f"{text} {day} {amount}")
        self.office.receive(self.account, line)
        with self.core.storage.reading() as work:
            lines = work.transactions.load_of_client(self.client.id)
        return next(t.id for t in lines if _is(t, amount, text, day))

    def post(self, line: TransactionId, account: str, vat_code: str = "") -> None:
        """By hand: nothing was proposed for it."""
        self._decide(line, Proposal(ProposalKind.DIRECT_POSTING, 0.5, 1, posting=Posting(account, vat_code)))

    def hold(self, *documents: ReportedDocument) -> None:
        self.office.hold(self.client, *documents)

    def monthly(self, text: str, amount: int, months: int, account: str = "", vat_code: str = "") -> None:
        """A line a month back from the day, each posted by hand where an account is given."""
        for month in range(months):
            line = self.receive(amount - month, text, day=DAY - timedelta(days=30 * month))
            if account:
                self.post(line, account, vat_code)

    def _decide(self, line: TransactionId, proposal: Proposal) -> None:
        with self.core.storage.writing() as work:
            Decider(work, self.core.clock.now(), "person", new_batch()).accept(line, proposal)
            work.commit()


def _is(line: BankTransaction, amount: int, text: str, day: date) -> bool:
    reported = line.reported
    return (reported.amount, reported.text, reported.booking_date) == (amount, text, day)


@asynccontextmanager
async def client_window(
    folder: Path,
    qapp: QApplication,
    *,
    scheme: Scheme = Scheme.LIGHT,
    language: Language = "nb",
    size: tuple[int, int] = (1280, 800),
) -> AsyncIterator[ClientWindow]:
    """On the review, the keyboard there."""
    theme = apply_theme(qapp, scheme)
    made: list[tuple[Client, BankAccount]] = []

    def fill(office: Office) -> None:
        client, _ = office.clients.add("Fjord Elektro AS", orgnr(1))
        office.clients.save_settings(client.id, ClientSettings(mode=Mode.OFF))
        made.append((client, office.account(client)))

    async with real_window(folder / "data", theme, fill, language=language, size=size) as one:
        one.window.show_screen("review")
        one.screens.refresh()
        try:
            yield ClientWindow(one.program, one.screens, one.office, *made[0], theme)
        finally:
            theme.choose(Scheme.LIGHT)
