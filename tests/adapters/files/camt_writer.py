"""Payments with amounts and charges for entries of camt.053, and camt.054 messages, in the manner of each version."""

from __future__ import annotations

from tests.adapters.files.writers import ACCOUNT, Camt, Entry, payment


def paid(
    amount: str,
    kid: str = "",
    direction: str = "",
    currency: str = "NOK",
    charge: str = "",
    *,
    is_new: bool = False,
) -> str:
    """Version 02 has a payment's amount among its details, later ones as its own; `charge` is debited."""
    own = f'<Amt Ccy="{currency}">{amount}</Amt>'
    told = f"<CdtDbtInd>{direction}</CdtDbtInd>" if direction else ""
    amounts = own + told if is_new else f"<AmtDtls><TxAmt>{own}</TxAmt></AmtDtls>{told}"
    text = payment(debtor=("Kunde AS", "15030000017"), creditor=("Leverandør AS", ""), kids=(kid,) if kid else ())
    return text.replace("</Refs>", f"</Refs>{amounts}{charges(charge, is_new=is_new) if charge else ''}")


def charges(amount: str, currency: str = "NOK", direction: str = "DBIT", *, is_new: bool = False) -> str:
    charge = f'<Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd>'
    return f"<Chrgs><Rcrd>{charge}</Rcrd></Chrgs>" if is_new else f"<Chrgs>{charge}</Chrgs>"


def camt054(
    *entries: Entry, version: str = "02", accounts: tuple[str, ...] = (f"<IBAN>NO35{ACCOUNT}</IBAN>",)
) -> bytes:
    text = Camt(entries, accounts=accounts, version=version, balances=()).text()
    text = text.replace("camt.053", "camt.054").replace("BkToCstmrStmt", "BkToCstmrDbtCdtNtfctn")
    return text.replace("<Stmt>", "<Ntfctn>").replace("</Stmt>", "</Ntfctn>").encode()
