"""Files of other kinds are told for what they are, and ours are found inside the envelopes they travel in."""

from __future__ import annotations

from pathlib import Path

import pytest

from kontali_desktop.adapters.files.reader import FormatReader
from kontali_desktop.adapters.files.reasons import Reason
from kontali_desktop.services.errors import FileNotUnderstood
from tests.adapters.files.camt_writer import camt054, paid
from tests.adapters.files.conftest import Refuse, Take
from tests.adapters.files.writers import CLIENT, Camt, Ehf, Entry

UBL = "urn:oasis:names:specification:ubl:schema:xsd"
ISO = "urn:iso:std:iso:20022:tech:xsd"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (f'<Order xmlns="{UBL}:Order-2"/>', "UBL Order"),
        (f'<x:DespatchAdvice xmlns:x="{UBL}:DespatchAdvice-2"/>', "UBL DespatchAdvice"),
        ('<Invoice xmlns="urn:sfti:documents:BasicInvoice:1:0"/>', "Svefaktura 1"),
        ('<Invoice xmlns="http://rep.oio.dk/ubl/xml/schemas/0p71/pie/"/>', "OIOXML"),
        ('<CrossIndustryInvoice xmlns="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:1"/>', "UN/CEFACT CII"),
        (f'<Document xmlns="{ISO}:pain.001.001.03"/>', "ISO 20022 pain.001"),
        (f'<?xml version="1.0"?><Document xmlns="{ISO}:camt.060.001.05"/>', "ISO 20022 camt.060"),
        ('<AuditFile xmlns="urn:OECD:StandardAuditFile-Tax:PT_1.04_01"/>', "SAF-T (PT)"),
        ('<AuditFile xmlns="urn:OECD:StandardAuditFile-Taxation/2.00"/>', "SAF-T (LU)"),
        ('<AuditFile xmlns="urn:StandardAuditFile-Taxation-Financial:DK"/>', "SAF-T (DK)"),
        ('<AuditFile xmlns="mfp:anaf:dgti:d406:declaratie:v1"/>', "SAF-T (RO)"),
        ('<JPK xmlns="http://jpk.mf.gov.pl/wzor/2016/03/09/03090/"/>', "SAF-T (PL)"),
        ('<auditfile xmlns="urn:StandardAuditFile-Taxation-CashRegister:NO"/>', "SAF-T Cash Register (NO)"),
        ("#FLAGGA 0\r\n#SIETYP 4\r\n", "SIE 4"),
        ("OFXHEADER:100\nDATA:OFXSGML\n", "OFX"),
        ("UNA:+.? 'UNB+UNOC:3+A+B'UNH+1+CREMUL:D:96A:UN'", "CREMUL"),
        ("GBAT10;1;260101;1;2026;1;1920\r\n", "GBAT10"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_is_told(tmp_path: Path, data: str, kind: str) -> None:
    path = tmp_path / "file.bin"
    path.write_text(data, encoding="utf-8")
    with pytest.raises(FileNotUnderstood) as caught:
        FormatReader().read(path, CLIENT)
    told = caught.value.parameters
    assert (told["why"], told["kind"]) == ("other_document", kind)


def _without_declaration(data: bytes) -> str:
    return data.decode().partition("?>")[2]


def test_an_invoice_in_the_envelope_of_peppol(take: Take) -> None:
    header = "<StandardBusinessDocumentHeader><HeaderVersion>1.0</HeaderVersion></StandardBusinessDocumentHeader>"
    namespace = "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"
    inside = _without_declaration(Ehf(number="4711").data())
    text = f'<StandardBusinessDocument xmlns="{namespace}">{header}{inside}</StandardBusinessDocument>'
    content = take(text.encode())
    assert (content.format, [document.number for document in content.documents]) == ("ehf", ["4711"])


def test_several_documents_in_one_envelope_are_refused_rather_than_read_in_part(refuse: Refuse) -> None:
    inside = "".join(_without_declaration(Ehf(number=number).data()) for number in ("4711", "4712", "4713"))
    credit = _without_declaration(Ehf(root="CreditNote", number="4714").data())
    assert refuse(f"<Batch>{inside}{credit}</Batch>".encode()) is Reason.SEVERAL_DOCUMENTS


def test_a_statement_with_its_business_header(take: Take) -> None:
    header = f'<AppHdr xmlns="{ISO}:head.001.001.02"><BizMsgIdr>1</BizMsgIdr></AppHdr>'
    content = take(f"<Envelope>{header}{_without_declaration(Camt().data())}</Envelope>".encode())
    assert (content.format, len(content.statements[0].transactions)) == ("camt.053", 1)
    notice = _without_declaration(camt054(Entry(payments=(paid("100.00"),))))
    assert len(take(f"<a:Env xmlns:a='urn:swift:xsd:envelope'>{header}{notice}</a:Env>".encode()).batches) == 1


@pytest.mark.parametrize("before", ["\n", "  \r\n\t"])
def test_a_line_before_the_declaration(take: Take, before: str) -> None:
    assert len(take(before.encode() + Camt().data()).statements) == 1
    assert len(take(before.encode() + Ehf().data()).documents) == 1
