"""A rule of the user's own in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kontali_desktop.domain.ids import AccountId
from kontali_desktop.domain.money import NOK
from kontali_desktop.domain.rules import Conditions, Direction, Effect, Rule
from kontali_desktop.wording.names import joined, ledger_account_name, short_account
from kontali_desktop.wording.numbers import format_amount
from kontali_desktop.wording.texts import Texts


def rule_sentence(texts: Texts, rule: Rule, accounts: Mapping[AccountId, str]) -> str:
    """`accounts` gives the numbers of the client's own accounts."""
    conditions = joined(texts, list(_conditions(texts, rule.conditions, accounts)))
    return texts.text("rule.sentence", conditions=conditions, effect=_effect(texts, rule))


def _conditions(texts: Texts, of: Conditions, accounts: Mapping[AccountId, str]) -> Iterator[str]:
    if of.text:
        yield texts.text(f"rule.text.{of.text_test}", text=of.text)
    if of.counterparty:
        yield texts.text("rule.counterparty", counterparty=of.counterparty)
    if of.counterparty_account:
        yield texts.text("rule.counterparty_account", account=of.counterparty_account)
    yield from _amount(texts, of)
    if of.direction is not Direction.BOTH:
        yield texts.text(f"rule.direction.{of.direction}")
    if of.account_id is not None:
        yield texts.text("rule.own_account", account=short_account(accounts.get(of.account_id, "")))


def _amount(texts: Texts, of: Conditions) -> Iterator[str]:
    low, high = (None if a is None else format_amount(a, NOK, texts.style) for a in (of.amount_from, of.amount_to))
    if low is not None and low == high:
        yield texts.text("rule.amount.exact", amount=low)
    elif low is not None and high is not None:
        yield texts.text("rule.amount.between", low=low, high=high)
    elif low is not None:
        yield texts.text("rule.amount.from", low=low)
    elif high is not None:
        yield texts.text("rule.amount.to", high=high)


def _effect(texts: Texts, rule: Rule) -> str:
    if rule.effect is Effect.PREFER:
        return texts.text("rule.effect.prefer", counterparty=rule.preferred)
    if rule.effect is Effect.NEVER_AUTOMATIC or rule.posting is None:
        return texts.text("rule.effect.never_automatic")
    account = ledger_account_name(texts, rule.posting.account)
    vat = rule.posting.vat_code
    words = texts.text("rule.effect.post_vat" if vat else "rule.effect.post", account=account, code=vat)
    return texts.text("rule.effect.by_itself", effect=words) if rule.is_automatic else words
