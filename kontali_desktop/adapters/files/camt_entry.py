"""An entry (`Ntry`) of a camt message as one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lxml import etree

from kontali_desktop.adapters.files.camt_values import (
    amount_in,
    child_in,
    children_in,
    code_in,
    day_in,
    flag_in,
    text_in,
)
from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.domain.bank import BookingStatus, ReportedTransaction
from kontali_desktop.domain.check_digits import account_number_of

_STATUSES = {"BOOK": BookingStatus.BOOKED, "PDNG": BookingStatus.PENDING}
_NO_REFERENCE = "NOTPROVIDED"  # ISO 20022's word for an end-to-end id that the payer left out
_LONGEST_TEXT = 4000  # a sum of thousands of payments: all of them stay in `raw`
_DOMAIN_CODES = (("Domn", "Cd"), ("Domn", "Fmly", "Cd"), ("Domn", "Fmly", "SubFmlyCd"))
_BETWEEN_PARTS = "; "


@dataclass(frozen=True, slots=True)
class _Part:
    """One payment inside an entry (`TxDtls`)."""

    counterparty: str = ""
    account: str = ""
    kids: tuple[str, ...] = ()
    text: str = ""
    end_to_end_id: str = ""
    bank_reference: str = ""
    transaction_id: str = ""

    @property
    def line(self) -> str:
        return " ".join(_distinct((self.counterparty, *self.kids, self.text)))


class EntryReader:
    """Reads entries one by one; equal texts of a file are kept once, for a large file repeats itself."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def transaction(self, entry: etree._Element, own_account: str, currency: str, owner: str) -> ReportedTransaction:
        """The entry, signed and in the account's currency. Raises FileNotUnderstood, `where` being an element of it.

        Where it holds several payments, a field has a value only if all agree on it, and the text names them all.
        """
        status = _status(entry)
        amount, own_currency = amount_in(entry, currency)
        booking_date, value_date = _days(entry, status)
        own = _Own(own_account, _folded(owner))
        # On a reversal the parties keep the parts they had in the payment that is turned back.
        is_from_debtor = (amount >= 0) != flag_in(entry, "RvslInd")
        details = children_in(entry, "NtryDtls", "TxDtls")
        parts = [_part(payment, own, is_from_debtor) for payment in details] or [_Part()]
        kids = {part.kids for part in parts}
        kid = parts[0].kids[0] if len(kids) == 1 and len(parts[0].kids) == 1 else ""
        return ReportedTransaction(
            status=status,
            booking_date=booking_date,
            value_date=value_date,
            amount=amount,
            currency=self._same(own_currency),
            counterparty=self._same(_agreed([part.counterparty for part in parts])),
            counterparty_account=self._same(_agreed([part.account for part in parts])),
            kid=kid,
            text=self._same(_text(entry, parts)),
            entry_reference=text_in(entry, "AcctSvcrRef") or _agreed([part.bank_reference for part in parts]),
            bank_transaction_id=_agreed([part.transaction_id for part in parts]),
            end_to_end_id=_agreed([part.end_to_end_id for part in parts]),
            bank_transaction_code=self._same(_transaction_code(entry)),
            raw=_raw(entry),
        )

    def _same(self, text: str) -> str:
        return self._texts.setdefault(text, text)


@dataclass(frozen=True, slots=True)
class _Own:
    account: str
    name: str

    def has_account(self, account: str) -> bool:
        return bool(account) and account == self.account

    def has_name(self, name: str) -> bool:
        return bool(name) and _folded(name) == self.name


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _status(entry: etree._Element) -> BookingStatus:
    code = code_in(entry, "Sts")
    if not code:
        raise not_understood("Sts", Reason.FIELD_MISSING, field="Sts")
    status = _STATUSES.get(code)
    if status is None:
        raise not_understood("Sts", Reason.STATUS_NOT_TAKEN, status=code)
    return status


def _days(entry: etree._Element, status: BookingStatus) -> tuple[date | None, date | None]:
    """Booking and value date; a booked entry may leave the former out, and then the latter stands for it."""
    booking_date, value_date = day_in(entry, "BookgDt"), day_in(entry, "ValDt")
    if status is BookingStatus.BOOKED:
        booking_date = booking_date or value_date
        if booking_date is None:
            raise not_understood("BookgDt", Reason.FIELD_MISSING, field="BookgDt")
    return booking_date, value_date


