"""Banks' own tables: each known layout, whatever the order, encoding and style; and what becomes no transaction."""

from __future__ import annotations

import random
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontali_desktop.adapters.files.reader import FormatReader
from kontali_desktop.adapters.files.reasons import Reason
from kontali_desktop.domain.bank import BookingStatus, ReportedTransaction
from kontali_desktop.services.ports import FileContent
from tests.adapters.files.conftest import Read, Take

OWN, THEIRS = "15030000029", "15031234562"
BOOKED, PENDING = BookingStatus.BOOKED, BookingStatus.PENDING
DAY, VALUE = date(2026, 9, 3), date(2026, 9, 4)

DNB = "Dato;Forklaring;Rentedato;Ut fra konto;Inn på konto"
NORDEA = "Bokføringsdato;Beløp;Avsender;Mottaker;Navn;Tittel;Valuta;Betalingstype"
SPAREBANK1 = "Dato;Beskrivelse;Rentedato;Inn;Ut;Til konto;Fra konto;"
HANDELSBANKEN = (
    "Utført dato;Bokført dato;Rentedato;Beskrivelse;Type;Undertype;Fra konto;Avsender;Til konto;Mottakernavn;"
    "Beløp inn;Beløp ut;Valuta;Status;Melding/KID/Fakt.nr"
)

LAYOUTS = {
    "dnb": (
        DNB,
        ["03.09.2026;Gebyr;04.09.2026;1.234,50;", "03.09.2026;Kunde;04.09.2026;;35,8"],
        ["Gebyr", "Kunde"],
    ),
    "dnb-older": (
        "Dato;Forklaring;Rentedato;Uttak;Innskudd",
        ['"03.09.2026";"Gebyr";"04.09.2026";"1234.5";""', '"03.09.2026";"Kunde";"04.09.2026";"";"35.8"'],
        ["Gebyr", "Kunde"],
    ),
    "dnb-companies": (
        "Bokført dato;Rentedato;Forklarende tekst;Transaksjonstype;Ut;Inn;Arkivref.;Referanse",
        ["03.09.2026;04.09.2026;Gebyr;Pris;-1234,50;;9;", "03.09.2026;04.09.2026;Kunde;;;35,80;8;"],
        ["Gebyr Pris", "Kunde"],
    ),
    "sbanken": (
        "BOKFØRINGSDATO;RENTEDATO;ARKIVREFERANSE;TYPE;TEKST;UT FRA KONTO;INN PÅ KONTO",
        ["2026-09-03;2026-09-04;9;GEBYR;Gebyr;1 234,50;", "2026-09-03;2026-09-04;8;GIRO;Kunde;;35,80"],
        ["Gebyr GEBYR", "Kunde GIRO"],
    ),
    "sparebank1": (
        SPAREBANK1,
        [
            f'"03.09.2026";"Gebyr";"04.09.2026";;"-1234,50";"{THEIRS}";"{OWN}";',
            f"03.09.2026;Kunde;04.09.2026;35,80;;{OWN};{THEIRS};",
        ],
        ["Gebyr", "Kunde"],
    ),
    "nordea": (
        f"{NORDEA};Rentedato;Saldo",
        [
            f"2026/09/03;-1234,50;1503.00.00029;{THEIRS};;Gebyr;NOK;;2026/09/04;5",
            f"2026/09/03;35,80;;{OWN};;Kunde;NOK;;2026/09/04;5",
        ],
        ["Gebyr", "Kunde"],
    ),
    "nordea-english": (
        "Booking date;Amount;Sender;Recipient;Name;Title;Balance;Currency;Payment type;Rentedato",
        [f"2026/09/03;-1234.50;{OWN};;;Gebyr;5;NOK;;2026/09/04", f"2026/09/03;35.80;;{OWN};;Kunde;5;NOK;;2026/09/04"],
        ["Gebyr", "Kunde"],
    ),
    "handelsbanken": (
        HANDELSBANKEN,
        [
            f"01.09.2026;03.09.2026;04.09.2026;Gebyr;Pris;;{OWN};Vi;{THEIRS};Banken;;-1234.5;NOK;Bokført;Gebyr",
            f"01.09.2026;03.09.2026;04.09.2026;Kunde;Giro;;{THEIRS};K AS;{OWN};Vi;35.8;;NOK;Bokført;KID 12",
        ],
        ["Gebyr", "Kunde KID 12"],
    ),
    "handelsbanken-older": (
        "Reskontrodato;Transaksjonsdato;Tekst;Beløp;Saldo;Rentedato",
        [
            "2026-09-03;2026-09-01;Gebyr;-1 234,50;9 836,20;2026-09-04",
            "2026-09-03;2026-09-01;Kunde;35,80;9 872,00;2026-09-04",
        ],
        ["Gebyr", "Kunde"],
    ),
    "bulder": (
        "Dato;Inn på konto;Ut fra konto;Til konto;Til kontonummer;Fra konto;Fra kontonummer;Type;Tekst",
        [
            f"2026-09-03;;-1234,50;Banken;{THEIRS};Vi;{OWN};;Gebyr",
            f"2026-09-03;35,80;;Vi;{OWN};K AS;{THEIRS};;Kunde",
        ],
        ["Gebyr", "Kunde"],
    ),
    "danske": (
        "Dato;Tekst;Beløp;Saldo;Status;Avstemt",
        ["03.09.2026;Gebyr;-1.234,50;1,00;Utført;Nei", "03.09.2026;Kunde;35,80;2,00;Utført;Nei"],
        ["Gebyr", "Kunde"],
    ),
}  # fmt: skip


