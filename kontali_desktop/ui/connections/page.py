"""Banktilkoblinger: the head, the list of connections, and what each of them can be told to do."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from kontali_desktop.domain.ids import ConnectionId
from kontali_desktop.services.overview import WARN_DAYS
from kontali_desktop.ui.connections.columns import (
    ACTIONS_WIDTH,
    RENEWING_WIDTH,
    STRETCHES,
    set_actions,
    set_columns,
)
from kontali_desktop.ui.connections.disconnect_sheet import DO, DisconnectSheet
from kontali_desktop.ui.connections.presenter import ConnectionsPresenter
from kontali_desktop.ui.connections.row_widget import ConnectionRowWidget
from kontali_desktop.ui.connections.rows import ConnectionRow
from kontali_desktop.ui.theme import IconName, Theme, Tone
from kontali_desktop.ui.theme.metrics import HEADER_HEIGHT, PAGE_MARGIN, Size
from kontali_desktop.ui.widgets.buttons import Button, ButtonKind
from kontali_desktop.ui.widgets.empty_state import EmptyState
from kontali_desktop.ui.widgets.page_header import PageHeader
from kontali_desktop.ui.widgets.text import Label, divider, heading
from kontali_desktop.wording.wording import Wording


class ConnectionsPage(QWidget):
    """Follows the presenter; a row lives as long as its connection is shown."""

    name = "connections"

    def __init__(
        self, theme: Theme, wording: Wording, presenter: ConnectionsPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._wording = wording
        self.presenter = presenter
        self.rows: dict[ConnectionId, ConnectionRowWidget] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._make_header())
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._empty = EmptyState(
            theme,
            IconName.BANK,
            wording.text("connections.empty"),
            wording.text("connections.empty_text"),
            wording.text("connections.connect"),
        )
        self._empty.button.setObjectName("empty_connect_button")
        self._empty.acted.connect(presenter.connect_bank)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._make_list())
        self._stack.addWidget(self._empty)
        layout.addWidget(self._stack, 1)
        presenter.changed.connect(self._show)
        presenter.fetch_changed.connect(self._show_fetch)
        self._show()

    def _make_header(self) -> PageHeader:
        text = self._wording.text
        header = PageHeader(self._theme, text("nav.connections"))
        self.sync_all_button = Button(self._theme, text("connections.sync_all"), keys=("F5",))
        self.sync_all_button.setObjectName("sync_all_button")
        self.sync_all_button.clicked.connect(self.presenter.sync_all)
        self.connect_button = Button(
            self._theme, text("connections.connect"), kind=ButtonKind.PRIMARY, icon=IconName.PLUS
        )
        self.connect_button.setObjectName("connect_button")
        self.connect_button.clicked.connect(self.presenter.connect_bank)
        header.add_action(self.sync_all_button)
        header.add_action(self.connect_button)
        self._header = header
        return header

    def _make_list(self) -> QWidget:
        inner = QWidget()
        inner.setProperty("surface", "page")
        inner.setAccessibleName(self._wording.text("connections.name"))
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, PAGE_MARGIN)
        layout.setSpacing(0)
        heads = QWidget()
        heads.setFixedHeight(HEADER_HEIGHT)
        self._heads = columns = QGridLayout(heads)
        set_columns(columns)
        for column, key in enumerate(("client", "accounts", "consent", "last", "frequency")):
            label = heading(self._theme, self._wording.text(f"connections.column_{key}"))
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            if column == len(STRETCHES) - 1:
                label.setContentsMargins(4, 0, 0, 0)
            columns.addWidget(label, 0, column)
        # An empty column would get no distance from the one before it, and all headings would stand askew.
        columns.addWidget(QWidget(), 0, len(STRETCHES))
        layout.addWidget(heads)
        layout.addWidget(divider())
        layout.addLayout(self._list)
        layout.addLayout(self._make_footnote())
        layout.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        return area

    def _make_footnote(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(12, 14, 12, 0)
        text = self._wording.text("connections.footnote", days=WARN_DAYS)
        line.addWidget(Label(self._theme, text, size=Size.SMALL, tone=Tone.QUIET, wrap=True))
        return line

    def _show(self) -> None:
        presenter = self.presenter
        self._header.set_remark(presenter.remark)
        self.sync_all_button.setVisible(bool(presenter.rows))
        self._stack.setCurrentIndex(0 if presenter.rows or not presenter.is_loaded else 1)
        shown = [row.id for row in presenter.rows]
        for gone in [known for known in self.rows if known not in shown]:
            widget = self.rows.pop(gone)
            self._list.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        for place, row in enumerate(presenter.rows):
            if row.id in self.rows:
                self.rows[row.id].show_row(row)
            else:
                self.rows[row.id] = self._make_row(row)
                self._list.insertWidget(place, self.rows[row.id])
            self._show_fetch(row.id)
        width = RENEWING_WIDTH if any(row.should_renew for row in presenter.rows) else ACTIONS_WIDTH
        set_actions(self._heads, width)
        for widget in self.rows.values():
            widget.set_actions_width(width)

    def _make_row(self, row: ConnectionRow) -> ConnectionRowWidget:
        widget = ConnectionRowWidget(self._theme, self._wording, row)
        presenter, known = self.presenter, row.id
        widget.sync_wanted.connect(lambda: presenter.sync(known))
        widget.stop_wanted.connect(lambda: presenter.stop(known))
        widget.renew_wanted.connect(lambda: presenter.renew(known))
        widget.frequency_chosen.connect(lambda hours: presenter.set_frequency(known, hours))
        widget.disconnect_wanted.connect(lambda: self._ask_to_disconnect(known))
        return widget

    def _show_fetch(self, connection_id: ConnectionId) -> None:
        widget = self.rows.get(connection_id)
        if widget is not None:
            widget.show_fetch(self.presenter.fetches.get(connection_id))

    def _ask_to_disconnect(self, connection_id: ConnectionId) -> None:
        row = next((row for row in self.presenter.rows if row.id == connection_id), None)
        if row is None:
            return
        sheet = DisconnectSheet(self._theme, self._wording, self.window(), row)
        sheet.closed.connect(lambda outcome: self.presenter.disconnect_bank(connection_id) if outcome == DO else None)
        sheet.open_sheet()
