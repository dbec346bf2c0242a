"""What the headings of Norwegian and English tables mean, and of some in their neighbours' languages.

Banks: see `known_banks`. Accounting systems: the columns of the customer and supplier ledgers (reskontro) and invoice
lists of Tripletex (its published import layouts, `INVOICE NO` …), Fiken, PowerOffice Go, Visma, Xledger and
24SevenOffice, in both languages.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from kontali_desktop.adapters.files.tables.payout_guess import Rows, by_figures, is_settlement, with_payout_day
from kontali_desktop.domain.documents import Side
from kontali_desktop.domain.tables import ColumnMapping, TableKind

_BANK: Mapping[str, tuple[str, ...]] = {
    "booking_date": (
        "bokføringsdato", "bokført dato", "bokført", "bokføringsdag", "postert", "reskontrodato",
        "posteringsdato",
        "booking date", "booked date", "posting date", "dato", "date", "transaksjonsdato", "transaction date",
        "utført dato",
    ),
    "value_date": ("rentedato", "valuteringsdato", "valutadato", "valuteringsdag", "value date", "interest date"),
    "amount": ("beløp", "beløp nok", "beløp i nok", "beløp kr", "kroner", "amount", "amount nok", "sum"),
    "amount_in": (
        "inn på konto", "inn", "innskudd", "innskudd på konto", "beløp inn", "inn beløp", "innbetaling", "innbetalt",
        "kredit", "credit", "money in", "paid in", "deposit",
    ),
    "amount_out": (
        "ut fra konto", "ut av konto", "ut", "uttak", "uttak fra konto", "beløp ut", "ut beløp", "utbetaling",
        "utbetalt",
        "debet", "debit", "money out", "paid out", "withdrawal",
    ),
    "currency": ("valuta", "valutakode", "currency", "ccy", "mynt"),
    "account": ("kontonummer", "konto", "kontonr", "bankkonto", "account number", "account", "iban"),
    "text": (
        "forklaring", "beskrivelse", "forklarende tekst", "beskrivende tekst", "tekst", "tittel", "melding",
        "spesifikasjon",
        "melding/kid/fakt.nr", "description", "text", "title", "message", "details", "type", "betalingstype",
        "transaksjonstype", "undertype",
    ),
    "counterparty": (
        "navn", "mottakernavn", "avsendernavn", "motpart", "mottaker/avsender", "avsender/mottaker", "name", "payee",
        "counterparty",
    ),
    "counterparty_account": ("motkonto", "motkontonummer", "motpartens konto", "counterparty account"),
    "kid": ("kid", "kid-nummer", "kidnr", "kid nr"),
    "entry_reference": (
        "arkivreferanse", "arkivref", "arkivref.", "ark.ref", "referanse", "referansenummer", "reference",
        "archive reference",
    ),
    "balance_after": ("saldo", "bokført saldo", "saldo etter", "balance", "balance after", "running balance"),
}  # fmt: skip
_OPEN_ITEMS: Mapping[str, tuple[str, ...]] = {
    "side": ("side", "reskontrotype", "ledger type"),
    "kind": ("type", "bilagstype", "bilagsart", "posttype", "dokumenttype", "fakturatype", "document type", "kind"),
    "number": (
        "fakturanummer", "fakturanr", "faktura nr", "faktura", "invoice number", "invoice no", "invoice", "invoice #",
        "fakturareferanse", "dokumentnummer", "document number", "bilagsnummer", "bilagsnr", "bilag",
        "number", "voucher number",
        "voucher no", "leverandørens fakturanummer",
    ),
    "counterparty": (
        "kundenavn", "kunde", "customer name", "customer", "leverandørnavn", "leverandør", "supplier name", "supplier",
        "vendor name", "vendor", "navn", "name", "motpart", "counterparty", "reskontronavn", "firmanavn",
    ),
    "counterparty_orgnr": (
        "organisasjonsnummer", "organisasjonsnr", "orgnr", "org.nr", "organization no", "organization number",
        "organisation number",
    ),
    "counterparty_account": (
        "leverandørens kontonummer", "bankkonto", "kontonummer", "bank account", "account number", "iban",
    ),
    "counterparty_number": (
        "kundenummer", "kundenr", "customer number", "customer no", "leverandørnummer", "leverandørnr",
        "supplier number",
        "supplier no", "vendor number", "vendor no", "reskontronummer", "reskontronr", "kunde nr", "leverandør nr",
    ),
    "kid": ("kid", "kid-nummer", "kidnr", "kid nr", "kid number"),
    "issue_date": (
        "fakturadato", "invoice date", "utstedt", "bilagsdato", "dato", "date", "issue date",
        "posteringsdato", "voucher date",
    ),
    "due_date": ("forfallsdato", "forfall", "forfaller", "due date", "due", "betalingsfrist", "invoice due date"),
    "currency": ("valuta", "valutakode", "currency", "ccy"),
    "remaining": (
        "restbeløp", "rest", "restsum", "gjenstående", "gjenstående beløp", "utestående", "utestående beløp",
        "åpent beløp",
        "åpen saldo", "å betale", "ubetalt", "saldo", "remaining", "remaining amount", "outstanding",
        "outstanding amount",
        "amount outstanding", "open amount", "balance", "amount due",
    ),
    "amount": (
        "beløp", "fakturabeløp", "opprinnelig beløp", "originalbeløp", "sum", "totalt", "total", "totalbeløp",
        "beløp inkl. mva",
        "amount", "invoice amount", "original amount", "total amount", "amount incl. vat", "beløp i valuta",
        "amount currency",
    ),
    "amount_nok": ("beløp nok", "beløp i nok", "amount nok", "amount_nok", "beløp i hovedvaluta"),
    "account": ("betalt til konto", "payee account"),
}  # fmt: skip
# Settlement reports in Norwegian, English, Danish, Swedish and German, as payment providers head their columns.
_SETTLEMENT: Mapping[str, tuple[str, ...]] = {
    "payout_date": (
        "utbetalingsdato", "utbetalt dato", "dato for utbetaling", "oppgjørsdato", "payout date", "settlement date",
        "deposit date", "udbetalingsdato", "afregningsdato", "utbetalningsdatum", "avräkningsdatum", "auszahlungsdatum",
    ),
    "payout": (
        "oppgjørsnummer", "oppgjørsnr", "oppgjørs-id", "utbetalings-id", "utbetalingsnummer", "utbetalingsreferanse",
        "payout id", "payout reference", "payout number", "settlement id", "settlement no", "settlement number",
        "settlement reference", "udbetalings-id", "utbetalnings-id", "auszahlungs-id",
    ),
    "order": (
        "ordrenummer", "ordrenr", "ordre-id", "ordre", "order id", "order number", "order reference", "order",
        "transaksjons-id", "transaction id", "transaction code", "kvitteringsnummer", "receipt number", "kvittonummer",
        "transaktions-id", "referanse", "reference", "referens",
    ),
    "kind": ("transaksjonstype", "transaction type", "hendelsestype", "event type", "transaktionsart", "type", "typ"),
    "gross": (
        "brutto", "bruttobeløp", "gross", "gross amount", "transaksjonsbeløp", "transaction amount", "total", "totalt",
        "total amount", "beløp", "amount", "bruttobelopp", "betrag inkl. mwst.",
    ),
    "fee": (
        "gebyr", "gebyrer", "transaksjonsgebyr", "avgift", "avgifter", "provisjon", "fee", "fees", "transaction fee",
        "total fee", "commission", "afgift", "gebühr",
    ),
    "net": (
        "netto", "nettobeløp", "net", "net amount", "utbetalt", "utbetalt beløp", "payout", "payout amount",
        "nettobelopp", "auszahlung",
    ),
    "payout_sum": ("oppgjørssum", "sum utbetalt", "settlement amount", "settlement total", "payout total"),
    "currency": ("valuta", "valutakode", "currency", "ccy"),
    "counterparty": ("kunde", "kundenavn", "customer", "customer name"),
    "text": ("beskrivelse", "melding", "tekst", "description", "message", "text", "beschreibung"),
    "balance_after": ("saldo", "balance"),
}  # fmt: skip
_SEVERAL = frozenset({"text"})  # columns that are put together
_CUSTOMER_WORDS = ("kunde", "customer", "debitor", "utgående faktura")
_SUPPLIER_WORDS = ("leverandør", "supplier", "vendor", "kreditor", "inngående faktura")


def plain(heading: str) -> str:
    """A heading without regard to case, spaces and marks, nor to whether a letter is written in two pieces."""
    whole = heading if heading.isascii() else unicodedata.normalize("NFC", heading)
    return "".join(sign for sign in whole.casefold() if sign.isalnum())


def _by_field(dictionary: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {field: tuple(plain(heading) for heading in headings) for field, headings in dictionary.items()}


_PLAIN = {
    TableKind.BANK: _by_field(_BANK),
    TableKind.OPEN_ITEMS: _by_field(_OPEN_ITEMS),
    TableKind.SETTLEMENT: _by_field(_SETTLEMENT),
}


def guess_of(headings: Sequence[str], preamble: str = "", rows: Rows = ()) -> ColumnMapping:
    """The mapping that headings and first rows suggest; `preamble` stands above them and may name the ledger."""
    bank, items = (_columns(kind, headings) for kind in (TableKind.BANK, TableKind.OPEN_ITEMS))
    fields = {field for field, _ in items}
    is_items = (
        "number" in fields and fields & {"due_date", "remaining", "counterparty"} and fields & {"amount", "remaining"}
    )
    if is_items:
        return ColumnMapping(TableKind.OPEN_ITEMS, items, "" if "side" in fields else _side(headings, preamble))
    settlement = _columns(TableKind.SETTLEMENT, headings)
    payouts = settlement if is_settlement(settlement) else None
    if not {"gross", "fee", "net"} <= {field for field, _ in settlement}:
        payouts = by_figures(headings, rows, settlement) or payouts
    if payouts is not None:
        return ColumnMapping(TableKind.SETTLEMENT, with_payout_day(headings, rows, payouts))
    return ColumnMapping(TableKind.BANK, bank)


def known_headings(headings: Sequence[str]) -> int:
    """How many of them either dictionary knows; it tells a row of headings from other rows."""
    known = {heading for fields in _PLAIN.values() for several in fields.values() for heading in several}
    return sum(plain(heading) in known for heading in headings if heading)


def _columns(kind: TableKind, headings: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Each field with its heading: of several that would do the one that stands first in the dictionary."""
    by_plain: dict[str, str] = {}
    for heading in headings:
        by_plain.setdefault(plain(heading), heading)
    found: list[tuple[str, str]] = []
    taken: set[str] = set()
    for field, names in _PLAIN[kind].items():
        here = [by_plain[name] for name in names if name in by_plain and by_plain[name] not in taken]
        chosen = here if field in _SEVERAL else here[:1]
        taken.update(chosen)
        found += [(field, heading) for heading in chosen]
    return tuple(found)


def _side(headings: Sequence[str], preamble: str) -> str:
    told = f"{preamble} {' '.join(headings)}".casefold()
    is_customer = any(word in told for word in _CUSTOMER_WORDS)
    is_supplier = any(word in told for word in _SUPPLIER_WORDS)
    if is_customer == is_supplier:
        return ""
    return str(Side.CUSTOMER if is_customer else Side.SUPPLIER)
