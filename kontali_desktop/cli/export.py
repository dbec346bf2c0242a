"""The verb that writes accepted matches out as payment vouchers."""

from __future__ import annotations

import argparse
from typing import Any

from kontali_desktop.cli.door import DONE, PERSON_NEEDED, Door
from kontali_desktop.domain.periods import Period
from kontali_desktop.services.export import ExportFile
from kontali_desktop.services.save_file import save_whole


def export(door: Door, given: argparse.Namespace) -> int:
    """Writes the file whole or not at all."""
    made = door.services.export.run(given.client, given.format, Period(given.since, given.until))
    save_whole(given.out, made.content)
    warning = door.wording.exported_elsewhere(made.exported_elsewhere)
    if warning:
        door.say(warning)
    door.answer(export_json(made, door, str(given.out)), _lines(made, door, given.out.name))
    return PERSON_NEEDED if made.held_back or made.closed else DONE


def export_json(made: ExportFile, door: Door, path: str) -> dict[str, Any]:
    numbers = [v.voucher.number for v in made.vouchers]
    return {
        "format": made.format,
        "path": path,
        "vouchers": len(numbers),
        "first_number": min(numbers, default=None),
        "last_number": max(numbers, default=None),
        "reversals": sum(v.reverses is not None for v in made.vouchers),
        "repeated": made.is_repeated,
        "exported_elsewhere": {
            "count": made.exported_elsewhere.count,
            "formats": list(made.exported_elsewhere.formats),
        },
        "closed_period": made.closed,
        "held_back": [
            {"id": str(h.transaction.id), "why": door.wording.held_back(h.why, h.facts)} for h in made.held_back
        ],
    }


def _lines(made: ExportFile, door: Door, name: str) -> list[str]:
    wording = door.wording
    told = wording.export_result(made)
    held = [f"  {wording.held_back(h.why, h.facts)}" for h in made.held_back]
    return [f"{name}: {told}", *held]
