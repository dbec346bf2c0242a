"""What a person answers before an import is stored: accounts, columns, and whether to take it back."""

from __future__ import annotations

from pathlib import Path

from kontali_desktop.domain.tables import ColumnMapping, TableKind
from kontali_desktop.services.import_models import ImportChoices
from tests.services.conftest import Office
from tests.services.test_import_files import open_items, row
from tests.support import account_number

MAPPING = ColumnMapping(TableKind.BANK, (("booking_date", "Når"), ("text", "Hva"), ("amount", "Kr")))


def bank_rows(folder: Path) -> Path:
    """DNB's, which does not tell the account."""
    lines = ("Dato;Forklaring;Rentedato;Ut fra konto;Inn på konto", "05.02.2026;Faktura 77;05.02.2026;;812,50")
    (folder / "dnb.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder / "dnb.csv"


def unknown(folder: Path) -> Path:
    (folder / "ukjent.csv").write_text("Når;Hva;Kr\n05.02.2026;Faktura 77;812,50\n09.02.2026;Strøm;x\n", "utf-8")
    return folder / "ukjent.csv"


def test_a_number_makes_the_account_when_it_is_stored(office: Office, tmp_path: Path) -> None:
    office.client()
    file = bank_rows(tmp_path)
    prepared = office.importing.prepare(None, [file])
    assert office.importing.preview(prepared).files[0].needs == "account_needed"
    choices = ImportChoices(numbers={file: account_number(7)})
    assert office.importing.preview(prepared, choices).files[0].added == 1
    with office.storage.reading() as work:
        assert account_number(7) not in [a.number for a in work.accounts.load_all()]
    assert office.importing.store(prepared, choices).files[0].added == 1
    with office.storage.reading() as work:
        assert account_number(7) in [a.number for a in work.accounts.load_all()]


def test_a_mapping_is_tried_without_being_remembered(office: Office, tmp_path: Path) -> None:
    client = office.client()
    prepared = office.importing.prepare(None, [unknown(tmp_path)])
    (question,) = office.importing.questions(prepared)
    trial = office.importing.try_mapping(client, question, MAPPING)
    assert trial.content is not None
    assert [line.text for line in trial.content.statements[0].transactions] == ["Faktura 77"]
    assert [row_.where for row_ in trial.refused] == ["line 3, Kr"]
    none = office.importing.try_mapping(client, question, ColumnMapping(TableKind.BANK, ()))
    assert none.content is None
    assert [row_.why for row_ in none.refused] == ["columns_missing"]
    assert office.importing.explained(prepared) == ()
    assert len(office.importing.questions(office.importing.prepare(None, [question.path]))) == 1


def test_what_was_explained_can_be_explained_anew(office: Office, tmp_path: Path) -> None:
    client = office.client()
    (question,) = office.importing.questions(office.importing.prepare(None, [unknown(tmp_path)]))
    office.importing.explain(client.id, question.sample.key, MAPPING)
    prepared = office.importing.prepare(None, [unknown(tmp_path)])
    (again,) = office.importing.explained(prepared)
    assert (again.path, again.sample.guess) == (question.path, MAPPING)
    assert office.importing.questions(prepared) == ()


def test_what_an_undo_takes_away_is_foreseen(office: Office, tmp_path: Path) -> None:
    office.client()
    report = office.importing.run(None, [open_items(tmp_path / "a.csv", row("1", "100.00", "100.00"))])
    assert report.import_id is not None
    foreseen = office.imports.foresee_undo(report.import_id)
    assert (foreseen.lines, foreseen.documents, foreseen.matches) == (0, 1, 0)
    assert office.open_amount("1") == 100_00
    assert office.imports.undo(report.import_id) == foreseen
