"""Rules of the user's own: which lines they mean, and what they say of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.check_digits import account_number_of
from kontali_desktop.domain.documents import folded_name
from kontali_desktop.domain.ids import AccountId
from kontali_desktop.domain.matches import Posting
from kontali_desktop.domain.text_words import words_in


class TextTest(StrEnum):
    """Whether the text holds the rule's text anywhere, or each of its words as a word of its own."""

    CONTAINS = "contains"
    WORDS = "words"


class Direction(StrEnum):
    """Money in, money out, or either."""

    IN = "in"
    OUT = "out"
    BOTH = "both"


class Effect(StrEnum):
    """Post directly; put a counterparty's documents first; or leave it to a person always."""

    POST = "post"
    PREFER = "prefer"
    NEVER_AUTOMATIC = "never_automatic"


@dataclass(frozen=True, slots=True)
class Conditions:
    """All that are given must hold. Amounts are without sign, in minor units of the line's currency, both included."""

    text: str = ""
    text_test: TextTest = TextTest.CONTAINS
    counterparty: str = ""
    counterparty_account: str = ""
    amount_from: int | None = None
    amount_to: int | None = None
    direction: Direction = Direction.BOTH
    account_id: AccountId | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it would mean every line."""
        return self == Conditions(text_test=self.text_test)

    def hold(self, transaction: BankTransaction) -> bool:
        line = transaction.reported
        return (
            self.account_id in (None, transaction.account_id)
            and self._holds_of_amount(line.amount)
            and self._holds_of_text(line.text)
            and (not self.counterparty or folded_name(self.counterparty) in folded_name(line.counterparty))
            and (
                not self.counterparty_account
                or account_number_of(self.counterparty_account) == account_number_of(line.counterparty_account)
            )
        )

    def _holds_of_amount(self, amount: int) -> bool:
        if self.direction is not Direction.BOTH and (amount > 0) != (self.direction is Direction.IN):
            return False
        low = 0 if self.amount_from is None else self.amount_from
        return low <= abs(amount) and (self.amount_to is None or abs(amount) <= self.amount_to)

    def _holds_of_text(self, text: str) -> bool:
        if self.text_test is TextTest.WORDS:
            return set(words_in(self.text)) <= set(words_in(text))
        return folded_name(self.text) in folded_name(text)


@dataclass(frozen=True, slots=True)
class Rule:
    """`posting` goes with POST, `preferred` (a counterparty's name) with PREFER.

    `is_automatic` says that a direct posting may be accepted without a person, where its test had no conflict.
    """

    conditions: Conditions
    effect: Effect
    posting: Posting | None = None
    preferred: str = ""
    is_automatic: bool = False
