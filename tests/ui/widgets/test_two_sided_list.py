"""The review list: what a click on it does, what it paints, what a screen reader hears."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QAccessible, QImage
from pytestqt.qtbot import QtBot

from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.theme.metrics import TWO_SIDED_HEIGHT
from kontali_desktop.ui.widgets.paint import Run
from kontali_desktop.ui.widgets.two_sided_list import TwoSidedList
from kontali_desktop.ui.widgets.two_sided_row import Level, RowLayout, row_layout
from tests.ui import samples
from tests.ui.gallery import RowModel


@pytest.fixture
def rows(theme: Theme, qtbot: QtBot) -> TwoSidedList:
    made = TwoSidedList(theme, ("Banken", "Sikkerhet", "Forslag"), name="Kontrollkø", accept_tip="Godkjenn (Enter)")
    made.resize(1072, 400)
    model = RowModel(samples.ROWS)
    model.setParent(made)
    made.set_model(model)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.go_to(0)
    return made


def layout_of(rows: TwoSidedList, row: int) -> RowLayout:
    return row_layout(QRectF(rows.view.visualRect(rows.view.model().index(row, 0))), with_client=True)


def test_a_click_on_the_tick_accepts_that_row_and_moves_nothing(rows: TwoSidedList, qtbot: QtBot) -> None:
    at = layout_of(rows, 2).accept.center().toPoint()
    with qtbot.waitSignal(rows.view.accept_clicked) as said:
        qtbot.mouseClick(rows.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert said.args[0].row() == 2
    assert rows.current_row() == 0


def test_a_click_on_the_cross_rejects(rows: TwoSidedList, qtbot: QtBot) -> None:
    at = layout_of(rows, 3).reject.center().toPoint()
    with qtbot.waitSignal(rows.view.reject_clicked) as said, qtbot.assertNotEmitted(rows.view.accept_clicked):
        qtbot.mouseClick(rows.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert said.args[0].row() == 3


def test_a_row_without_a_proposal_has_no_signs(rows: TwoSidedList, qtbot: QtBot) -> None:
    at = layout_of(rows, 5).accept.center().toPoint()
    with qtbot.assertNotEmitted(rows.view.accept_clicked):
        qtbot.mouseClick(rows.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert rows.current_row() == 5


def test_a_press_dragged_away_from_the_sign_does_nothing(rows: TwoSidedList, qtbot: QtBot) -> None:
    layout = layout_of(rows, 2)
    viewport = rows.view.viewport()
    with qtbot.assertNotEmitted(rows.view.accept_clicked), qtbot.assertNotEmitted(rows.view.reject_clicked):
        qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=layout.accept.center().toPoint())
        qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=layout.bank.center().toPoint())
        qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=layout.bank.center().toPoint())
        qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=layout.accept.center().toPoint())
        qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=layout.accept.center().toPoint())
        qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=layout_of(rows, 3).accept.center().toPoint())


def test_arrow_keys_move(rows: TwoSidedList, qtbot: QtBot) -> None:
    qtbot.keyClick(rows.view, Qt.Key.Key_Down)
    assert rows.current_row() == 1


def test_a_screen_reader_hears_the_row(rows: TwoSidedList) -> None:
    interface = QAccessible.queryAccessibleInterface(rows.view)
    assert interface is not None
    assert interface.text(QAccessible.Text.Name) == "Kontrollkø"
    names = [interface.child(at).text(QAccessible.Text.Name) for at in range(interface.childCount())]
    assert samples.ROWS[0].spoken in names


def test_the_current_row_is_painted_as_such(rows: TwoSidedList, theme: Theme) -> None:
    picture = rows.view.viewport().grab().toImage()
    assert picture.pixelColor(1, TWO_SIDED_HEIGHT // 2) == theme.tokens.accent
    assert picture.pixelColor(5, 4) == theme.tokens.highlight
    assert picture.pixelColor(5, TWO_SIDED_HEIGHT + 4) == theme.tokens.surface


def test_both_signs_are_painted(rows: TwoSidedList) -> None:
    picture = rows.view.viewport().grab().toImage()
    layout = layout_of(rows, 2)
    for target in (layout.accept, layout.reject):
        part = picture.copy(target.adjusted(4, 5, -4, -4).toRect())  # clear of the pill above
        colours = {part.pixel(x, y) for x in range(part.width()) for y in range(part.height())}
        assert len(colours) > 3  # the sign, its soft edges and the ground


def test_a_chosen_row_looks_chosen(rows: TwoSidedList, theme: Theme, qtbot: QtBot) -> None:
    model = RowModel(tuple(dataclasses.replace(row, chosen=True) for row in samples.ROWS))
    model.setParent(rows)
    rows.set_model(model)
    picture = rows.view.viewport().grab().toImage()
    assert picture.pixelColor(40, 2 * TWO_SIDED_HEIGHT - 5) == theme.tokens.selected


OTHERWISE: dict[str, object] = {
    "date": "25.11",
    "counterparty": "Skatteetaten",
    "text": "KID 0081",
    "amount": "−1,00",
    "client": samples.NORDLYS,
    "confidence": "50 %",
    "level": Level.LIKELY,
    "title": (Run("10235", strong=True),),
    "detail": "Bare beløp",
    "proposal_amount": "2,00",
    "can_accept": False,
    "chosen": True,
}


@pytest.mark.parametrize("field", OTHERWISE)
def test_each_part_of_a_row_is_painted(theme: Theme, qtbot: QtBot, field: str) -> None:
    pictures = []
    for row in (samples.ROWS[0], dataclasses.replace(samples.ROWS[0], **{field: OTHERWISE[field]})):  # type: ignore[arg-type]  # one field at a time
        view = TwoSidedList(theme, ("Banken", "Sikkerhet", "Forslag"), name="Kontrollkø")
        qtbot.addWidget(view)
        model = RowModel((row,))
        model.setParent(view)
        view.set_model(model)
        view.resize(1072, 120)
        view.show()
        pictures.append(view.grab().toImage())
    assert pictures[0] != pictures[1]


def test_pointing_at_a_sign_lights_it_up(rows: TwoSidedList, qtbot: QtBot) -> None:
    def look() -> QImage:
        return rows.view.viewport().grab().toImage()

    before = look()
    qtbot.mouseMove(rows.view.viewport(), layout_of(rows, 2).accept.center().toPoint())
    assert rows.view.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    assert look() != before


@pytest.mark.parametrize("width", [816, 1072, 1700])
def test_nothing_overlaps_at_any_width(width: int) -> None:
    layout = row_layout(QRectF(0, 0, width, TWO_SIDED_HEIGHT), with_client=True)
    assert layout.date.right() < layout.bank.left() < layout.amount_right < layout.middle.left()
    assert layout.middle.right() < layout.proposal.left() < layout.proposal_right < width
    assert layout.accept.right() <= layout.reject.left()
    assert layout.middle.contains(layout.accept)
    assert layout.middle.contains(layout.reject)
    assert not layout.accept.contains(QPointF(layout.reject.center()))
    assert layout.bank.width() > 180
