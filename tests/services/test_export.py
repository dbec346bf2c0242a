"""Accepted matches out as vouchers: each once, numbered without holes, never changed."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from kontali_desktop.adapters.files.out.writer import VoucherWriter
from kontali_desktop.domain.documents import DocumentKind, ReportedDocument, Side
from kontali_desktop.domain.errors import EmptyPeriod, UnknownExportFormat
from kontali_desktop.domain.matches import DifferenceReason, Posting, Proposal, ProposalKind, ProposedLine
from kontali_desktop.domain.periods import Period
from kontali_desktop.domain.posting_accounts import PostingAccount, PostingRole
from kontali_desktop.domain.vouchers import Voucher, VoucherFile
from kontali_desktop.services.export import ExportedElsewhere, ExportFile, ExportVouchers
from kontali_desktop.services.review import Decider, new_batch
from tests.services.conftest import Office
from tests.support import DAY, invoice, payment


class PlainWriter:
    """`VoucherWriter` of layouts that a test can read."""

    def formats(self) -> tuple[str, ...]:
        return ("csv", "xlsx", "saft")

    def suffix(self, format_: str) -> str:
        return f".{format_}"

    def needs_vat_codes(self, format_: str) -> bool:
        return format_ == "saft"

    def write(self, format_: str, file: VoucherFile) -> bytes:
        rows = [[v.number, str(v.date), [[line.account, line.amount] for line in v.lines]] for v in file.vouchers]
        return json.dumps([format_, file.client_name, str(file.created), rows]).encode()


class Desk:
    """One client with a bank account, whose matches a test accepts as it likes."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.client = office.client()
        self.account = office.account(self.client)
        self.export = ExportVouchers(office.storage, PlainWriter(), office.clock, "1.0")

    def run(self, format_: str = "csv", since: date | None = None, until: date | None = None) -> ExportFile:
        return self.export.run(None, format_, Period(since, until))

    def lines(self, voucher: Voucher) -> list[tuple[str, int]]:
        assert voucher.is_balanced
        return [(line.account, line.amount) for line in voucher.lines]

    def settle(
        self,
        amount: int,
        *documents: ReportedDocument,
        difference: int = 0,
        reason: DifferenceReason | None = None,
        day: date = DAY,
    ) -> None:
        """A line that pays these documents whole, accepted by a person."""
        self.office.hold(self.client, *documents)
        text = f"linje {amount} {day}"
        self.office.receive(self.account, payment(amount, text, day=day))
        with self.office.storage.reading() as work:
            stored = {d.reported.number: d for d in work.documents.load_of_client(self.client.id)}
        lines = tuple(
            ProposedLine(
                stored[d.number].id,
                d.side,
                d.kind,
                d.number,
                d.counterparty,
                d.amount if d.kind is DocumentKind.INVOICE else -d.amount,
                0,
                d.currency,
            )
            for d in documents
        )
        self.accept(text, Proposal(ProposalKind.DOCUMENTS, 1.0, 1, lines, difference, reason))

    def accept(self, text: str, proposal: Proposal) -> None:
        item = self.office.item(text)
        with self.office.storage.writing() as work:
            Decider(work, self.office.clock.now(), "person", new_batch()).accept(item.id, proposal)
            work.commit()


@pytest.fixture
def desk(office: Office) -> Desk:
    return Desk(office)


def supplier(number: str, amount: int, **more: object) -> ReportedDocument:
    return invoice(number, amount, "Kraftverket AS", side=Side.SUPPLIER, **more)


def test_customers_and_suppliers_are_booked_on_their_accounts(desk: Desk) -> None:
    desk.settle(1250_00, invoice("10234", 1250_00))
    desk.settle(-800_00, supplier("77", 800_00))
    first, second = (v.voucher for v in desk.run().vouchers)
    assert desk.lines(first) == [("1920", -800_00), ("2400", 800_00)]
    assert desk.lines(second) == [("1920", 1250_00), ("1500", -1250_00)]
    assert [first.number, second.number] == [1, 2]


