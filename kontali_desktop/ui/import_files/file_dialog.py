"""Which files can be chosen."""

from __future__ import annotations

from kontali_desktop.wording.wording import Wording

# By the names that banks and accounting systems give their files; the content alone decides what a file is.
PATTERNS = "*.csv *.txt *.tsv *.xlsx *.xlsm *.xls *.ods *.xml *.camt *.053 *.054 *.sta *.mt940 *.940 *.mta *.ocr *.saft"


def import_filters(wording: Wording) -> list[str]:
    """All that is read, then everything: names tell little. Both cases, for some systems tell them apart."""
    both = f"{PATTERNS} {PATTERNS.upper()}"
    return [f"{wording.text('import.filter')} ({both})", f"{wording.text('import.all_files')} (*)"]
