"""Small whole files of every format, written by us: what the damaged ones are made from."""

from __future__ import annotations

from base64 import b64encode
from datetime import date

from tests.adapters.files.camt_writer import camt054, charges, paid
from tests.adapters.files.ocr_writer import Ocr, OcrPayment, payments
from tests.adapters.files.saf_t_books import Holder, SafT, payment, purchase, remittance, sale
from tests.adapters.files.settlement_writers import (
    Moved,
    Moving,
    Paid,
    Row,
    klarna,
    sections,
    sold,
    stripe,
    sumup,
    table,
    vipps,
    vipps_report,
    vipps_transaction,
    zettle,
    zettle_rows,
)
from tests.adapters.files.tables.workbooks import Xlsx, xls
from tests.adapters.files.writers import HEADER, OTHER, ROW, Camt, Ehf, Entry, csv_text
from tests.adapters.files.writers import payment as camt_payment
from tests.benchmarks.fuzzing.structures import packed, unpacked

_EMBEDDED = (
    "<cac:AdditionalDocumentReference><cbc:ID>Bilag 1</cbc:ID><cac:Attachment>"
    '<cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf" filename="faktura.pdf">'
    f"{b64encode(b'%PDF-1.7 ' * 20).decode()}</cbc:EmbeddedDocumentBinaryObject></cac:Attachment>"
    "</cac:AdditionalDocumentReference>"
)
_REMINDED = (
    '<cac:ReminderLine><cbc:Note>Faktura 1001</cbc:Note><cbc:DebitLineAmount currencyID="NOK">1250.00'
    "</cbc:DebitLineAmount></cac:ReminderLine><cac:ReminderLine><cbc:Note>Purregebyr</cbc:Note>"
    '<cbc:DebitLineAmount currencyID="NOK">35.00</cbc:DebitLineAmount></cac:ReminderLine>'
)
_OWN = "15030000029"
_DNB = ("Dato;Forklaring;Rentedato;Ut fra konto;Inn på konto", "03.09.2026;Gebyr;04.09.2026;1.234,50;")
_BANK_TABLES = (
    (*_DNB, "03.09.2026;Kunde ÆØÅ;04.09.2026;;35,8", "04.09.2026;Kunde ÆØÅ;04.09.2026;;35,8"),
    (
        "Bokført dato;Rentedato;Forklarende tekst;Transaksjonstype;Ut;Inn;Arkivref.;Referanse",
        "03.09.2026;04.09.2026;Gebyr;Pris;-1234,50;;9;",
        "03.09.2026;04.09.2026;Kunde;;;35,80;8;",
    ),
    (
        "Dato;Beskrivelse;Rentedato;Inn;Ut;Til konto;Fra konto;",
        f'"03.09.2026";"Gebyr ""årlig""";"04.09.2026";;"-1234,50";"15031234562";"{_OWN}";',
        f"03.09.2026;Kunde;04.09.2026;35,80;;{_OWN};15031234562;",
    ),
    (
        "Bokføringsdato;Beløp;Avsender;Mottaker;Navn;Tittel;Valuta;Betalingstype;Rentedato;Saldo",
        "2026/09/03;-1234,50;1503.00.00029;15031234562;;Gebyr;NOK;;2026/09/04;5",
        f"2026/09/03;35,80;;{_OWN};;Kunde;NOK;;2026/09/04;5",
    ),
    (
        "Reskontrodato;Transaksjonsdato;Tekst;Beløp;Saldo;Rentedato",
        "2026-09-03;2026-09-01;Gebyr;-1 234,50;9 836,20;2026-09-04",
        "2026-09-03;2026-09-01;Kunde;35,80;9 872,00;2026-09-04",
    ),
    (
        "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance",
        "Transfer,Current,2026-09-02 10:00:00,2026-09-03 12:40:58,To A,-100.00,0.50,EUR,COMPLETED,899.50",
        'Topup,Current,2026-09-03 10:00:00,,"From ""B"", C",250.00,0.00,NOK,PENDING,350.00',
    ),
    ("Dato;Type;Beskrivelse;Beløp", "3. sep. 2026;;Gebyr;-1 234,50 kr", '04.09.2026;;="Kunde";35,80'),
    ("Dag,Hva,Sum,Etter", "09/03/2026,Kunde,35.80,1", "09/14/2026,Gebyr,-1.50,2"),
)
_OPEN_ITEMS = (
    "Kundenr;Kundenavn;Fakturanr;Fakturadato;Forfallsdato;Beløp;Restbeløp;KID",
    "10001;A AS;500;01.09.2026;15.09.2026;1.250,00;250,00;0012",
    "10001;A AS;501;02.09.2026;16.09.2026;-100,00;-100,00;",
    ";;;;Sum;1.150,00;150,00;",
)
_SHEET = (
    ("Dato", "Forklaring", "Rentedato", "Ut fra konto", "Inn på konto"),
    (date(2026, 9, 3), "Gebyr", date(2026, 9, 4), 1234.5, None),
    (date(2026, 9, 3), "Kunde", date(2026, 9, 4), None, 35.8),
)
_ZETTLE = (*sold("9071", 15_000, 413), *sold("9072", 50_000, 1_375), Moving("Udbetaling til bankkonto", -63_212))
_EXPLAINED = (
    ("Oppgjørsdato", "Oppgjørsnr", "Ordre-ID", "Brutto", "Gebyr", "Netto", "Oppgjørssum", "Valuta"),
    ("14.01.2026", "771", "A1", "500,00", "8,75", "491,25", "1.473,75", "NOK"),
    ("14.01.2026", "771", "A2", "1.000,00", "17,50", "982,50", "", "NOK"),
    ("Sum", "", "", "1.500,00", "26,25", "1.473,75", "", ""),
)
_EXPLAINED_MOVES = (
    ("Payout date", "Reference", "Type", "Net", "Balance"),
    ("2026-01-14", "", "Payout", "-491.25", "0.00"),
    ("2026-01-13", "A1", "Fee", "-8.75", "491.25"),
    ("2026-01-13", "A1", "Card payment", "500.00", "500.00"),
)
_ITEMS_SHEET = (HEADER.split(";"), ROW.split(";"), ROW.replace("1001", "1002").split(";"))


