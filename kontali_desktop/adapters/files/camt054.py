"""camt.054, the bank's advice of single payments by ISO 20022, versions 02 to 10, read as a stream."""

from __future__ import annotations

from typing import IO

from lxml import etree

from kontali_desktop.adapters.files.camt_entry import entry_of
from kontali_desktop.adapters.files.camt_parts import batch_of
from kontali_desktop.adapters.files.camt_report import Heading, Refusals, report_elements
from kontali_desktop.adapters.files.detect import CAMT054_BODY, Format
from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.domain.bank import BookingStatus
from kontali_desktop.services.errors import FileNotUnderstood
from kontali_desktop.services.packed import BatchPacker
from kontali_desktop.services.ports import FileContent

_REPORT = "Ntfctn"


def read_notifications(file: IO[bytes]) -> FileContent:
    """Every booked entry as a batch of its payments, one payment too: what it tells belongs to the statement's line.

    Amounts are signed minor units of the account's currency. What was not taken stands by its place
    (`Ntfctn[1]/Ntry[12]/Amt`). Raises FileNotUnderstood where the XML is not whole, or nothing can be taken.
    """
    batches = BatchPacker()
    refused = Refusals(CAMT054_BODY)
    heading = Heading(_REPORT)
    has_report = False
    for name, element in report_elements(file, _REPORT):
        if name == _REPORT:
            has_report = has_report or bool(heading.number)
            refused.rows += [] if heading.number else [heading.no_account()]
            heading = Heading(_REPORT, heading.place + 1)
            continue
        place = heading.next_place(name)
        try:
            _take(name, element, heading, batches)
        except FileNotUnderstood as error:
            refused.add(error, place, heading, element)
    if not has_report:
        raise refused.nothing_taken()
    return FileContent(
        Format.CAMT054,
        refused=tuple(refused.rows),
        batches=batches.packed(),
        refused_head=refused.head,
        refused_tail=refused.tail,
    )


def _take(name: str, element: etree._Element, heading: Heading, batches: BatchPacker) -> None:
    if name == "Acct":
        heading.read_account(element)
    elif name == "Ntry" and heading.number:
        entry = entry_of(element, heading.own, heading.currency, needs_day=False)
        heading.currency = heading.currency or entry.transaction.currency
        if entry.transaction.status is not BookingStatus.BOOKED:
            raise not_understood("Sts", Reason.STATUS_NOT_TAKEN, status="PDNG")
        batch = batch_of(entry, heading.number, of_one_too=True)
        if batch is None:
            raise not_understood("NtryDtls", Reason.FIELD_MISSING, field="TxDtls/Amt")
        batches.add(batch)
