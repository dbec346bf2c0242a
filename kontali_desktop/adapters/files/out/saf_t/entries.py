"""`GeneralLedgerEntries`: one journal with a `Transaction` for each voucher."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from kontali_desktop.adapters.files.out.saf_t.elements import LONG, MIDDLE_2, add, add_reference, add_text, clean
from kontali_desktop.adapters.files.out.saf_t.masters import Masters, percentage
from kontali_desktop.adapters.files.out.saf_t.postings import Posting, Tax
from kontali_desktop.domain.documents import Side
from kontali_desktop.domain.money import NOK, decimals_of, plain_amount
from kontali_desktop.domain.vouchers import LineRole, Voucher

_PARTY_IDS = {Side.CUSTOMER: "CustomerID", Side.SUPPLIER: "SupplierID"}
_DECIMALS = 2  # what the schema's amounts have at most
_JOURNAL = "Bank"
_VAT_TEXT = "Merverdiavgift"


def add_entries(root: etree._Element, vouchers: Sequence[tuple[Voucher, Sequence[Posting]]], ids: Masters) -> None:
    parent = add(root, "GeneralLedgerEntries")
    amounts = [posting.amount for _, postings in vouchers for posting in postings]
    add(parent, "NumberOfEntries", str(len(vouchers)))
    add(parent, "TotalDebit", plain_amount(sum(a for a in amounts if a > 0)))
    add(parent, "TotalCredit", plain_amount(-sum(a for a in amounts if a < 0)))
    if not vouchers:
        return
    journal = add(parent, "Journal")
    for name in ("JournalID", "Description", "Type"):
        add(journal, name, _JOURNAL)
    for voucher, postings in vouchers:
        _add_transaction(journal, voucher, postings, ids)


def _add_transaction(journal: etree._Element, voucher: Voucher, postings: Sequence[Posting], ids: Masters) -> None:
    element = add(journal, "Transaction")
    day = voucher.date.isoformat()
    add(element, "TransactionID", str(voucher.number))
    add(element, "Period", str(voucher.date.month))
    add(element, "PeriodYear", str(voucher.date.year))
    add(element, "TransactionDate", day)
    add_text(element, "Description", clean(voucher.text) or str(voucher.number), LONG)
    add(element, "SystemEntryDate", day)  # the schema: the transaction's date, where the system has no other
    add(element, "GLPostingDate", day)
    for place, posting in enumerate(postings, 1):
        _add_line(element, place, posting, voucher, ids)


def _add_line(transaction: etree._Element, place: int, posting: Posting, voucher: Voucher, ids: Masters) -> None:
    line, party = posting.line, posting.party
    element = add(transaction, "Line")
    add(element, "RecordID", str(place))
    add_text(element, "AccountID", posting.account, MIDDLE_2)
    is_bank = line.role is LineRole.BANK
    add_reference(element, "SourceDocumentID", voucher.transaction_reference if is_bank else line.document_number)
    if party is not None:
        add(element, _PARTY_IDS[party.side], ids.id_of(party))
    text = _VAT_TEXT if posting.is_vat else clean(line.text) or clean(voucher.text) or str(voucher.number)
    add_text(element, "Description", text, LONG)
    _add_amount(element, posting)
    if posting.tax is not None:
        _add_tax(element, posting.tax)
    if not posting.is_vat:
        add_reference(element, "ReferenceNumber", line.document_number)
        add_reference(element, "CID", line.kid)
    if voucher.reverses is not None and party is None:  # beside a customer it would be taken for an invoice's number
        add(element, "CrossReference", str(voucher.reverses))


def _add_amount(element: etree._Element, posting: Posting) -> None:
    """The foreign amount stands only beside a whole line, and only where the schema's two decimals hold it."""
    line = posting.line
    amount = add(element, "DebitAmount" if posting.amount >= 0 else "CreditAmount")
    add(amount, "Amount", plain_amount(abs(posting.amount)))
    is_whole = posting.amount == line.amount and not posting.is_vat
    if line.currency == NOK or line.currency_amount is None or not is_whole or decimals_of(line.currency) > _DECIMALS:
        return
    add(amount, "CurrencyCode", line.currency)
    add(amount, "CurrencyAmount", plain_amount(abs(line.currency_amount), line.currency))


def _add_tax(element: etree._Element, tax: Tax) -> None:
    """`TaxBase` and the amount without sign: the side of the amount tells it, as in Skatteetaten's example file."""
    parent = add(element, "TaxInformation")
    add(parent, "TaxType", "MVA")
    add(parent, "TaxCode", tax.code)
    add(parent, "TaxPercentage", percentage(tax.rate))
    add(parent, "Country", "NO")
    if tax.base is not None:
        add(parent, "TaxBase", plain_amount(abs(tax.base)))
    is_debit = (tax.amount or tax.base or 0) >= 0
    add(add(parent, "DebitTaxAmount" if is_debit else "CreditTaxAmount"), "Amount", plain_amount(abs(tax.amount)))
