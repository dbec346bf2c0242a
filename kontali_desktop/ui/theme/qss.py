"""The one style sheet, for Qt's own controls; widgets that paint themselves ask the tokens."""

from __future__ import annotations

from string import Template

from kontali_desktop.ui.theme.metrics import CARD_RADIUS, PAGE_MARGIN, RADIUS
from kontali_desktop.ui.theme.tokens import Tokens, Tone

_SHEET = Template("""
QWidget[surface="page"] { background: $surface; }
QWidget[surface="raised"] { background: $surface_raised; }
QFrame[surface="card"] { background: $surface_raised; border: 1px solid $divider; border-radius: ${card_radius}px; }
QFrame[surface="plain-card"] { background: $surface; border: 1px solid $divider; border-radius: ${card_radius}px; }
QFrame[divider="true"] { background: $divider; border: none; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDateEdit, QTimeEdit, QComboBox {
    background: $surface; color: $text; border: 1px solid $field_line; border-radius: ${radius}px;
    padding: 0 10px; min-height: 28px; selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit { placeholder-text-color: $text_quiet; }
QLineEdit[tall="true"] { min-height: 34px; max-height: 34px; }
QPlainTextEdit, QTextEdit { padding: 6px 8px; }
QLineEdit[tall="true"]:focus { min-height: 32px; max-height: 32px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDateEdit:focus, QTimeEdit:focus,
QComboBox:focus { border: 2px solid $accent; padding: 0 9px; }
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled, QDateEdit:disabled {
    background: $surface_raised; color: $text_quiet; border-color: $divider;
}
QTextBrowser { border: 1px solid transparent; padding: 0 8px; }
QTextBrowser:focus { border: 1px solid $accent; padding: 0 8px; }
QListWidget::item { min-height: 24px; padding: 4px 8px; border-radius: 4px; border: 1px solid transparent; }
QListWidget::item:selected { background: $highlight; color: $text; }
QListWidget:focus::item:selected { border-color: $accent; }
QLineEdit[wrong="true"] { border-color: $negative; }
QLineEdit[bare="true"] { border: none; background: transparent; padding: 0; min-height: 0; }
QComboBox::drop-down, QDateEdit::drop-down { border: none; width: 24px; }
QComboBox QAbstractItemView {
    background: $surface; color: $text; border: 1px solid $line; padding: 4px; outline: none;
    selection-background-color: $selected; selection-color: $text;
}
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 8px; }

QCheckBox, QRadioButton { color: $text; spacing: 8px; padding: 2px; border: 2px solid transparent; border-radius: 4px; }
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QCheckBox:disabled, QRadioButton:disabled { color: $text_quiet; }

QSlider:horizontal { min-height: 20px; }
QSlider::groove:horizontal { background: $divider; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal {
    background: $surface; border: 2px solid $accent; width: 12px; height: 12px; margin: -6px 0; border-radius: 8px;
}
QSlider::handle:horizontal:focus, QSlider::handle:horizontal:hover { background: $accent; }

QAbstractItemView { background: $surface; color: $text; border: none; outline: none; }
QTableView, QTreeView, QListView { gridline-color: $divider; alternate-background-color: $surface; }
QTableView::item, QTreeView::item { padding: 0 10px; border-bottom: 1px solid $divider; }
QTableView::item:selected, QTreeView::item:selected { background: $highlight; color: $text; }
QHeaderView, QHeaderView::section { background: $surface_raised; color: $text_quiet; }
QHeaderView::section {
    border: none; border-bottom: 1px solid $divider; border-top: 1px solid $divider; padding: 0 13px;
}
QTableView[page="true"] QHeaderView::section { padding: 0 10px; }
QTableView[page="true"] QHeaderView::section:first { padding-left: ${margin}px; }
QTableView[page="true"] QHeaderView::section:last { padding-right: ${margin}px; }
QHeaderView::section:hover { color: $text; }
QHeaderView::section:focus { color: $accent; }
QTableCornerButton::section { background: $surface_raised; border: none; }

QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget[surface="page"] { background: $surface; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 4px 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0 4px; }
QScrollBar::handle { background: $scroll; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 32px; margin: 0 3px; }
QScrollBar::handle:horizontal { min-width: 32px; margin: 3px 0; }
QScrollBar::handle:hover { background: $text_quiet; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
    background: transparent; border: none; width: 0; height: 0;
}

QProgressBar { background: $divider; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QProgressBar[edge="true"] { border-radius: 0; max-height: 2px; min-height: 2px; }
QProgressBar[edge="true"]::chunk { border-radius: 0; }

QMenu { background: $surface; color: $text; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; min-height: 20px; }
QMenu::item:selected { background: $selected; color: $text; }
QMenu::item:disabled { color: $text_quiet; }
QMenu::separator { height: 1px; background: $divider; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }
QToolTip { background: $surface_raised; color: $text; border: 1px solid $line; padding: 4px 6px; }
QSplitter::handle { background: $divider; }
QTabBar::tab { color: $text_quiet; padding: 6px 12px; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabWidget::pane { border: none; }
""")


def style_sheet(tokens: Tokens) -> str:
    """The style sheet of one theme."""
    names = [name for name in Tokens.__slots__ if name not in ("dark", "shade")]
    colours = {name: getattr(tokens, name).name() for name in names}
    tones = "\n".join(f'QLabel[tone="{tone.value}"] {{ color: {tokens.of(tone).name()}; }}' for tone in Tone)
    return _SHEET.substitute(colours, radius=RADIUS, card_radius=CARD_RADIUS, margin=PAGE_MARGIN) + tones
