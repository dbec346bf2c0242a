"""What came of imported files, and why a file or a part of it was not taken."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kontali_desktop.domain.money import NOK
from kontali_desktop.wording.dates import DateWords
from kontali_desktop.wording.evidence import plain_amount_shown
from kontali_desktop.wording.names import format_name, system_reason
from kontali_desktop.wording.texts import Texts

if TYPE_CHECKING:  # for the types alone: most runs load neither the engine nor the fetching
    from kontali_desktop.services.import_models import FileResult, ImportReport

_REFUSED = "refused"  # FileResult.status
# The sentence says all; where in the XML it was seen helps nobody.
_OF_THE_WHOLE = frozenset(
    {
        "wrong_namespace",
        "other_company",
        "other_books",
        "other_owner",
        "account_of_another_client",
        "balance_differs",
        "empty",
        "xml_truncated",
    }
)
# Counts, and what a preview calls them.
_PREVIEWED = {"added": "added", "updated": "updated", "unchanged": "known", "closed": "closing"}
_TAKEN = ("added", "updated", "closed", "rows_refused")  # counts that the result tells
_UNDONE = ("lines", "documents", "batches", "postings", "matches")
_AMOUNTS_OF_BOOKS = {
    "balance_differs": ("derived", "closing"),
    "opening_unclear": ("amount",),
    "opening_known": ("amount",),
    "opening_partly": ("amount", "remaining"),
}
_LINE = re.compile(r"line (\d+)(.*)", re.DOTALL)


def said_again(texts: Texts, dates: DateWords, facts: Mapping[str, str]) -> dict[str, str]:
    """The amounts and days of a document that came again under its number, as people read them; else nothing."""
    if "amount_before" not in facts:
        return {}
    shown = {}
    for place in ("", "_before"):
        currency = facts.get(f"currency{place}", NOK)
        shown[f"amount{place}"] = plain_amount_shown(texts, facts.get(f"amount{place}", ""), currency)
        shown[f"issued{place}"] = dates.stored_day(facts.get(f"issued{place}", ""))
    return shown


def refusal(texts: Texts, where: str, why: str, facts: Mapping[str, str]) -> str:
    """The place and the reason; an unknown reason is told in general words."""
    shown = {**facts, **_amounts_of_books(texts, why, facts)}
    if "detail" in facts:
        shown["detail"] = system_reason(texts, facts["detail"])
    if "first" in facts:
        place = _place(texts, facts["first"])
        shown["first"] = place[:1].lower() + place[1:]  # inside the sentence
    sentence = texts.told(texts.first(f"refusal.{why}", "refusal.unknown"), shown)
    place = _place(texts, where)
    if why in _OF_THE_WHOLE:
        place = ""
    return f"{place}: {sentence}" if place else sentence


def _place(texts: Texts, where: str) -> str:
    """Linje 12, due_date."""
    found = _LINE.fullmatch(where)
    return texts.text("refusal.line", line=found.group(1)) + found.group(2) if found else where


def _amounts_of_books(texts: Texts, why: str, facts: Mapping[str, str]) -> dict[str, str]:
    """Balances and rests in kroner, as people read them."""
    amounts = _AMOUNTS_OF_BOOKS.get(why, ())
    return {name: plain_amount_shown(texts, facts[name], NOK) for name in amounts if name in facts}


def import_undone(texts: Texts, counts: Mapping[str, int]) -> str:
    """What an undone import took out (an `ImportUndo`'s counts by name), and what it set back."""
    taken = [texts.plural(f"import.undo.{name}", counts[name]) for name in _UNDONE if counts.get(name)]
    parts = [texts.text("import.undo.done_text", what=", ".join(taken))] if taken else []
    parts += [texts.plural("import.undo.restored", counts["restored"])] if counts.get("restored") else []
    return " ".join(parts) or texts.text("import.undo.done_nothing")


def file_result(texts: Texts, result: FileResult) -> str:
    """One file in a line, without its name."""
    if result.status == _REFUSED:
        why = result.reason
        return refusal(texts, why.where, why.why, why.facts) if why is not None else texts.text("import.refused")
    if not result.format:
        return texts.text("import.ignored")
    parts = [texts.plural(f"import.{name}", count) for name, count in _counts(result) if count]
    parts += [texts.plural("import.doubted", len(result.doubts))] if result.doubts else []
    told = ", ".join(parts) or texts.text("import.nothing_new")
    return f"{format_name(texts, result.format)}: {told}"


def _counts(result: FileResult) -> tuple[tuple[str, int], ...]:
    return (
        ("added", result.added),
        ("updated", result.updated),
        ("unchanged", result.unchanged),
        ("closed", result.closed),
        ("rows_refused", len(result.refused)),
    )


def import_preview(texts: Texts, report: ImportReport) -> str:
    """What would come in: 214 nye · 3 kjente · 2 rader avvist."""
    totals = {name: sum(dict(_counts(file))[name] for file in report.files) for name in _PREVIEWED}
    totals["rows_refused"] = sum(len(file.refused) for file in report.files if file.status != _REFUSED)
    totals["doubted"] = sum(len(file.doubts) for file in report.files if file.format)
    totals["files_refused"] = sum(1 for file in report.files if file.status == _REFUSED and not file.needs)
    totals["files_waiting"] = sum(1 for file in report.files if file.needs)
    shown = [(_PREVIEWED.get(name, name), count) for name, count in totals.items() if count or name == "added"]
    return " · ".join(texts.plural(f"import.{name}", count) for name, count in shown)


def import_result(texts: Texts, report: ImportReport) -> str:
    """The whole import in a sentence."""
    if report.is_all_refused:
        return texts.plural("import.all_refused", len(report.files))
    taken = [file for file in report.files if file.status != _REFUSED and file.format]
    parts = [texts.plural("import.files", len(taken))]
    totals = {name: sum(dict(_counts(file))[name] for file in taken) for name in _TAKEN}
    parts += [texts.plural(f"import.{name}", count) for name, count in totals.items() if count]
    refused = sum(1 for file in report.files if file.status == _REFUSED)
    if refused:
        parts.append(texts.plural("import.files_refused", refused))
    doubted = sum(len(file.doubts) for file in taken)
    if doubted:
        parts.append(texts.plural("import.doubted", doubted))
    return " · ".join(parts)
