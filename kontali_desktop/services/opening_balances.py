"""The opening balance of a customer or supplier in this year's books: it may only restate what is known one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kontali_desktop.domain.documents import DocumentKind, ReportedDocument, folded_name
from kontali_desktop.domain.money import NOK


def is_earlier_of_party(known: ReportedDocument, opening: ReportedDocument) -> bool:
    """Whether it is open, of the same party, and of a day before the balance's own."""
    if known.side is not opening.side or not known.remaining or not _is_party(known, opening):
        return False
    if known.is_opening_balance:
        return known.issue_date != opening.issue_date
    return None in (known.issue_date, opening.issue_date) or _days(known) < _days(opening)


def restated(opening: ReportedDocument, earlier: Sequence[ReportedDocument]) -> tuple[int, ...]:
    """The places of what the balance restates: all of the party's together, else the only one of its amount.

    They are what it was or what is left of it. One alone must be known to be from before it: the same amount may have
    been invoiced this year too. None where it cannot be told.
    """
    wanted = _signed(opening, opening.amount)
    left = _signed(opening, opening.remaining) or wanted
    rests = [_rest_in_kroner(document) for document in earlier]
    if rests and _together(rests) in {wanted, left}:
        alike = list(range(len(rests)))
    else:
        alike = _only(rests, wanted) or _only(rests, left)
    is_sure = len(alike) > 1 or all(_is_surely_earlier(earlier[place], opening) for place in alike)
    return tuple(alike) if is_sure else ()


def as_restated(
    opening: ReportedDocument, documents: Sequence[ReportedDocument], matched: Sequence[int]
) -> tuple[ReportedDocument, ...] | None:
    """The documents that the balance restates with what is left of them; None where that is not told of each.

    `matched` is what was settled here of each and the books did not show yet; where that is what they show, it is it.
    """
    left = _signed(opening, opening.remaining)
    if not left:
        return tuple(replace(document, remaining=0) for document in documents)
    if _together([_rest_in_kroner(document) for document in documents]) == left:
        return tuple(documents)
    if len(documents) == 1 and documents[0].currency == NOK:
        return (replace(documents[0], remaining=min(opening.remaining, documents[0].amount)),)
    paid = tuple(replace(d, remaining=max(0, d.remaining - own)) for d, own in zip(documents, matched, strict=True))
    return paid if _together([_rest_in_kroner(document) for document in paid]) == left else None


def _only(rests: Sequence[int | None], wanted: int) -> list[int]:
    """The place of the one that is wanted, where there is no other such."""
    places = [place for place, rest in enumerate(rests) if rest == wanted]
    return places if len(places) == 1 else []


def _together(rests: Sequence[int | None]) -> int | None:
    return None if None in rests else sum(rest for rest in rests if rest is not None)


def _is_surely_earlier(known: ReportedDocument, opening: ReportedDocument) -> bool:
    """Nothing is due before it is issued."""
    day = known.issue_date or known.due_date
    return day is not None and opening.issue_date is not None and day < opening.issue_date


def _is_party(known: ReportedDocument, opening: ReportedDocument) -> bool:
    if known.counterparty_orgnr and opening.counterparty_orgnr:
        return known.counterparty_orgnr == opening.counterparty_orgnr
    return folded_name(known.counterparty) == folded_name(opening.counterparty)


def _days(document: ReportedDocument) -> int:
    return document.issue_date.toordinal() if document.issue_date is not None else 0


def _signed(document: ReportedDocument, amount: int) -> int:
    return amount if document.kind is DocumentKind.INVOICE else -amount


def _rest_in_kroner(document: ReportedDocument) -> int | None:
    """In øre; None for a part of a document in another currency, for no rate is invented."""
    if document.currency == NOK:
        return _signed(document, document.remaining)
    if document.amount_nok is None or document.remaining != document.amount:
        return None
    return _signed(document, document.amount_nok)
