"""Innstillinger without its widgets: reads what is set, changes it, and says beside which field it would not go."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

from PySide6.QtCore import QObject, Signal

from kontali_desktop.domain.autonomy import Mode
from kontali_desktop.domain.clients import BankAccount, Client, ClientSettings
from kontali_desktop.domain.errors import (
    AmountNotUnderstood,
    CloseInFuture,
    KontaliError,
    NotAnOrganisationNumber,
    NotARedirectAddress,
    NotAVatCode,
)
from kontali_desktop.domain.ids import AccountId, ClientId
from kontali_desktop.domain.posting_accounts import PostingAccount, PostingRole
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.accounts import Accounts
from kontali_desktop.services.clients import Clients
from kontali_desktop.services.posting_accounts import PostingAccounts
from kontali_desktop.services.program_settings import (
    LANGUAGE,
    THEME,
    BankAccess,
    BankAccessChange,
    ProgramSettings,
)
from kontali_desktop.services.propose_matches import ProposeMatches
from kontali_desktop.ui.theme.theme import Scheme
from kontali_desktop.ui.widgets.notice import NoticeData, Severity
from kontali_desktop.wording.texts import LANGUAGES, Language
from kontali_desktop.wording.wording import Wording

LOADING, LOADING_BANK, SAVING_BANK = "load settings", "load bank settings", "save bank settings"
DNB = "dnb"


class Place(Enum):
    """Where a problem is shown: beside which field."""

    LEDGER_ACCOUNT = "ledger_account"
    START = "start"
    REDIRECT = "redirect"
    POSTING = "posting"
    CAP = "cap"
    CLOSED = "closed"
    VAT_CODE = "vat_code"
    NEW_CLIENT = "new_client"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a field's text was not taken; `account` where it is an account's, `role` where it is a posting's."""

    place: Place
    text: str
    account: AccountId | None = None
    role: PostingRole | None = None


@dataclass(frozen=True, slots=True)
class ClientSection:
    """What is set for the client that is shown."""

    client: Client
    settings: ClientSettings
    accounts: tuple[BankAccount, ...]
    posting: Mapping[PostingRole, PostingAccount]


@dataclass(frozen=True, slots=True)
class SettingsServices:
    """What the settings need of the program; `choose_scheme` dresses the windows."""

    program: ProgramSettings
    clients: Clients
    accounts: Accounts
    posting: PostingAccounts
    propose: ProposeMatches
    choose_scheme: Callable[[Scheme], None]


