"""Bank tables met less often: other generations of the same banks, nynorsk, neighbours, cards and money apps."""

from __future__ import annotations

from datetime import date

import pytest

from kontali_desktop.adapters.files.reasons import Reason
from kontali_desktop.domain.bank import BookingStatus, ReportedTransaction
from tests.adapters.files.conftest import Refuse, Take

OWN, THEIRS = "15030000029", "15031234562"
DAY = date(2026, 9, 3)
EIKA_NYNORSK = (
    "Betalingstidspunkt;Bokført dato;Valuteringsdato;Skildring;Type;Undertype;Frå konto;Avsendar;Til konto;"
    "Mottakarnamn;Beløp inn;Beløp ut;Valuta;Status;Melding/KID/Fakt.nr;eFaktura;eFaktura eier;eFaktura type;Melding;"
    "KID;Faktura nr."
)
REVOLUT = "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance"
REVOLUT_BUSINESS = (
    "Date started (UTC),Date completed (UTC),ID,Type,State,Description,Reference,Payer,Orig currency,Orig amount,"
    "Payment currency,Amount,Total amount,Exchange rate,Fee,Fee currency,Balance,Account,Beneficiary IBAN"
)
WISE = (
    "TransferWise ID,Date,Amount,Currency,Description,Payment Reference,Running Balance,Exchange From,Exchange To,"
    "Exchange Rate,Payer Name,Payee Name,Payee Account Number,Merchant,Total fees"
)


def lines_of(take: Take, header: str, *rows: str) -> list[ReportedTransaction]:
    content = take("\r\n".join([header, *rows]).encode())
    assert (content.format, content.refused) == ("bank-csv", ())
    return [line for statement in content.statements for line in statement.transactions]


