"""A SAF-T Financial file, read as a stream: only what is needed of a line is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import IO

from lxml import etree

from kontali_desktop.adapters.files.reasons import Reason, not_understood, refused_row
from kontali_desktop.adapters.files.saf_t.elements import needed_in, tag, text_in
from kontali_desktop.adapters.files.saf_t.lines import Line, LineReader
from kontali_desktop.adapters.files.saf_t.masters import Masters, read_account, read_header, read_party
from kontali_desktop.adapters.files.saf_t.open_items import open_items
from kontali_desktop.adapters.files.saf_t.vouchers import Ledger, Voucher
from kontali_desktop.adapters.files.safe_xml import streamed
from kontali_desktop.adapters.files.values import date_of
from kontali_desktop.domain.documents import ReportedDocument, Side
from kontali_desktop.domain.ledger import LedgerPosting
from kontali_desktop.services.errors import FileNotUnderstood
from kontali_desktop.services.ports import RefusedRow

# Tables that are not read, of which a file may have many rows.
_PASSED_OVER = (
    "TaxTableEntry", "AnalysisTypeTableEntry", "Owner", "Product", "PhysicalStockEntry", "Asset", "Invoice",
    "Payment", "StockMovement", "AssetTransaction",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Books:
    """What a file says: documents with what remains on them, postings on bank accounts, and what was not taken.

    `doubts` are of what was taken though the file does not agree with itself.
    """

    documents: tuple[ReportedDocument, ...]
    postings: tuple[LedgerPosting, ...]
    refused: tuple[RefusedRow, ...]
    doubts: tuple[RefusedRow, ...] = ()
    is_own_archive: bool = False


def read_books(file: IO[bytes], client_orgnr: str) -> Books:
    """The books of one client, amounts in øre; a part that was not taken is named by its place.

    Raises FileNotUnderstood where the XML is not whole, or the file is not of these books, of a known version, or in
    Norwegian kroner. Source: Skatteetaten's schemas 1.10, 1.20 and 1.30.
    """
    reading = _Reading(client_orgnr)
    for element in streamed(file, _TAGS):
        parent = element.getparent()
        expected, read = _HANDLERS.get(str(element.tag), ("", None))
        if read is not None and (parent is None or parent.tag != expected):
            continue  # an element of the same name elsewhere, which goes with the one around it
        if read is not None:
            read(reading, element)
        _forget(element)
    if not reading.masters.has_header:
        raise not_understood("Header", Reason.FIELD_MISSING, field="Header")
    derived = open_items(reading.ledger)
    postings = sorted(reading.ledger.postings, key=attrgetter("posting_date", "ledger_account", "voucher", "line"))
    refused = (*reading.refused, *derived.refused)
    doubts = tuple(derived.doubts)
    return Books(tuple(derived.documents), tuple(postings), refused, doubts, reading.masters.is_own_archive)


@dataclass(slots=True)
class _Reading:
    """Where in the file it is, and what was read so far."""

    client_orgnr: str
    masters: Masters = field(default_factory=Masters)
    refused: list[RefusedRow] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    lines_read: LineReader = field(default_factory=LineReader)
    places: Counter[str] = field(default_factory=Counter)
    ledger: Ledger = field(init=False)

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.masters)

    @property
    def transaction_place(self) -> str:
        journal, transaction = self.places["Journal"] + 1, self.places["Transaction"] + 1
        return f"GeneralLedgerEntries/Journal[{journal}]/Transaction[{transaction}]"

    def refuse(self, error: FileNotUnderstood, place: str) -> None:
        self.refused.append(refused_row(error, f"{place}/{error.parameters['where']}"))

    def header(self, element: etree._Element) -> None:
        read_header(element, self.client_orgnr, self.masters)

    def account(self, element: etree._Element) -> None:
        self.places["Account"] += 1
        try:
            read_account(element, self.masters)
        except FileNotUnderstood as error:
            self.refuse(error, f"GeneralLedgerAccounts/Account[{self.places['Account']}]")

    def customer(self, element: etree._Element) -> None:
        self._party(element, Side.CUSTOMER, "Customer")

    def supplier(self, element: etree._Element) -> None:
        self._party(element, Side.SUPPLIER, "Supplier")

    def _party(self, element: etree._Element, side: Side, name: str) -> None:
        self.places[name] += 1
        place = f"{name}s/{name}[{self.places[name]}]"
        try:
            read_party(element, side, place, self.masters)
        except FileNotUnderstood as error:
            self.refuse(error, place)

    def line(self, element: etree._Element) -> None:
        self.places["Line"] += 1
        try:
            self.lines.append(self.lines_read.line(element))
        except FileNotUnderstood as error:
            self.refuse(error, f"{self.transaction_place}/Line[{self.places['Line']}]")

    def transaction(self, element: etree._Element) -> None:
        lines, self.lines = self.lines, []
        self.places["Line"] = 0
        journal = element.getparent()
        try:
            voucher = Voucher(
                journal="" if journal is None else text_in(journal, "JournalID"),
                number=text_in(element, "TransactionID") or needed_in(element, "SystemID"),
                day=_day(element),
                text=text_in(element, "Description"),
                lines=_numbered(lines),
            )
            self.ledger.take(voucher)
        except FileNotUnderstood as error:
            self.refuse(error, self.transaction_place)
        self.places["Transaction"] += 1

    def journal(self, _element: etree._Element) -> None:
        self.places["Journal"] += 1
        self.places["Transaction"] = 0


def _day(transaction: etree._Element) -> date:
    """The voucher's own date: `GLPostingDate` is when the system wrote it to its database."""
    name = "TransactionDate" if text_in(transaction, "TransactionDate") else "GLPostingDate"
    text = text_in(transaction, name)
    if not text:
        raise not_understood("TransactionDate", Reason.FIELD_MISSING, field="TransactionDate")
    return date_of(text, name)


def _numbered(lines: list[Line]) -> list[Line]:
    """Lines whose number is missing or given twice get that of their place, so that each is known again."""
    seen: set[str] = set()
    for place, line in enumerate(lines, 1):
        if not line.record or line.record in seen:
            line.record = f"{line.record}.{place}" if line.record else str(place)
        seen.add(line.record)
    return lines


def _forget(element: etree._Element) -> None:
    """Empty an element that was read, and cut off the emptied one of its kind before it."""
    element.clear()
    parent, before = element.getparent(), element.getprevious()
    if parent is not None and before is not None and before.tag == element.tag:
        parent.remove(before)


_HANDLERS: Mapping[str, tuple[str, Callable[[_Reading, etree._Element], None]]] = {
    tag("Header"): (tag("AuditFile"), _Reading.header),
    tag("Account"): (tag("GeneralLedgerAccounts"), _Reading.account),
    tag("Customer"): (tag("Customers"), _Reading.customer),
    tag("Supplier"): (tag("Suppliers"), _Reading.supplier),
    tag("Line"): (tag("Transaction"), _Reading.line),
    tag("Transaction"): (tag("Journal"), _Reading.transaction),
    tag("Journal"): (tag("GeneralLedgerEntries"), _Reading.journal),
}
_TAGS = (*_HANDLERS, *(tag(name) for name in _PASSED_OVER))
