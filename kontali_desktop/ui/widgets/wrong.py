"""Fields whose value is not taken."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def mark_wrong(field: QWidget, problem: str) -> None:
    """Edge it as wrong and tell who cannot see that what is wrong; an empty text takes both back."""
    field.setAccessibleDescription(problem)
    field.setProperty("wrong", "true" if problem else "false")
    field.style().unpolish(field)
    field.style().polish(field)
