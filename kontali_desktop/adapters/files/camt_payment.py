"""A single payment inside an entry of a camt message (`TxDtls`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kontali_desktop.adapters.files.camt_values import (
    SIGNS,
    Fields,
    group_in,
    groups_in,
    text_in,
    texts_in,
)
from kontali_desktop.domain.check_digits import account_number_of

_NO_REFERENCE = "NOTPROVIDED"  # ISO 20022's word for an end-to-end id that the payer left out


@dataclass(frozen=True, slots=True)
class Own:
    """The account whose entries are read, and its owner, who is never the other party."""

    account: str = ""
    name: str = ""

    def has_account(self, account: str) -> bool:
        return bool(account) and account == self.account

    def has_name(self, name: str) -> bool:
        return bool(name) and folded(name) == self.name


@dataclass(frozen=True, slots=True)
class Payment:
    """`sign` is 1 where the money came in. Its amount is read only where the parts of a sum are asked for."""

    counterparty: str = ""
    account: str = ""
    kids: tuple[str, ...] = ()
    words: str = ""
    end_to_end_id: str = ""
    bank_reference: str = ""
    transaction_id: str = ""
    sign: int = 1

    @property
    def kid(self) -> str:
        return self.kids[0] if len(self.kids) == 1 else ""

    @property
    def text(self) -> str:
        """What was said, with the KIDs where there are several: none of them is the payment's own then."""
        return " ".join(distinct((*self.kids, self.words))) if len(self.kids) > 1 else self.words

    @property
    def line(self) -> str:
        return " ".join(distinct((self.counterparty, *self.kids, self.words)))


def folded(name: str) -> str:
    return " ".join(name.casefold().split())


def distinct(texts: Iterable[str]) -> tuple[str, ...]:
    """Without what is empty or said before, in order."""
    return tuple(dict.fromkeys(text for text in texts if text))


def payment_of(details: Fields, own: Own, sign: int, *, is_reversal: bool) -> Payment:
    """The payment; `sign` is the entry's, for details that do not tell their own."""
    sign = SIGNS.get(text_in(details, "CdtDbtInd"), sign)
    # On a reversal the parties keep the parts they had in the payment that is turned back.
    name, account = _party(details, own, is_from_debtor=(sign > 0) != is_reversal)
    refs = group_in(details, "Refs") or {}
    end_to_end_id = text_in(refs, "EndToEndId")
    kids, text = _remittance(details)
    return Payment(
        counterparty=name,
        account=account,
        kids=kids,
        words=text or text_in(details, "AddtlTxInf"),
        end_to_end_id="" if end_to_end_id == _NO_REFERENCE else end_to_end_id,
        bank_reference=text_in(refs, "AcctSvcrRef"),
        transaction_id=text_in(refs, "TxId"),
        sign=sign,
    )


def _party(details: Fields, own: Own, *, is_from_debtor: bool) -> tuple[str, str]:
    """Name and account of the other party, where need be in the wrong role, but never this account and its owner."""
    parties = group_in(details, "RltdPties")
    if parties is None:
        return "", ""
    roles = ("Dbtr", "Cdtr") if is_from_debtor else ("Cdtr", "Dbtr")
    expected, other = (_named(parties, role) for role in roles)
    if any(expected) and not own.has_account(expected[1]):
        return expected
    if own.has_account(other[1]) or (not other[1] and own.has_name(other[0])):
        return "", ""
    return other


def _named(parties: Fields, role: str) -> tuple[str, str]:
    party = group_in(parties, role)
    name = text_in(party, "Nm") or text_in(party, "Pty", "Nm") if party else ""
    return name, account_in(parties, f"{role}Acct")


def account_in(fields: Fields, name: str) -> str:
    """The number of the account in that child: eleven digits where it is Norwegian."""
    account = group_in(fields, name)
    if account is None:
        return ""
    identification = group_in(account, "Id") or {}
    return account_number_of(text_in(identification, "IBAN") or text_in(identification, "Othr", "Id"))


def _remittance(details: Fields) -> tuple[tuple[str, ...], str]:
    """The KIDs, and the text with the numbers of the documents that are named in their own fields."""
    remittance = group_in(details, "RmtInf")
    if remittance is None:
        return (), ""
    kids: list[str] = []
    texts = texts_in(remittance, "Ustrd")
    for structured in groups_in(remittance, "Strd"):
        kids.extend("".join(kid.split()) for kid in texts_in(structured, "CdtrRefInf", "Ref"))
        texts.extend(texts_in(structured, "RfrdDocInf", "Nb"))
        texts.extend(texts_in(structured, "AddtlRmtInf"))
    return distinct(kids), " ".join(distinct(texts))
