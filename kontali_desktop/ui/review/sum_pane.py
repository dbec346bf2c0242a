"""A sum's parts under the fields of the current line."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kontali_desktop.ui.review.line import LinePresenter
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.widgets.part_list import PartList
from kontali_desktop.wording.wording import Wording


class SumPane(PartList):
    """Follows the line; hidden where it is no sum."""

    def __init__(self, theme: Theme, wording: Wording, line: LinePresenter, parent: QWidget | None = None) -> None:
        super().__init__(theme, name="", parent=parent)
        self._wording, self._line = wording, line
        self.view.setObjectName("sum_parts")
        self.set_model(line.model)
        self.hide()

    def follow(self) -> None:
        """Say what is known of the line now."""
        item, opened, wording = self._line.item, self._line.opened, self._wording
        self.setVisible(item is not None)
        if item is None:
            return
        reported = item.transaction.reported
        heading = wording.plural("review.sum.heading", item.payments)
        if opened is None:
            self.show_heading(heading, wording.text("review.sum.loading"))
            self.show_total("", "", "")
            return
        self.show_heading(
            heading,
            wording.text(
                "review.sum.matched", matched=wording.integer(opened.matched), total=wording.integer(opened.payments)
            ),
        )
        off = opened.total - reported.amount
        text = wording.text
        remark = text("review.sum.total.agrees")
        if off:
            remark = text("review.sum.total.differs", amount=wording.amount(off, reported.currency))
        total = wording.amount(opened.total, reported.currency)
        self.show_total(text("review.sum.total"), remark, total, Tone.NEGATIVE if off else Tone.QUIET)