def test_a_credit_note_is_netted(desk: Desk) -> None:
    credit = replace(invoice("11", 250_00), kind=DocumentKind.CREDIT_NOTE)
    desk.settle(1000_00, invoice("10", 1250_00), credit)
    (made,) = desk.run().vouchers
    assert desk.lines(made.voucher) == [("1920", 1000_00), ("1500", -1250_00), ("1500", 250_00)]


@pytest.mark.parametrize(
    ("paid", "reason", "account", "amount"),
    [
        (960_00, DifferenceReason.FEE, "7770", 40_00),
        (999_50, DifferenceReason.ROUNDING, "7740", 50),
        (1000_40, DifferenceReason.ROUNDING, "7740", -40),
        (1012_00, DifferenceReason.INTEREST, "8050", -12_00),
        (1035_00, DifferenceReason.REMINDER, "3900", -35_00),
        (980_00, DifferenceReason.DISCOUNT, "3080", 20_00),
        (1500_00, DifferenceReason.OVERPAYMENT, "1500", -500_00),
    ],
)
def test_a_difference_has_its_own_line(
    desk: Desk, paid: int, reason: DifferenceReason, account: str, amount: int
) -> None:
    desk.settle(paid, invoice("10", 1000_00), difference=paid - 1000_00, reason=reason)
    (made,) = desk.run().vouchers
    assert desk.lines(made.voucher) == [("1920", paid), ("1500", -1000_00), (account, amount)]


def test_interest_we_pay_is_a_cost(desk: Desk) -> None:
    desk.settle(-1012_00, supplier("10", 1000_00), difference=-12_00, reason=DifferenceReason.INTEREST)
    (made,) = desk.run().vouchers
    assert desk.lines(made.voucher) == [("1920", -1012_00), ("2400", 1000_00), ("8150", 12_00)]


def test_a_clients_own_accounts_go_before_ns_4102(desk: Desk) -> None:
    with desk.office.storage.writing() as work:
        accounts = {PostingRole.FEE: PostingAccount("7771", "0"), PostingRole.CUSTOMERS: PostingAccount("1505")}
        work.vouchers.save_accounts(desk.client.id, accounts)
        work.commit()
    desk.settle(960_00, invoice("10", 1000_00), difference=-40_00, reason=DifferenceReason.FEE)
    (made,) = desk.run().vouchers
    assert desk.lines(made.voucher) == [("1920", 960_00), ("1505", -1000_00), ("7771", 40_00)]
    assert made.voucher.lines[2].vat_code == "0"


def test_a_direct_posting_is_booked_on_its_account(desk: Desk) -> None:
    desk.office.receive(desk.account, payment(-45_00, "gebyr"))
    proposal = Proposal(ProposalKind.DIRECT_POSTING, 1.0, 1, difference=-45_00, posting=Posting("7770", "0"))
    desk.accept("gebyr", replace(proposal, difference=0))
    (made,) = desk.run().vouchers
    assert desk.lines(made.voucher) == [("1920", -45_00), ("7770", 45_00)]


def test_foreign_documents_are_booked_at_their_own_value(desk: Desk) -> None:
    euro = invoice("E1", 100_00, currency="EUR", amount_nok=1150_00)
    desk.settle(1163_00, euro, reason=DifferenceReason.CURRENCY)
    desk.settle(1100_00, replace(euro, number="E2"), reason=DifferenceReason.CURRENCY, day=DAY + timedelta(days=1))
    gain, loss = (v.voucher for v in desk.run().vouchers)
    assert desk.lines(gain) == [("1920", 1163_00), ("1500", -1150_00), ("8060", -13_00)]
    assert desk.lines(loss) == [("1920", 1100_00), ("1500", -1150_00), ("8160", 50_00)]
    assert (gain.lines[1].currency, gain.lines[1].currency_amount) == ("EUR", -100_00)


def test_a_foreign_document_without_value_is_held_back(desk: Desk) -> None:
    desk.settle(1163_00, invoice("E1", 100_00, currency="EUR"), reason=DifferenceReason.CURRENCY)
    made = desk.run()
    assert made.vouchers == ()
    assert [(h.why, h.facts["number"]) for h in made.held_back] == [("nok_value_missing", "E1")]


