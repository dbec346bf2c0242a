"""The documents of each customer and supplier with what is open on them, proved by the file's own closing balances."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from kontali_desktop.adapters.files.reasons import Reason, not_understood, refused_row
from kontali_desktop.adapters.files.saf_t.items import Item
from kontali_desktop.adapters.files.saf_t.masters import Balances, Masters, Party
from kontali_desktop.adapters.files.saf_t.names import Names
from kontali_desktop.adapters.files.saf_t.settlement import settle_by_reference, settle_the_rest
from kontali_desktop.adapters.files.saf_t.vouchers import Ledger
from kontali_desktop.domain.documents import OPENING_BALANCE, DocumentKind, ReportedDocument, Side
from kontali_desktop.domain.money import MOST_MINOR, NOK, plain_amount
from kontali_desktop.services.ports import RefusedRow

_NUMBERS_FOUND = 0.1  # settlements whose number is an invoice's; a voucher's own number hits one by chance only


@dataclass(slots=True)
class _Account:
    """A party with all of its items, and its balances in the direction of its side."""

    side: Side
    party: Party
    items: list[Item]
    opening: int | None
    closing: int | None
    opening_item: Item | None = None
    is_proved: bool = True


@dataclass(slots=True)
class OpenItems:
    """What came of it; `doubts` are of parties whose lines do not make the closing balance that the file tells."""

    documents: list[ReportedDocument] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    doubts: list[RefusedRow] = field(default_factory=list)


def open_items(ledger: Ledger) -> OpenItems:
    """Every document of the file with what remains of it, and a row for each party whose balance does not agree."""
    _find_parties(ledger)
    accounts = list(_accounts(ledger))
    found = numbered = 0
    for account in accounts:
        hits, all_of_them = settle_by_reference(account.items)
        found, numbered = found + hits, numbered + all_of_them
    are_invoices = found > 0 and found >= numbered * _NUMBERS_FOUND
    result = OpenItems()
    names = Names()
    for account in accounts:
        account.opening_item = _opening_item(account, ledger.masters.period_start)
        settle_the_rest(account.items, account.opening_item, are_numbers_invoices=are_invoices)
        documents, total = _documents(account, names)
        result.documents += documents
        if account.closing is not None and total != account.closing:
            result.doubts.append(_difference(account, total))
        elif not account.is_proved:
            where = account.party.place
            error = not_understood(where, Reason.FIELD_MISSING, field="ClosingDebitBalance, ClosingCreditBalance")
            result.refused.append(refused_row(error, where))
    return result


def _find_parties(ledger: Ledger) -> None:
    """Lines that name no party belong to the only one who has the number or KID they name."""
    if not ledger.loose:
        return
    owners: dict[tuple[Side, str], set[str]] = defaultdict(set)
    for (side, party), items in ledger.items.items():
        for item in items:
            for key in {item.number, item.kid} if item.is_document else ():
                owners[side, key].add(party)
    for (side, account), items in ledger.loose.items():
        left: list[Item] = []
        for item in items:
            named = (owners.get((side, key), ()) for key in (item.reference, item.kid, item.cross) if key)
            only = next((tuple(parties) for parties in named if len(parties) == 1), ())
            (ledger.items[side, only[0]] if only else left).append(item)
        ledger.loose[side, account] = left


def _accounts(ledger: Ledger) -> Iterator[_Account]:
    masters = ledger.masters
    for side, number in sorted({*masters.parties, *ledger.items}):
        party = masters.parties.get((side, number)) or Party(number, number, place=number)
        sign = 1 if side is Side.CUSTOMER else -1
        opening = _sum(sign, (balances.opening for _, balances in party.balances))
        closing = _sum(sign, (balances.closing for _, balances in party.balances))
        yield _Account(side, party, ledger.items.get((side, number), []), opening, closing)
    loose = {key: items for key, items in sorted(ledger.loose.items()) if items}
    theirs = _balances_of_parties(masters) if loose else {}
    for (side, account), items in loose.items():
        yield _without_party(masters, side, account, items, theirs.get((side, account), Balances(0, 0)))


def _balances_of_parties(masters: Masters) -> dict[tuple[Side, str], Balances]:
    """What the parties have together on each control account, debit positive."""
    sums: dict[tuple[Side, str], Balances] = {}
    for (side, _), party in masters.parties.items():
        for account, own in party.balances:
            before = sums.get((side, account), Balances(0, 0))
            opening, closing = (before.opening or 0) + (own.opening or 0), (before.closing or 0) + (own.closing or 0)
            sums[side, account] = Balances(opening, closing)
    return sums


def _without_party(masters: Masters, side: Side, number: str, items: list[Item], theirs: Balances) -> _Account:
    """What is posted on a control account, but on no party, has the account's own balance less that of the parties."""
    sign = 1 if side is Side.CUSTOMER else -1
    account = masters.accounts.get(number)
    place = f"GeneralLedgerAccounts/Account[{number}]"
    if account is None:
        return _Account(side, Party("", number, place=place), items, None, None)
    opening, closing = account.balances.opening, account.balances.closing
    return _Account(
        side,
        Party("", account.name or number, place=place),
        items,
        None if opening is None else sign * (opening - (theirs.opening or 0)),
        None if closing is None else sign * (closing - (theirs.closing or 0)),
    )


