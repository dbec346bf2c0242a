"""Excel files: each cell as what it shows, and files that lie about what they are or how large."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontali_desktop.adapters.files.reader import FormatReader
from kontali_desktop.adapters.files.reasons import Reason
from kontali_desktop.adapters.files.tables import xlsx_grid, zip_parts
from kontali_desktop.adapters.files.tables.workbook import workbook_grids
from kontali_desktop.services.errors import FileNotUnderstood
from tests.adapters.files.conftest import Read, Refuse
from tests.adapters.files.tables.workbooks import Formula, Value, Xlsx, xls

DNB = ["Dato", "Forklaring", "Rentedato", "Ut fra konto", "Inn på konto"]
TEXTS = st.text(st.characters(categories=["L", "N", "P"], include_characters=" "), max_size=12)
VALUES: st.SearchStrategy[Value] = st.one_of(
    TEXTS,
    st.none(),
    st.integers(-(10**14), 10**14),
    st.integers(-(10**12), 10**12).map(lambda minor: minor / 100),
    st.dates(date(1905, 1, 1), date(2099, 12, 31)),
)


def grids(data: bytes) -> list[list[list[str]]]:
    return [[list(row.cells) for row in grid.rows] for grid in workbook_grids(io.BytesIO(data))]


def shown(value: Value) -> str:
    """What a person sees in the cell, amounts without their trailing zeros."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return (
            f"{value:.2f}".rstrip("0").rstrip(".").replace("-0", "0")
            if value == 0
            else f"{value:.2f}".rstrip("0").rstrip(".")
        )
    return " ".join([str(value).strip()])


@pytest.mark.parametrize("is_old", [False, True])
@given(st.data())
def test_any_sheet_reads_back_the_same(is_old: bool, drawn: st.DataObject) -> None:  # noqa: FBT001 - a parameter of the case
    rows = drawn.draw(st.lists(st.lists(VALUES, min_size=1, max_size=5), min_size=1, max_size=8))
    if is_old:
        data = xls(rows)
    else:
        flags = drawn.draw(st.tuples(st.booleans(), st.booleans(), st.booleans()))
        data = Xlsx([rows], is_1904=flags[0], is_shared=flags[1], has_places=flags[2]).data()
    expected = [[shown(value) for value in row] for row in rows]
    found = [["", *row] for row in grids(data)[0]]
    wanted = [["", *row] for row in expected if any(row)]
    width = max((len(row) for row in (*found, *wanted)), default=0)
    assert [row + [""] * (width - len(row)) for row in found] == [row + [""] * (width - len(row)) for row in wanted]


def test_numbers_are_what_excel_shows() -> None:
    texts = [
        "35.799999999999997",
        "0.30000000000000004",
        "1E3",
        "-0.5",
        "15031234567",
        "123456789012345678",
        "1.125",
        "x",
    ]
    (rows,) = grids(Xlsx([[[Formula(text) for text in texts]]]).data())
    assert rows == [["35.8", "0.3", "1000", "-0.5", "15031234567", "1.2345678901234568e+17", "1.1250", "x"]]


def test_hidden_sheets_are_left_out() -> None:
    assert grids(Xlsx([[["a"]], [["b"]], [["c"]]], hidden=frozenset({1})).data()) == [[["a"]], [["c"]]]


def test_the_first_sheet_that_is_known_is_read(read: Read) -> None:
    other: list[list[Value]] = [["Innhold"], ["Transaksjoner"]]
    rows: list[list[Value]] = [
        [*DNB],
        [date(2026, 2, 3), "Gebyr", date(2026, 2, 4), 35.8, None],
        ["Sum", None, None, 35.8, 0],
    ]
    content = read(Xlsx([other, rows]).data())
    assert content is not None
    assert content.format == "bank-xlsx"
    ((line,),) = [statement.transactions for statement in content.statements]
    assert (line.booking_date, line.value_date, line.amount) == (date(2026, 2, 3), date(2026, 2, 4), -3580)


def test_an_old_workbook_is_read(read: Read) -> None:
    content = read(xls([[*DNB], [date(2026, 2, 3), "Gebyr", None, 35.8, None]]))
    assert content is not None
    assert content.format == "bank-xlsx"
    assert [line.amount for line in content.statements[0].transactions] == [-3580]


def test_refused_rows_of_a_workbook_are_saved_as_text(read: Read) -> None:
    rows: list[list[Value]] = [[*DNB], ["32.02.2026", "A;B", None, 35.8, None], [date(2026, 2, 3), "C", None, 1, None]]
    content = read(Xlsx([rows]).data())
    assert content is not None
    (refused,) = content.refused
    assert (refused.where, refused.why) == ("line 2, Dato", Reason.DATE_NOT_UNDERSTOOD)
    again = read((content.refused_head + refused.raw.replace("32.", "02.") + content.refused_tail).encode())
    assert again is not None
    assert again.format == "bank-csv"
    assert [(line.text, line.amount) for line in again.statements[0].transactions] == [("A;B", -3580)]


@pytest.mark.parametrize("place", ["XFD1048576", "ALM1"])
def test_a_cell_in_the_last_corner_does_not_fill_the_memory(refuse: Refuse, place: str) -> None:
    sheet = f'<worksheet xmlns="x"><sheetData><row><c r="{place}"><v>1</v></c></row></sheetData></worksheet>'
    assert refuse(Xlsx([[["a"]]], parts={"xl/worksheets/s0.xml": sheet.encode()}).data()) is Reason.OVERLOADED


