"""A line of a voucher (`Line`), read once and kept small."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lxml import etree

from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.saf_t.elements import tag
from kontali_desktop.adapters.files.values import amount_of, currency_of, date_of
from kontali_desktop.domain.documents import Side
from kontali_desktop.domain.money import NOK

_SIDES = ((tag("DebitAmount"), "DebitAmount", 1), (tag("CreditAmount"), "CreditAmount", -1))
_AMOUNT, _CURRENCY, _OWN_AMOUNT = tag("Amount"), tag("CurrencyCode"), tag("CurrencyAmount")
_RECORD, _ACCOUNT, _SOURCE = tag("RecordID"), tag("AccountID"), tag("SourceDocumentID")
_CUSTOMER, _SUPPLIER, _TEXT = tag("CustomerID"), tag("SupplierID"), tag("Description")
_REFERENCE, _KID, _DUE, _CROSS = tag("ReferenceNumber"), tag("CID"), tag("DueDate"), tag("CrossReference")


@dataclass(slots=True)
class Line:
    """`amount` is øre, debit positive; `own_amount` the same in minor units of `currency` where that is foreign."""

    record: str
    account: str
    amount: int
    customer: str
    supplier: str
    text: str
    source: str
    reference: str
    kid: str
    cross: str
    due_day: date | None
    currency: str = NOK
    own_amount: int = 0

    def party_of(self, side: Side) -> str:
        return self.customer if side is Side.CUSTOMER else self.supplier


class LineReader:
    """Reads lines one by one; the names that a file repeats are kept once."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def line(self, element: etree._Element) -> Line:
        """Raises FileNotUnderstood, `where` being an element of it."""
        values = {child.tag: (child.text or "").strip() for child in element}
        account = values.get(_ACCOUNT, "")
        if not account:
            raise not_understood("AccountID", Reason.FIELD_MISSING, field="AccountID")
        due = values.get(_DUE, "")
        amount, currency, own_amount = _amounts(element)
        return Line(
            record=values.get(_RECORD, ""),
            account=self._same(account),
            amount=amount,
            customer=self._same(values.get(_CUSTOMER, "")),
            supplier=self._same(values.get(_SUPPLIER, "")),
            text=values.get(_TEXT, ""),
            source=values.get(_SOURCE, ""),
            reference=values.get(_REFERENCE, ""),
            kid=values.get(_KID, "").replace(" ", ""),
            cross=values.get(_CROSS, ""),
            due_day=date_of(due, "DueDate") if due else None,
            currency=self._same(currency),
            own_amount=own_amount,
        )

    def _same(self, text: str) -> str:
        return self._texts.setdefault(text, text)


def _amounts(line: etree._Element) -> tuple[int, str, int]:
    """Øre, and the foreign currency with its own amount, signed alike."""
    total, currency, own_total, is_given = 0, NOK, 0, False
    for name, field, sign in _SIDES:
        element = line.find(name)
        if element is None:
            continue
        is_given = True
        parts = {child.tag: (child.text or "").strip() for child in element}
        text = parts.get(_AMOUNT, "")
        if not text:
            raise not_understood(f"{field}/Amount", Reason.FIELD_MISSING, field="Amount")
        amount = amount_of(text, NOK, f"{field}/Amount")
        total += sign * amount
        code, own_text = parts.get(_CURRENCY, ""), parts.get(_OWN_AMOUNT, "")
        if code and own_text and code != NOK:
            currency = currency_of(code, f"{field}/CurrencyCode")
            own = abs(amount_of(own_text, currency, f"{field}/CurrencyAmount"))
            own_total += sign * (own if amount >= 0 else -own)
    if not is_given:
        raise not_understood("DebitAmount", Reason.FIELD_MISSING, field="DebitAmount, CreditAmount")
    return total, currency, own_total