def test_each_voucher_is_exported_once_and_the_same_again_is_the_same_bytes(desk: Desk) -> None:
    desk.settle(1250_00, invoice("10234", 1250_00))
    first = desk.run()
    desk.office.clock.moment += timedelta(days=1)
    again = desk.run()
    assert (again.is_repeated, again.content) == (True, first.content)
    desk.settle(100_00, invoice("2", 100_00), day=DAY + timedelta(days=1))
    assert [v.voucher.number for v in desk.run().vouchers] == [2]
    assert first.export_id is not None
    assert desk.export.again(first.export_id).content == first.content
    assert [v.voucher.number for v in desk.run("xlsx").vouchers] == [1, 2]
    assert [(e.format, e.count) for e in desk.export.history(None)] == [("xlsx", 2), ("csv", 1), ("csv", 1)]


def test_a_later_version_of_the_program_gives_the_same_file_again(desk: Desk) -> None:
    desk.settle(1250_00, invoice("10234", 1250_00))
    first = desk.run()

    class LaterWriter(PlainWriter):
        def write(self, format_: str, file: VoucherFile) -> bytes:
            return b"2.0 " + super().write(format_, file)

    later = ExportVouchers(desk.office.storage, LaterWriter(), desk.office.clock, "2.0")
    assert later.run(None, "csv").content == first.content


def test_an_export_from_before_files_were_kept_is_written_again_from_its_vouchers(desk: Desk, tmp_path: Path) -> None:
    desk.settle(1250_00, invoice("10234", 1250_00))
    first = desk.run()
    with closing(sqlite3.connect(tmp_path / "kontali.sqlite")) as connection:
        connection.execute("DROP TRIGGER exports_no_update")
        connection.execute("UPDATE exports SET content = NULL")
        connection.commit()
    assert desk.run().content == first.content


def test_what_was_undone_before_it_was_exported_leaves_no_hole(desk: Desk) -> None:
    desk.settle(1250_00, invoice("10234", 1250_00))
    desk.office.review.undo()
    desk.settle(100_00, invoice("2", 100_00))
    assert [v.voucher.number for v in desk.run().vouchers] == [1]


def test_undoing_an_exported_match_makes_a_reversing_voucher(desk: Desk) -> None:
    desk.settle(1250_00, invoice("10234", 1250_00))
    first = desk.run()
    desk.office.review.undo()
    desk.office.clock.moment += timedelta(days=3)
    (reversal,) = desk.run(until=DAY).vouchers
    assert (reversal.voucher.number, reversal.voucher.reverses) == (2, 1)
    assert reversal.voucher.date == desk.office.clock.today()
    assert desk.lines(reversal.voucher) == [("1920", -1250_00), ("1500", 1250_00)]
    assert desk.run().content == first.content
    assert [v.voucher.number for v in desk.run("saft").vouchers] == [1, 2]


def test_only_the_period_is_exported_and_nothing_before_the_start(desk: Desk) -> None:
    desk.settle(1250_00, invoice("1", 1250_00))
    desk.settle(100_00, invoice("2", 100_00), day=DAY + timedelta(days=20))
    assert len(desk.run(until=DAY).vouchers) == 1
    desk.office.accounts.change_start(desk.account.id, DAY)
    assert [v.voucher.date for v in desk.run("xlsx").vouchers] == [DAY, DAY + timedelta(days=20)]
    assert [v.voucher.number for v in desk.run("xlsx").vouchers] == [1, 2]


def test_a_transfer_is_one_voucher(desk: Desk) -> None:
    savings = desk.office.account(desk.client, 2, "1930")
    desk.office.receive(desk.account, payment(-500_00, "ut"))
    desk.office.receive(savings, payment(500_00, "inn"))
    counter = desk.office.item("inn").id
    desk.accept("ut", Proposal(ProposalKind.TRANSFER, 1.0, 1, counter_transaction=counter))
    (made,) = desk.run().vouchers
    assert desk.lines(made.voucher) == [("1920", -500_00), ("1930", 500_00)]


def test_a_preview_numbers_nothing(desk: Desk) -> None:
    desk.settle(1250_00, invoice("10234", 1250_00))
    preview = desk.export.preview(desk.client.id, "csv")
    assert (preview.new, preview.reversals, preview.held_back) == (1, 0, ())
    with desk.office.storage.reading() as work:
        assert work.vouchers.load(desk.client.id) == ()


