"""What is shown of the rules, one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kontali_desktop.domain.clients import BankAccount, Client
from kontali_desktop.domain.ids import AccountId, RuleId
from kontali_desktop.domain.rules import Rule
from kontali_desktop.services.learning_storage import StoredRule
from kontali_desktop.services.rule_tests import RuleTest
from kontali_desktop.services.rules import SuggestedRule
from kontali_desktop.ui.rules.draft import Draft


@dataclass(frozen=True, slots=True)
class Books:
    """Whose rules they are, and what the form chooses among; `clients` are all that can be chosen."""

    clients: tuple[Client, ...]
    client: Client
    accounts: tuple[BankAccount, ...]

    @property
    def numbers(self) -> Mapping[AccountId, str]:
        return {account.id: account.number for account in self.accounts}


@dataclass(frozen=True, slots=True)
class Listed:
    """The rules in their order; `chosen` has the keyboard, `told` says what was just done."""

    books: Books
    rules: tuple[StoredRule, ...]
    suggestions: tuple[SuggestedRule, ...]
    chosen: RuleId | None = None
    told: str = ""


@dataclass(frozen=True, slots=True)
class Edited:
    """The form; `rule_id` None for a rule that is not kept yet, `was_active`: changing it switches it off."""

    books: Books
    draft: Draft
    rule_id: RuleId | None = None
    was_active: bool = False


@dataclass(frozen=True, slots=True)
class Tested:
    """What a rule would have done. `is_kept`: it stands in the list just so, and is only to be switched on."""

    books: Books
    rule: Rule
    test: RuleTest
    rule_id: RuleId | None = None
    is_kept: bool = False
    was_active: bool = False


@dataclass(frozen=True, slots=True)
class Removing:
    """The question before a rule is deleted."""

    books: Books
    rule: StoredRule


Step = Listed | Edited | Tested | Removing
