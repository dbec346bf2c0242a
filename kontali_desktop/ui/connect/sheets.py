"""The small sheets of connecting: which bank, what is going on, how it ended, what went wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kontali_desktop.services.synchronise import FIRST_DAYS
from kontali_desktop.ui.connect.steps import ChooseBank, Done, Fetching, InBrowser, Problem, WayOut
from kontali_desktop.ui.theme import IconName, Theme, Tone
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.widgets.buttons import Button, ButtonKind
from kontali_desktop.ui.widgets.card import Card
from kontali_desktop.ui.widgets.empty_state import EmptyState
from kontali_desktop.ui.widgets.progress import ProgressRow
from kontali_desktop.ui.widgets.sheet import Sheet
from kontali_desktop.ui.widgets.text import Label
from kontali_desktop.wording.wording import Wording

WIDTH = 520
DEMO = "demo"
WAY_OUT_TEXTS = {
    WayOut.SIGN_IN_AGAIN: "connect.try_again",
    WayOut.BROWSER: "connect.open_browser",
    WayOut.FETCH_AGAIN: "connect.fetch_again",
    WayOut.SETTINGS: "connect.settings",
    WayOut.CLOSE: "connect.close",
}


class ConnectSheet(Sheet):
    """Closing it is the person's cancel."""

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, title: str, *, width: int = WIDTH) -> None:
        super().__init__(theme, window, title, close_name=wording.text("connect.cancel"), width=width)
        self.theme = theme
        self.wording = wording
        self.setObjectName("connect_sheet")

    def add_buttons(self, *buttons: Button) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        self.body.addLayout(row)

    def cancel_button(self, key: str = "connect.cancel") -> Button:
        button = Button(self.theme, self.wording.text(key))
        button.setObjectName("cancel_button")
        button.clicked.connect(self.dismiss)
        return button


class BankSheet(ConnectSheet):
    """`chosen` carries the bank's id."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, step: ChooseBank) -> None:
        super().__init__(theme, wording, window, wording.text("connect.choose_bank"))
        for option in step.options:
            card = Card(padding=12)
            row = QHBoxLayout()
            row.setSpacing(12)
            words = QVBoxLayout()
            words.setSpacing(2)
            words.addWidget(Label(theme, wording.bank(option.id), weight=Weight.STRONG))
            words.addWidget(Label(theme, self._note(option.id, option.missing), tone=Tone.QUIET, wrap=True))
            row.addLayout(words, 1)
            kind = ButtonKind.QUIET if option.missing else ButtonKind.PRIMARY
            button = Button(theme, wording.text("connect.title"), kind=kind, small=True)
            button.setObjectName(f"bank_{option.id}")
            button.setAccessibleName(wording.text("connect.title_bank", bank=wording.bank(option.id)))
            button.clicked.connect(lambda _checked=False, bank=option.id: self.chosen.emit(bank))
            row.addWidget(button)
            card.body.addLayout(row)
            self.body.addWidget(card)
        self.add_buttons(self.cancel_button())

    def _note(self, bank_id: str, missing: str) -> str:
        if missing:
            return self.wording.text("connect.bank_missing", missing=missing)
        return self.wording.text("connect.bank_demo" if bank_id == DEMO else "connect.bank_ready")


class BusySheet(ConnectSheet):
    """Something goes on; `show_work` says what."""

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, title: str, *, is_fetch: bool) -> None:
        super().__init__(theme, wording, window, title)
        self.is_fetch = is_fetch
        self._progress = ProgressRow(theme, name=wording.text("connect.progress_name"))
        self._note = Label(theme, tone=Tone.QUIET, wrap=True)
        self._note.hide()
        self.body.addWidget(self._progress)
        self.body.addWidget(self._note)
        self.cancel = self.cancel_button("connect.stop" if is_fetch else "connect.cancel")
        self.add_buttons(self.cancel)

    def show_work(self, text: str, note: str = "", done: int = 0, total: int = 0) -> None:
        self._progress.show_progress(text, done=done, total=total)
        if note != self._note.text():
            self._note.setText(note)
            self._note.setVisible(bool(note))
            self.refit()

    def show_fetch(self, step: Fetching) -> None:
        note = self.wording.text("connect.fetching_note", days=FIRST_DAYS)
        if step.progress is None:
            self.show_work(self.wording.text("connect.starting"), note)
            return
        # An account's lines have no known number; the bar moves as its accounts are done.
        total = step.progress.accounts if step.progress.accounts > 1 else 0
        self.show_work(self.wording.sync_progress(step.progress), note, step.progress.accounts_done, total)


class BrowserSheet(ConnectSheet):
    """Waits for the person to come back from the system's browser."""

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, step: InBrowser) -> None:
        super().__init__(theme, wording, window, wording.text("connect.in_browser"))
        progress = ProgressRow(theme, name=wording.text("connect.progress_name"))
        progress.show_progress(wording.bank(step.bank))
        self.body.addWidget(progress)
        self.body.addWidget(Label(theme, wording.text("connect.in_browser_note"), tone=Tone.QUIET, wrap=True))
        self._url = step.url
        self._copy = Button(theme, wording.text("connect.copy_address"), icon=IconName.COPY)
        self._copy.setObjectName("copy_button")
        self._copy.clicked.connect(self._copy_address)
        self.add_buttons(self._copy, self.cancel_button())

    def _copy_address(self) -> None:
        QGuiApplication.clipboard().setText(self._url)
        self._copy.set_text(self.wording.text("connect.copied"))


