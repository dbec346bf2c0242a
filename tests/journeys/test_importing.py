"""Files go in through the real window, are taken back, and come from a watched folder by themselves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.journeys.test_window import run

pytestmark = pytest.mark.usefixtures("secret_service")


def test_a_table_is_explained_stored_taken_back_and_a_folder_watched(tmp_path: Path) -> None:
    done = run("-m", "tests.journeys.importing", str(tmp_path), seconds=120)
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout.splitlines()[-1])
    assert told == {
        "preview": "2 nye · 1 rad avvist",
        "before": 0,
        "after": 2,
        "goes": "Dette tas ut: 2 banklinjer",
        "undone": 0,
        "notice": "1 fil hentet fra mappen Fjord Elektro AS: 1 fil lest inn · 1 ny",
        "history": [
            ["liste.csv", "1", "0", "0", "0", "Mappen", ""],
            ["ukjent.csv", "2", "0", "0", "1", "Du", "Angret"],
        ],
    }
