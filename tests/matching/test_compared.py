"""The comparison with another program: said plainly where the other is not installed."""

from __future__ import annotations

import sys

import pytest

from tests.benchmarks.matching import compare


def test_without_the_other_program_it_says_why_and_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "bankstatementparser", None)
    monkeypatch.setattr(sys, "argv", ["compare", "--seeds", "1", "--size", "60"])
    compare.main()
    said = capsys.readouterr()
    assert "SKIPPED" in said.err
    assert "pip install bankstatementparser" in said.err
    assert "Kontali Desktop" in said.out
    assert "bankstatementparser" not in said.out