def seeds() -> dict[str, tuple[bytes, ...]]:
    """By the format's name in the table of results."""
    return {
        "ehf": _ehf(),
        "camt.053": _camt053(),
        "camt.054": _camt054(),
        "ocr": _ocr(),
        "mt940": _mt940(),
        "saf-t": _saf_t(),
        "settlement": _settlements(),
        "bank-csv": _bank_csv(),
        "open-items-csv": _open_items_csv(),
        "xlsx": _xlsx(),
        "xls": (xls(_SHEET), xls(_ITEMS_SHEET), *_marked_up()),
    }


def _marked_up() -> tuple[bytes, ...]:
    """What is called .xls, but is a web page, or one XML file."""
    rows = (("Dato", "Beskrivelse", "Beløp", "Saldo"), ("03.09.2026", "Gebyr", "-12,50", "1,00"))
    page = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in rows)
    data = "<Cell><Data ss:Type='String'>"
    cells = "".join("<Row>" + "".join(f"{data}{text}</Data></Cell>" for text in row) + "</Row>" for row in rows)
    namespace = "urn:schemas-microsoft-com:office:spreadsheet"
    book = f'<?xml version="1.0"?><Workbook xmlns="{namespace}" xmlns:ss="{namespace}"><Worksheet ss:Name="A"><Table>'
    return (
        f"<html><body><table>{page}</table></body></html>".encode(),
        f"{book}{cells}</Table></Worksheet></Workbook>".encode(),
    )


def _ehf() -> tuple[bytes, ...]:
    return (
        Ehf().data(),
        Ehf(root="CreditNote", number="K1").data(),
        Ehf(number="1002", supplier=("Leverandør Ærlig AS", OTHER), customer=("Klient AS", "310000005")).data(),
        Ehf(number="1003", extra=_EMBEDDED).data(),
        Ehf(root="Reminder", number="P1", payable="1285.00", extra=_REMINDED).data(),
        Ehf(currency="EUR", number="1004").data(),
        f"<Envelope>{Ehf(number='1005').text().partition('?>')[2]}</Envelope>".encode(),
    )


def _camt053() -> tuple[bytes, ...]:
    named = camt_payment(debtor=("Kunde Æ AS", "15030000017"), texts=("Faktura 1001",), kids=("12345678",))
    newer = camt_payment(debtor=("Kunde", "15030000017"), kids=("12345678",), is_new=True)
    parted = (paid("70.00", "1111"), paid("32.00", "2222", charge="2.00"))
    entries = (Entry(payments=(named,)), Entry("12.50", "DBIT", additional="Gebyr", reference="R2"))
    new = tuple(paid(amount, "1111", is_new=True) for amount in ("40.00", "60.00"))
    return (
        Camt(entries).data(),
        Camt((Entry(payments=(newer,), is_new=True), Entry(payments=new, is_new=True)), version="08").data(),
        Camt((Entry(payments=parted), *entries), between="\n").data(),
        Camt(entries, accounts=("<IBAN>NO3515030000009</IBAN>", "<Othr><Id>15030000017</Id></Othr>")).data(),
    )


def _camt054() -> tuple[bytes, ...]:
    parts = (paid("70.00", "1111"), paid("30.00", "2222"))
    new = tuple(paid(amount, "1111", is_new=True) for amount in ("40.00", "60.00"))
    charged = Entry("98.00", payments=(paid("70.00", "1111", charge=""), paid("28.00", "3333")))
    text = camt054(Entry(payments=parts), charged).decode().replace("</BkTxCd>", f"</BkTxCd>{charges('2.00')}", 1)
    return (
        camt054(Entry(payments=parts)),
        camt054(Entry(payments=new, is_new=True), version="08"),
        text.encode(),
    )


