"""One language's window with its screens, wired together; made anew when the language changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from kontali_desktop.bootstrap.agents import agents
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.clients import NewClient
from kontali_desktop.ui.connect.flow import ConnectFlow
from kontali_desktop.ui.connect.presenter import ConnectPresenter, ConnectServices
from kontali_desktop.ui.connections.page import ConnectionsPage
from kontali_desktop.ui.connections.presenter import ConnectionServices, ConnectionsPresenter
from kontali_desktop.ui.events.page import EventsPage
from kontali_desktop.ui.events.presenter import EventsPresenter
from kontali_desktop.ui.first_run.page import FirstRunPage
from kontali_desktop.ui.first_run.presenter import FirstRunPresenter, Progress
from kontali_desktop.ui.import_files.flow import ImportFlow
from kontali_desktop.ui.import_files.presenter import ImportPresenter, ImportServices
from kontali_desktop.ui.main_window.presenter import WindowPresenter
from kontali_desktop.ui.main_window.window import MainWindow, Screen
from kontali_desktop.ui.open_items.page import OpenItemsPage
from kontali_desktop.ui.open_items.presenter import OpenItemsPresenter
from kontali_desktop.ui.overview.page import OverviewPage
from kontali_desktop.ui.overview.presenter import OverviewPresenter
from kontali_desktop.ui.review.loading import ReviewServices
from kontali_desktop.ui.review.page import ReviewPage
from kontali_desktop.ui.review.presenter import ReviewPresenter
from kontali_desktop.ui.settings.page import SettingsPage
from kontali_desktop.ui.settings.presenter import SettingsPresenter, SettingsServices
from kontali_desktop.ui.theme import IconName, Theme
from kontali_desktop.ui.transactions.page import TransactionsPage
from kontali_desktop.ui.transactions.presenter import TransactionsPresenter

if TYPE_CHECKING:
    from kontali_desktop.bootstrap.core import Core

OnBug = Callable[[BaseException], None]


class HomePage(QStackedWidget):
    """Oversikt, or the first steps while there is nothing to look over."""

    def __init__(self, first_run: FirstRunPage, overview: QWidget) -> None:
        super().__init__()
        self._first_run = first_run
        self._overview = overview
        self._is_left = False
        self.addWidget(overview)
        self.addWidget(first_run)
        self.setFocusProxy(overview)
        first_run.presenter.changed.connect(self._follow)
        first_run.presenter.left.connect(self._leave)

    def _follow(self, progress: Progress) -> None:
        is_first = progress.current < 3 or (progress.current == 3 and not self._is_left)  # noqa: PLR2004 - the steps
        page = self._first_run if is_first else self._overview
        self.setCurrentWidget(page)
        self.setFocusProxy(page)

    def _leave(self) -> None:
        self._is_left = True
        self.setCurrentWidget(self._overview)


class Screens(QObject):
    """Presenters, pages and the window. `close` stops their work; the window is the caller's to let go."""

    language_chosen = Signal(str)
    demo_asked = Signal()

    def __init__(self, core: Core, theme: Theme, on_bug: OnBug) -> None:
        super().__init__()
        self._core = core
        self._theme = theme
        self._on_bug = on_bug
        self._owners: list[TaskOwner] = []
        self._make_presenters()
        self.window = MainWindow(theme, core.wording, self.frame, self._pages())
        self._flows = (
            ConnectFlow(theme, core.wording, self.window, self.connect_bank),
            ImportFlow(theme, core.wording, self.window, self.importing),
        )
        self._wire()

    def _tasks(self) -> TaskOwner:
        owner = TaskOwner(self._on_bug, self)
        self._owners.append(owner)
        return owner

    def _make_presenters(self) -> None:
        core, wording = self._core, self._core.wording
        self.frame = WindowPresenter(core.clients, core.overview, self._tasks(), wording, core.clock, parent=self)
        self.first_run = FirstRunPresenter(core.overview, self._tasks(), wording, parent=self)
        self.overview = OverviewPresenter(core.overview, self._tasks(), wording, core.clock, parent=self)
        review = ReviewServices(core.queue, core.review, core.propose, core.listings, core.clients)
        self.review = ReviewPresenter(review, self._tasks(), wording, parent=self)
        self.transactions = TransactionsPresenter(core.queue, self._tasks(), wording, parent=self)
        self.open_items = OpenItemsPresenter(core.listings, self._tasks(), wording, core.clock, parent=self)
        connections = ConnectionServices(core.overview, core.synchronise, core.disconnect, core.clock)
        self.connections = ConnectionsPresenter(connections, self._tasks(), wording, parent=self)
        self.events = EventsPresenter(core.listings, self._tasks(), wording, parent=self)
        settings = SettingsServices(
            core.program_settings, core.clients, core.accounts, core.propose, self._theme.choose
        )
        self.settings = SettingsPresenter(settings, self._tasks(), wording, parent=self)
        connecting = ConnectServices(
            core.connect, core.synchronise, core.banks, core.clients, core.overview, self._demo_company
        )
        signing_in = agents(core, self._theme, lambda: self.window)
        self.connect_bank = ConnectPresenter(connecting, signing_in, self._tasks(), parent=self)
        importing = ImportServices(core.import_files, core.propose, core.clients)
        self.importing = ImportPresenter(importing, self._tasks(), parent=self)
        self._shown = (
            self.first_run,
            self.overview,
            self.review,
            self.transactions,
            self.open_items,
            self.connections,
            self.events,
            self.settings,
        )

    def _pages(self) -> list[Screen]:
        theme, wording = self._theme, self._core.wording
        home = HomePage(FirstRunPage(theme, wording, self.first_run), OverviewPage(theme, wording, self.overview))
        self.review_page = ReviewPage(theme, wording, self.review)
        pages: list[tuple[str, IconName, QWidget]] = [
            ("overview", IconName.HOUSE, home),
            ("review", IconName.REVIEW_CHECK, self.review_page),
            ("transactions", IconName.LIST, TransactionsPage(theme, wording, self.transactions)),
            ("open_items", IconName.FILES, OpenItemsPage(theme, wording, self.open_items)),
            ("connections", IconName.BANK, ConnectionsPage(theme, wording, self.connections)),
            ("events", IconName.CLOCK_HISTORY, EventsPage(theme, wording, self.events)),
            ("settings", IconName.GEAR, SettingsPage(theme, wording, self.settings)),
        ]
        return [Screen(key, icon, wording.text(f"nav.{key}"), page) for key, icon, page in pages]

    def _wire(self) -> None:
        window = self.window
        for presenter in (*self._shown, self.connect_bank, self.importing):
            self._wire_presenter(presenter)
        self.first_run.wants_demo.connect(lambda: self.connect_bank.begin(bank_id="demo"))
        self.review.changed.connect(lambda: window.set_badge("review", self.review.waiting))
        self.review_page.keys_asked.connect(window.show_keys)
        self.connections.fetch_changed.connect(
            lambda _id: self.frame.set_syncing(is_syncing=self.connections.is_syncing)
        )
        self.connect_bank.stopped.connect(self.refresh)
        self.overview.wants_sync.connect(self.connections.sync)
        self.overview.wants_client.connect(self.frame.choose_client)
        self.settings.language_chosen.connect(self.language_chosen)
        self.frame.client_chosen.connect(self._on_client)
        window.sync_asked.connect(self.connections.sync_all)
        window.undo_asked.connect(self.review.undo)
        window.import_asked.connect(self.importing.begin)
        window.files_dropped.connect(self.importing.import_paths)

    def _wire_presenter(self, presenter: QObject) -> None:
        """What any of them may wish, by the same names."""
        wishes: dict[str, Callable[..., object]] = {
            "notice": self.window.show_notice,
            "data_changed": self.refresh,
            "wants_screen": self.window.show_screen,
            "wants_connect": self.connect_bank.begin,
            "wants_import": self._take_in,
        }
        for name, fulfil in wishes.items():
            signal = getattr(presenter, name, None)
            if signal is not None:
                signal.connect(fulfil)

    async def _demo_company(self) -> NewClient | None:
        """So that nobody has to know a made company's number; None where the demo bank is not this program's child."""
        bank = self._core.sandbox.details
        return NewClient(bank.company_orgnr, bank.company_name) if bank is not None else None

    def _take_in(self) -> None:
        """The demo's first invoices are at hand; anyone else's are chosen by the person."""
        bank = self._core.sandbox.details
        if bank is not None and bank.invoices is not None and self.first_run.progress.documents == 0:
            self.importing.import_paths([bank.invoices])
        else:
            self.importing.begin()

    def _on_client(self, client_id: object) -> None:
        for presenter in (*self._shown, self.importing):
            presenter.show_client(client_id)  # type: ignore[arg-type] # a ClientId or None through a signal

    def refresh(self) -> None:
        """Load what every screen shows; the review keeps the person's place."""
        self.frame.refresh()
        for presenter in self._shown:
            if presenter is not self.sender():
                presenter.refresh()

    async def close(self) -> None:
        """Store what was decided, give back what nobody kept, stop the rest."""
        await self.review.finish()
        await self.connect_bank.close()
        for owner in self._owners:
            await owner.close()
