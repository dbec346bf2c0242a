"""A connecting under test: the presenter with people at the demo bank, and what it showed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from kontali_desktop.services.clients import NewClient
from kontali_desktop.services.synchronise import Synchronise
from kontali_desktop.ui.connect.account_form import AccountAnswer, account_choices
from kontali_desktop.ui.connect.presenter import Agents, ConnectPresenter, ConnectServices
from kontali_desktop.ui.connect.steps import ChooseAccounts, Step
from tests.demo_bank.running import RunningBank
from tests.fakes.user_agent import ScriptedUserAgent
from tests.ui.program import Program
from tests.ui.waiting import until

Wanted = TypeVar("Wanted")


@dataclass
class Connecting:
    """`steps` are what was shown, in order."""

    presenter: ConnectPresenter
    embedded: ScriptedUserAgent
    browser: ScriptedUserAgent
    program: Program
    steps: list[Step | None] = field(default_factory=list)
    screens: list[str] = field(default_factory=list)
    changes: list[bool] = field(default_factory=list)
    stops: list[bool] = field(default_factory=list)

    async def reach(self, kind: type[Wanted]) -> Wanted:
        await until(lambda: isinstance(self.presenter.step, kind), (kind, self.steps))
        step = self.presenter.step
        assert isinstance(step, kind)
        return step

    async def reach_end(self) -> None:
        """Over, and everything given back that was to be."""
        tasks = self.program.tasks
        names = ("connect", "abandon")
        await until(lambda: self.presenter.step is None and not any(map(tasks.is_running, names)), self.steps)

    def keep_all(self, step: ChooseAccounts, client: NewClient) -> None:
        """Every account for one new client."""
        answers = [AccountAnswer(is_chosen=True, client_id=None, booked_to=None) for _ in step.rows]
        confirmed = {row.new_client.name: client for row in step.rows}
        self.presenter.keep(account_choices(step.rows, answers, confirmed))

    def has_nothing(self) -> bool:
        core = self.program.core
        return (
            not core.overview.load_connections() and not core.clients.load_all() and not self.program.keychain.secrets
        )


def connecting(
    program: Program, bank: RunningBank, *, is_demo: bool = True, synchronise: Synchronise | None = None
) -> Connecting:
    core = program.core
    services = ConnectServices(
        core.connect,
        synchronise or core.synchronise,
        core.banks,
        core.clients,
        core.overview,
        is_demo=lambda: is_demo,
    )
    embedded, browser = ScriptedUserAgent(bank), ScriptedUserAgent(bank)
    presenter = ConnectPresenter(services, Agents(lambda _bank: embedded, lambda _bank: browser), program.tasks)
    made = Connecting(presenter, embedded, browser, program)
    presenter.step_changed.connect(made.steps.append)
    presenter.wants_screen.connect(made.screens.append)
    presenter.data_changed.connect(lambda: made.changes.append(True))
    presenter.stopped.connect(lambda: made.stops.append(True))
    return made
