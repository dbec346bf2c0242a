"""Open items derived from SAF-T: what settled what, and that the sum is the file's own balance."""

from __future__ import annotations

import pytest

from kontali_desktop.adapters.files.reasons import Reason
from kontali_desktop.domain.documents import DocumentKind
from tests.adapters.files.conftest import Take
from tests.adapters.files.saf_t_books import Entry, Holder, Row, SafT, payment, purchase, remittance, sale

INVOICE, CREDIT_NOTE = DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE
D1, D2, D3, D4 = "2026-01-05", "2026-01-12", "2026-02-02", "2026-03-01"


def _rest(
    take: Take, *entries: Entry, opening: int = 0, account: str = "1500"
) -> dict[tuple[str, str], tuple[int, int]]:
    """(kind, number) to (amount, remaining), of one party whose closing balance is right."""
    rows = [row for entry in entries for row in entry.rows if row.customer or row.supplier]
    closing = opening + sum(row.amount for row in rows if row.account == account)
    books = SafT((entries,), (Holder("10", "Part AS", opening, closing, account),))
    content = take(books.data())
    assert (content.refused, content.doubts) == ((), ())
    sign = {INVOICE: 1, CREDIT_NOTE: -1}
    total = sum(sign[document.kind] * document.remaining for document in content.documents)
    is_foreign = any(document.currency != "NOK" for document in content.documents)
    assert is_foreign or total == (closing if account == "1500" else -closing)
    return {(d.kind, d.number): (d.amount, d.remaining) for d in content.documents}


def test_by_number_before_anything_else(take: Take) -> None:
    found = _rest(
        take,
        sale("1", D1, "10", 1000, "A", kid="77"),
        sale("2", D2, "10", 1000, "B", kid="88"),
        payment("3", D3, "10", 1000, "B", kid="77", cross="A"),
    )
    assert found == {(INVOICE, "A"): (1000, 1000), (INVOICE, "B"): (1000, 0)}


def test_by_kid_before_cross_reference_and_amount(take: Take) -> None:
    found = _rest(
        take,
        sale("1", D1, "10", 1000, "A"),
        sale("2", D2, "10", 1000, "B", kid="88"),
        payment("3", D3, "10", 1000, kid="88", cross="A"),
    )
    assert found == {(INVOICE, "A"): (1000, 1000), (INVOICE, "B"): (1000, 0)}


@pytest.mark.parametrize(
    ("first", "second", "settled"),
    [("", "", "B"), ("m1", "m2", "m2"), ("", "", "2")],
    ids=["number", "mark", "voucher"],
)
def test_by_cross_reference_before_amount(take: Take, first: str, second: str, settled: str) -> None:
    found = _rest(
        take,
        sale("1", D1, "10", 1000, "A", cross=first),
        sale("2", D2, "10", 1000, "B", cross=second),
        payment("3", D3, "10", 1000, cross=settled),
    )
    assert found == {(INVOICE, "A"): (1000, 1000), (INVOICE, "B"): (1000, 0)}


def test_by_source_document_where_there_is_no_number(take: Take) -> None:
    found = _rest(
        take,
        purchase("1", D1, "10", 1000, source="S1"),
        purchase("2", D2, "10", 1000, source="S2"),
        remittance("3", D3, "10", 600, source="S2"),
        account="2400",
    )
    assert found == {(INVOICE, "S1"): (1000, 1000), (INVOICE, "S2"): (1000, 400)}


def test_by_the_same_amount_the_oldest_first(take: Take) -> None:
    found = _rest(
        take,
        sale("1", D1, "10", 1000, "A"),
        sale("2", D2, "10", 700, "B"),
        sale("3", D2, "10", 1000, "C"),
        payment("4", D3, "10", 1000),
    )
    assert found == {(INVOICE, "A"): (1000, 0), (INVOICE, "B"): (700, 700), (INVOICE, "C"): (1000, 1000)}


