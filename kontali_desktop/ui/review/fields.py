"""Each field of the bank's line beside what the proposal says of it, with a verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kontali_desktop.domain.check_digits import is_kid_wrong
from kontali_desktop.domain.documents import OpenItem
from kontali_desktop.domain.ids import DocumentId
from kontali_desktop.domain.matches import Proposal
from kontali_desktop.services.review_models import QueueItem
from kontali_desktop.ui.review.agreement import agree, find_whole, marked
from kontali_desktop.ui.review.rows import settled
from kontali_desktop.ui.theme import Tone
from kontali_desktop.ui.widgets.detail_grid import DetailRow, Verdict
from kontali_desktop.ui.widgets.paint import Run
from kontali_desktop.wording.wording import Wording

MOST_NAMED = 3
CLOSE_DAYS = 45  # an invoice is mostly paid within this of its due date
NO_END_TO_END = "NOTPROVIDED"  # ISO 20022: the payer gave no reference
ACCOUNT_DIGITS = 11
DOUBTFUL = " !"  # behind a KID; the row's note says why
SETTLEMENT = "settlement_text"  # the sign that a provider pays out what others bought
VERDICTS = {
    Verdict.EQUAL: "review.verdict.equal",
    Verdict.CLOSE: "review.verdict.close",
    Verdict.DIFFERENT: "review.verdict.differs",
    Verdict.MISSING: "review.verdict.missing",
}
Runs = tuple[Run, ...]


class FieldMaker:
    """Makes the rows for one item and its proposal."""

    def __init__(
        self,
        item: QueueItem,
        counter: QueueItem | None,
        documents: Mapping[DocumentId, OpenItem],
        wording: Wording,
    ) -> None:
        self._reported = item.transaction.reported
        self._proposal: Proposal | None = item.proposal
        self._counter = counter
        lines = item.proposal.lines if item.proposal else ()
        self._documents = [documents[line.document_id] for line in lines if line.document_id in documents]
        self._lines = lines
        self._wording = wording

    def rows(self) -> tuple[DetailRow, ...]:
        """Always the same fields in the same order, so that the eye knows where each one stands."""
        return (self._amount(), self._day(), self._party(), self._kid(), self._account(), self._text(), self._rest())

    def _amount(self) -> DetailRow:
        wording, reported, proposal = self._wording, self._reported, self._proposal
        shown = wording.amount(reported.amount, reported.currency)
        if self._counter is not None:
            other = self._counter.transaction.reported
            return self._row(
                "amount", _whole(shown), _whole(wording.amount(other.amount, other.currency)), Verdict.EQUAL
            )
        if proposal is not None and proposal.posting is not None:
            return self._row("amount", (Run(shown),), (Run(shown),), Verdict.NONE)
        if proposal is None or not proposal.lines:
            return self._row("amount", (Run(shown),), (), None)
        currency = proposal.lines[0].currency
        if currency != reported.currency:
            theirs = (Run(wording.amount(settled(proposal), currency)),)
            return self._row("amount", (Run(shown),), theirs, Verdict.CLOSE)
        summed, rest = wording.difference_sum(
            settled(proposal), proposal.difference, proposal.difference_reason, currency
        )
        if not rest:
            return self._row("amount", _whole(shown), _whole(summed), Verdict.EQUAL)
        verdict = Verdict.CLOSE if proposal.difference_reason else Verdict.DIFFERENT
        return self._row("amount", (Run(shown),), (Run(summed), Run(f" {rest}", Tone.QUIET)), verdict)

    def _day(self) -> DetailRow:
        wording, booked = self._wording, self._reported.booking_date
        mine = (Run(wording.day(booked)),) if booked else ()
        if self._counter is not None:
            other = self._counter.transaction.reported.booking_date
            theirs = (Run(wording.day(other)),) if other else ()
            return self._row("date", mine, theirs, Verdict.EQUAL if other == booked else Verdict.CLOSE)
        due = sorted(d.due_date for d in self._documents if d.due_date)
        if not due or booked is None:
            return self._row("date", mine, (), None)
        if due[0] != due[-1]:
            span = wording.text("review.due_span", first=wording.short_day(due[0]), last=wording.day(due[-1]))
            days = min((booked - d).days for d in due)
            return self._row("date", mine, (Run(span),), _day_verdict(days))
        days = (booked - due[0]).days
        text = Run(wording.text("review.due", day=wording.day(due[0])))
        if days == 0:
            return self._row("date", mine, (text,), Verdict.EQUAL)
        key = "review.days_late" if days > 0 else "review.days_early"
        return self._row(
            "date", mine, (text, Run(f" · {wording.plural(key, abs(days))}", Tone.QUIET)), _day_verdict(days)
        )

    def _party(self) -> DetailRow:
        theirs = list(dict.fromkeys(line.counterparty for line in self._lines if line.counterparty))
        mine = self._reported.counterparty
        if self._counter is not None:
            return self._own_party(mine, self._counter)
        if not theirs:
            return self._row("counterparty", (Run(mine),) if mine else (), (), None)
        named = ", ".join(theirs[:MOST_NAMED])
        more = len(theirs) - MOST_NAMED
        rest = (Run(f" {self._wording.plural('review.more', more)}", Tone.QUIET),) if more > 0 else ()
        if not mine:
            found = agree(self._reported.text, named)  # card and Vipps lines carry the name in the text
            return self._row("counterparty", (), (*found.right, *rest), Verdict.CLOSE if found.is_part else None)
        found = agree(mine, named)
        verdict = Verdict.EQUAL if found.is_whole else Verdict.CLOSE if found.is_part else Verdict.DIFFERENT
        if verdict is Verdict.DIFFERENT and self._is_settlement():
            verdict = Verdict.NONE  # who pays out is never who bought
        return self._row("counterparty", found.left, (*found.right, *rest), verdict)

    def _own_party(self, mine: str, counter: QueueItem) -> DetailRow:
        """A bank names the company or the account, in words of its own: to call that a difference would be wrong."""
        company = agree(mine, counter.client.name)
        account = (Run(f" · {counter.account.name}"),) if counter.account.name else ()
        verdict = Verdict.EQUAL if company.is_whole else Verdict.CLOSE if company.is_part else Verdict.NONE
        left = company.left if mine else ()
        return self._row("counterparty", left, (*company.right, *account), verdict)

    def _is_settlement(self) -> bool:
        return any(sign.signal == SETTLEMENT for sign in (self._proposal.evidence if self._proposal else ()))

    def _kid(self) -> DetailRow:
        """A check digit that differs is marked and no more: such KIDs lie in real files, and are paid with."""
        mine = self._reported.kid
        theirs = list(dict.fromkeys(d.kid for d in self._documents if d.kid))
        row = self._kid_row(mine, theirs)
        left, right = _doubtful([mine]), _doubtful(theirs)
        if not (left or right):
            return row
        note = self._wording.text("kid.check_digit_differs")
        return replace(row, left=row.left + left, right=row.right + right, note=note)

    def _kid_row(self, mine: str, theirs: list[str]) -> DetailRow:
        if not mine and not theirs:
            return self._reference()
        shown = ", ".join(theirs[:MOST_NAMED])
        if mine and mine in theirs:
            at = shown.find(mine)
            spans = [(at, at + len(mine))] if at >= 0 else []
            return self._row("kid", _whole(mine), marked(shown, spans), Verdict.EQUAL)
        in_text = next((kid for kid in theirs if find_whole(self._reported.text, kid)), "")
        if not mine and in_text:
            return self._row("kid", _whole(in_text), _whole(in_text), Verdict.EQUAL)
        both = bool(mine and theirs)
        runs = (Run(shown),) if shown else ()
        return self._row("kid", (Run(mine),) if mine else (), runs, Verdict.DIFFERENT if both else None)

    def _reference(self) -> DetailRow:
        mine = self._reported.end_to_end_id
        mine = "" if mine.upper() == NO_END_TO_END else mine
        numbers = [line.number for line in self._lines]
        found = [number for number in numbers if find_whole(mine, number)]
        if found:
            return self._row("reference", _marks(mine, found), _marks(_listed(numbers, found), found), Verdict.EQUAL)
        theirs = (Run(_listed(numbers, ())),) if numbers else ()
        return self._row("reference", (Run(mine),) if mine else (), theirs, None)

    def _account(self) -> DetailRow:
        mine = _account_shown(self._reported.counterparty_account)
        accounts = [d.counterparty_account for d in self._documents if d.counterparty_account]
        if self._counter is not None:
            accounts = [self._counter.account.number]
        theirs = list(dict.fromkeys(_account_shown(a) for a in accounts))
        if mine and mine in theirs:
            return self._row("account", _whole(mine), _whole(mine), Verdict.EQUAL)
        both = bool(mine and theirs)
        return self._row(
            "account",
            (Run(mine),) if mine else (),
            (Run(", ".join(theirs[:MOST_NAMED])),) if theirs else (),
            Verdict.DIFFERENT if both else None,
        )

    def _text(self) -> DetailRow:
        text = self._reported.text
        mine: Runs = (Run(text),) if text else ()
        if self._counter is not None:
            other = self._counter.transaction.reported.text
            found = agree(text, other)
            return self._row("text", found.left, found.right, Verdict.CLOSE if found.is_part else None)
        if self._proposal is not None and self._proposal.posting is not None:
            posting = self._proposal.posting
            vat = self._wording.text("proposal.vat", code=posting.vat_code) if posting.vat_code else ""
            account = " · ".join(part for part in (self._wording.ledger_account(posting.account), vat) if part)
            return self._row("text", mine, (Run(account),), Verdict.NONE)
        numbers = [line.number for line in self._lines]
        if not numbers:
            return self._row("text", mine, (), None)
        found_numbers = [number for number in numbers if find_whole(text, number)]
        theirs = _marks(_listed(numbers, found_numbers), found_numbers)
        if not found_numbers:
            return self._row("text", mine, theirs, None)
        verdict = Verdict.EQUAL if len(found_numbers) == len(numbers) else Verdict.CLOSE
        return self._row("text", _marks(text, found_numbers), theirs, verdict)

    def _rest(self) -> DetailRow:
        wording, proposal, reported = self._wording, self._proposal, self._reported
        if proposal is None:
            whole = wording.amount(reported.amount, reported.currency)
            return DetailRow(wording.text("review.field.remaining"), (Run(whole, strong=True),))
        amount = Run(wording.amount(proposal.difference, reported.currency), strong=True)
        mine = (amount, Run(f" {wording.text('review.after_match')}"))
        left = [line for line in proposal.lines if line.remaining_after]
        if not proposal.lines:
            theirs = ""
        elif not left:
            theirs = wording.plural("review.settled", len(proposal.lines))
        else:
            rest = wording.amount(sum(line.remaining_after for line in left), left[0].currency)
            theirs = wording.text("review.left_on", amount=rest, numbers=_listed([x.number for x in left], ()))
        return DetailRow(wording.text("review.field.remaining"), mine, (Run(theirs, Tone.QUIET),) if theirs else ())

    def _row(self, field: str, mine: Runs, theirs: Runs, verdict: Verdict | None) -> DetailRow:
        """None: one of the sides has nothing to compare, and says so."""
        wording = self._wording
        missing = (Run(wording.text("review.not_given"), Tone.QUIET),)
        nothing = (Run(wording.text("review.none_on_documents"), Tone.QUIET),) if self._documents else missing
        # Nothing stands on the other side of a direct posting to compare with.
        has_proposal = self._proposal is not None and self._proposal.posting is None
        if verdict is None:
            verdict = Verdict.MISSING if has_proposal else Verdict.NONE
        spoken = wording.text(VERDICTS[verdict]) if verdict in VERDICTS else ""
        right = theirs or (nothing if has_proposal else ())
        return DetailRow(wording.text(f"review.field.{field}"), mine or missing, right, verdict, spoken)


def _doubtful(kids: list[str]) -> Runs:
    return (Run(DOUBTFUL, Tone.WARNING),) if any(is_kid_wrong(kid) for kid in kids) else ()


def _whole(text: str) -> Runs:
    return (Run(text, marked=True),)


def _marks(text: str, numbers: list[str]) -> Runs:
    return marked(text, {span for number in numbers for span in find_whole(text, number)})


def _listed(numbers: list[str], first: list[str] | tuple[str, ...]) -> str:
    """Those that were found first, then the others, as many as there is room for."""
    ordered = [*first, *(n for n in numbers if n not in first)]
    shown = ", ".join(ordered[:MOST_NAMED])
    return f"{shown} …" if len(ordered) > MOST_NAMED else shown


def _day_verdict(days: int) -> Verdict:
    return Verdict.CLOSE if abs(days) <= CLOSE_DAYS else Verdict.DIFFERENT


def _account_shown(number: str) -> str:
    """A Norwegian account number in its groups, 1503 12 34567; any other as it stands."""
    if len(number) == ACCOUNT_DIGITS and number.isdigit():
        return f"{number[:4]} {number[4:6]} {number[6:]}"
    return number
