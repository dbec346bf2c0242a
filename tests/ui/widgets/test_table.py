"""The table: sorted by value, filtered by text, amounts to the right."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from pytestqt.qtbot import QtBot

from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.theme.metrics import ROW_HEIGHT
from kontali_desktop.ui.widgets.table import SORT_ROLE, TableView

ROWS = (("Bryggen", 1250000, "12 500,00"), ("Hansen", -73376, "−733,76"), ("Sletta", 95000, "950,00"))
Index = QModelIndex | QPersistentModelIndex


class Amounts(QAbstractTableModel):
    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802  # Qt names it
        return 0 if parent is not None and parent.isValid() else len(ROWS)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802  # Qt names it
        return 0 if parent is not None and parent.isValid() else 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        name, minor, text = ROWS[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return name if index.column() == 0 else text
        if role == SORT_ROLE:
            return name if index.column() == 0 else minor
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 1:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


def table(theme: Theme, qtbot: QtBot) -> TableView:
    view = TableView(theme, name="Transaksjoner")
    model = Amounts(view)
    view.set_model(model, widths=(200, 120), stretch=0)
    qtbot.addWidget(view)
    view.resize(600, 200)
    view.show()
    return view


def names(view: TableView) -> list[str]:
    return [str(view.proxy.index(row, 0).data()) for row in range(view.proxy.rowCount())]


def test_amounts_sort_by_value_not_by_text(theme: Theme, qtbot: QtBot) -> None:
    view = table(theme, qtbot)
    view.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert names(view) == ["Hansen", "Sletta", "Bryggen"]


def test_filter_looks_in_every_column(theme: Theme, qtbot: QtBot) -> None:
    view = table(theme, qtbot)
    view.filter_by("950")
    assert names(view) == ["Sletta"]
    view.filter_by("hans")
    assert names(view) == ["Hansen"]


def test_rows_are_compact(theme: Theme, qtbot: QtBot) -> None:
    view = table(theme, qtbot)
    assert view.rowHeight(0) == ROW_HEIGHT
