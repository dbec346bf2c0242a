"""MT940: signs, days without a year, the ways of writing field 86, and lines that are refused one by one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontali_desktop.adapters.files import mt940
from kontali_desktop.adapters.files.mt940_details import Details, details_of
from kontali_desktop.adapters.files.reasons import Reason
from kontali_desktop.domain.bank import Balance, BookingStatus
from tests.adapters.files.conftest import Read, Refuse, Take

OWN = "15030000029"


def message(
    *lines: str, account: str = OWN, opening: str = "C260901NOK1000,00", closing: str = "C260930NOK900,00"
) -> str:
    body = "\r\n".join(lines)
    return (
        f":20:STMT\r\n:25:{account}\r\n:28C:9/1\r\n:60F:{opening}\r\n{body}\r\n:62F:{closing}\r\n:64:{closing}\r\n-\r\n"
    )


@pytest.mark.parametrize(
    ("mark", "minor"), [("C", 12_350), ("D", -12_350), ("RC", -12_350), ("RD", 12_350), ("CR", 12_350), ("DK", -12_350)]
)
@pytest.mark.parametrize(
    "envelope", ["{0}", "{{1:F01DNBANOKKXXXX0}}{{2:O940}}{{4:\r\n{0}-}}", "\ufeff{0}", "{{1:F01DNBANOKK}}{{4:{0}-}}"]
)
def test_a_line_and_its_sign(take: Take, mark: str, minor: int, envelope: str) -> None:
    text = message(f":61:2609030904{mark}123,5NTRFABC123//9876\r\nEkstra", ":86:Faktura 10\r\nKID: 12345678")
    content = take(envelope.format(text).encode())
    assert (content.format, content.refused) == ("mt940", ())
    (statement,) = content.statements
    assert (statement.account_number, statement.currency) == (OWN, "NOK")
    (line,) = statement.transactions
    assert (line.amount, line.value_date, line.booking_date) == (minor, date(2026, 9, 3), date(2026, 9, 4))
    assert (line.entry_reference, line.end_to_end_id, line.bank_transaction_code) == ("9876", "ABC123", "NTRF")
    assert (line.text, line.kid, line.status) == ("Faktura 10 KID: 12345678", "12345678", BookingStatus.BOOKED)
    assert statement.balances == (
        Balance("OPBD", 100_000, "NOK", date(2026, 9, 1)),
        Balance("CLBD", 90_000, "NOK", date(2026, 9, 30)),
        Balance("CLAV", 90_000, "NOK", date(2026, 9, 30)),
    )


def test_several_statements_a_file(take: Take) -> None:
    first = message(":61:260903D1,NTRFNONREF", ":61:260903D2,NTRFNONREF")
    second = message(":61:260903C3,00NTRFNONREF", account="DNBANOKK/NO6215030000029", opening="D260901EUR5,00")
    content = take((first + second).encode())
    assert [(s.account_number, s.currency, [t.amount for t in s.transactions]) for s in content.statements] == [
        (OWN, "NOK", [-100, -200]),
        (OWN, "EUR", [300]),
    ]
    assert content.statements[1].balances[0].amount == -500
    assert {line.end_to_end_id for s in content.statements for line in s.transactions} == {""}


@pytest.mark.parametrize(
    ("value", "entry", "booked"),
    [
        ("251231", "0102", date(2026, 1, 2)),
        ("260102", "1231", date(2025, 12, 31)),
        ("240228", "0229", date(2024, 2, 29)),
    ],
)
def test_the_entry_day_is_of_the_nearest_year(take: Take, value: str, entry: str, booked: date) -> None:
    content = take(message(f":61:{value}{entry}C1,NTRFNONREF").encode())
    assert content.statements[0].transactions[0].booking_date == booked


def test_without_an_entry_day_the_value_day_counts(take: Take) -> None:
    content = take(message(":61:260903C1,NTRFNONREF").encode())
    assert content.statements[0].transactions[0].booking_date == date(2026, 9, 3)


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16"])
def test_letters_in_each_encoding(take: Take, encoding: str) -> None:
    content = take(message(":61:260903C1,NTRFNONREF", ":86:Blåbærsyltetøy").encode(encoding))
    assert content.statements[0].transactions[0].text == "Blåbærsyltetøy"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("Faktura 12", "og 13"), Details(text="Faktura 12 og 13")),
        (
            ("166?00Overføring?20Faktura 10?21 234?31NO6215030000029?32Kunde?33 AS",),
            Details("Faktura 10 234", "Kunde AS", OWN),
        ),
        (("166?00Gebyr?2\u00b9?3",), Details(text="Gebyr")),
        (
            ("/EREF/E2E-1/ORDP//NAME/Kunde AS/IBAN/NO6215030000029", "/REMI/USTD/Faktura 9/KID/0012345678-"),
            Details("Faktura 9", "Kunde AS", OWN, "0012345678-", "E2E-1"),
        ),
        (
            ("/CNTP/NO6215030000029/DNBANOKK/Kunde AS/Oslo/REMI/STRD/CDTRREF/123456", "78"),
            Details("", "Kunde AS", OWN, "12345678"),
        ),
        (("/EREF/NOTPROVIDED/REMI/KID 7777772/",), Details(text="KID 7777772", kid="7777772")),
        (("Kidlinger 10 stk",), Details(text="Kidlinger 10 stk")),
    ],
)  # fmt: skip
def test_the_ways_of_writing_the_details(lines: tuple[str, ...], expected: Details) -> None:
    assert details_of(lines) == expected


def test_a_bad_line_is_refused_and_can_be_dropped_again(take: Take) -> None:
    bad = [":61:261303C1,NTRFNONREF", ":86:A", ":61:tull", ":86:B", ":61:260903C1,005NTRFNONREF"]
    content = take(message(*bad, ":61:260903C2,NTRFNONREF", ":86:C").encode())
    assert [(row.where, row.why) for row in content.refused] == [
        ("line 5, :61:", Reason.DATE_NOT_UNDERSTOOD),
        ("line 7, :61:", Reason.MT940_LINE),
        ("line 9, :61:", Reason.AMOUNT_NOT_UNDERSTOOD),
    ]
    assert [line.text for line in content.statements[0].transactions] == ["C"]
    again = take(content.refused[0].raw.replace("261303", "260903").encode())
    assert [(line.amount, line.text) for line in again.statements[0].transactions] == [(100, "A")]
    assert again.statements[0].account_number == OWN


def test_a_bad_balance_leaves_the_lines(take: Take) -> None:
    content = take(message(":61:260903C2,NTRFNONREF", closing="C260930NOK").encode())
    assert [row.why for row in content.refused] == [Reason.MT940_LINE, Reason.MT940_LINE]
    assert len(content.statements[0].transactions) == 1


def test_a_statement_that_is_cut_off(read: Read) -> None:
    text = message(":61:260903C2,NTRFNONREF", ":86:Hei").encode()
    for length in range(20, len(text)):
        content = read(text[:length])
        assert content is None or len(content.statements) <= 1


def test_utf16_that_is_cut_off(refuse: Refuse) -> None:
    assert refuse(message(":61:260903C2,NTRFNONREF").encode("utf-16")[:-1]) is Reason.WRONG_ENCODING


@given(
    st.lists(
        st.tuples(
            st.dates(date(2000, 1, 1), date(2099, 12, 31)),
            st.integers(0, 10**14),
            st.sampled_from(["C", "D", "RC", "RD"]),
            st.from_regex("[A-Za-z0-9æøå]{1,20}", fullmatch=True),
        ),
        max_size=8,
    )
)
def test_any_lines(lines: list[tuple[date, int, str, str]]) -> None:
    written = [
        f":61:{day:%y%m%d}{day:%m%d}{mark}{minor // 100},{minor % 100:02d}NTRFNONREF//R{place}\r\n:86:{text}"
        for place, (day, minor, mark, text) in enumerate(lines)
    ]
    statements, refused = mt940.read_statements(message(*written).encode())
    assert refused == ()
    found = [(t.booking_date, t.amount, t.text, t.entry_reference) for t in statements[0].transactions]
    assert found == [(d, m if mark in ("C", "RD") else -m, text, f"R{n}") for n, (d, m, mark, text) in enumerate(lines)]


FOREWORDS = (
    "DNBANOKK\n940\nDNBANOKK\n",
    "0000 01DNBANOKKXXXX00001\n940 00\n",
    ":940:\n",
    "\x01\n",
    "Eksempel\n\n- - - -\n",
)


@pytest.mark.parametrize("foreword", FOREWORDS)
def test_what_banks_print_above_the_first_statement(take: Take, foreword: str) -> None:
    content = take((foreword + message(":61:260903C2,NTRFNONREF")).encode())
    assert [line.amount for line in content.statements[0].transactions] == [200]


@pytest.mark.parametrize(
    ("written", "amount", "kind", "reference"),
    [
        ("260903    DD65,00NMSCNONREF//", -6500, "NMSC", ""),
        ("2609030904C50,00 NTRFNONREF", 5000, "NTRF", ""),
        ("260903D25,03NOV NONREF", -2503, "NOV", ""),
        ("260903D42,00NET ABC 12", -4200, "NET", "ABC 12"),
        ("2609030903DF2402,00S   X", -240_200, "S", "X"),
        ("260903C0000000000000001213,28N0440121470966", 121_328, "N044", "0121470966"),
        ("260903C12.5NTRFNONREF", 1250, "NTRF", ""),
    ],
)
def test_lines_as_banks_bend_them(take: Take, written: str, amount: int, kind: str, reference: str) -> None:
    content = take(message(f":61:{written}").encode())
    assert content.refused == ()
    (line,) = content.statements[0].transactions
    assert (line.amount, line.bank_transaction_code, line.end_to_end_id) == (amount, kind, reference)


@pytest.mark.parametrize(
    ("account", "number", "currency"),
    [
        ("NO6215030000029 NOK", OWN, "NOK"),
        ("1503.00.00029EUR", OWN, "EUR"),
        ("DNBANOKK/15030000029/SEK", OWN, "SEK"),
        ('"15030000029"', OWN, "NOK"),
        ("DK5000400440116243", "DK5000400440116243", "NOK"),
    ],
)
def test_the_account_and_its_currency(take: Take, account: str, number: str, currency: str) -> None:
    text = message(":61:260903C2,NTRFNONREF", account=account, opening=f"C260901{currency}5,00", closing="C2609307,00")
    (statement,) = take(text.encode()).statements
    assert (statement.account_number, statement.currency) == (number, currency)
    assert [balance.currency for balance in statement.balances] == [currency] * 3


def test_information_in_several_fields_and_before_the_lines(take: Take) -> None:
    text = message(
        ":86:Til opplysning", ":61:260903C2,NTRFNONREF", ":86:Faktura 10", ":86:KID 12345678", ":61:260904D1,NTRFNONREF"
    )
    first, second = take(text.encode()).statements[0].transactions
    assert (first.text, first.kid, second.text) == ("Faktura 10 KID 12345678", "12345678", "")
    assert first.raw.count(":86:") == 2


def test_a_blank_at_the_end_of_a_line_parts_two_words(take: Take) -> None:
    text = message(
        ":61:260903C2,NTRFNONREF", ":86:/EREF/E-1/ORDP//NAME/Berg \n& Dal AS/REMI/Fak\ntura 12/ISDT/2026-09-03"
    )
    (line,) = take(text.encode()).statements[0].transactions
    assert (line.counterparty, line.text, line.end_to_end_id) == ("Berg & Dal AS", "Faktura 12", "E-1")


def test_what_german_banks_put_in_the_message() -> None:
    told = details_of(
        ("166?00GUTSCHRIFT?20EREF+AB-7?21SVWZ+Rechnung 10?22 234?31DE89370400440532013000?32Müller GmbH",)
    )
    assert told == Details("Rechnung 10 234", "Müller GmbH", "DE89370400440532013000", "", "AB-7")


def test_a_statement_without_an_account_is_not_lost(take: Take) -> None:
    text = message(":61:260903C2,NTRFNONREF", account="")
    content = take(text.encode())
    assert [row.why for row in content.refused] == [Reason.FIELD_MISSING]
    assert [(s.account_number, len(s.transactions)) for s in content.statements] == [("", 1)]


def test_a_report_during_the_day_is_told(refuse: Refuse) -> None:
    text = f":20:A\n:25:{OWN}\n:28C:1/1\n:34F:NOK0,\n:13D:2609031200+0200\n:61:260903C2,NTRFNONREF\n-\n"
    assert refuse(text.encode()) is Reason.INTERIM_STATEMENT


def test_a_line_of_information_that_looks_like_a_field_is_text(take: Take) -> None:
    text = message(":61:260903C2,NTRFNONREF", ":86:Faktura", ":12: og 13")
    (line,) = take(text.encode()).statements[0].transactions
    assert line.text == "Faktura :12: og 13"


@pytest.mark.parametrize("line", [":20:\n", "\n", " ", ":20:\n:25:\n", "{4:"])
def test_no_file_makes_the_search_for_a_statement_long(line: str) -> None:
    assert not mt940.is_mt940(line * (64 * 1024 // len(line)))


@pytest.mark.parametrize(
    ("account", "opening", "number", "currency"),
    [
        ("15030000029DNB", "C260901NOK5,00", OWN, "NOK"),
        ("15030000029/DNB", "C260901EUR5,00", OWN, "EUR"),
        ("15030000029NOK", "C260901EUR5,00", OWN, "EUR"),
        ("15030000029/SEK", "C260901EUR5,00", OWN, "EUR"),
        ("15030000029USD", "C2609015,00", OWN, "USD"),
        ("15030000029JPY", "C260901EUR5,00", OWN, "EUR"),
        ("MT84MALT011000012345MTLCAST1ABC", "C260901EUR5,00", "MT84MALT011000012345MTLCAST1ABC", "EUR"),
    ],
)
def test_the_balances_currency_goes_before_what_stands_behind_the_account(
    take: Take, account: str, opening: str, number: str, currency: str
) -> None:
    text = message(":61:260903C2,50NTRFNONREF", account=account, opening=opening, closing="C2609307,00")
    content = take(text.encode())
    (statement,) = content.statements
    assert (statement.account_number, statement.currency, content.refused) == (number, currency, ())
    assert [(line.amount, line.currency) for line in statement.transactions] == [(250, currency)]
    assert {balance.currency for balance in statement.balances} == {currency}


@pytest.mark.parametrize(
    ("account", "opening", "currency"),
    [("15030000029DNB", "C2609015,00", "NOK"), ("15030000029NOK", "C260901EUR1.230", "EUR")],
)
def test_the_currency_of_lines_whose_balance_is_not_understood(
    take: Take, account: str, opening: str, currency: str
) -> None:
    text = message(":61:260903C2,50NTRFNONREF", account=account, opening=opening, closing="tull")
    content = take(text.encode())
    (statement,) = content.statements
    assert (statement.account_number, statement.currency, statement.balances) == (OWN, currency, ())
    assert [(line.amount, line.currency) for line in statement.transactions] == [(250, currency)]
    assert [row.why for row in content.refused] == [Reason.MT940_LINE] * 3


def test_a_currency_that_only_the_closing_balance_tells_holds_for_the_lines_above_it(take: Take) -> None:
    text = message(":61:260903C250,NTRFNONREF", account=f"{OWN}NOK", opening="C2609015", closing="C260930JPY255,")
    other = message(":61:260903C2,NTRFNONREF", closing="C260930NOK7,00")
    first, second = take((text + other).encode()).statements
    assert [(line.amount, line.currency) for line in first.transactions] == [(250, "JPY")]
    assert [(line.amount, line.currency) for line in second.transactions] == [(200, "NOK")]


@pytest.mark.parametrize("written", ["1.230", "1.000", "12.", "1.230,50", "1,230.50"])
def test_a_dot_that_may_part_thousands_is_refused(take: Take, written: str) -> None:
    text = message(
        f":61:2609030903C{written}NTRF", ":61:260904C1.5NTRF", ":61:260904C1,230NTRF", closing="C260930NOK1.230"
    )
    content = take(text.encode())
    assert [(row.where, row.why) for row in content.refused] == [
        ("line 5, :61:", Reason.MT940_LINE),
        ("line 8, :62F:", Reason.MT940_LINE),
        ("line 9, :64:", Reason.MT940_LINE),
    ]
    assert [line.amount for line in content.statements[0].transactions] == [150, 123]


def test_a_banks_own_field_before_the_information_leaves_it_its_line(take: Take) -> None:
    text = message(":61:260903C2,NTRFNONREF", ":NS:22Egen tekst", ":86:Faktura 10", ":61:260904D1,NTRFNONREF", ":NS:x")
    first, second = take(text.encode()).statements[0].transactions
    assert (first.text, second.text) == ("Faktura 10", "")
    assert (first.raw.count(":NS:"), second.amount) == (1, -100)
