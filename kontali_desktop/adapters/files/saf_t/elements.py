"""Single values of SAF-T elements (Skatteetaten's schemas 1.10 to 1.30, which share one namespace)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from lxml import etree

from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.values import amount_of, bare_orgnr, orgnr_of
from kontali_desktop.domain.check_digits import ORGANISATION_NUMBER_LENGTH, account_number_of
from kontali_desktop.domain.money import NOK

NAMESPACE = "urn:StandardAuditFile-Taxation-Financial:NO"


def tag(name: str) -> str:
    """The name with the namespace of all versions."""
    return f"{{{NAMESPACE}}}{name}"


def text_in(element: etree._Element, *names: str) -> str:
    """The text at the end of the path of names, or nothing."""
    return (element.findtext(_path(names)) or "").strip()


@cache
def _path(names: tuple[str, ...]) -> str:
    return "/".join(tag(name) for name in names)


def needed_in(element: etree._Element, *names: str) -> str:
    """As `text_in`, but it must be there. Raises FileNotUnderstood."""
    found = text_in(element, *names)
    if not found:
        where = "/".join(names)
        raise not_understood(where, Reason.FIELD_MISSING, field=where)
    return found


def balance_in(element: etree._Element, name: str) -> int | None:
    """A balance in øre, debit positive, of `OpeningDebitBalance` and its kin; None where neither side is given."""
    total: int | None = None
    for side, sign in (("Debit", 1), ("Credit", -1)):
        field = f"{name}{side}Balance"
        text = text_in(element, field)
        if text:
            total = (total or 0) + sign * amount_of(text, NOK, field)
    return total


def orgnr_in(company: etree._Element) -> str:
    """The Norwegian number, by the register or by that of VAT (the same with MVA behind it); else nothing.

    A check digit that does not hold is let pass, but not a number that only fills the field (999999999), nor one of a
    company abroad.
    """
    if text_in(company, "Address", "Country") not in ("", "NO"):
        return ""
    registered = bare_orgnr(text_in(company, "RegistrationNumber"))
    is_number = len(registered) == ORGANISATION_NUMBER_LENGTH and registered.isascii() and registered.isdigit()
    if is_number and len(set(registered)) > 1:
        return registered
    return orgnr_of(text_in(company, "TaxRegistration", "TaxRegistrationNumber"))


def bank_accounts_in(company: etree._Element) -> Iterator[tuple[str, str]]:
    """Each bank account's number with the ledger account it is posted on, where that is told."""
    for account in company.iterchildren(tag("BankAccount")):
        number = text_in(account, "BankAccountNumber") or text_in(account, "IBANNumber")
        yield account_number_of(number), text_in(account, "GeneralLedgerAccountID")