class DoneSheet(ConnectSheet):
    """`review_wanted` and `import_wanted`: where to go on."""

    review_wanted = Signal()
    import_wanted = Signal()

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, step: Done) -> None:
        super().__init__(theme, wording, window, wording.bank(step.bank))
        has_documents = step.report.match.documents > 0
        result = Label(theme, wording.sync_result(step.report), size=Size.LARGE, weight=Weight.STRONG, wrap=True)
        result.setObjectName("result")
        self.body.addWidget(result)
        note = "connect.done_note" if has_documents else "connect.done_no_documents"
        self.body.addWidget(Label(theme, wording.text(note), tone=Tone.QUIET, wrap=True))
        review = Button(theme, wording.text("connect.show_review"), kind=_kind(primary=has_documents))
        review.setObjectName("review_button")
        review.clicked.connect(self.review_wanted)
        importing = Button(theme, wording.text("connect.show_import"), kind=_kind(primary=not has_documents))
        importing.setObjectName("import_button")
        importing.clicked.connect(self.import_wanted)
        importing.setVisible(not has_documents)
        # The one to press is read first and stands last.
        order = (review,) if has_documents else (review, importing)
        self._first = order[-1]
        self.add_buttons(*order)

    def open_sheet(self) -> None:
        """Enter does what is to be done next."""
        super().open_sheet()
        self._first.setFocus(Qt.FocusReason.OtherFocusReason)


class ProblemSheet(ConnectSheet):
    """What happened, what it means, and one button; `acted` when it is pressed."""

    acted = Signal()

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, step: Problem) -> None:
        title = wording.text("connect.title_bank", bank=wording.bank(step.bank)) if step.bank else ""
        super().__init__(theme, wording, window, title or wording.text("connect.title"))
        words = wording.error(step.error)
        kept = [wording.text("connect.is_kept")] if step.is_kept else []
        note = " ".join([words.text, *kept])
        state = EmptyState(theme, IconName.ERROR, "")
        state.show_state(
            IconName.ERROR, words.message, note, wording.text(WAY_OUT_TEXTS[step.way_out]), tone=Tone.NEGATIVE
        )
        state.button.setObjectName("way_out_button")
        state.acted.connect(self.acted)
        state.setMinimumHeight(260)
        self.body.addWidget(state)


def _kind(*, primary: bool) -> ButtonKind:
    return ButtonKind.PRIMARY if primary else ButtonKind.QUIET
