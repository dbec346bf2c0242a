"""The main job in the real window with the real web view, driven by keys and clicks, in processes of its own."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.journeys.cancelling import STEPS
from tests.journeys.headless import Headless

pytestmark = pytest.mark.usefixtures("secret_service")
SCREENS = 7


def run(*arguments: str, seconds: float = 240) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, timeout=seconds, check=False, env=os.environ
    )


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path, Path]:
    data = tmp_path_factory.mktemp("journey") / "data"
    pictures = Path(os.environ.get("KONTALI_PICTURES", str(data.parent))) / "journey"
    done = run("-m", "kontali_desktop", "demo", "--data-dir", str(data), "--pictures", str(pictures))
    return done, data, pictures


def test_the_journey_goes_from_an_empty_program_to_a_reviewed_match_and_back(
    journey: tuple[subprocess.CompletedProcess[str], Path, Path],
) -> None:
    done, data, _ = journey
    assert done.returncode == 0, done.stdout + done.stderr
    assert "alt er som det var" in done.stdout
    with closing(sqlite3.connect(data / "kontali.sqlite")) as database:
        actions = [row[0] for row in database.execute("SELECT action FROM decisions ORDER BY id")]
        states = dict(database.execute("SELECT state, count(*) FROM bank_connections GROUP BY state"))
        lines = database.execute("SELECT count(*) FROM bank_transactions WHERE status = 'booked'").fetchone()[0]
    assert actions == ["accept", "accept", "accept", "reject", "undo"]
    assert states == {"disconnected": 1}
    assert lines > 300


def test_no_token_is_anywhere_but_in_the_keychain(
    journey: tuple[subprocess.CompletedProcess[str], Path, Path],
) -> None:
    _, data, _ = journey
    files = [f for f in data.rglob("*") if f.is_file() and "demo-bank" not in f.parts]
    assert files
    assert not [f for f in files if b"refresh_token" in f.read_bytes() or b"access_token" in f.read_bytes()]


def test_each_screen_leaves_its_picture(journey: tuple[subprocess.CompletedProcess[str], Path, Path]) -> None:
    _, _, pictures = journey
    taken = [p.name for p in pictures.rglob("*.png")]
    for look in ("light", "dark", "english"):
        assert len([name for name in taken if name.endswith(f"-{look}.png")]) == SCREENS
    assert not [p for p in pictures.rglob("*.png") if p.stat().st_size < 5_000]


def test_after_the_journey_the_headless_door_sees_the_same_books(
    journey: tuple[subprocess.CompletedProcess[str], Path, Path],
) -> None:
    _, data, _ = journey
    headless = Headless(data)
    accepted = headless.run("queue", "--status", "accepted")["items"]
    assert len(accepted) >= 3
    assert headless.run("connections")[0]["state"] == "disconnected"


def test_cancelled_at_any_step_nothing_is_left(tmp_path: Path) -> None:
    done = run("-m", "tests.journeys.cancelling", str(tmp_path / "data"))
    assert done.returncode == 0, done.stderr
    left = json.loads(done.stdout.strip().splitlines()[-1])
    nothing = {"connections": 0, "accounts": 0, "transactions": 0}
    assert left == dict.fromkeys(STEPS, nothing), done.stderr