def lines_of(content: FileContent) -> list[ReportedTransaction]:
    return [line for statement in content.statements for line in statement.transactions]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_banks_layout(take: Take, layout: str, encoding: str) -> None:
    header, rows, texts = LAYOUTS[layout]
    content = take("\r\n".join([header, *rows]).encode(encoding))
    assert (content.format, content.refused) == ("bank-csv", ())
    lines = lines_of(content)
    assert [(line.booking_date, line.amount, line.text) for line in lines] == [
        (DAY, -123_450, texts[0]),
        (DAY, 3580, texts[1]),
    ]
    value = VALUE if "Rentedato" in header or "RENTEDATO" in header else None
    assert {line.value_date for line in lines} <= {value, None}
    assert {line.status for line in lines} == {BOOKED}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_order_of_the_columns_never_matters(take: Take, layout: str) -> None:
    header, rows, _ = LAYOUTS[layout]
    table = [line.replace('"', "").rstrip(";").split(";") for line in (header, *rows)]
    width = max(len(row) for row in table)
    table = [row + [""] * (width - len(row)) for row in table]
    expected = take("\n".join(";".join(row) for row in table).encode())
    order = list(range(width))
    random.Random(7).shuffle(order)
    found = take("\n".join("\t".join(row[column] for column in order) for row in table).encode())

    def plain(content: FileContent) -> list[ReportedTransaction]:
        return [replace(line, raw="", text=" ".join(sorted(line.text.split()))) for line in lines_of(content)]

    assert plain(found) == plain(expected)


@pytest.mark.parametrize(
    ("layout", "accounts", "others"),
    [
        ("sparebank1", [OWN], [THEIRS, THEIRS]),
        ("nordea", [OWN], [THEIRS, ""]),
        ("handelsbanken", [OWN], [THEIRS, THEIRS]),
        ("bulder", [OWN], [THEIRS, THEIRS]),
        ("dnb", [""], ["", ""]),
    ],
)
def test_the_own_account_is_the_one_that_pays_out(
    take: Take, layout: str, accounts: list[str], others: list[str]
) -> None:
    header, rows, _ = LAYOUTS[layout]
    content = take("\n".join([header, *rows]).encode())
    assert [statement.account_number for statement in content.statements] == accounts
    assert [line.counterparty_account for line in lines_of(content)] == others


@pytest.mark.parametrize("layout", ["handelsbanken", "bulder"])
def test_names_of_the_other_side(take: Take, layout: str) -> None:
    header, rows, _ = LAYOUTS[layout]
    assert [line.counterparty for line in lines_of(take("\n".join([header, *rows]).encode()))] == ["Banken", "K AS"]


