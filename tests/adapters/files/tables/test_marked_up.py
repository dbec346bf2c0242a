"""Workbooks that are a web page or one XML file, whatever their name says."""

from __future__ import annotations

from datetime import date

import pytest

from kontali_desktop.adapters.files.reasons import Reason
from tests.adapters.files.conftest import Read, Refuse, Take

HEADINGS = ("Bokført dato", "Beskrivelse", "Beløp inn", "Beløp ut", "Valuta")
ROWS = (("03.09.2026", "Gebyr & <b>", "", "-1 234,50", "NOK"), ("03.09.2026", "Kjøp", "35,80", "", "NOK"))


def _html(*rows: tuple[str, ...], before: str = "", cell: str = "td") -> str:
    lines = "".join(
        "<tr>"
        + "".join(f"<{cell}>{text.replace('&', '&amp;').replace('<', '&lt;')}</{cell}>" for text in row)
        + "</tr>"
        for row in rows
    )
    return f"<html><head><title>x</title></head><body>{before}<table>{lines}</table></body></html>"


def _sheet(*rows: tuple[str, ...], kind: str = "String") -> str:
    lines = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="{kind}">{text}</Data></Cell>' for text in row) + "</Row>"
        for row in rows
    )
    namespace = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{namespace}" '
        f'xmlns:ss="{namespace}"><Worksheet ss:Name="A"><Table>{lines}</Table></Worksheet></Workbook>'
    )


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16"])
@pytest.mark.parametrize("before", ["", "<table><tr><td>Konto</td><td>1503.00.00029</td></tr></table>", "<!-- x -->"])
def test_a_web_page_with_a_banks_table(take: Take, encoding: str, before: str) -> None:
    content = take(_html(HEADINGS, *ROWS, before=before).encode(encoding))
    assert (content.format, content.refused) == ("bank-xlsx", ())
    lines = content.statements[0].transactions
    assert [(line.amount, line.text) for line in lines] == [(-123_450, "Gebyr & <b>"), (3580, "Kjøp")]


def test_cells_that_cover_several_columns_and_headings_in_bold(take: Take) -> None:
    page = _html(HEADINGS, cell="th").replace("</table>", "").replace("</body></html>", "")
    page += '<tr><td>03.09.2026<td colspan=2>Gebyr<td>-5,00<td>NOK<tr><td colspan="9x">Sum</table>'
    (line,) = take(page.encode()).statements[0].transactions
    assert (line.booking_date, line.text, line.amount) == (date(2026, 9, 3), "Gebyr", -500)


def test_a_web_page_whose_columns_nobody_explained(refuse: Refuse) -> None:
    page = _html(("Dato", "Hva", "Hvor mye"), ("03.09.2026", "A", "1,00"))
    assert refuse(page.encode()) is Reason.MAPPING_NEEDED


def test_a_web_page_without_a_table_of_ours_is_no_workbook(refuse: Refuse, read: Read) -> None:
    assert refuse(_html(("Hei", "Du"), ("a", "b")).encode()) is Reason.WEB_PAGE
    assert read(b"<p>Hei</p>") is None


def test_a_workbook_as_one_xml_file(take: Take, refuse: Refuse) -> None:
    content = take(_sheet(HEADINGS, ("03.09.2026", "Kjøp", "35,80", "", "NOK")).encode())
    assert content.format == "bank-xlsx"
    assert [line.amount for line in content.statements[0].transactions] == [3580]
    assert refuse(_sheet(("a", "b")).encode()) is Reason.SPREADSHEET_KIND


def test_numbers_days_and_places_of_a_workbook_as_xml(take: Take) -> None:
    row = (
        '<Row ss:Index="9"><Cell><Data ss:Type="DateTime">2026-09-03T00:00:00.000</Data></Cell>'
        '<Cell ss:Index="4"><Data ss:Type="Number">-35.799999999999997</Data></Cell></Row>'
        '<Row><Cell ss:Index="16384"><Data ss:Type="String"></Data></Cell></Row>'
    )
    content = take(_sheet(HEADINGS).replace("</Table>", f"{row}</Table>").encode())
    (line,) = content.statements[0].transactions
    assert (line.booking_date, line.amount) == (date(2026, 9, 3), -3580)


def test_a_workbook_as_xml_that_would_fill_the_memory(refuse: Refuse) -> None:
    wide = '<Row><Cell ss:Index="9999"><Data ss:Type="String">x</Data></Cell></Row>'
    assert refuse(_sheet(HEADINGS).replace("</Table>", f"{wide}</Table>").encode()) is Reason.OVERLOADED


