"""Typed models of what a person made the program forget, what it would have done, and the person's own rules.

What is learnt has no table: it is derived from the decisions each time.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from kontali_desktop.adapters.storage.tables import Base
from kontali_desktop.adapters.storage.types import UtcDateTime


class ForgottenRow(Base):
    """Decisions up to `decision_id` no longer count for this fact; the newest row of a fact is the one that holds."""

    __tablename__ = "forgotten"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    decision_id: Mapped[int]


class ShadowDecisionRow(Base):
    """What would have been accepted by itself in shadow mode, the first time it would have been."""

    __tablename__ = "shadow_decisions"
    __table_args__ = (CheckConstraint("confidence_ppm BETWEEN 0 AND 1000000", name="confidence_is_a_share"),)

    transaction_id: Mapped[int] = mapped_column(ForeignKey("bank_transactions.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    proposal_key: Mapped[str] = mapped_column(Text)
    evidence_kind: Mapped[str] = mapped_column(String(20))
    confidence_ppm: Mapped[int]


class RuleRow(Base):
    """A rule of the user's own with its conditions (empty: not asked), its effect, and what its last test said."""

    __tablename__ = "rules"
    __table_args__ = (
        CheckConstraint("effect IN ('post', 'prefer', 'never_automatic')", name="effect"),
        CheckConstraint("(effect = 'post') = (posting_account <> '')", name="posting_has_an_account"),
        CheckConstraint("NOT is_active OR tested_at IS NOT NULL", name="tested_before_it_acts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    place: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    text_test: Mapped[str] = mapped_column(String(10))
    counterparty: Mapped[str] = mapped_column(Text)
    counterparty_account: Mapped[str] = mapped_column(String(40))
    amount_from_minor: Mapped[int | None]
    amount_to_minor: Mapped[int | None]
    direction: Mapped[str] = mapped_column(String(5))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("bank_accounts.id"))
    effect: Mapped[str] = mapped_column(String(20))
    posting_account: Mapped[str] = mapped_column(String(20))
    vat_code: Mapped[str] = mapped_column(String(10))
    preferred: Mapped[str] = mapped_column(Text)
    is_automatic: Mapped[bool]
    is_active: Mapped[bool]
    tested_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    agreements: Mapped[int]
    conflicts: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
