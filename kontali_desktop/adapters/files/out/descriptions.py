"""The words of a row in other systems' layouts, where they tell what has no column: references, and what is taken back.

Norwegian whatever the program's language: these files are read by Norwegian systems.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from kontali_desktop.adapters.files.out.cells import neutralised
from kontali_desktop.domain.vouchers import Voucher, VoucherLine

_CUT = "…"


def description(
    voucher: Voucher,
    line: VoucherLine,
    references: Iterable[str],
    longest: int,
    *,
    clean: Callable[[str], str] = str.strip,
) -> str:
    """Which voucher is taken back, the words of the line or the voucher, and the references they do not name.

    The words between give way where there is no room; a reference is never cut, for it would be another one.
    """
    start = "" if voucher.reverses is None else f"Tilbakeføring av bilag {voucher.reverses}: "
    words, added = clean(line.text or voucher.text), [clean(reference) for reference in references]
    room = longest - len(start)
    text = neutralised(f"{start}{_joined(words, added, room)}".strip())
    is_too_long = len(text) > longest  # by the apostrophe that keeps it from being a formula
    return neutralised(f"{start}{_joined(words, added, room - 1)}".strip()) if is_too_long else text


def shortened(text: str, longest: int) -> str:
    """Cut after a whole word, with a mark that something is left out; within the first word where that is too long."""
    if len(text) <= longest:
        return text
    room = longest - len(_CUT)
    if room <= 0:
        return ""
    begins = text[: room + 1]
    whole = begins.rpartition(" ")[0].rstrip(" ,:")
    return (whole or begins[:room]) + _CUT


def _joined(words: str, references: Sequence[str], longest: int) -> str:
    """A cut may take away a reference the words named: it is then added after them, until all are there."""
    fitting = _fitting(references, longest)
    added: list[str] = []
    while True:
        kept = shortened(words, longest - sum(len(reference) + 1 for reference in added))
        missing = [r for r in fitting if r not in added and not _names(kept, r)]
        if not missing:
            return " ".join(filter(None, (kept, *added)))
        added = [r for r in fitting if r in added or r in missing]


def _fitting(references: Sequence[str], longest: int) -> list[str]:
    fitting: list[str] = []
    for reference in dict.fromkeys(references):
        if reference and sum(len(r) + 1 for r in fitting) + len(reference) <= longest:
            fitting.append(reference)
    return fitting


def _names(words: str, reference: str) -> bool:
    """As a word of its own: 51202 does not name 5120."""
    return re.search(rf"(?<!\w){re.escape(reference)}(?!\w)", words) is not None
