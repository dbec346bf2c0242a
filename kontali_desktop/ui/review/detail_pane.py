"""Below the list: the two sides of the current row, why, what else, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kontali_desktop.ui.attachments.button import AttachmentButton
from kontali_desktop.ui.review.detail import Detail
from kontali_desktop.ui.review.line import LinePresenter
from kontali_desktop.ui.review.sum_pane import SumPane
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import PAGE_MARGIN
from kontali_desktop.ui.widgets.alternatives import AlternativesList
from kontali_desktop.ui.widgets.buttons import Button, ButtonKind, LinkButton
from kontali_desktop.ui.widgets.detail_grid import LABEL_WIDTH, DetailGrid
from kontali_desktop.ui.widgets.evidence import EvidenceList
from kontali_desktop.ui.widgets.keycap import KeyCaps
from kontali_desktop.ui.widgets.text import ElidedLabel, Label, divider
from kontali_desktop.wording.wording import Wording

SIDE_WIDTH = 300
LEAST_SIDE_WIDTH = 230
HEIGHT, LEAST_HEIGHT = 306, 260
SHARE = 0.385  # of the screen's height
WIDE = 1_000
SUM_HEIGHT, LEAST_SUM_HEIGHT = 154, 88  # heading, two to five rows, sum
SPACING = 8
WHY_HEIGHT = 24
KEPT = 330  # of the screen's height for what stands above, with three rows of the list


class DetailPane(QWidget):
    """Shows a `Detail` and what there is of the line besides; emits what the person asks for."""

    accepted = Signal()
    rejected = Signal()
    undone = Signal()
    alternative_taken = Signal(int)
    keys_asked = Signal()
    why_not_asked = Signal()

    def __init__(self, theme: Theme, wording: Wording, line: LinePresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._wording, self._line = theme, wording, line
        self._heights = (HEIGHT, SUM_HEIGHT)
        self.setProperty("surface", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(wording.text("review.detail"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAGE_MARGIN, 8, PAGE_MARGIN, 14)
        layout.setSpacing(0)
        top = QHBoxLayout()
        top.setSpacing(PAGE_MARGIN)
        self._grid = DetailGrid(theme, name=wording.text("review.sides"))
        self._sum = SumPane(theme, wording, line)
        left = QVBoxLayout()
        left.setSpacing(SPACING)
        left.addWidget(self._grid, 1)
        left.addWidget(self._sum)
        top.addLayout(left, 1)
        self._side = self._make_side()
        top.addWidget(self._side)
        layout.addLayout(top, 1)
        layout.addWidget(self._make_why())
        layout.addSpacing(6)
        layout.addWidget(divider(self))
        layout.addSpacing(12)
        layout.addLayout(self._make_actions())
        line.changed.connect(self._on_line_changed)
        self._on_line_changed()

    def show_detail(self, detail: Detail) -> None:
        self._grid.set_rows(detail.rows)
        self._evidence.set_items(detail.evidence)
        self._evidence.setVisible(bool(detail.evidence))
        self._alternatives.set_alternatives(detail.alternatives, none=detail.no_alternatives)
        self._accept.setEnabled(detail.can_accept)
        self._reject.setEnabled(detail.can_accept)
        self._side.verticalScrollBar().setValue(0)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.maximumHeight())

    def has_focus(self) -> bool:
        return self._sum.view.hasFocus() or any(button.hasFocus() for button in self.findChildren(QAbstractButton))

    def set_room(self, width: int, height: int) -> None:
        """What the screen has: in a low one the rows stand closer, in a narrow one the reasons have less."""
        own = max(LEAST_HEIGHT, min(HEIGHT, round(height * SHARE)))
        self._heights = own, max(LEAST_SUM_HEIGHT, min(SUM_HEIGHT, height - own - KEPT))
        self._take_height()
        self._side.setFixedWidth(SIDE_WIDTH if width >= WIDE else LEAST_SIDE_WIDTH)

    def _make_why(self) -> QWidget:
        """One line that keeps its room, so that the fields stand where they always do."""
        self._why = QWidget(self)
        row = QHBoxLayout(self._why)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        caption = Label(self._theme, self._wording.text("review.waits"), tone=Tone.QUIET)
        caption.setFixedWidth(LABEL_WIDTH)
        self._reason = ElidedLabel(self._theme)
        self._reason.setObjectName("why_not_automatic")
        row.addWidget(caption)
        row.addWidget(self._reason, 1)
        self._why.setFixedHeight(WHY_HEIGHT)
        policy = self._why.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._why.setSizePolicy(policy)
        self._line.why.changed.connect(self._on_why_changed)
        self._on_why_changed()
        return self._why

    def _on_why_changed(self) -> None:
        text = self._line.why.text
        self._reason.set_text(text)
        self._why.setVisible(bool(text))

    def _on_line_changed(self) -> None:
        """A sum's parts have room of their own, so that the fields stand where they always do."""
        self._sum.follow()
        self._take_height()

    def _take_height(self) -> None:
        """As high as there is room for; the least is no more than a low window has, or it could not become one."""
        own, of_sum = self._heights
        is_sum = self._line.item is not None
        self._sum.setMinimumHeight(LEAST_SUM_HEIGHT)
        self._sum.setMaximumHeight(of_sum)
        self.setMinimumHeight(LEAST_HEIGHT + (LEAST_SUM_HEIGHT + SPACING if is_sum else 0))
        self.setMaximumHeight(own + (of_sum + SPACING if is_sum else 0))
        self.updateGeometry()

    def _make_side(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        self._evidence = EvidenceList(self._theme, self._wording.text("review.why"))
        self._alternatives = AlternativesList(self._theme, self._wording.text("review.alternatives"))
        self._alternatives.chosen.connect(self.alternative_taken)
        column.addWidget(self._evidence)
        column.addWidget(self._alternatives)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        area.setFixedWidth(SIDE_WIDTH)
        inside.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        return area

    def _make_actions(self) -> QHBoxLayout:
        text = self._wording.text
        row = QHBoxLayout()
        row.setSpacing(8)
        self._accept = self._button(text("review.accept"), "⏎", "accept_button", ButtonKind.PRIMARY)
        self._accept.clicked.connect(self.accepted)
        self._reject = self._button(text("review.reject"), "R", "reject_button")
        self._reject.clicked.connect(self.rejected)
        undo = Button(self._theme, text("review.undo"), keys=("Ctrl", "Z"))
        undo.setObjectName("undo_button")
        undo.clicked.connect(self.undone)
        row.addWidget(self._accept)
        row.addWidget(self._reject)
        row.addWidget(undo)
        why_not = self._button(text("why_not.button"), "W", "why_not_button")
        why_not.clicked.connect(self.why_not_asked)
        row.addWidget(why_not)
        row.addWidget(AttachmentButton(self._theme, self._wording, self._line.attachments))
        row.addStretch(1)
        row.addWidget(KeyCaps(self._theme, ("?",)))
        keys = LinkButton(self._theme, text("keys.hint"), tone=Tone.QUIET)
        keys.setObjectName("keys_button")
        keys.clicked.connect(self.keys_asked)
        row.addWidget(keys)
        return row

    def _button(self, text: str, key: str, name: str, kind: ButtonKind = ButtonKind.QUIET) -> Button:
        button = Button(self._theme, text, kind=kind, keys=(key,))
        button.setObjectName(name)
        button.setToolTip(f"{text} ({key})")
        return button
