"""What would come in is said before it does, and what the files leave open is asked."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from kontali_desktop.domain.clients import BankAccount, Client
from kontali_desktop.domain.ids import AccountId
from kontali_desktop.ui.import_files.account_row import OTHER
from kontali_desktop.ui.import_files.file_parts import file_table
from kontali_desktop.ui.import_files.flow import ImportFlow
from kontali_desktop.ui.import_files.mapping_sheet import MappingSheet
from kontali_desktop.ui.import_files.preview_sheet import PreviewSheet
from kontali_desktop.ui.import_files.result_model import PreviewModel
from kontali_desktop.ui.import_files.steps import Imported, Previewed
from kontali_desktop.ui.theme import Theme
from kontali_desktop.wording.texts import Language
from tests.support import account_number
from tests.ui.finding import Camera, cells, part, press, shown
from tests.ui.import_files.importing import Importing, bank_rows, good, open_items, partly, row, unknown_table
from tests.ui.import_files.sheets import taken_in
from tests.ui.program import wording
from tests.ui.waiting import until

AROUND_A_HEADING = 26  # pixels


def texts(parent: QWidget) -> list[str]:
    return [label.text() for label in parent.findChildren(QLabel)]


def lines(one: Importing, client: Client) -> dict[str, int]:
    """How many bank lines each account has."""
    with one.program.core.storage.reading() as work:
        stored = Counter(line.account_id for line in work.transactions.load_of_client(client.id))
        return {account.number: stored[account.id] for account in work.accounts.load_all(client.id)}


def choose(box: QComboBox, data: object) -> None:
    box.setCurrentIndex(box.findData(data))


async def settled(one: Importing) -> Previewed:
    await until(lambda: isinstance(one.presenter.step, Previewed) and one.presenter.step.is_current, one.steps[-3:])
    assert isinstance(one.presenter.step, Previewed)
    return one.presenter.step


async def test_the_preview_counts_and_stores_nothing(
    one: Importing, flow: ImportFlow, qtbot: QtBot, tmp_path: Path, take: Camera
) -> None:
    client = one.client()
    await one.take_in(good(tmp_path, "gammel.csv"))
    one.presenter.cancel()
    both = open_items(
        tmp_path / "liste.csv",
        row("10234", "Bryggen Arkitekter AS", "1250,00", "1250,00"),
        row("10300", "Sletta Mekaniske AS", "90,00", "90,00"),
    )
    one.presenter.import_paths([both, partly(tmp_path)])
    sheet = await shown(flow, PreviewSheet)
    take("import-preview")
    assert part(sheet, QLabel, "preview_summary").text() == "2 nye · 1 kjent · 2 rader avvist"
    table = part(sheet, QTableView, "import_files")
    assert [cells(table, place) for place in range(2)] == [
        ["delvis.csv", "Åpne poster (CSV)", "", "29.01.2026", "1", "1", "0", "0", "Leses inn, 2 rader avvises"],
        ["liste.csv", "Åpne poster (CSV)", "", "29.01.2026", "2", "1", "0", "1", "Leses inn"],
    ]
    assert any("Linje 3" in text for text in texts(part(sheet, QWidget, "preview_refused")))
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert one.presenter.step is None
    assert one.documents(client) == ["10234"]


async def test_a_whole_list_closes_what_is_not_on_it(
    one: Importing, flow: ImportFlow, qtbot: QtBot, tmp_path: Path
) -> None:
    one.client()
    unpaid = open_items(tmp_path / "ubetalt.csv", row("10299", "Sletta Mekaniske AS", "77,00", "77,00"))
    await one.take_in(good(tmp_path), unpaid)  # the first is matched at once, so it is not open any more
    one.presenter.cancel()
    later = open_items(tmp_path / "senere.csv", row("10300", "Sletta Mekaniske AS", "90,00", "90,00"))
    one.presenter.import_paths([later])
    sheet = await shown(flow, PreviewSheet)
    box = part(sheet, QCheckBox, "complete_box")
    assert box.isVisible()
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert (await settled(one)).choices.is_complete
    assert part(sheet, QLabel, "preview_summary").text() == "1 ny · 1 åpen post lukkes"
    qtbot.keyClick(box, Qt.Key.Key_Return)  # Enter imports from anywhere
    await one.reach(Imported)
    with one.program.core.storage.reading() as work:
        client = work.clients.load_all()[0]
        open_ = {d.reported.number: d.reported.remaining for d in work.documents.load_of_client(client.id)}
    assert open_ == {"10234": 0, "10299": 0, "10300": 90_00}


async def test_a_file_without_account_is_given_one(
    one: Importing, flow: ImportFlow, qtbot: QtBot, tmp_path: Path, take: Camera
) -> None:
    client = one.client()
    with one.program.core.storage.writing() as work:
        second = BankAccount(AccountId(0), client.id, account_number(2), name="Sparekonto", ledger_account="1921")
        second = work.accounts.add(second)
        work.commit()
    one.presenter.import_paths([bank_rows(tmp_path)])
    sheet = await shown(flow, PreviewSheet)
    take("import-preview-account")
    assert sheet.primary is not None
    assert not sheet.primary.isEnabled()
    assert cells(part(sheet, QTableView, "import_files"), 0)[-1] == "Trenger konto"
    choose(part(sheet, QComboBox, "account_dnb.csv"), second.id)
    await settled(one)
    assert sheet.primary.isEnabled()
    assert part(sheet, QLabel, "preview_summary").text() == "2 nye · 1 rad avvist"
    await taken_in(flow, qtbot)
    assert lines(one, client) == {account_number(1): 1, account_number(2): 2}


async def test_the_only_account_is_chosen_before_ones_eyes_and_can_be_changed(
    one: Importing, flow: ImportFlow, qtbot: QtBot, tmp_path: Path, take: Camera
) -> None:
    """Enter puts the lines there only after it has been said where, of which days, and how many."""
    client = one.client()
    one.presenter.import_paths([bank_rows(tmp_path)])
    sheet = await shown(flow, PreviewSheet)
    take("import-preview-only-account")
    box = part(sheet, QComboBox, "account_dnb.csv")
    assert box.hasFocus()
    assert account_number(1) in box.currentText()
    assert "dnb.csv sier ikke hvilken bankkonto den gjelder. Dette er klientens eneste:" in texts(sheet)
    table = part(sheet, QTableView, "import_files")
    assert cells(table, 0)[2:5] == [account_number(1), "05.02–09.02.2026", "2"]
    assert not table.isColumnHidden(2)
    choose(box, OTHER)
    qtbot.keyClicks(part(sheet, QLineEdit, "account_number_dnb.csv"), account_number(5))
    await settled(one)
    assert cells(table, 0)[2] == account_number(5)
    assert lines(one, client) == {account_number(1): 1}
    choose(box, box.itemData(0))
    await settled(one)
    assert cells(table, 0)[2] == account_number(1)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    await one.reach(Imported)
    assert lines(one, client) == {account_number(1): 3}


def broken_files(folder: Path, camt: Path) -> list[Path]:
    """One that is cut off, an empty one, one that is none of ours, and one that ends before it says what it is."""
    whole = camt.read_bytes()
    contents = {camt.name: whole[: len(whole) * 2 // 3], "tom.csv": b"", "hilsen.txt": b"Hei"}
    for name, content in {**contents, "halv.xml": b'<?xml version="1.0"?><Docu'}.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in (*contents, "halv.xml")]


async def test_what_a_refused_file_is_is_said_and_not_that_it_is_unknown(
    one: Importing, flow: ImportFlow, tmp_path: Path, camt: Path
) -> None:
    one.client()
    broken = broken_files(tmp_path, camt)
    one.presenter.import_paths([*broken, good(tmp_path)])
    sheet = await shown(flow, PreviewSheet)
    table = part(sheet, QTableView, "import_files")
    assert {cells(table, place)[0]: cells(table, place)[1] for place in range(4)} == {
        camt.name: "Kontoutskrift (camt.053)",
        "tom.csv": "Tom fil",
        "hilsen.txt": "Ukjent format",
        "halv.xml": "–",
    }
    told = " ".join(texts(part(sheet, QWidget, "preview_refused")))
    assert "tom.csv: Filen er tom. Ingenting er lest inn." in told
    assert "kontoutskrift.xml: Filen er kuttet" in told
    one.presenter.cancel()


async def test_the_first_account_is_made_of_a_number_that_holds(
    one: Importing, flow: ImportFlow, qtbot: QtBot, tmp_path: Path, take: Camera
) -> None:
    client = one.bare_client()
    one.presenter.import_paths([bank_rows(tmp_path)])
    sheet = await shown(flow, PreviewSheet)
    field = part(sheet, QLineEdit, "account_number_dnb.csv")
    wrong = account_number(3)[:-1] + str((int(account_number(3)[-1]) + 1) % 10)
    qtbot.keyClicks(field, wrong)
    assert "tastefeil" in field.accessibleDescription()
    problem = next(label for label in sheet.findChildren(QLabel) if "tastefeil" in label.text())
    await until(lambda: problem.geometry().top() > field.geometry().bottom())
    take("import-preview-number")
    field.selectAll()
    qtbot.keyClicks(field, account_number(3))
    await settled(one)
    assert field.accessibleDescription() == ""
    assert lines(one, client) == {}  # not before the person says so
    await taken_in(flow, qtbot)
    assert lines(one, client) == {account_number(3): 2}


async def test_another_owner_is_said_before(
    one: Importing, flow: ImportFlow, tmp_path: Path, take: Camera, camt: Path
) -> None:
    one.bare_client()
    one.presenter.import_paths([camt])
    sheet = await shown(flow, PreviewSheet)
    take("import-preview-doubt")
    assert any("Helt Andre AS" in text for text in texts(part(sheet, QWidget, "preview_doubts")))
    assert sheet.primary is not None
    assert sheet.primary.isEnabled()


@pytest.fixture
def camt(tmp_path: Path) -> Path:
    """A statement of an account that names another owner than the client, by name alone."""
    entry = (
        '<Ntry><Amt Ccy="NOK">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>'
        "<BookgDt><Dt>2026-02-05</Dt></BookgDt><AcctSvcrRef>1</AcctSvcrRef></Ntry>"
    )
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">'
        "<BkToCstmrStmt><GrpHdr><MsgId>1</MsgId><CreDtTm>2026-02-06T08:00:00</CreDtTm></GrpHdr><Stmt><Id>1</Id>"
        f"<Acct><Id><Othr><Id>{account_number(4)}</Id></Othr></Id><Ccy>NOK</Ccy><Ownr><Nm>Helt Andre AS</Nm></Ownr>"
        f"</Acct>{entry}</Stmt></BkToCstmrStmt></Document>"
    )
    (tmp_path / "kontoutskrift.xml").write_text(body, "utf-8")
    return tmp_path / "kontoutskrift.xml"


async def test_columns_are_explained_once(
    one: Importing, flow: ImportFlow, qtbot: QtBot, tmp_path: Path, take: Camera
) -> None:
    client = one.client()
    one.presenter.import_paths([unknown_table(tmp_path)])
    sheet = await shown(flow, MappingSheet)
    assert sheet.primary is not None
    assert not sheet.primary.isEnabled()
    for column, field in enumerate(("booking_date", "text", "counterparty", "amount")):
        choose(part(sheet, QComboBox, f"meaning_{column}"), field)
    told = part(sheet, QLabel, "mapping_preview")
    await until(lambda: "05.02.2026 · Bjørk Design AS · Faktura 77 · 812,50" in told.text(), told.text())
    assert part(sheet, QLabel, "mapping_rows").text() == "2 rader leses"
    take("import-columns")
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    await taken_in(flow, qtbot)
    assert lines(one, client) == {account_number(1): 3}
    one.presenter.cancel()
    one.presenter.import_paths([unknown_table(tmp_path, "igjen.csv")])
    again = await shown(flow, PreviewSheet)
    assert part(again, QLabel, "preview_summary").text() == "0 nye · 2 kjente"
    press(again, qtbot, "columns_igjen.csv")
    anew = await shown(flow, MappingSheet)
    assert [part(anew, QComboBox, f"meaning_{column}").currentData() for column in range(4)] == [
        "booking_date", "text", "counterparty", "amount",
    ]  # fmt: skip
    qtbot.keyClick(anew, Qt.Key.Key_Escape)
    await shown(flow, PreviewSheet)


async def test_open_items_need_their_own_columns_and_a_side(
    one: Importing, flow: ImportFlow, qtbot: QtBot, tmp_path: Path, take: Camera
) -> None:
    client = one.client()
    one.presenter.import_paths([unknown_table(tmp_path)])
    sheet = await shown(flow, MappingSheet)
    choose(part(sheet, QComboBox, "mapping_kind"), "open_items")
    told = part(sheet, QLabel, "mapping_preview")
    for column, field in enumerate(("issue_date", "number", "counterparty", "amount")):
        choose(part(sheet, QComboBox, f"meaning_{column}"), field)
    assert told.text() == "Mangler: kunder eller leverandører under «Radene gjelder»."
    choose(part(sheet, QComboBox, "mapping_side"), "customer")
    await until(lambda: "Kunde, faktura Faktura 77 · Bjørk Design AS · 812,50" in told.text(), told.text())
    take("import-columns-items")
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    await taken_in(flow, qtbot)
    assert one.documents(client) == ["Faktura 77", "Strøm"]


async def test_a_table_can_be_left_out(one: Importing, flow: ImportFlow, qtbot: QtBot, tmp_path: Path) -> None:
    client = one.client()
    one.presenter.import_paths([unknown_table(tmp_path), good(tmp_path)])
    sheet = await shown(flow, MappingSheet)
    press(sheet, qtbot, "skip_button")
    preview = await shown(flow, PreviewSheet)
    assert cells(part(preview, QTableView, "import_files"), 0)[-1] == "Trenger kolonner"
    await taken_in(flow, qtbot)
    assert one.documents(client) == ["10234"]
    assert lines(one, client) == {account_number(1): 1}


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_headings_are_whole(language: Language, theme: Theme, qtbot: QtBot) -> None:
    words = wording(language)
    table = file_table(theme, words, PreviewModel([], words))
    qtbot.addWidget(table)
    letters = table.horizontalHeader().fontMetrics()
    needed = [letters.horizontalAdvance(words.text(key).upper()) + AROUND_A_HEADING for key, _ in PreviewModel.COLUMNS]
    assert [n for n, width in enumerate(needed) if width > table.columnWidth(n)] == []
