"""What is to be paid of an EHF document, to which account, in which currency, and whose document it is."""

from __future__ import annotations

import pytest

from kontali_desktop.domain.documents import DocumentKind, Side
from tests.adapters.files.conftest import Take
from tests.adapters.files.writers import ACCOUNT, CLIENT, OTHER, Ehf

MEANS_END = "</cac:PaymentMeans>"


def _with_totals(written: Ehf, totals: str) -> bytes:
    return written.text().replace("<cac:LegalMonetaryTotal>", f"<cac:LegalMonetaryTotal>{totals}").encode()


def _amount(name: str, amount: str, currency: str = "NOK") -> str:
    return f'<cbc:{name} currencyID="{currency}">{amount}</cbc:{name}>'


def _means(kid: str, account: str) -> str:
    payment_id = f"<cbc:PaymentID>{kid}</cbc:PaymentID>" if kid else ""
    payee = f"<cac:PayeeFinancialAccount><cbc:ID>{account}</cbc:ID></cac:PayeeFinancialAccount>" if account else ""
    code = "<cbc:PaymentMeansCode>30</cbc:PaymentMeansCode>"
    return f"<cac:PaymentMeans>{code}{payment_id}{payee}{MEANS_END}"


def test_a_prepayment_is_taken_from_what_remains(take: Take) -> None:
    totals = _amount("TaxInclusiveAmount", "1250.00") + _amount("PrepaidAmount", "1000.00")
    (document,) = take(_with_totals(Ehf(payable="250.00"), totals)).documents
    assert (document.amount, document.remaining) == (125_000, 25_000)


def test_a_document_that_is_paid_in_advance(take: Take) -> None:
    (document,) = take(_with_totals(Ehf(payable="0.00"), _amount("PrepaidAmount", "1250.00"))).documents
    assert (document.amount, document.remaining, document.kind) == (125_000, 0, DocumentKind.INVOICE)


def test_what_was_paid_too_much_is_owed_back(take: Take) -> None:
    (document,) = take(_with_totals(Ehf(payable="-50.00"), _amount("PrepaidAmount", "1300.00"))).documents
    assert (document.amount, document.remaining, document.kind) == (5_000, 5_000, DocumentKind.CREDIT_NOTE)


def test_the_rounding_is_in_the_payable_amount(take: Take) -> None:
    totals = _amount("TaxInclusiveAmount", "1249.60") + _amount("PayableRoundingAmount", "0.40")
    (document,) = take(_with_totals(Ehf(payable="1250.00"), totals)).documents
    assert (document.amount, document.remaining) == (125_000, 125_000)


def test_a_tax_amount_in_nok_is_no_total(take: Take) -> None:
    tax = (
        f"<cbc:TaxCurrencyCode>NOK</cbc:TaxCurrencyCode><cac:TaxTotal>{_amount('TaxAmount', '2900.00')}</cac:TaxTotal>"
    )
    (document,) = take(Ehf(currency="EUR", extra=tax).data()).documents
    assert (document.amount, document.currency, document.amount_nok) == (125_000, "EUR", None)


def test_a_total_in_nok_that_is_told_is_kept(take: Take) -> None:
    told = _amount("PayableAlternativeAmount", "14500.00", "NOK")
    (document,) = take(_with_totals(Ehf(currency="EUR"), told)).documents
    assert (document.amount, document.amount_nok) == (125_000, 1_450_000)


@pytest.mark.parametrize("currency", ["SEK", "NOK"])
def test_other_totals_are_not_taken_for_nok(take: Take, currency: str) -> None:
    written = Ehf(currency="NOK" if currency == "NOK" else "EUR")
    told = _amount("PayableAlternativeAmount", "14500.00", currency)
    assert take(_with_totals(written, told)).documents[0].amount_nok is None


@pytest.mark.parametrize(
    ("ways", "kid", "account"),
    [
        ((("", "SE4550000000058398257466"), ("12345678", ACCOUNT)), "12345678", ACCOUNT),
        ((("12345678", "NO3515030000009"), ("87654321", "15061234567")), "12345678", ACCOUNT),
        ((("12345678", ""), ("", ACCOUNT)), "12345678", ACCOUNT),
        ((("", ACCOUNT), ("", "15061234567")), "", ACCOUNT),
    ],
)
def test_kid_and_account_are_of_one_way_of_paying(
    take: Take, ways: tuple[tuple[str, str], ...], kid: str, account: str
) -> None:
    head, rest = Ehf().text().split("<cac:PaymentMeans>")
    means = "".join(_means(*way) for way in ways)
    (document,) = take((head + means + rest.split(MEANS_END)[1]).encode()).documents
    assert (document.kid, document.payee_account) == (kid, account)


@pytest.mark.parametrize(("root", "code"), [("Invoice", "389"), ("CreditNote", "261")])
def test_self_billing_is_still_the_suppliers_document(take: Take, root: str, code: str) -> None:
    """The customer wrote it, and it is the client's own sale all the same."""
    extra = f"<cbc:{root}TypeCode>{code}</cbc:{root}TypeCode>"
    sold = take(Ehf(root=root, extra=extra).data()).documents[0]
    parties = {"supplier": ("Leverandør AS", OTHER), "customer": ("Klient AS", CLIENT)}
    bought = take(Ehf(root=root, extra=extra, **parties).data()).documents[0]  # type: ignore[arg-type]  # names of parties only
    assert (sold.side, sold.counterparty) == (Side.CUSTOMER, "Kunde AS")
    assert (bought.side, bought.counterparty) == (Side.SUPPLIER, "Leverandør AS")
    assert sold.kind is bought.kind
    assert (sold.kind is DocumentKind.CREDIT_NOTE) == (root == "CreditNote")