def _sum(sign: int, balances: Iterable[int | None]) -> int | None:
    known = [balance for balance in balances if balance is not None]
    return sign * sum(known) if known else None


def _opening_item(account: _Account, period_start: date | None) -> Item | None:
    """The opening balance as one item, where the file's closing balance proves that it is not among the lines too."""
    opening = account.opening or 0
    posted = sum(item.amount for item in account.items)
    if not opening or account.closing == posted:
        return None
    if account.closing != opening + posted or abs(opening) >= MOST_MINOR:
        account.is_proved = False
        return None
    return Item(period_start or date.min, "", "", "", opening, is_document=True, reference=OPENING_BALANCE)


def _documents(account: _Account, names: Names) -> tuple[list[ReportedDocument], int]:
    """The documents, and the sum in øre of what is open on them."""
    documents: list[ReportedDocument] = []
    total = 0
    numbers = names.of(account.side, account.party)
    if account.opening_item is not None:
        number = numbers.unique(account.opening_item, OPENING_BALANCE, account.party.id)
        documents.append(_document(account, account.opening_item, number))
        total += account.opening_item.rest
    for item in account.items:
        if item.is_document or item.rest:
            # What is left of a payment is known by its voucher, and so is a second document of the same number.
            number = numbers.unique(item, item.number if item.is_document else item.voucher, item.voucher)
            documents.append(_document(account, item, number))
            total += item.rest if documents[-1].remaining else 0
    return documents, total


def _document(account: _Account, item: Item, number: str) -> ReportedDocument:
    party = account.party
    is_foreign = item.currency != NOK and item.own_amount != 0
    amount, rest = (item.own_amount, item.own_rest) if is_foreign else (item.amount, item.rest)
    is_open = item.rest != 0 and rest * amount > 0
    return ReportedDocument(
        side=account.side,
        kind=DocumentKind.INVOICE if item.amount > 0 else DocumentKind.CREDIT_NOTE,
        number=number,
        counterparty=party.name,
        amount=abs(amount),
        remaining=min(abs(rest), abs(amount)) if is_open else 0,
        currency=item.currency if is_foreign else NOK,
        counterparty_orgnr=party.orgnr,
        counterparty_account=party.bank_account,
        counterparty_number=party.id,
        kid=item.kid if item.is_document else "",
        issue_date=None if item.day == date.min else item.day,
        due_date=item.due_day,
        amount_nok=abs(item.amount),
        payee_account=party.bank_account if account.side is Side.SUPPLIER else "",
        refers_to=_refers_to(item),
    )


def _refers_to(item: Item) -> str:
    is_credit_note = item.is_document and item.amount < 0
    return item.cross if is_credit_note and item.cross != item.number else ""


def _difference(account: _Account, total: int) -> RefusedRow:
    error = not_understood(
        account.party.place,
        Reason.BALANCE_DIFFERS,
        counterparty=account.party.name,
        derived=plain_amount(total),
        closing=plain_amount(account.closing or 0),
    )
    return refused_row(error, account.party.place)
