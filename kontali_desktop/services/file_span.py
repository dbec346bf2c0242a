"""How much a file says, and of which days: what a person looks at to see that it is the right one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kontali_desktop.domain.periods import Period
from kontali_desktop.services.ports import FileContent


def lines_in(content: FileContent) -> int:
    """Bank lines, documents and postings; sums with their parts where the file has no lines of its own."""
    lines = sum(len(statement.transactions) for statement in content.statements)
    sums = 0 if content.statements else len(content.batches)
    return lines + len(content.documents) + len(content.postings) + sums


def days_in(content: FileContent) -> Period:
    """From the first day to the last, open where the file tells no day."""
    days = list(_days(content))
    return Period(min(days), max(days)) if days else Period()


def _days(content: FileContent) -> Iterator[date]:
    told = [
        *(line.booking_date or line.value_date for statement in content.statements for line in statement.transactions),
        *(document.issue_date for document in content.documents),
        *(posting.posting_date for posting in content.postings),
        *(batch.booking_date for batch in content.batches),
    ]
    return (day for day in told if day is not None)
