"""Field by field: what each side says, and the verdict between them."""

from __future__ import annotations

from datetime import timedelta

from pytestqt.qtbot import QtBot

from kontali_desktop.domain.bank import ReportedTransaction
from kontali_desktop.domain.documents import ReportedDocument
from kontali_desktop.services.listings import Listings
from kontali_desktop.ui.review.detail import Detail, make_detail
from kontali_desktop.ui.widgets.detail_grid import DetailRow, Verdict
from kontali_desktop.ui.widgets.paint import plain
from tests.services.conftest import Office
from tests.support import DAY, account_number, invoice, payment
from tests.ui.program import wording


def detail_of(office: Office, line: ReportedTransaction, *documents: ReportedDocument) -> Detail:
    """What the pane shows of a line that has just come, with the office's own documents."""
    client = office.client()
    office.receive(office.account(client), line)
    office.hold(client, *documents)
    office.propose.run()
    items = {item.id: item for item in office.everything()}
    item = next(iter(items.values()))
    return make_detail(item, None, Listings(office.storage).load_open_items(), wording())


def row(detail: Detail, label: str) -> DetailRow:
    return next(row for row in detail.rows if row.label == label)


def said(row: DetailRow) -> tuple[str, str, str]:
    return plain(row.left), row.verdict.value, plain(row.right)


def test_what_agrees_is_equal_and_marked(office: Office, qtbot: QtBot) -> None:
    kid = "1000900104505"
    detail = detail_of(
        office,
        payment(6_875_00, "Faktura 10450", "Loke Trykk ASA", kid=kid),
        invoice("10450", 6_875_00, "Loke Trykk ASA", kid=kid),
    )
    for label, value in (("Beløp", "6\u00a0875,00"), ("Motpart", "Loke Trykk ASA"), ("KID", kid)):
        assert said(row(detail, label)) == (value, "=", value)
        assert all(run.marked for run in row(detail, label).left + row(detail, label).right)
        assert row(detail, label).spoken == "likt"
    assert said(row(detail, "Dato")) == ("12.02.2026", "=", "forfall 12.02.2026")
    assert [run.text for run in row(detail, "Tekst").left if run.marked] == ["10450"]
    assert said(row(detail, "Konto"))[1] == "–"
    assert plain(row(detail, "Rest").left) == "0,00 etter kobling"
    assert detail.can_accept
    assert detail.evidence[0].share == 1


def test_what_differs_is_said_by_sign_and_word(office: Office, qtbot: QtBot) -> None:
    detail = detail_of(
        office,
        payment(6_875_00, "Faktura 10450", "Kari Hansen"),
        invoice(
            "10450",
            6_875_00,
            "Loke Trykk ASA",
            due_date=DAY - timedelta(days=13),
            counterparty_account=account_number(9),
            kid="1000900104505",
        ),
    )
    assert row(detail, "Motpart").verdict is Verdict.DIFFERENT
    assert row(detail, "Motpart").spoken == "ulikt"
    assert said(row(detail, "Dato")) == ("12.02.2026", "≈", "forfall 30.01.2026 · 13 dager etter")
    assert said(row(detail, "KID")) == ("ikke oppgitt", "–", "1000900104505")


def test_a_part_payment_says_what_is_left_on_the_invoice(office: Office, qtbot: QtBot) -> None:
    detail = detail_of(
        office, payment(1_000_00, "Faktura 10450", "Loke Trykk ASA"), invoice("10450", 6_875_00, "Loke Trykk ASA")
    )
    assert plain(row(detail, "Rest").right) == "5\u00a0875,00 igjen på 10450"


def test_without_a_proposal_only_the_banks_side_speaks(office: Office, qtbot: QtBot) -> None:
    detail = detail_of(office, payment(-49_00, "EASYPARK"))
    assert all(row.verdict is Verdict.NONE and not row.right for row in detail.rows)
    assert not detail.can_accept
    assert detail.no_alternatives == "Ingenting blant de åpne postene passer"


def test_several_combinations_are_listed(office: Office, qtbot: QtBot) -> None:
    detail = detail_of(
        office,
        payment(4_999_00, "takk", "Kari Hansen"),
        invoice("3087", 4_999_00, "Kari Hansen"),
        invoice("3088", 4_999_00, "Kari Hansen"),
    )
    assert len(detail.alternatives) == 1
    assert plain(detail.alternatives[0].title).startswith("308")
    assert detail.alternatives[0].amount == "4\u00a0999,00"


def test_fields_stand_always_in_the_same_order(office: Office, qtbot: QtBot) -> None:
    detail = detail_of(office, payment(-49_00, "EASYPARK"))
    assert [row.label for row in detail.rows] == ["Beløp", "Dato", "Motpart", "Referanse", "Konto", "Tekst", "Rest"]


def test_a_kid_whose_check_digit_differs_is_marked_on_its_side(office: Office, qtbot: QtBot) -> None:
    wrong = "1000900104509"
    detail = detail_of(
        office,
        payment(6_875_00, "Faktura 10450", "Loke Trykk ASA", kid=wrong),
        invoice("10450", 6_875_00, "Loke Trykk ASA", kid="1000900104505"),
    )
    kid = row(detail, "KID")
    assert said(kid) == (f"{wrong} !", "≠", "1000900104505")
    assert kid.note == "Kontrollsifferet stemmer ikke"


def own_transfer(office: Office, counterparty: str) -> Detail:
    """Money that left one of the client's accounts for another, as the bank names the other side."""
    client = office.client()
    office.receive(office.account(client), payment(-250_000_00, "Overføring", counterparty))
    office.receive(office.account(client, 2, "1921"), payment(250_000_00, "Overføring", counterparty))
    office.propose.run()
    out, back = sorted(office.everything(), key=lambda item: item.transaction.reported.amount)
    assert out.proposal is not None
    assert out.proposal.counter_transaction == back.id
    return make_detail(out, back, {}, wording())


def test_an_own_account_is_no_stranger_whatever_the_bank_calls_it(office: Office, qtbot: QtBot) -> None:
    party = row(own_transfer(office, "Sparekonto bedrift"), "Motpart")
    assert said(party) == ("Sparekonto bedrift", "", "Klient 1 AS")


def test_an_own_account_in_the_company_s_name_agrees(office: Office, qtbot: QtBot) -> None:
    detail = own_transfer(office, "KLIENT 1 AS")
    assert said(row(detail, "Motpart")) == ("KLIENT 1 AS", "=", "Klient 1 AS")
    assert [r.label for r in detail.rows if r.verdict is Verdict.DIFFERENT] == []


def test_an_own_account_that_the_bank_does_not_name(office: Office, qtbot: QtBot) -> None:
    assert said(row(own_transfer(office, ""), "Motpart")) == ("ikke oppgitt", "", "Klient 1 AS")


def test_a_direct_posting_has_nothing_to_compare_but_its_account_and_vat_code(office: Office, qtbot: QtBot) -> None:
    detail = detail_of(office, payment(-49_00, "Gebyr nettbank"))
    assert detail.can_accept
    assert said(row(detail, "Beløp")) == ("−49,00", "", "−49,00")
    assert plain(row(detail, "Tekst").right) == "7770 Bank- og kortgebyr · mva-kode 0"
    for label in ("Dato", "Motpart", "Referanse", "Konto"):
        assert said(row(detail, label))[1:] == ("", "")
