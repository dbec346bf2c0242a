"""A rule as it is being typed: texts in fields, read into a rule or into what is wrong with which field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kontali_desktop.domain.errors import (
    AmountNotUnderstood,
    KontaliError,
    NotAnAccountNumber,
    NotAVatCode,
    RuleAmountsBackwards,
    RuleIncomplete,
    RuleTooWide,
)
from kontali_desktop.domain.ids import AccountId
from kontali_desktop.domain.matches import Posting
from kontali_desktop.domain.rules import Conditions, Direction, Effect, Rule, TextTest
from kontali_desktop.services.rules import unfit
from kontali_desktop.wording.wording import Wording


class Field(StrEnum):
    """What can be typed, and be wrong."""

    TEXT = "text"
    COUNTERPARTY = "counterparty"
    NUMBER = "number"
    LOW = "low"
    HIGH = "high"
    POSTING = "posting"
    VAT = "vat"
    PREFERRED = "preferred"


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of the form; the texts as a person left them."""

    texts: Mapping[Field, str]
    are_words: bool = False
    direction: Direction = Direction.BOTH
    account_id: AccountId | None = None
    effect: Effect = Effect.POST
    is_automatic: bool = False

    def of(self, field: Field) -> str:
        return self.texts.get(field, "").strip()


@dataclass(frozen=True, slots=True)
class Reading:
    """The rule that a draft says as far as it can be read, and what is wrong, by field."""

    rule: Rule
    problems: Mapping[Field, str]

    @property
    def is_whole(self) -> bool:
        return not self.problems


EMPTY = Draft({})
_FIELDS: Mapping[type[KontaliError], Field] = {
    RuleTooWide: Field.TEXT,
    NotAnAccountNumber: Field.NUMBER,
    RuleAmountsBackwards: Field.HIGH,
    NotAVatCode: Field.VAT,
}


def draft_of(rule: Rule, wording: Wording) -> Draft:
    """The fields that say this rule."""
    of, posting = rule.conditions, rule.posting
    texts = {
        Field.TEXT: of.text,
        Field.COUNTERPARTY: of.counterparty,
        Field.NUMBER: of.counterparty_account,
        Field.LOW: "" if of.amount_from is None else wording.amount(of.amount_from),
        Field.HIGH: "" if of.amount_to is None else wording.amount(of.amount_to),
        Field.POSTING: posting.account if posting else "",
        Field.VAT: posting.vat_code if posting else "",
        Field.PREFERRED: rule.preferred,
    }
    are_words = of.text_test is TextTest.WORDS
    return Draft(texts, are_words, of.direction, of.account_id, rule.effect, rule.is_automatic)


def read(draft: Draft, wording: Wording) -> Reading:
    """What is wrong is worded for the field it stands in."""
    problems: dict[Field, str] = {}
    low, high = (_amount(draft, field, wording, problems) for field in (Field.LOW, Field.HIGH))
    is_post = draft.effect is Effect.POST
    posting = Posting(draft.of(Field.POSTING), draft.of(Field.VAT)) if is_post and draft.of(Field.POSTING) else None
    conditions = Conditions(
        draft.of(Field.TEXT),
        TextTest.WORDS if draft.are_words and draft.of(Field.TEXT) else TextTest.CONTAINS,
        draft.of(Field.COUNTERPARTY),
        draft.of(Field.NUMBER),
        low,
        high,
        draft.direction,
        draft.account_id,
    )
    preferred = draft.of(Field.PREFERRED) if draft.effect is Effect.PREFER else ""
    rule = Rule(conditions, draft.effect, posting, preferred, is_post and draft.is_automatic)
    for error in unfit(rule):
        if isinstance(error, RuleTooWide) and problems:
            continue  # an amount that is not understood is a condition all the same
        what = Field.PREFERRED if draft.effect is Effect.PREFER else Field.POSTING
        is_empty = isinstance(error, RuleIncomplete)
        said = wording.text(f"rules.problem.{what}") if is_empty else _said(error, wording)
        problems.setdefault(_FIELDS.get(type(error), what), said)
    return Reading(rule, problems)


def _amount(draft: Draft, field: Field, wording: Wording, problems: dict[Field, str]) -> int | None:
    text = draft.of(field)
    if not text:
        return None
    try:
        return abs(wording.parse_amount(text))
    except AmountNotUnderstood as error:
        problems[field] = _said(error, wording)
        return None


def _said(error: KontaliError, wording: Wording) -> str:
    words = wording.error(error)
    return f"{words.message} {words.action}".strip()
