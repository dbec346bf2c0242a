"""Rules that repeated handwork follows already: each can be made one, or dismissed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kontali_desktop.services.rules import SuggestedRule
from kontali_desktop.ui.rules.rows import posted_words
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import Size
from kontali_desktop.ui.widgets.buttons import Button
from kontali_desktop.ui.widgets.card import Card
from kontali_desktop.ui.widgets.text import Label, heading
from kontali_desktop.wording.wording import Wording

MOST_SHOWN = 3


class Suggestions(QWidget):
    """Both signals carry the SuggestedRule. Hidden while there is none."""

    taken = Signal(object)
    dismissed = Signal(object)

    def __init__(self, theme: Theme, wording: Wording) -> None:
        super().__init__()
        self._theme, self._wording = theme, wording
        self._buttons: list[Button] = []
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._card = Card(padding=12)
        self._card.body.setSpacing(8)
        self._card.body.addWidget(heading(theme, wording.text("rules.suggestions")))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self._card.body.addLayout(self._rows)
        self._more = Label(theme, size=Size.SMALL, tone=Tone.QUIET)
        self._card.body.addWidget(self._more)
        whole.addWidget(self._card)

    @property
    def first(self) -> QWidget | None:
        return self._buttons[0] if self._buttons else None

    def show_suggestions(self, suggestions: Sequence[SuggestedRule]) -> None:
        """The most frequent ones."""
        self._buttons = []
        while (item := self._rows.takeAt(0)) is not None:
            row = item.widget()
            if row is not None:
                row.hide()
                row.deleteLater()
        for place, suggested in enumerate(suggestions[:MOST_SHOWN]):
            self._rows.addWidget(self._row(place, suggested))
        left = len(suggestions) - MOST_SHOWN
        self._more.setText(self._wording.plural("rules.suggestions_more", left) if left > 0 else "")
        self._more.setVisible(left > 0)
        self.setVisible(bool(suggestions))

    def _row(self, place: int, suggested: SuggestedRule) -> QWidget:
        text = self._wording.text
        conditions = suggested.rule.conditions
        said = self._wording.plural(
            "rules.suggestion",
            len(suggested.decisions),
            text=conditions.text or conditions.counterparty,
            account=posted_words(suggested.rule.posting, self._wording),
        )
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(Label(self._theme, said, wrap=True), 1)
        make = Button(self._theme, text("rules.suggestion.take"), small=True)
        make.setObjectName(f"take_suggestion_{place}")
        make.setAccessibleName(text("rules.suggestion.take_of", what=said))
        make.clicked.connect(lambda: self.taken.emit(suggested))
        drop = Button(self._theme, text("rules.suggestion.dismiss"), small=True)
        drop.setObjectName(f"dismiss_suggestion_{place}")
        drop.setAccessibleName(text("rules.suggestion.dismiss_of", what=said))
        drop.clicked.connect(lambda: self.dismissed.emit(suggested))
        self._buttons += [make, drop]
        line.addWidget(make)
        line.addWidget(drop)
        return row