def test_an_unknown_layout_is_refused(desk: Desk) -> None:
    with pytest.raises(UnknownExportFormat):
        desk.run("fiken")


def test_a_period_that_ends_before_it_begins_is_refused(desk: Desk) -> None:
    with pytest.raises(EmptyPeriod):
        desk.run(since=DAY, until=DAY - timedelta(days=1))


def test_what_another_layout_has_already_is_told_before_and_after(desk: Desk) -> None:
    """Each layout has every voucher once, so two of them read in book everything twice."""
    desk.settle(100_00, invoice("1", 100_00))
    desk.settle(200_00, invoice("2", 200_00))
    assert desk.run("saft").exported_elsewhere == ExportedElsewhere()
    assert desk.run("csv").exported_elsewhere == ExportedElsewhere()  # an archive is read in by nobody
    desk.settle(300_00, invoice("3", 300_00))
    told = ExportedElsewhere(2, ("csv",))
    assert desk.export.preview(desk.client.id, "xlsx").exported_elsewhere == told
    assert desk.export.preview(desk.client.id, "csv").exported_elsewhere == ExportedElsewhere()
    assert desk.export.preview(desk.client.id, "saft").exported_elsewhere == ExportedElsewhere()
    made = desk.run("xlsx")
    assert made.exported_elsewhere == told
    again = desk.run("xlsx")
    assert again.is_repeated
    assert again.exported_elsewhere == told
    assert desk.run("csv").exported_elsewhere == ExportedElsewhere(1, ("xlsx",))


def test_the_history_says_which_numbers_and_days_a_file_has(desk: Desk) -> None:
    desk.settle(100_00, invoice("1", 100_00), day=DAY - timedelta(days=3))
    desk.settle(200_00, invoice("2", 200_00))
    desk.run("csv")
    desk.settle(300_00, invoice("3", 300_00), day=DAY - timedelta(days=1))
    desk.run("csv")
    newest, first = desk.export.history(desk.client.id)
    assert (first.first_number, first.last_number, first.days) == (1, 2, Period(DAY - timedelta(days=3), DAY))
    assert (newest.first_number, newest.last_number, newest.count) == (3, 3, 1)


def give_vat_code(path: Path, number: int, vat_code: str) -> None:
    """As an earlier version of the program may have numbered it."""
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("DROP TRIGGER vouchers_no_update")
        (payload,) = database.execute("SELECT payload FROM vouchers WHERE number = ?", (number,)).fetchone()
        voucher = json.loads(payload)
        voucher["lines"][1]["vat_code"] = vat_code
        database.execute("UPDATE vouchers SET payload = ? WHERE number = ?", (json.dumps(voucher), number))


@pytest.mark.parametrize("format_", ["saft", "gbat10", "poweroffice"])
def test_a_numbered_voucher_with_an_unknown_vat_code_holds_back_nothing_but_itself(
    desk: Desk, tmp_path: Path, format_: str
) -> None:
    export = ExportVouchers(desk.office.storage, VoucherWriter(), desk.office.clock, "1.0")
    for number in (1, 3, 2):
        desk.settle(number * 100_00, invoice(f"100{number}", number * 100_00))
    export.run(None, "csv")
    give_vat_code(tmp_path / "kontali.sqlite", 2, "77")
    foreseen = export.preview(desk.client.id, format_)
    made = export.run(None, format_)
    assert [v.voucher.number for v in made.vouchers] == [1, 3]
    assert made.held_back == foreseen.held_back
    assert [(h.transaction.reported.amount, h.why, h.facts) for h in made.held_back] == [
        (200_00, "vat_code_of_voucher", {"number": "2", "vat_code": "77", "account": "1500"})
    ]
    assert export.run(None, format_).held_back == made.held_back
    desk.office.review.undo()
    after = export.preview(desk.client.id, format_)
    assert (after.new, after.reversals, after.held_back) == (0, 0, ())
    csv = export.run(None, "csv")
    assert [(v.voucher.number, v.voucher.reverses) for v in csv.vouchers] == [(4, 2)]
    assert [v.voucher.number for v in export.run(None, format_).vouchers] == [1, 3]
