"""Every text that window and headless door ask for by name is in the catalogues, with the facts it needs."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from kontali_desktop.wording.catalogue import Catalogue, read_catalogue

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("ui", "cli", "bootstrap", "runtime", "wording")
SOURCES = sorted(path for room in ROOMS for path in (ROOT / "kontali_desktop" / room).rglob("*.py"))
CATALOGUE = read_catalogue(ROOT / "resources" / "locale" / "nb" / "LC_MESSAGES" / "kontali.po")
SCREENS = {
    key.partition(".")[0]
    for key in CATALOGUE.texts
    if not key.startswith(
        ("error.", "evidence.", "event.", "refusal.", "format.", "ledger.", "bank.", "import.", "key.")
    )
}
KEY_LIKE = re.compile(rf"(?:{'|'.join(sorted(SCREENS))})(?:\.[a-z0-9_]+)+")
FILE_NAME = re.compile(r".*\.(?:toml|py|po|md|json|xml|csv|db|log|lock)")


def _asked(tree: ast.AST) -> Iterator[tuple[str, str, set[str] | None]]:
    """Method, key and names of facts (None where they come from a mapping) of each call with a literal key."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        first = node.args[0]
        if (
            node.func.attr not in ("text", "plural")
            or not isinstance(first, ast.Constant)
            or "." not in str(first.value)
        ):
            continue
        names = [keyword.arg for keyword in node.keywords]
        yield node.func.attr, str(first.value), None if None in names else {name for name in names if name}


def _faults(source: str, catalogue: Catalogue) -> list[str]:
    tree = ast.parse(source)
    faults = []
    for method, key, facts in _asked(tree):
        if method == "text":
            sentences: tuple[str, ...] = (catalogue.texts[key],) if key in catalogue.texts else ()
        else:
            sentences = catalogue.plurals.get(key, ())
        if not sentences:
            faults.append(f"{key} is no {method}")
            continue
        needed = {name for s in sentences for _, name, _, _ in string.Formatter().parse(s) if name}
        missing = needed - (facts or set()) - ({"count"} if method == "plural" else set())
        if facts is not None and missing:
            faults.append(f"{key} needs {sorted(missing)}")
    return faults


def _unknown_keys(source: str, catalogue: Catalogue) -> list[str]:
    """Literals that look like a screen's key, in tables too; of one that is put together, its beginning."""
    known = {*catalogue.texts, *catalogue.plurals}
    tree = ast.parse(source)
    begun = {id(node.values[0]) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) and node.values}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if KEY_LIKE.fullmatch(node.value) and not FILE_NAME.fullmatch(node.value)
        if node.value not in known
        if not any(key.startswith(node.value if id(node) in begun else f"{node.value}.") for key in known)
    ]


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT / "kontali_desktop")))
def test_every_text_asked_for_exists(source: Path) -> None:
    text = source.read_text(encoding="utf-8")
    assert _faults(text, CATALOGUE) == []
    if source.is_relative_to(ROOT / "kontali_desktop" / "ui"):  # elsewhere an event's code looks alike
        assert _unknown_keys(text, CATALOGUE) == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("w.text('nav.no_such_screen')", "nav.no_such_screen is no text"),
        ("w.plural('nav.overview', 2)", "nav.overview is no plural"),
        ("w.text('sign_in.title')", "sign_in.title needs ['bank']"),
    ],
)
def test_a_missing_text_would_be_found(source: str, fault: str) -> None:
    assert _faults(source, CATALOGUE) == [fault]
    assert _faults("w.text('sign_in.title', **facts)", CATALOGUE) == []


def test_a_missing_key_in_a_table_would_be_found() -> None:
    assert _unknown_keys("SCREENS = ('nav.overview', 'nav.moon', 'settings.toml')", CATALOGUE) == ["nav.moon"]
    assert _unknown_keys("f'connect.column_{name}', f'connect.colour_{name}'", CATALOGUE) == ["connect.colour_"]
