"""The archive: valid against version 1.30, in balance, and read back by the program's own reader."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from kontali_desktop.adapters.files.detect import Format
from kontali_desktop.adapters.files.out.saf_t.audit_file import write_saf_t
from kontali_desktop.adapters.files.out.saf_t.grouping import grouping_of
from kontali_desktop.adapters.files.reader import FormatReader
from kontali_desktop.adapters.files.saf_t.reader import read_books
from kontali_desktop.domain.ledger import LedgerPosting
from kontali_desktop.domain.vouchers import LineRole, Voucher, VoucherFile, VoucherLine
from kontali_desktop.services.ports import FileContent
from tests.adapters.files.out.made_vouchers import EVERYTHING, INCOMING, OUTGOING, POSTED, REVERSAL, file_of, files
from tests.adapters.files.out.saf_t_rules import faults_of
from tests.adapters.files.writers import CLIENT

NAMESPACE = {"s": "urn:StandardAuditFile-Taxation-Financial:NO"}
SCHEMA = "SAFT_SCHEMA"  # its place on this machine


def root_of(file: VoucherFile) -> etree._Element:
    return etree.fromstring(write_saf_t(file))


def texts(element: etree._Element, path: str) -> list[str]:
    return [found.text or "" for found in element.iterfind("/".join(f"s:{n}" for n in path.split("/")), NAMESPACE)]


def lines(element: etree._Element) -> Iterator[dict[str, str]]:
    """Each line's own texts, with its side and amount."""
    for line in element.iterfind(".//s:Line", NAMESPACE):
        found = {etree.QName(child).localname: child.text or "" for child in line}
        for side in ("DebitAmount", "CreditAmount"):
            found |= {
                f"{side}/{etree.QName(c).localname}": c.text or "" for c in line.iterfind(f"s:{side}/*", NAMESPACE)
            }
        yield found


@given(file=files())
@settings(max_examples=60)
def test_it_keeps_the_rules_of_version_1_30(file: VoucherFile) -> None:
    assert faults_of(root_of(file)) == []


def test_it_is_valid_against_the_published_schema() -> None:
    place = os.environ.get(SCHEMA)
    if not place:
        pytest.skip(
            f"Skatteetaten's schema may not lie here: {SCHEMA} names Norwegian_SAF-T_Financial_Schema_v_1.30.xsd"
        )
    schema = etree.XMLSchema(etree.parse(Path(place)))

    @given(file=files())
    def valid(file: VoucherFile) -> None:
        schema.assertValid(root_of(file))

    schema.assertValid(root_of(EVERYTHING))
    valid()


@given(file=files())
@settings(max_examples=60)
def test_every_voucher_balances_and_the_totals_are_theirs(file: VoucherFile) -> None:
    root = root_of(file)
    debits = credits_ = Decimal(0)
    for transaction in root.iterfind(".//s:Transaction", NAMESPACE):
        debit = sum(Decimal(line.get("DebitAmount/Amount", "0")) for line in lines(transaction))
        credit = sum(Decimal(line.get("CreditAmount/Amount", "0")) for line in lines(transaction))
        assert debit == credit
        debits, credits_ = debits + debit, credits_ + credit
    entries = "GeneralLedgerEntries"
    assert texts(root, f"{entries}/NumberOfEntries") == [str(len(file.vouchers))]
    assert texts(root, f"{entries}/TotalDebit") == [f"{debits:.2f}"]
    assert texts(root, f"{entries}/TotalCredit") == [f"{credits_:.2f}"]


@given(file=files())
@settings(max_examples=60)
def test_every_account_customer_supplier_and_vat_code_that_a_line_names_is_in_the_master_files(
    file: VoucherFile,
) -> None:
    root = root_of(file)
    masters = {
        "AccountID": texts(root, "MasterFiles/GeneralLedgerAccounts/Account/AccountID"),
        "CustomerID": texts(root, "MasterFiles/Customers/Customer/CustomerID"),
        "SupplierID": texts(root, "MasterFiles/Suppliers/Supplier/SupplierID"),
    }
    for name, known in masters.items():
        assert len(known) == len(set(known))
        assert {line[name] for line in lines(root) if name in line} == set(known)
    codes = texts(root, "MasterFiles/TaxTable/TaxTableEntry/TaxCodeDetails/TaxCode")
    assert len(codes) == len(set(codes))
    assert set(codes) == set(texts(root, "GeneralLedgerEntries/Journal/Transaction/Line/TaxInformation/TaxCode"))


def bank_lines(file: VoucherFile) -> list[tuple[str, date, int, str]]:
    return sorted(
        (line.account, voucher.date, line.amount, str(voucher.number))
        for voucher in file.vouchers
        for line in voucher.lines
        if line.role is LineRole.BANK
    )


