"""The client's own rules without widgets: the list, the form, the test, and only then into use."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from kontali_desktop.domain.errors import KontaliError, RuleConflicts
from kontali_desktop.domain.ids import ClientId, RuleId
from kontali_desktop.domain.rules import Rule
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.accounts import Accounts
from kontali_desktop.services.clients import Clients
from kontali_desktop.services.learning_storage import StoredRule
from kontali_desktop.services.propose_matches import ProposeMatches
from kontali_desktop.services.rules import Rules, SuggestedRule
from kontali_desktop.ui.rules.draft import EMPTY, Draft, Field, draft_of, read
from kontali_desktop.ui.rules.steps import Books, Edited, Listed, Removing, Step, Tested
from kontali_desktop.ui.widgets.notice import NoticeData, Severity
from kontali_desktop.wording.wording import Wording

WORKING, PROPOSING = "work on rules", "propose by rules"


@dataclass(frozen=True, slots=True)
class RulesServices:
    """What the rules need of the program."""

    rules: Rules
    clients: Clients
    accounts: Accounts
    propose: ProposeMatches


class RulesPresenter(QObject):
    """`step_changed` carries the step, or None when nothing is shown; `problems` what is wrong, by field."""

    step_changed = Signal(object)
    problems = Signal(object)
    data_changed = Signal()
    notice = Signal(object)

    def __init__(
        self, services: RulesServices, tasks: TaskOwner, wording: Wording, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._tasks, self._wording = services, tasks, wording
        self.step: Step | None = None
        self._turn = asyncio.Lock()
        self._started = 0
        tasks.failed.connect(self._on_failed)

    # The list

    def begin(self, client_id: ClientId | None = None) -> None:
        """What the command "Regler…" does; None for the first client."""
        self._start(lambda: self._list(client_id))

    def close(self) -> None:
        self._show(None)

    def choose_client(self, client_id: ClientId) -> None:
        self._start(lambda: self._list(client_id))

    def move(self, rule_id: RuleId, by: int) -> None:
        """Up (−1) or down (1) in the order; nothing at either end."""

        async def work() -> None:
            listed = self._listed  # as the move before left it
            place = next((n for n, r in enumerate(listed.rules) if r.id == rule_id), -1) if listed else -1
            if listed is None or place < 0 or not 0 <= place + by < len(listed.rules):
                return
            client_id = listed.books.client.id
            await asyncio.to_thread(self._services.rules.move, client_id, rule_id, place + by)
            told = self._wording.text("rules.told.moved", place=self._wording.integer(place + by + 1))
            await self._list(client_id, rule_id, told)
            self._propose(client_id)

        self._start(work)

    def toggle(self, rule_id: RuleId) -> None:
        """Off at once; on by way of its test."""
        listed, known = self._listed, self._known(rule_id)
        if listed is None or known is None:
            return
        if known.is_active:
            client_id = listed.books.client.id
            told = self._wording.text("rules.told.off")
            self._change(client_id, lambda: self._services.rules.switch_off(client_id, rule_id), rule_id, told)
        else:
            self._test(listed.books, known.rule, rule_id, is_kept=True)

    def ask_remove(self, rule_id: RuleId) -> None:
        listed, known = self._listed, self._known(rule_id)
        if listed is not None and known is not None:
            self._show(Removing(listed.books, known))

    def remove(self) -> None:
        """The answer yes."""
        step = self.step
        if isinstance(step, Removing):
            client_id, rule_id = step.books.client.id, step.rule.id
            told = self._wording.text("rules.told.removed")
            self._change(client_id, lambda: self._services.rules.remove(client_id, rule_id), None, told)

    def dismiss(self, suggested: SuggestedRule) -> None:
        listed = self._listed
        if listed is not None:
            client_id = listed.books.client.id

            async def work() -> None:
                await asyncio.to_thread(self._services.rules.dismiss, client_id, suggested)
                await self._list(client_id, listed.chosen, self._wording.text("rules.told.dismissed"))

            self._start(work)

    # The form

    def add(self) -> None:
        listed = self._listed
        if listed is not None:
            self._show(Edited(listed.books, EMPTY))

    def edit(self, rule_id: RuleId) -> None:
        listed, known = self._listed, self._known(rule_id)
        if listed is not None and known is not None:
            draft = draft_of(known.rule, self._wording)
            self._show(Edited(listed.books, draft, rule_id, known.is_active))

    def take(self, suggested: SuggestedRule) -> None:
        """A suggestion is whole: to its test at once."""
        listed = self._listed
        if listed is not None:
            self._test(listed.books, suggested.rule, None)

    def look(self, draft: Draft) -> tuple[str, Mapping[Field, str]]:
        """Its sentence, empty until it says something whole, and what is wrong."""
        step, reading = self.step, read(draft, self._wording)
        if not isinstance(step, Edited) or not reading.is_whole:
            return "", reading.problems
        return self._wording.rule(reading.rule, step.books.numbers), {}

    def test(self, draft: Draft) -> None:
        """To the test, or back to the fields that are wrong."""
        step, reading = self.step, read(draft, self._wording)
        self.problems.emit(reading.problems)
        if not isinstance(step, Edited) or not reading.is_whole:
            return
        known = self._is_unchanged(step, reading.rule)
        self._test(step.books, reading.rule, step.rule_id, is_kept=known, was_active=step.was_active)

    # The test

    def change_tested(self) -> None:
        """To the form, with what was tested in it."""
        step = self.step
        if isinstance(step, Tested):
            self._show(Edited(step.books, draft_of(step.rule, self._wording), step.rule_id, step.was_active))

    def list_again(self) -> None:
        """To the list, whatever was on its way."""
        step = self.step
        if step is not None:
            rule_id = step.rule.id if isinstance(step, Removing) else getattr(step, "rule_id", None)
            self._start(lambda: self._list(step.books.client.id, rule_id))

    def keep(self) -> None:
        """Keep it without letting it act."""
        step = self.step
        if isinstance(step, Tested):
            self._start(lambda: self._keep(step))

    def use(self, *, in_spite_of_conflicts: bool = False) -> None:
        """Keep it and let it act."""
        step = self.step
        if isinstance(step, Tested):
            self._start(lambda: self._use(step, in_spite_of_conflicts=in_spite_of_conflicts))

    # Behind

    @property
    def _listed(self) -> Listed | None:
        return self.step if isinstance(self.step, Listed) else None

    def _known(self, rule_id: RuleId) -> StoredRule | None:
        listed = self._listed
        return next((r for r in listed.rules if r.id == rule_id), None) if listed is not None else None

    def _show(self, step: Step | None) -> None:
        self.step = step
        self.step_changed.emit(step)

    def _start(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """One after the other, in the order in which they were asked for."""
        self._started += 1

        async def alone() -> None:
            async with self._turn:
                await work()

        self._tasks.start(f"{WORKING} {self._started}", alone)

    def _test(
        self, books: Books, rule: Rule, rule_id: RuleId | None, *, is_kept: bool = False, was_active: bool = False
    ) -> None:
        async def work() -> None:
            test = await asyncio.to_thread(self._services.rules.test, books.client.id, rule, rule_id)
            self._show(Tested(books, rule, test, rule_id, is_kept, was_active))

        self._start(work)

    def _is_unchanged(self, step: Edited, rule: Rule) -> bool:
        return step.rule_id is not None and read(step.draft, self._wording).rule == rule

    def _change(self, client_id: ClientId, change: Callable[[], object], chosen: RuleId | None, told: str) -> None:
        async def work() -> None:
            await asyncio.to_thread(change)
            await self._list(client_id, chosen, told)
            self._propose(client_id)

        self._start(work)

    async def _keep(self, step: Tested) -> None:
        client_id = step.books.client.id
        rule_id = await asyncio.to_thread(self._stored, step)
        await self._list(client_id, rule_id, self._wording.text("rules.told.kept"))
        if step.was_active:
            self._propose(client_id)

    async def _use(self, step: Tested, *, in_spite_of_conflicts: bool) -> None:
        client_id = step.books.client.id
        rule_id = await asyncio.to_thread(self._stored, step)
        switch_on = self._services.rules.switch_on
        try:
            await asyncio.to_thread(switch_on, client_id, rule_id, in_spite_of_conflicts=in_spite_of_conflicts)
        except RuleConflicts:  # decided meanwhile: the person sees the test again, with them
            test = await asyncio.to_thread(self._services.rules.test, client_id, step.rule, rule_id)
            self._show(Tested(step.books, step.rule, test, rule_id, is_kept=True))
            return
        await self._list(client_id, rule_id, self._wording.text("rules.told.on"))
        self._propose(client_id, is_accepting=step.rule.is_automatic)

    def _stored(self, step: Tested) -> RuleId:
        rules, client_id = self._services.rules, step.books.client.id
        if step.rule_id is None:
            return rules.add(client_id, step.rule)
        if not step.is_kept:
            rules.change(client_id, step.rule_id, step.rule)
        return step.rule_id

    async def _list(self, client_id: ClientId | None, chosen: RuleId | None = None, told: str = "") -> None:
        listed = await asyncio.to_thread(self._read, client_id, chosen, told)
        if listed is not None:
            self._show(listed)
            return
        text = self._wording.text
        self.notice.emit(NoticeData(Severity.INFO, text("rules.no_client"), text("rules.no_client_text")))

    def _read(self, client_id: ClientId | None, chosen: RuleId | None, told: str) -> Listed | None:
        services = self._services
        clients = services.clients.load_all()
        client = next((c for c in clients if c.id == client_id), clients[0] if clients else None)
        if client is None:
            return None
        books = Books(clients, client, services.accounts.load(client.id))
        rules = services.rules.load(client.id)
        return Listed(books, rules, services.rules.suggestions(client.id), chosen, told)

    def _propose(self, client_id: ClientId, *, is_accepting: bool = False) -> None:
        """What waits follows the rules as they are now; only one that was just told to may post by itself."""
        propose = self._services.propose
        run = propose.run if is_accepting else propose.propose_anew

        async def work() -> None:
            report = await asyncio.to_thread(run, client_id)
            if report.auto_accepted:
                said = self._wording.plural("rules.told.posted", report.auto_accepted)
                self.notice.emit(NoticeData(Severity.POSITIVE, said))
            self.data_changed.emit()

        self._tasks.start(PROPOSING, work, replace=True)

    def _on_failed(self, name: str, error: KontaliError) -> None:
        if not name.startswith((WORKING, PROPOSING)):
            return
        words = self._wording.error(error)
        self.notice.emit(NoticeData(Severity.NEGATIVE, words.message, words.text))
