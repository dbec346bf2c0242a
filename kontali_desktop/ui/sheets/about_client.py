"""What the sheets about one client have in common: whose it is, another one's, and loading it."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kontali_desktop.domain.clients import Client
from kontali_desktop.domain.errors import KontaliError
from kontali_desktop.domain.ids import ClientId
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.clients import Clients
from kontali_desktop.ui.sheets.worded_sheet import WordedSheet
from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.widgets.combo_box import ComboBox
from kontali_desktop.ui.widgets.notice import NoticeData, Severity
from kontali_desktop.ui.widgets.one_sheet import OneSheet
from kontali_desktop.wording.wording import Wording

T = TypeVar("T")
CHOOSER_WIDTH = 240


@dataclass(frozen=True, slots=True)
class AboutClient(Generic[T]):
    """What there is to show of one client, among all of them."""

    client: Client
    clients: tuple[Client, ...]
    content: T


class AboutClientPresenter(QObject, Generic[T]):
    """`shown` carries an `AboutClient`, or None when it is no longer to be seen."""

    shown = Signal(object)
    notice = Signal(object)
    data_changed = Signal()

    def __init__(self, clients: Clients, tasks: TaskOwner, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clients, self._tasks, self.wording = clients, tasks, wording
        self._client_id: ClientId | None = None
        self._turn = asyncio.Lock()
        self._changes = 0
        self.of: AboutClient[T] | None = None
        tasks.failed.connect(self._on_failed)

    @abstractmethod
    def read(self, client_id: ClientId) -> T:
        """Runs in a thread."""

    def begin(self, client_id: ClientId | None) -> None:
        """Open it on this client; None: on the first."""
        self._client_id = client_id
        self._tasks.start(self._loading, self.load, replace=True)

    def choose_client(self, client_id: ClientId) -> None:
        self.begin(client_id)

    def close(self) -> None:
        self._tasks.cancel(self._loading)
        self.of = None
        self.shown.emit(None)

    async def load(self) -> None:
        """Load anew and show."""
        found = await asyncio.to_thread(self._read, self._client_id)
        if found is None:
            title, text = (self.wording.text(f"client_sheet.no_client{part}") for part in ("", ".text"))
            self.notice.emit(NoticeData(Severity.INFO, title, text))
            return
        self.of = found
        self._client_id = found.client.id
        self.shown.emit(found)

    def change(self, name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """One change after the other, each seen through."""
        self._changes += 1

        async def alone() -> None:
            async with self._turn:
                await work()

        self._tasks.start(f"{self._own}{name} {self._changes}", alone)

    @property
    def _own(self) -> str:
        return f"{type(self).__name__}: "

    @property
    def _loading(self) -> str:
        return f"{self._own}load"

    def _read(self, client_id: ClientId | None) -> AboutClient[T] | None:
        clients = self._clients.load_all()
        if not clients:
            return None
        client = next((c for c in clients if c.id == client_id), clients[0])
        return AboutClient(client, clients, self.read(client.id))

    def _on_failed(self, name: str, error: KontaliError) -> None:
        if not name.startswith(self._own):
            return
        words = self.wording.error(error)
        self.notice.emit(NoticeData(Severity.NEGATIVE, words.message, words.text))


class AboutClientSheet(WordedSheet):
    """Beside its title stands whose it is, or the list of clients to choose among."""

    client_chosen = Signal(object)

    def __init__(
        self,
        theme: Theme,
        wording: Wording,
        window: QWidget,
        title: str,
        *,
        client: Client,
        clients: Sequence[Client],
        width: int,
    ) -> None:
        is_only = len(clients) < 2  # noqa: PLR2004  # of two there is one to choose
        super().__init__(theme, wording, window, title, subtitle=client.name if is_only else "", width=width)
        self.clients = ComboBox(theme, name=wording.text("client_sheet.client"), parent=self.card)
        self.clients.setObjectName("sheet_client")
        self.clients.setFixedWidth(CHOOSER_WIDTH)
        for one in clients:
            self.clients.addItem(one.name, one.id)
        self.clients.setCurrentIndex(self.clients.findData(client.id))
        self.clients.activated.connect(lambda place: self.client_chosen.emit(self.clients.itemData(place)))
        self.clients.setVisible(not is_only)
        self.title_bar.insertWidget(self.title_bar.count() - 1, self.clients)


Shown = TypeVar("Shown", bound=AboutClientSheet)


class AboutClientFlow(QObject, Generic[T, Shown]):
    """The sheet over `window`."""

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, presenter: AboutClientPresenter[T]) -> None:
        super().__init__(window)
        self.over = (theme, wording, window)
        self._presenter = presenter
        self._place: OneSheet[Shown] = OneSheet(presenter.close)
        presenter.shown.connect(self._on_shown)

    @property
    def sheet(self) -> Shown | None:
        return self._place.shown

    @abstractmethod
    def make_sheet(self, of: AboutClient[T]) -> Shown:
        """With its wishes connected, `client_chosen` apart."""

    @abstractmethod
    def show_anew(self, sheet: Shown, of: AboutClient[T]) -> None:
        """In the sheet that is open: after a change, or of another client."""

    def _on_shown(self, of: AboutClient[T] | None) -> None:
        if of is None:
            self._place.close()
        elif self.sheet is not None:
            self.show_anew(self.sheet, of)
        else:
            sheet = self.make_sheet(of)
            sheet.client_chosen.connect(self._presenter.choose_client)
            self._place.show(sheet)
