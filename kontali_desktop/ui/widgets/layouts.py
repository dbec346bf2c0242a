"""Layouts whose widgets change."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout


def clear(layout: QVBoxLayout) -> None:
    """Take every widget out of a layout; they go once Qt is back in its loop."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