def test_by_the_amount_of_all_that_was_open(take: Take) -> None:
    found = _rest(
        take,
        sale("1", D1, "10", 1000, "A"),
        sale("2", D2, "10", 700, "B"),
        payment("3", D3, "10", 1700),
        sale("4", D4, "10", 300, "C"),
    )
    assert found == {(INVOICE, "A"): (1000, 0), (INVOICE, "B"): (700, 0), (INVOICE, "C"): (300, 300)}


def test_a_payment_that_nothing_explains_stays_open_beside_the_invoice(take: Take) -> None:
    found = _rest(take, sale("1", D1, "10", 1000, "A"), payment("3", D3, "10", 640))
    assert found == {(INVOICE, "A"): (1000, 1000), (CREDIT_NOTE, "3"): (640, 640)}


def test_what_is_paid_too_much_is_open_the_other_way(take: Take) -> None:
    found = _rest(take, sale("1", D1, "10", 1000, "A"), payment("3", D3, "10", 1200, "A"))
    assert found == {(INVOICE, "A"): (1000, 0), (CREDIT_NOTE, "3"): (1200, 200)}


def test_part_payments(take: Take) -> None:
    found = _rest(
        take, sale("1", D1, "10", 1000, "A"), payment("2", D2, "10", 300, "A"), payment("3", D3, "10", 200, "A")
    )
    assert found == {(INVOICE, "A"): (1000, 500)}


def test_a_fee_or_rounding_in_a_payment_makes_no_credit_note(take: Take) -> None:
    row = Row("1500", -1000, customer="10", reference="A")
    paid = Entry("2", (Row("1920", 980), Row("7770", 20), row), D2)
    assert _rest(take, sale("1", D1, "10", 1000, "A"), paid) == {(INVOICE, "A"): (1000, 0)}


def test_a_write_off_settles(take: Take) -> None:
    lost = Entry("2", (Row("7830", 1000), Row("1500", -1000, customer="10", reference="A")), D4)
    assert _rest(take, sale("1", D1, "10", 1000, "A"), lost) == {(INVOICE, "A"): (1000, 0)}


def test_a_payment_that_is_taken_back_opens_the_invoice_again(take: Take) -> None:
    found = _rest(
        take,
        sale("1", D1, "10", 1000, "A"),
        payment("2", D2, "10", 1000, "A"),
        payment("3", D3, "10", -1000, "A"),
    )
    assert found == {(INVOICE, "A"): (1000, 1000)}


@pytest.mark.parametrize("account", ["1500", "2400"])
def test_a_credit_note_settles_the_invoice_it_refers_to(take: Take, account: str) -> None:
    make = sale if account == "1500" else purchase
    found = _rest(take, make("1", D1, "10", 1000, "A"), make("2", D2, "10", -400, "K1", cross="A"), account=account)
    assert found == {(INVOICE, "A"): (1000, 600), (CREDIT_NOTE, "K1"): (400, 0)}


def test_a_credit_note_tells_what_it_refers_to(take: Take) -> None:
    books = SafT(((sale("1", D1, "10", 1000, "A"), sale("2", D2, "10", -1000, "K1", cross="A")),))
    notes = [document for document in take(books.data()).documents if document.kind is CREDIT_NOTE]
    assert [(note.number, note.refers_to, note.remaining) for note in notes] == [("K1", "A", 0)]


def test_a_credit_note_alone_is_open(take: Take) -> None:
    assert _rest(take, sale("2", D2, "10", -400, "K1")) == {(CREDIT_NOTE, "K1"): (400, 400)}


def test_lines_of_one_invoice_are_one_document(take: Take) -> None:
    rows = (Row("1500", 600, customer="10", reference="A"), Row("1500", 400, customer="10", reference="A"))
    found = _rest(take, Entry("1", (*rows, Row("3000", -1000)), D1))
    assert found == {(INVOICE, "A"): (1000, 1000)}


