"""The user guide inside the program: its chapters to the left, its text to the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QTextBrowser, QWidget

from kontali_desktop.ui.main_window.guide_text import chapters, guide_document
from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.widgets.sheet import Sheet
from kontali_desktop.wording.wording import Wording

WIDTH, HEIGHT = 940, 720
CHAPTERS_WIDTH = 210


class GuideSheet(Sheet):
    """`markdown` is the whole guide; Up and Down go from chapter to chapter, Tab into the text."""

    def __init__(self, theme: Theme, wording: Wording, window: QWidget, markdown: str) -> None:
        text = wording.text
        super().__init__(
            theme, window, text("guide.title"), close_name=text("common.close"), width=WIDTH, height=HEIGHT
        )
        self.setObjectName("guide_sheet")
        self._markdown = markdown
        self._starts: list[int] = []
        self._is_following = False
        self.chapters = QListWidget()
        self.chapters.setObjectName("guide_chapters")
        self.chapters.setAccessibleName(text("guide.chapters"))
        self.chapters.setFixedWidth(CHAPTERS_WIDTH)
        self.chapters.setFont(theme.font())
        self.chapters.setWordWrap(True)
        self.chapters.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text = QTextBrowser()
        self.text.setObjectName("guide_text")
        self.text.setAccessibleName(text("guide.title"))
        self.text.setOpenLinks(False)
        sides = QHBoxLayout()
        sides.setSpacing(16)
        sides.addWidget(self.chapters)
        sides.addWidget(self.text, 1)
        self.body.addLayout(sides, 1)
        self._fill()
        self.chapters.currentRowChanged.connect(self._go_to)
        self.text.verticalScrollBar().valueChanged.connect(self._follow)
        theme.changed.connect(self._fill)

    def _fill(self) -> None:
        """The document carries its colours, so another theme makes it anew."""
        document = guide_document(self._markdown, self._theme)
        document.setParent(self.text)
        self.text.setDocument(document)
        found = chapters(document)
        self._starts = [start for _, start in found]
        at = max(0, self.chapters.currentRow())
        self._is_following = True
        self.chapters.clear()
        self.chapters.addItems([title for title, _ in found])
        self.chapters.setCurrentRow(at)
        self._is_following = False

    def _go_to(self, row: int) -> None:
        if self._is_following or not 0 <= row < len(self._starts):
            return
        bar = self.text.verticalScrollBar()
        self._is_following = True
        bar.setValue(0 if row == 0 else bar.value() + self._top_of(row))
        self._is_following = False

    def _follow(self) -> None:
        """The chapter that is being read, while the text is scrolled."""
        if self._is_following:
            return
        above = [row for row in range(len(self._starts)) if self._top_of(row) <= self.text.viewport().height() // 4]
        self._is_following = True
        self.chapters.setCurrentRow(above[-1] if above else 0)
        self._is_following = False

    def _top_of(self, row: int) -> int:
        """How far below the upper edge a chapter begins."""
        cursor = QTextCursor(self.text.document())
        cursor.setPosition(self._starts[row])
        return self.text.cursorRect(cursor).top()
