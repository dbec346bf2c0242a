"""Storing what files say, inside one unit of work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from kontali_desktop.domain.clients import BankAccount, Client, next_ledger_account
from kontali_desktop.domain.documents import folded_name
from kontali_desktop.domain.ids import AccountId, ImportId
from kontali_desktop.services.file_span import days_in, lines_in
from kontali_desktop.services.file_storage import BALANCE, POSTING
from kontali_desktop.services.import_models import (
    ACCOUNT_NEEDED,
    IMPORTED,
    REFUSED,
    FileResult,
    ImportChoices,
    ReadFile,
)
from kontali_desktop.services.packed import joined_lines
from kontali_desktop.services.payment_batches import attach_batches, take_batches
from kontali_desktop.services.ports import FileContent, FileReader, RefusedRow, Statement
from kontali_desktop.services.storage import UnitOfWork
from kontali_desktop.services.store_documents import DocumentLedger
from kontali_desktop.services.store_listing import Stored, store_listing


class StoreImport:
    """One import of one client; the caller commits."""

    def __init__(
        self, work: UnitOfWork, client: Client, now: datetime, import_id: ImportId, choices: ImportChoices
    ) -> None:
        self._work = work
        self._client = client
        self._now = now
        self._import_id = import_id
        self._choices = choices
        self._ledger = DocumentLedger(work, client.id, now, import_id)
        self._closed_until = work.clients.load_settings(client.id).closed_until
        self._in_closed_period = 0
        self._ledger_accounts: Mapping[tuple[str, str], str] = {}

    def store(self, files: Sequence[ReadFile], *, is_whole: bool) -> dict[int, FileResult]:
        """The results by place. `is_whole`: nothing of the other files was refused.

        Where anything was refused, or a file does not agree with itself, a list is not known to be whole, and nothing
        is closed by what it leaves out.
        """
        self._ledger_accounts = self._ledger_accounts_of(files)
        results = {read.place: self._store(read) for read in sorted(files, key=lambda r: r.sha256)}
        for read in sorted(files, key=lambda r: r.sha256):
            results[read.place] = self._store_openings(read, results[read.place])
        lists = sorted(read.place for read in files if read.content.is_list)
        is_whole = is_whole and not any(result.refused for result in results.values())
        is_whole = is_whole and not any(read.content.doubts for read in files)
        if self._choices.is_complete and is_whole:
            closed = self._ledger.close_what_is_missing()  # by all lists together, and counted once
            results |= {place: replace(results[place], closed=closed) for place in lists[:1]}
        elif self._choices.is_complete:
            results |= {place: _not_closed(results[place]) for place in lists}
        self._ledger.save()
        attach_batches(self._work, self._client.id)
        return results

    def attach(self, files: Sequence[ReadFile], reader: FileReader) -> None:
        """Keep what is embedded in documents; read file by file, for it may be large."""
        for read in files:
            if read.content.has_attachments:
                for document_id in self._ledger.ids_of(read.content.documents):
                    self._work.attachments.add(document_id, reader.attachments(read.path))

    def _store(self, read: ReadFile) -> FileResult:
        content = read.content
        if content.refused and _is_bare(content):
            return FileResult(read.path, content.format, REFUSED, refused=content.refused)
        total = Stored()
        refused, doubts = list(content.refused), list(content.doubts)
        accounts: list[str] = []
        for statement in _one_an_account(content.statements):
            account = self._account_of(read, statement)
            if isinstance(account, RefusedRow):
                refused.append(account)
                continue
            doubts += _doubts(self._client, account, statement)
            accounts.append(account.number)
            total += self._store_statement(account.id, statement, content.format)
        for document in content.documents:
            if document.is_opening_balance:
                continue
            doubts += self._ledger.doubts(document, is_list=content.is_list)
            total += self._ledger.take(document, content.format, is_list=content.is_list)
        doubts += self._waiting()
        total += self._store_rest(content)
        has_something = bool(content.documents or content.batches or content.postings) or total != Stored()
        is_refused = bool(refused) and not has_something
        return FileResult(
            read.path,
            content.format,
            REFUSED if is_refused else IMPORTED,
            total.added,
            total.updated,
            total.unchanged,
            tuple(refused),
            tuple(doubts),
            lines=lines_in(content),
            days=days_in(content),
            accounts=tuple(dict.fromkeys(accounts)),
        )

    def _waiting(self) -> list[RefusedRow]:
        """New lines of a closed period are taken, for the bank's truth is whole; but nobody can decide on them."""
        if self._closed_until is None:
            return []
        before = self._in_closed_period
        self._in_closed_period = self._work.imports.waiting_lines(self._import_id, self._closed_until)
        count = self._in_closed_period - before
        return [RefusedRow("", "in_closed_period", {"count": str(count)})] if count else []

    def _store_openings(self, read: ReadFile, result: FileResult) -> FileResult:
        """After all documents of all files: a balance may be the sum of what another of them tells."""
        for document in read.content.documents:
            if document.is_opening_balance:
                stored, doubts = self._ledger.take_opening(document, read.content.format)
                result = replace(
                    result,
                    added=result.added + stored.added,
                    updated=result.updated + stored.updated,
                    unchanged=result.unchanged + stored.unchanged,
                    doubts=(*result.doubts, *doubts),
                )
        return result

    def _store_rest(self, content: FileContent) -> Stored:
        """Sums with their parts, and the books' own postings."""
        new, known = take_batches(self._work, self._client.id, content.batches, content.format, self._import_id)
        added, updated, known_postings = self._work.ledger.save(self._client.id, content.postings, self._import_id)
        self._work.imports.note_sightings(self._import_id, POSTING, known_postings)
        is_own_line = bool(content.statements)  # the sum's own line is counted already
        batches = Stored() if is_own_line else Stored(added=new, unchanged=known)
        return batches + Stored(added=added, updated=updated, unchanged=len(known_postings) - updated)

    def _store_statement(self, account_id: AccountId, statement: Statement, source: str) -> Stored:
        told = self._work.accounts.save_balances(account_id, statement.balances, source, self._import_id)
        self._work.imports.note_sightings(self._import_id, BALANCE, told)
        return store_listing(
            self._work, account_id, statement.transactions, source, self._now, import_id=self._import_id
        )

    def _account_of(self, read: ReadFile, statement: Statement) -> BankAccount | RefusedRow:
        """The client's account of this number, made where it is new and nobody else is said to own it."""
        number = self._number_of(read, statement)
        if not number:
            return self._account_not_told(read, statement)
        known = self._work.accounts.find(number, statement.currency)
        if known is not None:
            mine = known.client_id == self._client.id
            return known if mine else RefusedRow(number, "account_of_another_client", {"account": number})
        if not self._is_own(statement):
            facts = {
                "account": number,
                "owner": statement.owner_name,
                "owner_orgnr": statement.owner_orgnr,
                "client_orgnr": self._client.orgnr,
            }
            return RefusedRow(number, "other_owner", facts)
        return self._work.accounts.add(
            BankAccount(
                id=AccountId(0),
                client_id=self._client.id,
                number=number,
                currency=statement.currency,
                owner_name=statement.owner_name,
                ledger_account=self._ledger_accounts[number, statement.currency],
            )
        )

    def _ledger_accounts_of(self, files: Sequence[ReadFile]) -> dict[tuple[str, str], str]:
        """Of the accounts that will be new, whatever the order of the files: most lines first, then by number.

        The first number is the one a bookkeeper looks for the daily account on.
        """
        lines: Counter[tuple[str, str]] = Counter()
        for read in files:
            if read.content.refused and _is_bare(read.content):
                continue
            for statement in _one_an_account(read.content.statements):
                number = self._number_of(read, statement)
                if number and self._is_own(statement):
                    lines[number, statement.currency] += len(statement.transactions)
        taken = {account.ledger_account for account in self._work.accounts.load_all(self._client.id)}
        numbers: dict[tuple[str, str], str] = {}
        for key in sorted(lines, key=lambda key: (-lines[key], key)):
            if self._work.accounts.find(*key) is None:
                numbers[key] = next_ledger_account(taken)
                taken.add(numbers[key])
        return numbers

    def _number_of(self, read: ReadFile, statement: Statement) -> str:
        return statement.account_number or self._choices.numbers.get(read.path, "")

    def _is_own(self, statement: Statement) -> bool:
        """Nobody else is said to own it."""
        return statement.owner_orgnr in ("", self._client.orgnr)

    def _account_not_told(self, read: ReadFile, statement: Statement) -> BankAccount | RefusedRow:
        """The account the person chose, else the only one of this currency."""
        accounts = [a for a in self._work.accounts.load_all(self._client.id) if a.currency == statement.currency]
        chosen = self._choices.accounts.get(read.path)
        if chosen is not None:
            accounts = [a for a in accounts if a.id == chosen]
        if len(accounts) == 1:
            return accounts[0]
        return RefusedRow("", ACCOUNT_NEEDED, {"count": str(len(accounts)), "currency": statement.currency})