def _part(details: etree._Element, own: _Own, is_from_debtor: bool) -> _Part:  # noqa: FBT001 - asked once, in one place
    name, account = _party(details, own, ("Dbtr", "Cdtr") if is_from_debtor else ("Cdtr", "Dbtr"))
    end_to_end_id = text_in(details, "Refs", "EndToEndId")
    kids, text = _remittance(details)
    return _Part(
        counterparty=name,
        account=account,
        kids=kids,
        text=text or text_in(details, "AddtlTxInf"),
        end_to_end_id="" if end_to_end_id == _NO_REFERENCE else end_to_end_id,
        bank_reference=text_in(details, "Refs", "AcctSvcrRef"),
        transaction_id=text_in(details, "Refs", "TxId"),
    )


def _party(details: etree._Element, own: _Own, roles: tuple[str, str]) -> tuple[str, str]:
    """Name and account of the other party, where need be in the wrong role, but never this account and its owner."""
    parties = child_in(details, "RltdPties")
    if parties is None:
        return "", ""
    expected, other = (_named(parties, role) for role in roles)
    if any(expected) and not own.has_account(expected[1]):
        return expected
    if own.has_account(other[1]) or (not other[1] and own.has_name(other[0])):
        return "", ""
    return other


def _named(parties: etree._Element, role: str) -> tuple[str, str]:
    name = text_in(parties, role, "Nm") or text_in(parties, role, "Pty", "Nm")
    return name, _account(parties, f"{role}Acct")


def _account(parties: etree._Element, name: str) -> str:
    account = child_in(parties, name)
    if account is None:
        return ""
    return account_number_of(text_in(account, "Id", "IBAN") or text_in(account, "Id", "Othr", "Id"))


def _remittance(details: etree._Element) -> tuple[tuple[str, ...], str]:
    """The KIDs, and the text with the numbers of the documents that are named in their own fields."""
    remittance = child_in(details, "RmtInf")
    if remittance is None:
        return (), ""
    kids: list[str] = []
    texts = _texts(remittance, "Ustrd")
    for structured in children_in(remittance, "Strd"):
        kids.extend("".join(kid.split()) for kid in _texts(structured, "CdtrRefInf", "Ref"))
        texts.extend(_texts(structured, "RfrdDocInf", "Nb"))
        texts.extend(_texts(structured, "AddtlRmtInf"))
    return _distinct(kids), " ".join(_distinct(texts))


def _texts(element: etree._Element, *names: str) -> list[str]:
    return [(found.text or "").strip() for found in children_in(element, *names)]


def _text(entry: etree._Element, parts: list[_Part]) -> str:
    """The payer's words; the bank's own only where there are none."""
    if len(parts) == 1:
        several_kids = parts[0].kids if len(parts[0].kids) > 1 else ()
        text = " ".join(_distinct((*several_kids, parts[0].text)))
    else:
        text = _BETWEEN_PARTS.join(_distinct(part.line for part in parts))
    return (text or text_in(entry, "AddtlNtryInf"))[:_LONGEST_TEXT]


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    """Without what is empty or said before, in order."""
    return tuple(dict.fromkeys(text for text in texts if text))


def _agreed(values: list[str]) -> str:
    return values[0] if len(set(values)) == 1 else ""


def _transaction_code(entry: etree._Element) -> str:
    """Domain, family and sub-family as the Berlin Group writes them (`PMNT-RCDT-DMCT`), else the bank's own code."""
    code = child_in(entry, "BkTxCd")
    if code is None:
        return ""
    domain = [text_in(code, *names) for names in _DOMAIN_CODES]
    return "-".join(filter(None, domain)) or text_in(code, "Prtry", "Cd")


def _raw(entry: etree._Element) -> str:
    """The entry by Canonical XML, so that the same entry laid out differently is the same text."""
    return etree.tostring(entry, method="c14n", with_tail=False).decode()