def test_two_invoices_with_one_number_are_kept_apart(take: Take) -> None:
    found = _rest(
        take,
        sale("1", D1, "10", 1000, "A"),
        sale("2", D2, "10", 700, "A"),
        payment("3", D3, "10", 700, "A"),
    )
    assert found == {(INVOICE, "A"): (1000, 1000), (INVOICE, "A (2)"): (700, 0)}


def test_a_purchase_paid_in_the_same_voucher(take: Take) -> None:
    rows = (Row("6800", 500), Row("2400", -500, supplier="10"), Row("2400", 500, supplier="10"), Row("1920", -500))
    assert _rest(take, Entry("1", rows, D1), account="2400") == {(INVOICE, "1"): (500, 0)}


def test_party_ids_on_other_lines_of_a_sale_are_no_items(take: Take) -> None:
    rows = (Row("1500", 500, customer="10", reference="A"), Row("3000", -500, customer="10", reference="A"))
    assert _rest(take, Entry("1", rows, D1)) == {(INVOICE, "A"): (500, 500)}


def test_an_opening_balance_is_one_item_that_payments_of_earlier_invoices_settle(take: Take) -> None:
    found = _rest(
        take,
        payment("1", D1, "10", 1000, "OLD"),
        sale("2", D1, "10", 1000, "A"),
        sale("3", D1, "10", 50, "B"),
        payment("4", D2, "10", 50, "B"),
        opening=3000,
    )
    assert found[INVOICE, "inngående saldo"] == (3000, 2000)
    assert found[INVOICE, "A"] == (1000, 1000)


def test_an_opening_balance_that_is_paid_as_it_is(take: Take) -> None:
    found = _rest(take, sale("1", D1, "10", 700, "A"), payment("2", D2, "10", 3000), opening=3000)
    assert found == {(INVOICE, "inngående saldo"): (3000, 0), (INVOICE, "A"): (700, 700)}


def test_an_opening_balance_in_the_partys_favour(take: Take) -> None:
    found = _rest(take, sale("1", D1, "10", 700, "A"), opening=-300)
    assert found == {(CREDIT_NOTE, "inngående saldo"): (300, 300), (INVOICE, "A"): (700, 700)}


def test_an_opening_balance_whose_invoices_are_among_the_lines(take: Take) -> None:
    earlier = Entry("0", (Row("1500", 3000, customer="10", reference="OLD"), Row("2050", -3000)), "2026-01-01")
    content = take(SafT(((earlier,),), (Holder("10", "Part AS", 3000, 3000),)).data())
    assert (content.refused, content.doubts) == ((), ())
    assert [(document.number, document.remaining) for document in content.documents] == [("OLD", 3000)]


@pytest.mark.parametrize(("closing", "derived"), [(5000, "10.00"), (0, "10.00")])
def test_a_balance_that_does_not_agree_is_told_with_both_figures(take: Take, closing: int, derived: str) -> None:
    content = take(SafT(((sale("1", D1, "10", 1000, "A"),),), (Holder("10", "Part AS", 3000, closing),)).data())
    assert content.refused == ()
    (row,) = content.doubts
    assert (row.where, row.why) == ("Customers/Customer[1]", Reason.BALANCE_DIFFERS)
    assert row.facts == {"counterparty": "Part AS", "derived": derived, "closing": f"{closing // 100}.00"}
    assert [document.number for document in content.documents] == ["A"]


def test_an_opening_balance_that_no_closing_balance_proves(take: Take) -> None:
    content = take(SafT(((sale("1", D1, "10", 1000, "A"),),), (Holder("10", "Part AS", 3000, None),)).data())
    assert [row.why for row in content.refused] == [Reason.FIELD_MISSING]
    assert [document.number for document in content.documents] == ["A"]


