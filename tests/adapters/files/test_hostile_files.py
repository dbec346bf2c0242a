"""Broken and hostile files: a reason, never a crash, never a file or host reached, never all the memory."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kontali_desktop.adapters.files import safe_xml
from kontali_desktop.adapters.files.out.writer import VoucherWriter
from kontali_desktop.adapters.files.reader import LIMITS_MB, MEGABYTE, FormatReader
from kontali_desktop.adapters.files.reasons import Reason
from kontali_desktop.services.errors import FileNotUnderstood
from tests.adapters.files.conftest import Read, Refuse
from tests.adapters.files.out.made_vouchers import EVERYTHING
from tests.adapters.files.writers import CLIENT, HEADER, ROW, Camt, Ehf, Entry, csv_text

BOTH = pytest.mark.parametrize("text", [Ehf().text(), Camt().text()], ids=["ehf", "camt"])


def _with_doctype(text: str, subset: str) -> bytes:
    declaration, rest = text.split("?>", 1)
    return f"{declaration}?><!DOCTYPE x {subset}>{rest}".encode()


@BOTH
@pytest.mark.parametrize(
    "subset",
    [
        "",
        'SYSTEM "http://127.0.0.1:9/x.dtd"',
        '[<!ENTITY e SYSTEM "file:///etc/hostname">]',
        f'[<!ENTITY a "{"a" * 50}"><!ENTITY b "{"&a;" * 500}"><!ENTITY c "{"&b;" * 500}">]',
        f"[<!-- {'x' * 100_000} -->]",
    ],
    ids=["empty", "outside", "file", "bomb", "long"],
)
def test_any_doctype_is_refused(refuse: Refuse, text: str, subset: str) -> None:
    assert refuse(_with_doctype(text, subset)) is Reason.HAS_DOCTYPE


def test_a_report_during_the_day_is_told_for_what_it_is(refuse: Refuse) -> None:
    day = Camt().text().replace("camt.053.001", "camt.052.001").replace("BkToCstmrStmt", "BkToCstmrAcctRpt")
    assert refuse(day.encode()) is Reason.INTRADAY_REPORT


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
def test_our_own_vouchers_are_told_for_what_they_are(refuse: Refuse, format_: str) -> None:
    assert refuse(VoucherWriter().write(format_, EVERYTHING)) is Reason.OWN_VOUCHERS


@BOTH
def test_bytes_of_another_encoding(refuse: Refuse, text: str) -> None:
    assert refuse(text.replace("Klient", "Kliånt").encode("iso-8859-1")) is Reason.WRONG_ENCODING


@BOTH
def test_an_encoding_nobody_knows(refuse: Refuse, text: str) -> None:
    assert refuse(text.replace("UTF-8", "KLINGON").encode()) is Reason.WRONG_ENCODING


@BOTH
@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1"])
def test_an_encoding_that_is_told_is_read(read: Read, text: str, encoding: str) -> None:
    assert read(text.replace("UTF-8", encoding).replace("Klient", "Kliånt").encode(encoding)) is not None


@BOTH
@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.99])
def test_a_file_that_is_cut_off(refuse: Refuse, text: str, share: float) -> None:
    assert refuse(text.encode()[: int(len(text) * share)]) is Reason.XML_TRUNCATED


@BOTH
def test_tags_that_do_not_fit(refuse: Refuse, text: str) -> None:
    assert refuse(text.replace("</Invoice>", "</x>").replace("</Stmt>", "</x>").encode()) is Reason.XML_BROKEN


@BOTH
def test_elements_without_end_of_depth(refuse: Refuse, text: str) -> None:
    deep = "<a>" * 3000 + "</a>" * 3000
    data = text.replace("</Invoice>", f"{deep}</Invoice>").replace("</Stmt>", f"{deep}</Stmt>").encode()
    assert refuse(data) is Reason.OVERLOADED


@BOTH
def test_millions_of_elements_are_refused_before_they_fill_the_memory(refuse: Refuse, text: str) -> None:
    many = "<a/>" * 4_100_000
    data = text.replace("</Invoice>", f"{many}</Invoice>").replace("</Stmt>", f"{many}</Stmt>").encode()
    assert refuse(data) is Reason.OVERLOADED


def test_many_entries_are_not_mistaken_for_too_many_elements(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe_xml, "_MOST_NODES", 20_000)  # a tenth of what this file has
    content = read(Camt((Entry(),) * 5000).data())
    assert content is not None
    assert len(content.statements[0].transactions) == 5000


@pytest.mark.parametrize("text", [Ehf().text(), csv_text(ROW), Camt().text()], ids=["ehf", "csv", "camt"])
def test_a_file_above_its_limit_is_refused_unread(tmp_path: Path, text: str) -> None:
    path = tmp_path / "big"
    with path.open("wb") as file:
        file.write(text.encode())
        file.truncate(max(LIMITS_MB.values()) * MEGABYTE + 1)  # sparse: it takes no room on the disk
    with pytest.raises(FileNotUnderstood) as caught:
        FormatReader().read(path, CLIENT)
    assert caught.value.parameters["why"] == Reason.TOO_BIG
    assert caught.value.parameters["size_mb"] == max(LIMITS_MB.values()) + 1


@pytest.mark.parametrize(
    "data",
    [
        b"\0" * 100,
        b"%PDF-1.7 x",
        b"hello; world",
        b"<!DOCTYPE html><html><body>x</body></html>",
        b"<html>",
        b"<n1:AuditFile><n1:Header/></n1:AuditFile>",
        b'{"side": 1}',
    ],
)
def test_what_is_none_of_ours_is_not_known(read: Read, data: bytes) -> None:
    assert read(data) is None


@pytest.mark.parametrize("data", [b"", b" \r\n", b"\xff\xfe", b"\xef\xbb\xbf\n"])
def test_a_file_of_nothing_is_empty(refuse: Refuse, data: bytes) -> None:
    assert refuse(data) is Reason.EMPTY


def test_a_quote_that_is_never_closed_loses_no_row_before_it(read: Read) -> None:
    broken = ROW.replace("1001", "1002").replace("Kunde", '"Kunde')
    content = read(csv_text(ROW, broken, ROW).encode())
    assert content is not None
    assert len(content.documents) == 1
    assert [(row.where, row.why) for row in content.refused] == [("line 3", Reason.QUOTES_BROKEN)]


def test_an_invoice_of_another_language_of_xml(refuse: Refuse) -> None:
    assert refuse(b"<Invoice/>") is Reason.WRONG_NAMESPACE


@pytest.mark.parametrize("name", ["missing", "."])
def test_what_cannot_be_opened(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileNotUnderstood) as caught:
        FormatReader().read(tmp_path / name, CLIENT)
    assert caught.value.parameters["why"] == Reason.CANNOT_OPEN


def test_a_header_alone_is_an_empty_list(read: Read) -> None:
    content = read(HEADER.encode())
    assert content is not None
    assert (content.documents, content.refused) == ((), ())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FileNotUnderstood) as caught:
        FormatReader().read(tmp_path / "pipe", CLIENT)
    assert caught.value.parameters["why"] == Reason.CANNOT_OPEN
