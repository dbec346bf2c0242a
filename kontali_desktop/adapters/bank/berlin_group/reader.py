"""Accounts, balances and transactions of one grant."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Sequence
from contextlib import aclosing
from datetime import date
from urllib.parse import quote

import msgspec

from kontali_desktop.adapters.bank.berlin_group.caller import Caller
from kontali_desktop.adapters.bank.berlin_group.listing import Listing
from kontali_desktop.adapters.bank.berlin_group.paging import VisitedPages, find_next_link
from kontali_desktop.adapters.bank.berlin_group.payload import Place
from kontali_desktop.adapters.bank.berlin_group.plain_row import find_transaction
from kontali_desktop.adapters.bank.berlin_group.wire import read_account, read_balance, read_transaction
from kontali_desktop.domain.bank import Balance, BookingStatus, ReportedAccount, ReportedTransaction, TransactionPage
from kontali_desktop.domain.connections import Grant

_ROWS_AT_ONCE = 50  # some 0.3 ms, 2 ms where each has to be read with care


class BerlinGroupReader:
    """Reads with one grant, attended or not, until the grant's token or consent has run out."""

    def __init__(self, caller: Caller, grant: Grant, *, attended: bool) -> None:
        self._caller = caller
        self._grant = grant
        self._attended = attended
        self._person: str | None = None
        self._base_url = caller.settings.base_url

    async def fetch_accounts(self) -> tuple[ReportedAccount, ...]:
        answer = await self._get(f"{self._base_url}/accounts", {}, "accounts")
        self._need(answer, "accounts")
        accounts = (read_account(place) for place in answer.items("accounts"))
        return tuple(account for account in accounts if account is not None)

    async def fetch_balances(self, account: ReportedAccount) -> tuple[Balance, ...]:
        answer = await self._get(f"{self._account_url(account)}/balances", {}, "balances")
        self._need(answer, "balances")
        return tuple(read_balance(place) for place in answer.items("balances"))

    async def fetch_transactions(
        self, account: ReportedAccount, since: date, until: date
    ) -> AsyncIterator[TransactionPage]:
        for booking_status in self._caller.settings.booking_statuses:
            url = f"{self._account_url(account)}/transactions"
            query = {"bookingStatus": booking_status, "dateFrom": since.isoformat(), "dateTo": until.isoformat()}
            async with aclosing(self._follow(url, query)) as pages:
                async for page in pages:
                    yield page

    async def _follow(self, url: str, query: dict[str, str]) -> AsyncGenerator[TransactionPage, None]:
        """Asks for the next page while this one is read."""
        visited = VisitedPages()
        coming: asyncio.Task[Listing] | None = asyncio.create_task(self._get_listing(url, query))
        try:
            while coming is not None:
                listing, coming = await coming, None
                following = find_next_link(listing.report, listing.answer, url, self._base_url)
                if following is not None:
                    visited.visit(following, listing.report)
                    # A next link carries its own query, an opaque one.
                    url, coming = following, asyncio.create_task(self._get_listing(following, {}))
                page = await _read_page(listing)
                visited.read(page, listing.report)
                yield page
        finally:
            if coming is not None:
                coming.cancel()
                await asyncio.gather(coming, return_exceptions=True)

    async def _get_listing(self, url: str, query: dict[str, str]) -> Listing:
        body = await self._caller.get_body(url, query, grant=self._grant, person=await self._find_person())
        return Listing.split(self._caller.settings.name, "transactions", body)

    async def _get(self, url: str, query: dict[str, str], where: str) -> Place:
        return await self._caller.get(url, query, grant=self._grant, person=await self._find_person(), where=where)

    async def _find_person(self) -> str | None:
        if self._attended and self._person is None:
            self._person = await self._caller.find_person_address()
        return self._person

    def _account_url(self, account: ReportedAccount) -> str:
        return f"{self._base_url}/accounts/{quote(account.resource_id, safe='')}"

    @staticmethod
    def _need(answer: Place, name: str) -> None:
        if name not in answer.fields:
            raise answer.misunderstood(name)


async def _read_page(listing: Listing) -> TransactionPage:
    """Some rows at a time, so that the window and the next page's coming go on."""
    transactions: list[ReportedTransaction] = []
    for status, rows in listing.rows:
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            await asyncio.sleep(0)
            transactions += _read_rows(listing, status, rows, start)
    return TransactionPage(
        tuple(transactions), tuple(read_balance(place) for place in listing.answer.items("balances"))
    )


def _read_rows(
    listing: Listing, status: BookingStatus, rows: Sequence[msgspec.Raw], start: int
) -> Iterator[ReportedTransaction]:
    for number, raw in enumerate(rows[start : start + _ROWS_AT_ONCE], start):
        try:
            text = str(raw, "utf-8")
        except UnicodeDecodeError as error:
            raise listing.report.misunderstood(f"{status.value}[{number}]") from error
        found = find_transaction(raw, status, text)
        yield found or read_transaction(listing.row(status, number, text), status, text)
