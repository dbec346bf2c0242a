"""The parts of a sum as rows; each is worded when it is first painted, however many there are."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kontali_desktop.domain.money import NOK
from kontali_desktop.domain.payment_parts import PartKind
from kontali_desktop.services.sums import SumPart
from kontali_desktop.ui.widgets.part_list import PART_ROLE, PartRow
from kontali_desktop.wording.wording import Wording

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class SumModel(QAbstractListModel):
    """First the payments without a document, which a person must look at; each kind in the sum's own order."""

    def __init__(self, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._parts: tuple[SumPart, ...] = ()
        self._currency = NOK

    def show_parts(self, parts: tuple[SumPart, ...], currency: str) -> None:
        self.beginResetModel()
        self._parts, self._currency = tuple(sorted(parts, key=_place)), currency
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._parts)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (PART_ROLE, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = part_row(self._parts[index.row()], self._currency, self._wording)
        return row if role == PART_ROLE else row.spoken


def _place(one: SumPart) -> tuple[bool, bool]:
    return one.part.kind is PartKind.FEE, one.line is not None


def part_row(one: SumPart, currency: str, wording: Wording) -> PartRow:
    """A fee is named as one and has no document; a payment without a name is known by what it says."""
    part, line = one.part, one.line
    amount = wording.amount(part.amount, currency)
    is_fee = part.kind is PartKind.FEE
    name = wording.text("review.sum.fee") if is_fee else part.counterparty or part.text
    name = name or wording.text("review.sum.no_name")
    kid = wording.text("review.kid", kid=part.kid) if part.kid else ""
    reference = kid or part.reference or (part.text if part.text != name else "")
    document = f"→ {line.number}" if line else "" if is_fee else wording.text("review.sum.no_document")
    words = (name, reference, line.number if line else document, amount)
    return PartRow(name, reference, document, amount, line is not None, ", ".join(word for word in words if word))
