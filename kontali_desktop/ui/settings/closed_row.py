"""Up to which day a client's books are closed."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kontali_desktop.domain.clients import ClientSettings
from kontali_desktop.domain.ids import ClientId
from kontali_desktop.ui.settings.presenter import Place, Problem, SettingsPresenter
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.widgets.date_field import DateField
from kontali_desktop.ui.widgets.text import Label
from kontali_desktop.ui.widgets.wrong import mark_wrong
from kontali_desktop.wording.wording import Wording

LABEL_WIDTH, DATE_WIDTH = 200, 130


class ClosedRow(QWidget):
    """What is typed is stored when the field is left or Enter is pressed; what is refused is said beside it."""

    def __init__(
        self, theme: Theme, wording: Wording, presenter: SettingsPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._client_id: ClientId | None = None
        text = wording.text
        name = text("settings.closed_until")
        self._date = DateField(name, text("connect.date_hint"), text("connect.date_wrong"))
        self._date.setObjectName("settings_closed_until")
        self._date.setFixedWidth(DATE_WIDTH)
        self._date.setFont(theme.font(figures=True))
        self._date.editingFinished.connect(self._store)
        self._reason = Label(theme, size=Size.SMALL, tone=Tone.NEGATIVE, wrap=True)
        self._reason.setObjectName("closed_problem")
        self._reason.hide()
        caption = Label(theme, name, weight=Weight.STRONG)
        caption.setFixedWidth(LABEL_WIDTH)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(caption)
        row.addWidget(self._date)
        row.addWidget(self._reason, 1)
        row.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(Label(theme, text("settings.closed_until.text"), size=Size.SMALL, tone=Tone.QUIET, wrap=True))
        presenter.problem.connect(self._on_problem)
        presenter.client_left.connect(self._store)

    def show_settings(self, client_id: ClientId, settings: ClientSettings) -> None:
        """Not over what is being typed or was refused."""
        is_anew = client_id != self._client_id
        self._client_id = client_id
        if is_anew:
            self._show_problem("")
        if is_anew or not (self._date.isModified() or self._reason.text()):
            self._date.set_day(settings.closed_until)

    def _store(self) -> None:
        if not self._date.isModified():
            return
        if not self._date.is_valid:
            self._show_problem(self._date.problem)
            return
        self._date.setModified(False)
        self._presenter.close_books(self._date.day)

    def _on_problem(self, problem: Problem) -> None:
        if problem.place is Place.CLOSED:
            self._show_problem(problem.text)

    def _show_problem(self, text: str) -> None:
        self._reason.setText(text)
        self._reason.setVisible(bool(text))
        mark_wrong(self._date, text)
