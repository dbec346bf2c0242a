"""The header rows of Norwegian banks' own files.

Sources (what public importers of these banks' files recognise, 2019-2026): DNB and Nordea, the `BankHeader` enumeration
of NTNU's IDATT2106 and the importers of `dehnes/accounting`; SpareBank 1, `beancount-no-sparebank1` and
`VetleNeumann/sparebank1-homebank-converter`; Sbanken, Bulder and Danske Bank, `dehnes/accounting`; Handelsbanken and
Eika (one layout), `ynab_ofx`; Handelsbanken's and DNB's older ones second-hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kontali_desktop.adapters.files.tables.headings import plain
from kontali_desktop.adapters.files.tables.layout import Columns

# Beside domain.tables.BANK_FIELDS, what only known layouts have: the accounts that a payment goes from and to, one of
# them the client's own, names of both, and the state at the bank.
FROM_ACCOUNT, TO_ACCOUNT, FROM_NAME, TO_NAME, STATUS = "from_account", "to_account", "from_name", "to_name", "status"


@dataclass(frozen=True, slots=True)
class KnownBank:
    """A layout: `needed` names its columns (alternatives with `|`), and so does `may_have`; the order never matters."""

    needed: Mapping[str, str]
    may_have: Mapping[str, str]

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
            "Ut fra konto|Uttak fra konto|Uttak": "amount_out",
            "Inn på konto|Innskudd på konto|Innskudd": "amount_in",
        },
        _OFTEN,
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
    KnownBank(  # Handelsbanken, and the banks of Eika
        {
            "Bokført dato": "booking_date",
            "Beskrivelse": "text",
            "Beløp inn": "amount_in",
            "Beløp ut": "amount_out",
        },
        {
            "Fra konto": FROM_ACCOUNT,
            "Avsender": FROM_NAME,
            "Til konto": TO_ACCOUNT,
            "Mottakernavn": TO_NAME,
            "Melding/KID/Fakt.nr": "text",
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
)


def bank_columns(headings: Sequence[str]) -> Columns | None:
    """The columns where the headings are a known bank's."""
    places = {plain(heading): place for place, heading in reversed(list(enumerate(headings)))}
    return next((columns for bank in KNOWN_BANKS if (columns := bank.columns(places)) is not None), None)
