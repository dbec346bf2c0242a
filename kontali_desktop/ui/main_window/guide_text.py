"""The user guide's Markdown as a document in the program's own look."""

from __future__ import annotations

from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFragment,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)

from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.theme.metrics import Size, Weight

LINE_HEIGHT = 140.0  # percent
CELL_PADDING = 7
SPACE = {1: (0, 6), 2: (22, 6)}  # above and below a heading, by its level


def guide_document(markdown: str, theme: Theme) -> QTextDocument:
    document = QTextDocument()
    document.setDefaultFont(theme.font())
    document.setDocumentMargin(0)
    document.setMarkdown(markdown, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
    block = document.begin()
    while block.isValid():
        _set_block(block, theme)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _set_table(frame, theme)
    return document


def chapters(document: QTextDocument) -> list[tuple[str, int]]:
    """Each chapter's title, and where in the document it begins."""
    found = []
    block = document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel() > 1:
            found.append((block.text(), block.position()))
        block = block.next()
    return found


def _set_block(block: QTextBlock, theme: Theme) -> None:
    cursor = QTextCursor(block)
    level = block.blockFormat().headingLevel()
    is_in_table = cursor.currentTable() is not None
    is_in_list = cursor.currentList() is not None
    look = QTextBlockFormat()
    look.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    above, below = SPACE.get(level, (0, 0 if is_in_table else 4 if is_in_list else 10))
    look.setTopMargin(above)
    look.setBottomMargin(below)
    cursor.mergeBlockFormat(look)
    if level:
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        title = QTextCharFormat()  # in place of Markdown's own, which makes it larger still
        title.setFont(theme.font(Size.TITLE if level == 1 else Size.LARGE, Weight.STRONG))
        cursor.setCharFormat(title)
        return
    _set_pieces(block, theme)


def _set_pieces(block: QTextBlock, theme: Theme) -> None:
    """What is strong gets the program's strong weight, and the heads of a table are no larger than its rows."""
    for piece in _pieces(block):
        given = piece.charFormat()
        look = QTextCharFormat()
        if given.fontFixedPitch():
            look.setFontFamilies(["monospace"])
            look.setBackground(theme.tokens.surface_raised)
        elif given.fontWeight() > QFont.Weight.Normal:
            look.setFont(theme.font(weight=Weight.STRONG))
        else:
            continue
        cursor = QTextCursor(block)
        cursor.setPosition(piece.position())
        cursor.setPosition(piece.position() + piece.length(), QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(look)


def _pieces(block: QTextBlock) -> list[QTextFragment]:
    """All of them before any is changed, for changing one may part or join them."""
    found = []
    at = block.begin()
    while not at.atEnd():
        found.append(at.fragment())
        at += 1
    return found


def _set_table(table: QTextTable, theme: Theme) -> None:
    look = table.format()
    look.setBorder(1)
    look.setBorderCollapse(True)
    look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    look.setBorderBrush(theme.tokens.divider)
    look.setCellPadding(CELL_PADDING)
    look.setCellSpacing(0)
    look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    look.setTopMargin(2)
    look.setBottomMargin(12)
    table.setFormat(look)
