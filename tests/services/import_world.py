"""A client's month as several sources tell of it: invoices and a list, four tellings of one account, sums and parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from kontali_desktop.domain.bank import BookingStatus, ReportedTransaction
from kontali_desktop.domain.clients import BankAccount
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.services.payment_batches import attach_batches
from tests.adapters.files.camt_writer import camt054, paid
from tests.adapters.files.ocr_writer import Ocr, OcrPayment
from tests.adapters.files.writers import HEADER, Camt, Ehf, Entry, csv_text
from tests.adapters.files.writers import payment as camt_payment
from tests.services.conftest import Office

FIRST_DAY = date(2026, 1, 5)
NORDEA = "Bokføringsdato;Beløp;Avsender;Mottaker;Navn;Tittel;Valuta;Betalingstype;Rentedato"
CUSTOMERS = (("Bryggen AS", "210000007"), ("Kari Hansen", ""), ("Fjord & Fjell AS", "310000048"))


@dataclass(frozen=True)
class Invoice:
    """`remaining` is what the list says; amounts in øre."""

    number: str
    customer: int
    amount: int
    remaining: int
    has_ehf: bool
    is_listed: bool


@dataclass(frozen=True)
class Line:
    """A bank line; `parts` are the payments of a sum, which make its amount."""

    place: int
    day: int
    amount: int
    name: str = ""
    kid: str = ""
    parts: tuple[int, ...] = ()

    @property
    def date(self) -> date:
        return FIRST_DAY + timedelta(days=self.day)

    @property
    def plain(self) -> str:
        return plain_amount(abs(self.amount))

    def text(self, source: str) -> str:
        return f"{source} {self.place} {self.name}".strip()


@dataclass(frozen=True)
class World:
    """`told` are the days that each source tells of; `batches` which files tell of the sums' parts."""

    invoices: tuple[Invoice, ...]
    lines: tuple[Line, ...]
    told: tuple[tuple[str, frozenset[int]], ...]
    batches: frozenset[str]

    def sources(self, folder: Path, orgnr: str, account: BankAccount) -> tuple[Path | str, ...]:
        """The files, written anew, and "feed" where the bank's interface tells too."""
        files = {
            **self._documents(orgnr),
            **{name: self._statement(name, account) for name, _ in self.told if name != "feed"},
            **self._batches(account),
        }
        folder.mkdir(exist_ok=True)
        for name, data in files.items():
            (folder / name).write_bytes(data)
        return (*(folder / name for name in files), *(name for name, _ in self.told if name == "feed"))

    def _documents(self, orgnr: str) -> dict[str, bytes]:
        files = {f"{i.number}.xml": _ehf(i, orgnr) for i in self.invoices if i.has_ehf}
        listed = [_row(invoice) for invoice in self.invoices if invoice.is_listed]
        return files | ({"list.csv": csv_text(*listed, header=HEADER).encode()} if listed else {})

    def lines_of(self, source: str) -> list[Line]:
        days = dict(self.told)[source]
        return [line for line in self.lines if line.day in days]

    def _statement(self, source: str, account: BankAccount) -> bytes:
        write = {"camt.053": _camt, "mt940": _mt940, "bank-csv": _csv}[source]
        return write(self.lines_of(source), account.number)

    def feed(self) -> list[ReportedTransaction]:
        return [
            ReportedTransaction(
                BookingStatus.BOOKED,
                line.date,
                line.date,
                line.amount,
                counterparty=line.name,
                text=line.text("feed"),
                entry_reference=f"F{line.place}",
                raw=f"{{{line.place}}}",
            )
            for line in self.lines_of("feed")
        ]

    def _batches(self, account: BankAccount) -> dict[str, bytes]:
        sums = [line for line in self.lines if line.parts]
        files = {}
        if sums and "ocr" in self.batches:
            payments = tuple(_ocr_payments(line) for line in sums)
            files["ocr.txt"] = Ocr(payments, account.number).data()
        if sums and "camt.054" in self.batches:
            entries = [_sum_entry(line) for line in sums]
            files["camt054.xml"] = camt054(*entries, accounts=(f"<Othr><Id>{account.number}</Id></Othr>",))
        return files


