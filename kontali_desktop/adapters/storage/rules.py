"""The user's own rules in the database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from kontali_desktop.adapters.storage.learning_tables import RuleRow
from kontali_desktop.domain.ids import AccountId, ClientId, RuleId
from kontali_desktop.domain.matches import Posting
from kontali_desktop.domain.rules import Conditions, Direction, Effect, Rule, TextTest
from kontali_desktop.services.learning_storage import StoredRule


def _stored(row: RuleRow) -> StoredRule:
    conditions = Conditions(
        row.text,
        TextTest(row.text_test),
        row.counterparty,
        row.counterparty_account,
        row.amount_from_minor,
        row.amount_to_minor,
        Direction(row.direction),
        AccountId(row.account_id) if row.account_id is not None else None,
    )
    posting = Posting(row.posting_account, row.vat_code) if row.posting_account else None
    rule = Rule(conditions, Effect(row.effect), posting, row.preferred, row.is_automatic)
    return StoredRule(RuleId(row.id), rule, row.place, row.is_active, row.tested_at, row.agreements, row.conflicts)


def _values(rule: Rule) -> dict[str, Any]:
    conditions, posting = rule.conditions, rule.posting
    return {
        "text": conditions.text,
        "text_test": conditions.text_test,
        "counterparty": conditions.counterparty,
        "counterparty_account": conditions.counterparty_account,
        "amount_from_minor": conditions.amount_from,
        "amount_to_minor": conditions.amount_to,
        "direction": conditions.direction,
        "account_id": conditions.account_id,
        "effect": rule.effect,
        "posting_account": posting.account if posting else "",
        "vat_code": posting.vat_code if posting else "",
        "preferred": rule.preferred,
        "is_automatic": rule.is_automatic,
    }


class SqlRuleStore:
    """RuleStore over a session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def load(self, client_id: ClientId) -> tuple[StoredRule, ...]:
        query = select(RuleRow).where(RuleRow.client_id == client_id).order_by(RuleRow.place, RuleRow.id)
        return tuple(_stored(row) for row in self._session.scalars(query))

    def add(self, client_id: ClientId, rule: Rule, now: datetime) -> RuleId:
        """Last in the order."""
        last = self._session.scalar(select(func.max(RuleRow.place)).where(RuleRow.client_id == client_id))
        row = RuleRow(
            client_id=client_id,
            place=0 if last is None else last + 1,
            is_active=False,
            agreements=0,
            conflicts=0,
            created_at=now,
            **_values(rule),
        )
        self._session.add(row)
        self._session.flush()
        return RuleId(row.id)

    def save(self, rule: StoredRule) -> None:
        values = _values(rule.rule) | {
            "place": rule.place,
            "is_active": rule.is_active,
            "tested_at": rule.tested_at,
            "agreements": rule.agreements,
            "conflicts": rule.conflicts,
        }
        self._session.execute(update(RuleRow).where(RuleRow.id == rule.id).values(**values))

    def remove(self, rule_id: RuleId) -> None:
        self._session.execute(delete(RuleRow).where(RuleRow.id == rule_id))
