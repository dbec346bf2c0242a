"""Builds adapters and services for one data directory, without Qt; each part when it is first asked for."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kontali_desktop.adapters.settings.store import SECRET_NAMES, TomlSettings
from kontali_desktop.adapters.storage.late import LateStorage
from kontali_desktop.adapters.system.clock import SystemClock
from kontali_desktop.adapters.system.paths import data_paths
from kontali_desktop.adapters.system.resources import resource_path
from kontali_desktop.wording.wording import Wording

if TYPE_CHECKING:
    from kontali_desktop.adapters.bank.registry import BankRegistry
    from kontali_desktop.adapters.keychain.os_keychain import OsKeychain
    from kontali_desktop.adapters.system.connection_lock import FileConnectionLock
    from kontali_desktop.adapters.system.sandbox_bank import ChildSandboxBank
    from kontali_desktop.adapters.system.viewing_folder import PrivateViewingFolder
    from kontali_desktop.domain.tables import ColumnMapping, TableSample
    from kontali_desktop.matching.request import MatchRequest, TransactionProposals
    from kontali_desktop.services.access import FreshAccess
    from kontali_desktop.services.accounts import Accounts
    from kontali_desktop.services.autonomy import ReadAutonomy
    from kontali_desktop.services.clients import Clients
    from kontali_desktop.services.connect import ConnectBank, DisconnectBank
    from kontali_desktop.services.documents import Documents
    from kontali_desktop.services.export import ExportVouchers
    from kontali_desktop.services.import_files import ImportFiles
    from kontali_desktop.services.import_history import ImportHistory
    from kontali_desktop.services.learning import Learning
    from kontali_desktop.services.learnt_list import LearntList
    from kontali_desktop.services.listings import Listings
    from kontali_desktop.services.overview import Overview
    from kontali_desktop.services.own_data_test import OwnDataTest
    from kontali_desktop.services.ports import Attachment, Clock, FileContent
    from kontali_desktop.services.posting_accounts import PostingAccounts
    from kontali_desktop.services.program_settings import ProgramSettings
    from kontali_desktop.services.propose_matches import Engine, ProposeMatches
    from kontali_desktop.services.queue import ReviewQueue
    from kontali_desktop.services.review import Review
    from kontali_desktop.services.rules import Rules
    from kontali_desktop.services.shadow import Shadow
    from kontali_desktop.services.shadow_view import ViewShadow
    from kontali_desktop.services.sums import Sums
    from kontali_desktop.services.synchronise import Synchronise
    from kontali_desktop.services.view_attachments import ViewAttachments
    from kontali_desktop.services.watched_folders import WatchedFolders
    from kontali_desktop.services.why_not import WhyNotDocument


class Core:
    """The program without a face. What talks to banks and keychain is imported when a verb or the window needs it."""

    def __init__(
        self,
        data_dir: Path | None = None,
        *,
        environment: Mapping[str, str] = os.environ,
        clock: Clock | None = None,
        language: str = "",
    ) -> None:
        self.environment = environment
        self.paths = data_paths(data_dir)
        self.clock: Clock = clock or SystemClock()
        self.settings = TomlSettings(self.paths.settings, environment)
        self._language = language
        self._secrets: dict[str, str] = {}

    @cached_property
    def wording(self) -> Wording:
        wanted = self._language or self.settings.get("language", "nb")
        return Wording("en" if wanted == "en" else "nb", resource_path("locale"))

    def forget_wording(self) -> None:
        """The language was changed: the next to ask gets the new one."""
        self._language = ""
        self.__dict__.pop("wording", None)

    @cached_property
    def storage(self) -> LateStorage:
        return LateStorage(self.paths.database, self.clock.now())

    @cached_property
    def clients(self) -> Clients:
        from kontali_desktop.services.clients import Clients

        return Clients(self.storage, self.clock)

    @cached_property
    def queue(self) -> ReviewQueue:
        from kontali_desktop.services.queue import ReviewQueue

        return ReviewQueue(self.storage)

    @cached_property
    def review(self) -> Review:
        from kontali_desktop.services.review import Review

        return Review(self.storage, self.clock)

    @cached_property
    def overview(self) -> Overview:
        from kontali_desktop.services.overview import Overview

        return Overview(self.storage, self.queue, self.clock)

    @cached_property
    def listings(self) -> Listings:
        from kontali_desktop.services.listings import Listings

        return Listings(self.storage)

    @cached_property
    def accounts(self) -> Accounts:
        from kontali_desktop.services.accounts import Accounts

        return Accounts(self.storage, self.clock)

    @cached_property
    def program_settings(self) -> ProgramSettings:
        from kontali_desktop.services.program_settings import ProgramSettings

        return ProgramSettings(self.storage, self.settings, self.keychain, self.clock)

    @cached_property
    def propose(self) -> ProposeMatches:
        from kontali_desktop.services.propose_matches import ProposeMatches

        return ProposeMatches(self.storage, _engine, self.clock, _following_engine)

    @cached_property
    def learning(self) -> Learning:
        from kontali_desktop.services.learning import Learning

        return Learning(self.storage, self.clock)

    @cached_property
    def learnt_list(self) -> LearntList:
        from kontali_desktop.services.learnt_list import LearntList

        return LearntList(self.storage, self.clock)

    @cached_property
    def autonomy(self) -> ReadAutonomy:
        from kontali_desktop.services.autonomy import ReadAutonomy

        return ReadAutonomy(self.storage)

    @cached_property
    def why_not(self) -> WhyNotDocument:
        from kontali_desktop.services.why_not import WhyNotDocument

        return WhyNotDocument(self.storage, _engine)

    @cached_property
    def shadow(self) -> Shadow:
        from kontali_desktop.services.shadow import Shadow

        return Shadow(self.storage)

    @cached_property
    def view_shadow(self) -> ViewShadow:
        from kontali_desktop.services.shadow_view import ViewShadow

        return ViewShadow(self.storage)

    @cached_property
    def rules(self) -> Rules:
        from kontali_desktop.services.rules import Rules

        return Rules(self.storage, self.clock)

    @cached_property
    def own_data_test(self) -> OwnDataTest:
        from kontali_desktop.services.own_data_test import OwnDataTest

        return OwnDataTest(self.storage, _engine)

    @cached_property
    def import_files(self) -> ImportFiles:
        from kontali_desktop.adapters.files.finder import FolderFinder
        from kontali_desktop.services.import_files import ImportFiles

        return ImportFiles(self.storage, _LateReader(), FolderFinder(), self.clock)

    @cached_property
    def import_history(self) -> ImportHistory:
        from kontali_desktop.services.import_history import ImportHistory

        return ImportHistory(self.storage, self.clock)

    @cached_property
    def export(self) -> ExportVouchers:
        from importlib.metadata import version

        from kontali_desktop.adapters.files.out.writer import VoucherWriter
        from kontali_desktop.services.export import ExportVouchers

        return ExportVouchers(self.storage, VoucherWriter(), self.clock, version("kontali-desktop"))

    @cached_property
    def documents(self) -> Documents:
        from kontali_desktop.services.documents import Documents

        return Documents(self.storage, self.clock)

    @cached_property
    def sums(self) -> Sums:
        from kontali_desktop.services.sums import Sums

        return Sums(self.storage)

    @cached_property
    def view_attachments(self) -> ViewAttachments:
        from kontali_desktop.services.view_attachments import ViewAttachments

        return ViewAttachments(self.documents, self.viewing_folder)

    @cached_property
    def viewing_folder(self) -> PrivateViewingFolder:
        from kontali_desktop.adapters.system.viewing_folder import PrivateViewingFolder

        return PrivateViewingFolder()

    @cached_property
    def posting_accounts(self) -> PostingAccounts:
        from kontali_desktop.services.posting_accounts import PostingAccounts

        return PostingAccounts(self.storage, self.clock)

    @cached_property
    def watched_folders(self) -> WatchedFolders:
        from kontali_desktop.adapters.files.finder import FolderFinder
        from kontali_desktop.services.actors import PROGRAM
        from kontali_desktop.services.import_files import ImportFiles
        from kontali_desktop.services.watched_folders import WatchedFolders

        importing = ImportFiles(self.storage, _LateReader(), FolderFinder(), self.clock, PROGRAM)
        return WatchedFolders(self.storage, importing, FolderFinder(), self.propose)

    @cached_property
    def keychain(self) -> OsKeychain:
        from kontali_desktop.adapters.keychain.os_keychain import OsKeychain
        from kontali_desktop.adapters.system.installation import installation_id

        return OsKeychain(installation_id(self.paths))

    @cached_property
    def sandbox(self) -> ChildSandboxBank:
        from kontali_desktop.adapters.system.sandbox_bank import ChildSandboxBank

        return ChildSandboxBank(self.paths.demo_bank)

    @cached_property
    def banks(self) -> BankRegistry:
        from kontali_desktop.adapters.bank.registry import BankRegistry

        return BankRegistry(self.clock, self._demo_base_url, self._dnb_values)

    async def _demo_base_url(self) -> str:
        """A demo bank that runs already, or one of our own for as long as this process lives."""
        running = self.environment.get("KONTALI_DEMO_BANK_URL")
        return running or (await self.sandbox.start()).base_url

    async def _dnb_values(self) -> dict[str, str]:
        """Settings with the secrets from the keychain; those given by environment are moved there at first use."""
        from kontali_desktop.services.program_settings import secret_entry

        values = self.settings.bank_values("dnb")
        for name in SECRET_NAMES:
            entry = secret_entry(name)
            given = values.get(name)
            if given and self._secrets.get(name) != given:
                await self.keychain.save(entry, given)
                self._secrets[name] = given
            elif not given:
                values[name] = await self.keychain.load(entry) or ""
        return values

    @cached_property
    def lock(self) -> FileConnectionLock:
        from kontali_desktop.adapters.system.connection_lock import FileConnectionLock

        return FileConnectionLock(self.paths.locks)

    @cached_property
    def access(self) -> FreshAccess:
        from kontali_desktop.services.access import FreshAccess

        return FreshAccess(self.keychain, self.lock, self.clock)

    @cached_property
    def synchronise(self) -> Synchronise:
        from kontali_desktop.services.synchronise import Synchronise

        return Synchronise(self.storage, self.banks, self.access, self.propose, self.clock)

    @cached_property
    def connect(self) -> ConnectBank:
        from kontali_desktop.services.connect import ConnectBank

        return ConnectBank(self.storage, self.banks, self.keychain, self.lock, self.clock)

    @cached_property
    def disconnect(self) -> DisconnectBank:
        from kontali_desktop.services.connect import DisconnectBank

        return DisconnectBank(self.storage, self.banks, self.keychain, self.lock, self.clock)

    async def close(self) -> None:
        """HTTP clients, then the demo bank, then the copies that were looked at, then the database."""
        if "banks" in self.__dict__:
            await self.banks.close()
        if "sandbox" in self.__dict__:
            await self.sandbox.stop()
        if "viewing_folder" in self.__dict__:
            self.viewing_folder.close()
        self.close_storage()

    def close_storage(self) -> None:
        if "storage" in self.__dict__:
            self.storage.close()


def _engine(request: MatchRequest) -> tuple[TransactionProposals, ...]:
    """The matching engine, imported at the first run."""
    from kontali_desktop.matching.engine import propose

    return propose(request)


def _following_engine() -> Engine:
    """One that remembers what it was last asked."""
    from kontali_desktop.matching.engine import Matcher

    return Matcher().propose


class _LateReader:
    """`FileReader` that imports the formats, and lxml with them, at the first file."""

    def read(self, path: Path, client_orgnr: str, mappings: Mapping[str, ColumnMapping]) -> FileContent | None:
        from kontali_desktop.adapters.files.reader import FormatReader

        return FormatReader().read(path, client_orgnr, mappings)

    def sample(self, path: Path) -> TableSample | None:
        from kontali_desktop.adapters.files.reader import FormatReader

        return FormatReader().sample(path)

    def attachments(self, path: Path) -> tuple[Attachment, ...]:
        from kontali_desktop.adapters.files.reader import FormatReader

        return FormatReader().attachments(path)