def _is_bare(content: FileContent) -> bool:
    """Whether accounts and balances are all there is: where rows are refused beside them, they alone are not taken."""
    has_lines = any(statement.transactions for statement in content.statements)
    return not (has_lines or content.documents or content.batches or content.postings)


def _doubts(client: Client, account: BankAccount, statement: Statement) -> list[RefusedRow]:
    """A statement that names another owner, without an organisation number to be sure by."""
    owner = statement.owner_name
    if not owner or statement.owner_orgnr or _is_alike(owner, client.name):
        return []
    return [RefusedRow("", "owner_differs", {"account": account.number, "owner": owner, "client": client.name})]


def _is_alike(owner: str, name: str) -> bool:
    """Banks cut names off and write them in capitals."""
    first, second = sorted((folded_name(owner), folded_name(name)), key=len)
    return second.startswith(first)


def _one_an_account(statements: Sequence[Statement]) -> list[Statement]:
    """What one file says of an account is one listing: a day may be parted, and two like payments fall on both parts.

    The same statement given twice counts once.
    """
    together: dict[tuple[str, str], Statement] = {}
    for statement in dict.fromkeys(statements):
        key = statement.account_number, statement.currency
        before = together.get(key)
        together[key] = statement if before is None else _joined(before, statement)
    return list(together.values())


def _joined(first: Statement, second: Statement) -> Statement:
    return replace(
        first,
        transactions=joined_lines((first.transactions, second.transactions)),
        balances=first.balances + second.balances,
    )


def _not_closed(result: FileResult) -> FileResult:
    """Something to know of the list, not a row of it that was left out."""
    return replace(result, doubts=(*result.doubts, RefusedRow("", "not_closed", {})))
