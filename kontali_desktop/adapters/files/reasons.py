"""Why a file, or a part of it, was not taken: the codes, and the facts that fill the sentence of each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from kontali_desktop.services.errors import FileNotUnderstood
from kontali_desktop.services.ports import RefusedRow


class Reason(StrEnum):
    """One reason; `FACTS` says what stands beside it."""

    CANNOT_OPEN = "cannot_open"
    EMPTY = "empty"
    TOO_BIG = "too_big"
    OVERLOADED = "overloaded"
    HAS_DOCTYPE = "has_doctype"
    OWN_VOUCHERS = "own_vouchers"
    INTRADAY_REPORT = "intraday_report"
    INTERIM_STATEMENT = "interim_statement"
    OTHER_DOCUMENT = "other_document"
    SEVERAL_DOCUMENTS = "several_documents"
    NO_OCR_PAYMENTS = "no_ocr_payments"
    WRONG_ENCODING = "wrong_encoding"
    XML_BROKEN = "xml_broken"
    XML_TRUNCATED = "xml_truncated"
    WRONG_NAMESPACE = "wrong_namespace"
    VERSION_NOT_KNOWN = "version_not_known"
    OTHER_COMPANY = "other_company"
    OTHER_BOOKS = "other_books"
    NO_STATEMENTS = "no_statements"
    FIELD_MISSING = "field_missing"
    VALUE_NOT_KNOWN = "value_not_known"
    AMOUNT_NOT_UNDERSTOOD = "amount_not_understood"
    AMOUNT_NEGATIVE = "amount_negative"
    REMAINING_ABOVE_AMOUNT = "remaining_above_amount"
    DATE_NOT_UNDERSTOOD = "date_not_understood"
    CURRENCY_NOT_UNDERSTOOD = "currency_not_understood"
    CURRENCY_DIFFERS = "currency_differs"
    STATUS_NOT_TAKEN = "status_not_taken"
    WRONG_SEPARATOR = "wrong_separator"
    COLUMNS_MISSING = "columns_missing"
    COLUMN_TWICE = "column_twice"
    WRONG_NUMBER_OF_CELLS = "wrong_number_of_cells"
    QUOTES_BROKEN = "quotes_broken"
    DUPLICATE_IN_FILE = "duplicate_in_file"
    AMOUNT_AMBIGUOUS = "amount_ambiguous"
    AMOUNT_BOTH_WAYS = "amount_both_ways"
    SIGN_UNCLEAR = "sign_unclear"
    DATE_AMBIGUOUS = "date_ambiguous"
    NUMBER_ROUNDED = "number_rounded"
    MAPPING_NEEDED = "mapping_needed"
    WEB_PAGE = "web_page"
    SPREADSHEET_KIND = "spreadsheet_kind"
    SPREADSHEET_BROKEN = "spreadsheet_broken"
    LOCKED = "locked"
    MT940_LINE = "mt940_line"
    PARTS_DIFFER = "parts_differ"
    RECORD_NOT_UNDERSTOOD = "record_not_understood"
    CONTROL_COUNT_DIFFERS = "control_count_differs"
    CONTROL_SUM_DIFFERS = "control_sum_differs"
    OCR_TRUNCATED = "ocr_truncated"
    BALANCE_DIFFERS = "balance_differs"
    ATTACHMENT_BROKEN = "attachment_broken"
    ATTACHMENT_NOT_KEPT = "attachment_not_kept"
    REMINDER_WITHOUT_CHARGE = "reminder_without_charge"
    REMINDER_REST_LEFT_OUT = "reminder_rest_left_out"
    PAYOUT_DIFFERS = "payout_differs"
    PRINTED_SUM_DIFFERS = "printed_sum_differs"
    PAYMENT_DIFFERS = "payment_differs"
    NOT_PAID_OUT = "not_paid_out"


FACTS: Mapping[Reason, frozenset[str]] = MappingProxyType(
    {
        Reason.EMPTY: frozenset(),
        Reason.CANNOT_OPEN: frozenset({"detail"}),  # the operating system's own words
        Reason.TOO_BIG: frozenset({"size_mb", "limit_mb"}),
        Reason.OVERLOADED: frozenset(),
        Reason.HAS_DOCTYPE: frozenset(),
        Reason.OWN_VOUCHERS: frozenset(),
        Reason.INTRADAY_REPORT: frozenset(),
        Reason.INTERIM_STATEMENT: frozenset(),
        Reason.OTHER_DOCUMENT: frozenset({"kind"}),
        Reason.SEVERAL_DOCUMENTS: frozenset({"count"}),
        Reason.NO_OCR_PAYMENTS: frozenset({"service"}),
        Reason.WRONG_ENCODING: frozenset(),
        Reason.XML_BROKEN: frozenset({"detail"}),  # the XML parser's own words
        Reason.XML_TRUNCATED: frozenset(),
        Reason.WRONG_NAMESPACE: frozenset({"found", "expected"}),
        Reason.VERSION_NOT_KNOWN: frozenset({"version"}),
        Reason.OTHER_COMPANY: frozenset({"supplier", "supplier_orgnr", "customer", "customer_orgnr", "client_orgnr"}),
        Reason.OTHER_BOOKS: frozenset({"company", "company_orgnr", "client_orgnr"}),
        Reason.NO_STATEMENTS: frozenset(),
        Reason.FIELD_MISSING: frozenset({"field"}),
        Reason.VALUE_NOT_KNOWN: frozenset({"value", "allowed"}),
        Reason.AMOUNT_NOT_UNDERSTOOD: frozenset({"value"}),
        Reason.AMOUNT_NEGATIVE: frozenset({"value"}),
        Reason.REMAINING_ABOVE_AMOUNT: frozenset({"remaining", "amount"}),
        Reason.DATE_NOT_UNDERSTOOD: frozenset({"value"}),
        Reason.CURRENCY_NOT_UNDERSTOOD: frozenset({"value"}),
        Reason.CURRENCY_DIFFERS: frozenset({"found", "expected"}),
        Reason.STATUS_NOT_TAKEN: frozenset({"status"}),
        Reason.WRONG_SEPARATOR: frozenset({"found"}),
        Reason.COLUMNS_MISSING: frozenset({"columns"}),
        Reason.COLUMN_TWICE: frozenset({"column"}),
        Reason.WRONG_NUMBER_OF_CELLS: frozenset({"found", "expected"}),
        Reason.QUOTES_BROKEN: frozenset(),
        Reason.DUPLICATE_IN_FILE: frozenset({"number", "first"}),
        Reason.AMOUNT_AMBIGUOUS: frozenset({"value"}),
        Reason.AMOUNT_BOTH_WAYS: frozenset({"amount_in", "amount_out"}),
        Reason.SIGN_UNCLEAR: frozenset({"value"}),
        Reason.DATE_AMBIGUOUS: frozenset({"value"}),
        Reason.NUMBER_ROUNDED: frozenset({"value"}),
        Reason.MAPPING_NEEDED: frozenset({"columns"}),
        Reason.WEB_PAGE: frozenset(),
        Reason.SPREADSHEET_KIND: frozenset({"kind"}),
        Reason.SPREADSHEET_BROKEN: frozenset(),
        Reason.LOCKED: frozenset(),
        Reason.MT940_LINE: frozenset({"value"}),
        Reason.PARTS_DIFFER: frozenset({"sum", "amount"}),
        Reason.RECORD_NOT_UNDERSTOOD: frozenset({"value"}),
        Reason.CONTROL_COUNT_DIFFERS: frozenset({"told", "found"}),
        Reason.CONTROL_SUM_DIFFERS: frozenset({"told", "found"}),
        Reason.OCR_TRUNCATED: frozenset(),
        Reason.BALANCE_DIFFERS: frozenset({"counterparty", "derived", "closing"}),
        Reason.ATTACHMENT_BROKEN: frozenset({"name"}),
        Reason.ATTACHMENT_NOT_KEPT: frozenset({"name", "media_type"}),
        Reason.REMINDER_WITHOUT_CHARGE: frozenset({"invoice"}),
        Reason.REMINDER_REST_LEFT_OUT: frozenset({"amount", "invoice"}),
        Reason.PAYOUT_DIFFERS: frozenset({"reference", "parts", "payout"}),
        Reason.PRINTED_SUM_DIFFERS: frozenset({"told", "found"}),
        Reason.PAYMENT_DIFFERS: frozenset({"gross", "fee", "net"}),
        Reason.NOT_PAID_OUT: frozenset(),
    }
)
LONGEST_FACT = 200  # what a file says is shown to a person, and may be of any length


def not_understood(where: str, reason: Reason, **facts: str | int) -> FileNotUnderstood:
    """The error to raise: of the whole file, or of a part that its reader turns into a refused row."""
    short = {name: fact[:LONGEST_FACT] if isinstance(fact, str) else fact for name, fact in facts.items()}
    return FileNotUnderstood(where=where, why=str(reason), **short)


def refused_row(error: FileNotUnderstood, where: str, raw: str = "") -> RefusedRow:
    """The part at `where` as refused, for the error's reason; `raw` as the file has it."""
    facts = {name: str(value) for name, value in error.parameters.items() if name not in ("where", "why")}
    return RefusedRow(where, str(error.parameters["why"]), facts, raw)
