"""Why a document was not proposed for a line, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kontali_desktop.wording.dates import DateWords
from kontali_desktop.wording.numbers import format_amount, format_percent
from kontali_desktop.wording.proposals import proposal_text
from kontali_desktop.wording.texts import Texts

if TYPE_CHECKING:  # for the types alone
    from kontali_desktop.domain.bank import BankTransaction
    from kontali_desktop.domain.matches import Proposal
    from kontali_desktop.services.storage import StoredDocument
    from kontali_desktop.services.why_not import WhyNot

_WHOLE = 10_000  # hundredths of a percent


def why_not_document(texts: Texts, dates: DateWords, why: WhyNot, document: StoredDocument) -> Iterator[str]:
    """A sentence a reason, the most telling first."""
    for reason in why.against:
        facts: dict[str, object] = {}
        variant = ""
        if reason == "proposed":
            variant = ".first" if why.rank == 1 else ""
            facts = {"rank": why.rank}
        elif reason == "closed_period" and why.closed_until is not None:
            facts = {"closed_until": dates.day(why.closed_until)}
        elif reason == "settled":
            variant = ".here" if why.other_line is not None else ""
        elif reason == "currency":
            facts = {"currency": document.reported.currency}
        elif reason == "amount":
            variant = ".over" if why.difference > 0 else ".under"
            facts = {"amount": format_amount(abs(why.difference), document.reported.currency, texts.style)}
        elif reason == "nothing":
            variant = ".alone" if why.alone is not None else ""
        facts |= _lines(texts, dates, why)
        yield texts.told(f"why_not.{reason}{variant}", facts)


def _lines(texts: Texts, dates: DateWords, why: WhyNot) -> dict[str, object]:
    facts: dict[str, object] = {}
    if why.other_line is not None:
        facts["line"] = _line(texts, dates, why.other_line)
    if why.alone is not None:
        facts["confidence"] = _percent(texts, why.alone)
    if why.best is not None:
        shown = proposal_text(texts, dates, why.best, "NOK", documents={}, counter_account="", is_incoming=False)
        facts |= {"best": shown.title, "best_confidence": _percent(texts, why.best)}
    return facts


def _line(texts: Texts, dates: DateWords, line: BankTransaction) -> str:
    reported = line.reported
    day = dates.day(reported.booking_date) if reported.booking_date else ""
    amount = format_amount(reported.amount, reported.currency, texts.style)
    return " ".join(part for part in (day, reported.counterparty or reported.text, amount) if part)


def _percent(texts: Texts, proposal: Proposal) -> str:
    return format_percent(int(round(proposal.confidence * _WHOLE, 6)), texts.style)
