"""The header rows of Norwegian banks' own files.

Sources (what public importers of these banks' files recognise, 2019-2026): DNB and Nordea, the `BankHeader` enumeration
of NTNU's IDATT2106 and the importers of `dehnes/accounting`; SpareBank 1, `beancount-no-sparebank1` and
`VetleNeumann/sparebank1-homebank-converter`; Sbanken, Bulder and Danske Bank, `dehnes/accounting`; Handelsbanken and
Eika (one layout), `ynab_ofx`; Handelsbanken's and DNB's older ones second-hand. Danske Bank's and Sbanken's for
companies are those that Tripletex's import reads; Eika in nynorsk (Valle Sparebank), Sparebanken Norge, DNB Mastercard,
Nordea in Sweden and Denmark, Revolut and Wise are those of public importers, several of most.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kontali_desktop.adapters.files.tables.headings import plain
from kontali_desktop.adapters.files.tables.layout import Columns

# Beside domain.tables.BANK_FIELDS, what only known layouts have: the accounts that a payment goes from and to, one of
# them the client's own, names of both, the state at the bank, the day a payment was made, which may not be booked yet,
# and a fee beside the amount.
FROM_ACCOUNT, TO_ACCOUNT, FROM_NAME, TO_NAME, STATUS = "from_account", "to_account", "from_name", "to_name", "status"
EXECUTED, FEE = "executed", "fee"
# What only lists of vouchers and documents have: these are no bank's, however alike the rest is.
_NO_LEDGER = frozenset(map(plain, ("eFaktura", "eFaktura eier", "eFaktura type", "Faktura nr.")))  # but Eika's columns
_LEDGER_WORDS = ("bilag", "faktura", "mva", "forfall", "avdeling", "voucher", "invoice")


@dataclass(frozen=True, slots=True)
class KnownBank:
    """A layout: `needed` names its columns (alternatives with `|`), and so does `may_have`; the order never matters."""

    needed: Mapping[str, str]
    may_have: Mapping[str, str]
    is_whole: bool = False  # other columns than these make it somebody else's

    def columns(self, places: Mapping[str, int]) -> Columns | None:
        """The columns by field, None where one that is needed is missing; `places` are by `plain` heading."""
        found: dict[str, tuple[int, ...]] = {}
        for names, is_needed in ((self.needed, True), (self.may_have, False)):
            for heading, field in names.items():
                place = next((places[plain(name)] for name in heading.split("|") if plain(name) in places), None)
                if place is not None:
                    found[field] = (*found.get(field, ()), place)
                elif is_needed:
                    return None
        if self.is_whole and len(places) > sum(map(len, found.values())):
            return None
        return found


_OFTEN = {
    "Rentedato": "value_date", "Saldo": "balance_after", "Valuta": "currency", "KID": "kid", "Status": STATUS,
    "Kontonummer|Konto": "account", "Arkivreferanse|Arkivref": "entry_reference", "Motkonto": "counterparty_account",
}  # fmt: skip
KNOWN_BANKS: tuple[KnownBank, ...] = (
    KnownBank(  # DNB, and Sbanken since it became DNB
        {
            "Dato": "booking_date",
            "Forklaring": "text",
            "Ut fra konto|Ut av konto|Uttak fra konto|Uttak": "amount_out",
            "Inn på konto|Innskudd på konto|Innskudd": "amount_in",
        },
        _OFTEN,
    ),
    KnownBank(  # DNB Mastercard: the currency is that of the shop
        {"Dato": "booking_date", "Beløpet gjelder": "text", "Inn": "amount_in", "Ut": "amount_out"}, {}
    ),
    KnownBank(  # DNB for companies
        {
            "Bokført dato": "booking_date",
            "Forklarende tekst|Beskrivende tekst": "text",
            "Ut": "amount_out",
            "Inn": "amount_in",
        },
        {"Transaksjonstype": "text", "Referanse": "text"} | _OFTEN,
    ),
    KnownBank(  # Sbanken
        {
            "Bokføringsdato": "booking_date",
            "Tekst": "text",
            "Ut fra konto": "amount_out",
            "Inn på konto": "amount_in",
        },
        {"Type": "text"} | _OFTEN,
    ),
    KnownBank(  # SpareBank 1
        {"Dato": "booking_date", "Beskrivelse": "text", "Inn": "amount_in", "Ut": "amount_out"},
        {"Til konto": TO_ACCOUNT, "Fra konto": FROM_ACCOUNT} | _OFTEN,
    ),
    KnownBank(  # Nordea, in both languages: sender and recipient are account numbers
        {"Bokføringsdato|Booking date": "booking_date", "Beløp|Amount": "amount", "Tittel|Title": "text"},
        {
            "Navn|Name": "counterparty",
            "Avsender|Sender": FROM_ACCOUNT,
            "Mottaker|Recipient": TO_ACCOUNT,
            "Betalingstype|Payment type": "text",
            "Currency": "currency",
            "Balance": "balance_after",
        }
        | _OFTEN,
    ),
    KnownBank(  # Handelsbanken, and the banks of Eika, these in both written languages
        {
            "Bokført dato": "booking_date",
            "Beskrivelse|Skildring": "text",
            "Beløp inn": "amount_in",
            "Beløp ut": "amount_out",
        },
        {
            "Utført dato|Betalingstidspunkt": EXECUTED,
            "Valuteringsdato": "value_date",
            "Fra konto|Frå konto": FROM_ACCOUNT,
            "Avsender|Avsendar": FROM_NAME,
            "Til konto": TO_ACCOUNT,
            "Mottakernavn|Mottakarnamn": TO_NAME,
            "Melding/KID/Fakt.nr": "text",
            "Melding": "text",
        }
        | _OFTEN,
    ),
    KnownBank(  # Handelsbanken's older one
        {"Reskontrodato": "booking_date", "Tekst": "text", "Beløp": "amount", "Saldo": "balance_after"}, {}
    ),
    KnownBank(  # Danske Bank
        {"Dato": "booking_date", "Tekst": "text", "Beløp": "amount", "Saldo": "balance_after", "Status": STATUS}, {}
    ),
    KnownBank(  # Bulder: the columns without "nummer" are names
        {"Dato": "booking_date", "Inn på konto": "amount_in", "Ut fra konto": "amount_out", "Tekst": "text"},
        {
            "Fra kontonummer": FROM_ACCOUNT,
            "Til kontonummer": TO_ACCOUNT,
            "Fra konto": FROM_NAME,
            "Til konto": TO_NAME,
            "Type": "text",
        },
    ),
    KnownBank(  # Danske Bank for companies
        {"Bokført dato": "booking_date", "Tekst": "text", "Beløp i NOK": "amount"},
        {"Bokført saldo i NOK": "balance_after"} | _OFTEN,
    ),
    KnownBank(  # Sbanken for companies
        {"Bokført": "booking_date", "Rentedato": "value_date", "Beskrivelse": "text", "Beløp": "amount"},
        {"Saldo": "balance_after"},
        is_whole=True,
    ),
    KnownBank(  # Sparebanken Norge
        {"Dato": "booking_date", "Type": "text", "Beskrivelse": "text", "Beløp": "amount"},
        {"Saldo": "balance_after"},
        is_whole=True,
    ),
    KnownBank(  # Nordea in Sweden and Denmark
        {
            "Bokföringsdag|Bogføringsdato": "booking_date",
            "Belopp|Beløb": "amount",
            "Rubrik|Beskrivelse": "text",
            "Valuta": "currency",
        },
        {
            "Namn|Navn": "counterparty",
            "Avsändare|Afsender": FROM_ACCOUNT,
            "Mottagare|Modtager": TO_ACCOUNT,
            "Meddelande": "text",
            "Saldo": "balance_after",
        },
    ),
    KnownBank(  # Revolut
        {
            "Completed Date": "booking_date",
            "Description": "text",
            "Amount": "amount",
            "Fee": FEE,
            "Currency": "currency",
            "State": STATUS,
        },
        {"Started Date": EXECUTED, "Balance": "balance_after"},
    ),
    KnownBank(  # Revolut for companies: the total has the fee in it
        {
            "Date completed (UTC)": "booking_date",
            "Description": "text",
            "Total amount": "amount",
            "Payment currency": "currency",
        },
        {
            "Date started (UTC)": EXECUTED,
            "ID": "entry_reference",
            "State": STATUS,
            "Reference": "text",
            "Payer": FROM_NAME,
            "Beneficiary IBAN|Beneficiary account number": "counterparty_account",
            "Balance": "balance_after",
        },
    ),
    KnownBank(  # Wise: what it takes stands in rows of its own, and the total of it says so once more
        {
            "TransferWise ID": "entry_reference",
            "Date": "booking_date",
            "Amount": "amount",
            "Currency": "currency",
            "Description": "text",
        },
        {
            "Payment Reference": "text",
            "Payer Name": FROM_NAME,
            "Payee Name|Merchant": TO_NAME,
            "Payee Account Number": "counterparty_account",
            "Running Balance": "balance_after",
        },
    ),
)


_LONGEST_HEADING = 60
_LOST = re.compile(r"[?\ufffd]")  # what a letter became that the writer's encoding does not have
_NAMES = tuple(
    dict.fromkeys(
        name
        for bank in KNOWN_BANKS
        for names in (bank.needed, bank.may_have)
        for one in names
        for name in one.split("|")
    )
)


def _mended(heading: str) -> str:
    """The known heading that this one is, but for its lost letters; any other as it stands."""
    if not _LOST.search(heading) or len(heading) > _LONGEST_HEADING:
        return heading
    pattern = re.compile("".join("." if _LOST.match(sign) else re.escape(sign) for sign in heading), re.IGNORECASE)
    return next((name for name in _NAMES if pattern.fullmatch(name)), heading)


def bank_columns(headings: Sequence[str]) -> Columns | None:
    """The columns where the headings are a known bank's."""
    others = (heading.casefold() for heading in headings if plain(heading) not in _NO_LEDGER)
    if any(word in heading for heading in others for word in _LEDGER_WORDS):
        return None
    places = {plain(_mended(heading)): place for place, heading in reversed(list(enumerate(headings)))}
    return next((columns for bank in KNOWN_BANKS if (columns := bank.columns(places)) is not None), None)
