"""What is written is read again; and whatever is done to the bytes, the answer is a reading or a reason."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontali_desktop.adapters.files.reader import FormatReader
from kontali_desktop.adapters.files.reasons import FACTS, Reason, refused_row
from kontali_desktop.domain.documents import DocumentKind, Side
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.services.errors import FileNotUnderstood
from kontali_desktop.services.ports import FileContent
from tests.adapters.files.writers import CLIENT, OTHER, ROW, Camt, Ehf, Entry, csv_text, payment

TEXTS = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=40)
MINORS = st.integers(0, 10**12)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
CURRENCIES = st.sampled_from(["NOK", "EUR", "JPY", "KWD"])
FILES = [Ehf().data(), Camt((Entry(payments=(payment(texts=("a",)),)),) * 3).data(), csv_text(ROW, ROW).encode()]


def _read(data: bytes) -> FileContent | None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file")
        path.write_bytes(data)
        return FormatReader().read(path, CLIENT)


@given(TEXTS, TEXTS, st.tuples(MINORS, CURRENCIES), DAYS, st.tuples(st.booleans(), st.booleans(), st.booleans()))
def test_any_ehf_document(
    number: str, name: str, payable: tuple[int, str], day: date, flags: tuple[bool, bool, bool]
) -> None:
    minor, currency = payable
    is_ours, is_credit_note, is_negative = flags
    us, them = ("Klient AS", CLIENT), (name, OTHER)
    written = Ehf(
        root="CreditNote" if is_credit_note else "Invoice",
        number=number,
        supplier=us if is_ours else them,
        customer=them if is_ours else us,
        payable=plain_amount(-minor if is_negative else minor, currency),
        currency=currency,
        issued=day.isoformat(),
        due=day.isoformat(),
    )
    content = _read(written.data())
    assert content is not None
    (document,) = content.documents
    assert (document.number, document.counterparty, document.counterparty_orgnr) == (number, name, OTHER)
    assert (document.amount, document.remaining, document.currency) == (minor, minor, currency)
    assert (document.issue_date, document.due_date) == (day, day)
    assert document.side is (Side.CUSTOMER if is_ours else Side.SUPPLIER)
    turned = is_credit_note != (is_negative and minor > 0)
    assert document.kind is (DocumentKind.CREDIT_NOTE if turned else DocumentKind.INVOICE)


@given(st.lists(st.tuples(MINORS, st.sampled_from(["CRDT", "DBIT"]), TEXTS, TEXTS, DAYS), max_size=8))
def test_any_statement(lines: list[tuple[int, str, str, str, date]]) -> None:
    entries = tuple(
        Entry(
            amount=plain_amount(minor),
            direction=direction,
            booked=day.isoformat(),
            reference=f"R{place}",
            payments=(payment(debtor=(name, "15030000017"), creditor=(name, "15030000017"), texts=(text,)),),
        )
        for place, (minor, direction, name, text, day) in enumerate(lines)
    )
    content = _read(Camt(entries).data())
    assert content is not None
    assert content.refused == ()
    found = [(t.amount, t.counterparty, t.text, t.booking_date) for t in content.statements[0].transactions]
    in_order = sorted(lines, key=lambda line: line[4])  # a listing comes by days
    assert found == [(m if d == "CRDT" else -m, name, text, day) for m, d, name, text, day in in_order]


@given(st.dictionaries(TEXTS, st.tuples(TEXTS, MINORS, CURRENCIES, st.booleans()), max_size=8))
def test_any_list_of_open_items(rows: dict[str, tuple[str, int, str, bool]]) -> None:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    written = [
        f"supplier;invoice;{cell(number)};{cell(name)};;;;;;{currency};"
        f"{plain_amount(minor, currency).replace('.', ',' if with_comma else '.')};0"
        for number, (name, minor, currency, with_comma) in rows.items()
    ]
    content = _read(csv_text(*written).encode())
    assert content is not None
    assert content.refused == ()
    found = {d.number: (d.counterparty, d.amount, d.currency) for d in content.documents}
    assert found == {number: (name, minor, currency) for number, (name, minor, currency, _) in rows.items()}


@pytest.mark.parametrize("data", FILES, ids=["ehf", "camt", "csv"])
@given(st.data())
def test_bytes_changed_at_random_never_crash(data: bytes, drawn: st.DataObject) -> None:
    changed = bytearray(data[: drawn.draw(st.integers(0, len(data)))] if drawn.draw(st.booleans()) else data)
    for _ in range(drawn.draw(st.integers(0, 6)) if changed else 0):
        place = drawn.draw(st.integers(0, len(changed) - 1))
        changed[place : place + drawn.draw(st.integers(0, 3))] = drawn.draw(st.binary(max_size=3))
        if not changed:
            break
    try:
        content = _read(bytes(changed))
    except FileNotUnderstood as error:
        content = FileContent("", refused=(refused_row(error, "file"),))
    for row in content.refused if content else ():
        assert set(row.facts) == FACTS[Reason(row.why)]
