"""Vipps' settlement report as XML, versions 2.0 and 3.0.

The elements are those of `SettlementReport-2.0.xsd` and `SettlementReport-3.0.xsd`, which Vipps publishes among its
settlement examples (github.com/vippsas/vipps-developers). With gross settlement (`SettlementType`) the fees are
invoiced apart and nothing is kept of the payout.
"""

from __future__ import annotations

from lxml import etree

from kontali_desktop.adapters.files.reasons import Reason, not_understood, refused_row
from kontali_desktop.adapters.files.safe_xml import parsed
from kontali_desktop.adapters.files.settlements.payout import Payout, Settlement, settlement_of, whole_and_fee
from kontali_desktop.adapters.files.settlements.vipps import PROVIDER
from kontali_desktop.adapters.files.tables.grid import Row
from kontali_desktop.adapters.files.values import amount_of, currency_of, date_of
from kontali_desktop.domain.check_digits import account_number_of
from kontali_desktop.domain.payment_parts import PaymentPart
from kontali_desktop.services.errors import FileNotUnderstood
from kontali_desktop.services.ports import RefusedRow

ROOT = "SettlementReport"
NAMESPACE = "http://vipps.no/xmlschema/SettlementReport"
_GROSS = "gross"


def read(data: bytes) -> Settlement:
    """The payouts of the report, of however many sale units; one of which a payment cannot be read is refused whole."""
    payouts: list[Payout] = []
    not_taken: list[RefusedRow] = []
    place = 0
    for payments in parsed(data).iterfind("{*}SettlementDetailsInfo/{*}PaymentsInfo"):
        account = account_number_of(_text(payments, "SettlementAccountNum"))
        for element in payments.iterfind("{*}SettlementInfo"):
            place += 1
            try:
                payouts.append(_payout(element, account))
            except FileNotUnderstood as error:
                not_taken.append(refused_row(error, f"SettlementInfo[{place}]/{error.parameters['where']}"))
    if not place:
        raise not_understood(ROOT, Reason.FIELD_MISSING, field="SettlementInfo")
    return settlement_of(payouts, not_taken, may_stand_alone=False)


def _payout(element: etree._Element, account: str) -> Payout:
    """`SettledAmount` is what was paid out; version 2.0 tells only the sum before the fees and after them."""
    day = date_of(_text(element, "SettlementDate") or _needed(element, "SettlementBatchDate"), "SettlementDate")
    currency = currency_of(_needed(element, "SettlementCurrencyCode"), "SettlementCurrencyCode")
    is_gross = _text(element, "SettlementType").casefold() == _GROSS
    told = "SettledAmount" if _text(element, "SettledAmount") else ("Gross" if is_gross else "Net") + "SettlementAmount"
    line: object = element.sourceline  # a number, whatever lxml's stubs say
    rows = [Row(line, (), "")] if isinstance(line, int) else []
    payout = Payout(PROVIDER, _needed(element, "SettlementID"), day, currency, account_number=account, rows=rows)
    payout.told = _amount(element, told, currency)
    for payment in element.iterfind("{*}TransactionInfo"):
        gross, net, fee = (_amount(payment, f"Transaction{one}Amount", currency) for one in ("Gross", "Net", "Fee"))
        whole, kept = whole_and_fee(gross, fee, 0, net, currency)
        payout.add(PaymentPart(whole, reference=_text(payment, "OrderID") or _text(payment, "TransactionID")), kept)
    return payout


def _text(element: etree._Element, name: str) -> str:
    return (element.findtext(f"{{*}}{name}") or "").strip()


def _needed(element: etree._Element, name: str) -> str:
    text = _text(element, name)
    if not text:
        raise not_understood(name, Reason.FIELD_MISSING, field=name)
    return text


def _amount(element: etree._Element, name: str, currency: str) -> int:
    return amount_of(_needed(element, name), currency, name)
