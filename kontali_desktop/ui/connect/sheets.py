"""The small sheets of connecting: which bank, what is going on, how it ended, what went wrong."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kontali_desktop.services.synchronise import FIRST_DAYS
from kontali_desktop.ui.connect.steps import BankOption, ChooseBank, Done, Fetching, InBrowser, Problem, WayOut
from kontali_desktop.ui.theme import IconName, Theme, Tone
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.widgets.buttons import Button, ButtonKind
from kontali_desktop.ui.widgets.card import Card
from kontali_desktop.ui.widgets.empty_state import EmptyState
from kontali_desktop.ui.widgets.primary_sheet import PrimarySheet
from kontali_desktop.ui.widgets.progress import ProgressRow
from kontali_desktop.ui.widgets.text import Label
from kontali_desktop.wording.wording import Wording

WIDTH = 520
DEMO = "demo"
FIELDS = {"DNB_CLIENT_ID": "settings.bank.client_id", "DNB_CLIENT_SECRET": "settings.bank.client_secret"}
WAY_OUT_TEXTS = {
    WayOut.SIGN_IN_AGAIN: "connect.try_again",
    WayOut.BROWSER: "connect.open_browser",
    WayOut.FETCH_AGAIN: "connect.fetch_again",
    WayOut.SETTINGS: "connect.settings",
    WayOut.CLOSE: "connect.close",
}


class ConnectSheet(PrimarySheet):
    """Closing it is the person's cancel."""

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, title: str, *, width: int = WIDTH) -> None:
        super().__init__(theme, window, title, close_name=wording.text("connect.cancel"), width=width)
        self.wording = wording
        self.setObjectName("connect_sheet")

    def cancel_button(self, key: str = "connect.cancel") -> Button:
        return self.make_button(self.wording.text(key), "cancel_button", self.dismiss)


class BankSheet(ConnectSheet):
    """`chosen` carries the bank's id."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, step: ChooseBank) -> None:
        super().__init__(theme, wording, window, wording.text("connect.choose_bank"))
        for option in step.options:
            self.body.addWidget(self._card(option))
        self.add_buttons(self.cancel_button())

    def _card(self, option: BankOption) -> Card:
        theme, wording = self.theme, self.wording
        card = Card(padding=12)
        row = QHBoxLayout()
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(Label(theme, wording.bank(option.id), weight=Weight.STRONG))
        words.addWidget(Label(theme, self._note(option.id, option.missing), tone=Tone.QUIET, wrap=True))
        words.addStretch(1)
        row.addLayout(words, 1)
        kind = ButtonKind.QUIET if option.missing or option.id == DEMO else ButtonKind.PRIMARY
        text = "connect.settings" if option.missing else "connect.try_demo" if option.id == DEMO else "connect.title"
        button = Button(theme, wording.text(text), kind=kind, small=True)
        button.setObjectName(f"bank_{option.id}")
        named = "connect.settings_of" if option.missing else "connect.title_bank"
        button.setAccessibleName(wording.text(named, bank=wording.bank(option.id)))
        button.clicked.connect(lambda: self.chosen.emit(option.id))
        row.addWidget(button)
        card.body.addLayout(row)
        return card

    def _note(self, bank_id: str, missing: str) -> str:
        if missing:
            return self.wording.text("connect.bank_missing", missing=self._named(missing))
        return self.wording.text("connect.bank_demo" if bank_id == DEMO else "connect.bank_ready")

    def _named(self, missing: str) -> str:
        """Settings by the names that their screen has for them, where it has one."""
        names = missing.split(", ")
        return ", ".join(self.wording.text(FIELDS[name]) if name in FIELDS else name for name in names)


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
        kinds = (ButtonKind.PRIMARY, ButtonKind.QUIET) if has_documents else (ButtonKind.QUIET, ButtonKind.PRIMARY)
        words = (wording.text("connect.show_review"), wording.text("connect.show_import"))
        review = self.make_button(words[0], "review_button", self.review_wanted, kind=kinds[0])
        importing = self.make_button(words[1], "import_button", self.import_wanted, kind=kinds[1])
        importing.setVisible(not has_documents)
        # The one to press has the keyboard and stands last.
        order = (review,) if has_documents else (review, importing)
        self.first = order[-1]
        self.add_buttons(*order)


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
