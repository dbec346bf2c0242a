"""The main job from an empty program to a reviewed match, as a person would do it, with a picture of each screen."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import TYPE_CHECKING

from kontali_desktop.bootstrap.journey.robot import Robot
from kontali_desktop.domain.matches import QueueStatus
from kontali_desktop.ui.connections.row_widget import ConnectionRowWidget
from kontali_desktop.ui.review.state import ListState
from kontali_desktop.ui.theme import Scheme

if TYPE_CHECKING:
    from kontali_desktop.bootstrap.window import Program
    from kontali_desktop.services.demo import DemoReady
    from kontali_desktop.services.review_models import QueueCounts

SCREENS = ("overview", "review", "transactions", "open_items", "connections", "events", "settings")
ACCEPTED_BY_KEY = 3


class Job:
    """What the two halves share: the program, the robot, and what is printed."""

    def __init__(self, program: Program, pictures: Path | None) -> None:
        self.program = program
        self.robot = Robot(lambda: program.window, pictures)
        self._started = time.monotonic()

    def say(self, key: str, **facts: object) -> None:
        seconds = self.program.core.wording.seconds(time.monotonic() - self._started)
        print(f"{seconds:>8}  {self.program.core.wording.text(key, **facts)}", flush=True)

    def counts(self) -> QueueCounts:
        return self.program.core.queue.load(None, None).counts

    async def screens(self, suffix: str) -> None:
        """A picture of every screen as it is now."""
        for name in SCREENS:
            self.program.window.show_screen(name)
            await asyncio.sleep(0.4)  # what a screen loads is there within a moment
            self.robot.picture(f"{name}-{suffix}")

    async def first_half(self, ready: DemoReady) -> None:
        """Sign in, fetch, review: from the demo client with its invoices to decided lines."""
        robot = self.robot
        first_run = self.program.screens.first_run
        await robot.until("the first steps", lambda: first_run.progress.client and robot.find("demo_button"))
        self.say("journey.ready", client=ready.client.name, documents=sum(f.added for f in ready.imported.files))
        robot.picture("first-run")
        await self._sign_in(ready)
        await robot.until("accounts to choose", lambda: robot.find("keep_button"))
        robot.picture("choose-accounts")
        await robot.press("keep_button")
        await robot.until("the end of the first fetch", lambda: robot.find("review_button"))
        robot.picture("fetched")
        accounts = self.program.core.accounts.load()
        counts = self.counts()
        total = counts.waiting + counts.done + counts.before_start
        self.say("journey.fetched", accounts=len(accounts), transactions=total, pending=counts.pending)
        self.say("journey.proposed", sure=counts.sure, likely=counts.likely, without=counts.without)
        await robot.press("review_button")
        await self._review()
        await self.screens("light")
        self.program.theme.choose(Scheme.DARK)
        await self.screens("dark")
        self.program.theme.choose(Scheme.LIGHT)

    async def _sign_in(self, ready: DemoReady) -> None:
        robot = self.robot
        await robot.press("demo_button")
        fields = (("#national-id", ready.bank.person), ("#code", ready.bank.code), ("#password", ready.bank.password))
        for number, (selector, value) in enumerate(fields, 1):
            await robot.type_on_page(selector, value)
            if number == 1:
                await asyncio.sleep(0.3)  # for the picture alone: the page is painted by another process
                robot.picture("sign-in")
            await robot.press_on_page("#next")
        await robot.see_on_page("input[name=account]")
        await robot.press_on_page("#next")
        self.say("journey.signed_in")

    async def _review(self) -> None:
        """Three lines accepted, one rejected, one decision taken back, each with one key."""
        robot, review = self.robot, self.program.screens.review
        await robot.until("the queue", lambda: review.state is ListState.ROWS and review.current)
        self.program.window.show_screen("review")
        await asyncio.sleep(0.3)
        robot.picture("review")
        for _ in range(ACCEPTED_BY_KEY):
            await self._to_sure()
            await robot.key("Return")
        await self._to_sure()
        await robot.key("R")
        await robot.until("decisions stored", lambda: review.is_at_rest)
        robot.picture("review-decided")
        await robot.key("Ctrl+Z")
        await robot.until("undo stored", lambda: review.is_at_rest)
        accepted = self._accepted()
        await robot.until("decisions in the database", lambda: self._accepted() >= ACCEPTED_BY_KEY)
        self.say(
            "journey.decided", accepted=ACCEPTED_BY_KEY, rejected=1, undone=1, stand=max(accepted, self._accepted())
        )

    async def _to_sure(self) -> None:
        """Move by key to the next line that is sure."""
        review = self.program.screens.review
        for _ in range(review.waiting):
            item = review.current
            if item is not None and item.status is QueueStatus.PROPOSED and item.level == "sure":
                return
            await self.robot.key("J")

    def _accepted(self) -> int:
        found = self.program.core.queue.load(None, frozenset({QueueStatus.ACCEPTED})).items
        # A transfer is one decision on two lines.
        others = (i.proposal.counter_transaction if i.proposal else None for i in found)
        return len({min(i.id, other or i.id) for i, other in zip(found, others, strict=True)})

    async def second_half(self, before: str) -> bool:
        """Opened again: all is as it was; then English, and the bank is disconnected. False where it is not."""
        robot = self.robot
        await robot.until("the queue again", lambda: self.program.screens.review.state is ListState.ROWS)
        is_same = repr(self.counts()) == before
        self.say("journey.same" if is_same else "journey.not_same")
        self.program.core.settings.set("language", "en")
        self.program.screens.language_chosen.emit("en")
        await robot.until("the window in English", lambda: self.program.core.wording.language == "en")
        await self.screens("english")
        await self._disconnect()
        return is_same

    async def _disconnect(self) -> None:
        robot = self.robot
        self.program.window.show_screen("connections")
        row = await robot.until("the connection", self._connection_row)
        row.disconnect_wanted.emit()  # the menu's entry, without its pop-up
        await robot.until("the question", lambda: robot.find("disconnect_sheet"))
        robot.picture("disconnect")
        await robot.press("disconnect_button")
        overview = self.program.core.overview
        await robot.until("no connection", lambda: not overview.load_connections(include_disconnected=False))
        self.say("journey.disconnected")
        robot.picture("disconnected")

    def _connection_row(self) -> ConnectionRowWidget | None:
        rows = self.program.window.findChildren(ConnectionRowWidget)
        return next((row for row in rows if row.isVisible()), None)