class SettingsPresenter(QObject):
    """Every change is stored at once, except those of the bank, which are saved together."""

    changed = Signal()  # the client section, or what can be chosen
    bank_changed = Signal()
    problem = Signal(object)  # a Problem; one with an empty text takes it back
    saved = Signal(str)  # that it was, in words
    bank_saved = Signal()
    client_added = Signal()
    notice = Signal(object)
    data_changed = Signal()
    language_chosen = Signal(str)
    client_left = Signal()  # the section still is the client's that is no longer to be shown
    wants_client_sheet = Signal(str, object)  # its name and the ClientId

    def __init__(
        self, services: SettingsServices, tasks: TaskOwner, wording: Wording, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._tasks, self._wording = services, tasks, wording
        self._client_id: ClientId | None = None
        self.clients: tuple[Client, ...] = ()
        self.section: ClientSection | None = None
        self.bank: BankAccess | None = None
        self.bank_problem = ""
        self._turn = asyncio.Lock()
        self._changes = 0
        tasks.failed.connect(self._on_failed)

    # The program

    @property
    def language(self) -> Language:
        return self._wording.language

    @property
    def scheme(self) -> Scheme:
        stored = self._services.program.get(THEME, Scheme.SYSTEM)
        return Scheme(stored) if stored in set(Scheme) else Scheme.SYSTEM

    def variable(self, key: str) -> str:
        """The environment variable that decides a setting, or ""."""
        return self._services.program.variable(key)

    def choose_language(self, language: str) -> None:
        if language in LANGUAGES and language != self.language:
            self._tasks.start("language", lambda: self._choose_language(language))

    def choose_scheme(self, scheme: Scheme) -> None:
        """The windows change at once; it is stored behind."""
        self._services.choose_scheme(scheme)
        self._tasks.start("theme", lambda: self._change(THEME, scheme.value), replace=True)

    # The client

    def refresh(self) -> None:
        self._tasks.start(LOADING, self._load, replace=True)
        if not self._tasks.is_running(SAVING_BANK):
            self._tasks.start(LOADING_BANK, self._load_bank, replace=True)

    def show_client(self, client_id: ClientId | None) -> None:
        """The window's client; for all clients the section shows one that can be changed on the page."""
        if client_id is not None and client_id != self._client_id:
            self.choose_client(client_id)

    def choose_client(self, client_id: ClientId) -> None:
        self.client_left.emit()
        self._client_id = client_id
        self._tasks.start(LOADING, self._load, replace=True)

    async def finish(self) -> None:
        """Return once what was changed is stored; closing waits for it."""
        self.client_left.emit()
        await asyncio.sleep(0)  # what was just asked for is in the line now
        async with self._turn:
            return

    def add_client(self, orgnr: str, name: str) -> None:
        """One that no bank has named; one that is there already is shown as it is."""

        async def work() -> None:
            try:
                client, is_new = await asyncio.to_thread(self._services.clients.add, name, orgnr)
            except NotAnOrganisationNumber:
                self.problem.emit(Problem(Place.NEW_CLIENT, self._wording.text("first_run.orgnr_wrong")))
                return
            self.client_left.emit()
            self._client_id = client.id
            await self._load()
            self.client_added.emit()
            said = "settings.client_added" if is_new else "settings.client_known"
            self.saved.emit(self._wording.text(said, client=client.name))
            self.data_changed.emit()

        self._in_turn("new client", work)

    def set_autonomy(self, mode: Mode, threshold: float) -> None:
        """How far the program may go by itself, and from which confidence."""
        if self.section is not None:
            self._save_settings(replace(self.section.settings, mode=mode, threshold=threshold))

    def set_cap(self, text: str) -> None:
        """The largest amount that is accepted without a person, in kroner; empty for none."""
        if self.section is None:
            return
        try:
            cap = self._wording.parse_amount(text) if text.strip() else None
        except AmountNotUnderstood as error:
            words = self._wording.error(error)
            self.problem.emit(Problem(Place.CAP, words.message))
            return
        if cap is not None and cap <= 0:
            self.problem.emit(Problem(Place.CAP, self._wording.text("settings.cap.positive")))
            return
        self.problem.emit(Problem(Place.CAP, ""))
        self._save_settings(replace(self.section.settings, cap=cap))
        self.changed.emit()

    def set_watched_folder(self, folder: str) -> None:
        """Whose new files are taken in by themselves; empty for none."""
        if self.section is not None:
            self._save_settings(replace(self.section.settings, watched_folder=folder))
            self.changed.emit()

    def close_books(self, until: date | None) -> None:
        """Store it, or say beside the field why not; what is learnt of the period changes what is proposed."""
        section = self.section
        if section is None:
            return

        async def work() -> None:
            try:
                await asyncio.to_thread(self._services.clients.close_books, section.client.id, until)
            except CloseInFuture as error:
                words = self._wording.error(error)
                self.problem.emit(Problem(Place.CLOSED, f"{words.message} {words.action}"))
                return
            self.problem.emit(Problem(Place.CLOSED, ""))
            await asyncio.to_thread(self._services.propose.propose_anew, section.client.id)
            await self._load()
            self._say_saved()
            self.data_changed.emit()

        self._in_turn("closed period", work)

    def change_ledger_account(self, account: AccountId, text: str) -> None:
        """Store it, or say beside the field why not."""
        change = self._services.accounts.change_ledger_account
        self._change_account(Place.LEDGER_ACCOUNT, account, lambda: change(account, text))

    def change_start(self, account: AccountId, booked_to: date | None) -> None:
        """Store it and match anew: lines came into the review, or left it."""
        change = self._services.accounts.change_start
        self._change_account(Place.START, account, lambda: change(account, booked_to))

    def change_posting(self, role: PostingRole, account: str, vat_code: str) -> None:
        """What the client books it on; an empty account is NS 4102's. Stored, or said beside the field why not."""
        section = self.section
        if section is None:
            return
        change = self._services.posting.change

        async def work() -> None:
            try:
                await asyncio.to_thread(change, section.client.id, role, account, vat_code)
            except KontaliError as error:
                words = self._wording.error(error)
                place = Place.VAT_CODE if isinstance(error, NotAVatCode) else Place.POSTING
                self.problem.emit(Problem(place, f"{words.message} {words.action}", role=role))
                return
            self.problem.emit(Problem(Place.POSTING, "", role=role))
            await self._load()
            self._say_saved()
            self.data_changed.emit()

        self._in_turn(f"posting {role.value}", work)

    # The bank

    def save_bank(self, change: BankAccessChange) -> None:
        self._tasks.start(SAVING_BANK, lambda: self._save_bank(change))

    # Behind

    async def _choose_language(self, language: str) -> None:
        await self._change(LANGUAGE, language)
        self.language_chosen.emit(language)

    async def _change(self, key: str, value: str) -> None:
        await asyncio.to_thread(self._services.program.change, key, value)

    async def _load(self) -> None:
        client_id = self._client_id
        self.clients, self.section = await asyncio.to_thread(self._read, client_id)
        self.changed.emit()

    def _read(self, client_id: ClientId | None) -> tuple[tuple[Client, ...], ClientSection | None]:
        clients = self._services.clients.load_all()
        client = next((c for c in clients if c.id == client_id), clients[0] if clients else None)
        if client is None:
            return clients, None
        settings = self._services.clients.load_settings(client.id)
        accounts = self._services.accounts.load(client.id)
        return clients, ClientSection(client, settings, accounts, self._services.posting.load(client.id))

    def _save_settings(self, settings: ClientSettings) -> None:
        section = self.section
        if section is None or section.settings == settings:
            return
        self.section = replace(section, settings=settings)
        save = self._services.clients.save_settings

        async def work() -> None:
            await asyncio.to_thread(save, section.client.id, settings)
            self._say_saved()
            self.data_changed.emit()

        self._in_turn("client settings", work)

    def _change_account(self, place: Place, account: AccountId, change: Callable[[], None]) -> None:
        section = self.section
        if section is None:
            return

        async def work() -> None:
            try:
                await asyncio.to_thread(change)
            except KontaliError as error:
                words = self._wording.error(error)
                self.problem.emit(Problem(place, f"{words.message} {words.action}", account))
                return
            self.problem.emit(Problem(place, "", account))
            if place is Place.START:
                await asyncio.to_thread(self._services.propose.run, section.client.id)
            await self._load()
            self._say_saved()
            self.data_changed.emit()

        self._in_turn(f"{place.value} {account}", work)

    def _in_turn(self, name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """One change after the other, in the order they were made: the last word counts."""
        self._changes += 1

        async def alone() -> None:
            async with self._turn:
                await work()

        self._tasks.start(f"{name} {self._changes}", alone)

    async def _load_bank(self) -> None:
        self.bank, self.bank_problem = None, ""
        try:
            self.bank = await self._services.program.load_bank(DNB)
        except KontaliError as error:
            words = self._wording.error(error)
            self.bank_problem = f"{words.message} {words.text}"
        self.bank_changed.emit()

    async def _save_bank(self, change: BankAccessChange) -> None:
        try:
            await self._services.program.change_bank(DNB, change)
        except NotARedirectAddress as error:
            words = self._wording.error(error)
            self.problem.emit(Problem(Place.REDIRECT, f"{words.message} {words.action}"))
            return
        self.problem.emit(Problem(Place.REDIRECT, ""))
        self.bank_saved.emit()
        await self._load_bank()
        self._say_saved()
        self.data_changed.emit()

    def _say_saved(self) -> None:
        self.saved.emit(self._wording.text("settings.saved"))

    def _on_failed(self, name: str, error: KontaliError) -> None:
        if name not in (LOADING, LOADING_BANK):
            self.refresh()  # what is shown was not stored
        text = self._wording.error(error)
        self.notice.emit(NoticeData(Severity.WARNING, text.message, text.text))
