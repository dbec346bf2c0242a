"""The test on own data in both themes and languages, to be looked at; what Enter does is always in sight."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kontali_desktop.services.own_data_test import OwnDataTest
from kontali_desktop.ui.own_data.own_data_sheet import OwnDataSheet
from kontali_desktop.ui.own_data.wrong_sheet import WrongSheet
from kontali_desktop.ui.widgets.primary_sheet import PrimarySheet
from tests.support import DAY, invoice
from tests.ui.client_window import CTRL, SHIFT, ClientWindow, client_window
from tests.ui.own_data.test_window import Waiting, post_against_the_engine, reported, settle
from tests.ui.pictures import save_picture
from tests.ui.rules.test_pictures import LOOKS, Look, inside
from tests.ui.waiting import until

Key = Qt.Key


def less_clear(one: ClientWindow, count: int) -> None:
    """Payments that say nothing but their amount, some of which were for another invoice than the likely one."""
    for n in range(count):
        amount = 2_000_00 + (n // 2) * 100
        one.hold(invoice(f"{50_000 + n}", amount, f"Kunde {n // 2 + 20} AS", due_date=DAY - timedelta(days=n % 11)))
    for n in range(count):
        amount = 2_000_00 + (n // 2) * 100
        line = one.receive(amount, f"takk {n}", f"KUNDE {n // 2 + 20}", DAY - timedelta(days=n % 5))
        one.core.propose.run(one.client.id)
        item = next(i for i in one.core.queue.load(None, None).items if i.id == line)
        if item.proposal is not None:
            one.core.review.accept(line, alternative=min(n % 2, len(item.alternatives)))


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_the_sheets(tmp_path: Path, qapp: QApplication, pictures: Path, look: Look) -> None:
    scheme, language, size = look
    async with client_window(tmp_path, qapp, scheme=scheme, language=language, size=size) as one:

        def take(name: str, sheet: PrimarySheet) -> None:
            QApplication.sendPostedEvents()
            inside(sheet)
            save_picture(one.screens.window, pictures, f"own-data-{name}-{language}-{scheme.value}-{size[0]}")

        await one.press(Key.Key_T, CTRL | SHIFT)
        take("nothing", await one.sheet(OwnDataSheet))
        await one.press(Key.Key_Escape)
        await one.gone(OwnDataSheet)
        settle(one, 6)
        await one.press(Key.Key_T, CTRL | SHIFT)
        sheet = await one.sheet(OwnDataSheet)
        await one.press(Key.Key_Return)
        await reported(sheet)
        take("few", sheet)
        await one.press(Key.Key_Escape)
        await one.gone(OwnDataSheet)
        settle(one, 60, first=100)
        less_clear(one, 12)
        post_against_the_engine(one)
        engine = Waiting()
        one.screens.client_sheets.__dict__.pop("own_data")  # made anew, over an engine that waits
        one.core.__dict__["own_data_test"] = OwnDataTest(one.core.storage, engine)
        await one.press(Key.Key_T, CTRL | SHIFT)
        sheet = await one.sheet(OwnDataSheet)
        take("asked", sheet)
        await one.press(Key.Key_Return)
        await until(lambda: sheet.progress.isVisible() and engine.is_asked.is_set())
        await until(lambda: "…" in sheet.progress.bar.accessibleDescription())
        take("running", sheet)
        engine.may_go.set()
        await reported(sheet)
        take("report", sheet)
        await one.tab_to("show_wrong_button")
        await one.press(Key.Key_Return)
        take("wrong", await one.sheet(WrongSheet))
        await one.press(Key.Key_Escape)
        await one.gone(WrongSheet)
        assert sheet.isVisible()
