"""What came of imported files, and why a file or a part of it was not taken."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kontali_desktop.wording.names import format_name
from kontali_desktop.wording.texts import Texts

if TYPE_CHECKING:  # for the types alone: most runs load neither the engine nor the fetching
    from kontali_desktop.services.import_files import FileResult, ImportReport

_REFUSED = "refused"  # FileResult.status
# The sentence says all; where in the XML it was seen helps nobody.
_OF_THE_WHOLE = frozenset({"wrong_namespace", "other_company", "other_owner", "account_of_another_client"})
_LINE = re.compile(r"line (\d+)(.*)", re.DOTALL)


def refusal(texts: Texts, where: str, why: str, facts: Mapping[str, str]) -> str:
    """The place and the reason; an unknown reason is told in general words."""
    sentence = texts.told(texts.first(f"refusal.{why}", "refusal.unknown"), facts)
    found = _LINE.fullmatch(where)
    place = texts.text("refusal.line", line=found.group(1)) + found.group(2) if found else where
    if why in _OF_THE_WHOLE:
        place = ""
    return f"{place}: {sentence}" if place else sentence


def file_result(texts: Texts, result: FileResult) -> str:
    """One file in a line, without its name."""
    if result.status == _REFUSED:
        rows = result.refused
        return refusal(texts, rows[0].where, rows[0].why, rows[0].facts) if rows else texts.text("import.refused")
    if not result.format:
        return texts.text("import.ignored")
    parts = [texts.plural(f"import.{name}", count) for name, count in _counts(result) if count]
    told = ", ".join(parts) or texts.text("import.nothing_new")
    return f"{format_name(texts, result.format)}: {told}"


def _counts(result: FileResult) -> tuple[tuple[str, int], ...]:
    return (
        ("added", result.added),
        ("updated", result.updated),
        ("unchanged", result.unchanged),
        ("rows_refused", len(result.refused)),
    )


def import_result(texts: Texts, report: ImportReport) -> str:
    """The whole import in a sentence."""
    if report.is_all_refused:
        return texts.plural("import.all_refused", len(report.files))
    taken = [file for file in report.files if file.status != _REFUSED and file.format]
    parts = [texts.plural("import.files", len(taken))]
    totals = {name: sum(dict(_counts(file))[name] for file in taken) for name in ("added", "updated", "rows_refused")}
    parts += [texts.plural(f"import.{name}", count) for name, count in totals.items() if count]
    refused = sum(1 for file in report.files if file.status == _REFUSED)
    if refused:
        parts.append(texts.plural("import.files_refused", refused))
    return " · ".join(parts)
