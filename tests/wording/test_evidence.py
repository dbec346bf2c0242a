"""Every sign that the engine can give has words of its own."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from kontali_desktop import matching
from kontali_desktop.domain.matches import DifferenceReason, Evidence
from kontali_desktop.wording.texts import UNKNOWN_FACT
from kontali_desktop.wording.wording import Wording

SOURCES = sorted(Path(matching.__path__[0]).glob("*.py"))
FACTS = {
    "posting": "2240",
    "other": "8150",
    "kid": "00010234",
    "written": "00010235",
    "number": "10234",
    "ours": "Bryggen Arkitekter AS",
    "theirs": "BRYGGEN ARK",
    "account": "15032080119",
    "days": "4",
    "amount": "12500.00",
    "of": "25000.00",
    "difference": "-61.25",
    "currency": "NOK",
    "alike": "1",
    "rate": "11.7420",
    "documents": "7",
    "open": "23",
    "combinations": "3",
    "payments": "41",
    "matched": "27",
}


def _signal_nodes(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ("Evidence", "difference_evidence"):
                yield node.args[0]


def _names(node: ast.expr, tree: ast.AST) -> Iterator[str]:
    """The strings that an argument can be: literal, either arm of a choice, or what a variable is set to nearby."""
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.IfExp):
        yield from _names(node.body, tree)
        yield from _names(node.orelse, tree)
    elif isinstance(node, ast.Name):
        for other in ast.walk(tree):
            if isinstance(other, ast.Assign) and any(
                isinstance(t, ast.Name) and t.id == node.id for t in other.targets
            ):
                yield from _names(other.value, tree)


def _signals() -> set[str]:
    found = {str(reason) for reason in DifferenceReason}  # named sets take the reason's own name
    for source in SOURCES:
        tree = ast.parse(source.read_text(encoding="utf-8"))
        for node in _signal_nodes(tree):
            found.update(_names(node, tree))
    return found


def test_the_engines_signals_are_found() -> None:
    assert {
        "kid",
        "kid_in_text",
        "number_part",
        "only_combination",
        "several_combinations",
        "own_account",
    } <= _signals()
    assert len(_signals()) > 30


@pytest.mark.parametrize("signal", sorted(_signals()))
def test_every_signal_has_words_of_its_own(signal: str, wording: Wording) -> None:
    text = wording.evidence(Evidence(signal, 1.0, FACTS))
    assert text != wording.evidence(Evidence("no_such_signal", 1.0))
    assert UNKNOWN_FACT not in text
    assert "{" not in text


def test_an_unknown_signal_has_general_words(nb: Wording) -> None:
    assert nb.evidence(Evidence("no_such_signal", 1.0, {"x": "y"})) == "Annet grunnlag"


@pytest.mark.parametrize(
    ("evidence", "text"),
    [
        (Evidence("date", 0.8, {"days": "0"}), "Betalt på forfall"),
        (Evidence("date", 0.8, {"days": "1"}), "Betalt 1 dag etter forfall"),
        (Evidence("date", 0.8, {"days": "-3"}), "Betalt 3 dager før forfall"),
        (Evidence("before_issue", -1.5, {"days": "2"}), "Betalt 2 dager før fakturadato"),
        (Evidence("days_apart", 1.0, {"days": "0"}), "Samme dag"),
        (Evidence("amount", 5.0, {"amount": "12500.00", "alike": "1"}), "Beløpet 12\u00a0500,00 stemmer"),
        (
            Evidence("amount", 5.0, {"amount": "499.00", "alike": "3"}),
            "Beløpet 499,00 stemmer, og 3 åpne poster har det",
        ),
        (Evidence("fee", 1.0, {"difference": "-61.25", "currency": "NOK"}), "Gebyr trukket: \u221261,25"),
        (
            Evidence("settlement_fee", 1.0, {"difference": "-61.25", "currency": "NOK", "rate": "1.75"}),
            "Oppgjørsgebyr 1,75 %: \u221261,25",
        ),
        (Evidence("stated_amount", 6.0, {"amount": "62.49", "currency": "EUR"}), "EUR\u00a062,49 står i teksten"),
        (Evidence("rate", 0.0, {"rate": "11.7420"}), "Kurs 11,7420"),
        (
            Evidence("counterparty", 5.0, {"ours": "Kari Hansen", "theirs": "KARI HANSEN"}),
            "Navnet stemmer: Kari Hansen",
        ),
        (
            Evidence("counterparty", 4.5, {"ours": "Kari Hansen", "theirs": "HANSEN K"}),
            "Navnet likner: HANSEN K og Kari Hansen",
        ),
        (Evidence("own_account", 7.0, {"account": "15032077705"}), "Egen konto …7705"),
        (
            Evidence("number", 0.5, {"number": "14", "context": "other"}),
            "14 står i teksten, men ser ut som noe annet",
        ),
        (Evidence("part_payment", 1.0, {"amount": "100.00"}), "Delbetaling av flere: 100,00"),
    ],
)
def test_the_words_fit_the_facts(nb: Wording, evidence: Evidence, text: str) -> None:
    assert nb.evidence(evidence) == text
