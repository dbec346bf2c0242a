"""The reading endpoints: accounts, balances, transactions."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kontali_desktop.demo_bank.ais import access, listing, wire
from kontali_desktop.demo_bank.ais.errors import consent_invalid, unknown_resource
from kontali_desktop.demo_bank.bank import Bank, Dialect
from kontali_desktop.demo_bank.world.company import OwnAccount

_ACCOUNTS, _TRANSACTIONS = "psd2:accounts:read", "psd2:transactions:read"


class Reads:
    def __init__(self, bank: Bank) -> None:
        self._bank = bank

    async def accounts(self, request: Request) -> Response:
        may = access.may_read(self._bank, request, _ACCOUNTS)
        access.count_unattended(self._bank, may, "accounts")
        path = request.url.path
        own = [a for a in self._bank.world.company.accounts if a.number in may.consent.accounts]
        return JSONResponse({"accounts": [wire.account(self._bank, account, path) for account in own]})

    async def account(self, request: Request) -> Response:
        may = access.may_read(self._bank, request, _ACCOUNTS)
        own = self._own(request, may)
        access.count_unattended(self._bank, may, own.number)
        path = request.url.path.rpartition("/")[0]
        return JSONResponse({"account": wire.account(self._bank, own, path)})

    async def balances(self, request: Request) -> Response:
        may = access.may_read(self._bank, request, _ACCOUNTS)
        own = self._own(request, may)
        access.count_unattended(self._bank, may, f"{own.number}/balances")
        found = wire.balances(self._bank, self._bank.books(), own.number)
        return JSONResponse({"account": wire.reference(self._bank, own.number), "balances": found})

    async def transactions(self, request: Request) -> Response:
        may = access.may_read(self._bank, request, _TRANSACTIONS)
        own = self._own(request, may)
        is_dnb = self._bank.manners.dialect is Dialect.DNB
        longest = access.longest_history(self._bank, may)
        asked = listing.asked(
            request.query_params, own.number, self._bank.clock.today(), longest, needs_start=not is_dnb
        )
        if not asked.is_following_page:  # the following pages of one listing count once, with the first
            access.count_unattended(self._bank, may, f"{own.number}/transactions")
        report = self._report(asked, request.url.path, "links" if is_dnb else "_links")
        return JSONResponse({"account": wire.reference(self._bank, own.number), "transactions": report})

    async def no_cards(self, request: Request) -> Response:
        """The company has no card accounts, which DNB answers with a 404."""
        access.may_read(self._bank, request, _ACCOUNTS)
        raise unknown_resource("There are no card accounts")

    def _own(self, request: Request, may: access.Access) -> OwnAccount:
        wanted = request.path_params["account"]
        for own in self._bank.world.company.accounts:
            if wire.resource_id(self._bank, own.number) == wanted:
                if own.number not in may.consent.accounts:
                    raise consent_invalid("The consent does not cover this account")
                return own
        raise unknown_resource("No such account")

    def _report(self, asked: listing.Listing, path: str, links: str) -> wire.Json:
        """Newest first. Reservations, when asked for, are on the first page; DNB's last page has no links at all."""
        books = self._bank.books()
        rows = [r for r in books.booked[asked.account] if asked.first <= r.entry.booking_date <= asked.last]
        rows.reverse()
        end = asked.offset + self._bank.manners.page_size
        report: wire.Json = {}
        if asked.status != "pending":
            report["booked"] = [wire.booked_row(self._bank, row) for row in rows[asked.offset : end]]
        if asked.status != "booked" and not asked.is_following_page:
            report["pending"] = [wire.pending_row(self._bank, entry) for entry in books.pending[asked.account]]
        named: wire.Json = {} if links == "links" else {"account": {"href": path.removesuffix("/transactions")}}
        if asked.status != "pending" and end < len(rows):
            query = urlencode({"bookingStatus": asked.status, "pageId": asked.page_id(end)})
            named["next"] = {"href": f"{path}?{query}"}
        return report | ({links: named} if named else {})
