"""What the system's file dialogs have in common."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from kontali_desktop.wording.wording import Wording

# By the names that banks and accounting systems give their files; the content alone decides what a file is.
PATTERNS = "*.csv *.txt *.tsv *.xlsx *.xlsm *.xls *.ods *.xml *.camt *.053 *.054 *.sta *.mt940 *.940 *.mta *.ocr *.saft"


def say_in_our_words(dialog: QFileDialog, wording: Wording, *, accept: str = "") -> None:
    """Qt's own dialog, where the desktop has none, knows no bokmål."""
    for label in QFileDialog.DialogLabel:
        dialog.setLabelText(label, wording.text(f"import.dialog.{label.name.lower()}"))
    if accept:
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, accept)


def documents_folder() -> str:
    """Where a person's files usually lie."""
    places = (QStandardPaths.StandardLocation.DocumentsLocation, QStandardPaths.StandardLocation.HomeLocation)
    folders = [QStandardPaths.writableLocation(place) for place in places]
    return next((folder for folder in folders if Path(folder).is_dir()), "")


def import_filters(wording: Wording) -> list[str]:
    """All that is read, then everything: names tell little. Both cases, for some systems tell them apart."""
    both = f"{PATTERNS} {PATTERNS.upper()}"
    return [f"{wording.text('import.filter')} ({both})", f"{wording.text('import.all_files')} (*)"]