def take(office: Office, world: World, source: Path | str, account: BankAccount) -> int:
    """How many documents, lines and sums were new."""
    if isinstance(source, Path):
        (result,) = office.importing.run(None, [source]).files
        assert result.refused == ()
        return result.added
    before = len(office.everything())
    office.receive(account, *world.feed())
    with office.storage.writing() as work:  # as a synchronisation does
        attach_batches(work, account.client_id)
        work.commit()
    return len(office.everything()) - before


def books(office: Office) -> tuple[list[str], list[str]]:
    """What is open, and the bank lines with their parts; without the ids of the database."""
    with office.storage.reading() as work:
        documents = [repr((d.reported, d.open_amount)) for d in work.documents.load_of_client(None)]
        lines = work.transactions.load_of_client(None)
        sources = work.transactions.sources([line.id for line in lines])
        told = [
            repr(
                (
                    line.reported.booking_date,
                    line.reported.amount,
                    line.ordinal,
                    line.reported.value_date,
                    line.reported.text,
                    line.reported.counterparty,
                    line.reported.kid,
                    sources[line.id],
                    work.batches.parts_of(line.id),
                )
            )
            for line in lines
        ]
    return sorted(documents), sorted(told)


def _ehf(invoice: Invoice, orgnr: str) -> bytes:
    payable = plain_amount(invoice.amount)
    return Ehf("Invoice", invoice.number, ("Klient AS", orgnr), CUSTOMERS[invoice.customer], payable).data()


def _row(invoice: Invoice) -> str:
    name, orgnr = CUSTOMERS[invoice.customer]
    amounts = f"{plain_amount(invoice.amount)};{plain_amount(invoice.remaining)}"
    return f"customer;invoice;{invoice.number};{name};{orgnr};;;2026-01-02;;NOK;{amounts}"


def _camt(lines: Sequence[Line], account: str) -> bytes:
    entries = tuple(
        Entry(
            line.plain,
            "CRDT" if line.amount > 0 else "DBIT",
            booked=str(line.date),
            valued=str(line.date),
            reference=f"C{line.place}",
            payments=(
                camt_payment(
                    debtor=(line.name, "") if line.amount > 0 else ("", ""),
                    creditor=(line.name, "") if line.amount < 0 else ("", ""),
                    texts=(line.text("camt"),),
                    kids=(line.kid,) if line.kid else (),
                ),
            ),
        )
        for line in lines
    )
    return Camt(entries, (f"<Othr><Id>{account}</Id></Othr>",), balances=()).data()


def _mt940(lines: Sequence[Line], account: str) -> bytes:
    rows = [f":20:STMT\r\n:25:{account}\r\n:28C:1/1\r\n:60F:C260101NOK0,00"]
    for line in lines:
        mark = "C" if line.amount > 0 else "D"
        kid = f" KID: {line.kid}" if line.kid else ""
        rows.append(f":61:{line.date:%y%m%d%m%d}{mark}{line.plain.replace('.', ',')}NTRFNONREF//M{line.place}")
        rows.append(f":86:{line.text('mt940')}{kid}")
    return ("\r\n".join([*rows, ":62F:C260131NOK0,00", "-"]) + "\r\n").encode()


def _csv(lines: Sequence[Line], account: str) -> bytes:
    rows = [NORDEA]
    for line in lines:
        accounts = f";{account}" if line.amount > 0 else f"{account};"
        amount = plain_amount(line.amount).replace(".", ",")
        rows.append(f"{line.date:%Y/%m/%d};{amount};{accounts};;{line.text('csv')};NOK;;{line.date:%Y/%m/%d}")
    return "\r\n".join(rows).encode()


def _ocr_payments(line: Line) -> tuple[OcrPayment, ...]:
    return tuple(
        OcrPayment(amount, _kid(line, number), day=f"{line.date:%d%m%y}", serial=f"{line.place:05}")
        for number, amount in enumerate(line.parts)
    )


def _sum_entry(line: Line) -> Entry:
    parts = tuple(paid(plain_amount(amount), _kid(line, number)) for number, amount in enumerate(line.parts))
    return Entry(line.plain, booked=str(line.date), valued=str(line.date), reference=f"S{line.place}", payments=parts)


def _kid(line: Line, number: int) -> str:
    return f"9{line.place:03}{number:02}"
