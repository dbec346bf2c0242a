"""A whole SAF-T Financial file of version 1.30 with the vouchers, their accounts, customers and suppliers.

Sources: Skatteetaten's schema "Norwegian_SAF-T_Financial_Schema_v_1.30.xsd" and its example file (VAT: a net line with
`TaxInformation`, and the VAT on a line of its own).
"""

from __future__ import annotations

from lxml import etree

from kontali_desktop.adapters.files.out.balance import check_balance
from kontali_desktop.adapters.files.out.saf_t.elements import LONG, MIDDLE_1, MIDDLE_2, SHORT, add, add_text, clean
from kontali_desktop.adapters.files.out.saf_t.entries import add_entries
from kontali_desktop.adapters.files.out.saf_t.masters import Masters, add_masters
from kontali_desktop.adapters.files.out.saf_t.postings import postings_of
from kontali_desktop.adapters.files.saf_t.elements import NAMESPACE, tag
from kontali_desktop.adapters.files.saf_t.masters import OWN_SOFTWARE_ID
from kontali_desktop.domain.money import NOK
from kontali_desktop.domain.vouchers import LineRole, VoucherFile

_VERSION = "1.30"
_NOT_USED = "NotUsed"  # the schema's word for a first name where the whole name stands in one; it asks for a telephone


def write_saf_t(file: VoucherFile) -> bytes:
    """Raises UnbalancedVoucher, UnknownVatCode."""
    check_balance(file)
    vouchers = [(voucher, tuple(postings_of(voucher))) for voucher in file.vouchers]
    masters = Masters()
    for _, postings in vouchers:
        masters.take(postings)
    root = etree.Element(tag("AuditFile"), nsmap={None: NAMESPACE})  # type: ignore[dict-item]  # the stubs know no default namespace
    _add_header(root, file)
    add_masters(root, masters)
    add_entries(root, vouchers, masters)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _add_header(root: etree._Element, file: VoucherFile) -> None:
    header = add(root, "Header")
    add(header, "AuditFileVersion", _VERSION)
    add(header, "AuditFileCountry", "NO")
    add(header, "AuditFileDateCreated", file.created.date().isoformat())
    add(header, "SoftwareCompanyName", "Kontali")
    add(header, "SoftwareID", OWN_SOFTWARE_ID)
    add_text(header, "SoftwareVersion", file.version, SHORT)
    _add_company(header, file)
    add(header, "DefaultCurrencyCode", NOK)
    selection = add(header, "SelectionCriteria")
    add(selection, "SelectionStartDate", file.since.isoformat())
    add(selection, "SelectionEndDate", file.until.isoformat())
    add(selection, "DocumentType", "Bank vouchers")
    add(header, "TaxAccountingBasis", "A")


def _add_company(header: etree._Element, file: VoucherFile) -> None:
    name = clean(file.client_name) or file.client_orgnr
    company = add(header, "Company")
    add_text(company, "RegistrationNumber", file.client_orgnr, MIDDLE_1)
    add_text(company, "Name", name, LONG)
    contact = add(company, "Contact")
    person = add(contact, "ContactPerson")
    add(person, "FirstName", _NOT_USED)
    add_text(person, "LastName", name, MIDDLE_2)
    add(contact, "Telephone", _NOT_USED)
    for number, ledger_account in sorted(_bank_accounts(file).items()):
        account = add(company, "BankAccount")
        add_text(account, "BankAccountNumber", number, MIDDLE_1)
        add_text(account, "GeneralLedgerAccountID", ledger_account, MIDDLE_2)


def _bank_accounts(file: VoucherFile) -> dict[str, str]:
    """Each bank account's number with the ledger account of the first bank line of its vouchers."""
    found: dict[str, str] = {}
    for voucher in file.vouchers:
        line = next((line for line in voucher.lines if line.role is LineRole.BANK), None)
        if voucher.bank_account and line is not None:
            found.setdefault(voucher.bank_account, line.account)
    return found
