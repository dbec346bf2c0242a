"""The database on a real file: revisions, constraints, append-only logs, units of work."""

from __future__ import annotations

import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from kontali_desktop.adapters.storage.engine import check_integrity, create_database_engine
from kontali_desktop.adapters.storage.tables import Base
from kontali_desktop.adapters.storage.unit_of_work import SqlStorage
from kontali_desktop.adapters.storage.upgrade import (
    HEAD,
    back_up,
    current_revision,
    run_upgrade,
    upgrade_database,
)
from kontali_desktop.domain.clients import BankAccount
from kontali_desktop.domain.ids import AccountId
from kontali_desktop.services.errors import StorageDamaged, StorageTooNew, StorageUnwritable
from kontali_desktop.services.storage import Event
from tests.support import DAY, account_number, invoice, orgnr, payment

NOW = datetime(2026, 2, 13, 8, tzinfo=UTC)
TWO_ACTIVE_MATCHES = """
    INSERT INTO matches
    SELECT 1, id, 'documents', 'accepted', 'k', 0, 0, NULL, NULL, '[]', '', '' FROM bank_transactions
    UNION SELECT 2, id, 'documents', 'auto_accepted', 'k', 0, 0, NULL, NULL, '[]', '', '' FROM bank_transactions
"""
THE_SAME_LINE_AGAIN = """
    INSERT INTO bank_transactions
    SELECT 77, account_id, status, booking_date, value_date, amount_minor, currency, ordinal,
        '', '', '', '', '', '', '', '', NULL, 'x', '', received_at, NULL
    FROM bank_transactions
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kontali.sqlite"


@pytest.fixture
def storage(path: Path) -> Iterator[SqlStorage]:
    with SqlStorage(path, NOW) as storage:
        storage.prepare()
        yield storage


@pytest.fixture
def engine(path: Path) -> Iterator[Engine]:
    engine = create_database_engine(path)
    yield engine
    engine.dispose()


def fill(storage: SqlStorage) -> None:
    with storage.writing() as work:
        client = work.clients.add(orgnr(1), "Fjord Elektro AS", NOW)
        account = work.accounts.add(BankAccount(AccountId(0), client.id, account_number(1)))
        work.transactions.add_booked(account.id, [(payment(1250_00, "Faktura 10234"), 1)], "feed", NOW)
        work.documents.add(client.id, [invoice("10234", 1250_00)], "ehf", NOW)
        work.events.add(Event(NOW, "person", "client.added", {"client": "Fjord Elektro AS"}, client.id))
        work.commit()


def test_the_models_equal_the_newest_revision(storage: SqlStorage, engine: Engine, path: Path) -> None:
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    assert differences == []
    assert current_revision(path) == HEAD


def test_the_revision_goes_down_and_up_again(engine: Engine, path: Path) -> None:
    upgrade_database(engine, path, NOW)
    run_upgrade(engine, "base", is_down=True)
    with closing(sqlite3.connect(path)) as connection:
        left = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert left <= {"alembic_version", "sqlite_sequence"}
    upgrade_database(engine, path, NOW)
    assert current_revision(path) == HEAD


@pytest.mark.parametrize(
    ("settings", "mode"),
    [(None, "off"), ((1, 980000, 1, None, ""), "balanced"), ((1, 980000, 0, None, ""), "off")],
)
def test_clients_that_stood_before_keep_what_they_had(
    engine: Engine, path: Path, settings: tuple[object, ...] | None, mode: str
) -> None:
    """Automatic is the default of new clients only."""
    run_upgrade(engine, "0002")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO clients VALUES (1, ?, 'Fjord AS', '2026-02-13')", [orgnr(1)])
        if settings is not None:
            connection.execute(
                "INSERT INTO client_settings (client_id, threshold_ppm, is_automatic, cap_minor, watched_folder) "
                "VALUES (?, ?, ?, ?, ?)",
                settings,
            )
        connection.commit()
    run_upgrade(engine, "0003")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT mode FROM client_settings").fetchall() == [(mode,)]
    run_upgrade(engine, "0002", is_down=True)
    with closing(sqlite3.connect(path)) as connection:
        automatic = connection.execute("SELECT is_automatic FROM client_settings").fetchall()
    assert automatic == [(int(mode == "balanced"),)]


def test_exports_that_stood_before_files_were_kept_stand(engine: Engine, path: Path) -> None:
    run_upgrade(engine, "0003")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO clients VALUES (1, ?, 'Fjord AS', '2026-02-13')", [orgnr(1)])
        connection.execute(
            "INSERT INTO exports (id, client_id, at, actor, format, sha256, client_name, version) "
            "VALUES (1, 1, '2026-02-13', 'person', 'csv', '00', 'Fjord AS', '0.1')"
        )
        connection.commit()
    run_upgrade(engine, "0004")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT format, content FROM exports").fetchall() == [("csv", None)]
        with pytest.raises(sqlite3.IntegrityError, match="only ever added"):
            connection.execute("UPDATE exports SET format = 'saft'")
    run_upgrade(engine, "0003", is_down=True)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT format, version FROM exports").fetchall() == [("csv", "")]


def test_books_that_stood_before_are_open(engine: Engine, path: Path) -> None:
    run_upgrade(engine, "0004")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO clients VALUES (1, ?, 'Fjord AS', '2026-02-13')", [orgnr(1)])
        connection.execute("INSERT INTO client_settings VALUES (1, 980000, 500, '/inn', 'careful')")
        connection.commit()
    run_upgrade(engine, "0005")
    stood = (1, 980000, 500, "/inn", "careful")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT * FROM client_settings").fetchall() == [(*stood, None, None)]
        with pytest.raises(sqlite3.IntegrityError, match="closed_at_a_decision"):
            connection.execute("UPDATE client_settings SET closed_until = '2026-01-31'")
        connection.execute("UPDATE client_settings SET closed_until = '2026-01-31', closed_at_decision = 7")
        connection.commit()
    run_upgrade(engine, "0004", is_down=True)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT * FROM client_settings").fetchall() == [stood]


def test_a_newer_database_is_refused_and_left_alone(storage: SqlStorage, path: Path) -> None:
    storage.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(StorageTooNew):
        SqlStorage(path, NOW).prepare()
    assert current_revision(path) == "9999"


def test_a_file_that_is_no_database_is_said_to_be_damaged(path: Path) -> None:
    path.write_bytes(b"this is not a database, but a letter" * 200)
    with pytest.raises(StorageDamaged):
        SqlStorage(path, NOW).prepare()
    assert check_integrity(path) != "ok"


def test_a_directory_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageUnwritable):
        SqlStorage(tmp_path / "file" / "kontali.sqlite", NOW).prepare()


def test_the_file_is_for_its_owner_alone(storage: SqlStorage, path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_is_kept_without_commit(storage: SqlStorage) -> None:
    with storage.writing() as work:
        work.clients.add(orgnr(1), "Fjord Elektro AS", NOW)
    with storage.reading() as work:
        assert work.clients.load_all() == ()


@pytest.mark.parametrize("table", ["events", "decisions"])
@pytest.mark.parametrize("verb", ["UPDATE {0} SET actor = 'x'", "DELETE FROM {0}"])
def test_logs_are_only_ever_added_to(storage: SqlStorage, path: Path, table: str, verb: str) -> None:
    fill(storage)
    with closing(sqlite3.connect(path)) as connection:
        if table == "decisions":
            connection.execute(
                "INSERT INTO matches VALUES (1, 1, 'documents', 'accepted', 'k', 0, 0, NULL, NULL, '[]', '', '')"
            )
            connection.execute(
                "INSERT INTO decisions VALUES (1, '2026-02-13', 'person', 'accept', 1, NULL, 'b', NULL, '')"
            )
        with pytest.raises(sqlite3.IntegrityError, match="only ever added"):
            connection.execute(verb.format(table))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE documents SET matched_minor = amount_minor + 1",
        "UPDATE documents SET matched_minor = -1",
        "UPDATE documents SET side = 'neither'",
        "UPDATE bank_transactions SET booking_date = NULL",
        "UPDATE bank_accounts SET client_id = 99",
        TWO_ACTIVE_MATCHES,
        THE_SAME_LINE_AGAIN,
    ],
)
def test_the_database_itself_guards_the_rules(storage: SqlStorage, path: Path, statement: str) -> None:
    fill(storage)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys=ON")
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement)


def test_a_ledger_account_is_one_bank_account_of_the_client(storage: SqlStorage) -> None:
    fill(storage)
    with storage.writing() as work:
        client = work.clients.load_all()[0]
        second = BankAccount(AccountId(0), client.id, account_number(2), ledger_account="1920")
        with pytest.raises(IntegrityError):
            work.accounts.add(second)


def test_the_payload_of_a_line_is_kept_whatever_comes_after(storage: SqlStorage, path: Path) -> None:
    fill(storage)
    with storage.writing() as work:
        account = work.accounts.load_all()[0]
        old = work.transactions.load_booked(account.id, (DAY, DAY), (-(10**9), 10**9))[0]
        work.transactions.update(old.id, old.reported, '{"newer":1}', "feed", NOW, takes_over="feed")
        work.transactions.update(old.id, old.reported, "<Ntry/>", "camt.053", NOW, takes_over="")
        work.transactions.update(old.id, old.reported, "<Ntry/>", "camt.053", NOW, takes_over="")
        work.commit()
    with closing(sqlite3.connect(path)) as connection:
        kept = {row[0] for row in connection.execute("SELECT raw_payload FROM bank_transactions")}
        aside = [row[0] for row in connection.execute("SELECT raw_payload FROM transaction_sightings ORDER BY id")]
    assert kept == {'{"newer":1}'}
    assert aside == ['{"text":"Faktura 10234"}', "<Ntry/>"]


def test_two_writers_wait_for_each_other(storage: SqlStorage) -> None:
    fill(storage)
    errors: list[BaseException] = []

    def add_many(start: int) -> None:
        try:
            for number in range(start, start + 10):
                with storage.writing() as work:
                    work.clients.add(orgnr(number), f"Klient {number}", NOW)
                    work.commit()
        except BaseException as error:  # noqa: BLE001 - handed to the test
            errors.append(error)

    writers = [threading.Thread(target=add_many, args=(start,)) for start in (100, 200, 300)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert errors == []
    with storage.reading() as work:
        assert len(work.clients.load_all()) == 31


def test_a_failed_upgrade_leaves_nothing_half(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE matches (id INTEGER)")  # in the way of the revision
        connection.commit()
    with pytest.raises(StorageDamaged):
        SqlStorage(path, NOW).prepare()
    with closing(sqlite3.connect(path)) as connection:
        left = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert left == {"matches"}


def test_a_backup_is_whole_and_private(storage: SqlStorage, path: Path, tmp_path: Path) -> None:
    fill(storage)
    back_up(path, tmp_path / "backups" / "copy.sqlite")
    copy = tmp_path / "backups" / "copy.sqlite"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert check_integrity(copy) == "ok"
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM bank_transactions").fetchone() == (1,)
