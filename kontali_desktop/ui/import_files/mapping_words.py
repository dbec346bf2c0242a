"""What a table becomes by the chosen columns, in words."""

from __future__ import annotations

from kontali_desktop.domain.bank import ReportedTransaction
from kontali_desktop.domain.documents import ReportedDocument
from kontali_desktop.domain.payment_parts import PartKind, PaymentBatch
from kontali_desktop.domain.tables import TableKind
from kontali_desktop.services.import_models import MappingTrial
from kontali_desktop.services.ports import FileContent
from kontali_desktop.wording.wording import Wording


def field_name(wording: Wording, kind: TableKind, field: str) -> str:
    return wording.text(f"table_field.{kind}.{field}")


def missing_words(wording: Wording, kind: TableKind, missing: tuple[tuple[str, ...], ...]) -> str:
    """What is still to be chosen; of three amounts the first two say enough."""
    told = []
    for fields in missing:
        if fields == ("side",):  # mostly no column says it
            told.append(wording.text("import.columns.missing_side"))
            continue
        first, *others = [field_name(wording, kind, field) for field in fields]
        told.append(wording.text("import.columns.or", first=first, second=others[0]) if others else first)
    return wording.text("import.columns.missing", fields=", ".join(told))


def trial_words(wording: Wording, trial: MappingTrial) -> tuple[str, str]:
    """What the first row becomes, and how many rows go which way."""
    first = _first_row(wording, trial.content) if trial.content is not None else ""
    parts = []
    if trial.content is not None and first:
        counted = "import.columns.payouts" if trial.content.batches else "import.columns.rows"
        parts.append(wording.plural(counted, _row_count(trial.content)))
    if trial.refused:
        row = trial.refused[0]
        why = wording.refusal(row.where, row.why, row.facts)
        parts.append(wording.plural("import.columns.refused", len(trial.refused), why=why))
    if not first:
        return wording.text("import.columns.nothing"), " · ".join(parts)
    is_payout = trial.content is not None and bool(trial.content.batches)
    key = "import.columns.first_payout" if is_payout else "import.columns.first"
    return wording.text(key, row=first), " · ".join(parts)


def can_be_read(trial: MappingTrial) -> bool:
    return trial.content is not None and _row_count(trial.content) > 0


def _row_count(content: FileContent) -> int:
    return (
        len(content.batches)
        + len(content.documents)
        + sum(len(statement.transactions) for statement in content.statements)
    )


def _first_row(wording: Wording, content: FileContent) -> str:
    if content.batches:
        return _payout(wording, content.batches[0])
    if content.documents:
        return _document(wording, content.documents[0])
    lines = (line for statement in content.statements for line in statement.transactions)
    line = next(lines, None)
    return _line(wording, line) if line is not None else ""


def _line(wording: Wording, line: ReportedTransaction) -> str:
    day = wording.day(line.booking_date) if line.booking_date else ""
    kid = f"KID {line.kid}" if line.kid else ""
    parts = (day, line.counterparty, line.text, kid, wording.amount(line.amount, line.currency))
    return " · ".join(part for part in parts if part)


def _payout(wording: Wording, batch: PaymentBatch) -> str:
    day = wording.day(batch.booking_date) if batch.booking_date else ""
    fees = [part.amount for part in batch.parts if part.kind is PartKind.FEE]
    fee = wording.text("import.columns.fee", amount=wording.amount(sum(fees), batch.currency)) if fees else ""
    payments = wording.plural("import.columns.payments", len(batch.parts) - len(fees))
    parts = (batch.reference, day, payments, fee, wording.amount(batch.amount, batch.currency))
    return " · ".join(part for part in parts if part)


def _document(wording: Wording, document: ReportedDocument) -> str:
    text = wording.text
    what = text(
        "import.columns.document",
        side=text(f"side.{document.side}"),
        kind=text(f"import.columns.kind_of.{document.kind}"),
        number=document.number,
    )
    due = text("import.columns.due", day=wording.day(document.due_date)) if document.due_date else ""
    amount = wording.amount(document.amount, document.currency)
    if document.remaining != document.amount:
        remaining = wording.amount(document.remaining, document.currency)
        amount = text("import.columns.remaining", amount=amount, remaining=remaining)
    return " · ".join(part for part in (what, document.counterparty, due, amount) if part)
