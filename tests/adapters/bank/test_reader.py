"""Headers, pages and refusals, against a server that says whatever a bank has been seen to say."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest
import pytest_asyncio

from kontali_desktop.adapters.bank.berlin_group_bank import BerlinGroupBank
from kontali_desktop.adapters.bank.dnb.dnb_settings import dnb_settings
from kontali_desktop.domain.bank import ReportedAccount
from kontali_desktop.domain.connections import Consent, Grant, Tokens
from kontali_desktop.services.errors import (
    AccessTokenRefused,
    AnswerNotUnderstood,
    ConsentExpired,
    OutsideError,
    RateLimited,
    ServiceRefused,
)
from tests.adapters.bank.settable_clock import SettableClock
from tests.adapters.scripted_server import Answer, ScriptedServer

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
GRANT = Grant(Consent("c-1", None), Tokens("t-1", "r-1", NOW + timedelta(hours=1)))
ACCOUNT = ReportedAccount("86011117947", "86011117947")


@pytest_asyncio.fixture
async def bank(server: ScriptedServer) -> AsyncIterator[BerlinGroupBank]:
    settings = dnb_settings(
        {
            "DNB_BASE_URL": f"{server.base}/v1/",
            "DNB_CLIENT_ID": "id",
            "DNB_CLIENT_SECRET": "secret",
            "DNB_API_KEY": "key",
        }
    )
    bank = BerlinGroupBank(settings, SettableClock(NOW))
    yield bank
    await bank.close()


def a_row(number: int, **fields: object) -> dict[str, object]:
    amount = {"amount": f"{number}.00", "currency": "NOK"}
    return {"transactionId": f"id-{number}", "bookingDate": "2026-02-01", "transactionAmount": amount, **fields}


def a_page(*rows: dict[str, object], **links: object) -> Answer:
    return Answer({"transactions": {"booked": list(rows), **links}})


async def amounts(bank: BerlinGroupBank) -> list[int]:
    reader = bank.reader(GRANT, attended=False)
    pages = reader.fetch_transactions(ACCOUNT, date(2026, 1, 1), date(2026, 3, 2))
    return [row.amount // 100 async for page in pages for row in page.transactions]


async def test_what_every_read_carries(bank: BerlinGroupBank, server: ScriptedServer) -> None:
    server.always(a_page())
    await amounts(bank)
    asked = server.asked[0]
    assert asked.path == "/v1/accounts/86011117947/transactions"
    assert asked.query == {"bookingStatus": "both", "dateFrom": "2026-01-01", "dateTo": "2026-03-02"}
    assert asked.headers["authorization"] == "Bearer t-1"
    assert asked.headers["consent-id"] == "c-1"
    assert asked.headers["x-api-key"] == "key"
    assert len(asked.headers["x-request-id"]) == 36
    assert "psu-ip-address" not in asked.headers


async def test_a_reader_with_a_consent_alone_sends_no_token(bank: BerlinGroupBank, server: ScriptedServer) -> None:
    server.always(Answer({"accounts": []}))
    assert await bank.reader(Grant(Consent("c-2", None)), attended=True).fetch_accounts() == ()
    assert server.asked[0].headers["consent-id"] == "c-2"
    assert server.asked[0].headers["psu-ip-address"] == "127.0.0.1"
    assert "authorization" not in server.asked[0].headers


@pytest.mark.parametrize(
    "links",
    [
        {"_links": {"next": {"href": "/v1/accounts/86011117947/transactions?pageId=2"}}},
        {"_links": {"next": {"href": "/accounts/86011117947/transactions?pageId=2"}}},
        {"_links": {"next": "/v1/accounts/86011117947/transactions?pageId=2"}},
        {"links": {"next": "accounts/86011117947/transactions?pageId=2"}},
        {"links": {"next": "?pageId=2"}},
        {"links": {"next": {"href": "transactions?pageId=2"}}},
        {"links": {"next": "{base}/v1/accounts/86011117947/transactions?pageId=2"}},
    ],
)
async def test_next_links_in_every_form(
    bank: BerlinGroupBank, server: ScriptedServer, links: dict[str, object]
) -> None:
    links = json.loads(json.dumps(links).replace("{base}", server.base))
    server.in_turn(a_page(a_row(1), **links), a_page(a_row(2)))
    assert await amounts(bank) == [1, 2]
    assert server.asked[1].path == "/v1/accounts/86011117947/transactions"
    assert server.asked[1].query == {"pageId": "2"}


async def test_an_empty_page_may_have_a_next_one(bank: BerlinGroupBank, server: ScriptedServer) -> None:
    server.in_turn(a_page(_links={"next": {"href": "?pageId=2"}}), a_page(a_row(2)), Answer(status=500))
    assert await amounts(bank) == [2]


async def test_equal_payments_without_ids_are_all_kept(bank: BerlinGroupBank, server: ScriptedServer) -> None:
    twin = a_row(5, transactionId=None)
    server.in_turn(a_page(twin, twin, _links={"next": "?pageId=2"}), a_page(twin, twin))
    assert await amounts(bank) == [5, 5, 5, 5]


async def test_pages_that_only_begin_alike_are_all_kept(bank: BerlinGroupBank, server: ScriptedServer) -> None:
    first = a_row(5, transactionId="NOTPROVIDED")
    server.in_turn(a_page(first, a_row(6), _links={"next": "?pageId=2"}), a_page(first, a_row(7)))
    assert await amounts(bank) == [5, 6, 5, 7]


async def test_odd_rows_among_plain_ones_in_a_long_page(bank: BerlinGroupBank, server: ScriptedServer) -> None:
    """All in their order, each with what the bank wrote and to the last øre."""
    rows = [json.dumps(a_row(number)) for number in range(1, 161)]
    rows[70] = (
        '{"transactionAmount" : {"amount": 99999999999999.990, "currency":"NOK"},"valueDate":"2026-02-01T00:00Z"}'
    )
    server.always(Answer(f'{{"transactions": {{"booked": [{",".join(rows)}], "pending": [{rows[0]}]}}}}'.encode()))
    reader = bank.reader(GRANT, attended=False)
    (page,) = [page async for page in reader.fetch_transactions(ACCOUNT, date(2026, 1, 1), date(2026, 3, 2))]
    assert [row.raw for row in page.transactions] == [*rows, rows[0]]
    assert [row.amount for row in page.transactions[:70]] == [number * 100 for number in range(1, 71)]
    assert page.transactions[70].amount == 9999999999999999
    assert [row.status.value for row in page.transactions] == ["booked"] * 160 + ["pending"]


async def test_a_row_that_is_not_understood_is_named(bank: BerlinGroupBank, server: ScriptedServer) -> None:
    server.always(a_page(*map(a_row, range(1, 60)), a_row(60, bookingDate="yesterday")))
    with pytest.raises(AnswerNotUnderstood) as refused:
        await amounts(bank)
    assert refused.value.parameters["where"] == "transactions.transactions.booked[59].bookingDate"


@pytest.mark.parametrize(
    "second",
    [
        a_page(a_row(2), _links={"next": "?pageId=2"}),  # a link that loops
        a_page(a_row(1), _links={"next": "?pageId=3"}),  # the same rows under another link
        Answer({"transactions": {}}),
        Answer({"transactions": {"booked": {}}}),
        Answer({"transactions": {"booked": ["x"]}}),
        Answer({"accounts": []}),
        Answer(b"<html>Oops</html>", headers={"Content-Type": "text/html"}),
    ],
)
async def test_a_page_that_is_not_the_next_one(bank: BerlinGroupBank, server: ScriptedServer, second: Answer) -> None:
    server.in_turn(a_page(a_row(1), _links={"next": "?pageId=2"}), second)
    with pytest.raises(AnswerNotUnderstood):
        await amounts(bank)


@pytest.mark.parametrize("elsewhere", ["https://evil.example/v1", "//evil.example/v1", "http://127.0.0.1:1/v1"])
async def test_the_token_goes_to_no_other_host(bank: BerlinGroupBank, server: ScriptedServer, elsewhere: str) -> None:
    server.in_turn(a_page(a_row(1), _links={"next": {"href": elsewhere}}))
    with pytest.raises(AnswerNotUnderstood) as refused:
        await amounts(bank)
    assert refused.value.parameters["where"] == "transactions.transactions._links.next"


def tpp(code: object, text: str = "") -> dict[str, object]:
    return {"tppMessages": [{"category": "ERROR", "code": code, "text": text}]}


@pytest.mark.parametrize(
    ("answer", "error", "parameters"),
    [
        (Answer(tpp("CONSENT_EXPIRED"), status=401), ConsentExpired, {"consent": "c-1"}),
        (Answer(tpp("CONSENT_INVALID"), status=401), ConsentExpired, {"consent": "c-1"}),
        (Answer(tpp("CONSENT_UNKNOWN"), status=403), ConsentExpired, {"consent": "c-1"}),
        (Answer(tpp(401, "CONSENT_EXPIRED: The consent has run out"), status=401), ConsentExpired, {"consent": "c-1"}),
        (Answer(tpp("TOKEN_EXPIRED"), status=401), AccessTokenRefused, {"status": 401, "reason": "TOKEN_EXPIRED"}),
        (Answer(tpp(404, "Not found"), status=404), ServiceRefused, {"status": 404, "reason": "404"}),
        (
            Answer({"error": "invalid_request"}, status=400),
            ServiceRefused,
            {"status": 400, "reason": "invalid_request"},
        ),
        (Answer(b"<html>", status=500), ServiceRefused, {"status": 500, "reason": ""}),
        (Answer(tpp("<script>"), status=500), ServiceRefused, {"status": 500, "reason": ""}),
        (Answer({"tppMessages": "x"}, status=500), ServiceRefused, {"status": 500, "reason": ""}),
        (Answer(tpp("ACCESS_EXCEEDED"), status=429), RateLimited, {"status": 429, "retry_after": 0}),
    ],
)
async def test_what_a_no_means(
    bank: BerlinGroupBank,
    server: ScriptedServer,
    answer: Answer,
    error: type[OutsideError],
    parameters: dict[str, object],
) -> None:
    server.always(answer)
    with pytest.raises(error) as refused:
        await amounts(bank)
    assert type(refused.value) is error
    assert refused.value.parameters == {"service": "DNB", **parameters}


@pytest.mark.parametrize(
    ("told", "seconds"),
    [("120", 120), ("Mon, 02 Mar 2026 09:01:00 GMT", 60), ("Mon, 02 Mar 2026 08:00:00 GMT", 0), ("soon", 0), ("-5", 0)],
)
async def test_when_to_come_back(bank: BerlinGroupBank, server: ScriptedServer, told: str, seconds: int) -> None:
    server.always(Answer(status=429, headers={"Retry-After": told}))
    with pytest.raises(RateLimited) as refused:
        await amounts(bank)
    assert refused.value.parameters["retry_after"] == seconds


async def test_odd_account_ids_cannot_leave_their_place(bank: BerlinGroupBank, server: ScriptedServer) -> None:
    server.always(Answer({"balances": []}))
    await bank.reader(GRANT, attended=False).fetch_balances(ReportedAccount("../consents?x=1", "1"))
    assert server.asked[0].path == "/v1/accounts/..%2Fconsents%3Fx%3D1/balances"