LAYOUTS = {
    "danske-companies": (
        "Bokført dato;Rentedato;Tekst;Beløp i NOK;Bokført saldo i NOK;Status;",
        ["03.09.2026;03.09.2026;Gebyr;-1.234,50;1,00;Utført;", "03.09.2026;03.09.2026;Kunde;35,80;2,00;Utført;"],
    ),
    "danske-with-categories": (
        "Dato;Kategori;Underkategori;Tekst;Beløp;Saldo;Status;Avstemt",
        ["03.09.2026;Mat;;Gebyr;-1.234,50;1,00;Utført;Nei", "03.09.2026;;;Kunde;35,80;2,00;Utført;Nei"],
    ),
    "dnb-companies-with-balances": (
        "Konto;Kontonavn;Inngående saldo;Utgående saldo;Bokført dato;Forklarende tekst;Ut;Inn",
        [f"{OWN};Drift;1;2;2026-09-03;Gebyr;1234.50;", f"{OWN};Drift;1;2;2026-09-03;Kunde;;35.80"],
    ),
    "dnb-older": (
        "Dato;Forklaring;Rentedato;Uttak fra konto;Innskudd på konto",
        ["03.09.2026;Gebyr;03.09.2026;1 234,50;", "03.09.2026;Kunde;03.09.2026;;35,80"],
    ),
    "dnb-mastercard": (
        "Dato;Beløpet gjelder;Valuta;Kurs;Inn;Ut",
        ["03.09.2026;Gebyr;USD 12;10;;1234,50", "03.09.2026;Kunde;;;35,80;"],
    ),
    "sbanken-companies": (
        '"Inngående saldo 01.09.2026";"1,00"\n"Utgående saldo";"2,00"\n"Bokført";"Rentedato";"Beskrivelse";"Beløp"',
        ['"03.09.2026";"03.09.2026";"Gebyr";"-1234,50"', '"03.09.2026";"03.09.2026";"Kunde";"35,80"'],
    ),
    "sparebanken-norge": (
        "Dato;Type;Beskrivelse;Beløp",
        ['03.09.2026;;="Gebyr";-1234,5', '03.09.2026;;="Kunde";35,8'],
    ),
    "tabs": (
        "Dato\tForklaring\tUt av konto\tInn på konto",
        ["03.09.2026\tGebyr\t1234,50", "03.09.2026\tKunde\t\t35,80"],
    ),
    "nordea-sweden": (
        "Bokföringsdag;Belopp;Avsändare;Mottagare;Namn;Rubrik;Saldo;Valuta",
        ["2026/09/03;-1234,50;1709 20 72840;;;Gebyr;1,00;SEK", "2026/09/03;35,80;;1709 20 72840;;Kunde;2,00;SEK"],
    ),
    "nordea-denmark": (
        "\ufeffBogføringsdato;Beløb;Afsender;Modtager;Navn;Beskrivelse;Saldo;Valuta;Afstemt;",
        ["03-09-2026;-1234,50;123;;;Gebyr;1;DKK;;", "03-09-2026;35,80;;123;;Kunde;2;DKK;;"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout(take: Take, layout: str) -> None:
    header, rows = LAYOUTS[layout]
    first, second = lines_of(take, header, *rows)
    assert [(x.booking_date, x.amount, x.text) for x in (first, second)] == [
        (DAY, -123_450, "Gebyr"),
        (DAY, 3580, "Kunde"),
    ]
    assert first.status is BookingStatus.BOOKED


def test_eika_in_nynorsk(take: Take) -> None:
    rows = [
        f"03.09.2026;03.09.2026;04.09.2026;Kunde;;;{THEIRS};K AS;{OWN};Vi;35.8;;NOK;Bokført;;;;;Faktura 9;12345678;9",
        f"04.09.2026;;;Butikk;Varekjøp;;{OWN};Vi;;;;-112.00;NOK;;;;;;;;",
    ]
    booked, made = lines_of(take, EIKA_NYNORSK, *rows)
    assert (booked.amount, booked.kid, booked.counterparty, booked.value_date) == (
        3580, "12345678", "K AS", date(2026, 9, 4),
    )  # fmt: skip
    assert booked.text == "Kunde Faktura 9"
    assert (made.status, made.booking_date, made.amount) == (BookingStatus.PENDING, None, -11_200)


def test_revolut_takes_its_fee_from_the_account_too(take: Take) -> None:
    rows = [
        "Transfer,Current,2026-09-02 10:00:00,2026-09-03 12:40:58,To A,-100.00,0.50,EUR,COMPLETED,899.50",
        "Card Payment,Current,2026-09-03 10:00:00,,Shop,-5.00,0.00,EUR,PENDING,",
        "Card Payment,Current,2026-09-03 10:00:00,,Hotel,-70.00,0.00,EUR,REVERTED,",
        'Topup,Current,2026-09-03 10:00:00,2026-09-03 10:00:00,"From ""B"", C",250.00,0.00,NOK,COMPLETED,350.00',
    ]
    out, pending, more = lines_of(take, REVOLUT, *rows)
    assert (out.booking_date, out.amount, out.currency, out.balance_after) == (DAY, -10_050, "EUR", 89_950)
    assert (pending.status, pending.amount) == (BookingStatus.PENDING, -500)
    assert (more.text, more.amount, more.currency) == ('From "B", C', 25_000, "NOK")


def test_revolut_for_companies(take: Take) -> None:
    row = (
        "2026-09-02,2026-09-03,id-1,TRANSFER,COMPLETED,To A,Faktura 9,,EUR,-100.00,EUR,-100.00,-100.20,,0.20,EUR,"
        "899.80,EUR Main,DE89370400440532013000"
    )
    (line,) = lines_of(take, REVOLUT_BUSINESS, row)
    assert (line.amount, line.text, line.entry_reference) == (-10_020, "To A Faktura 9", "id-1")
    assert line.counterparty_account == "DE89370400440532013000"


def test_wise(take: Take) -> None:
    rows = [
        "CARD-1,03-09-2026,-4.99,EUR,Card transaction,,146.65,,,,,,,Shop,0",
        "TRANSFER-2,03-09-2026,50.00,EUR,Received money,Faktura 9,151.64,,,,Kunde AS,,,,0",
    ]
    out, money_in = lines_of(take, WISE, *rows)
    assert (out.booking_date, out.amount, out.entry_reference) == (DAY, -499, "CARD-1")
    assert (money_in.counterparty, money_in.text, money_in.balance_after) == (
        "Kunde AS", "Received money Faktura 9", 15_164,
    )  # fmt: skip


@pytest.mark.parametrize(
    "header",
    [
        "Bokføringsdato;Bilagsnr;Beskrivelse;Beløp;Saldo",
        "Dato;Fakturanr;Tekst;Beløp;Saldo",
        "Dato;Tekst;Beløp;Mva",
        "Dato;Tekst;Beløp;Saldo;Prosjekt",
        "Dato;Beskrivelse;Inn;Ut;Bilag",
        "Dato;Tekst;Beløp;Saldo",
        "Dato;Beskrivelse;Beløp;Saldo",
        "Dato;Tekst;Inn;Ut;Saldo",
        "Dato;Tekst;Innbetaling;Utbetaling;Saldo",
        "Bokført;Tekst;Beløp;Saldo",
        "Bokføringsdato;Rentedato;Tekst;Beløp;Saldo;Referanse",
    ],
)
def test_a_ledger_is_not_taken_for_a_bank(refuse: Refuse, header: str) -> None:
    row = ";".join(["03.09.2026", "1", "2,00", "3", "4"][: header.count(";") + 1])
    assert refuse(f"{header}\n{row}".encode()) is Reason.MAPPING_NEEDED


@pytest.mark.parametrize("lost", ["?", "\ufffd", "a\u030a"])
def test_headings_whose_letters_are_lost_or_in_two_pieces(take: Take, lost: str) -> None:
    text = "Dato;Forklaring;Rentedato;Ut fra konto;Inn på konto\n03.09.2026;Kjøp;;;35,80".replace("å", lost)
    (line,) = take(text.encode()).statements[0].transactions
    assert line.amount == 3580


def test_what_old_programs_fill_up_their_files_with(take: Take) -> None:
    text = "Dato;Forklaring;Rentedato;Ut fra konto;Inn på konto\n03.09.2026;Kjøp;;;35,80\n\x1a" + "\0" * 99
    content = take(text.encode())
    assert (len(content.statements[0].transactions), content.refused) == (1, ())
