"""From repeated handwork to a rule that posts by itself, and the test that says how right it all was: by keys alone."""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt  # the platform is chosen before Qt loads
from PySide6.QtWidgets import QApplication, QLabel

from kontali_desktop.domain.autonomy import Mode
from kontali_desktop.domain.clients import ClientSettings
from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.domain.matches import QueueStatus
from kontali_desktop.ui.own_data.own_data_sheet import OwnDataSheet
from kontali_desktop.ui.own_data.wrong_sheet import WrongSheet
from kontali_desktop.ui.review.listing import Group
from kontali_desktop.ui.rules.rule_sheet import RuleSheet
from kontali_desktop.ui.rules.rules_sheet import RulesSheet
from kontali_desktop.ui.rules.tested_sheet import TestedSheet
from tests.ui.client_window import CTRL, SHIFT, ClientWindow, client_window
from tests.ui.own_data.test_window import post_against_the_engine, settle
from tests.ui.waiting import until

Key = Qt.Key


async def test_handwork_becomes_a_rule_and_the_test_tells_of_it(tmp_path: Path, qapp: QApplication) -> None:
    async with client_window(tmp_path, qapp) as one:
        one.core.clients.save_settings(one.client.id, ClientSettings(mode=Mode.BALANCED))
        one.monthly("SPOTIFY P12", -129_00, 5, "6553", "1")
        waiting = one.receive(-131_50, "SPOTIFY P77")

        def status() -> QueueStatus:
            return next(i for i in one.core.queue.load(None, None).items if i.id == waiting).status

        await one.press(Key.Key_R, CTRL | SHIFT)
        await one.sheet(RulesSheet)
        await one.press(Key.Key_Return)  # makes a rule of the suggestion: straight to its test
        await one.sheet(TestedSheet)
        assert status() is QueueStatus.UNMATCHED
        await one.press(Key.Key_Escape)
        form = await one.sheet(RuleSheet)
        await one.tab_to("rule_automatic")
        await one.press(Key.Key_Space)
        assert form.said.text().endswith("uten å spørre.")
        await one.press(Key.Key_Return)
        tested = await one.sheet(TestedSheet)
        assert "5 har du avgjort likt." in tested.summary.text()
        await one.press(Key.Key_Return)
        await one.sheet(RulesSheet)
        await until(lambda: status() is QueueStatus.DIRECTLY_POSTED, status)
        told = "Med regelen i bruk ble 1 linje godkjent automatisk"
        await until(lambda: any(told in label.text() for label in one.screens.window.findChildren(QLabel)), told)
        await one.press(Key.Key_Escape)
        await one.gone(RulesSheet)

        settle(one, 60)
        post_against_the_engine(one)
        await until(lambda: is_read(one, 5 + 1 + 60 + 1))
        await one.press(Key.Key_T, CTRL | SHIFT)
        sheet = await one.sheet(OwnDataSheet)
        await one.press(Key.Key_Return)
        await until(lambda: sheet.result.report is not None)
        report = sheet.result.report
        assert report is not None
        assert report.is_telling
        assert len(report.wrong) == report.transactions - report.first.right >= 1
        await one.tab_to("show_wrong_button")
        await one.press(Key.Key_Return)
        wrong = await one.sheet(WrongSheet)
        assert wrong.table.model().rowCount() == len(report.wrong)
        line = next(w for w in report.wrong if w.transaction.reported.counterparty == "Tvilling AS")
        while wrong.chosen is not line:
            await one.press(Key.Key_Down)
        assert "99001" in one.part(QLabel, "wrong_answer").text()
        await one.press(Key.Key_Return)
        await one.gone(OwnDataSheet)
        await until(lambda: one.screens.window.current_screen == "review")
        await until(lambda: current_of(one) == line.transaction.id)


def is_read(one: ClientWindow, accepted: int) -> bool:
    """Whether the review has what was decided behind its back; a reading that was on its way has not."""
    one.screens.review.refresh()
    return one.screens.review.count(Group.ACCEPTED) == accepted


def current_of(one: ClientWindow) -> TransactionId | None:
    """What the review has chosen."""
    current = one.screens.review.current
    return current.id if current is not None else None
