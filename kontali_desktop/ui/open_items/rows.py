"""A document as a row of the table: what is open on it, when it falls due, and in words where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kontali_desktop.domain.check_digits import is_kid_wrong
from kontali_desktop.domain.documents import DocumentKind, ReportedDocument, Side
from kontali_desktop.domain.ids import DocumentId
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.services.listings import DocumentView
from kontali_desktop.ui.listing.columns import Column, haystack, sort_text
from kontali_desktop.ui.theme import IconName, Tone
from kontali_desktop.wording.wording import Wording

NOTHING = "–"
NO_DAY = date.max
KID_WIDTH = 160  # of fourteen figures, and the sign of one that is wrong


class Group(StrEnum):
    """The chips over the table besides ALL, which is everything open."""

    CUSTOMERS = "customers"
    SUPPLIERS = "suppliers"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class OpenItemRow:
    """Amounts are signed: a credit note is negative. `tip` says more of the status where there is more.

    `refers_to` says in two pieces which invoice a credit note takes back or a reminder charges for.
    """

    view: DocumentView
    group: str
    kind: str
    short_kind: str
    amount: int
    open_amount: int
    status: str
    tone: Tone
    tip: str
    hay: str
    refers_to: tuple[str, str] | None = None

    @property
    def key(self) -> DocumentId:
        return self.view.document.id

    @property
    def reported(self) -> ReportedDocument:
        return self.view.document.reported


def make_rows(views: Iterable[DocumentView], today: date, wording: Wording) -> tuple[OpenItemRow, ...]:
    return tuple(_row(view, today, wording) for view in views)


def _row(view: DocumentView, today: date, wording: Wording) -> OpenItemRow:
    document = view.document
    reported = document.reported
    sign = 1 if reported.kind is DocumentKind.INVOICE else -1
    kind = wording.text(f"document.{reported.side}.{reported.kind}")
    status, tone = _status(view, today, wording)
    tip = ""
    if document.difference:
        difference = wording.amount(document.difference, reported.currency)
        tip = wording.text("open_items.differs", amount=difference)
        status = wording.text("open_items.status.differs", status=status)
    amounts = [
        write(sign * amount, reported.currency)
        for amount in (reported.amount, document.open_amount)
        for write in (plain_amount, wording.amount)
    ]
    due = wording.day(reported.due_date) if reported.due_date else ""
    words = [reported.number, reported.counterparty, reported.counterparty_orgnr, reported.kid, view.client.name]
    refers_to = _refers_to(reported, wording)
    hay = haystack(*words, kind, " ".join(refers_to or ()), status, due, *amounts)
    return OpenItemRow(
        view,
        _group(view),
        kind,
        wording.text(f"open_items.kind.{reported.side}.{reported.kind}"),
        sign * reported.amount,
        sign * document.open_amount,
        status,
        tone,
        tip,
        hay,
        refers_to,
    )


def _refers_to(reported: ReportedDocument, wording: Wording) -> tuple[str, str] | None:
    if not reported.refers_to:
        return None
    to = wording.text(f"open_items.refers_to.{reported.kind}", number=reported.refers_to)
    return wording.text(f"open_items.refers_to.type.{reported.kind}"), to


def _group(view: DocumentView) -> Group:
    if not view.document.open_amount:
        return Group.SETTLED
    return Group.CUSTOMERS if view.document.reported.side is Side.CUSTOMER else Group.SUPPLIERS


def _status(view: DocumentView, today: date, wording: Wording) -> tuple[str, Tone]:
    """Overdue comes before partly paid: the amounts show the latter anyway."""
    document = view.document
    due = document.reported.due_date
    if not document.open_amount:
        return wording.text("open_items.status.settled"), Tone.POSITIVE
    if due is not None and due < today and document.reported.kind is DocumentKind.INVOICE:
        return wording.plural("open_items.status.overdue", (today - due).days), Tone.NEGATIVE
    if document.open_amount < document.reported.amount:
        return wording.text("open_items.status.partly"), Tone.WARNING
    return wording.text("open_items.status.open"), Tone.QUIET


def make_columns(wording: Wording) -> tuple[Column[OpenItemRow], ...]:
    text = wording.text
    kid_differs = text("kid.check_digit_differs")

    def day(moment: date | None) -> str:
        return wording.day(moment) if moment else NOTHING

    return (
        Column(
            "number",
            text("open_items.column.number"),
            116,
            lambda row: row.reported.number,
            lambda row: (len(row.reported.number), row.reported.number),
            tip=lambda row: wording.text("open_items.issued", day=day(row.reported.issue_date)),
            is_strong=True,
            icon=lambda row: (IconName.PAPERCLIP, text("attachment.mark")) if row.view.attachments else None,
            least=104,
            floor=84,
        ),
        Column(
            "client",
            text("open_items.column.client"),
            150,
            lambda row: row.view.client.name,
            lambda row: sort_text(row.view.client.name),
            tone=lambda _row: Tone.QUIET,
            least=92,
            floor=64,
        ),
        Column(
            "side",
            text("open_items.column.side"),
            132,
            lambda row: row.refers_to[0] if row.refers_to else row.short_kind,
            lambda row: sort_text(row.kind),
            tip=lambda row: f"{row.kind} · {row.refers_to[1]}" if row.refers_to else row.kind,
            more=lambda row: row.refers_to[1] if row.refers_to else "",
            least=100,
            floor=76,
        ),
        Column(
            "counterparty",
            text("open_items.column.counterparty"),
            170,
            lambda row: row.reported.counterparty or NOTHING,
            lambda row: sort_text(row.reported.counterparty),
            least=124,
            floor=100,
        ),
        Column(
            "kid",
            text("open_items.column.kid"),
            KID_WIDTH,
            lambda row: row.reported.kid,
            lambda row: row.reported.kid,
            tip=lambda row: kid_differs if is_kid_wrong(row.reported.kid) else "",
            icon=lambda row: (IconName.WARNING, kid_differs) if is_kid_wrong(row.reported.kid) else None,
            may_go=True,  # a number cut short tells nothing: whole, or not at all
        ),
        Column(
            "due",
            text("open_items.column.due"),
            106,
            lambda row: day(row.reported.due_date),
            lambda row: row.reported.due_date or NO_DAY,
        ),
        Column(
            "status",
            text("open_items.column.status"),
            140,
            lambda row: row.status,
            lambda row: sort_text(row.status),
            tone=lambda row: row.tone,
            tip=lambda row: row.tip,
            least=128,
            floor=112,
        ),
        Column(
            "amount",
            text("open_items.column.amount"),
            100,
            lambda row: wording.amount(row.amount, row.reported.currency),
            lambda row: (row.reported.currency, row.amount),
            tone=lambda _row: Tone.QUIET,
            is_amount=True,
        ),
        Column(
            "open",
            text("open_items.column.open"),
            112,
            lambda row: wording.amount(row.open_amount, row.reported.currency),
            lambda row: (row.reported.currency, row.open_amount),
            is_amount=True,
        ),
    )
