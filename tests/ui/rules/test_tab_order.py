"""Tab goes through the sheets of the rules in reading order."""

from __future__ import annotations

import itertools
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from kontali_desktop.ui.own_data.own_data_sheet import OwnDataSheet
from kontali_desktop.ui.rules.rule_sheet import RuleSheet
from kontali_desktop.ui.widgets.sheet import Sheet
from tests.ui.client_window import CTRL, SHIFT, ClientWindow, client_window
from tests.ui.own_data.test_window import post_against_the_engine, reported, settle
from tests.ui.rules.test_window import add, open_rules

Key = Qt.Key
ROW = 24  # widgets on one line differ by less in height


async def stops(one: ClientWindow, sheet: Sheet) -> list[QWidget]:
    """Where Tab goes, from the first to the last; the close button comes after the rest."""
    found: list[QWidget] = []
    while True:
        focused: QWidget | None = QApplication.focusWidget()
        assert focused is not None
        if focused in found:
            break
        found.append(focused)
        await one.press(Key.Key_Tab)
    assert all(sheet.isAncestorOf(widget) for widget in found)
    return found


def is_reading_order(widgets: list[QWidget], sheet: Sheet) -> bool:
    places = [w.mapTo(sheet, QPoint(0, w.height() // 2)) for w in widgets[:-1]]
    return all(
        b.y() > a.y() + ROW or (abs(b.y() - a.y()) <= ROW and b.x() > a.x()) for a, b in itertools.pairwise(places)
    )


async def test_tab_goes_as_one_reads(tmp_path: Path, qapp: QApplication) -> None:
    async with client_window(tmp_path, qapp) as one:
        one.monthly("SPOTIFY", -129_00, 5, "6553", "1")
        add(one, "gebyr", "7770")
        add(one, "leie", "6300")
        sheet = await open_rules(one)
        await one.press(Key.Key_Down)
        sheet.suggestions.first.setFocus()  # type: ignore[union-attr] # there is one
        through = await stops(one, sheet)
        names = [w.objectName() for w in through]
        assert is_reading_order(through, sheet), names
        await one.tab_to("new_rule_button")
        await one.press(Key.Key_Return)
        form = await one.sheet(RuleSheet)
        names = [w.objectName() or w.accessibleName() for w in await stops(one, form)]
        assert names == [
            *("rule_text", "rule_words", "rule_counterparty", "rule_number", "rule_account"),
            *("rule_low", "rule_high", "rule_direction"),
            "Før på konto",  # the chips are one stop; arrows go from one to the next
            *("rule_posting", "rule_vat", "rule_automatic", "back_button", "test_rule_button", "Lukk"),
        ]
        await one.press(Key.Key_Escape)
        await one.press(Key.Key_Escape)


async def test_tab_in_the_test_on_own_data(tmp_path: Path, qapp: QApplication) -> None:
    async with client_window(tmp_path, qapp) as one:
        settle(one, 4)
        post_against_the_engine(one)
        await one.press(Key.Key_T, CTRL | SHIFT)
        sheet = await one.sheet(OwnDataSheet)
        await one.press(Key.Key_Return)
        await reported(sheet)
        sheet.most.setFocus()
        through = await stops(one, sheet)
        assert is_reading_order(through, sheet), [w.objectName() or w.accessibleName() for w in through]
