"""SAF-T Financial: whose books they are, what is posted on the banks, and what is refused where."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kontali_desktop.adapters.files.reasons import Reason
from kontali_desktop.domain.documents import DocumentKind, ReportedDocument, Side
from kontali_desktop.domain.ledger import LedgerPosting
from tests.adapters.files.conftest import Refuse, Take
from tests.adapters.files.saf_t_books import Entry, Holder, Row, SafT, payment, purchase, sale
from tests.adapters.files.writers import CLIENT, OTHER

BOOKS = SafT(
    journals=((sale("1", "2026-01-05", "10", 125_000, "1001", kid="0012345678", due="2026-01-19"),),),
    holders=(Holder("10", "Kunde Æøå AS", 0, 125_000),),
)


def _with(text: str, old: str, new: str) -> bytes:
    assert old in text
    return text.replace(old, new).encode()


@pytest.mark.parametrize("version", ["1.10", "1.20", "1.30"])
def test_a_document_of_each_version(take: Take, version: str) -> None:
    content = take(replace(BOOKS, version=version).data())
    assert content.format == "saf-t"
    assert content.is_list
    assert (content.refused, content.doubts) == ((), ())
    assert content.documents == (
        ReportedDocument(
            side=Side.CUSTOMER,
            kind=DocumentKind.INVOICE,
            number="1001",
            counterparty="Kunde Æøå AS",
            amount=125_000,
            remaining=125_000,
            counterparty_orgnr=OTHER,
            counterparty_account="15030000009",
            counterparty_number="10",
            kid="0012345678",
            issue_date=date(2026, 1, 5),
            due_date=date(2026, 1, 19),
            amount_nok=125_000,
        ),
    )


def test_a_supplier_is_paid_on_its_account(take: Take) -> None:
    iban = "<IBANNumber>NO3515030000009</IBANNumber>"
    holder = Holder("20", "Leverandør AS", 0, -5_000, "2400", bank=iban)
    content = take(SafT(((purchase("7", "2026-01-05", "20", 5_000, "F-1"),),), (holder,)).data())
    (document,) = content.documents
    assert (document.side, document.kind, document.remaining) == (Side.SUPPLIER, DocumentKind.INVOICE, 5_000)
    assert (document.payee_account, document.counterparty_account) == ("15030000009", "15030000009")


def test_a_prefixed_namespace_and_other_encodings(take: Take) -> None:
    text = BOOKS.text()
    prefixed = text.replace("<", "<n1:").replace("<n1:/", "</n1:").replace("<n1:?", "<?").replace("xmlns=", "xmlns:n1=")
    assert take(prefixed.encode()).documents == take(BOOKS.data()).documents
    latin = text.replace("UTF-8", "ISO-8859-1").encode("iso-8859-1")
    assert take(latin).documents == take(BOOKS.data()).documents
    wide = text.replace("UTF-8", "UTF-16").encode("utf-16")
    assert take(wide).documents == take(BOOKS.data()).documents


@pytest.mark.parametrize(
    ("account", "mapping", "company", "is_bank"),
    [
        ("1920", "", "", True),
        ("1949", "", "", True),
        ("192001", "", "", True),
        ("1900", "", "", False),
        ("1950", "", "", False),
        ("100120", "<StandardAccountID>1920</StandardAccountID>", "", True),
        ("100120", "<GroupingCategory>RF-1167</GroupingCategory><GroupingCode>1920</GroupingCode>", "", True),
        ("100120", "<StandardAccountID>1500</StandardAccountID>", "", False),
        ("100120", "", "<GeneralLedgerAccountID>100120</GeneralLedgerAccountID>", True),
    ],
)
def test_which_accounts_are_banks(take: Take, account: str, mapping: str, company: str, *, is_bank: bool) -> None:
    accounts = (f"<Account><AccountID>{account}</AccountID>{mapping}</Account>",)
    own = f"<BankAccount><BankAccountNumber>15030000017</BankAccountNumber>{company}</BankAccount>"
    entry = Entry("12", (Row(account, 100_50, text="Innbetalt", reference="A1"), Row("3000", -100_50)))
    content = take(SafT(((entry,),), accounts=accounts, company_extra=own).data())
    expected = LedgerPosting(account, date(2026, 1, 5), 10_050, "J1/12", "1", "Innbetalt", "A1")
    assert content.postings == ((expected,) if is_bank else ())


def test_lines_without_a_number_of_their_own_are_known_apart(take: Take) -> None:
    rows = tuple(Row("1920", amount, record="5") for amount in (100, 200, 300))
    content = take(SafT(((Entry("1", rows),),)).data())
    assert [(posting.amount, posting.line) for posting in content.postings] == [(100, "5"), (200, "5.2"), (300, "5.3")]


def test_the_books_of_another_company(refuse: Refuse) -> None:
    assert refuse(replace(BOOKS, orgnr=OTHER).data()) is Reason.OTHER_BOOKS
    assert refuse(replace(BOOKS, orgnr="").data()) is Reason.FIELD_MISSING


def test_the_number_of_the_vat_register_will_do(take: Take) -> None:
    assert take(replace(BOOKS, orgnr="4711", vat_number=f"{CLIENT}MVA").data()).documents


@pytest.mark.parametrize(
    ("books", "reason"),
    [
        (replace(BOOKS, version="2.0"), Reason.VERSION_NOT_KNOWN),
        (replace(BOOKS, version="1.40"), Reason.VERSION_NOT_KNOWN),
        (replace(BOOKS, currency="EUR"), Reason.CURRENCY_DIFFERS),
        (replace(BOOKS, namespace="urn:StandardAuditFile-Taxation-Financial:DK"), Reason.OTHER_DOCUMENT),
        (replace(BOOKS, namespace=""), Reason.WRONG_NAMESPACE),
    ],
)
def test_files_that_are_refused_whole(refuse: Refuse, books: SafT, reason: Reason) -> None:
    assert refuse(books.data()) is reason


def test_a_file_without_header(refuse: Refuse) -> None:
    text = BOOKS.text()
    before, after = text.index("<Header>"), text.index("</Header>") + len("</Header>")
    assert refuse((text[:before] + text[after:]).encode()) is Reason.FIELD_MISSING


@pytest.mark.parametrize("share", [0.05, 0.4, 0.7, 0.99])
def test_a_file_that_is_cut_off_is_refused_whole(refuse: Refuse, share: float) -> None:
    data = BOOKS.data()
    assert refuse(data[: int(len(data) * share)]) is Reason.XML_TRUNCATED


def test_a_doctype_is_refused(refuse: Refuse) -> None:
    data = BOOKS.text().replace("<AuditFile", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><AuditFile', 1)
    assert refuse(data.encode()) is Reason.HAS_DOCTYPE


def test_broken_lines_are_refused_where_they_stand_and_the_rest_goes_in(take: Take) -> None:
    books = SafT(
        journals=(
            (sale("1", "2026-01-05", "10", 100),),
            (
                sale("2", "2026-01-05", "10", 200, amount_text="1.234,56-"),
                sale("3", "2026-02-30", "10", 300),
                sale("4", "2026-01-05", "10", 400, due="2026-13-01"),
                sale("5", "2026-01-05", "10", 500),
                Entry("6", (Row("", 1), Row("1920", 600))),
            ),
        ),
        holders=(Holder("10", opening=None, closing=None),),
    )
    content = take(books.data())
    journal = "GeneralLedgerEntries/Journal[2]"
    assert [(row.where, row.why) for row in content.refused] == [
        (f"{journal}/Transaction[1]/Line[1]/DebitAmount/Amount", Reason.AMOUNT_NOT_UNDERSTOOD),
        (f"{journal}/Transaction[2]/TransactionDate", Reason.DATE_NOT_UNDERSTOOD),
        (f"{journal}/Transaction[3]/Line[1]/DueDate", Reason.DATE_NOT_UNDERSTOOD),
        (f"{journal}/Transaction[5]/Line[1]/AccountID", Reason.FIELD_MISSING),
    ]
    assert [document.amount for document in content.documents] == [100, 500]
    assert [posting.amount for posting in content.postings] == [600]


def test_a_refused_line_shows_in_the_balance_too(take: Take) -> None:
    books = SafT(
        ((sale("1", "2026-01-05", "10", 100, amount_text="x"), sale("2", "2026-01-05", "10", 200)),),
        (Holder("10", "Kunde AS", 0, 300),),
    )
    content = take(books.data())
    (line,), (balance,) = content.refused, content.doubts
    assert line.where == "GeneralLedgerEntries/Journal[1]/Transaction[1]/Line[1]/DebitAmount/Amount"
    assert (balance.where, balance.why) == ("Customers/Customer[1]", Reason.BALANCE_DIFFERS)
    assert balance.facts == {"counterparty": "Kunde AS", "derived": "2.00", "closing": "3.00"}


def test_a_broken_party_is_known_all_the_same(take: Take) -> None:
    data = _with(BOOKS.text(), "<ClosingDebitBalance>1250.00", "<ClosingDebitBalance>12,50")
    content = take(data)
    assert [(row.where, row.why) for row in content.refused] == [
        ("Customers/Customer[1]/ClosingDebitBalance", Reason.AMOUNT_NOT_UNDERSTOOD)
    ]
    assert content.documents[0].counterparty == "Kunde Æøå AS"


def test_a_party_that_the_master_files_do_not_know(take: Take) -> None:
    (document,) = take(SafT(((sale("1", "2026-01-05", "77", 100, "5"),),)).data()).documents
    assert (document.counterparty, document.counterparty_number) == ("77", "77")


def test_what_is_not_part_of_the_ledger_is_passed_over(take: Take) -> None:
    sources = (
        "<SourceDocuments><SalesInvoices><Invoice><Line><AccountID>1920</AccountID></Line></Invoice></SalesInvoices>"
        "<Payments><Payment><Line><AccountID>1500</AccountID></Line></Payment></Payments></SourceDocuments>"
    )
    content = take(_with(BOOKS.text(), "</AuditFile>", f"{sources}</AuditFile>"))
    assert (len(content.documents), content.postings, content.refused) == (1, (), ())


def test_a_voucher_of_very_many_lines(take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    from kontali_desktop.adapters.files import safe_xml

    monkeypatch.setattr(safe_xml, "_MOST_NODES", 20_000)  # a tenth of what this file has
    rows = tuple(Row("1920", 100) for _ in range(20_000))
    assert len(take(SafT(((Entry("1", rows),),)).data()).postings) == 20_000


def test_payments_show_on_the_bank_with_their_voucher(take: Take) -> None:
    books = SafT(((payment("9", "2026-01-07", "10", 2_500),),), (Holder("10", opening=2_500, closing=0),))
    (posting,) = take(books.data()).postings
    assert (posting.amount, posting.voucher, posting.posting_date) == (2_500, "J1/9", date(2026, 1, 7))


@pytest.mark.parametrize(
    ("number", "country", "found"),
    [
        ("NO 239 454 801 MVA", "NO", "239454801"),
        ("999999999", "NO", ""),
        ("552100554", "FR", ""),
        ("5567037485", "", ""),
        ("", "", ""),
    ],
)
def test_which_numbers_are_organisation_numbers(take: Take, number: str, country: str, found: str) -> None:
    holder = Holder("10", "Kunde AS", 0, 100, orgnr=number, country=country)
    (document,) = take(SafT(((sale("1", "2026-01-05", "10", 100),),), (holder,)).data()).documents
    assert document.counterparty_orgnr == found


@pytest.mark.parametrize("number", ["NA", "ukjent"])
def test_a_bank_account_without_digits_is_none(take: Take, number: str) -> None:
    holder = Holder("10", closing=100, bank=f"<BankAccountNumber>{number}</BankAccountNumber>")
    (document,) = take(SafT(((sale("1", "2026-01-05", "10", 100),),), (holder,)).data()).documents
    assert document.counterparty_account == ""