def test_wide_rows_without_end_are_refused(refuse: Refuse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_grid, "MOST_CELLS", 9)
    assert refuse(Xlsx([[["a"] * 5, ["a"] * 5]]).data()) is Reason.OVERLOADED


def test_a_bomb_is_refused_whatever_size_it_claims(refuse: Refuse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_parts, "MOST_UNPACKED", 3_000_000)
    bomb = Xlsx([[["a"]]], parts={"xl/worksheets/s0.xml": b" " * 4_000_000}).data()
    assert len(bomb) < 20_000
    assert refuse(bomb) is Reason.OVERLOADED
    claims = bomb.replace(struct.pack("<I", 4_000_000), struct.pack("<I", 1_000))
    assert claims != bomb
    assert refuse(claims) is Reason.OVERLOADED


def test_a_doctype_inside_a_workbook_is_refused(refuse: Refuse) -> None:
    book = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><workbook>&e;</workbook>'
    assert refuse(Xlsx([[["a"]]], parts={"xl/workbook.xml": book}).data()) is Reason.HAS_DOCTYPE


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("data", [Xlsx([[DNB] * 40]).data(), xls([DNB] * 40)], ids=["xlsx", "xls"])
def test_a_workbook_that_is_cut_off(refuse: Refuse, data: bytes, share: float) -> None:
    assert refuse(data[: int(len(data) * share)]) is Reason.SPREADSHEET_BROKEN


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<html><body><table><tr><td>Dato</td></tr></table></body></html>", Reason.WEB_PAGE),
        (b'\xef\xbb\xbf<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body>', Reason.WEB_PAGE),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            Reason.SPREADSHEET_KIND,
        ),
        (xls([["a"]]).replace("Workbook".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le")[:16]), None),
    ],
)
def test_what_only_looks_like_excel(read: Read, refuse: Refuse, data: bytes, reason: Reason | None) -> None:
    if reason is None:
        assert read(data) is None
    else:
        assert refuse(data) is reason


def _zip(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return out.getvalue()


def test_other_spreadsheets_are_named_and_other_archives_are_not_known(read: Read, refuse: Refuse) -> None:
    assert refuse(_zip(xl__workbook_bin=b"x")) is Reason.SPREADSHEET_KIND
    assert refuse(_zip(mimetype=b"application/vnd.oasis.opendocument.spreadsheet")) is Reason.SPREADSHEET_KIND
    assert read(_zip(word__document_xml=b"<x/>")) is None


def test_a_part_that_is_locked(refuse: Refuse) -> None:
    data = bytearray(Xlsx([[["a"]]]).data())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + place] |= 1
    assert refuse(bytes(data)) is Reason.LOCKED


def test_a_workbook_with_a_password(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(
        xls([["a"]]).replace("Workbook".encode("utf-16-le"), "Workboxx".encode("utf-16-le"))
        + "EncryptedPackage".encode("utf-16-le")
    )
    with pytest.raises(FileNotUnderstood) as caught:
        FormatReader().read(path, "")
    assert caught.value.parameters["why"] == Reason.LOCKED


def test_text_that_is_called_excel_is_text(tmp_path: Path) -> None:
    path = tmp_path / "kontoutskrift.xlsx"
    path.write_text(";".join(DNB) + "\n03.02.2026;Gebyr;;35,80;\n")
    content = FormatReader().read(path, "")
    assert content is not None
    assert content.format == "bank-csv"


@pytest.mark.parametrize(
    "data",
    [
        Xlsx([[DNB, [date(2026, 2, 3), "x", None, 1.5, None]]]).data(),
        xls([DNB, [date(2026, 2, 3), "x", None, 1.5, None]]),
    ],
    ids=["xlsx", "xls"],
)
@given(st.data())
def test_bytes_changed_at_random_never_crash(data: bytes, drawn: st.DataObject) -> None:
    changed = bytearray(data)
    for _ in range(drawn.draw(st.integers(1, 6))):
        changed[drawn.draw(st.integers(0, len(data) - 1))] = drawn.draw(st.integers(0, 255))
    try:
        for grid in workbook_grids(io.BytesIO(bytes(changed))):
            assert all(row.cells for row in grid.rows)
    except FileNotUnderstood:
        return  # a reason is a good answer


@given(st.binary(max_size=200), st.integers(0, 3))
def test_any_bytes_inside_a_part_never_crash(noise: bytes, place: int) -> None:
    name = ["xl/worksheets/s0.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"][place]
    try:
        grids(Xlsx([[["a", 1]]], parts={name: noise + zlib.compress(noise)[:2]}).data())
    except FileNotUnderstood:
        return  # a reason is a good answer


def test_empty_cells_out_to_the_last_column_are_no_columns(read: Read) -> None:
    rows: list[list[Value]] = [[*DNB], [date(2026, 2, 3), "Gebyr", None, 35.8, None]]
    plain = Xlsx([rows]).data()
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        sheet = archive.read("xl/worksheets/s0.xml").replace(b"</row>", b'<c r="XFD1" s="1"/></row>')
    content = read(Xlsx([rows], parts={"xl/worksheets/s0.xml": sheet}).data())
    assert content is not None
    assert [line.amount for line in content.statements[0].transactions] == [-3580]
