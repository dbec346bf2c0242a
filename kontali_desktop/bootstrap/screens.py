"""One language's window with its screens, wired together; made anew when the language changes.

Each screen is imported and built when it is first needed: the window is painted before most of them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from kontali_desktop.bootstrap.late_page import HomePage, LatePage
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.ui.main_window.presenter import WindowPresenter
from kontali_desktop.ui.main_window.window import MainWindow, Screen
from kontali_desktop.ui.theme import IconName, Theme
from kontali_desktop.ui.widgets.notice import NoticeData, Severity

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kontali_desktop.bootstrap.client_sheets import ClientSheets
    from kontali_desktop.bootstrap.core import Core
    from kontali_desktop.domain.ids import TransactionId
    from kontali_desktop.ui.attachments.presenter import AttachmentsPresenter
    from kontali_desktop.ui.connect.presenter import ConnectPresenter
    from kontali_desktop.ui.connections.presenter import ConnectionsPresenter
    from kontali_desktop.ui.events.presenter import EventsPresenter
    from kontali_desktop.ui.export.history_presenter import ExportHistoryPresenter
    from kontali_desktop.ui.export.presenter import ExportPresenter
    from kontali_desktop.ui.first_run.presenter import FirstRunPresenter
    from kontali_desktop.ui.import_files.history_presenter import HistoryPresenter
    from kontali_desktop.ui.import_files.presenter import ImportPresenter
    from kontali_desktop.ui.import_files.watching import FolderWatch
    from kontali_desktop.ui.open_items.presenter import OpenItemsPresenter
    from kontali_desktop.ui.overview.presenter import OverviewPresenter
    from kontali_desktop.ui.review.line import LinePresenter
    from kontali_desktop.ui.review.page import ReviewPage
    from kontali_desktop.ui.review.presenter import ReviewPresenter
    from kontali_desktop.ui.settings.presenter import SettingsPresenter
    from kontali_desktop.ui.transactions.presenter import TransactionsPresenter

OnBug = Callable[[BaseException], None]
Made = TypeVar("Made", bound=QObject)


class Screens(QObject):
    """Presenters, pages and the window. `close` stops their work; the window is the caller's to let go."""

    language_chosen = Signal(str)

    def __init__(self, core: Core, theme: Theme, on_bug: OnBug) -> None:
        super().__init__()
        self._core = core
        self._theme = theme
        self._on_bug = on_bug
        self._owners: list[TaskOwner] = []
        self._shown: list[Any] = []  # presenters with refresh and show_client
        self._is_live = False  # there is a loop to load on
        self._review: ReviewPage  # once it was shown
        self.frame = WindowPresenter(
            lambda: (core.clients, core.overview), self._tasks(), core.wording, core.clock, parent=self
        )
        self._pages: dict[str, LatePage] = {}
        self.window = MainWindow(theme, core.wording, self.frame, self._screens())
        self._wire()

    def warm_up(self) -> None:
        """After the first paint: what works behind the screens, and the screen most likely next."""
        QTimer.singleShot(0, lambda: self.connections)
        QTimer.singleShot(0, lambda: self.review)

    # The screens' presenters, each made when it is first asked for

    @cached_property
    def first_run(self) -> FirstRunPresenter:
        from kontali_desktop.ui.first_run.presenter import FirstRunPresenter

        core = self._core
        made = self._wired(FirstRunPresenter(core.overview, core.clients, self._tasks(), core.wording, parent=self))
        made.wants_demo.connect(lambda: self.connect_bank.begin(bank_id="demo"))
        return made

    @cached_property
    def overview(self) -> OverviewPresenter:
        from kontali_desktop.ui.overview.presenter import OverviewPresenter

        core = self._core
        made = self._wired(OverviewPresenter(core.overview, self._tasks(), core.wording, core.clock, parent=self))
        made.wants_sync.connect(lambda connection: self.connections.sync(connection))
        made.wants_client.connect(self.frame.choose_client)
        return made

    @cached_property
    def review(self) -> ReviewPresenter:
        from kontali_desktop.ui.review.loading import ReviewServices
        from kontali_desktop.ui.review.presenter import ReviewPresenter

        core = self._core
        services = ReviewServices(core.queue, core.review, core.propose, core.listings, core.clients)
        made = self._wired(ReviewPresenter(services, self._tasks(), core.wording, parent=self))
        made.changed.connect(lambda: self.window.set_badge("review", made.waiting))
        return made

    @cached_property
    def review_line(self) -> LinePresenter:
        from kontali_desktop.ui.review.line import LinePresenter
        from kontali_desktop.ui.review.why import WhyPresenter

        core = self._core
        why = WhyPresenter(core.autonomy, self._tasks(), core.wording, parent=self)
        made = LinePresenter(core.sums, self._attachments(), why, self._tasks(), core.wording, parent=self)
        self._wire_wishes(made)
        return made

    def _attachments(self) -> AttachmentsPresenter:
        """One a screen: each shows its own row's."""
        from kontali_desktop.ui.attachments.presenter import AttachmentsPresenter

        core = self._core
        made = AttachmentsPresenter(core.view_attachments, self._tasks(), core.wording, parent=self)
        self._wire_wishes(made)
        return made

    @cached_property
    def transactions(self) -> TransactionsPresenter:
        from kontali_desktop.ui.transactions.presenter import TransactionsPresenter

        return self._wired(TransactionsPresenter(self._core.queue, self._tasks(), self._core.wording, parent=self))

    @cached_property
    def open_items(self) -> OpenItemsPresenter:
        from kontali_desktop.ui.open_items.presenter import OpenItemsPresenter

        core = self._core
        return self._wired(OpenItemsPresenter(core.listings, self._tasks(), core.wording, core.clock, parent=self))

    @cached_property
    def connections(self) -> ConnectionsPresenter:
        from kontali_desktop.ui.connections.presenter import ConnectionServices, ConnectionsPresenter

        core = self._core
        services = ConnectionServices(core.overview, core.synchronise, core.disconnect, core.clock)
        made = self._wired(ConnectionsPresenter(services, self._tasks(), core.wording, parent=self))
        made.fetch_changed.connect(lambda _id: self.frame.set_syncing(is_syncing=made.is_syncing))
        return made

    @cached_property
    def events(self) -> EventsPresenter:
        from kontali_desktop.ui.events.presenter import EventsPresenter

        return self._wired(EventsPresenter(self._core.listings, self._tasks(), self._core.wording, parent=self))

    @cached_property
    def settings(self) -> SettingsPresenter:
        from kontali_desktop.ui.settings.presenter import SettingsPresenter, SettingsServices

        core = self._core
        services = SettingsServices(
            core.program_settings,
            core.clients,
            core.accounts,
            core.posting_accounts,
            core.propose,
            self._theme.choose,
        )
        made = self._wired(SettingsPresenter(services, self._tasks(), core.wording, parent=self))
        made.language_chosen.connect(self.language_chosen)
        made.wants_client_sheet.connect(lambda name, client: self.client_sheets.begin(name, client))
        return made

    # What goes on over any screen

    @cached_property
    def connect_bank(self) -> ConnectPresenter:
        from kontali_desktop.bootstrap.connecting import make_connecting

        made = make_connecting(self._core, self._theme, self.window, self._tasks(), self)
        self._wire_wishes(made)
        made.stopped.connect(self._on_stopped)
        return made

    @cached_property
    def importing(self) -> ImportPresenter:
        from kontali_desktop.bootstrap.importing import make_importing

        made = make_importing(self._core, self._theme, self.window, self._tasks(), self)
        self._wire_wishes(made)
        made.undo_wanted.connect(lambda import_id: self.import_history.ask_undo(import_id))
        made.rows_wanted.connect(lambda file: self.import_history.rows_wanted.emit(file))
        return made

    @cached_property
    def import_history(self) -> HistoryPresenter:
        from kontali_desktop.bootstrap.importing import make_import_history

        made = make_import_history(self._core, self._theme, self.window, self._tasks(), self)
        self._wire_wishes(made)
        made.undone.connect(lambda import_id: self.importing.on_undone(import_id))
        return made

    @cached_property
    def exporting(self) -> ExportPresenter:
        from kontali_desktop.bootstrap.exporting import make_exporting

        made = make_exporting(self._core, self._theme, self.window, self._tasks(), self)
        self._wire_wishes(made)
        made.history_wanted.connect(lambda: self.export_history.begin())
        return made

    @cached_property
    def export_history(self) -> ExportHistoryPresenter:
        from kontali_desktop.bootstrap.exporting import make_export_history

        made = make_export_history(self._core, self._theme, self.window, self._tasks(), self)
        self._wire_wishes(made)
        made.again_wanted.connect(lambda record: self.exporting.repeat(record))
        return made

    @cached_property
    def client_sheets(self) -> ClientSheets:
        from kontali_desktop.bootstrap.client_sheets import Around, ClientSheets

        around = Around(self._tasks, self._wire_wishes, self._show_line)
        return ClientSheets(self._core, self._theme, self.window, around, self)

    @cached_property
    def folder_watch(self) -> FolderWatch:
        from kontali_desktop.ui.import_files.watching import FolderWatch

        core = self._core
        made = FolderWatch(lambda: core.watched_folders, core.clients, self._tasks(), core.wording, parent=self)
        self._wire_wishes(made)
        return made

    # The pages

    def _screens(self) -> list[Screen]:
        wording = self._core.wording
        pages: tuple[tuple[str, IconName, Callable[[], QWidget]], ...] = (
            ("overview", IconName.HOUSE, self._home_page),
            ("review", IconName.REVIEW_CHECK, self._review_page),
            ("transactions", IconName.LIST, self._transactions_page),
            ("open_items", IconName.FILES, self._open_items_page),
            ("connections", IconName.BANK, self._connections_page),
            ("events", IconName.CLOCK_HISTORY, self._events_page),
            ("settings", IconName.GEAR, self._settings_page),
        )
        self._pages = {key: LatePage(make, lambda: self._is_live) for key, _, make in pages}
        return [Screen(key, icon, wording.text(f"nav.{key}"), self._pages[key]) for key, icon, _ in pages]

    def _home_page(self) -> QWidget:
        return HomePage(self.first_run, self._first_run_page, self._overview_page)

    def _first_run_page(self) -> QWidget:
        from kontali_desktop.ui.first_run.page import FirstRunPage

        return FirstRunPage(self._theme, self._core.wording, self.first_run)

    def _overview_page(self) -> QWidget:
        from kontali_desktop.ui.overview.page import OverviewPage

        return OverviewPage(self._theme, self._core.wording, self.overview)

    def _review_page(self) -> QWidget:
        from kontali_desktop.ui.review.page import ReviewPage

        page = ReviewPage(self._theme, self._core.wording, self.review, self.review_line)
        page.keys_asked.connect(self.window.show_keys)
        page.why_not_asked.connect(lambda line: self.client_sheets.why_not.begin(line))
        self._review = page
        return page

    def _show_line(self, transaction_id: TransactionId) -> None:
        self.window.show_screen("review")
        self._review.show_line(transaction_id)

    def _transactions_page(self) -> QWidget:
        from kontali_desktop.ui.transactions.page import TransactionsPage

        return TransactionsPage(self._theme, self._core.wording, self.transactions)

    def _open_items_page(self) -> QWidget:
        from kontali_desktop.ui.open_items.page import OpenItemsPage

        return OpenItemsPage(self._theme, self._core.wording, self.open_items, self._attachments())

    def _connections_page(self) -> QWidget:
        from kontali_desktop.ui.connections.page import ConnectionsPage

        return ConnectionsPage(self._theme, self._core.wording, self.connections)

    def _events_page(self) -> QWidget:
        from kontali_desktop.ui.events.page import EventsPage

        return EventsPage(self._theme, self._core.wording, self.events)

    def _settings_page(self) -> QWidget:
        from kontali_desktop.ui.settings.page import SettingsPage

        return SettingsPage(self._theme, self._core.wording, self.settings)

    # The wiring

    def _tasks(self) -> TaskOwner:
        owner = TaskOwner(self._on_bug, self)
        self._owners.append(owner)
        return owner

    def _wired(self, presenter: Made) -> Made:
        """A screen's presenter: its wishes fulfilled, the chosen client shown, its data on the way."""
        self._wire_wishes(presenter)
        self._shown.append(presenter)
        if self._is_live:
            self._shown[-1].show_client(self.frame.client_id)
            self._shown[-1].refresh()
        return presenter

    def _wire_wishes(self, presenter: QObject) -> None:
        """What any of them may wish, by the same names."""
        wishes: dict[str, Callable[..., object]] = {
            "notice": self.window.show_notice,
            "data_changed": self.refresh,
            "wants_screen": self.window.show_screen,
            "wants_connect": lambda wish=None: self.connect_bank.begin(wish),
            "wants_import": self._take_in,
        }
        for name, fulfil in wishes.items():
            signal = getattr(presenter, name, None)
            if signal is not None:
                signal.connect(fulfil)

    def _wire(self) -> None:
        window = self.window
        self.frame.client_chosen.connect(self._on_client)
        window.sync_asked.connect(lambda: self.connections.sync_all())
        window.undo_asked.connect(lambda: self.review.undo())
        window.import_asked.connect(lambda: self.importing.begin())
        window.import_history_asked.connect(lambda: self.import_history.begin())
        window.export_asked.connect(lambda: self.exporting.begin())
        window.export_history_asked.connect(lambda: self.export_history.begin())
        window.client_sheet_asked.connect(lambda name: self.client_sheets.begin(name))
        window.notice_acted.connect(self._on_notice)
        window.files_dropped.connect(lambda paths: self.importing.import_paths(paths))

    def _on_stopped(self) -> None:
        """The person stopped the first fetch: what stands and what does not is said, not guessed."""
        text = self._core.wording.text
        self.window.show_notice(NoticeData(Severity.INFO, text("connect.stopped"), text("connect.stopped_note")))
        self.refresh()

    def _take_in(self) -> None:
        """The demo's first invoices are at hand; anyone else's are chosen by the person."""
        bank = self._core.sandbox.details
        if bank is not None and bank.invoices is not None and self.first_run.progress.documents == 0:
            self.importing.import_paths([bank.invoices])
        else:
            self.importing.begin()

    def _on_notice(self, action: str) -> None:
        """What a notice's button does, by the notice's own word."""
        if action == "import_history":
            self.import_history.begin()
        elif action in self._pages:
            self.window.show_screen(action)

    def _on_client(self, client_id: object) -> None:
        for presenter in self._shown:
            presenter.show_client(client_id)
        for name in ("importing", "import_history", "exporting", "export_history"):
            if name in self.__dict__:
                getattr(self, name).show_client(self.frame.client_id)

    def refresh(self) -> None:
        """Load what every screen shows; the review keeps the person's place.

        At the first time the window stands painted, and the chosen screen is made.
        """
        self._pages[self.window.current_screen].page()
        self._is_live = True
        self.frame.refresh()
        for presenter in self._shown:
            if presenter is not self.sender():
                presenter.refresh()

    async def close(self) -> None:
        """Store what was decided, give back what nobody kept, stop the rest."""
        if "review" in self.__dict__:
            await self.review.finish()
        if "settings" in self.__dict__:
            await self.settings.finish()
        if "connect_bank" in self.__dict__:
            await self.connect_bank.close()
        for owner in self._owners:
            await owner.close()
