"""What would come in, what would not and why, and what the person decides before it does."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kontali_desktop.services.import_models import TableQuestion
from kontali_desktop.ui.import_files.account_row import AccountRow
from kontali_desktop.ui.import_files.file_parts import doubts_of, file_table, reason_list, reasons_of
from kontali_desktop.ui.import_files.presenter import ImportPresenter
from kontali_desktop.ui.import_files.result_model import PreviewModel
from kontali_desktop.ui.import_files.steps import AccountQuestion, Previewed
from kontali_desktop.ui.sheets.worded_sheet import WordedSheet
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.widgets.buttons import Button, ButtonKind
from kontali_desktop.ui.widgets.check_box import CheckBox
from kontali_desktop.ui.widgets.fitting_area import FittingArea
from kontali_desktop.ui.widgets.text import ElidedLabel, Label, heading
from kontali_desktop.wording.wording import Wording

WIDTH = 1080


class PreviewSheet(WordedSheet):
    """Follows the preview's steps while they are of the same files; tells the presenter what is decided."""

    def __init__(
        self, theme: Theme, wording: Wording, window: QWidget, step: Previewed, presenter: ImportPresenter
    ) -> None:
        client = wording.text("import.for_client", client=step.client.name)
        super().__init__(theme, wording, window, wording.text("import.preview.title"), subtitle=client, width=WIDTH)
        self._presenter = presenter
        self._asks_account = bool(step.accounts)
        self._summary = Label(theme, size=Size.LARGE, weight=Weight.STRONG, wrap=True)
        self._summary.setObjectName("preview_summary")
        self._note = Label(theme, tone=Tone.QUIET)
        self.body.addWidget(self._summary)
        self.body.addWidget(self._note)
        self._area = FittingArea()
        self._model = PreviewModel(step.report.files, wording)
        self._table = file_table(theme, wording, self._model)
        self._area.body.addWidget(self._table)
        self._questions = _Questions(theme, wording, step, presenter) if step.accounts or step.tables else None
        if self._questions is not None:
            self._questions.resized.connect(lambda: QTimer.singleShot(0, self, self._fit_anew))  # once it is laid out
            self._area.body.addWidget(self._questions)
        self._reasons = QVBoxLayout()
        self._reasons.setSpacing(8)
        self._shown: tuple[list[str], list[str]] = ([], [])
        self._area.body.addLayout(self._reasons)
        self._area.body.addStretch(1)
        self.body.addWidget(self._area, 1)
        self.complete = CheckBox(theme, wording.text("import.preview.complete"))
        self.complete.setObjectName("complete_box")
        self.complete.setChecked(step.choices.is_complete)
        self.complete.setVisible(step.has_list)
        self.complete.clicked.connect(lambda is_on: presenter.set_complete(is_complete=is_on))
        self.body.addWidget(self.complete)
        self._add_answers()
        self.show_step(step)

    def open_sheet(self) -> None:
        """Where something is asked, or was chosen for the person, the keyboard is there; Enter takes it in anyhow."""
        super().open_sheet()
        is_ready = self.primary is not None and self.primary.isEnabled()
        first = self.primary if is_ready and not self._asks_account else self._questions
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_step(self, step: Previewed) -> None:
        text = self.wording.text
        self._summary.setText(self.wording.import_preview(step.report))
        self._note.setText(text("import.preview.note" if step.is_current else "import.preview.comparing"))
        self._model.show_files(step.report.files)
        for column in self._model.SOMETIMES:
            self._table.setColumnHidden(column, not self._model.has_any(column))
        shown = doubts_of(step.report.files, self.wording), reasons_of(step.report.files, self.wording, is_preview=True)
        if shown != self._shown:
            self._shown = shown
            self._show_reasons(*shown)
        if self.primary is not None:
            self.primary.setEnabled(step.is_current and not step.report.is_all_refused)
        QTimer.singleShot(0, self, self._fit_anew)

    def _fit_anew(self) -> None:
        self._area.updateGeometry()
        self.refit()

    def _show_reasons(self, doubts: Sequence[str], refused: Sequence[str]) -> None:
        while (item := self._reasons.takeAt(0)) is not None:
            former = item.widget()
            if former is not None:
                former.hide()
                former.deleteLater()
        for key, reasons, tone in (("doubts", doubts, Tone.WARNING), ("refused", refused, Tone.TEXT)):
            if reasons:
                title = self.wording.text(f"import.preview.{key}")
                told = reason_list(self.theme, self.wording, reasons, name=f"preview_{key}", title=title, tone=tone)
                self._reasons.addWidget(heading(self.theme, title))
                self._reasons.addWidget(told)

    def _add_answers(self) -> None:
        text = self.wording.text
        store = self._presenter.store
        cancel = self.make_button(text("common.cancel"), "cancel_button", self.dismiss)
        self.primary = self.make_button(text("import.preview.import"), "import_button", store, kind=ButtonKind.PRIMARY)
        self.add_buttons(cancel, self.primary)


class _Questions(QWidget):
    """Which account, and what the columns are: a line a file. The keyboard comes to the first."""

    resized = Signal()

    def __init__(self, theme: Theme, wording: Wording, step: Previewed, presenter: ImportPresenter) -> None:
        super().__init__()
        self._theme, self._wording, self._presenter = theme, wording, presenter
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._layout.addWidget(heading(theme, wording.text("import.preview.questions")))
        for account in step.accounts:
            self._layout.addWidget(self._account_row(account, step))
        for table in step.tables:
            self._layout.addLayout(self._table_row(table))

    def _account_row(self, question: AccountQuestion, step: Previewed) -> AccountRow:
        row = AccountRow(self._theme, self._wording, question, step.choices.accounts)
        row.number.set_text(step.choices.numbers.get(question.path, ""))
        row.account_chosen.connect(lambda chosen: self._presenter.choose_account(question.path, chosen))
        row.number_given.connect(lambda number: self._presenter.choose_number(question.path, number))
        row.resized.connect(self.resized)
        self._lead(row)
        return row

    def _table_row(self, question: TableQuestion) -> QHBoxLayout:
        file = question.path.name
        button = Button(self._theme, self._wording.text("import.preview.columns"), small=True)
        button.setObjectName(f"columns_{file}")
        button.setAccessibleName(self._wording.text("import.preview.columns_of", file=file))
        button.clicked.connect(lambda _checked=False: self._presenter.ask_columns(question.path))
        self._lead(button)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(ElidedLabel(self._theme, file), 1)
        row.addWidget(button)
        return row

    def _lead(self, widget: QWidget) -> None:
        if self.focusProxy() is None:
            self.setFocusProxy(widget)
