"""An import under test: the presenter over a real database, and what it showed."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from kontali_desktop.domain.clients import BankAccount, Client
from kontali_desktop.domain.ids import AccountId
from kontali_desktop.ui.import_files.history_presenter import HistoryPresenter
from kontali_desktop.ui.import_files.presenter import ImportPresenter, ImportServices
from kontali_desktop.ui.import_files.steps import Imported, Previewed, Step
from kontali_desktop.ui.widgets.notice import NoticeData
from tests.support import account_number, orgnr, payment
from tests.ui.program import Program, wording
from tests.ui.waiting import until

HEADER = (
    "side;kind;number;counterparty;counterparty_orgnr;counterparty_account;kid;issue_date;due_date;currency;amount;"
    "remaining"
)
Wanted = TypeVar("Wanted")


@dataclass
class Importing:
    """`steps` are what was shown, in order."""

    presenter: ImportPresenter
    history: HistoryPresenter
    program: Program
    steps: list[Step | None] = field(default_factory=list)
    changes: list[bool] = field(default_factory=list)
    screens: list[str] = field(default_factory=list)
    notices: list[NoticeData] = field(default_factory=list)

    async def take_in(self, *paths: Path) -> Imported:
        """Import, and say yes to what the preview shows."""
        self.presenter.import_paths(paths)
        await self.reach(Previewed)
        self.presenter.store()
        return await self.reach(Imported)

    async def reach(self, kind: type[Wanted]) -> Wanted:
        await until(lambda: isinstance(self.presenter.step, kind) and not self.presenter.is_busy, (kind, self.steps))
        step = self.presenter.step
        assert isinstance(step, kind)
        return step

    def bare_client(self, number: int = 1) -> Client:
        """A client without an account."""
        return self.program.core.clients.add(f"Klient {number} AS", orgnr(number))[0]

    def client(self, number: int = 1) -> Client:
        """A client with an account and one payment of 1 250,00 for invoice 10234."""
        client = self.bare_client(number)
        with self.program.core.storage.writing() as work:
            account = work.accounts.add(BankAccount(AccountId(0), client.id, account_number(number)))
            line = payment(1250_00, "Faktura 10234", "Bryggen Arkitekter AS")
            work.transactions.add_booked(account.id, [(line, 1)], "feed", self.program.core.clock.now())
            work.commit()
        return client

    def documents(self, client: Client) -> list[str]:
        with self.program.core.storage.reading() as work:
            return [d.reported.number for d in work.documents.load_of_client(client.id)]


def importing(program: Program) -> Importing:
    core = program.core
    services = ImportServices(core.import_files, core.propose, core.clients, core.accounts, core.import_history)
    presenter = ImportPresenter(services, program.tasks)
    history = HistoryPresenter(core.import_history, core.clients, program.tasks, wording())
    made = Importing(presenter, history, program)
    presenter.undo_wanted.connect(history.ask_undo)
    presenter.rows_wanted.connect(history.rows_wanted)
    history.undone.connect(presenter.on_undone)
    history.notice.connect(made.notices.append)
    presenter.step_changed.connect(made.steps.append)
    presenter.data_changed.connect(lambda: made.changes.append(True))
    presenter.wants_screen.connect(made.screens.append)
    return made


def open_items(path: Path, *lines: str) -> Path:
    path.write_text("\n".join([HEADER, *lines]) + "\n", "utf-8")
    return path


def row(number: str, counterparty: str, amount: str, remaining: str) -> str:
    return f"customer;invoice;{number};{counterparty};;;;2026-01-29;2026-02-12;NOK;{amount};{remaining}"


def good(folder: Path, name: str = "poster.csv") -> Path:
    return open_items(folder / name, row("10234", "Bryggen Arkitekter AS", "1250,00", "1250,00"))


def partly(folder: Path) -> Path:
    return open_items(
        folder / "delvis.csv",
        row("10235", "Sletta Mekaniske AS", "400,00", "400,00"),
        row("10236", "Sletta Mekaniske AS", "mye", "400,00"),
        row("10237", "Sletta Mekaniske AS", "100,00", "900,00"),
    )


BANK_HEADER = "Dato;Forklaring;Rentedato;Ut fra konto;Inn på konto"  # DNB's, which does not tell the account


def bank_rows(folder: Path, name: str = "dnb.csv") -> Path:
    lines = [BANK_HEADER, "05.02.2026;Bjørk Design Faktura 77;05.02.2026;;812,50"]
    lines += ["06.02.2026;Gebyr;06.02.2026;31.02.26;", "09.02.2026;Strøm;09.02.2026;300,00;"]
    (folder / name).write_text("\n".join(lines) + "\n", "utf-8")
    return folder / name


def unknown_table(folder: Path, name: str = "ukjent.csv") -> Path:
    """What no bank of ours writes: the columns must be explained."""
    lines = [
        "Når;Hva;Hvem;Kr",
        "05.02.2026;Faktura 77;Bjørk Design AS;812,50",
        "09.02.2026;Strøm;Lys og Varme AS;-300,00",
    ]
    (folder / name).write_text("\n".join(lines) + "\n", "utf-8")
    return folder / name
