"""Writes small files of each format, apart from the program, with made names and numbers of the synthetic series."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

CLIENT = "310000005"
OTHER = "210000007"
ACCOUNT = "15030000009"

_CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
_CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"


@dataclass(frozen=True)
class Ehf:
    """An EHF document; `means` is put in as it stands."""

    root: str = "Invoice"
    number: str = "1001"
    supplier: tuple[str, str] = ("Klient AS", CLIENT)
    customer: tuple[str, str] = ("Kunde AS", OTHER)
    payable: str = "1250.00"
    currency: str = "NOK"
    issued: str = "2026-01-02"
    due: str = "2026-01-16"
    kid: str = "12345678"
    account: str = "NO3515030000009"
    extra: str = ""

    def _party(self, role: str, party: tuple[str, str]) -> str:
        name, orgnr = party
        company = f'<cbc:CompanyID schemeID="0192">{orgnr}</cbc:CompanyID>' if orgnr else ""
        legal = f"<cbc:RegistrationName>{escape(name)}</cbc:RegistrationName>{company}"
        return (
            f"<cac:Accounting{role}Party><cac:Party><cac:PartyLegalEntity>{legal}</cac:PartyLegalEntity></cac:Party>"
            f"</cac:Accounting{role}Party>"
        )

    def text(self) -> str:
        due = f"<cbc:DueDate>{self.due}</cbc:DueDate>" if self.root == "Invoice" else ""
        means_due = "" if due else f"<cbc:PaymentDueDate>{self.due}</cbc:PaymentDueDate>"
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><{self.root} '
            f'xmlns="urn:oasis:names:specification:ubl:schema:xsd:{self.root}-2" xmlns:cac="{_CAC}" xmlns:cbc="{_CBC}">'
            f"<cbc:ID>{escape(self.number)}</cbc:ID><cbc:IssueDate>{self.issued}</cbc:IssueDate>{due}"
            f"<cbc:DocumentCurrencyCode>{self.currency}</cbc:DocumentCurrencyCode>{self.extra}"
            f"{self._party('Supplier', self.supplier)}{self._party('Customer', self.customer)}"
            f"<cac:PaymentMeans>{means_due}<cbc:PaymentID>{self.kid}</cbc:PaymentID><cac:PayeeFinancialAccount>"
            f"<cbc:ID>{self.account}</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans><cac:LegalMonetaryTotal>"
            f'<cbc:PayableAmount currencyID="{self.currency}">{self.payable}</cbc:PayableAmount>'
            f"</cac:LegalMonetaryTotal></{self.root}>"
        )

    def data(self) -> bytes:
        return self.text().encode()


@dataclass(frozen=True)
class Entry:
    """An entry of a statement, in the manner of version 02 or, with `is_new`, of version 08."""

    amount: str = "100.00"
    direction: str = "CRDT"
    currency: str = "NOK"
    status: str = "BOOK"
    booked: str = "2026-01-05"
    valued: str = "2026-01-06"
    reference: str = "R1"
    additional: str = ""
    is_reversal: bool = False
    is_new: bool = False
    payments: tuple[str, ...] = ()

    def text(self) -> str:
        status = f"<Cd>{self.status}</Cd>" if self.is_new else self.status
        reversal = "<RvslInd>true</RvslInd>" if self.is_reversal else ""
        booked = f"<BookgDt><Dt>{self.booked}</Dt></BookgDt>" if self.booked else ""
        details = f"<NtryDtls>{''.join(self.payments)}</NtryDtls>" if self.payments else ""
        return (
            f'<Ntry><Amt Ccy="{self.currency}">{self.amount}</Amt><CdtDbtInd>{self.direction}</CdtDbtInd>{reversal}'
            f"<Sts>{status}</Sts>{booked}<ValDt><DtTm>{self.valued}T23:30:00+01:00</DtTm></ValDt>"
            f"<AcctSvcrRef>{self.reference}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd>"
            f"<SubFmlyCd>DMCT</SubFmlyCd></Fmly></Domn></BkTxCd>{details}"
            f"<AddtlNtryInf>{escape(self.additional)}</AddtlNtryInf></Ntry>"
        )


def payment(
    debtor: tuple[str, str] = ("", ""),
    creditor: tuple[str, str] = ("", ""),
    texts: tuple[str, ...] = (),
    kids: tuple[str, ...] = (),
    end_to_end: str = "NOTPROVIDED",
    *,
    is_new: bool = False,
) -> str:
    """The details of one payment (`TxDtls`)."""

    def party(role: str, name: str, account: str) -> str:
        named = f"<Nm>{escape(name)}</Nm>"
        named = f"<Pty>{named}</Pty>" if is_new else named
        holder = f"<{role}>{named}</{role}>" if name else ""
        number = f"<{role}Acct><Id><Othr><Id>{account}</Id></Othr></Id></{role}Acct>" if account else ""
        return holder + number

    unstructured = "".join(f"<Ustrd>{escape(text)}</Ustrd>" for text in texts)
    structured = "".join(f"<Strd><CdtrRefInf><Ref>{kid}</Ref></CdtrRefInf></Strd>" for kid in kids)
    return (
        f"<TxDtls><Refs><EndToEndId>{end_to_end}</EndToEndId></Refs><RltdPties>{party('Dbtr', *debtor)}"
        f"{party('Cdtr', *creditor)}</RltdPties><RmtInf>{unstructured}{structured}</RmtInf></TxDtls>"
    )


@dataclass(frozen=True)
class Camt:
    """A message with a statement for each account, all with the same entries."""

    entries: tuple[Entry, ...] = (Entry(),)
    accounts: tuple[str, ...] = (f"<IBAN>NO35{ACCOUNT}</IBAN>",)
    version: str = "02"
    namespace: str = ""
    balances: tuple[tuple[str, str, str], ...] = (("OPBD", "250.00", "CRDT"), ("CLBD", "50.00", "DBIT"))
    between: str = field(default="")

    def text(self) -> str:
        namespace = self.namespace or f"urn:iso:std:iso:20022:tech:xsd:camt.053.001.{self.version}"
        balances = "".join(
            f'<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="NOK">{amount}</Amt>'
            f"<CdtDbtInd>{direction}</CdtDbtInd><Dt><Dt>2026-01-31</Dt></Dt></Bal>"
            for kind, amount, direction in self.balances
        )
        entries = self.between.join(entry.text() for entry in self.entries)
        statements = "".join(
            f"<Stmt><Id>S</Id><Acct><Id>{account}</Id><Ccy>NOK</Ccy><Ownr><Nm>Klient AS</Nm></Ownr></Acct>"
            f"{balances}{self.between}{entries}</Stmt>"
            for account in self.accounts
        )
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="{namespace}"><BkToCstmrStmt><GrpHdr>'
            f"<MsgId>M</MsgId></GrpHdr>{statements}</BkToCstmrStmt></Document>"
        )

    def data(self) -> bytes:
        return self.text().encode()


HEADER = (
    "side;kind;number;counterparty;counterparty_orgnr;counterparty_account;kid;issue_date;due_date;currency;amount;"
    "remaining"
)
ROW = "customer;invoice;1001;Kunde Æøå AS;210000007;1503.00.00009;1234 5678;2026-01-02;2026-01-16;NOK;1250,50;250.50"


def csv_text(*rows: str, header: str = HEADER) -> str:
    return "\r\n".join((header, *rows)) + "\r\n"
