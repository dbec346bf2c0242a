"""How far the program may go by itself for a client: its mode, from which confidence, and up to which amount."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kontali_desktop.domain.autonomy import DEFAULT_THRESHOLD, Mode, expected_at
from kontali_desktop.domain.clients import ClientSettings
from kontali_desktop.domain.ids import ClientId
from kontali_desktop.ui.settings.presenter import Place, Problem, SettingsPresenter
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.widgets.buttons import LinkButton
from kontali_desktop.ui.widgets.choice_list import Choice, ChoiceList
from kontali_desktop.ui.widgets.marked_slider import MarkedSlider
from kontali_desktop.ui.widgets.text import Label
from kontali_desktop.ui.widgets.wrong import mark_wrong
from kontali_desktop.wording.wording import Wording

WHOLE = 1000  # the slider counts in thousandths
LOWEST, HIGHEST, DEFAULT = 950, 999, round(DEFAULT_THRESHOLD * WHOLE)
SETTLE_MS = 400  # what is on its way past other values is not stored
SLIDER_WIDTH, CAP_WIDTH, LABEL_WIDTH = 320, 130, 200


class AutonomyRows(QWidget):
    """What is chosen is stored once it rests for a moment, the cap when its field is left or Enter is pressed."""

    def __init__(
        self, theme: Theme, wording: Wording, presenter: SettingsPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._wording, self._presenter = theme, wording, presenter
        self._client_id: ClientId | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._store)
        text = wording.text
        choices = [Choice(mode, text(f"mode.{mode}"), text(f"mode.{mode}.note")) for mode in Mode]
        self.modes = ChoiceList(theme, choices, name=text("settings.mode"))
        self.modes.setObjectName("settings_mode")
        self.modes.chosen.connect(lambda _key: self._settle.start())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(Label(theme, text("settings.mode"), weight=Weight.STRONG))
        column.addWidget(self.modes)
        column.addWidget(Label(theme, text("settings.mode.note"), size=Size.SMALL, tone=Tone.QUIET, wrap=True))
        column.addSpacing(6)
        column.addLayout(self._make_threshold())
        column.addSpacing(6)
        column.addLayout(self._make_cap())
        presenter.problem.connect(self._on_problem)
        presenter.client_left.connect(self.store_now)

    def show_settings(self, client_id: ClientId, settings: ClientSettings) -> None:
        """Not over what is on its way, being typed, or was refused."""
        is_anew = client_id != self._client_id
        self._client_id = client_id
        if not self._slider.isSliderDown() and not self._settle.isActive():
            self.modes.choose(settings.mode)
            value = round(settings.threshold * WHOLE)
            self._slider.setMinimum(min(LOWEST, value))
            self._slider.setValue(value)
        self._show_threshold(self._slider.value())
        if is_anew:
            self._show_problem("")
        if is_anew or not (self._cap.isModified() or self._reason.text()):
            self._cap.setText("" if settings.cap is None else self._wording.amount(settings.cap))

    def store_now(self) -> None:
        """Before another client is shown."""
        if self._settle.isActive():
            self._settle.stop()
            self._store()
        self._store_cap()

    def _make_threshold(self) -> QVBoxLayout:
        text = self._wording.text
        self._slider = MarkedSlider(self._theme, DEFAULT)
        self._slider.setObjectName("settings_threshold")
        self._slider.setAccessibleName(text("settings.threshold"))
        self._slider.setRange(LOWEST, HIGHEST)
        self._slider.setPageStep(5)
        self._slider.setFixedWidth(SLIDER_WIDTH)
        self._slider.valueChanged.connect(self._on_moved)
        self._share = Label(self._theme, weight=Weight.STRONG, figures=True)
        self._share.setObjectName("threshold_share")
        self._default = LinkButton(self._theme, text("settings.threshold.default", share=self._percent(DEFAULT)))
        self._default.setObjectName("threshold_default")
        self._default.clicked.connect(lambda: self._slider.setValue(DEFAULT))
        row = QHBoxLayout()
        row.setSpacing(12)
        caption = Label(self._theme, text("settings.threshold"))
        caption.setFixedWidth(LABEL_WIDTH)
        for widget in (caption, self._slider, self._share, self._default):
            row.addWidget(widget)
        row.addStretch(1)
        self._means = Label(self._theme, size=Size.SMALL, tone=Tone.QUIET, wrap=True)
        self._means.setObjectName("threshold_means")
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._means)
        return column

    def _make_cap(self) -> QVBoxLayout:
        text = self._wording.text
        self._cap = QLineEdit()
        self._cap.setObjectName("settings_cap")
        self._cap.setAccessibleName(text("settings.cap"))
        self._cap.setPlaceholderText(text("settings.cap.none"))
        self._cap.setFixedWidth(CAP_WIDTH)
        self._cap.setFont(self._theme.font(figures=True))
        self._cap.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._cap.editingFinished.connect(self._store_cap)
        self._reason = Label(self._theme, size=Size.SMALL, tone=Tone.NEGATIVE, wrap=True)
        self._reason.setObjectName("cap_problem")
        self._reason.hide()
        row = QHBoxLayout()
        row.setSpacing(12)
        caption = Label(self._theme, text("settings.cap"))
        caption.setFixedWidth(LABEL_WIDTH)
        row.addWidget(caption)
        row.addWidget(self._cap)
        row.addWidget(self._reason, 1)
        row.addStretch(0)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(Label(self._theme, text("settings.cap.note"), size=Size.SMALL, tone=Tone.QUIET, wrap=True))
        return column

    def _percent(self, value: int) -> str:
        return self._wording.percent(value, WHOLE, 1)

    def _show_threshold(self, value: int) -> None:
        shown, expected = self._percent(value), expected_at(value / WHOLE)
        key = "settings.threshold.means" if expected.wrong else "settings.threshold.means.none"
        means = self._wording.text(key, wrong=expected.wrong, taken=expected.taken)
        self._share.setText(shown)
        self._means.setText(means)
        self._slider.setAccessibleDescription(f"{shown}. {means}")
        is_default = value == DEFAULT
        key = "settings.threshold.is_default" if is_default else "settings.threshold.default"
        self._default.set_text(self._wording.text(key, share=self._percent(DEFAULT)))
        self._default.setEnabled(not is_default)

    def _on_moved(self, value: int) -> None:
        self._show_threshold(value)
        section = self._presenter.section
        if section is not None and value != round(section.settings.threshold * WHOLE):
            self._settle.start()

    def _store(self) -> None:
        self._presenter.set_autonomy(Mode(self.modes.current), self._slider.value() / WHOLE)

    def _store_cap(self) -> None:
        if self._cap.isModified():
            self._cap.setModified(False)
            self._presenter.set_cap(self._cap.text())

    def _on_problem(self, problem: Problem) -> None:
        if problem.place is Place.CAP:
            self._show_problem(problem.text)

    def _show_problem(self, text: str) -> None:
        self._reason.setText(text)
        self._reason.setVisible(bool(text))
        mark_wrong(self._cap, text)