def test_a_row_without_account_belongs_to_the_only_one(take: Take) -> None:
    rows = [f"03.09.2026;A;;;-1;{THEIRS};{OWN}", "03.09.2026;Gebyr;;;-3;;"]
    (statement,) = take("\n".join([SPAREBANK1, *rows]).encode()).statements
    assert (statement.account_number, len(statement.transactions)) == (OWN, 2)


@pytest.mark.parametrize("number", ["1503.00.00029", "1503 00 00029", "NO62 1503 0000 029", "15030000029"])
def test_the_account_above_the_headings(take: Take, number: str) -> None:
    text = (
        f"Kontoutskrift;;;;\n\nKonto: {number} Drift;;;;\nPeriode;01.09.2026-30.09.2026;;;\n{DNB}\n03.09.2026;A;;1;\n"
    )
    (statement,) = take(text.encode()).statements
    assert (statement.account_number, len(statement.transactions)) == (OWN, 1)


def test_a_column_of_accounts_and_currencies_gives_several_statements(take: Take) -> None:
    rows = [f"03.09.2026;A;1,00;;{OWN};NOK", f"03.09.2026;B;2,00;;{THEIRS};EUR", f"03.09.2026;C;3,00;;{OWN};NOK"]
    content = take("\n".join([f"{DNB.replace('Rentedato;', '')};Kontonummer;Valuta", *rows]).encode())
    assert [(s.account_number, s.currency, len(s.transactions)) for s in content.statements] == [
        (OWN, "NOK", 2),
        (THEIRS, "EUR", 1),
    ]


def test_what_is_only_reserved_is_pending(take: Take) -> None:
    nordea = f"{NORDEA}\nReservert;-115,70;{OWN};;;JOKER;NOK;Varekjøp\n2026/09/03;-1,00;{OWN};;;A;NOK;\n"
    dnb = f"{DNB}\n03.09.2026;Reservert transaksjon KIWI;;9,5;\n"
    reserved = f"04.09.2026;;;JAVA;Varekjøp;;{OWN};P;;;;-112.000;NOK;Reservert;"
    booked = f"04.09.2026;04.09.2026;;B;;;{OWN};P;;;;-36.8;NOK;Bokført;"
    handelsbanken = f"{HANDELSBANKEN}\n{reserved}\n{booked}"
    found = [
        [(x.status, x.booking_date, x.amount) for x in lines_of(take(t.encode()))] for t in (nordea, dnb, handelsbanken)
    ]
    assert found == [
        [(PENDING, None, -11_570), (BOOKED, DAY, -100)],
        [(PENDING, DAY, -950)],
        [(PENDING, None, -11_200), (BOOKED, VALUE, -3680)],
    ]


def test_sums_and_balances_become_no_transactions(take: Take) -> None:
    rows = [
        "Inngående saldo pr. 01.09.2026:;;270 039,54 NOK;;;",
        "01.09.2026;Inngående saldo;;;;270039,54",
        "03.09.2026;A;;1,50;;270038,04",
        ";;;;;",
        "Sum;;;1,50;0,00;",
        ";Utgående saldo;;;;270038,04",
        "Totalt inn på konto:;;12 500,50 NOK;;;",
    ]
    content = take("\n".join([f"{DNB};Saldo", *rows]).encode("iso-8859-1"))
    assert content.refused == ()
    assert [(line.text, line.balance_after) for line in lines_of(content)] == [("A", 27_003_804)]


