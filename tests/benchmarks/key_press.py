"""A key press in the review to the next row painted, with 5,000 items in the queue."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import cycle
from pathlib import Path

import qasync

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, Qt  # the platform is chosen before Qt loads
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kontali_desktop.adapters.storage.unit_of_work import SqlStorage
from kontali_desktop.domain.clients import BankAccount
from kontali_desktop.domain.payment_parts import PartKind, PaymentBatch, PaymentPart
from kontali_desktop.runtime.garbage import GarbageCollector
from kontali_desktop.runtime.loop import SWITCH_SECONDS
from kontali_desktop.ui.review.line import REST_SECONDS
from kontali_desktop.ui.review.page import ReviewPage
from kontali_desktop.ui.review.presenter import PROPOSING, SETTLE_MS
from kontali_desktop.ui.theme import Scheme, apply_theme
from kontali_desktop.ui.widgets.two_sided_list import TwoSidedView
from tests.benchmarks.figures import Figure
from tests.services.conftest import Office
from tests.support import DAY, SettableClock, invoice, payment
from tests.ui.program import wording
from tests.ui.review.conftest import Desk, opened
from tests.ui.review.sums import tell
from tests.ui.waiting import until

ITEMS = 5_000
SUMS, PARTS = 2, 3_000
MOST_SECONDS = 0.05
PRESSES = 120
PAUSE = 0.02  # between two presses: far faster than anyone decides
LOOKING, LOOKS = (Qt.Key.Key_J, Qt.Key.Key_K), 20
DECIDING = (Qt.Key.Key_Return, Qt.Key.Key_J, Qt.Key.Key_Return, Qt.Key.Key_K)


def measure() -> list[Figure]:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(app)
    garbage = GarbageCollector()
    garbage.start()  # as the program's own loop does, and the same turns for its threads
    sys.setswitchinterval(SWITCH_SECONDS)
    with tempfile.TemporaryDirectory(prefix="kontali-") as name, loop:
        figures: list[Figure] = loop.run_until_complete(_measure(app, Path(name) / "kontali.sqlite"))
    garbage.stop()
    return figures


async def _measure(app: QApplication, path: Path) -> list[Figure]:
    theme = apply_theme(app, Scheme.LIGHT)
    clock = SettableClock()
    with SqlStorage(path, clock.now()) as storage:
        office = Office(storage, clock)
        _fill(office)
        async with opened(office, settle_ms=SETTLE_MS) as desk:
            page = ReviewPage(theme, wording(), desk.presenter, desk.line)
            page.resize(1072, 800)
            page.show()
            page.setFocus()
            figures = await _figures(page, desk)
            page.hide()
            page.deleteLater()
    return figures


async def _figures(page: ReviewPage, desk: Desk) -> list[Figure]:
    view = page.findChild(TwoSidedView, "review_list")
    assert isinstance(view, TwoSidedView)
    assert len(desk.presenter.model.ids) == ITEMS + SUMS
    painted = _Painted(view)
    await asyncio.sleep(0.5)
    looking = await _look(view, painted, desk)
    desk.presenter.choose(SUMS)
    deciding = await _press_all(view, painted, lambda pressed: pressed < PRESSES)
    assert desk.presenter.waiting == ITEMS + SUMS - PRESSES // 2
    await until(lambda: desk.tasks.is_running(PROPOSING), "the rest is matched anew")
    moving = await _press_all(view, painted, lambda _: desk.tasks.is_running(PROPOSING))
    await until(lambda: desk.presenter.is_at_rest, "everything is stored")
    what = f"a key to the next row painted, {ITEMS:,} items"
    return [
        Figure(f"a key from one sum of {PARTS:,} payments to the next painted", looking, most_seconds=MOST_SECONDS),
        Figure(f"{what}, deciding", deciding, most_seconds=MOST_SECONDS),
        Figure(f"{what}, while the rest is matched anew", moving, most_seconds=MOST_SECONDS),
    ]


async def _look(view: TwoSidedView, painted: _Painted, desk: Desk) -> tuple[float, ...]:
    """Half of the presses come while the parts of the line before are still on their way."""
    took = []
    for number, key in enumerate(LOOKING * LOOKS):
        took.append(await _press(view, painted, key))
        if number % 4 < 2:
            await until(lambda: desk.line.opened is not None, "the parts")
        else:
            await asyncio.sleep(PAUSE + REST_SECONDS)
    await until(lambda: desk.line.model.rowCount() == PARTS + 1, "the last sum's parts")
    return tuple(took)


async def _press_all(view: TwoSidedView, painted: _Painted, goes_on: Callable[[int], bool]) -> tuple[float, ...]:
    took: list[float] = []
    for key in cycle(DECIDING):
        if not goes_on(len(took)):
            return tuple(took)
        took.append(await _press(view, painted, key))
        await asyncio.sleep(PAUSE)
    return ()


async def _press(view: TwoSidedView, painted: _Painted, key: Qt.Key) -> float:
    """Seconds from the key to the end of the painting that follows it."""
    before = painted.count
    started = time.perf_counter()
    QTest.keyClick(view, key)
    while painted.count == before:
        await asyncio.sleep(0)
        assert time.perf_counter() - started < 5, f"{key} painted nothing"
    await asyncio.sleep(0)
    return time.perf_counter() - started


class _Painted(QObject):
    """Counts the paintings of the list."""

    def __init__(self, view: TwoSidedView) -> None:
        super().__init__(view)
        self.count = 0
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint:
            self.count += 1
        return super().eventFilter(watched, event)


def _fill(office: Office) -> None:
    """Four in five name their invoice; all amounts differ."""
    client = office.client()
    account = office.account(client)
    lines, documents = [], []
    for number in range(ITEMS):
        amount, name = 100_00 + 37 * number, f"Kunde {number % 400} AS"
        text = f"Faktura {10_000 + number}" if number % 5 else "takk"
        lines.append(payment(amount, text, name, day=DAY - timedelta(days=number % 90)))
        documents.append(invoice(str(10_000 + number), amount, name))
    office.receive(account, *lines)
    office.hold(client, *documents)
    office.propose.run()
    _add_sums(office, account)


def _add_sums(office: Office, account: BankAccount) -> None:
    """The two newest lines are large sums, told of after the matching: what is measured is looking at them."""
    day = DAY + timedelta(days=1)
    parts = [PaymentPart(50_00 + n, counterparty=f"Kunde {n}", kid=f"{1_000_000 + n}") for n in range(PARTS)]
    sums = [(*parts, PaymentPart(-n, PartKind.FEE)) for n in (1, 2)]
    totals = [sum(part.amount for part in found) for found in sums]
    office.receive(account, *(payment(total, f"OCR {total}", day=day) for total in totals))
    batches = (
        PaymentBatch(t, s, account_number=account.number, booking_date=day) for t, s in zip(totals, sums, strict=True)
    )
    tell(office, account, *batches)
