"""The one way out, against a real server: bounds, refusals, and what never reaches the log."""

from __future__ import annotations

import asyncio
import gzip
import ssl
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from kontali_desktop.adapters.http.client import ClientCertificate, client_arguments
from kontali_desktop.adapters.http.local_address import find_local_address
from kontali_desktop.adapters.http.transport import Bounds, is_loopback
from kontali_desktop.services.errors import (
    AnswerNotUnderstood,
    BankNotConfigured,
    ServiceRefused,
    ServiceUnreachable,
)
from tests.adapters.scripted_server import Answer, ScriptedServer, scripted_server

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
BOUNDS = Bounds(connect=2, silence=0.5, whole=1.0, answer_bytes=10_000)


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with scripted_server() as server:
        yield server


@pytest_asyncio.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(**client_arguments("The bank", bounds=BOUNDS)) as client:
        yield client


async def test_says_who_asks_and_wants_plain_bytes(client: httpx.AsyncClient, server: ScriptedServer) -> None:
    server.always(Answer({"a": 1}))
    answer = await client.get(f"{server.base}/x")
    assert (answer.status_code, answer.json()) == (200, {"a": 1})
    headers = server.asked[0].headers
    assert headers["user-agent"].startswith("KontaliDesktop/")
    assert headers["accept-encoding"] == "identity"


async def test_plain_http_leaves_this_machine_never(client: httpx.AsyncClient) -> None:
    for url in ("http://bank.example/", "http://192.0.2.1/", "ftp://127.0.0.1/", "http://127.0.0.1.bank.example/"):
        with pytest.raises(ServiceRefused) as refused:
            await client.get(url)
        assert refused.value.parameters["reason"] == "plain_http"


async def test_a_redirect_is_not_followed(client: httpx.AsyncClient, server: ScriptedServer) -> None:
    server.always(Answer(status=302, headers={"Location": f"{server.base}/elsewhere"}))
    assert (await client.get(f"{server.base}/here")).status_code == 302
    assert [asked.path for asked in server.asked] == ["/here"]


async def test_an_answer_that_is_too_large_is_cut_off(client: httpx.AsyncClient, server: ScriptedServer) -> None:
    server.always(Answer(b"x" * 10_000))
    assert len((await client.get(server.base)).content) == 10_000
    server.always(Answer(b"x" * 10_001))
    with pytest.raises(AnswerNotUnderstood) as refused:
        await client.get(server.base)
    assert refused.value.parameters == {"service": "The bank", "where": "size"}


async def test_a_packed_answer_is_not_unpacked(client: httpx.AsyncClient, server: ScriptedServer) -> None:
    server.always(Answer(gzip.compress(b"0" * 1_000_000), headers={"Content-Encoding": "gzip"}))
    with pytest.raises(AnswerNotUnderstood):
        await client.get(server.base)


async def test_a_connection_cut_midway(client: httpx.AsyncClient, server: ScriptedServer) -> None:
    server.always(Answer(b"x" * 100, cut=50))
    with pytest.raises(ServiceUnreachable) as unreachable:
        await client.get(server.base)
    assert unreachable.value.parameters == {"service": "The bank"}


async def test_nobody_there(client: httpx.AsyncClient) -> None:
    with pytest.raises(ServiceUnreachable):
        await client.get("http://127.0.0.1:1/")


async def test_a_server_that_drips_is_not_waited_for(client: httpx.AsyncClient) -> None:
    async def drip(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        while not writer.transport.is_closing():
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.1)

    async with raw_server(drip) as port:
        with pytest.raises(ServiceUnreachable):
            await asyncio.wait_for(client.get(f"http://127.0.0.1:{port}/"), 5)


async def test_the_log_holds_no_address_and_no_token(
    client: httpx.AsyncClient, server: ScriptedServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    server.always(Answer({}))
    secrets = {"Authorization": "Bearer t0ken", "Consent-ID": "c0nsent"}
    await client.get(f"{server.base}/accounts/15031234567?code=c0de", headers=secrets)
    with pytest.raises(ServiceUnreachable):
        await client.get("http://127.0.0.1:1/accounts/15031234567", headers=secrets)
    assert "The bank GET: 200" in caplog.text
    assert "ConnectError" in caplog.text
    for secret in ("15031234567", "t0ken", "c0nsent", "c0de"):
        assert secret not in caplog.text


async def test_the_local_address_is_the_one_the_route_goes_out_from() -> None:
    assert await find_local_address("127.0.0.1", 443) == "127.0.0.1"
    assert await find_local_address("no.such.host.invalid", 443) is None


@pytest.mark.parametrize(
    ("host", "is_this_machine"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("localhost", True), ("localhost.example", False)],
)
def test_is_loopback(host: str, is_this_machine: bool) -> None:  # noqa: FBT001 - a table's column
    assert is_loopback(host) is is_this_machine


@asynccontextmanager
async def raw_server(handler: Handler, context: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """The port of a server that says what the handler writes, and leaves no connection open."""
    running: dict[asyncio.Task[None], asyncio.StreamWriter] = {}

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        running[task] = writer
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            await handler(reader, writer)
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    async with server:
        yield server.sockets[0].getsockname()[1]
        for writer in running.values():
            writer.transport.abort()
        await asyncio.gather(*running)


@pytest.fixture
def certificate(tmp_path: Path) -> ClientCertificate:
    made = ClientCertificate(tmp_path / "client.pem", tmp_path / "client.key")
    options = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    options += " -addext subjectAltName=DNS:localhost"
    assert made.key
    command = ["openssl", *options.split(), "-keyout", str(made.key), "-out", str(made.certificate)]
    subprocess.run(command, check=True, capture_output=True)
    return made


async def test_mutual_tls_shows_the_certificate(
    certificate: ClientCertificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[object] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        shown.append(writer.get_extra_info("peercert"))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
        await writer.drain()

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate.certificate, certificate.key)
    context.load_verify_locations(certificate.certificate)
    context.verify_mode = ssl.CERT_REQUIRED
    # The office's own certificate authority: the system's store is read through this name.
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.certificate))
    arguments = client_arguments("The bank", certificate=certificate)
    async with raw_server(answer, context) as port, httpx.AsyncClient(**arguments) as client:
        assert (await client.get(f"https://localhost:{port}/")).status_code == 200
        assert shown[0]


async def test_a_certificate_nobody_vouches_for_is_refused(certificate: ClientCertificate) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate.certificate, certificate.key)

    async def answer(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        pytest.fail("a request was sent all the same")

    async with raw_server(answer, context) as port, httpx.AsyncClient(**client_arguments("The bank")) as client:
        with pytest.raises(ServiceUnreachable):
            await client.get(f"https://localhost:{port}/")


def test_a_certificate_that_is_not_there_is_a_missing_setting(tmp_path: Path) -> None:
    with pytest.raises(BankNotConfigured) as missing:
        client_arguments("The bank", certificate=ClientCertificate(tmp_path / "none.pem"))
    assert missing.value.parameters == {"service": "The bank", "missing": "none.pem"}
