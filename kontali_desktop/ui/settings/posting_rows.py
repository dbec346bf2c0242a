"""Which accounts a client's vouchers are booked on: NS 4102's, where the client has no other."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from kontali_desktop.domain.ids import ClientId
from kontali_desktop.domain.posting_accounts import NS_4102, PostingAccount, PostingRole
from kontali_desktop.ui.settings.presenter import Place, Problem, SettingsPresenter
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import Size
from kontali_desktop.ui.widgets.buttons import LinkButton
from kontali_desktop.ui.widgets.text import Label
from kontali_desktop.ui.widgets.wrong import mark_wrong
from kontali_desktop.wording.wording import Wording

ACCOUNT_WIDTH, VAT_WIDTH, GAP = 70, 56, 28
SIDES = 2
WITHOUT_VAT = (PostingRole.CUSTOMERS, PostingRole.SUPPLIERS)  # VAT was booked with the invoice
CELLS = 4  # name, account, VAT code, reset


class PostingRows(QWidget):
    """What is typed is stored when the field is left or Enter is pressed; what is refused is said below it."""

    def __init__(
        self, theme: Theme, wording: Wording, presenter: SettingsPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._client_id: ClientId | None = None
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        self._rows = {role: _Row(theme, wording, presenter, role) for role in PostingRole}
        for place, row in enumerate(self._rows.values()):
            line, side = divmod(place, SIDES)
            row.put_into(grid, 2 * line, side * (CELLS + 1))
        for side in range(SIDES):
            grid.setColumnStretch(side * (CELLS + 1), 1)
        grid.setColumnMinimumWidth(CELLS, GAP)
        presenter.problem.connect(self._on_problem)

    def show_accounts(self, client_id: ClientId, accounts: Mapping[PostingRole, PostingAccount]) -> None:
        """Not over what is being typed or was refused, but for another client."""
        is_other = client_id != self._client_id
        self._client_id = client_id
        for role, row in self._rows.items():
            row.show_account(accounts[role], is_anew=is_other)

    def _on_problem(self, problem: Problem) -> None:
        if problem.role is not None:
            self._rows[problem.role].show_problem(problem.text, problem.place)


class _Row:
    """One kind of posting: its two fields, the way back to NS 4102 and, where there is one, the reason below."""

    def __init__(self, theme: Theme, wording: Wording, presenter: SettingsPresenter, role: PostingRole) -> None:
        self._presenter, self._role = presenter, role
        self._standard = NS_4102[role]
        text = wording.text
        name = text(f"posting_role.{role.value}")
        self._name = Label(theme, name)
        self._account = _field(theme, text("settings.posting.account_of", what=name), ACCOUNT_WIDTH)
        self._account.setObjectName(f"posting_{role.value}")
        self._account.setPlaceholderText(self._standard.account)
        self._account.setMaxLength(8)
        self._vat = _field(theme, text("settings.posting.vat_of", what=name), VAT_WIDTH)
        self._vat.setObjectName(f"posting_vat_{role.value}")
        self._vat.setPlaceholderText(self._standard.vat_code or text("settings.posting.vat"))
        self._vat.setMaxLength(3)
        self._reset = LinkButton(theme, text("settings.posting.reset"), size=Size.SMALL)
        self._reset.setObjectName(f"reset_{role.value}")
        self._reset.setAccessibleName(text("settings.posting.reset_of", what=name))
        policy = self._reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._reset.setSizePolicy(policy)
        self._reset.clicked.connect(self._go_back)
        self._reason = Label(theme, size=Size.SMALL, tone=Tone.NEGATIVE, wrap=True)
        self._reason.setObjectName(f"posting_problem_{role.value}")
        self._reason.hide()
        if role in WITHOUT_VAT:
            self._vat.hide()
        for field in (self._account, self._vat):
            field.editingFinished.connect(self._store)

    def put_into(self, grid: QGridLayout, line: int, column: int) -> None:
        """Its fields on one line, the reason on the next."""
        for cell, widget in enumerate((self._name, self._account, self._vat, self._reset)):
            grid.addWidget(widget, line, column + cell)
        grid.addWidget(self._reason, line + 1, column, 1, CELLS)

    def show_account(self, used: PostingAccount, *, is_anew: bool) -> None:
        if is_anew:
            self.show_problem("")
        elif self._reason.text() or self._account.isModified() or self._vat.isModified():
            return
        standard = self._standard
        self._fill("" if used.account == standard.account else used.account, used.vat_code)
        self._reset.setVisible(used != standard)

    def show_problem(self, text: str, place: Place = Place.POSTING) -> None:
        """Say what is wrong, of the field that it is of; an empty text takes it back."""
        self._reason.setText(text)
        self._reason.setVisible(bool(text))
        self._reset.setVisible(bool(text) or self._reset.isVisible())
        for field, its_place in ((self._account, Place.POSTING), (self._vat, Place.VAT_CODE)):
            mark_wrong(field, text if place is its_place else "")

    def _fill(self, account: str, vat_code: str) -> None:
        self._account.setText(account)
        self._vat.setText(vat_code)

    def _store(self) -> None:
        if self._account.isModified() or self._vat.isModified():
            self._account.setModified(False)
            self._vat.setModified(False)
            self._presenter.change_posting(self._role, self._account.text(), self._vat.text())

    def _go_back(self) -> None:
        self._fill("", self._standard.vat_code)
        self._presenter.change_posting(self._role, "", self._standard.vat_code)


def _field(theme: Theme, name: str, width: int) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setFixedWidth(width)
    field.setFont(theme.font(figures=True))
    return field