def test_several_balance_accounts_of_one_party(take: Take) -> None:
    second = (
        "<BalanceAccount><AccountID>1510</AccountID><OpeningDebitBalance>0</OpeningDebitBalance>"
        "<ClosingDebitBalance>7.00</ClosingDebitBalance></BalanceAccount></Customer>"
    )
    row = Row("1510", 700, customer="10", reference="B")
    books = SafT(
        ((sale("1", D1, "10", 1000, "A"), Entry("2", (row, Row("3000", -700)))),), (Holder("10", "Part AS", 0, 1000),)
    )
    content = take(books.text().replace("</Customer>", second).encode())
    assert (content.refused, content.doubts) == ((), ())
    assert {document.number: document.remaining for document in content.documents} == {"A": 1000, "B": 700}


def test_currency_is_open_in_its_own_amount(take: Take) -> None:
    found = _rest(
        take,
        sale("1", D1, "10", 110_000, "A", currency="EUR", own_amount="100.00"),
        sale("2", D1, "10", 220_000, "B", currency="EUR", own_amount="200.00"),
        payment("3", D2, "10", 55_000, "A", currency="EUR", own_amount="50.00"),
        payment("4", D2, "10", 110_000, "B"),
    )
    assert found == {(INVOICE, "A"): (10_000, 5_000), (INVOICE, "B"): (20_000, 10_000)}


def test_currency_tells_what_it_was_booked_at(take: Take) -> None:
    entry = sale("1", D1, "10", 110_000, "A", currency="EUR", own_amount="100.00")
    (document,) = take(SafT(((entry,),)).data()).documents
    assert (document.currency, document.amount, document.amount_nok) == ("EUR", 10_000, 110_000)


def _agio(amount: int) -> Entry:
    return Entry("4", (Row("1500", amount, customer="10", reference="A"), Row("8060", -amount)), D2)


def test_an_exchange_difference_that_is_posted_leaves_nothing(take: Take) -> None:
    books = SafT(
        (
            (
                sale("1", D1, "10", 110_000, "A", currency="EUR", own_amount="100.00"),
                payment("3", D2, "10", 115_000, "A", currency="EUR", own_amount="100.00"),
                _agio(5_000),
            ),
        ),
        (Holder("10", "Part AS", 0, 0),),
    )
    content = take(books.data())
    assert (content.refused, content.doubts) == ((), ())
    assert {d.number: d.remaining for d in content.documents if d.remaining} == {}


def test_an_exchange_difference_that_is_not_posted_is_told(take: Take) -> None:
    books = SafT(
        (
            (
                sale("1", D1, "10", 110_000, "A", currency="EUR", own_amount="100.00"),
                payment("3", D2, "10", 105_000, "A", currency="EUR", own_amount="100.00"),
            ),
        ),
        (Holder("10", "Part AS", 0, 5_000),),
    )
    content = take(books.data())
    assert [row.facts["closing"] for row in content.doubts] == ["50.00"]
    assert content.refused == ()
    assert [document.remaining for document in content.documents] == [0]


def test_a_line_without_party_belongs_to_the_one_whose_invoice_it_names(take: Take) -> None:
    paid = Entry("2", (Row("2400", 1000, cross="F-1"), Row("1920", -1000)), D2)
    books = SafT(((purchase("1", D1, "20", 1000, "F-1"), paid),), (Holder("20", "Leverandør AS", 0, 0, "2400"),))
    content = take(books.data())
    assert (content.refused, content.doubts) == ((), ())
    assert [(document.number, document.remaining) for document in content.documents] == [("F-1", 0)]


