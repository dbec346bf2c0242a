"""Any invoices and payments written as SAF-T give exactly their open items, in whatever order the vouchers stand."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from hypothesis import assume, given
from hypothesis import strategies as st

from kontali_desktop.adapters.files.reader import FormatReader
from kontali_desktop.adapters.files.reasons import FACTS, Reason, refused_row
from kontali_desktop.domain.documents import DocumentKind, Side
from kontali_desktop.services.errors import FileNotUnderstood
from kontali_desktop.services.ports import FileContent
from tests.adapters.files.saf_t_books import Entry, Holder, SafT, payment, purchase, remittance, sale
from tests.adapters.files.writers import CLIENT

PARTIES = {f"{place}": "1500" if place % 2 else "2400" for place in range(1, 5)}
WAYS = ("number", "kid", "cross")


@dataclass(frozen=True)
class Invoice:
    """`paid` are parts in thousandths of the amount, each told in its way."""

    party: str
    amount: int
    day: int
    paid: tuple[tuple[int, str], ...]
    is_credit_note: bool

    @property
    def payments(self) -> list[tuple[int, str]]:
        rest, parts = self.amount, []
        for thousandths, way in self.paid:
            part = min(rest, self.amount * thousandths // 1000)
            rest -= part
            parts += [(part, way)] if part else []
        return parts

    @property
    def remaining(self) -> int:
        return self.amount - sum(part for part, _ in self.payments)


INVOICES = st.lists(
    st.builds(
        Invoice,
        party=st.sampled_from(sorted(PARTIES)),
        amount=st.integers(1, 10**9),
        day=st.integers(0, 300),
        paid=st.lists(st.tuples(st.integers(1, 1000), st.sampled_from(WAYS)), max_size=3).map(tuple),
        is_credit_note=st.booleans(),
    ),
    max_size=12,
)


def _entries(invoices: list[Invoice]) -> list[Entry]:
    entries = []
    for place, invoice in enumerate(invoices):
        is_customer = PARTIES[invoice.party] == "1500"
        make, settle = (sale, payment) if is_customer else (purchase, remittance)
        sign = -1 if invoice.is_credit_note else 1
        number, kid = f"F{place}", f"{place:06d}"
        day = date(2026, 1, 1) + timedelta(invoice.day)
        entries.append(make(f"{place}", day.isoformat(), invoice.party, sign * invoice.amount, number, kid=kid))
        for part, (paid, way) in enumerate(invoice.payments):
            told = {"number": {"reference": number}, "kid": {"kid": kid}, "cross": {"cross": number}}[way]
            later = (day + timedelta(part + 1)).isoformat()
            entries.append(settle(f"{place}-{part}", later, invoice.party, sign * paid, **told))
    return entries


def _holders(entries: list[Entry]) -> tuple[Holder, ...]:
    sums: Counter[str] = Counter()
    for entry in entries:
        for row in entry.rows:
            sums[row.customer or row.supplier] += row.amount
    return tuple(Holder(party, f"Part {party} AS", 0, sums[party], account) for party, account in PARTIES.items())


def _read(data: bytes) -> FileContent:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file")
        path.write_bytes(data)
        content = FormatReader().read(path, CLIENT)
    assert content is not None
    return content


@given(INVOICES, st.integers(0, 2**32))
def test_exactly_the_open_items_in_any_order(invoices: list[Invoice], seed: int) -> None:
    # An invoice and a credit note of which the same is left are taken to settle each other.
    rests = {(invoice.party, invoice.is_credit_note, invoice.remaining) for invoice in invoices if invoice.remaining}
    assume(not any((party, not is_credit_note, rest) in rests for party, is_credit_note, rest in rests))
    entries = _entries(invoices)
    holders = _holders(entries)
    content = _read(SafT((tuple(entries),), holders).data())
    assert (content.refused, content.doubts) == ((), ())
    found = {(d.counterparty_number, d.number): (d.side, d.kind, d.amount, d.remaining) for d in content.documents}
    assert len(found) == len(content.documents)
    assert found == {
        (invoice.party, f"F{place}"): (
            Side.CUSTOMER if PARTIES[invoice.party] == "1500" else Side.SUPPLIER,
            DocumentKind.CREDIT_NOTE if invoice.is_credit_note else DocumentKind.INVOICE,
            invoice.amount,
            invoice.remaining,
        )
        for place, invoice in enumerate(invoices)
    }
    random.Random(seed).shuffle(entries)
    shuffled = _read(SafT((tuple(entries),), holders[::-1]).data())
    assert set(shuffled.documents) == set(content.documents)
    assert shuffled.postings == content.postings


LOOSE = st.lists(
    st.tuples(
        st.sampled_from(sorted(PARTIES)),
        st.integers(-2000, 2000).filter(bool),
        st.booleans(),
        st.sampled_from(["", "A", "B", "C"]),
        st.sampled_from(["", "1", "2"]),
        st.sampled_from(["", "A", "m1"]),
        st.integers(0, 20),
    ),
    max_size=14,
)


@given(LOOSE, st.integers(-3000, 3000), st.integers(0, 2**32))
def test_whatever_is_posted_the_open_items_add_up_to_the_balance(
    rows: list[tuple[str, int, bool, str, str, str, int]], opening: int, seed: int
) -> None:
    entries = []
    for place, (party, amount, is_payment, reference, kid, cross, day) in enumerate(rows):
        make, settle = (sale, payment) if PARTIES[party] == "1500" else (purchase, remittance)
        written = (date(2026, 1, 1) + timedelta(day)).isoformat()
        entries.append(
            (settle if is_payment else make)(f"{place}", written, party, amount, reference, kid=kid, cross=cross)
        )
    holders = tuple(Holder(h.number, h.name, opening, opening + (h.closing or 0), h.account) for h in _holders(entries))
    content = _read(SafT((tuple(entries),), holders).data())
    assert (content.refused, content.doubts) == ((), ())
    for holder in holders:
        mine = [d for d in content.documents if d.counterparty_number == holder.number]
        assert len({(d.kind, d.number) for d in mine}) == len(mine)
        assert all(0 <= d.remaining <= d.amount for d in mine)
        total = sum(d.remaining if d.kind is DocumentKind.INVOICE else -d.remaining for d in mine)
        assert total == (holder.closing if holder.is_customer else -(holder.closing or 0))
    random.Random(seed).shuffle(entries)
    assert set(_read(SafT((tuple(entries),), holders).data()).documents) == set(content.documents)


@given(st.data())
def test_bytes_changed_at_random_never_crash(drawn: st.DataObject) -> None:
    entries = tuple(_entries([Invoice("1", 1000, 5, ((500, "kid"),), is_credit_note=False)]))
    changed = bytearray(SafT((entries,), (Holder("1"),)).data())
    for _ in range(drawn.draw(st.integers(1, 6))):
        place = drawn.draw(st.integers(0, len(changed) - 1))
        changed[place : place + drawn.draw(st.integers(0, 3))] = drawn.draw(st.binary(max_size=3))
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "file")
            path.write_bytes(bytes(changed))
            content = FormatReader().read(path, CLIENT)
    except FileNotUnderstood as error:
        content = FileContent("", refused=(refused_row(error, "file"),))
    for row in (*content.refused, *content.doubts) if content else ():
        assert set(row.facts) == FACTS[Reason(row.why)]
