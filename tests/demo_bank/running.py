"""Starts the demo bank as a process of its own, and signs in through its pages as a browser would."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import subprocess
import sys
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx

REDIRECT = "http://127.0.0.1:49152/callback"
CLIENT = "kontali-demo"
SECRET = "demo-secret"
SCOPES = "psd2:accounts:read psd2:transactions:read"
Json = dict[str, Any]


class _Form(HTMLParser):
    """The fields of the page's one form."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.hidden: dict[str, str] = {}
        self.inputs: list[dict[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "input":
            given = {name: value or "" for name, value in attrs}
            self.inputs.append(given)
            if given.get("type") == "hidden":
                self.hidden[given["name"]] = given["value"]


@dataclass
class RunningBank:
    said: Json
    http: httpx.Client

    @property
    def base(self) -> str:
        return str(self.said["base_url"])

    def control(self, method: str, path: str, body: Json | None = None) -> Any:  # noqa: ANN401 - any JSON
        answer = self.http.request(method, f"/control/{path}", json=body, headers={"X-Control": self.said["control"]})
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def fault(self, **wanted: Any) -> None:  # noqa: ANN401 - any JSON
        self.control("POST", "faults", wanted)

    def advance(self, **by: int) -> None:
        self.control("POST", "clock", {"advance": by})

    def begin(self, **changes: str | None) -> tuple[httpx.Response, str]:
        """The answer to an authorisation request, and the PKCE verifier behind it."""
        verifier = secrets.token_urlsafe(48)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        query: dict[str, str | None] = {
            "response_type": "code",
            "client_id": CLIENT,
            "redirect_uri": REDIRECT,
            "scope": SCOPES,
            "state": "state-1",
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        query |= changes
        asked = {name: value for name, value in query.items() if value is not None}
        return self.http.get("/oauth2/authorize", params=asked), verifier

    def post(self, page: str, values: Json) -> httpx.Response:
        """Fills in the form of a page, hidden fields included."""
        form = _Form(self.http.get(page).text)
        return self.http.post(page, data={**form.hidden, **values})

    def walk(self, page: str, accounts: Sequence[str] | None = None) -> str:
        """Through all of Demo-ID from its first page; the address the person is sent to at the end."""
        for field, value in self.typed():
            page = self.post(page, {field: value}).headers["location"]
        form = _Form(self.http.get(page).text)
        offered = [given["value"] for given in form.inputs if given.get("name") == "account"]
        chosen = offered if accounts is None else list(accounts)
        return str(self.post(page, {"account": chosen, "next": "1"}).headers["location"])

    def typed(self) -> list[tuple[str, str]]:
        return [
            ("national-id", self.said["person"]),
            ("code", self.said["code"]),
            ("password", self.said["password"]),
        ]

    def token(self, **form: str) -> httpx.Response:
        return self.http.post("/oauth2/token", data=form, auth=(CLIENT, SECRET))

    def redeem(self, code: str, verifier: str) -> httpx.Response:
        return self.token(grant_type="authorization_code", code=code, redirect_uri=REDIRECT, code_verifier=verifier)

    def sign_in(self, accounts: Sequence[str] | None = None, **changes: str | None) -> Json:
        """The token answer of a whole sign-in."""
        begun, verifier = self.begin(**changes)
        back = query_of(self.walk(begun.headers["location"], accounts))
        answer = self.redeem(back["code"], verifier)
        assert answer.status_code == 200, answer.text
        made: Json = answer.json()
        return made

    def read(self, path: str, *, token: str = "", attended: bool = True, **headers: str) -> httpx.Response:
        """A call on the account interface by its rules."""
        sent = {"X-Request-ID": str(uuid.uuid4()), **{n.replace("_", "-"): v for n, v in headers.items()}}
        sent |= {"Authorization": f"Bearer {token}"} if token else {}
        sent |= {"PSU-IP-Address": "127.0.0.1"} if attended else {}
        return self.http.get(path if path.startswith("/psd2") else f"/psd2{path}", headers=sent)

    def accounts(self, token: str) -> list[Json]:
        made: list[Json] = self.read("/accounts", token=token).json()["accounts"]
        return made

    def pages(self, first: str, token: str, *, links: str = "_links") -> Iterator[Json]:
        """The account reports of a listing, followed to its end."""
        path: str | None = first
        while path:
            answer = self.read(path, token=token)
            assert answer.status_code == 200, answer.text
            report = answer.json()["transactions"]
            yield report
            path = report.get(links, {}).get("next", {}).get("href")

    def booked(self, account: Json, token: str, start: str) -> list[Json]:
        """All booked rows from a day on, newest first."""
        path = f"/accounts/{account['resourceId']}/transactions?bookingStatus=booked&dateFrom={start}"
        return [row for report in self.pages(path, token) for row in report["booked"]]


def query_of(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


@contextmanager
def running(*arguments: str, state: Path | None = None, control: bool = True) -> Iterator[RunningBank]:
    """The bank until the block ends; it must end cleanly and have complained of nothing."""
    command = [sys.executable, "-W", "error", "-m", "kontali_desktop.demo_bank", *arguments]
    command += ["--control"] if control else []
    command += ["--state", str(state)] if state else []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        line = process.stdout.readline()
        try:
            assert line, process.stderr.read()
            said = json.loads(line)
            with httpx.Client(base_url=said["base_url"], timeout=10) as http:
                yield RunningBank(said, http)
        finally:
            process.terminate()
            rest, complaints = process.communicate(timeout=10)
        assert (process.returncode, rest, complaints) == (0, "", "")
