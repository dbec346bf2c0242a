"""Two invoices with one number are one document, and that is said: a doubt on the file, an event in the log."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kontali_desktop.domain.clients import Client
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.services.import_models import ImportReport
from kontali_desktop.services.ports import RefusedRow
from kontali_desktop.services.storage import Event
from tests.adapters.files.writers import Ehf
from tests.services.conftest import Office
from tests.services.test_import_files import open_items, row

INVOICE = Ehf(number="77")


def write(path: Path, client: Client, document: Ehf = INVOICE) -> Path:
    path.write_bytes(replace(document, supplier=("Klient AS", client.orgnr)).data())
    return path


def doubts(report: ImportReport) -> list[RefusedRow]:
    return [doubt for file in report.files for doubt in file.doubts]


def events(office: Office) -> list[Event]:
    with office.storage.reading() as work:
        return [event for event in work.events.load(None, 100) if event.code == "document.number_again"]


@pytest.mark.parametrize("is_together", [True, False], ids=["together", "later"])
def test_another_amount_under_the_same_number_is_an_update_that_is_said(
    office: Office, tmp_path: Path, *, is_together: bool
) -> None:
    client = office.client()
    told_of = [replace(INVOICE, payable=f"{n}.00", issued=f"2026-01-0{n}") for n in (1, 2)]
    files = [write(tmp_path / f"{n}.xml", client, document) for n, document in enumerate(told_of)]
    runs = [files] if is_together else [[file] for file in files]
    reports = [office.importing.run(None, run) for run in runs]
    found = [doubt for report in reports for doubt in doubts(report)]
    assert [doubt.why for doubt in found] == ["number_again"]
    (event,) = events(office)
    assert event.facts == found[0].facts
    facts = found[0].facts
    assert (facts["number"], facts["counterparty"]) == ("77", "Kunde AS")
    told = {
        (facts["amount"], facts["issued"], facts["currency"]),
        (facts["amount_before"], facts["issued_before"], facts["currency_before"]),
    }
    assert told == {("1.00", "2026-01-01", "NOK"), ("2.00", "2026-01-02", "NOK")}
    assert sum(file.added for report in reports for file in report.files) == 1
    assert sum(file.updated for report in reports for file in report.files) == 1
    assert plain_amount(office.open_amount("77")) == facts["amount"]


def test_another_issue_date_alone_is_said(office: Office, tmp_path: Path) -> None:
    client = office.client()
    office.importing.run(None, [write(tmp_path / "a.xml", client)])
    assert doubts(
        office.importing.run(None, [write(tmp_path / "b.xml", client, replace(INVOICE, issued="2026-01-03"))])
    )


def test_the_same_again_and_lists_and_other_counterparties_are_no_doubt(office: Office, tmp_path: Path) -> None:
    client = office.client()
    invoice = write(tmp_path / "a.xml", client)
    listed = open_items(tmp_path / "a.csv", row("77", "90.00", "90.00", "Kunde AS"))
    other = write(tmp_path / "b.xml", client, replace(INVOICE, payable="5.00", customer=("En annen AS", "310000048")))
    reports = [office.importing.run(None, [file]) for file in (listed, invoice, invoice, listed, other)]
    assert [doubts(report) for report in reports] == [[]] * len(reports)
    assert events(office) == []
