"""Lines of one account from several sources: each source's own payload is kept, once."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

from tests.services.conftest import Office
from tests.support import payment


def sightings(office: Office) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(office.storage.path)) as database:
        return database.execute("SELECT source, raw_payload FROM transaction_sightings ORDER BY id").fetchall()


def test_a_second_source_that_tells_nothing_new_is_kept_beside_once(office: Office) -> None:
    account = office.account(office.client())
    line = payment(100_00, "Faktura 1", "Kari Hansen")
    office.receive(account, line)
    for _ in range(2):
        office.receive(account, replace(line, raw="<Ntry/>"), source="camt.053")
    assert sightings(office) == [("camt.053", "<Ntry/>")]
    assert len(office.everything()) == 1


def test_the_same_source_again_leaves_nothing_beside(office: Office) -> None:
    account = office.account(office.client())
    for _ in range(2):
        office.receive(account, payment(100_00, "Faktura 1"))
    assert sightings(office) == []


def kept(office: Office) -> list[tuple[str, str, str]]:
    with closing(sqlite3.connect(office.storage.path)) as database:
        return database.execute("SELECT source, text, raw_payload FROM bank_transactions").fetchall()


def test_a_more_trusted_source_takes_the_line_over_and_the_former_payload_moves_aside(office: Office) -> None:
    account = office.account(office.client())
    told = payment(100_00, "FAKTURA", reference="1")
    office.receive(account, replace(told, raw="a;b"), source="bank-csv")
    office.receive(account, replace(told, text="Faktura 1", raw="<Ntry/>"), source="camt.053")
    assert kept(office) == [("camt.053", "Faktura 1", "<Ntry/>")]
    assert sightings(office) == [("bank-csv", "a;b")]
    office.receive(account, replace(told, raw="a;b"), source="bank-csv")
    assert kept(office) == [("camt.053", "Faktura 1", "<Ntry/>")]
    assert sightings(office) == [("bank-csv", "a;b")]


def test_a_source_that_says_the_same_takes_over_too(office: Office) -> None:
    account = office.account(office.client())
    for source in ("bank-csv", "feed", "camt.053"):
        office.receive(account, payment(100_00, "Faktura 1"), source=source)
    assert [source for source, *_ in kept(office)] == ["feed"]
