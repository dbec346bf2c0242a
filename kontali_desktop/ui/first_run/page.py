"""Three steps on a card in the middle: client, bank, invoices."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kontali_desktop.ui.first_run.presenter import FirstRunPresenter, Progress
from kontali_desktop.ui.theme import IconName, Theme, Tone
from kontali_desktop.ui.theme.metrics import ICON, Size, Weight
from kontali_desktop.ui.widgets.buttons import Button, ButtonKind
from kontali_desktop.ui.widgets.card import Card
from kontali_desktop.ui.widgets.field import TextField
from kontali_desktop.ui.widgets.steps import INDENT, Step, StepList, StepState
from kontali_desktop.ui.widgets.text import Label
from kontali_desktop.wording.wording import Wording

WIDTH = 560
PADDING = 32
INVOICES = 3  # the step that files alone may have done before the bank's


class FirstRunPage(QWidget):
    """Follows `presenter.changed`."""

    name = "first_run"

    def __init__(
        self, theme: Theme, wording: Wording, presenter: FirstRunPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._wording = wording
        self.presenter = presenter
        card = Card(padding=PADDING)
        card.setFixedWidth(WIDTH)
        card.body.setSpacing(4)
        card.body.addWidget(Label(theme, wording.text("first_run.title"), size=Size.TITLE, weight=Weight.STRONG))
        card.body.addWidget(Label(theme, wording.text("first_run.lead"), tone=Tone.QUIET))
        card.body.addSpacing(20)
        steps = StepList(theme)
        self.steps = (
            steps.add_step(wording.text("first_run.client")),
            steps.add_step(wording.text("first_run.bank"), wording.text("first_run.bank_text")),
            steps.add_step(wording.text("first_run.invoices"), wording.text("first_run.invoices_text")),
        )
        self._fields = self._make_fields(self.steps[0])
        card.body.addWidget(steps)
        card.body.addLayout(self._make_buttons())
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(12)
        layout.addWidget(_DropHint(theme, wording.text("first_run.drop")), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        presenter.changed.connect(self.show_progress)
        presenter.orgnr_refused.connect(self._refuse_number)
        self.show_progress(presenter.progress)
        self.setFocusProxy(self.orgnr)

    def _make_fields(self, step: Step) -> QWidget:
        fields = QWidget()
        row = QHBoxLayout(fields)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(12)
        text = self._wording.text
        self.orgnr = TextField(self._theme, text("first_run.orgnr"), text("first_run.orgnr_hint"))
        self.orgnr.input.setObjectName("orgnr")
        self.orgnr.changed.connect(lambda _text: self.orgnr.set_problem(""))
        self.company = TextField(self._theme, text("first_run.name"), text("first_run.name_hint"))
        self.company.input.setObjectName("client_name")
        for field, stretch in ((self.orgnr, 2), (self.company, 3)):
            field.input.returnPressed.connect(self._connect)
            row.addWidget(field, stretch, Qt.AlignmentFlag.AlignTop)
        step.body.addWidget(fields)
        return fields

    def _make_buttons(self) -> QHBoxLayout:
        text = self._wording.text
        row = QHBoxLayout()
        row.setContentsMargins(INDENT, 0, 0, 0)
        row.setSpacing(8)
        self.connect_button = Button(self._theme, text("first_run.connect"), kind=ButtonKind.PRIMARY)
        self.connect_button.clicked.connect(self._connect)
        self.demo_button = Button(self._theme, text("first_run.demo"))
        self.demo_button.clicked.connect(self.presenter.wants_demo)
        self.files_button = Button(self._theme, text("first_run.files"))
        self.files_button.setToolTip(text("first_run.files_tip"))
        self.files_button.clicked.connect(lambda: self.presenter.take_files(self.orgnr.text, self.company.text))
        self.import_button = Button(self._theme, text("first_run.import"), kind=ButtonKind.PRIMARY)
        self.import_button.clicked.connect(self.presenter.wants_import)
        self.skip_button = Button(self._theme, text("first_run.skip"))
        self.skip_button.clicked.connect(self.presenter.left)
        for button, name in (
            (self.connect_button, "connect_button"),
            (self.files_button, "files_button"),
            (self.demo_button, "demo_button"),
            (self.import_button, "import_button"),
            (self.skip_button, "skip_button"),
        ):
            button.setObjectName(name)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def show_progress(self, progress: Progress) -> None:
        for number, step in enumerate(self.steps, 1):
            state, word = StepState.WAITING, "first_run.step_waiting"
            if number < progress.current or (number == INVOICES and progress.documents):
                state, word = StepState.DONE, "first_run.step_done"
            elif number == progress.current:
                state, word = StepState.CURRENT, "first_run.step_now"
            step.set_state(state, self._wording.text(word))
        self._fields.setVisible(progress.client is None)
        if progress.client is not None:
            client = progress.client
            self.steps[0].set_text(self._wording.text("first_run.client_done", name=client.name, orgnr=client.orgnr))
        if progress.accounts:
            self.steps[1].set_text(self._wording.plural("first_run.bank_done", progress.accounts))
        is_connected = progress.accounts > 0
        for button in (self.connect_button, self.files_button, self.demo_button):
            button.setVisible(not is_connected)
        for button in (self.import_button, self.skip_button):
            button.setVisible(is_connected)

    def _connect(self) -> None:
        self.presenter.connect_bank(self.orgnr.text, self.company.text)

    def _refuse_number(self) -> None:
        self.orgnr.set_problem(self._wording.text("first_run.orgnr_wrong"))
        self.orgnr.setFocus()


class _DropHint(QWidget):
    """That files may be dropped anywhere, with the sign of a file coming in."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__()
        self._theme = theme
        layout = QHBoxLayout(self)
        layout.setContentsMargins(ICON + 8, 4, 0, 4)
        layout.addWidget(Label(theme, text, tone=Tone.QUIET))
        theme.changed.connect(self.update)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        box = QRectF(0, (self.height() - ICON) / 2, ICON, ICON)
        self._theme.paint_icon(painter, box, IconName.FILE_IN, self._theme.tokens.text_quiet)
        painter.end()
