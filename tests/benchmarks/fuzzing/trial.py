"""One damaged file is given to every door of the reader, and what comes out is held against its promises."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from kontali_desktop.adapters.files.reader import FormatReader
from kontali_desktop.adapters.files.reasons import FACTS, Reason
from kontali_desktop.domain.documents import Side
from kontali_desktop.services.errors import FileNotUnderstood
from kontali_desktop.services.ports import FileContent, RefusedRow
from tests.adapters.files.writers import CLIENT


class Outcome(StrEnum):
    """What the reader said of a file; the last two are ours to mend."""

    TAKEN = "taken"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    CRASHED = "crashed"
    HUNG = "hung"


@dataclass(frozen=True, slots=True)
class Trial:
    """`seconds` are of the processor, so that a busy machine makes nothing slow; `fault` says what broke."""

    outcome: Outcome
    seconds: float
    fault: str = ""


class PromiseBroken(Exception):
    """The reader gave what it must not give."""


def tried(path: Path, data: bytes) -> Trial:
    """Any exception but FileNotUnderstood is a crash."""
    path.write_bytes(data)
    started = time.process_time()
    try:
        outcome = _outcome(path)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
        return Trial(Outcome.CRASHED, time.process_time() - started, _place_of(error))
    return Trial(outcome, time.process_time() - started)


def _outcome(path: Path) -> Outcome:
    outcomes = {_read(path), _explained(path), _attachments(path)}
    return next(outcome for outcome in (Outcome.TAKEN, Outcome.REFUSED, Outcome.UNKNOWN) if outcome in outcomes)


def _read(path: Path) -> Outcome:
    try:
        content = FormatReader().read(path, CLIENT)
    except FileNotUnderstood as refusal:
        _check_refusal(refusal)
        return Outcome.REFUSED
    return _checked(content)


def _explained(path: Path) -> Outcome:
    """A table read as a person would explain it who trusts the guess."""
    try:
        sample = FormatReader().sample(path)
        if sample is None:
            return Outcome.UNKNOWN
        guess = replace(sample.guess, side=sample.guess.side or Side.CUSTOMER)
        return _checked(FormatReader().read(path, CLIENT, {sample.key: guess}))
    except FileNotUnderstood as refusal:
        _check_refusal(refusal)
        return Outcome.REFUSED


def _attachments(path: Path) -> Outcome:
    try:
        found = FormatReader().attachments(path)
    except FileNotUnderstood as refusal:
        _check_refusal(refusal)
        return Outcome.REFUSED
    return Outcome.TAKEN if found else Outcome.UNKNOWN


def _checked(content: FileContent | None) -> Outcome:
    if content is None:
        return Outcome.UNKNOWN
    for row in (*content.refused, *content.doubts):
        _check_row(row)
    for batch in content.batches:
        if sum(part.amount for part in batch.parts) != batch.amount:
            raise PromiseBroken(f"parts of {batch.amount} differ")
    for document in content.documents:
        if not 0 <= document.remaining <= document.amount:
            raise PromiseBroken(f"{document.remaining} remains of {document.amount}")
    amounts = [line.amount for statement in content.statements for line in statement.transactions]
    amounts += [document.amount for document in content.documents] + [batch.amount for batch in content.batches]
    amounts += [posting.amount for posting in content.postings]
    if any(type(amount) is not int or abs(amount) >= 1 << 63 for amount in amounts):
        raise PromiseBroken("an amount is no number that can be stored")
    return Outcome.TAKEN


def _check_refusal(refusal: FileNotUnderstood) -> None:
    facts = dict(refusal.parameters)
    where, why = facts.pop("where", ""), facts.pop("why", "")
    _check_row(RefusedRow(str(where), str(why), {name: str(value) for name, value in facts.items()}))


def _check_row(row: RefusedRow) -> None:
    if set(row.facts) != FACTS[Reason(row.why)]:
        raise PromiseBroken(f"{row.why} has the facts {sorted(row.facts)}")


def _place_of(error: Exception) -> str:
    """The kind of error and the last line of the program that it came through."""
    place, trace = "", error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if "kontali_desktop" in code.co_filename or not place:
            place = f"{Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}"
        trace = trace.tb_next
    return f"{type(error).__name__} at {place}: {str(error)[:200]}"
