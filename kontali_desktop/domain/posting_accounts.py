"""Which accounts of NS 4102 a payment's differences are booked on, unless a client says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from kontali_desktop.domain.matches import DifferenceReason


class PostingRole(StrEnum):
    """What is booked; income and cost of one kind are apart."""

    CUSTOMERS = "customers"
    SUPPLIERS = "suppliers"
    FEE = "fee"
    ROUNDING = "rounding"
    INTEREST_INCOME = "interest_income"
    INTEREST_COST = "interest_cost"
    REMINDER_INCOME = "reminder_income"
    REMINDER_COST = "reminder_cost"
    DISCOUNT_GIVEN = "discount_given"
    DISCOUNT_RECEIVED = "discount_received"
    CURRENCY_GAIN = "currency_gain"
    CURRENCY_LOSS = "currency_loss"


@dataclass(frozen=True, slots=True)
class PostingAccount:
    """A ledger account with the VAT code (SAF-T standard codes) that goes with it."""

    account: str
    vat_code: str = ""


NS_4102: Mapping[PostingRole, PostingAccount] = MappingProxyType(
    {
        PostingRole.CUSTOMERS: PostingAccount("1500"),
        PostingRole.SUPPLIERS: PostingAccount("2400"),
        PostingRole.FEE: PostingAccount("7770"),
        PostingRole.ROUNDING: PostingAccount("7740"),
        PostingRole.INTEREST_INCOME: PostingAccount("8050"),
        PostingRole.INTEREST_COST: PostingAccount("8150"),
        PostingRole.REMINDER_INCOME: PostingAccount("3900"),
        PostingRole.REMINDER_COST: PostingAccount("7790"),
        PostingRole.DISCOUNT_GIVEN: PostingAccount("3080"),
        PostingRole.DISCOUNT_RECEIVED: PostingAccount("4370"),
        PostingRole.CURRENCY_GAIN: PostingAccount("8060"),
        PostingRole.CURRENCY_LOSS: PostingAccount("8160"),
    }
)

# The role where the difference is a cost (debit), and where it is income (credit).
_ROLES: Mapping[DifferenceReason, tuple[PostingRole, PostingRole]] = MappingProxyType(
    {
        DifferenceReason.FEE: (PostingRole.FEE, PostingRole.FEE),
        DifferenceReason.ROUNDING: (PostingRole.ROUNDING, PostingRole.ROUNDING),
        DifferenceReason.INTEREST: (PostingRole.INTEREST_COST, PostingRole.INTEREST_INCOME),
        DifferenceReason.REMINDER: (PostingRole.REMINDER_COST, PostingRole.REMINDER_INCOME),
        DifferenceReason.DISCOUNT: (PostingRole.DISCOUNT_GIVEN, PostingRole.DISCOUNT_RECEIVED),
        DifferenceReason.CURRENCY: (PostingRole.CURRENCY_LOSS, PostingRole.CURRENCY_GAIN),
    }
)


def role_of(reason: DifferenceReason, amount: int) -> PostingRole | None:
    """The role of a difference that is booked with `amount` in øre, debit positive; None for an overpayment.

    An overpayment stays with the counterparty.
    """
    roles = _ROLES.get(reason)
    return None if roles is None else roles[0] if amount > 0 else roles[1]
