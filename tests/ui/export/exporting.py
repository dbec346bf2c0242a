"""An export under test: the presenter over a real database, and what it showed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from kontali_desktop.domain.clients import BankAccount, Client
from kontali_desktop.domain.documents import ReportedDocument
from kontali_desktop.domain.ids import AccountId, DocumentId
from kontali_desktop.domain.matches import DifferenceReason, Posting, Proposal, ProposalKind, ProposedLine
from kontali_desktop.domain.vouchers import LineRole, Voucher, VoucherLine
from kontali_desktop.services.review import Decider, new_batch
from kontali_desktop.services.store_listing import store_listing
from kontali_desktop.ui.export.history_presenter import ExportHistoryPresenter
from kontali_desktop.ui.export.presenter import WRITING, ExportPresenter, ExportServices, ValueProblem
from kontali_desktop.ui.export.steps import Foreseen, SaveWish, Step
from kontali_desktop.ui.widgets.notice import NoticeData
from kontali_desktop.wording.texts import Language
from tests.support import DAY, account_number, invoice, orgnr, payment
from tests.ui.program import Program, wording
from tests.ui.waiting import until

Wanted = TypeVar("Wanted")


@dataclass
class Exporting:
    """`steps` are what was shown, in order; `wishes` what was asked to be saved."""

    presenter: ExportPresenter
    history: ExportHistoryPresenter
    program: Program
    language: Language
    steps: list[Step | None] = field(default_factory=list)
    wishes: list[SaveWish] = field(default_factory=list)
    refused: list[ValueProblem] = field(default_factory=list)
    notices: list[NoticeData] = field(default_factory=list)
    changes: list[bool] = field(default_factory=list)

    async def reach(self, kind: type[Wanted]) -> Wanted:
        def is_there() -> bool:
            return isinstance(self.presenter.step, kind) and not self.program.tasks.is_running(WRITING)

        await until(is_there, (kind, self.steps))
        step = self.presenter.step
        assert isinstance(step, kind)
        return step

    async def foreseen(self) -> Foreseen:
        """What it would bring is known."""

        def is_known() -> bool:
            step = self.presenter.step
            return isinstance(step, Foreseen) and step.preview is not None

        await until(is_known, self.steps)
        return await self.reach(Foreseen)

    def client(self, number: int = 1) -> Client:
        """With a bank account."""
        client = self.program.core.clients.add(f"Klient {number} AS", orgnr(number))[0]
        with self.program.core.storage.writing() as work:
            work.accounts.add(BankAccount(AccountId(0), client.id, account_number(number), ledger_account="1920"))
            work.commit()
        return client

    def settle(
        self,
        client: Client,
        amount: int,
        document: ReportedDocument,
        *,
        reason: DifferenceReason | None = None,
        day: date = DAY,
    ) -> str:
        """A line that pays this document whole, accepted by a person; its text."""
        core = self.program.core
        text = f"Faktura {document.number}"
        with core.storage.writing() as work:
            (account,) = work.accounts.load_all(client.id)
            line = payment(amount, text, document.counterparty, day=day, reference=f"ref {document.number}")
            store_listing(work, account.id, [line], "feed", core.clock.now())
            work.documents.add(client.id, [document], "ehf", core.clock.now())
            stored = next(d for d in work.documents.load_of_client(client.id) if d.reported.number == document.number)
            paid = ProposedLine(
                stored.id,
                document.side,
                document.kind,
                document.number,
                document.counterparty,
                document.amount,
                0,
                document.currency,
            )
            difference = amount - document.amount if reason is not DifferenceReason.CURRENCY else 0
            proposal = Proposal(ProposalKind.DOCUMENTS, 1.0, 1, (paid,), difference, reason)
            transaction = next(t for t in work.transactions.load_of_client(client.id) if t.reported.text == text)
            Decider(work, core.clock.now(), "person", new_batch()).accept(transaction.id, proposal)
            work.commit()
        return text

    def spend(self, client: Client, *, vat_code: str) -> None:
        """A line that is posted directly."""
        core = self.program.core
        with core.storage.writing() as work:
            (account,) = work.accounts.load_all(client.id)
            store_listing(work, account.id, [payment(-300_00, "Strøm", "Lys AS")], "feed", core.clock.now())
            (transaction,) = work.transactions.load_of_client(client.id)
            posting = Proposal(ProposalKind.DIRECT_POSTING, 1.0, 1, posting=Posting("6340", vat_code))
            Decider(work, core.clock.now(), "person", new_batch()).accept(transaction.id, posting)
            work.commit()

    def number_as_before_codes_were_looked_at(self, client: Client, *, vat_code: str) -> None:
        """The client's one accepted line has a voucher with this code."""
        core = self.program.core
        with core.storage.writing() as work:
            (match,) = work.matches.load_active(client.id).values()
            lines = (
                VoucherLine("1920", -300_00, LineRole.BANK),
                VoucherLine("6340", 300_00, LineRole.POSTING, vat_code=vat_code),
            )
            work.vouchers.add(client.id, match.id, Voucher(1, DAY, "Strøm", lines), core.clock.now())
            work.commit()

    def document(self, client: Client, number: str) -> DocumentId:
        with self.program.core.storage.reading() as work:
            return next(d.id for d in work.documents.load_of_client(client.id) if d.reported.number == number)

    def settle_abroad(self, client: Client, number: str = "E-1", paid: int = 1150_00) -> str:
        """In euro, with no value in kroner: held back."""
        document = invoice(number, 100_00, "Kontor GmbH", currency="EUR")
        return self.settle(client, paid, document, reason=DifferenceReason.CURRENCY)

    def unexplained(self, client: Client) -> str:
        """Less was paid than was settled, and nobody said why: held back."""
        return self.settle(client, 960_00, invoice("77", 1000_00))


def exporting(program: Program, language: Language = "nb") -> Exporting:
    core = program.core
    words = wording(language)
    services = ExportServices(core.export, core.clients, core.documents)
    presenter = ExportPresenter(services, program.tasks, words, core.clock)
    history = ExportHistoryPresenter(core.export.history, core.clients, program.tasks, words)
    made = Exporting(presenter, history, program, language)
    presenter.history_wanted.connect(history.begin)
    history.again_wanted.connect(presenter.repeat)
    presenter.step_changed.connect(made.steps.append)
    presenter.where_wanted.connect(made.wishes.append)
    presenter.value_refused.connect(made.refused.append)
    presenter.notice.connect(made.notices.append)
    presenter.data_changed.connect(lambda: made.changes.append(True))
    return made
