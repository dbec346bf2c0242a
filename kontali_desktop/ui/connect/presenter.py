"""Leads a person from "Koble til bank" to the first proposals. Without widgets: its sheets follow `step_changed`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from kontali_desktop.domain.errors import KontaliError, UnknownConnection
from kontali_desktop.domain.ids import ConnectionId
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.clients import Clients, NewClient
from kontali_desktop.services.connect import AccountChoice, ConnectBank, SignedIn
from kontali_desktop.services.errors import (
    BankNotConfigured,
    ConsentExpired,
    KeychainUnavailable,
    OtherBrowserWanted,
    RateLimited,
    SignInAborted,
    SignInRequired,
)
from kontali_desktop.services.overview import Overview
from kontali_desktop.services.ports import Banks, UserAgent
from kontali_desktop.services.synchronise import Synchronise, SyncProgress
from kontali_desktop.ui.connect.account_form import account_rows
from kontali_desktop.ui.connect.steps import (
    BankOption,
    ChooseAccounts,
    ChooseBank,
    Contacting,
    Done,
    Fetching,
    InBrowser,
    InView,
    Problem,
    Saving,
    Step,
    WayOut,
)
from kontali_desktop.ui.connect.watched_agent import WatchedAgent

WORK = "connect"
BUSY = (Contacting, InView, InBrowser, Saving, Fetching)  # steps behind which something works
NEEDS_NO_SETTINGS = frozenset({"demo"})  # runs on this machine; to ask it would be to start it


@dataclass(frozen=True, slots=True)
class ConnectServices:
    """What connecting needs of the program; `demo_company` names the demo bank's company, where it is known.

    `is_demo`: the program is being tried with the demo bank. Elsewhere nobody who has a bank of their own in mind ends
    there without having chosen it.
    """

    connect: ConnectBank
    synchronise: Synchronise
    banks: Banks
    clients: Clients
    overview: Overview
    demo_company: Callable[[], Awaitable[NewClient | None]] | None = None
    is_demo: Callable[[], bool] = lambda: True


@dataclass(frozen=True, slots=True)
class Agents:
    """Where a person signs in, by bank id: in the window, or in the system's browser."""

    embedded: Callable[[str], UserAgent]
    browser: Callable[[str], UserAgent]


Wish = ConnectionId | NewClient | None


