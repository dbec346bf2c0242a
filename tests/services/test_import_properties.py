"""Whatever the order in which files and the bank's interface tell of a month, the books are the same."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kontali_desktop.adapters.storage.unit_of_work import SqlStorage
from kontali_desktop.domain.ids import ImportId
from tests.adapters.files.writers import Camt, Entry
from tests.services.conftest import Office
from tests.services.import_world import CUSTOMERS, Invoice, Line, World, books, take
from tests.support import SettableClock, account_number

NAMES = tuple(name for name, _ in CUSTOMERS)
SOURCES = ("feed", "camt.053", "mt940", "bank-csv")
DAYS = range(3)
# A real database for each order: too slow to shrink what fails, which is small already.
FEW = settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)


@st.composite
def invoices(draw: st.DrawFn) -> tuple[Invoice, ...]:
    made = []
    for number in range(draw(st.integers(0, 3))):
        amount = draw(st.sampled_from([100_00, 250_50, 1_00]))
        where = draw(st.sampled_from([(True, False), (False, True), (True, True)]))
        remaining = draw(st.sampled_from([amount, amount // 2, 0]))
        made.append(Invoice(str(1001 + number), draw(st.integers(0, 2)), amount, remaining, *where))
    return tuple(made)


@st.composite
def bank_lines(draw: st.DrawFn) -> tuple[Line, ...]:
    """Few days and amounts, so that several are alike; a sum's parts make its amount."""
    made = []
    for place in range(draw(st.integers(1, 6))):
        day, name = draw(st.sampled_from(DAYS)), draw(st.sampled_from(NAMES))
        if draw(st.booleans()):
            parts = draw(st.sampled_from([(60_00, 40_00), (100_00, 50_00, 1)]))
            made.append(Line(place, day, sum(parts), parts=parts))
        else:
            kid = draw(st.sampled_from(["", f"5{place:05}"]))
            made.append(Line(place, day, draw(st.sampled_from([100_00, -100_00, -49_00])), name, kid))
    return tuple(sorted(made, key=lambda line: line.day))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    names = draw(st.lists(st.sampled_from(SOURCES), min_size=1, unique=True))
    days = st.frozensets(st.sampled_from(DAYS), min_size=1)
    told = tuple((name, draw(days)) for name in names)
    batches = draw(st.frozensets(st.sampled_from(["ocr", "camt.054"])))
    return World(draw(invoices()), draw(bank_lines()), told, batches)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that is ready, to be copied: making one takes longer than an import."""
    path = tmp_path_factory.mktemp("empty") / "kontali.sqlite"
    with SqlStorage(path, SettableClock().now()) as storage:
        office = Office(storage, SettableClock())
        office.account(office.client())
    return path


@contextmanager
def copied(empty: Path) -> Iterator[tuple[Office, Path]]:
    with tempfile.TemporaryDirectory(prefix="kontali-") as name:
        path = Path(name, "kontali.sqlite")
        shutil.copyfile(empty, path)
        with SqlStorage(path, SettableClock().now()) as storage:
            yield Office(storage, SettableClock()), Path(name, "files")


@FEW
@given(worlds(), st.data())
def test_the_order_of_the_sources_changes_nothing_and_twice_adds_nothing(
    empty: Path, world: World, data: st.DataObject
) -> None:
    found = []
    for is_first in (True, False):
        with copied(empty) as (office, folder):
            client, account = office.clients.load_all()[0], office.accounts.load()[0]
            sources = world.sources(folder, client.orgnr, account)
            order = sources if is_first else data.draw(st.permutations(sources))
            for source in order:
                take(office, world, source, account)
            found.append(books(office))
            again = data.draw(st.permutations(sources))
            assert [take(office, world, source, account) for source in again] == [0] * len(again)
            assert books(office) == found[-1]
    assert found[0] == found[1]


def taken_in(office: Office, listed: tuple[Invoice, ...], folder: Path) -> ImportId | None:
    client, account = office.clients.load_all()[0], office.accounts.load()[0]
    sources = World(listed, (), (), frozenset()).sources(folder, client.orgnr, account)
    return office.importing.run(None, [source for source in sources if isinstance(source, Path)]).import_id


@FEW
@given(st.tuples(invoices(), invoices(), invoices()), st.data())
def test_documents_of_an_undone_import_are_as_if_it_had_never_been(
    empty: Path, told: tuple[tuple[Invoice, ...], ...], data: st.DataObject
) -> None:
    """Three imports tell of the same invoices, each as it likes; some are undone, in any order."""
    gone = data.draw(st.permutations(range(3)))[: data.draw(st.integers(1, 2))]
    with copied(empty) as (office, folder):
        folder.mkdir()
        ids = [taken_in(office, listed, folder / str(place)) for place, listed in enumerate(told)]
        for import_id in (ids[place] for place in gone):
            if import_id is not None:
                office.imports.undo(import_id)
        found = books(office)
    with copied(empty) as (office, folder):
        folder.mkdir()
        for place, listed in enumerate(told):
            if place not in gone:
                taken_in(office, listed, folder / str(place))
        assert found == books(office)


@FEW
@given(st.lists(st.integers(0, 4), min_size=2, max_size=4), st.data())
def test_the_new_account_with_the_most_lines_is_1920_whatever_the_order(
    tmp_path_factory: pytest.TempPathFactory, counts: list[int], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("accounts")
    files = [folder / f"{place}.xml" for place in range(len(counts))]
    for place, (file, count) in enumerate(zip(files, counts, strict=True), 1):
        entries = tuple(Entry(f"{number + 1}.00", reference=f"R{place}-{number}") for number in range(count))
        file.write_bytes(Camt(entries, (f"<Othr><Id>{account_number(place)}</Id></Othr>",)).data())
    order = data.draw(st.permutations(files))
    with SqlStorage(folder / "kontali.sqlite", SettableClock().now()) as storage:
        office = Office(storage, SettableClock())
        office.client()
        assert all(result.refused == () for result in office.importing.run(None, order).files)
        held = {account.number: account.ledger_account for account in office.accounts.load()}
    ranked = sorted(range(1, len(counts) + 1), key=lambda place: (-counts[place - 1], account_number(place)))
    assert held == {account_number(place): str(1920 + rank) for rank, place in enumerate(ranked)}
