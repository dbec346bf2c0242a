"""What an export brought, and why an accepted match is held back from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kontali_desktop.domain.money import NOK
from kontali_desktop.wording.evidence import plain_amount_shown
from kontali_desktop.wording.names import joined
from kontali_desktop.wording.texts import Texts

if TYPE_CHECKING:  # for the types alone: most runs load neither the engine nor the fetching
    from kontali_desktop.services.export import ExportedElsewhere, ExportFile


def held_back(texts: Texts, why: str, facts: Mapping[str, str]) -> str:
    """The reason and what to do; an unknown one is told in general words."""
    shown = dict(facts)
    for name in ("amount", "sum"):
        if name in facts:
            shown[name] = plain_amount_shown(texts, facts[name], NOK)
    shown["owed"] = plain_amount_shown(texts, facts.get("owed", ""), facts.get("currency", NOK))
    return texts.told(texts.first(f"held_back.{why}", "held_back.unknown"), shown)


def export_result(texts: Texts, made: ExportFile) -> str:
    """The export in a line."""
    if not made.vouchers:
        parts = [texts.text("export.nothing")]
    else:
        numbers = [v.voucher.number for v in made.vouchers]
        parts = [texts.plural("export.vouchers", len(numbers), first=numbers[0], last=numbers[-1])]
    reversals = sum(v.reverses is not None for v in made.vouchers)
    if reversals:
        parts.append(texts.plural("export.reversals", reversals))
    if made.is_repeated:
        parts.append(texts.text("export.repeated"))
    if made.held_back:
        parts.append(texts.plural("export.held_back", len(made.held_back)))
    if made.closed:
        parts.append(texts.plural("export.closed", made.closed))
    return " · ".join(parts)


def exported_elsewhere(texts: Texts, elsewhere: ExportedElsewhere) -> str:
    """That vouchers were written in another layout before; nothing where none was."""
    if not elsewhere.count:
        return ""
    names = [export_format(texts, format_) for format_ in elsewhere.formats]
    return texts.plural("export.written_before", elsewhere.count, formats=joined(texts, names))


def export_format(texts: Texts, format_: str) -> str:
    """The layout by the name of the program that reads it."""
    return texts.text(f"export.format.{format_}")