def _ocr() -> tuple[bytes, ...]:
    reversal = OcrPayment(kind="18", sign="-", text="Tilbakeført æøå")
    return (
        Ocr((payments(10_000, 20_000, 35), payments(1, 2))).data(),
        Ocr(((OcrPayment(kind="20", text="Melding"), OcrPayment(kid="")),)).data(),
        Ocr(((reversal, OcrPayment(amount=99_999_999)),)).data(),
    )


def _mt940() -> tuple[bytes, ...]:
    opening, closing = "C260901NOK1000,00", "C260930NOK900,00"
    lines = (
        ":61:2609030904C123,5NTRFABC123//9876\r\nEkstra\r\n:86:Faktura 10\r\nKID: 12345678",
        ":61:260905D1,NTRFNONREF\r\n:86:/NAME/Kunde AS/REMI/Faktura 11/CSID//",
        ":61:2601020102RC5,00NMSCNONREF\r\n:86:105?00GEBYR?20Pris?32Banken",
    )

    def message(*body: str, account: str = _OWN) -> str:
        head = f":20:STMT\r\n:25:{account}\r\n:28C:9/1\r\n:60F:{opening}\r\n"
        return head + "\r\n".join(body) + f"\r\n:62F:{closing}\r\n:64:{closing}\r\n-\r\n"

    wrapped = "{1:F01DNBANOKKXXXX0}{2:O940}{4:\r\n" + message(lines[0]) + "-}"
    return (
        message(*lines).encode(),
        (message(lines[0]) + message(lines[1], account="DNBANOKK/NO6215030000029")).encode(),
        wrapped.encode(),
        f"DNBANOKK\n940\n{message(':61:260903    D5,00NMSCNONREF', ':86:A', ':86:B')}".encode(),
    )


def _saf_t() -> tuple[bytes, ...]:
    entries = (
        sale("1", "2026-01-02", "10", 1000, "A", kid="12345678", due="2026-01-16"),
        payment("2", "2026-01-12", "10", 640, "A"),
        purchase("3", "2026-01-03", "20", 500, "B"),
        remittance("4", "2026-01-20", "20", 500, "B"),
        sale("5", "2026-01-05", "10", 77_00, "C", currency="EUR", own_amount="7.00"),
    )
    holders = (Holder("10", closing=360), Holder("20", "Leverandør AS", account="2400"))
    return tuple(SafT((entries,), holders, version).data() for version in ("1.10", "1.20", "1.30"))


def _settlements() -> tuple[bytes, ...]:
    refunded = Paid("1003", "-100,00", "0,00", "-100,00", "Refusjon", payout_sum="391,25")
    payout = "12.01.2026,2000001,15030000009,500.00,NOK,8.75,0.00,491.25,1"
    sold = "T1,2000001,1001,13.01.2026,500.00,NOK,8.75,0.00,491.25"
    totals = ("500.00", "-10.00", "-2.50", "0.00", "487.50", "K1", "2026-01-15T00:00:00Z", "NOK")
    sales = (("SALE", "o1", "s1", "1001", "", "2026-01-12T10:00:00Z", "500.00"), ("FEE", "o1", "s1", "", "", "", "-10"))
    return (
        vipps(Paid(payout_sum="391,25"), refunded),
        vipps(Paid(), separator=",", encoding="utf-16"),
        stripe(Moved(), Moved("-9.00", "0.00", "-9.00", category="fee", source="f"), Moved(payout="po_2")),
        sections([payout], [sold]),
        vipps_report("3.0", "Net", "97.75", vipps_transaction("1", "100.00", "2.25", "97.75")),
        klarna(totals, *sales),
        zettle(_ZETTLE),
        Xlsx((zettle_rows(_ZETTLE),)).data(),
        table(*_EXPLAINED),
        table(*_EXPLAINED_MOVES, separator=","),
        sumup(Row().sale, Row(), Row("TAAA2", payout_id="9002"), Row("TAAA3").sale),
    )


def _bank_csv() -> tuple[bytes, ...]:
    tables = ["\r\n".join(rows) for rows in _BANK_TABLES]
    return (*(text.encode("utf-8") for text in tables), tables[0].encode("iso-8859-1"), tables[2].encode("utf-16"))


def _open_items_csv() -> tuple[bytes, ...]:
    text = csv_text(ROW, ROW.replace("1001", "1002"), ROW.replace("customer;invoice;1001", "supplier;credit_note;77"))
    other = "\n".join(_OPEN_ITEMS)
    return text.encode(), other.encode(), other.encode("utf-8-sig"), other.replace(";", "\t").encode("utf-16")


def _xlsx() -> tuple[bytes, ...]:
    books = (
        Xlsx((_SHEET,)),
        Xlsx((_SHEET, _ITEMS_SHEET), is_1904=True, is_shared=False, hidden=frozenset({0})),
        Xlsx((_ITEMS_SHEET,), has_places=False),
        Xlsx(([line.split(";") for line in _OPEN_ITEMS],)),
    )
    return tuple(packed(unpacked(book.data())) for book in books)
