"""The voucher of one accepted match: bank, documents, differences, each on its account, in balance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.clients import BankAccount
from kontali_desktop.domain.documents import ReportedDocument, Side
from kontali_desktop.domain.ids import DocumentId, TransactionId
from kontali_desktop.domain.matches import DifferenceReason, Proposal, ProposalKind, ProposedLine
from kontali_desktop.domain.money import NOK, plain_amount
from kontali_desktop.domain.posting_accounts import NS_4102, PostingAccount, PostingRole, role_of
from kontali_desktop.domain.vouchers import LineRole, Voucher, VoucherLine

NOK_VALUE_MISSING = "nok_value_missing"
_DIFFERENCE_ROLES = {
    PostingRole.FEE: LineRole.FEE,
    PostingRole.ROUNDING: LineRole.ROUNDING,
    PostingRole.INTEREST_INCOME: LineRole.INTEREST,
    PostingRole.INTEREST_COST: LineRole.INTEREST,
    PostingRole.REMINDER_INCOME: LineRole.REMINDER,
    PostingRole.REMINDER_COST: LineRole.REMINDER,
    PostingRole.DISCOUNT_GIVEN: LineRole.DISCOUNT,
    PostingRole.DISCOUNT_RECEIVED: LineRole.DISCOUNT,
    PostingRole.CURRENCY_GAIN: LineRole.CURRENCY_GAIN,
    PostingRole.CURRENCY_LOSS: LineRole.CURRENCY_LOSS,
}


class HeldBackError(Exception):
    """A match that cannot be booked yet: a reason code with the facts that word it."""

    def __init__(self, why: str, **facts: str) -> None:
        super().__init__(why)
        self.why = why
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Books:
    """What booking needs of a client. `accounts` are its own where they are not NS 4102's."""

    bank_accounts: Mapping[int, BankAccount]
    documents: Mapping[DocumentId, ReportedDocument]
    transactions: Mapping[TransactionId, BankTransaction]
    accounts: Mapping[PostingRole, PostingAccount]

    def account(self, role: PostingRole) -> PostingAccount:
        return self.accounts.get(role, NS_4102[role])


def make_voucher(transaction: BankTransaction, proposal: Proposal, books: Books, number: int) -> Voucher:
    """The balanced voucher of an accepted match. Raises HeldBackError."""
    reported = transaction.reported
    account = books.bank_accounts[transaction.account_id]
    if reported.currency != NOK:
        raise HeldBackError("bank_currency", currency=reported.currency, account=account.number)
    lines = [_bank_line(transaction, account), *_other_lines(transaction, proposal, books)]
    voucher = Voucher(
        number=number,
        date=_day_of(transaction),
        text=_text_of(proposal, reported.counterparty or reported.text),
        lines=tuple(line for line in lines if line.amount),
        transaction_reference=reported.entry_reference,
        bank_account=account.number,
    )
    if not voucher.lines:
        raise HeldBackError("zero_amount")
    unknown = voucher.line_without_vat_code
    if unknown is not None:
        raise HeldBackError("vat_code_unknown", vat_code=unknown.vat_code, account=unknown.account)
    if not voucher.is_balanced:
        raise HeldBackError("unbalanced", sum=plain_amount(sum(line.amount for line in voucher.lines)))
    return voucher


def reversing(voucher: Voucher, number: int, day: date) -> Voucher:
    """Takes a voucher back by its opposite (bokføringsloven § 9): what is booked is never changed."""
    lines = tuple(
        replace(
            line, amount=-line.amount, currency_amount=None if line.currency_amount is None else -line.currency_amount
        )
        for line in voucher.lines
    )
    return replace(voucher, number=number, date=day, lines=lines, reverses=voucher.number)


def _day_of(transaction: BankTransaction) -> date:
    day = transaction.reported.booking_date
    if day is None:
        raise HeldBackError("not_booked")
    return day


def _bank_line(transaction: BankTransaction, account: BankAccount) -> VoucherLine:
    reported = transaction.reported
    return VoucherLine(
        account.ledger_account, reported.amount, LineRole.BANK, text=reported.text or reported.counterparty
    )


def _other_lines(transaction: BankTransaction, proposal: Proposal, books: Books) -> list[VoucherLine]:
    if proposal.kind is ProposalKind.DIRECT_POSTING:
        return _posting_lines(transaction, proposal)
    if proposal.kind is ProposalKind.TRANSFER:
        return _transfer_lines(transaction, proposal, books)
    lines = [_document_line(line, books) for line in proposal.lines]
    rest = -(transaction.reported.amount + sum(line.amount for line in lines))
    return [*lines, *_difference_lines(rest, proposal, books)]


