"""What is measured on: pages of a bank's listing, invoices and a bank statement, the same at every run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

from kontali_desktop.demo_bank.world import numbers
from kontali_desktop.demo_bank.world.company import Company, make_company
from kontali_desktop.demo_bank.world.documents import Document, Kind, Line, Side
from kontali_desktop.demo_bank.world.ehf import write_folder
from kontali_desktop.demo_bank.world.parties import Parties, Party, make_parties

LAST_DAY = date(2026, 2, 12)
DAYS = 90
_PAID_BY_A_DOCUMENT = 5  # every fifth line of the statement pays one of the invoices
Json = dict[str, object]


def company() -> Company:
    return make_company(Random("benchmark/company"))


def _parties() -> Parties:
    return make_parties(Random("benchmark/parties"))


def listing_pages(count: int, page_size: int, address: str) -> list[bytes]:
    """A Berlin Group listing of so many booked lines, page by page, as a bank sends it."""
    rows = list(_rows(count))
    pages = [rows[start : start + page_size] for start in range(0, count, page_size)]
    rendered = []
    for place, page in enumerate(pages, 1):
        links = {"next": {"href": f"{address}?pageId={place}"}} if place < len(pages) else {}
        body = {"account": {"bban": company().daily.number}, "transactions": {"booked": page, "_links": links}}
        rendered.append(json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode())
    return rendered


def _rows(count: int) -> Iterator[Json]:
    """Incoming and outgoing in turn, with the fields that the demo bank sends too."""
    rng = Random("benchmark/rows")
    parties = _parties()
    balance = 50_000_000
    for place in range(count):
        day = (LAST_DAY - timedelta(days=DAYS - 1 - place * DAYS // count)).isoformat()
        is_in = place % 2 == 0
        party = rng.choice(parties.businesses if is_in else parties.suppliers)
        amount = rng.randrange(10_000, 5_000_000) * (1 if is_in else -1)
        balance += amount
        side = "debtor" if is_in else "creditor"
        reference = numbers.digits(rng, 15)
        row: Json = {
            "transactionId": reference,
            "entryReference": reference,
            "bookingDate": day,
            "valueDate": day,
            "transactionAmount": {"amount": _plain(amount), "currency": "NOK"},
            f"{side}Name": party.name,
            f"{side}Account": {"bban": party.account},
            "bankTransactionCode": "PMNT-RCDT-DMCT" if is_in else "PMNT-ICDT-DMCT",
            "proprietaryBankTransactionCode": "Overføring",
            "additionalInformation": f"Overføring {party.name}",
            "balanceAfterTransaction": {
                "balanceAmount": {"amount": _plain(balance), "currency": "NOK"},
                "balanceType": "interimBooked",
                "referenceDate": day,
            },
        }
        if place % 3 == 0:
            row["remittanceInformationStructured"] = {"reference": numbers.digits(rng, 15), "referenceType": "SCOR"}
        else:
            row["remittanceInformationUnstructured"] = f"Faktura {rng.randrange(10_000, 99_999)}"
        yield row


def write_books(folder: Path, documents: int, lines: int) -> None:
    """So many invoices as EHF, one a file, and one camt.053 with so many entries, every fifth paying an invoice."""
    made = list(_documents(documents))
    write_folder(made, company(), folder)
    (folder / "konto.camt053.xml").write_text(_statement(lines, made), encoding="utf-8")


def _documents(count: int) -> Iterator[Document]:
    rng = Random("benchmark/documents")
    parties = _parties()
    for place in range(count):
        is_ours = place % 5 != 0
        party = rng.choice(parties.businesses if is_ours else parties.suppliers)
        issued = LAST_DAY - timedelta(days=rng.randrange(20, DAYS))
        work = tuple(Line("Timer", rng.randrange(1, 9), rng.randrange(200, 2_000) * 100) for _ in range(2))
        yield Document(
            side=Side.CUSTOMER if is_ours else Side.SUPPLIER,
            kind=Kind.INVOICE,
            number=str(20_001 + place),
            party=party,
            issue_date=issued,
            due_date=issued + timedelta(days=14),
            lines=work,
            kid=numbers.digits(rng, 12) if place % 2 else "",
        )


def _statement(count: int, documents: list[Document]) -> str:
    rng = Random("benchmark/statement")
    strangers = _parties().persons
    daily = company().daily
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>'
        "<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-02-12T23:59:00</CreDtTm></GrpHdr>"
        f"<Stmt><Id>S1</Id><Acct><Id><Othr><Id>{daily.number}</Id></Othr></Id><Ccy>NOK</Ccy></Acct>\n"
    )
    entries = []
    for place in range(count):
        day = LAST_DAY - timedelta(days=DAYS - 1 - place * DAYS // count)
        paid = place // _PAID_BY_A_DOCUMENT
        if place % _PAID_BY_A_DOCUMENT == 0 and paid < len(documents):
            entries.append(_paying_entry(documents[paid], day, numbers.digits(rng, 15)))
        else:
            amount = rng.randrange(10_000, 2_000_000) * rng.choice((1, -1))
            text = f"Vipps {numbers.digits(rng, 8)}"
            entries.append(
                _entry(amount, day, rng.choice(strangers), kid="", text=text, reference=numbers.digits(rng, 15))
            )
    return head + "\n".join(entries) + "</Stmt></BkToCstmrStmt></Document>"


def _paying_entry(document: Document, day: date, reference: str) -> str:
    amount = document.amount if document.side is Side.CUSTOMER else -document.amount
    text = "" if document.kid else f"Faktura {document.number}"
    return _entry(amount, day, document.party, kid=document.kid, text=text, reference=reference)


def _entry(amount: int, day: date, party: Party, *, kid: str, text: str, reference: str) -> str:
    role = "Dbtr" if amount > 0 else "Cdtr"
    structured = f"<Strd><CdtrRefInf><Ref>{kid}</Ref></CdtrRefInf></Strd>" if kid else f"<Ustrd>{text}</Ustrd>"
    return (
        f'<Ntry><Amt Ccy="NOK">{_plain(abs(amount))}</Amt><CdtDbtInd>{"CRDT" if amount > 0 else "DBIT"}</CdtDbtInd>'
        f"<Sts>BOOK</Sts><BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt>"
        f"<AcctSvcrRef>{reference}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd>"
        "<SubFmlyCd>DMCT</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls><TxDtls>"
        f"<Refs><AcctSvcrRef>{reference}</AcctSvcrRef></Refs><RltdPties><{role}><Nm>{escape(party.name)}</Nm></{role}>"
        f"<{role}Acct><Id><Othr><Id>{party.account}</Id></Othr></Id></{role}Acct></RltdPties>"
        f"<RmtInf>{structured}</RmtInf></TxDtls></NtryDtls></Ntry>"
    )


def _plain(amount: int) -> str:
    return f"{'-' if amount < 0 else ''}{abs(amount) // 100}.{abs(amount) % 100:02d}"
