"""From a provider's report to a bank line in its parts: read, seen before it is stored, stored once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kontali_desktop.domain.bank import ReportedTransaction
from kontali_desktop.domain.payment_parts import PartKind, PaymentPart
from kontali_desktop.domain.tables import ColumnMapping, TableKind
from tests.adapters.files.settlement_writers import Moving, Row, sold, sumup, table, zettle, zettle_rows
from tests.adapters.files.tables.workbooks import Xlsx
from tests.services.conftest import Office
from tests.support import payment

HEADINGS = ("Oppgjørsdato", "Avregning", "Ordre", "Brutto", "Gebyr")
REPORT = table(
    HEADINGS,
    ("14.01.2026", "771", "A1", "500,00", "8,75"),
    ("14.01.2026", "771", "A2", "1.000,00", "17,50"),
    ("15.01.2026", "772", "A3", "200,00", "3,50"),
    ("Sum", "", "", "1.700,00", "29,75"),
)
MAPPING = ColumnMapping(
    TableKind.SETTLEMENT,
    (
        ("payout_date", "Oppgjørsdato"), ("payout", "Avregning"), ("order", "Ordre"), ("gross", "Brutto"),
        ("fee", "Gebyr"),
    ),
)  # fmt: skip
ZETTLE = Xlsx((zettle_rows((*sold("9071", 15_000, 413), Moving("Udbetaling til bankkonto", -14_587))),)).data()
SUMUP = sumup(Row().sale, Row(), Row("TAAA2"))
SALES = {"TAAA1": 50_000, "TAAA2": 50_000}
BANK_TEXT = "Utbetaling"


def parts_of(office: Office, text: str = BANK_TEXT) -> tuple[PaymentPart, ...]:
    with office.storage.reading() as work:
        return work.batches.parts_of(office.item(text).id)


def line(amount: int, day: date, text: str = BANK_TEXT) -> ReportedTransaction:
    return payment(amount, text, "Innløser AS", day=day)


@pytest.mark.parametrize("is_line_first", [True, False])
@pytest.mark.parametrize(("data", "orders", "fee"), [(ZETTLE, {"9071": 15_000}, -413), (SUMUP, SALES, -1_750)])
def test_a_report_opens_its_bank_line_whichever_came_first(
    office: Office, tmp_path: Path, data: bytes, orders: dict[str, int], fee: int, *, is_line_first: bool
) -> None:
    amount = sum(orders.values()) + fee
    client = office.client()
    account = office.account(client)
    file = tmp_path / "rapport"
    file.write_bytes(data)
    if is_line_first:
        office.receive(account, line(amount, date(2026, 1, 15)))
    prepared = office.importing.prepare(None, [file])
    assert (office.importing.preview(prepared).files[0].added, office.importing.questions(prepared)) == (1, ())
    stored = office.importing.store(prepared).files[0]
    assert (stored.format, stored.added, stored.refused) == ("settlement", 1, ())
    if not is_line_first:
        office.receive(account, line(amount, date(2026, 1, 15)))
        office.importing.run(None, [file])
    parts = parts_of(office)
    assert {part.reference: part.amount for part in parts if part.kind is PartKind.PAYMENT} == orders
    assert [part.amount for part in parts if part.kind is PartKind.FEE] == [fee]
    again = office.importing.run(None, [file]).files[0]
    assert (again.added, again.unchanged) == (0, 1)


def test_a_statement_that_overlaps_adds_only_what_is_new(office: Office, tmp_path: Path) -> None:
    office.client()
    first = (*sold("1", 15_000, 413, "2026-01-12"), Moving("Udbetaling til bankkonto", -14_587, day="2026-01-12"))
    second = (*sold("2", 20_000, 550), Moving("Udbetaling til bankkonto", -19_450))
    for name, moves in (("uke", (*first, *second[:2])), ("måned", (*first, *second))):
        (tmp_path / name).write_bytes(zettle(moves))
    week = office.importing.run(None, [tmp_path / "uke"]).files[0]
    assert (week.added, [row.why for row in week.refused]) == (1, ["not_paid_out"] * 2)
    month = office.importing.run(None, [tmp_path / "måned"]).files[0]
    assert (month.added, month.unchanged, month.refused) == (1, 1, ())


def test_a_report_that_a_person_explains_is_read_so_from_then_on(office: Office, tmp_path: Path) -> None:
    client = office.client()
    account = office.account(client)
    office.receive(account, line(147_375, date(2026, 1, 15), "Avr. 771"), line(19_650, date(2026, 1, 16), "Avr. 772"))
    file = tmp_path / "rapport.csv"
    file.write_bytes(REPORT)
    prepared = office.importing.prepare(None, [file])
    (question,) = office.importing.questions(prepared)
    assert question.sample.guess.kind is TableKind.SETTLEMENT
    trial = office.importing.try_mapping(client, question, MAPPING)
    assert trial.content is not None
    assert [batch.amount for batch in trial.content.batches] == [147_375, 19_650]
    office.importing.explain(client.id, question.sample.key, MAPPING)
    prepared = office.importing.prepare(None, [file])
    (known,) = office.importing.explained(prepared)
    assert known.sample.guess == MAPPING
    assert office.importing.preview(prepared).files[0].added == 2
    assert parts_of(office, "Avr. 771") == ()
    assert office.importing.store(prepared).files[0].added == 2
    assert parts_of(office, "Avr. 771") == (
        PaymentPart(50_000, reference="A1"),
        PaymentPart(100_000, reference="A2"),
        PaymentPart(-2_625, PartKind.FEE),
    )
    assert sum(part.amount for part in parts_of(office, "Avr. 772")) == 19_650
    again = office.importing.run(None, [file]).files[0]
    assert (again.added, again.unchanged) == (0, 2)


def test_a_report_with_a_wrong_total_stores_nothing_and_says_why(office: Office, tmp_path: Path) -> None:
    client = office.client()
    file = tmp_path / "rapport.csv"
    file.write_bytes(REPORT.replace(b"1.700,00", b"1.800,00"))
    (question,) = office.importing.questions(office.importing.prepare(None, [file]))
    office.importing.explain(client.id, question.sample.key, MAPPING)
    result = office.importing.run(None, [file]).files[0]
    assert (result.status, result.added) == ("refused", 0)
    assert [(row.why, row.where) for row in result.refused] == [("printed_sum_differs", "line 5, Brutto")]
    assert result.refused[0].facts == {"told": "1800.00 NOK", "found": "1700.00 NOK"}
    with office.storage.reading() as work:
        assert not work.batches.load(client.id)
    (known,) = office.importing.explained(office.importing.prepare(None, [file]))
    assert known.sample.guess == MAPPING  # its columns may have been told wrong


def test_both_kinds_of_answers_are_remembered_apart(office: Office) -> None:
    client = office.client()
    bank = ColumnMapping(TableKind.BANK, (("booking_date", "Dag"), ("amount", "Kr")))
    office.importing.explain(client.id, "a", MAPPING)
    office.importing.explain(client.id, "b", bank)
    with office.storage.reading() as work:
        assert work.imports.load_mappings(client.id) == {"a": MAPPING, "b": bank}
