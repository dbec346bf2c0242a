"""The system's own dialogs for files and folders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from kontali_desktop.wording.wording import Wording

Mode = QFileDialog.FileMode
SAVE = QFileDialog.AcceptMode.AcceptSave


class FileDialogs:
    """One at a time over `window`; for files the next one begins in `folder`, where the last one ended.

    Asking returns at once; where a dialog is open already that one comes to the front, and nothing is asked.
    """

    def __init__(self, wording: Wording, window: QWidget) -> None:
        self._wording, self._window = wording, window
        self.dialog: QFileDialog | None = None
        self.folder = _documents_folder()

    def ask_files(
        self, title: str, name: str, filters: Sequence[str], on_chosen: Callable[[list[Path]], object]
    ) -> None:
        """Which files are to be read; `title` is shown, `name` is the dialog's own."""

        def chosen(names: list[str]) -> None:
            self.folder = str(Path(names[0]).parent)
            on_chosen([Path(name) for name in names])

        if dialog := self._made(title, name, Mode.ExistingFiles):
            dialog.setNameFilters(filters)
            dialog.setDirectory(self.folder)
            dialog.filesSelected.connect(chosen)
            dialog.open()

    def ask_where(self, title: str, name: str, file: str, kind: str, on_chosen: Callable[[Path], object]) -> None:
        """Where `file` is to be saved, or under which other name; `kind` says what files with its ending are."""

        def chosen(path: str) -> None:
            self.folder = str(Path(path).parent)
            on_chosen(Path(path))

        suffix = Path(file).suffix
        if dialog := self._made(title, name, Mode.AnyFile, "common.save"):
            dialog.setNameFilters([f"{kind} (*{suffix})"])
            dialog.setDefaultSuffix(suffix.removeprefix("."))
            dialog.setDirectory(self.folder)
            dialog.selectFile(file)
            dialog.fileSelected.connect(chosen)
            dialog.open()

    def ask_folder(self, title: str, name: str, at: str, on_chosen: Callable[[str], object]) -> None:
        """Which folder; `at` is where to begin."""
        if dialog := self._made(title, name, Mode.Directory, "common.choose"):
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
            dialog.setDirectory(at)
            dialog.fileSelected.connect(on_chosen)
            dialog.open()

    def _made(self, title: str, name: str, mode: Mode, accept: str = "import.dialog.accept") -> QFileDialog | None:
        if self.dialog is not None:
            self.dialog.raise_()
            return None
        self.dialog = dialog = QFileDialog(self._window.window(), title)
        dialog.setObjectName(name)
        dialog.setFileMode(mode)
        if mode is Mode.AnyFile:
            dialog.setAcceptMode(SAVE)
        for label in QFileDialog.DialogLabel:  # Qt's own dialog, where the desktop has none, knows no bokmål
            dialog.setLabelText(label, self._wording.text(f"import.dialog.{label.name.lower()}"))
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, self._wording.text(accept))
        dialog.finished.connect(self._on_finished)
        return dialog

    def _on_finished(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()


def _documents_folder() -> str:
    """Where a person's files usually lie."""
    places = (QStandardPaths.StandardLocation.DocumentsLocation, QStandardPaths.StandardLocation.HomeLocation)
    folders = [QStandardPaths.writableLocation(place) for place in places]
    return next((folder for folder in folders if Path(folder).is_dir()), "")
