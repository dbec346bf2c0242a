"""Accounts, balances and transactions of one grant."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from datetime import date
from urllib.parse import quote

from kontali_desktop.adapters.bank.berlin_group.caller import Caller
from kontali_desktop.adapters.bank.berlin_group.paging import VisitedPages, find_next_link
from kontali_desktop.adapters.bank.berlin_group.payload import Place
from kontali_desktop.adapters.bank.berlin_group.rows_as_sent import cut_rows
from kontali_desktop.adapters.bank.berlin_group.wire import read_account, read_balance, read_transaction
from kontali_desktop.domain.bank import Balance, BookingStatus, ReportedAccount, ReportedTransaction, TransactionPage
from kontali_desktop.domain.connections import Grant


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
        """Asks for the next page while this one is read in a thread, so that a long one does not hold up the window."""
        visited = VisitedPages()
        coming: asyncio.Task[Place] | None = asyncio.create_task(self._get(url, query, "transactions"))
        try:
            while coming is not None:
                answer, coming = await coming, None
                listing = answer.needed("transactions")
                following = find_next_link(listing, answer, url, self._base_url)
                if following is not None:
                    visited.visit(following, listing)
                    # A next link carries its own query, an opaque one.
                    url, coming = following, asyncio.create_task(self._get(following, {}, "transactions"))
                page = await asyncio.to_thread(_read_page, answer, listing)
                visited.read(page, listing)
                yield page
        finally:
            if coming is not None:
                coming.cancel()
                await asyncio.gather(coming, return_exceptions=True)

    async def _get(self, url: str, query: dict[str, str], where: str) -> Place:
        if self._attended and self._person is None:
            self._person = await self._caller.find_person_address()
        return await self._caller.get(url, query, grant=self._grant, person=self._person, where=where)

    def _account_url(self, account: ReportedAccount) -> str:
        return f"{self._base_url}/accounts/{quote(account.resource_id, safe='')}"

    @staticmethod
    def _need(answer: Place, name: str) -> None:
        if name not in answer.fields:
            raise answer.misunderstood(name)


def _read_page(answer: Place, listing: Place) -> TransactionPage:
    if not {"booked", "pending"} & listing.fields.keys():
        raise listing.misunderstood("booked")
    transactions: list[ReportedTransaction] = []
    for status in BookingStatus:
        places = listing.items(status.value)
        texts = cut_rows(answer.raw, status.value, [place.fields for place in places]) or [""] * len(places)
        transactions += [read_transaction(place, status, raw) for place, raw in zip(places, texts, strict=True)]
    return TransactionPage(tuple(transactions), tuple(read_balance(place) for place in answer.items("balances")))