def _posting_lines(transaction: BankTransaction, proposal: Proposal) -> list[VoucherLine]:
    posting = proposal.posting
    if posting is None:
        raise HeldBackError("no_account")
    reported = transaction.reported
    return [
        VoucherLine(
            posting.account,
            -reported.amount,
            LineRole.POSTING,
            text=reported.text or reported.counterparty,
            vat_code=posting.vat_code,
            counterparty=reported.counterparty,
        )
    ]


def _transfer_lines(transaction: BankTransaction, proposal: Proposal, books: Books) -> list[VoucherLine]:
    other = books.transactions.get(proposal.counter_transaction) if proposal.counter_transaction else None
    if other is None or other.reported.currency != NOK:
        raise HeldBackError("bank_currency", currency=other.reported.currency if other else "", account="")
    line = _bank_line(other, books.bank_accounts[other.account_id])
    rest = -(transaction.reported.amount + line.amount)
    return [line, *_difference_lines(rest, proposal, books)]


def _document_line(line: ProposedLine, books: Books) -> VoucherLine:
    """Credit on the customer's account for an invoice paid, debit on the supplier's; a credit note the other way."""
    document = books.documents[line.document_id]
    is_customer = line.side is Side.CUSTOMER
    sign = -1 if is_customer else 1
    kroner = _in_kroner(line, document)
    is_foreign = line.currency != NOK
    return VoucherLine(
        books.account(PostingRole.CUSTOMERS if is_customer else PostingRole.SUPPLIERS).account,
        sign * kroner,
        LineRole.CUSTOMER if is_customer else LineRole.SUPPLIER,
        currency=line.currency,
        currency_amount=sign * line.amount if is_foreign else None,
        counterparty=line.counterparty,
        counterparty_number=document.counterparty_number,
        counterparty_orgnr=document.counterparty_orgnr,
        document_number=line.number,
        kid=document.kid,
    )


def _in_kroner(line: ProposedLine, document: ReportedDocument) -> int:
    """The document's booked value of what is settled; the parts of a document add up to the whole to the øre."""
    if line.currency == NOK:
        return line.amount
    if document.amount_nok is None or document.amount == 0:
        raise HeldBackError(
            NOK_VALUE_MISSING,
            number=line.number,
            counterparty=line.counterparty,
            document=str(line.document_id),
            owed=plain_amount(document.amount, document.currency),
            currency=document.currency,
        )
    after = line.remaining_after
    before = after + abs(line.amount)
    value = _share(document, before) - _share(document, after)
    return value if line.amount >= 0 else -value


def _share(document: ReportedDocument, minor: int) -> int:
    """The booked value in øre of so much of the document, halves rounded up."""
    assert document.amount_nok is not None  # noqa: S101 - asked before
    return (2 * document.amount_nok * minor + document.amount) // (2 * document.amount)


def _difference_lines(rest: int, proposal: Proposal, books: Books) -> list[VoucherLine]:
    """What is left to balance, debit positive: on the account of its reason, or kept with the counterparty."""
    if not rest:
        return []
    is_foreign = any(line.currency != NOK for line in proposal.lines)
    reason = DifferenceReason.CURRENCY if is_foreign else proposal.difference_reason
    if proposal.kind is ProposalKind.DUPLICATE_PAYMENT:
        reason = DifferenceReason.OVERPAYMENT
    if reason is None:
        raise HeldBackError("difference_unexplained", amount=plain_amount(-rest))
    role = role_of(reason, rest)
    if role is None:
        return [_overpayment_line(rest, proposal.lines, books)]
    account = books.account(role)
    return [VoucherLine(account.account, rest, _DIFFERENCE_ROLES[role], vat_code=account.vat_code)]


def _overpayment_line(rest: int, lines: Sequence[ProposedLine], books: Books) -> VoucherLine:
    if not lines:
        raise HeldBackError("difference_unexplained", amount=plain_amount(-rest))
    first = lines[0]
    document = books.documents[first.document_id]
    role = PostingRole.CUSTOMERS if first.side is Side.CUSTOMER else PostingRole.SUPPLIERS
    return VoucherLine(
        books.account(role).account,
        rest,
        LineRole.OVERPAYMENT,
        counterparty=first.counterparty,
        counterparty_number=document.counterparty_number,
        counterparty_orgnr=document.counterparty_orgnr,
        kid=document.kid,
    )


def _text_of(proposal: Proposal, words: str) -> str:
    """Who paid for what, in words that need no language."""
    names = list(dict.fromkeys(line.counterparty for line in proposal.lines))
    numbers = ", ".join(line.number for line in proposal.lines)
    return " ".join(filter(None, (", ".join(names), numbers))) or words