def test_a_bomb_in_a_workbook_as_xml_is_refused(refuse: Refuse) -> None:
    bomb = _sheet(HEADINGS).replace('<?mso-application progid="Excel.Sheet"?>', '<!DOCTYPE x [<!ENTITY a "b">]>')
    assert refuse(bomb.encode()) is Reason.HAS_DOCTYPE


def test_cells_of_a_web_page_that_reach_into_the_rows_below(take: Take) -> None:
    page = _html(HEADINGS, cell="th").replace("</table>", "").replace("</body></html>", "")
    page += (
        '<tr><td rowspan="3">03.09.2026</td><td rowspan=2>Gebyr</td><td></td><td>-5,00</td><td rowspan=0>NOK</td>'
        "<tr><td></td><td>-6,00</td></tr><tr><td>Kjøp</td><td>7,00</td><td></td></tr>"
        "<tr><td>04.09.2026</td><td>Kjøp</td><td></td><td>-8,00</td></tr></table>"
    )
    content = take(page.encode())
    assert content.refused == ()
    lines = content.statements[0].transactions
    assert [(line.booking_date.day if line.booking_date else 0, line.amount) for line in lines] == [
        (3, -500), (3, -600), (3, 700), (4, -800),
    ]  # fmt: skip


def test_an_amount_beside_two_rows_is_paid_once(take: Take) -> None:
    page = _html(HEADINGS, cell="th").replace("</table></body></html>", "")
    page += (
        "<tr><td>03.09.2026</td><td>Gebyr</td><td></td><td rowspan=2>-5,00</td><td>NOK</td></tr>"
        "<tr><td></td><td>for september</td><td></td><td>NOK</td></tr></table>"
    )
    content = take(page.encode())
    assert ([line.amount for line in content.statements[0].transactions], content.refused) == ([-500], ())


def test_no_cell_reaches_out_of_the_head_of_a_table(take: Take) -> None:
    heads = "".join(f'<th rowspan="9">{heading}</th>' for heading in HEADINGS)
    row = "".join(f"<td>{text}</td>" for text in ROWS[1])
    page = f"<table><thead><tr>{heads}</tr></thead><tbody><tr>{row}</tr></tbody></table>"
    assert [line.amount for line in take(page.encode()).statements[0].transactions] == [3580]


def test_a_web_page_whose_cells_would_fill_the_memory(refuse: Refuse) -> None:
    wide = "<tr>" + "<td colspan=100 rowspan=9999>x" * 35_000
    assert refuse(f"<table>{wide}</table>".encode()) is Reason.OVERLOADED
    many = "<tr>" + "<td colspan=100 rowspan=9999>x" * 300 + "<tr><td>" * 200
    assert refuse(f"<table>{many}</table>".encode()) is Reason.OVERLOADED


def _cell(text: str, more: str = "") -> str:
    return f'<Cell {more}><Data ss:Type="String">{text}</Data></Cell>'


def test_cells_of_a_workbook_as_xml_that_cover_several_columns(take: Take) -> None:
    day = _cell("03.09.2026")
    across = 'ss:MergeAcross="1"'
    wide = f"<Row>{day}{_cell('Gebyr', across)}{_cell('-5,00')}{_cell('NOK')}</Row>"
    plain = f"<Row>{day}{_cell('Kjøp')}{_cell('7,00')}{_cell('')}{_cell('NOK')}</Row>"
    content = take(_sheet(HEADINGS).replace("</Table>", f"{wide}{plain}</Table>").encode())
    assert content.refused == ()
    assert [(line.text, line.amount) for line in content.statements[0].transactions] == [("Gebyr", -500), ("Kjøp", 700)]


@pytest.mark.parametrize("index", ["", 'ss:Index="2"'])
def test_cells_of_a_workbook_as_xml_that_reach_into_the_rows_below(take: Take, index: str) -> None:
    down = 'ss:MergeDown="1"'
    first = f"<Row>{_cell('03.09.2026', down)}{_cell('Kjøp')}{_cell('7,00')}</Row>"
    second = f"<Row>{_cell('Gebyr', index)}{_cell('')}{_cell('-5,00')}</Row>"
    third = f'<Row ss:Index="9">{_cell("04.09.2026")}{_cell("Gebyr")}{_cell("")}{_cell("-6,00")}</Row>'
    content = take(_sheet(HEADINGS).replace("</Table>", f"{first}{second}{third}</Table>").encode())
    assert content.refused == ()
    lines = content.statements[0].transactions
    assert [(str(line.booking_date), line.amount) for line in lines] == [
        ("2026-09-03", 700), ("2026-09-03", -500), ("2026-09-04", -600),
    ]  # fmt: skip
