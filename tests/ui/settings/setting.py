"""The settings under test: the presenter over a real database, and what it said."""

from __future__ import annotations

from dataclasses import dataclass, field

from kontali_desktop.domain.autonomy import Mode
from kontali_desktop.domain.clients import BankAccount, Client, ClientSettings
from kontali_desktop.domain.ids import AccountId
from kontali_desktop.services.accounts import Accounts
from kontali_desktop.services.program_settings import ProgramSettings
from kontali_desktop.ui.settings.presenter import Problem, SettingsPresenter, SettingsServices
from kontali_desktop.ui.theme import Scheme
from kontali_desktop.wording.texts import Language
from tests.support import account_number, orgnr, payment
from tests.ui.program import Program, wording
from tests.ui.waiting import until


@dataclass
class Setting:
    """`schemes`, `languages`, `problems` are what was said, in order."""

    presenter: SettingsPresenter
    program: Program
    schemes: list[Scheme]
    languages: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    changes: list[bool] = field(default_factory=list)
    notices: list[object] = field(default_factory=list)
    _running: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.program.tasks.started.connect(self._running.add)
        self.program.tasks.finished.connect(self._running.discard)

    def client(self, number: int, *ledger_accounts: str) -> tuple[Client, list[BankAccount]]:
        """A client with an account on each of the ledger accounts, and a line on each."""
        core = self.program.core
        client, _ = core.clients.add(f"Klient {number} AS", orgnr(number))
        core.clients.save_settings(client.id, ClientSettings(mode=Mode.OFF))
        accounts = []
        with core.storage.writing() as work:
            for place, ledger in enumerate(ledger_accounts):
                number_ = account_number(number * 10 + place)
                made = BankAccount(AccountId(0), client.id, number_, name="Driftskonto", ledger_account=ledger)
                account = work.accounts.add(made)
                line = payment(1250_00, f"Faktura {place}", "Bryggen Arkitekter AS")
                work.transactions.add_booked(account.id, [(line, 1)], "feed", core.clock.now())
                accounts.append(account)
            work.commit()
        return client, accounts

    async def loaded(self) -> None:
        self.presenter.refresh()
        await self.quiet()

    async def quiet(self) -> None:
        """All that was asked for is done."""
        await until(lambda: not self._running)


def setting(program: Program, language: Language = "nb") -> Setting:
    core = program.core
    schemes: list[Scheme] = []
    settings = ProgramSettings(core.storage, core.settings, program.keychain, core.clock)
    accounts = Accounts(core.storage, core.clock)
    services = SettingsServices(settings, core.clients, accounts, core.posting_accounts, core.propose, schemes.append)
    presenter = SettingsPresenter(services, program.tasks, wording(language))
    made = Setting(presenter, program, schemes)
    presenter.language_chosen.connect(made.languages.append)
    presenter.problem.connect(made.problems.append)
    presenter.data_changed.connect(lambda: made.changes.append(True))
    presenter.notice.connect(made.notices.append)
    return made
