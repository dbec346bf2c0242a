"""A statement file and the bank's feed of the same accounts meet row by row, whichever comes first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from pathlib import Path

from kontali_desktop.adapters.files.finder import FolderFinder
from kontali_desktop.adapters.files.reader import FormatReader
from kontali_desktop.domain.bank import BookingStatus
from kontali_desktop.domain.check_digits import iban_of
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.services.import_files import ImportFiles
from kontali_desktop.services.import_models import ImportReport
from kontali_desktop.services.review_models import QueueItem
from tests.adapters.files.writers import Camt, Entry
from tests.services.bank_office import BankOffice

Likeness = tuple[str, object, int]


def booked(office: BankOffice) -> list[QueueItem]:
    return [i for i in office.lines() if i.transaction.reported.status is BookingStatus.BOOKED]


def likenesses(items: Sequence[QueueItem]) -> Counter[Likeness]:
    return Counter(
        (i.account.number, i.transaction.reported.booking_date, i.transaction.reported.amount) for i in items
    )


def seen(items: Sequence[QueueItem]) -> dict[int, tuple[str, ...]]:
    """What tells equal lines apart for a person."""
    return {i.id: (i.account.number, i.transaction.reported.text, i.transaction.reported.counterparty) for i in items}


def statement(number: str, items: Sequence[QueueItem]) -> str:
    """The account's lines as another system writes them: its own texts and references, and the oldest first."""
    entries = []
    for place, item in enumerate(sorted(items, key=lambda i: i.id)):
        line = item.transaction.reported
        direction = "CRDT" if line.amount >= 0 else "DBIT"
        day = str(line.booking_date)
        amount = plain_amount(abs(line.amount))
        text = escape(f"UTSKRIFT {place} {line.text[:12].upper()}")
        entries.append(Entry(amount, direction, booked=day, valued=day, reference=f"FIL{place}", additional=text))
    return Camt(tuple(entries), (f"<IBAN>{iban_of(number)}</IBAN>",)).text()


def write(folder: Path, items: Sequence[QueueItem]) -> Path:
    folder.mkdir()
    for number in {i.account.number for i in items}:
        (folder / f"{number}.xml").write_text(statement(number, [i for i in items if i.account.number == number]))
    return folder


def take(office: BankOffice, folder: Path) -> ImportReport:
    importing = ImportFiles(office.storage, FormatReader(), FolderFinder(), office.clock)
    return importing.run(office.client.orgnr, [folder])


async def test_a_file_after_the_feed_adds_nothing(bank_office: BankOffice, tmp_path: Path) -> None:
    connection = await bank_office.connect()
    await bank_office.sync(connection)
    before = booked(bank_office)
    assert max(likenesses(before).values()) > 1, "the demo bank has two equal payments on a day"
    report = take(bank_office, write(tmp_path / "files", before))
    assert sum(f.added for f in report.files) == 0
    assert sum(f.unchanged + f.updated for f in report.files) == len(before)
    assert seen(booked(bank_office)) == seen(before)


async def test_a_feed_after_the_file_adds_nothing_and_keeps_what_was_decided(
    bank_office: BankOffice, tmp_path: Path
) -> None:
    first = await bank_office.connect()
    await bank_office.sync(first)
    folder = write(tmp_path / "files", booked(bank_office))
    wanted = likenesses(booked(bank_office))
    take(bank_office, folder)
    told = Counter(seen(booked(bank_office)).values())
    with bank_office.another(tmp_path / "other") as office:
        report = take(office, folder)
        assert sum(f.added for f in report.files) == sum(wanted.values())
        connection = await office.connect()
        fetched = await office.sync(connection)
        assert fetched.error is None
        assert fetched.total.added == 0
        assert likenesses(booked(office)) == wanted
        assert Counter(seen(booked(office)).values()) == told, "the feed's words stand, whichever came first"

        office.bank.control("POST", "manners", {"id_salt": "after a new consent"})
        again = await office.sync(connection)
        assert (again.total.added, again.total.updated) == (0, 0)
        third = take(office, folder)
        assert sum(f.added + f.updated for f in third.files) == 0
        assert likenesses(booked(office)) == wanted
        await office.banks.close()