@pytest.mark.parametrize(
    ("row", "where", "reason"),
    [
        ("32.09.2026;A;;1,00;", "line 2, Dato", Reason.DATE_NOT_UNDERSTOOD),
        (";A;;1,00;", "line 2, Dato", Reason.FIELD_MISSING),
        ("03.09.2026;A;;;", "line 2, Inn på konto", Reason.FIELD_MISSING),
        ("03.09.2026;A;;x;", "line 2, Ut fra konto", Reason.AMOUNT_NOT_UNDERSTOOD),
        ("03.09.2026;A;;1,00;2,00", "line 2, Ut fra konto", Reason.AMOUNT_BOTH_WAYS),
        ("03.09.2026;A;;;-2,00", "line 2, Inn på konto", Reason.SIGN_UNCLEAR),
        ("03.09.2026;A;;-2,00;", "line 2, Ut fra konto", Reason.SIGN_UNCLEAR),
        ("03.09.2026;A;B;;1,00;2,00", "line 2", Reason.WRONG_NUMBER_OF_CELLS),
        ('03.09.2026;"A" B;;1,00;', "line 2", Reason.QUOTES_BROKEN),
        ("03.09.2026;A;;1,005;", "line 2, Ut fra konto", Reason.AMOUNT_NOT_UNDERSTOOD),
    ],
)
def test_a_bad_row_is_refused_and_can_be_dropped_again(take: Take, row: str, where: str, reason: Reason) -> None:
    good = ["03.09.2026;B;;12,00;", "03.09.2026;C;;13,00;"]
    content = take("\n".join([DNB, row, *good]).encode())
    assert [(found.where, found.why) for found in content.refused] == [(where, reason)]
    assert [line.amount for line in lines_of(content)] == [-1200, -1300]
    (refused,) = content.refused
    assert refused.raw == f"{row}\n"
    corrected = content.refused_head + "03.09.2026;A;;99,00;\n" + content.refused_tail
    assert [line.amount for line in lines_of(take(corrected.encode()))] == [-9900]


def test_an_amount_with_two_readings_is_never_guessed(take: Take) -> None:
    content = take(f"{DNB}\n03.09.2026;A;;1.250;\n03.09.2026;B;;;7".encode())
    assert [(row.where, row.why) for row in content.refused] == [("line 2, Ut fra konto", Reason.AMOUNT_AMBIGUOUS)]
    content = take(f"{DNB}\n03.09.2026;A;;1.250;\n03.09.2026;B;;;7,50".encode())
    assert [line.amount for line in lines_of(content)] == [-125_000, 750]


def test_states_nobody_knows_are_refused(take: Take) -> None:
    content = take("Dato;Tekst;Beløp;Saldo;Status\n03.09.2026;A;-1,00;2,00;Slettet".encode())
    assert [(row.where, row.why) for row in content.refused] == [("line 2, Status", Reason.STATUS_NOT_TAKEN)]


def test_a_kid_that_a_spreadsheet_rounded_is_refused(take: Take) -> None:
    content = take(f"{DNB};KID\n03.09.2026;A;;1;;1,23457E+14\n03.09.2026;A;;1;;0012345678-".encode())
    assert [(row.where, row.why) for row in content.refused] == [("line 2, KID", Reason.NUMBER_ROUNDED)]
    assert [line.kid for line in lines_of(content)] == ["0012345678-"]


def test_a_header_alone_is_an_empty_statement(read: Read) -> None:
    content = read(DNB.encode())
    assert content is not None
    assert (content.format, content.statements, content.refused) == ("bank-csv", (), ())


@given(
    st.lists(
        st.tuples(
            st.dates(date(2000, 1, 1), date(2099, 1, 1)),
            st.integers(-(10**11), 10**11),
            st.text("abæøå ;,\"'", max_size=8),
        ),
        max_size=12,
    ),
    st.sampled_from([("%d.%m.%Y", ",", "."), ("%Y-%m-%d", ".", ","), ("%Y/%m/%d", ",", " "), ("%d.%m.%y", ",", "")]),
    st.sampled_from(["utf-8", "utf-16", "iso-8859-1"]),
)
def test_any_statement_in_any_style(
    rows: list[tuple[date, int, str]], style: tuple[str, str, str], encoding: str
) -> None:
    pattern, mark, group = style

    def amount(minor: int) -> str:
        return f"{abs(minor) // 100:,}".replace(",", group) + f"{mark}{abs(minor) % 100:02d}"

    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    table = [
        ";".join([day.strftime(pattern), cell(text), "", *((amount(minor), "") if minor < 0 else ("", amount(minor)))])
        for day, minor, text in rows
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file")
        path.write_bytes("\n".join([DNB, *table]).encode(encoding))
        content = FormatReader().read(path, "")
    assert content is not None
    assert content.refused == ()
    found = [(line.booking_date, line.amount, line.text) for line in lines_of(content)]
    assert found == [(day, minor, " ".join(text.split())) for day, minor, text in rows]
