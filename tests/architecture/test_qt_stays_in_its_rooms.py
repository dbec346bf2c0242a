import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "kontali_desktop"
SOURCES = sorted(PACKAGE.rglob("*.py"))


def _imported(source: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_runtime_knows_no_windows() -> None:
    windows = ("PySide6.QtWidgets", "PySide6.QtWebEngineWidgets", "PySide6.QtQuick")
    guilty = {
        (str(source.relative_to(PACKAGE)), name)
        for source in (PACKAGE / "runtime").rglob("*.py")
        for name in _imported(source)
        if name.startswith(windows)
    }
    assert not guilty


def _nested_loops(source: str) -> list[int]:
    """Lines that call exec() or processEvents(), which run a loop inside the loop."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"exec", "exec_", "processEvents"}
    ]


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_loop_inside_the_loop(source: Path) -> None:
    assert _nested_loops(source.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("call", ["QDialog().exec()", "box.exec_()", "app.processEvents()"])
def test_a_loop_inside_the_loop_would_be_found(call: str) -> None:
    assert _nested_loops(f"def ask(box, app):\n    return {call}") == [2]


HEADLESS = """
import sys
from kontali_desktop.__main__ import main
code = main(sys.argv[1:])
loaded = sorted(name for name in sys.modules if name.split('.')[0] in {'PySide6', 'shiboken6', 'qasync'})
print('ENDED', code, loaded)
"""
OPEN_ITEMS = """\
side;kind;number;counterparty;counterparty_orgnr;counterparty_account;kid;issue_date;due_date;currency;amount;remaining
customer;invoice;10234;Nordlys Bakeri AS;;;;2026-02-01;2026-02-15;NOK;1250,00;1250,00
"""
CLIENT = ["--client", "999888771"]


def test_headless_verbs_load_no_qt(tmp_path: Path) -> None:
    items = tmp_path / "open-items.csv"
    items.write_text(OPEN_ITEMS, encoding="utf-8")
    verbs = [
        ["client", "add", "--name", "Fjordvik AS", "--orgnr", "999888771"],
        ["import", *CLIENT, str(items)],
        ["sync"],
        ["match", *CLIENT],
        ["queue", *CLIENT, "--json"],
    ]
    command = [sys.executable, "-c", HEADLESS, "--data-dir", str(tmp_path / "data")]
    for verb in verbs:
        done = subprocess.run([*command, *verb], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.stdout.endswith("ENDED 0 []\n"), f"{verb}: {done.stdout}{done.stderr}"
