"""The sheet with the bank's page: address, progress, page or problem, and the two ways out."""

from __future__ import annotations

import asyncio
from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from kontali_desktop.ui.sign_in.address_bar import AddressBar
from kontali_desktop.ui.sign_in.bank_page import BankPage, Failure, make_profile
from kontali_desktop.ui.sign_in.pop_up import PopUp, make_view
from kontali_desktop.ui.sign_in.texts import ProblemText, SignInTexts
from kontali_desktop.ui.theme import IconName, Theme, Tone
from kontali_desktop.ui.theme.metrics import Size
from kontali_desktop.ui.widgets.buttons import Button
from kontali_desktop.ui.widgets.empty_state import EmptyState
from kontali_desktop.ui.widgets.sheet import Sheet
from kontali_desktop.ui.widgets.text import Label, divider

RETURNED: Final = "returned"
BROWSER: Final = "browser"
WIDTH, HEIGHT = 620, 560
FOOTER_WIDTH = 284


class SignInSheet(Sheet):
    """Outcomes: `RETURNED` (then `returned_url` is set), `BROWSER`, or dismissed."""

    def __init__(
        self, theme: Theme, window: QWidget, texts: SignInTexts, redirect_uri: str, *, loopback_http: bool
    ) -> None:
        super().__init__(
            theme,
            window,
            texts.title,
            subtitle=texts.client,
            close_name=texts.close,
            width=WIDTH,
            height=HEIGHT,
        )
        self._texts = texts
        self._redirect_uri = redirect_uri
        self._loopback_http = loopback_http
        self.returned_url = ""
        self._failed_url = QUrl()
        self._pop_ups: list[PopUp] = []
        self._gone = asyncio.Event()
        self._profile = make_profile(texts.accept_language)
        self._profile.destroyed.connect(self._gone.set)
        self._pages: set[BankPage] = set()
        self.page = self._make_page()
        self.view = make_view(texts, self.page)
        self.address = AddressBar(theme, texts)
        self._progress = QProgressBar()
        self._stack = QStackedWidget()
        self.problem = EmptyState(theme, IconName.ERROR, "")
        self._build()
        self._listen()
        self.closed.connect(self._tear_down)

    def load(self, url: str) -> None:
        """Go to the bank's page; the address is shown before it answers."""
        self.address.set_address(url)
        self.page.setUrl(QUrl(url))

    async def wait_until_gone(self) -> None:
        """Until pages and profile are destroyed: the web engine wants that before the application ends."""
        await self._gone.wait()

    def _build(self) -> None:
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        bar = QVBoxLayout()
        bar.setContentsMargins(15, 0, 15, 12)
        bar.addWidget(self.address)
        self.body.addLayout(bar)
        self._progress.setProperty("edge", "true")
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(self._texts.loading)
        self.body.addWidget(self._progress)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.problem)
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(divider())
        footer = QHBoxLayout()
        footer.setContentsMargins(15, 12, 15, 12)
        footer.setSpacing(8)
        note = Label(self._theme, self._texts.footer, size=Size.SMALL, tone=Tone.QUIET, wrap=True)
        note.setFixedWidth(FOOTER_WIDTH)
        footer.addWidget(note)
        footer.addStretch(1)
        self.browser_button = Button(self._theme, self._texts.use_browser)
        self.browser_button.setObjectName("use_browser_button")
        self.cancel_button = Button(self._theme, self._texts.cancel)
        self.cancel_button.setObjectName("cancel_button")
        footer.addWidget(self.browser_button)
        footer.addWidget(self.cancel_button)
        self.body.addLayout(footer)

    def _listen(self) -> None:
        self.page.urlChanged.connect(lambda url: self.address.set_address(url.toString()))
        self.page.loadProgress.connect(self._progress.setValue)
        self.page.loadFinished.connect(self._load_finished)
        self.browser_button.clicked.connect(lambda: self.close_with(BROWSER))
        self.cancel_button.clicked.connect(self.dismiss)
        self.problem.acted.connect(self._try_again)

    def _make_page(self) -> BankPage:
        page = BankPage(self._profile, self._redirect_uri, self._open_pop_up, loopback_http=self._loopback_http)
        page.redirected.connect(self._redirected)
        page.failed.connect(self._failed)
        self._pages.add(page)
        return page

    def _open_pop_up(self) -> BankPage:
        page = self._make_page()
        pop_up = PopUp(self._theme, self._texts, page, self)
        pop_up.finished.connect(lambda: self._pop_up_closed(pop_up))
        self._pop_ups.append(pop_up)
        pop_up.open()
        return page

    def _pop_up_closed(self, pop_up: PopUp) -> None:
        self._pop_ups.remove(pop_up)
        self._drop(pop_up.page)
        pop_up.deleteLater()

    def _redirected(self, url: str) -> None:
        self.returned_url = url
        self.close_with(RETURNED)

    def _load_finished(self) -> None:
        # The line rests as a plain divider when nothing loads.
        self._progress.setValue(0)
        if self._stack.currentWidget() is self.view:
            self.view.setFocus()

    def _failed(self, failure: Failure, url: QUrl) -> None:
        self._failed_url = url
        words: ProblemText = {
            Failure.UNREACHABLE: self._texts.unreachable,
            Failure.CERTIFICATE: self._texts.certificate,
            Failure.REFUSED: self._texts.refused,
            Failure.CRASHED: self._texts.crashed,
        }[failure]
        self.address.set_address(url.toString(), trusted=failure is not Failure.CERTIFICATE)
        # An address that is refused stays refused: there is nothing to try again.
        button = "" if failure is Failure.REFUSED else self._texts.try_again
        self.problem.show_state(IconName.ERROR, words.title, words.text, button, tone=Tone.NEGATIVE)
        self._stack.setCurrentWidget(self.problem)

    def _try_again(self) -> None:
        self._stack.setCurrentWidget(self.view)
        self.load(self._failed_url.toString())

    def _tear_down(self) -> None:
        for pop_up in list(self._pop_ups):
            pop_up.close()
        self._drop(self.page)

    def _drop(self, page: BankPage) -> None:
        """Destroy a page, and the profile after its last one: in the other order the web engine complains."""
        if page in self._pages:
            page.destroyed.connect(lambda: self._page_gone(page))
            page.deleteLater()

    def _page_gone(self, page: BankPage) -> None:
        self._pages.discard(page)
        if not self._pages:
            self._profile.deleteLater()
