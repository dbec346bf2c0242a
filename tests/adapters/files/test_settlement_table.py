"""Any settlement report, by what a person said of its columns: always whole payouts, or the reason why not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontali_desktop.adapters.files.reader import FormatReader
from kontali_desktop.adapters.files.reasons import FACTS, Reason
from kontali_desktop.adapters.files.settlements.mapped import read_settlement_table
from kontali_desktop.adapters.files.settlements.payout import Settlement
from kontali_desktop.adapters.files.tables.csv_grid import csv_grid
from kontali_desktop.adapters.files.tables.headings import guess_of
from kontali_desktop.adapters.files.tables.layout import columns_of, table_at
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.domain.payment_parts import PartKind, PaymentBatch, PaymentPart
from kontali_desktop.domain.tables import ColumnMapping, TableKind, headings_key
from kontali_desktop.services.errors import FileNotUnderstood
from kontali_desktop.services.ports import FileContent
from tests.adapters.files.settlement_writers import Moving, sold, table, zettle_rows

FEE = PartKind.FEE
NETS = ("Oppgjørsdato", "Oppgjørsnr", "Ref", "Kort", "Brutto", "Gebyr", "Netto")
MEANT = {"Oppgjørsdato": "payout_date", "Oppgjørsnr": "payout", "Ref": "order", "Kort": "text", "Brutto": "gross",
         "Gebyr": "fee", "Netto": "net"}  # fmt: skip
ONE = ("14.01.2026", "77", "A1", "Visa", "500,00", "8,75", "491,25")
TWO = ("14.01.2026", "77", "A2", "", "1.000,00", "17,50", "982,50")
LATER = ("15.01.2026", "78", "A3", "", "200,00", "3,50", "196,50")


def mapping(headings: Sequence[str], meant: dict[str, str] | None = None) -> ColumnMapping:
    meanings = MEANT if meant is None else meant
    return ColumnMapping(
        TableKind.SETTLEMENT, tuple((meanings[heading], heading) for heading in headings if heading in meanings)
    )


class Reading:
    """Reads rows under headings from a real file."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "oppgjør.csv"

    def take(self, headings: Sequence[str], *rows: Sequence[str], meant: dict[str, str] | None = None) -> FileContent:
        self._path.write_bytes(table(headings, *rows))
        content = FormatReader().read(self._path, "", {headings_key(headings): mapping(headings, meant)})
        assert content is not None
        assert content.format == "settlement"
        for batch in content.batches:
            assert sum(part.amount for part in batch.parts) == batch.amount
        for row in content.refused:
            assert set(row.facts) == FACTS[Reason(row.why)]
        return content

    def refuse(self, headings: Sequence[str], *rows: Sequence[str]) -> FileNotUnderstood:
        with pytest.raises(FileNotUnderstood) as caught:
            self.take(headings, *rows)
        return caught.value


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    return Reading(tmp_path)


def _fee(batch: PaymentBatch) -> int:
    return sum(part.amount for part in batch.parts if part.kind is FEE)


def test_payouts_by_their_number(reading: Reading) -> None:
    content = reading.take(NETS, ONE, TWO, LATER)
    assert content.refused == ()
    assert content.batches[0] == PaymentBatch(
        amount=147_375,
        parts=(
            PaymentPart(50_000, text="Visa", reference="A1"),
            PaymentPart(100_000, reference="A2"),
            PaymentPart(-2_625, FEE),
        ),
        booking_date=date(2026, 1, 14),
        reference="77",
        provider="settlement",
    )
    assert [batch.reference for batch in content.batches] == ["77", "78"]


def test_payouts_by_their_day_where_no_column_has_a_number(reading: Reading) -> None:
    rows = [(row[0], *row[2:]) for row in (ONE, LATER, TWO)]
    first, second = reading.take((NETS[0], *NETS[2:]), *rows).batches
    assert [(b.amount, b.booking_date, b.reference) for b in (first, second)] == [
        (147_375, date(2026, 1, 14), ""),
        (19_650, date(2026, 1, 15), ""),
    ]