def test_a_control_account_without_any_party(take: Take) -> None:
    account = (
        "<Account><AccountID>1500</AccountID><AccountDescription>Kundefordringer</AccountDescription>"
        "<OpeningDebitBalance>0</OpeningDebitBalance><ClosingDebitBalance>4.00</ClosingDebitBalance></Account>"
    )
    entries = (
        Entry("1", (Row("1500", 1000, reference="A"), Row("3000", -1000))),
        Entry("2", (Row("1920", 600), Row("1500", -600, reference="A"))),
    )
    content = take(SafT((entries,), accounts=(account,)).data())
    assert (content.refused, content.doubts) == ((), ())
    (document,) = content.documents
    assert (document.counterparty, document.number, document.remaining) == ("Kundefordringer", "A", 400)


@pytest.mark.parametrize("orgnrs", [("", ""), ("210000007", "210000007"), ("", "210000007")])
def test_two_customers_of_one_name_keep_their_own_documents(take: Take, orgnrs: tuple[str, str]) -> None:
    entries = (sale("1", D1, "10", 1000, "A"), sale("2", D1, "11", 500, "A"))
    holders = (
        Holder("10", "Ola Nordmann", 300, 1300, orgnr=orgnrs[0]),
        Holder("11", "Ola Nordmann", 400, 900, orgnr=orgnrs[1]),
    )
    content = take(SafT((entries,), holders).data())
    assert (content.refused, content.doubts) == ((), ())
    assert [(document.number, document.remaining) for document in content.documents] == [
        ("inngående saldo", 300),
        ("A", 1000),
        ("inngående saldo (11)", 400),
        ("A (2)", 500),
    ]


def test_a_party_that_stands_there_once_for_each_of_its_accounts(take: Take) -> None:
    row = Row("1510", 700, customer="10", reference="B")
    entries = (sale("1", D1, "10", 1000, "A"), Entry("2", (row, Row("3000", -700))))
    holders = (Holder("10", "Part AS", 0, 1000), Holder("10", "Part AS", 0, 700, account="1510"))
    content = take(SafT((entries,), holders, version="1.20").data())
    assert (content.refused, content.doubts) == ((), ())
    assert sum(document.remaining for document in content.documents) == 1700


def test_one_number_three_times_in_one_voucher_of_two_journals(take: Take) -> None:
    voucher = sale("1", D1, "10", 1000, "A")
    content = take(SafT(((voucher,), (voucher,), (voucher,))).data())
    assert [document.number for document in content.documents] == ["A", "A (1)", "A (J3/1/1)"]


def test_what_is_paid_in_the_voucher_itself_is_settled_by_it(take: Take) -> None:
    def bought(number: str) -> Entry:
        rows = (Row("2400", -500, supplier="10"), Row("2400", 300, supplier="10"), Row("1920", -300))
        return Entry(number, (Row("6800", 500), *rows), D1)

    found = _rest(take, bought("1"), purchase("2", D1, "10", 300, "B"), account="2400")
    assert found == {(INVOICE, "1"): (500, 200), (INVOICE, "B"): (300, 300)}


def test_a_payment_that_nothing_else_explains_settles_of_the_opening_balance(take: Take) -> None:
    found = _rest(take, sale("1", D1, "10", 900, "A"), payment("2", D2, "10", 700), opening=3000)
    assert found == {(INVOICE, "inngående saldo"): (3000, 2300), (INVOICE, "A"): (900, 900)}


def test_a_payment_taken_back_with_a_fee_is_no_invoice(take: Take) -> None:
    back = Entry("3", (Row("1500", 1000, customer="10", reference="A"), Row("7770", 20), Row("1920", -1020)), D3)
    found = _rest(take, sale("1", D1, "10", 1000, "A"), payment("2", D2, "10", 1000, "A"), back)
    assert found == {(INVOICE, "A"): (1000, 1000)}


def test_rounding_settles_without_a_credit_note(take: Take) -> None:
    rounded = Entry("2", (Row("2400", 40, supplier="10", reference="A"), Row("7740", -40)), D2)
    found = _rest(take, purchase("1", D1, "10", 1040, "A"), rounded, account="2400")
    assert found == {(INVOICE, "A"): (1040, 1000)}
