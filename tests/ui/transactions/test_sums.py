"""A line that is a sum says so, and of how many payments, where its parts are known."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.transactions.page import TransactionsPage
from kontali_desktop.ui.transactions.presenter import TransactionsPresenter
from kontali_desktop.ui.widgets.row_table import CELL_ROLE, Cell
from kontali_desktop.wording.texts import Language
from tests.services.conftest import Office, office
from tests.ui import gallery
from tests.ui.listing.office import loaded, owner
from tests.ui.pictures import save_picture
from tests.ui.program import wording
from tests.ui.review.sums import fill_with_sum

__all__ = ["office"]


async def test_its_row_says_so_and_is_found_by_it(office: Office, qtbot: QtBot) -> None:
    fill_with_sum(office, is_proposed=False)
    async with owner() as tasks:
        presenter = TransactionsPresenter(office.queue, tasks, wording())
        presenter.refresh()
        await loaded(presenter)
    column = presenter.model.column("text")
    found = [presenter.model.index(row, column).data(CELL_ROLE) for row in range(presenter.model.rowCount())]
    said = {cell.text: cell.more for cell in found if isinstance(cell, Cell)}
    assert said == {"OCR-innbetalinger": "samlepost (30)", "Faktura 3087": "", "EASYPARK": ""}
    presenter.search("samlepost")
    assert len(presenter.model.rows) == 1
    spoken = presenter.model.index(0, column).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Tekst: OCR-innbetalinger, samlepost (30)"


@pytest.mark.parametrize("language", ["nb", "en"])
async def test_pictures(
    *, language: Language, both_themes: Theme, office: Office, qtbot: QtBot, pictures: Path
) -> None:
    fill_with_sum(office)
    async with owner() as tasks:
        presenter = TransactionsPresenter(office.queue, tasks, wording(language))
        page = TransactionsPage(both_themes, wording(language), presenter)
        whole = gallery.window(both_themes, "transactions", page)
        qtbot.addWidget(whole)
        whole.show()
        presenter.refresh()
        await loaded(presenter)
        save_picture(whole, pictures, f"transactions-sum-{both_themes.scheme.value}-{language}")
        whole.hide()
