"""Vouchers to write: one of each kind by hand, and any number of invented ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from kontali_desktop.domain.vouchers import LineRole, Voucher, VoucherFile, VoucherLine
from tests.adapters.files.writers import CLIENT, OTHER

BANK = "15030000009"
CUSTOMER = VoucherLine(
    "1500",
    -350_000,
    LineRole.CUSTOMER,
    counterparty="Kunde ÆØÅ AS",
    counterparty_number="10001",
    counterparty_orgnr=OTHER,
    document_number="10234",
    kid="0012345678902",
)

INCOMING = Voucher(
    1,
    date(2026, 2, 12),
    "Kunde ÆØÅ AS 10234",
    (
        VoucherLine("1920", 343_875, LineRole.BANK, text="Overføring"),
        VoucherLine("7770", 6_125, LineRole.FEE),
        CUSTOMER,
    ),
    transaction_reference="BANK-REF-1",
    bank_account=BANK,
)
OUTGOING = Voucher(
    2,
    date(2026, 2, 13),
    "Supplier Ltd",
    (
        VoucherLine("1920", -117_050, LineRole.BANK),
        VoucherLine(
            "2400",
            115_000,
            LineRole.SUPPLIER,
            currency="EUR",
            currency_amount=10_000,
            counterparty="Supplier Ltd",
            document_number="INV-7",
        ),
        VoucherLine("8160", 2_050, LineRole.CURRENCY_LOSS),
    ),
    bank_account=BANK,
)
POSTED = Voucher(
    3,
    date(2026, 3, 1),
    "Kontorrekvisita",
    (
        VoucherLine("1920", -12_500, LineRole.BANK, text="Varekjøp"),
        VoucherLine("6800", 12_500, LineRole.POSTING, text="Varekjøp", vat_code="1"),
    ),
    bank_account=BANK,
)
REVERSAL = replace(
    INCOMING,
    number=4,
    date=date(2026, 3, 2),
    lines=tuple(replace(line, amount=-line.amount) for line in INCOMING.lines),
    reverses=1,
)


def file_of(*vouchers: Voucher) -> VoucherFile:
    days = [voucher.date for voucher in vouchers] or [date(2026, 1, 1)]
    created = datetime(2026, 3, 5, 10, 30, tzinfo=UTC)
    return VoucherFile(CLIENT, "Klient AS", min(days), max(days), vouchers, created, "0.1.0")


EVERYTHING = file_of(INCOMING, OUTGOING, POSTED, REVERSAL)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(
    ["=1+1", "+47", "-", "@SUM(A1)", "\tx", "\rx", "'quoted", "''", " =1", 'a;b"c\nd', "'=1"]
)
VAT_CODES = st.sampled_from(["", "0", "1", "3", "11", "12", "13", "14", "31", "33", "52", "81", "82", "86", "87", "92"])
_AMOUNTS = st.integers(-(10**11), 10**11)


@st.composite
def lines(draw: st.DrawFn) -> VoucherLine:
    currency = draw(st.sampled_from(["NOK", "EUR", "JPY", "KWD"]))
    return VoucherLine(
        account=draw(st.sampled_from(["1500", "2400", "6800", "7770", "3000", "19", "123456"])),
        amount=draw(_AMOUNTS),
        role=draw(st.sampled_from([role for role in LineRole if role not in (LineRole.BANK, LineRole.VAT)])),
        text=draw(TEXTS),
        vat_code=draw(VAT_CODES),
        currency=currency,
        currency_amount=None if currency == "NOK" else draw(_AMOUNTS),
        counterparty=draw(TEXTS),
        counterparty_number=draw(st.sampled_from(["", "7", "10001", "A-1"])),
        counterparty_orgnr=draw(st.sampled_from(["", OTHER])),
        document_number=draw(TEXTS),
        kid=draw(st.sampled_from(["", "0012345678902", "123-"])),
    )


@st.composite
def vouchers(draw: st.DrawFn, number: int = 1) -> Voucher:
    others = draw(st.lists(lines(), min_size=1, max_size=4))
    bank = VoucherLine("1920", -sum(line.amount for line in others), LineRole.BANK, text=draw(TEXTS))
    return Voucher(
        number=number,
        date=draw(st.dates(date(2022, 1, 1), date(2030, 12, 31))),
        text=draw(TEXTS),
        lines=(bank, *others),
        transaction_reference=draw(TEXTS),
        bank_account=BANK,
        reverses=draw(st.none() | st.integers(1, 10**6)),
    )


def files() -> st.SearchStrategy[VoucherFile]:
    """Up to three vouchers, numbered without holes."""
    return st.integers(0, 3).flatmap(
        lambda count: st.tuples(*(vouchers(number) for number in range(1, count + 1))).map(lambda made: file_of(*made))
    )
