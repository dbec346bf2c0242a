"""From an empty data directory to a reviewed match, and out again, through the headless door and a real bank."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.demo_bank.running import RunningBank, running
from tests.journeys.headless import Headless

pytestmark = pytest.mark.usefixtures("secret_service")


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[RunningBank]:
    with running(state=tmp_path / "bank") as bank:
        yield bank


@pytest.fixture
def program(tmp_path: Path, bank: RunningBank) -> Headless:
    headless = Headless(tmp_path / "data", {"KONTALI_DEMO_BANK_URL": bank.base})
    company = bank.said["company"]
    headless.run("client", "add", "--name", company["name"], "--orgnr", company["orgnr"])
    return headless


def test_the_whole_job(program: Headless, bank: RunningBank) -> None:
    imported = program.run("import", bank.said["invoices"])
    assert {f["status"] for f in imported["files"]} == {"imported"}
    connected = program.connect(bank)
    added = sum(a["added"] for a in connected["sync"]["accounts"])
    assert added > 300
    assert len(connected["accounts"]) >= 2
    assert connected["match"]["auto_accepted"] > 100  # a new client's matches are taken by themselves where sure
    assert connected["match"]["proposed"] > 10

    everything = program.run("queue", "--status", "all")["items"]
    booked = [i for i in everything if i["transaction"]["status"] == "booked"]
    assert len(booked) == added
    clear = program.run("undo")["items"][0]
    assert clear["status"] == "proposed"
    assert clear["proposal"]["confidence"] > 0.9
    accepted = program.run("accept", clear["id"])["items"]
    assert accepted[0]["status"] == "accepted"
    assert accepted[0]["proposal"]["documents"] == clear["proposal"]["documents"]
    program.run("accept", clear["id"], code=1)
    assert program.run("undo")["items"][0]["status"] == "proposed"
    rejected = program.run("reject", clear["id"])["items"][0]
    assert rejected["proposal"] != clear["proposal"]

    again = program.run("sync")[0]
    assert again["error"] is None
    assert sum(a["added"] + a["updated"] for a in again["accounts"]) == 0
    assert all(a["balance_proved_to"] is None for a in again["accounts"])
    still = next(i for i in program.run("queue")["items"] if i["id"] == clear["id"])
    assert still["proposal"] == rejected["proposal"]

    shown = program.run("connections")[0]
    assert program.run("disconnect", shown["id"])["revoked_at_bank"]
    assert program.run("connections")[0]["state"] == "disconnected"
    assert len(program.run("queue", "--status", "all")["items"]) == len(everything)


def test_tokens_are_refreshed_and_outlive_the_process(program: Headless, bank: RunningBank) -> None:
    program.connect(bank)
    bank.advance(hours=2)
    report = program.run("sync", code=0)
    assert report[0]["error"] is None


def test_lines_up_to_the_start_are_not_queued(program: Headless, bank: RunningBank) -> None:
    program.connect(bank, "--booked-to", "2100-01-01")
    assert program.run("queue")["items"] == []
    everything = program.run("queue", "--status", "all")["items"]
    statuses = {i["status"] for i in everything if i["transaction"]["status"] == "booked"}
    assert statuses == {"before_start"}


def test_a_consent_that_ran_out_needs_a_person_and_nothing_is_lost(program: Headless, bank: RunningBank) -> None:
    program.connect(bank)
    before = program.run("queue", "--status", "all")
    bank.control("POST", "consents/*/expire")
    report = program.run("sync", code=3)
    assert report[0]["error"]["code"] == "consent_expired"
    assert program.run("queue", "--status", "all") == before


def test_a_sign_in_that_nobody_ends_stores_nothing(program: Headless) -> None:
    answer = program.run("connect", "--bank", "demo", "--browser", "--timeout", "0.2", code=1)
    assert answer["error"]["code"] == "sign_in_timed_out"
    assert program.run("connections") == []


def test_a_fault_half_way_stores_nothing_half(program: Headless, bank: RunningBank) -> None:
    program.connect(bank)
    before = program.run("queue", "--status", "all")
    bank.fault(path="*/transactions", kind="close", skip=1, times=1)
    report = program.run("sync", code=1)
    assert report[0]["error"] is not None
    assert program.run("queue", "--status", "all") == before
    assert program.run("sync")[0]["error"] is None


def test_unattended_reads_keep_within_the_bank_s_limit(program: Headless, bank: RunningBank) -> None:
    program.connect(bank)
    for _ in range(4):
        assert program.run("sync", "--unattended")[0]["error"] is None
    assert program.run("sync", "--unattended", code=1)[0]["error"]["code"] == "rate_limited"
    assert program.run("sync")[0]["error"] is None


def test_only_the_accounts_that_were_named_are_kept(program: Headless, bank: RunningBank) -> None:
    offered = program.connect(bank)["accounts"]
    program.run("disconnect", program.run("connections")[0]["id"])
    named = f"{offered[1][:4]}.{offered[1][4:6]}.{offered[1][6:]}"
    connected = program.connect(bank, "--accounts", named)
    assert connected["accounts"] == [offered[1]]
    assert [a["account"] for a in connected["sync"]["accounts"]] == [offered[1]]


def test_an_account_that_the_consent_does_not_cover_stores_nothing(program: Headless, bank: RunningBank) -> None:
    answer = program.connect(bank, "--accounts", "15030000009", code=1)
    assert answer["error"]["code"] == "unknown_account"
    assert program.run("connections") == []


def test_an_address_that_nobody_pastes_is_waited_for_no_longer_than_said(program: Headless) -> None:
    """The terminal stays open and silent."""
    program.variables |= {
        "DNB_CLIENT_ID": "kontali",
        "DNB_CLIENT_SECRET": "not a secret",
        "DNB_REDIRECT_URI": "https://kontali.example/callback",
    }
    with program.start("connect", "--bank", "dnb", "--browser", "--timeout", "0.5", stdin=subprocess.PIPE) as process:
        try:
            assert process.wait(timeout=20) == 1
        finally:
            process.kill()
        assert process.stdout is not None
        assert json.loads(process.stdout.read())["error"]["code"] == "sign_in_timed_out"


def test_what_is_pasted_is_looked_at(program: Headless) -> None:
    program.variables |= {
        "DNB_CLIENT_ID": "kontali",
        "DNB_CLIENT_SECRET": "not a secret",
        "DNB_REDIRECT_URI": "https://kontali.example/callback",
    }
    with program.start("connect", "--bank", "dnb", "--browser", stdin=subprocess.PIPE) as process:
        out, _ = process.communicate("https://kontali.example/callback?code=c&state=not-ours\n", timeout=20)
    assert process.returncode == 1
    assert json.loads(out)["error"]["code"] == "sign_in_not_ours"
    assert program.run("connections") == []


def test_who_stops_reading_the_answer_is_no_fault(program: Headless) -> None:
    """As `| head` does."""
    with program.start("client", "list") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(timeout=20) == 1


WRONG = [
    ("nonsense",),
    ("queue", "--status", "nonsense"),
    ("accept",),
    ("accept", "99999999999999999999"),
    ("undo", "0"),
    ("undo", "-1"),
]


@pytest.mark.parametrize("arguments", WRONG)
def test_wrong_usage_is_two(program: Headless, arguments: tuple[str, ...]) -> None:
    with program.start(*arguments) as process:
        process.communicate(timeout=30)
    assert process.returncode == 2


def test_two_programs_at_once_refresh_once(program: Headless, bank: RunningBank) -> None:
    program.connect(bank)
    bank.control("POST", "tokens/expire")
    bank.control("DELETE", "calls")
    both = [program.start("sync"), program.start("sync")]
    answers = [process.communicate(timeout=60) for process in both]
    assert [process.returncode for process in both] == [0, 0], answers
    refreshes = [c for c in bank.control("GET", "calls") if c["path"] == "/oauth2/token"]
    assert len(refreshes) == 1


def test_a_client_known_already_is_left_as_it_is(program: Headless) -> None:
    known = program.run("client", "list")[0]
    assert program.run("client", "add", "--name", "Annet AS", "--orgnr", known["orgnr"])["added"] is False
    assert program.run("client", "list") == [known]


def test_an_error_is_a_document_and_a_line(program: Headless) -> None:
    answer = program.run("client", "add", "--name", "X", "--orgnr", "123456789", code=1)
    assert answer["error"]["code"] == "not_an_organisation_number"
    assert answer["error"]["message"]
    assert answer["error"]["action"]