class ConnectPresenter(QObject):
    """One connecting at a time. `step_changed` carries a `Step`, or None when it is over.

    `stopped` says that the person stopped the first fetch: the connection stands, nothing was fetched.
    """

    step_changed = Signal(object)
    stopped = Signal()
    data_changed = Signal()
    wants_screen = Signal(str)
    wants_import = Signal()

    def __init__(
        self, services: ConnectServices, agents: Agents, tasks: TaskOwner, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._agents = agents
        self._tasks = tasks
        self._step: Step | None = None
        self._bank = ""
        self._wanted: NewClient | None = None
        self._renews: ConnectionId | None = None
        self._signed_in: SignedIn | None = None
        self._connection: ConnectionId | None = None
        self._failures = 0
        tasks.finished.connect(self._on_finished)

    @property
    def step(self) -> Step | None:
        return self._step

    @property
    def is_at_rest(self) -> bool:
        """Nothing is shown and nothing is on its way; only then can another connecting begin."""
        return self._step is None and not self._tasks.is_running(WORK)

    def begin(self, wish: Wish = None, bank_id: str = "") -> None:
        """Connect a bank, renew a connection (its id), or connect for a company named beforehand."""
        if not self.is_at_rest:
            return
        self._wanted = wish if isinstance(wish, NewClient) else None
        self._renews = wish if isinstance(wish, int) else None
        self._failures = 0
        self._bank = bank_id
        self._work(self._begin)

    def choose_bank(self, bank_id: str) -> None:
        """Sign in there, or fill in what is missing first."""
        options = self._step.options if isinstance(self._step, ChooseBank) else ()
        if any(option.missing for option in options if option.id == bank_id):
            self._end()
            self.wants_screen.emit("settings")
            return
        self._bank = bank_id
        self._work(self._sign_in_embedded)

    def take_way_out(self) -> None:
        """What the button of a problem does."""
        step = self._step
        if not isinstance(step, Problem):
            return
        if step.is_kept and step.way_out is WayOut.SIGN_IN_AGAIN:
            self._renews = self._connection
        if step.way_out is WayOut.SIGN_IN_AGAIN:
            self._work(self._sign_in_embedded)
        elif step.way_out is WayOut.BROWSER:
            self._work(self._sign_in_in_browser)
        elif step.way_out is WayOut.FETCH_AGAIN:
            self._work(self._fetch)
        else:
            self._end()
            if step.way_out is WayOut.SETTINGS:
                self.wants_screen.emit("settings")

    def keep(self, choices: Sequence[AccountChoice]) -> None:
        """Store the connection over these accounts and fetch from it."""
        signed_in, self._signed_in = self._signed_in, None
        if signed_in is not None:
            self._work(lambda: self._keep(signed_in, choices))

    def show_review(self) -> None:
        self._end()
        self.wants_screen.emit("review")

    def show_import(self) -> None:
        self._end()
        self.wants_import.emit()

    def cancel(self) -> None:
        """The person closes the sheet, at whatever step; what is being stored just now is let finish."""
        step = self._step
        if step is None or isinstance(step, Saving):
            return
        self._tasks.cancel(WORK)
        self._give_back()
        self._end()
        if isinstance(step, Fetching):
            self.stopped.emit()
            self.data_changed.emit()

    async def close(self) -> None:
        """Before the program ends: what nobody kept is given back."""
        signed_in, self._signed_in = self._signed_in, None
        if signed_in is not None:
            await self._services.connect.abandon(signed_in)

    def _work(self, step: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._tasks.start(WORK, lambda: self._guarded(step), replace=True)

    async def _guarded(self, step: Callable[[], Coroutine[Any, Any, None]]) -> None:
        try:
            await step()
        except SignInAborted:
            self._end()
        except KontaliError as error:
            self._failures += 1
            way_out = _way_out(error, self._failures)
            self._show(Problem(self._bank, error, way_out))

    async def _begin(self) -> None:
        self._show(Contacting(self._bank))
        if self._renews is not None:
            self._bank = await asyncio.to_thread(self._bank_of, self._renews)
        if not self._bank:
            options = tuple([await self._option(bank_id) for bank_id in self._services.banks.ids()])
            ready = [option.id for option in options if not option.missing]
            is_first = not await asyncio.to_thread(self._services.overview.load_connections)
            is_meant = len(ready) == 1 and (ready[0] not in NEEDS_NO_SETTINGS or self._services.is_demo())
            if not (is_first and is_meant):
                self._show(ChooseBank(options))
                return
            self._bank = ready[0]
        await self._sign_in_embedded()

    def _bank_of(self, connection_id: ConnectionId) -> str:
        for view in self._services.overview.load_connections():
            if view.connection.id == connection_id:
                return view.connection.bank
        raise UnknownConnection(id=connection_id)

    async def _option(self, bank_id: str) -> BankOption:
        if bank_id in NEEDS_NO_SETTINGS:
            return BankOption(bank_id)
        try:
            await self._services.banks.bank(bank_id)
        except BankNotConfigured as error:
            return BankOption(bank_id, str(error.parameters["missing"]))
        except KeychainUnavailable:
            return BankOption(bank_id)  # the sign-in itself says so, where one can try again
        return BankOption(bank_id)

    async def _sign_in_embedded(self) -> None:
        self._show(Contacting(self._bank))
        agent = self._watched(self._agents.embedded(self._bank), lambda _url: self._show(InView(self._bank)))
        try:
            signed_in = await self._services.connect.sign_in(self._bank, agent)
        except OtherBrowserWanted:
            await self._sign_in_in_browser()
        else:
            await self._offer(signed_in)

    async def _sign_in_in_browser(self) -> None:
        self._show(Contacting(self._bank))
        agent = self._watched(self._agents.browser(self._bank), lambda url: self._show(InBrowser(self._bank, url)))
        await self._offer(await self._services.connect.sign_in(self._bank, agent))

    def _watched(self, agent: UserAgent, on_leaving: Callable[[str], None]) -> UserAgent:
        return WatchedAgent(agent, on_leaving, lambda: self._show(Contacting(self._bank, is_back=True)))

    async def _offer(self, signed_in: SignedIn) -> None:
        self._signed_in = signed_in  # from here on `cancel` gives it back
        clients = await asyncio.to_thread(self._services.clients.load_all)
        wanted = self._wanted
        if wanted is None and self._bank in NEEDS_NO_SETTINGS and self._services.demo_company is not None:
            wanted = await self._services.demo_company()
        rows = account_rows(signed_in.accounts, clients, wanted, self._renews)
        self._show(ChooseAccounts(self._bank, rows, clients, self._renews is not None))

    async def _keep(self, signed_in: SignedIn, choices: Sequence[AccountChoice]) -> None:
        self._show(Saving(self._bank))
        self._connection = await self._services.connect.keep(signed_in, choices, renews=self._renews)
        self.data_changed.emit()
        await self._fetch()

    async def _fetch(self) -> None:
        if self._connection is None:
            return
        self._show(Fetching(self._bank))
        report = await self._services.synchronise.run(self._connection, is_attended=True, on_progress=self._on_progress)
        self.data_changed.emit()
        if report.error is not None:
            way_out = _way_out(report.error, 0, while_fetching=True)
            self._show(Problem(self._bank, report.error, way_out, is_kept=True))
        else:
            self._show(Done(self._bank, report))

    def _on_progress(self, progress: SyncProgress) -> None:
        self._show(Fetching(self._bank, progress))

    def _on_finished(self, name: str) -> None:
        """A bug, which is told elsewhere: nobody is left before a bar that moves no more."""
        if name != WORK or not isinstance(self._step, BUSY):
            return
        self._give_back()
        self._end()
        self.data_changed.emit()

    def _give_back(self) -> None:
        signed_in = self._signed_in
        if signed_in is not None:
            self._tasks.start("abandon", lambda: self._services.connect.abandon(signed_in))

    def _end(self) -> None:
        self._signed_in = None
        self._connection = None
        self._show(None)

    def _show(self, step: Step | None) -> None:
        if step != self._step:
            self._step = step
            self.step_changed.emit(step)


def _way_out(error: KontaliError, failures: int, *, while_fetching: bool = False) -> WayOut:
    """What fails in the view more than once may still go in a browser of the person's own."""
    if isinstance(error, BankNotConfigured):
        return WayOut.SETTINGS
    if isinstance(error, RateLimited):
        return WayOut.CLOSE
    if while_fetching:
        has_to_sign_in = isinstance(error, SignInRequired | ConsentExpired)
        return WayOut.SIGN_IN_AGAIN if has_to_sign_in else WayOut.FETCH_AGAIN
    if failures > 1 and not isinstance(error, KeychainUnavailable):
        return WayOut.BROWSER
    return WayOut.SIGN_IN_AGAIN
