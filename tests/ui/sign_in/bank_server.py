"""A small stand-in for a bank's sign-in pages: real HTTP(S) on loopback, remembering every request."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

SIGN_IN = """<!doctype html><html lang="nb"><title>Demo</title><body style="font-family:sans-serif;padding:80px 150px">
<h2>Demo-ID</h2><p>Dette er ikke BankID.</p>
<form id="form" method="post" action="/submit"><input name="who" id="who">
<input type="hidden" name="back" value="{back}">
<button>Neste</button></form><a id="file" href="/file" download>fil</a>
<a id="pop" target="_blank" href="/pop?back={back}">vindu</a></body></html>"""
POP = """<!doctype html><title>Pop</title><p>Vindu</p><script>window.fromPopUp = {back!r};</script>"""


class BankServer(ThreadingHTTPServer):
    """`requests` are the paths asked for, with their queries; `cookies` what each brought along."""

    daemon_threads = False

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.requests: list[str] = []
        self.cookies: list[str] = []
        self.languages: list[str] = []
        self.scheme = "http"

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up on a bad certificate is what the test wants."""


class _Handler(BaseHTTPRequestHandler):
    server: BankServer

    def do_GET(self) -> None:  # the standard library's name
        self._note()
        parts = urlsplit(self.path)
        back = parse_qs(parts.query).get("back", [""])[0]
        if parts.path == "/authorize":
            self._page(SIGN_IN.format(back=back), cookie="session=secret")
        elif parts.path == "/pop":
            self._page(POP.format(back=back))
        elif parts.path == "/go":
            self._redirect(back)
        elif parts.path == "/file":
            self._file()
        else:
            self.send_error(404)

    def do_POST(self) -> None:  # the standard library's name
        self._note()
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self._redirect(f"{form['back'][0]}?code=abc&who={form['who'][0]}")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the standard library's name
        """Say nothing."""

    def _note(self) -> None:
        self.server.requests.append(self.path)
        self.server.cookies.append(self.headers.get("Cookie", ""))
        self.server.languages.append(self.headers.get("Accept-Language", ""))

    def _page(self, text: str, cookie: str = "") -> None:
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if cookie:
            self.send_header("Set-Cookie", cookie)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _redirect(self, to: str) -> None:
        self.send_response(303)
        self.send_header("Location", to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _file(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/octet-stream")
        self.send_header("Content-Disposition", "attachment; filename=konto.bin")
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"abc")


@contextmanager
def serving(certificate: tuple[Path, Path] | None = None, *, port: int = 0) -> Iterator[BankServer]:
    """A server in a thread; with a certificate and its key it speaks TLS."""
    server = BankServer(port)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.scheme = "https"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def self_signed(folder: Path) -> tuple[Path, Path]:
    """A certificate nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return files
