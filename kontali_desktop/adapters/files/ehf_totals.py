"""What a UBL document costs, what is to be paid of it, and how."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from kontali_desktop.adapters.files.ehf_names import needed, path_of, text_at
from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.values import amount_of, currency_of
from kontali_desktop.domain.check_digits import account_number_of
from kontali_desktop.domain.money import NOK

_PAYABLE = "cac:LegalMonetaryTotal/cbc:PayableAmount"
_PREPAID = "cac:LegalMonetaryTotal/cbc:PrepaidAmount"
_IN_OTHER_CURRENCY = path_of("cac:LegalMonetaryTotal/cbc:PayableAlternativeAmount")
_DOCUMENT_CURRENCY = path_of("cbc:DocumentCurrencyCode")
_PAYMENT_MEANS = path_of("cac:PaymentMeans")
_PAYMENT_ID = path_of("cbc:PaymentID")
_PAYEE_ACCOUNT = path_of("cac:PayeeFinancialAccount/cbc:ID")


@dataclass(frozen=True, slots=True)
class Totals:
    """Minor units, signed as the document has them: `payable` is what is left of `total` after prepayments."""

    payable: int
    total: int
    currency: str
    total_nok: int | None = None


def totals_of(root: etree._Element) -> Totals:
    """The rounding is inside `PayableAmount`, which has the prepayments taken off (BR-CO-16 of EN 16931).

    A total in NOK is told only by UBL's `PayableAlternativeAmount`: the tax amount in `TaxCurrencyCode` is no total,
    and a rate is never invented. Raises FileNotUnderstood.
    """
    text = needed(root, _PAYABLE)
    element = root.find(path_of(_PAYABLE))
    own = element.get("currencyID", "") if element is not None else ""
    currency = currency_of(text_at(root, _DOCUMENT_CURRENCY) or own, "cbc:DocumentCurrencyCode")
    if own and own != currency:
        raise not_understood(_PAYABLE, Reason.CURRENCY_DIFFERS, found=own, expected=currency)
    payable = amount_of(text, currency, _PAYABLE)
    prepaid_text = text_at(root, path_of(_PREPAID))
    prepaid = amount_of(prepaid_text, currency, _PREPAID) if prepaid_text else 0
    total = payable + prepaid if prepaid > 0 and payable >= 0 else payable  # paid too much is owed back, and no more
    in_nok = _in_nok(root) if currency != NOK and total == payable else None
    return Totals(payable, total, currency, in_nok)


def _in_nok(root: etree._Element) -> int | None:
    element = root.find(_IN_OTHER_CURRENCY)
    if element is None or element.get("currencyID") != NOK or not (element.text or "").strip():
        return None
    return abs(amount_of(element.text or "", NOK, "cac:LegalMonetaryTotal/cbc:PayableAlternativeAmount"))


def payment_of(root: etree._Element) -> tuple[str, str]:
    """The KID and the account, of one and the same way of paying where any has both."""
    ways = [
        ("".join(text_at(means, _PAYMENT_ID).split()), account_number_of(text_at(means, _PAYEE_ACCOUNT)))
        for means in root.iterfind(_PAYMENT_MEANS)
    ]
    for kid, account in ways:
        if kid and account:
            return kid, account
    return next((kid for kid, _ in ways if kid), ""), next((account for _, account in ways if account), "")