@pytest.mark.parametrize("missing", [("Gebyr",), ("Netto",), ("Brutto",)])
def test_what_is_missing_of_gross_fee_and_net_is_worked_out(reading: Reading, missing: tuple[str, ...]) -> None:
    kept = [place for place, heading in enumerate(NETS) if heading not in missing]
    cut = [[row[place] for place in kept] for row in (NETS, ONE, TWO, LATER)]
    assert reading.take(*cut).batches == reading.take(NETS, ONE, TWO, LATER).batches


@pytest.mark.parametrize("missing", ["Brutto", "Netto"])
def test_fees_may_be_written_with_a_minus_and_those_of_refunds_come_back(reading: Reading, missing: str) -> None:
    back = ("14.01.2026", "77", "A2", "", "-100,00", "1,75", "-98,25")
    rows = (NETS, ("14.01.2026", "77", "A1", "", "500,00", "-8,75", "491,25"), back)
    kept = [place for place, heading in enumerate(NETS) if heading != missing]
    (batch,) = reading.take(*[[row[place] for place in kept] for row in rows]).batches
    assert (batch.amount, _fee(batch)) == (39_300, -700)
    assert [part.amount for part in batch.parts[:2]] == [50_000, -10_000]


@pytest.mark.parametrize("column", ["Brutto", "Netto"])
def test_a_report_of_one_amount_has_no_fee_inside(reading: Reading, column: str) -> None:
    (batch,) = reading.take(("Oppgjørsdato", column), ("14.01.2026", "500,00"), ("14.01.2026", "-20,00")).batches
    assert (batch.amount, [part.kind for part in batch.parts]) == (48_000, [PartKind.PAYMENT] * 2)


def test_fees_on_rows_of_their_own_and_the_payouts_own_row(reading: Reading) -> None:
    headings = ("Utbetaling nr", "Type", "Beløp")
    meant = {"Utbetaling nr": "payout", "Type": "kind", "Beløp": "gross"}
    rows = [("5", "Salg", "500,00"), ("5", "Kortgebyr", "-8,75"), ("5", "Utbetaling", "-491,25"), ("5", "Salg", "0,00")]
    content = reading.take(headings, *rows, meant=meant)
    assert [(batch.amount, _fee(batch)) for batch in content.batches] == [(49_125, -875)]
    wrong = reading.take(headings, *rows[:2], ("5", "Utbetaling", "-490,00"), meant=meant)
    assert wrong.batches == ()
    assert (wrong.refused[0].why, wrong.refused[0].facts["payout"]) == ("payout_differs", "490.00 NOK")


def test_a_statement_of_the_providers_account_in_any_language(reading: Reading) -> None:
    headings = ("Oppgjørsdato", "Betalingsdato", "Referanse", "Hva", "Netto", "Saldo")
    meant = {
        "Oppgjørsdato": "payout_date",
        "Referanse": "order",
        "Hva": "kind",
        "Netto": "net",
        "Saldo": "balance_after",
    }
    paid_out = (*sold("1", 10_000, 175, "2026-01-12"), *sold("2", 20_000, 350))
    moves = (*paid_out, Moving("Utbetaling til bankkonto", -29_475), *sold("3", 5_000, 88, "2026-01-14"))
    content = reading.take(headings, *zettle_rows(moves)[1:], meant=meant)
    (batch,) = content.batches
    assert (batch.amount, _fee(batch), batch.booking_date) == (29_475, -525, date(2026, 1, 13))
    assert [row.why for row in content.refused] == [Reason.NOT_PAID_OUT] * 2


def test_payouts_in_several_currencies_are_apart(reading: Reading) -> None:
    headings = (*NETS, "Valuta")
    meant = {**MEANT, "Valuta": "currency"}
    content = reading.take(headings, (*ONE, "NOK"), (*TWO, "eur"), (*LATER, "KR?"), meant=meant)
    assert [(batch.currency, batch.amount) for batch in content.batches] == [("NOK", 49_125), ("EUR", 98_250)]
    assert [(row.why, row.where) for row in content.refused] == [(Reason.CURRENCY_NOT_UNDERSTOOD, "line 4, Valuta")]