def posted(postings: tuple[LedgerPosting, ...]) -> list[tuple[str, date, int, str]]:
    return sorted((p.ledger_account, p.posting_date, p.amount, p.voucher.rpartition("/")[2]) for p in postings)


def test_our_own_reader_finds_the_bank_lines_again() -> None:
    books = read_books(io.BytesIO(write_saf_t(EVERYTHING)), CLIENT)
    assert posted(books.postings) == bank_lines(EVERYTHING)
    assert books.refused == ()


@given(file=files())
@settings(max_examples=60)
def test_our_own_reader_finds_any_bank_lines_again(file: VoucherFile) -> None:
    books = read_books(io.BytesIO(write_saf_t(file)), CLIENT)
    on_bank = [p for p in books.postings if p.ledger_account == "1920"]
    assert posted(tuple(on_bank)) == bank_lines(file)


def test_vat_is_a_line_of_its_own_beside_the_net_line_that_tells_of_it() -> None:
    bank, net, vat = lines(root_of(file_of(POSTED)))
    assert bank["CreditAmount/Amount"] == "125.00"
    assert (net["AccountID"], net["DebitAmount/Amount"]) == ("6800", "100.00")
    assert (vat["AccountID"], vat["DebitAmount/Amount"]) == ("2710", "25.00")
    assert "TaxInformation" not in vat
    told = root_of(file_of(POSTED)).find(".//s:TaxInformation", NAMESPACE)
    assert told is not None
    assert [(etree.QName(e).localname, e.text) for e in told.iter() if len(e) == 0] == [
        ("TaxType", "MVA"), ("TaxCode", "1"), ("TaxPercentage", "25"), ("Country", "NO"), ("TaxBase", "100.00"),
        ("Amount", "25.00"),
    ]  # fmt: skip


def test_references_of_bank_invoice_and_the_voucher_taken_back() -> None:
    bank, _, customer = lines(root_of(file_of(INCOMING)))
    assert bank["SourceDocumentID"] == "BANK-REF-1"
    assert (customer["CustomerID"], customer["ReferenceNumber"], customer["CID"]) == ("10001", "10234", "0012345678902")
    assert "CrossReference" not in bank
    assert [line.get("CrossReference") for line in lines(root_of(file_of(REVERSAL)))] == ["1", "1", None]


def test_a_foreign_amount_stands_beside_the_kroner() -> None:
    _, supplier, _ = lines(root_of(file_of(OUTGOING)))
    assert supplier["SupplierID"] == "Supplier Ltd"
    assert supplier["DebitAmount/Amount"] == "1150.00"
    assert (supplier["DebitAmount/CurrencyCode"], supplier["DebitAmount/CurrencyAmount"]) == ("EUR", "100.00")


def test_customers_whose_long_names_begin_alike_stay_apart() -> None:
    def customer(name: str) -> VoucherLine:
        return VoucherLine("1500", 0, LineRole.CUSTOMER, counterparty=name)

    names = ("Borettslaget Nordre Fjellgata Øst AS 1", "Borettslaget Nordre Fjellgata Øst AS 2")
    root = root_of(file_of(Voucher(1, date(2026, 1, 1), "", tuple(map(customer, names)))))
    assert sorted(texts(root, "MasterFiles/Customers/Customer/Name")) == sorted(names)


def test_long_words_are_cut_and_long_references_left_out() -> None:
    bank = VoucherLine("1920", 0, LineRole.BANK, text="x" * 300)
    line = VoucherLine("1500", 0, LineRole.CUSTOMER, counterparty="y" * 300, document_number="9" * 36, kid="1" * 35)
    root = root_of(replace(file_of(Voucher(1, date(2026, 1, 1), "z" * 300, (bank, line))), client_name="k" * 300))
    assert faults_of(root) == []
    first, second = lines(root)
    assert first["Description"] == "x" * 256
    assert "ReferenceNumber" not in second
    assert second["CID"] == "1" * 35


@pytest.mark.parametrize(
    ("account", "code"),
    [("1500", "1500"), ("1920", "1920"), ("1925", "1920"), ("192010", "1920"), ("192", "1920"), ("2401", "2400"),
     ("7770", "7700"), ("7740", "7700"), ("8050", "8050"), ("8055", "8050"), ("8150", "8150"), ("8160", "8160"),
     ("2740", "2740"), ("3900", "3900"), ("x", "1020")],
)  # fmt: skip
def test_accounts_are_grouped_by_the_nearest_code(account: str, code: str) -> None:
    assert grouping_of(account).code == code


def test_our_own_archive_changes_nothing_where_it_is_taken_in(tmp_path: Path) -> None:
    """It has payments without their invoices, and is no whole list of what is open."""
    path = tmp_path / "archive.xml"
    path.write_bytes(write_saf_t(EVERYTHING))
    assert FormatReader().read(path, CLIENT) == FileContent(Format.SAF_T)
