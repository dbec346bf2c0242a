"""The bank as a process: what it prints, what outlives it, and when it ends."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

from kontali_desktop.demo_bank.server import DEFAULT_SEED
from kontali_desktop.demo_bank.world.books import World
from tests.demo_bank.running import RunningBank, running

COMMAND = [sys.executable, "-m", "kontali_desktop.demo_bank"]


def _all_rows(bank: RunningBank) -> tuple[list[object], dict[str, bytes]]:
    token = bank.sign_in()["access_token"]
    today = date.fromisoformat(bank.control("GET", "clock")["today"])
    start = (today - timedelta(days=120)).isoformat()
    rows: list[object] = [bank.booked(account, token, start) for account in bank.accounts(token)]
    return rows, {path.name: path.read_bytes() for path in Path(bank.said["invoices"]).iterdir()}


def test_it_says_what_is_needed_to_sign_in() -> None:
    with running(control=False) as bank:
        assert {"base_url", "person", "code", "password", "invoices", "company"} == set(bank.said)
        assert bank.base.startswith("http://127.0.0.1:")
        assert next(Path(bank.said["invoices"]).glob("*.xml")).stat().st_size > 0
        assert bank.http.get("/control/clock").status_code == 404
    assert not Path(bank.said["invoices"]).exists()


def test_same_seed_gives_the_same_data_and_another_does_not() -> None:
    with running("--seed", "5") as one, running("--seed", "5") as two, running("--seed", "6") as three:
        assert [one.said[k] for k in ("person", "code", "company")] == [
            two.said[k] for k in ("person", "code", "company")
        ]
        first = _all_rows(one)
        assert first == _all_rows(two)
        assert first != _all_rows(three)


def test_port_is_the_one_asked_for() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with running("--port", str(port)) as bank:
        assert bank.base == f"http://127.0.0.1:{port}"


def test_tokens_limits_and_data_outlive_the_process(tmp_path: Path) -> None:
    with running(state=tmp_path) as bank:
        made = bank.sign_in()
        account = bank.accounts(made["access_token"])[0]
        for _ in range(4):
            bank.read("/accounts", token=made["access_token"], attended=False)
        data = _all_rows(bank)
    assert made["refresh_token"] not in "".join(path.read_text() for path in tmp_path.glob("*.json"))
    with running(state=tmp_path) as bank:
        assert bank.read("/accounts", token=made["access_token"], attended=False).status_code == 429
        assert bank.accounts(made["access_token"])[0] == account
        again = bank.token(grant_type="refresh_token", refresh_token=made["refresh_token"])
        assert again.status_code == 200
        assert _all_rows(bank) == data
    with running(state=tmp_path) as bank:
        used = bank.token(grant_type="refresh_token", refresh_token=made["refresh_token"])
        assert used.json()["error"] == "invalid_grant"


def test_data_stays_anchored_on_the_day_it_was_founded(tmp_path: Path) -> None:
    with running(state=tmp_path) as bank:
        today = date.fromisoformat(bank.control("GET", "clock")["today"])
    record = next(tmp_path.glob("bank-*.json"))
    state = json.loads(record.read_text())
    assert state["founded"] == today.isoformat()
    founded = today - timedelta(days=30)
    record.write_text(json.dumps(state | {"founded": founded.isoformat()}))
    with running(state=tmp_path) as bank:
        token = bank.sign_in()["access_token"]
        rows = bank.booked(bank.accounts(token)[0], token, (today - timedelta(days=300)).isoformat())
        before = World(DEFAULT_SEED, founded).books(founded)
        booked = before.booked[before.company.daily.number]
        oldest = [(row.entry.reference(), row.entry.booking_date.isoformat()) for row in booked]
        found = [(row["entryReference"], row["bookingDate"]) for row in reversed(rows)]
        assert found[: len(oldest)] == oldest
        assert len(found) > len(oldest)


def test_another_seed_in_the_same_place_is_another_bank(tmp_path: Path) -> None:
    with running("--seed", "1", state=tmp_path) as bank:
        token = bank.sign_in()["access_token"]
    with running("--seed", "2", state=tmp_path) as bank:
        assert bank.read("/accounts", token=token).status_code == 401
    with running("--seed", "1", state=tmp_path) as bank:
        assert bank.read("/accounts", token=token).status_code == 200


def test_it_ends_with_its_parent() -> None:
    with subprocess.Popen(
        [*COMMAND, "--with-parent"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert json.loads(process.stdout.readline())
        assert process.poll() is None
        process.stdin.close()
        try:
            assert process.wait(timeout=10) == 0
        finally:
            process.kill()


def test_unknown_option_is_wrong_usage() -> None:
    assert subprocess.run([*COMMAND, "--nothing"], capture_output=True, check=False, timeout=20).returncode == 2