def test_the_reports_own_sum_of_a_payout_is_held_against_its_rows(reading: Reading) -> None:
    headings = (*NETS, "Utbetalt")
    meant = {**MEANT, "Utbetalt": "payout_sum"}
    rows = [(*ONE, "1.473,75"), (*TWO, ""), (*LATER, "196,00")]
    content = reading.take(headings, *rows, meant=meant)
    assert [batch.reference for batch in content.batches] == ["77"]
    assert content.refused[0].facts == {"reference": "78", "parts": "196.50 NOK", "payout": "196.00 NOK"}
    twice = reading.take(headings, (*ONE, "1.473,75"), (*TWO, "1.473,00"), meant=meant)
    assert (twice.batches, twice.refused[0].where) == ((), "line 3, Utbetalt")


@pytest.mark.parametrize(
    ("row", "reason", "where"),
    [
        (("31.02.2026", *TWO[1:]), Reason.DATE_NOT_UNDERSTOOD, "line 3, Oppgjørsdato"),
        ((*TWO[:4], "mye", "17,50", "982,50"), Reason.AMOUNT_NOT_UNDERSTOOD, "line 3, Brutto"),
        ((*TWO[:4], "", "", ""), Reason.FIELD_MISSING, "line 3, Brutto"),
        ((*TWO[:6], "980,00"), Reason.PAYMENT_DIFFERS, "line 3"),
        ((*TWO, "1"), Reason.WRONG_NUMBER_OF_CELLS, "line 3"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_with_its_place_and_spoils_its_payout(
    reading: Reading, row: Sequence[str], reason: Reason, where: str
) -> None:
    """Without it the rest would make a smaller sum than was paid out."""
    for rows in ((ONE, row, LATER), (LATER, row, ONE)):
        content = reading.take(NETS, *rows)
        assert [(refused.why, refused.where) for refused in content.refused] == [(reason, where)]
        assert [batch.reference for batch in content.batches] == ["78"]


def test_a_row_that_cannot_be_read_spoils_the_payout_of_its_day(reading: Reading) -> None:
    headings, one, two, later = ([row[0], *row[2:]] for row in (NETS, ONE, TWO, LATER))
    content = reading.take(headings, one, [*two, "1"], later)
    assert [batch.booking_date for batch in content.batches] == [date(2026, 1, 15)]
    assert [refused.why for refused in content.refused] == [Reason.WRONG_NUMBER_OF_CELLS]


def test_a_row_without_a_payout_is_not_paid_out_yet(reading: Reading) -> None:
    content = reading.take(NETS, ONE, (TWO[0], "", *TWO[2:]))
    assert len(content.batches) == 1
    assert [(row.why, row.where) for row in content.refused] == [(Reason.NOT_PAID_OUT, "line 3, Oppgjørsnr")]


def test_sums_that_are_right_are_passed_over(reading: Reading) -> None:
    subtotal = ("Sum 77", "", "", "", "1.500,00", "26,25", "1.473,75")
    total = ("Totalt", "", "", "", "1.700,00", "29,75", "1.670,25")
    other = ("Sum 78", "", "", "", "200,00", "3,50", "196,50")
    content = reading.take(NETS, ONE, TWO, subtotal, LATER, other, total)
    assert content.batches == reading.take(NETS, ONE, TWO, LATER).batches
    assert content.refused == ()


def test_the_name_of_a_sum_may_stand_where_the_payouts_number_does(reading: Reading) -> None:
    headings = (NETS[1], NETS[0], *NETS[2:])
    rows = [(row[1], row[0], *row[2:]) for row in (ONE, TWO)]
    content = reading.take(headings, *rows, ("Sum", "", "", "", "1.500,00", "26,25", "1.473,75"))
    assert ([batch.amount for batch in content.batches], content.refused) == ([147_375], ())


def test_a_customer_whose_name_begins_as_a_sum_does_is_none(reading: Reading) -> None:
    meant = {"Kunde": "counterparty", "Oppgjør": "payout", "Netto": "net"}
    (batch,) = reading.take(tuple(meant), ("Total Energi AS", "77", "500,00"), meant=meant).batches
    assert batch.parts == (PaymentPart(50_000, counterparty="Total Energi AS"),)


@pytest.mark.parametrize(("place", "heading"), [(4, "Brutto"), (5, "Gebyr"), (6, "Netto")])
def test_a_report_whose_total_does_not_add_up_is_refused_whole(reading: Reading, place: int, heading: str) -> None:
    total = ["Totalt", "", "", "", "1.500,00", "26,25", "1.473,75"]
    total[place] = "1.480,00"
    error = reading.refuse(NETS, ONE, TWO, total)
    assert error.parameters["why"] == Reason.PRINTED_SUM_DIFFERS
    assert error.parameters["where"] == f"line 4, {heading}"
    assert error.parameters["told"] == "1480.00 NOK"


@pytest.mark.parametrize(
    ("columns", "missing"),
    [(("Brutto",), "payout_date"), (("Oppgjørsdato", "Gebyr"), "net"), ((), "payout_date, net")],
)
def test_a_mapping_that_leaves_out_what_is_needed(reading: Reading, columns: Sequence[str], missing: str) -> None:
    meant = {heading: MEANT[heading] for heading in columns}
    with pytest.raises(FileNotUnderstood) as caught:
        reading.take(NETS, ONE, meant=meant)
    assert caught.value.parameters["columns"] == missing


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        (NETS, TableKind.SETTLEMENT),
        (("Payout date", "Transaction ID", "Gross", "Fee", "Net"), TableKind.SETTLEMENT),
        (("Oppgjørsdato", "Betalingsdato", "Referanse", "Type", "Netto", "Saldo"), TableKind.SETTLEMENT),
        (("Auszahlungsdatum", "Transaktions-ID", "Betrag inkl. MwSt.", "Gebühr", "Auszahlung"), TableKind.SETTLEMENT),
        (("Dato", "Forklaring", "Type", "Beløp", "Saldo", "Referanse"), TableKind.BANK),
        (("Dato", "Tekst", "Innbetaling", "Utbetaling", "Gebyr"), TableKind.BANK),
        (("Fakturanr", "Kunde", "Total", "Gebyr", "Utbetalingsdato"), TableKind.OPEN_ITEMS),
    ],
)
def test_what_headings_suggest(headings: Sequence[str], kind: TableKind) -> None:
    assert guess_of(headings).kind is kind


def test_a_guess_can_be_read_as_it_is(reading: Reading) -> None:
    headings = ("Payout date", "Payout ID", "Order ID", "Customer", "Gross", "Fee", "Net")
    meant = {heading: field for field, heading in guess_of(headings).columns}
    (batch,) = reading.take(
        headings, ("2026-01-14", "77", "A1", "Ola", "500.00", "8.75", "491.25"), meant=meant
    ).batches
    assert batch.parts[0] == PaymentPart(50_000, counterparty="Ola", reference="A1")
    assert (batch.reference, _fee(batch)) == ("77", -875)


_CENTS = st.integers(-10_000_000, 10_000_000).filter(bool)


@given(
    st.lists(st.tuples(st.integers(1, 4), _CENTS, st.integers(0, 50_000)), min_size=1, max_size=25),
    st.sampled_from([(), (4,), (5,), (6,)]),
    st.sampled_from([",", "."]),
)
def test_the_parts_and_the_fee_always_make_the_payout(
    payments: list[tuple[int, int, int]], left_out: tuple[int, ...], mark: str
) -> None:
    def written(amount: int) -> str:
        return plain_amount(amount).replace(".", mark)

    rows = [
        ("14.01.2026", f"P{number}", f"R{at}", "", written(gross), written(fee), written(gross - fee))
        for at, (number, gross, fee) in enumerate(payments)
    ]
    told = (sum(gross for _, gross, _ in payments), sum(fee for _, _, fee in payments))
    rows.append(("Sum", "", "", "", written(told[0]), written(told[1]), written(told[0] - told[1])))
    cut = [[cell for at, cell in enumerate(row) if at not in left_out] for row in (NETS, *rows)]
    read = _read(cut)
    assert read.refused == ()
    assert {batch.reference: (batch.amount, _fee(batch)) for batch in read.batches} == {
        f"P{number}": (
            sum(gross - fee for one, gross, fee in payments if one == number),
            -sum(fee for one, _, fee in payments if one == number),
        )
        for number in {number for number, _, _ in payments}
    }
    assert all(sum(part.amount for part in batch.parts) == batch.amount for batch in read.batches)


@given(st.binary(max_size=300))
def test_whatever_follows_is_read_or_refused(tail: bytes) -> None:
    grid = csv_grid((table(NETS, ONE, TWO) + tail).decode(errors="replace"), ";")
    found = table_at(grid, 0)
    try:
        read = read_settlement_table(found, columns_of(mapping(NETS), found.headings))
    except FileNotUnderstood:
        return
    assert all(sum(part.amount for part in batch.parts) == batch.amount for batch in read.batches)


def _read(rows: Sequence[Sequence[str]]) -> Settlement:
    found = table_at(csv_grid(table(*rows).decode(), ";"), 0)
    return read_settlement_table(found, columns_of(mapping(found.headings), found.headings))


DAY_ONE, DAY_TWO = "14.01.2026", "15.01.2026"


@pytest.mark.parametrize(
    ("headings", "rows", "told"),
    [
        (
            ("Dato", "Ordre", "Brutto", "Gebyr", "Netto"),
            ((DAY_ONE, "A1", "500,00", "8,75", "491,25"), (DAY_TWO, "A2", "200,00", "3,50", "196,50")),
            {"payout_date": "Dato", "order": "Ordre", "gross": "Brutto", "fee": "Gebyr", "net": "Netto"},
        ),
        (
            ("Dag", "Hva", "Solgt for", "Vi beholder", "Til deg"),
            ((DAY_ONE, "kaffe", "1.500,00", "-8,75", "1.491,25"), (DAY_TWO, "te", "200,00", "-3,50", "196,50")),
            {"payout_date": "Dag", "gross": "Solgt for", "fee": "Vi beholder", "net": "Til deg"},
        ),
        (
            ("Date", "Gross sales", "Fee", "Net"),
            (("2026-01-14", "500.00", "8.75", "491.25"), ("2026-01-15", "200.00", "0.00", "200.00")),
            {"payout_date": "Date", "fee": "Fee", "net": "Net", "gross": "Gross sales"},
        ),
    ],
)
def test_a_report_without_a_payout_column_is_guessed_to_be_one(
    tmp_path: Path, headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...], told: dict[str, str]
) -> None:
    path = tmp_path / "rapport.csv"
    path.write_bytes(table(headings, *rows))
    sample = FormatReader().sample(path)
    assert sample is not None
    assert sample.guess.kind is TableKind.SETTLEMENT
    found = dict(sample.guess.columns)
    assert {field: found.get(field) for field in told} == told
    content = FormatReader().read(path, "", {sample.key: sample.guess})
    assert content is not None
    assert (content.refused, len(content.batches)) == ((), 2)


@pytest.mark.parametrize(
    ("headings", "rows"),
    [
        (
            ("Dag", "Hva", "Ut", "Inn", "Saldo"),
            ((DAY_ONE, "leie", "500,00", "", "400,00"), (DAY_TWO, "salg", "", "200,00", "600,00")),
        ),
        (
            ("Dag", "Hva", "Med mva", "Mva", "Uten mva"),
            ((DAY_ONE, "leie", "125,00", "25,00", "100,00"), (DAY_TWO, "salg", "250,00", "50,00", "200,00")),
        ),
        (
            ("Dag", "Hva", "Kurs", "Antall", "Beløp"),
            ((DAY_ONE, "leie", "12,00", "3,00", "36,00"), (DAY_TWO, "salg", "13,00", "2,00", "26,00")),
        ),
    ],
)
def test_figures_that_make_no_payout_are_not_guessed_to_be_one(
    tmp_path: Path, headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> None:
    path = tmp_path / "utskrift.csv"
    path.write_bytes(table(headings, *rows))
    sample = FormatReader().sample(path)
    assert sample is not None
    assert sample.guess.kind is TableKind.BANK
