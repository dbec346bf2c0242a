"""A few hundred damaged files of every format; `python -m tests.benchmarks fuzzing` tries 200,000."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kontali_desktop.adapters.files.reader import FormatReader
from tests.adapters.files.conftest import Read
from tests.adapters.files.writers import CLIENT, Camt, Entry
from tests.benchmarks.fuzzing.inputs import Inputs
from tests.benchmarks.fuzzing.seeds import seeds
from tests.benchmarks.fuzzing.trial import Outcome, tried

INPUTS = 500
MOST_SECONDS = 2.0
SEEDS = [(name, place) for name, files in seeds().items() for place in range(len(files))]


@pytest.mark.parametrize(("name", "place"), SEEDS, ids=[f"{name}-{place}" for name, place in SEEDS])
def test_each_file_is_taken_before_it_is_damaged(tmp_path: Path, name: str, place: int) -> None:
    """So that the damage meets the readers and not their doors."""
    path = tmp_path / "file"
    trial = tried(path, seeds()[name][place])
    content = FormatReader().sample(path) or FormatReader().read(path, CLIENT)
    assert (trial.fault, content is None) == ("", False)
    assert trial.outcome is not Outcome.UNKNOWN


def test_no_damaged_file_crashes_or_hangs_a_reader(tmp_path: Path) -> None:
    inputs = Inputs()
    trials = {number: tried(tmp_path / "file", inputs.make(number).data) for number in range(INPUTS)}
    assert {number: trial.fault for number, trial in trials.items() if trial.fault} == {}
    assert max(trial.seconds for trial in trials.values()) < MOST_SECONDS
    outcomes = Counter(trial.outcome for trial in trials.values())
    assert min(outcomes[outcome] for outcome in (Outcome.TAKEN, Outcome.REFUSED, Outcome.UNKNOWN)) > INPUTS // 20


def test_the_same_number_is_the_same_file() -> None:
    assert [Inputs().make(number) for number in range(50)] == [Inputs().make(number) for number in range(50)]


@pytest.mark.parametrize("namespace", ["x", "../x"])
def test_a_relative_namespace_inside_a_statement(read: Read, namespace: str) -> None:
    """Canonical XML does not know it; found by damaging files."""
    entry = Entry().text().replace("<Ntry>", f'<Ntry xmlns:a="{namespace}">')
    text = Camt().text().replace(Entry().text(), entry)
    content = read(text.encode())
    assert content is not None
    assert len(content.statements[0].transactions) == 1
