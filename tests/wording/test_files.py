"""Every reason for not taking a file has words, filled by just the facts that stand beside it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from kontali_desktop import services
from kontali_desktop.adapters.files.reasons import FACTS, Reason
from kontali_desktop.services.import_models import IGNORED, IMPORTED, REFUSED, UNKNOWN_FORMAT, FileResult, ImportReport
from kontali_desktop.services.ports import RefusedRow
from kontali_desktop.wording.texts import UNKNOWN_FACT
from kontali_desktop.wording.wording import Wording

ROW = re.compile(r'RefusedRow\([^,]+, "([a-z_]+)"')


def _services_reasons() -> set[str]:
    texts = [path.read_text(encoding="utf-8") for path in Path(services.__path__[0]).glob("*.py")]
    return {why for text in texts for why in ROW.findall(text)} | {UNKNOWN_FORMAT}


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_is_worded_from_its_own_facts(reason: Reason, wording: Wording) -> None:
    text = wording.refusal("", str(reason), {name: f"<{name}>" for name in FACTS[reason]})
    assert text != wording.refusal("", "no_such_reason", {})
    assert UNKNOWN_FACT not in text
    assert "{" not in text


def test_the_services_own_reasons_are_worded(wording: Wording) -> None:
    found = _services_reasons()
    assert {"unknown_format", "unreadable", "account_of_another_client"} <= found
    general = wording.refusal("", "no_such_reason", {})
    assert [why for why in found if wording.refusal("", why, {"account": "1", "detail": "x"}) == general] == []


def test_the_place_stands_first(nb: Wording, en: Wording) -> None:
    facts = {"value": "31.02"}
    assert nb.refusal("line 12, due_date", "date_not_understood", facts) == (
        "Linje 12, due_date: «31.02» er ikke en dato."
    )
    assert en.refusal("line 12", "date_not_understood", facts) == "Line 12: “31.02” is not a date."
    assert nb.refusal("cbc:DueDate", "field_missing", {"field": "cbc:DueDate"}) == "cbc:DueDate: cbc:DueDate mangler."


def test_a_place_inside_a_sentence_is_in_the_language_too(nb: Wording, en: Wording) -> None:
    facts = {"number": "1001", "first": "line 3"}
    assert nb.refusal("line 7", "duplicate_in_file", facts) == "Linje 7: 1001 står to ganger i filen, også på linje 3."
    assert en.refusal("line 7", "duplicate_in_file", facts) == "Line 7: 1001 is in the file twice, also on line 3."


def test_what_is_of_the_whole_file_has_no_place_before_it(nb: Wording) -> None:
    for why in ("empty", "xml_truncated"):
        assert nb.refusal("line 40", why, {}).startswith("Filen er ")


def test_amounts_of_the_books_are_written_as_people_do(nb: Wording) -> None:
    facts = {"counterparty": "Part AS", "amount": "1500.00", "remaining": "1300.00"}
    said = nb.refusal("", "opening_partly", facts)
    assert "1\N{NO-BREAK SPACE}500,00" in said
    assert "1\N{NO-BREAK SPACE}300,00" in said


def test_files_and_imports(nb: Wording) -> None:
    path = Path("faktura.xml")
    row = RefusedRow("line 3", "wrong_number_of_cells", {"found": "3", "expected": "9"})
    new = FileResult(path, "ehf", IMPORTED, added=1)
    same = FileResult(path, "ehf", IMPORTED)
    partly = FileResult(path, "open-items-csv", IMPORTED, added=20, updated=1, unchanged=3, refused=(row,))
    refused = FileResult(path, "", REFUSED, refused=(RefusedRow("", "unknown_format", {}),))
    emptied = FileResult(path, "open-items-csv", REFUSED, refused=(row,))
    ignored = FileResult(path, "", IGNORED)
    assert nb.file_result(new) == "EHF: 1 ny"
    assert nb.file_result(same) == "EHF: ingenting nytt"
    assert nb.file_result(partly) == "Åpne poster (CSV): 20 nye, 1 endret, 3 uendret, 1 rad avvist"
    doubted = replace(new, doubts=(RefusedRow("", "not_closed", {}),))
    assert nb.file_result(doubted) == "EHF: 1 ny, 1 å se på"
    assert nb.import_preview(ImportReport((doubted,))) == "1 ny · 1 å se på"
    assert nb.import_result(ImportReport((doubted,))) == "1 fil lest inn · 1 ny · 1 å se på"
    assert nb.file_result(refused).startswith("Formatet er ikke kjent.")
    assert nb.file_result(ignored) == "Hoppet over: ukjent format"
    waits = RefusedRow("", "account_needed", {"count": "2", "currency": "NOK"})
    without_account = FileResult(path, "bank-csv", REFUSED, refused=(row, waits))
    assert nb.file_result(without_account).startswith("Filen sier ikke hvilken bankkonto den gjelder")
    report = ImportReport((new, partly, refused, ignored))
    assert nb.import_result(report) == "2 filer lest inn · 21 nye · 1 endret · 1 rad avvist · 1 fil avvist"
    assert nb.import_result(ImportReport((new, emptied))) == "1 fil lest inn · 1 ny · 1 fil avvist"
    assert nb.import_result(ImportReport((refused,))) == "Filen ble avvist. Ingenting er lagret."
