"""Text tables: any separator, quotes, and what a broken quote may spoil."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontali_desktop.adapters.files.tables.csv_grid import SEPARATORS, csv_grid, separator_of

CELLS = st.text(st.characters(categories=["L", "N", "P", "S"], include_characters=" \n"), max_size=12).map(str.strip)


@given(
    st.integers(2, 6).flatmap(
        lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=12)
    ),
    st.sampled_from(SEPARATORS),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_any_table_reads_back_the_same(rows: list[list[str]], separator: str, end: str, is_all_padded: bool) -> None:  # noqa: FBT001 - hypothesis gives them in place
    out = io.StringIO(newline="")
    written = [[f" {cell}" for cell in row] for row in rows] if is_all_padded else rows
    csv.writer(out, delimiter=separator, lineterminator=end).writerows(written)
    grid = csv_grid(out.getvalue(), separator)
    assert [list(row.cells) for row in grid.rows] == [row for row in rows if any(row)]
    again = csv_grid("".join(row.raw for row in grid.rows), separator)
    assert [row.cells for row in again.rows] == [row.cells for row in grid.rows]


@pytest.mark.parametrize("separator", SEPARATORS)
def test_the_separator_shows(separator: str) -> None:
    rows = [["Dato", "Tekst", "Beløp"], ["01.02.2026", "A, B og C", "1,50"], ["02.02.2026", "D", "2,50"]]
    text = "\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows)
    assert separator_of(f"Kontoutskrift\n\n{text}") == separator


def test_excels_own_line_says_the_separator() -> None:
    text = "sep=,\r\na,b;c\r\n1,2;3\r\n"
    assert separator_of(text) == ","
    assert [(row.line, row.cells) for row in csv_grid(text, ",").rows] == [(2, ("a", "b;c")), (3, ("1", "2;3"))]


def test_a_broken_quote_spoils_its_own_line() -> None:
    grid = csv_grid('a;b\n"x" y;1\n"open;2\nc;3\n', ";")
    assert [(row.line, row.is_broken, row.raw) for row in grid.rows] == [
        (1, False, "a;b\n"),
        (2, True, '"x" y;1\n'),
        (3, True, '"open;2\n'),
        (4, False, "c;3\n"),
    ]


def test_thousands_of_broken_quotes_end() -> None:
    grid = csv_grid("a;b\n" + '"x;1\n' * 20_000, ";")
    assert len(grid.rows) == 20_001
    assert sum(row.is_broken for row in grid.rows) == 20_000


def test_lines_that_end_with_a_carriage_return_alone() -> None:
    assert [row.cells for row in csv_grid("a;b\rc;d\r", ";").rows] == [("a", "b"), ("c", "d")]


def test_a_cell_over_several_lines_keeps_the_count() -> None:
    grid = csv_grid('a;"b\nc"\nd;e', ";")
    assert [(row.line, row.cells) for row in grid.rows] == [(1, ("a", "b\nc")), (3, ("d", "e"))]
