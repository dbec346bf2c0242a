"""Files embedded in an EHF document."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontali_desktop.adapters.files.reader import FormatReader
from kontali_desktop.adapters.files.reasons import Reason
from kontali_desktop.domain.attachments import safe_name
from kontali_desktop.services.ports import Attachment
from tests.adapters.files.conftest import Take
from tests.adapters.files.writers import Camt, Ehf

PDF = "application/pdf"
CONTENT = b"%PDF-1.7 innhold"


def _embedded(name: str = "faktura.pdf", media_type: str = PDF, text: str = "", document_id: str = "Bilag 1") -> str:
    text = text or b64encode(CONTENT).decode()
    return (
        f"<cac:AdditionalDocumentReference><cbc:ID>{document_id}</cbc:ID><cac:Attachment>"
        f'<cbc:EmbeddedDocumentBinaryObject mimeCode="{media_type}" filename="{escape(name)}">{text}'
        "</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>"
    )


def _attachments(folder: Path, data: bytes) -> tuple[Attachment, ...]:
    path = folder / "document.xml"
    path.write_bytes(data)
    return FormatReader().attachments(path)


@pytest.mark.parametrize("root", ["Invoice", "CreditNote"])
def test_an_attachment_comes_out_as_it_went_in(take: Take, tmp_path: Path, root: str) -> None:
    data = Ehf(root=root, extra=_embedded()).data()
    content = take(data)
    assert content.has_attachments
    assert content.refused == ()
    assert _attachments(tmp_path, data) == (Attachment("faktura.pdf", PDF, CONTENT),)


def test_base64_may_be_broken_into_lines(take: Take, tmp_path: Path) -> None:
    text = b64encode(CONTENT).decode()
    data = Ehf(extra=_embedded(text=f"\n  {text[:8]}\r\n  {text[8:]}\n")).data()
    assert take(data).has_attachments
    assert _attachments(tmp_path, data)[0].content == CONTENT


def test_a_document_without_any(take: Take, tmp_path: Path) -> None:
    link = (
        "<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment><cac:ExternalReference>"
        "<cbc:URI>http://127.0.0.1:9/x.pdf</cbc:URI></cac:ExternalReference></cac:Attachment>"
        "</cac:AdditionalDocumentReference>"
    )
    data = Ehf(extra=link).data()
    assert not take(data).has_attachments
    assert _attachments(tmp_path, data) == ()


def test_other_formats_have_none(tmp_path: Path) -> None:
    assert _attachments(tmp_path, Camt().data()) == ()
    assert _attachments(tmp_path, b"hello") == ()


@pytest.mark.parametrize("text", ["QUJ", "Q?JD", "%%%%", "QUJD=QUJD", " "])
def test_broken_base64_is_a_remark_and_the_invoice_goes_in(take: Take, tmp_path: Path, text: str) -> None:
    data = Ehf(extra=_embedded(text=text) + _embedded("andre.pdf")).data()
    content = take(data)
    assert content.documents[0].number == "1001"
    assert [(row.why, row.facts["name"]) for row in content.refused] == [(Reason.ATTACHMENT_BROKEN, "faktura.pdf")]
    assert [attachment.name for attachment in _attachments(tmp_path, data)] == ["andre.pdf"]


@pytest.mark.parametrize("media_type", ["text/html", "application/x-msdownload", "image/svg+xml", ""])
def test_media_types_that_peppol_does_not_allow_are_named_as_not_kept(take: Take, media_type: str) -> None:
    content = take(Ehf(extra=_embedded("fil.exe", media_type)).data())
    assert not content.has_attachments
    assert content.documents
    (row,) = content.refused
    assert (row.why, row.facts["name"]) == (Reason.ATTACHMENT_NOT_KEPT, "fil.exe")


@pytest.mark.parametrize(
    ("media_type", "ending"),
    [
        ("application/pdf", "pdf"),
        ("image/png", "png"),
        ("image/jpeg", "jpg"),
        ("text/csv", "csv"),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
        ("application/vnd.oasis.opendocument.spreadsheet", "ods"),
        ("Text/CSV; charset=utf-8", "csv"),
    ],
)
def test_media_types_that_peppol_allows_are_kept(take: Take, tmp_path: Path, media_type: str, ending: str) -> None:
    data = Ehf(extra=_embedded(f"fil.{ending}", media_type)).data()
    assert take(data).has_attachments
    assert _attachments(tmp_path, data)[0].name == f"fil.{ending}"


@pytest.mark.parametrize(
    ("told", "safe"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\x\\faktura.PDF", "faktura.pdf"),
        ("faktura.exe", "faktura.exe.pdf"),
        ("fak\u202efdp.exe", "fakfdp.exe.pdf"),
        ("nul.pdf", "_nul.pdf"),
        ("con", "_con.pdf"),
        ('a<b>:"|?*.pdf', "ab.pdf"),
        (" .. ", "attachment.pdf"),
        ("/", "attachment.pdf"),
        (".pdf", "pdf.pdf"),
        ("Følgeseddel nr. 7.pdf", "Følgeseddel nr. 7.pdf"),
    ],
)
def test_names_are_made_safe(told: str, safe: str) -> None:
    assert safe_name(told, PDF) == safe


@given(st.text(max_size=300))
def test_whatever_is_told_becomes_a_name_in_the_folder(told: str) -> None:
    safe = safe_name(told, PDF)
    assert safe.casefold().endswith(".pdf")
    assert len(safe) <= 110
    assert not set(safe) & set('/\\<>:"|?*\x00\n')
    assert safe.strip(" ") == safe
    assert not safe.startswith(".")


def test_each_name_is_its_own(tmp_path: Path) -> None:
    data = Ehf(extra=_embedded("a.pdf") + _embedded("x/A.pdf") + _embedded("", document_id="a") * 2).data()
    names = [attachment.name for attachment in _attachments(tmp_path, data)]
    assert names == ["a.pdf", "A (2).pdf", "a (3).pdf", "a (4).pdf"]
