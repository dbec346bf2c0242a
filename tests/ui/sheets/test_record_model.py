"""A sheet's table in the order a person chose, also when it has very many rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from pytestqt.qtbot import QtBot

from kontali_desktop.ui.sheets.record_model import RecordModel
from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.widgets.table import TableView
from tests.ui.program import wording

RISING, FALLING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
Record = tuple[str, int]


class NumberedModel(RecordModel[Record]):
    """Counts how often it was asked for a key."""

    COLUMNS: ClassVar = (("rules.column.day", 200), ("rules.column.amount", 80))
    asked = worded = 0

    def cell(self, record: Record, column: int) -> str | int:
        self.worded += 1
        return record[column]

    def ordered_by(self, record: Record, column: int) -> str | int:
        self.asked += 1
        return super().ordered_by(record, column)


@pytest.fixture
def model() -> NumberedModel:
    return NumberedModel((("b", 2), ("A", 3), ("c", 2), ("B", 10)), wording())


@pytest.fixture
def table(theme: Theme, qtbot: QtBot, model: NumberedModel) -> Iterator[TableView]:
    view = TableView(theme, name="")
    qtbot.addWidget(view)
    view.set_model(model)
    yield view
    view.hide()


def names(table: TableView) -> str:
    return "".join(str(table.model().index(row, 0).data()) for row in range(table.model().rowCount()))


def test_a_number_is_sorted_as_one_and_equals_stay_in_their_order(table: TableView) -> None:
    table.sortByColumn(1, RISING)
    assert names(table) == "bcAB"
    table.sortByColumn(1, FALLING)
    assert names(table) == "BAbc"
    table.sortByColumn(0, RISING)
    assert names(table) == "AbBc"
    table.sortByColumn(-1, RISING)
    assert names(table) == "bAcB"


def test_what_is_shown_later_has_the_same_order(table: TableView, model: NumberedModel) -> None:
    table.sortByColumn(0, FALLING)
    model.show_records([("x", 1), ("z", 1), ("y", 1)])
    assert names(table) == "zyx"
    assert model.at(table.proxy.mapToSource(table.model().index(0, 0)).row()) == ("z", 1)


def test_the_chosen_row_stays_chosen(table: TableView, model: NumberedModel) -> None:
    flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    table.selectionModel().setCurrentIndex(table.model().index(3, 0), flags)
    table.sortByColumn(1, FALLING)
    assert table.currentIndex().row() == 0
    assert model.at(table.proxy.mapToSource(table.currentIndex()).row()) == ("B", 10)
    assert [index.row() for index in table.selectionModel().selectedRows()] == [0]


def test_each_row_is_asked_once(table: TableView, model: NumberedModel) -> None:
    """A proxy asks twice for each comparison: the window would stand still for seconds."""
    table.sortByColumn(0, RISING)
    model.asked = 0
    model.show_records([(f"{n * 7919 % 1000}", n) for n in range(1000)])
    assert model.asked == 1000
    table.sortByColumn(1, FALLING)
    assert model.asked == 2000


def test_a_filter_looks_in_every_cell_and_asks_each_record_once(table: TableView, model: NumberedModel) -> None:
    table.sortByColumn(0, FALLING)
    model.show_records([("Ås\u00a0Bygg", 7), ("b\u2212x", 10), ("c", 70)])
    table.filter_by(" ås b ")
    assert names(table) == "Ås\u00a0Bygg"
    table.filter_by("B-X")
    assert names(table) == "b\u2212x"
    table.sortByColumn(-1, RISING)
    model.worded = 0
    table.filter_by("7")
    table.filter_by("70")
    assert model.worded == 0
    table.filter_by("7")
    assert [model.at(row)[1] for row in range(model.rowCount())] == [7, 70]
    table.filter_by("x7")  # not across cells
    assert model.rowCount() == 0
    table.filter_by("")
    assert model.rowCount() == 3


def test_a_heading_looks_like_those_of_the_lists_and_is_read_as_a_word(table: TableView) -> None:
    across = Qt.Orientation.Horizontal
    assert table.model().headerData(0, across) == "DATO"
    assert table.model().headerData(0, across, Qt.ItemDataRole.AccessibleTextRole) == "Dato"
