"""Learning, autonomy and the user's own rules; clients that stood before keep what they had."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kontali_desktop.adapters.storage.types import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _add_forgotten()
    _add_rules()
    _add_shadow_decisions()
    _add_mode()
    # Added in place: rebuilding a table would take its triggers with it.
    op.add_column("matches", sa.Column("counterparty", sa.Text(), server_default="", nullable=False))
    op.add_column("matches", sa.Column("evidence_kind", sa.String(length=20), server_default="", nullable=False))
    op.add_column("decisions", sa.Column("instead_of", sa.Text(), server_default="", nullable=False))


def _add_forgotten() -> None:
    op.create_table(
        "forgotten",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_forgotten_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forgotten")),
    )
    with op.batch_alter_table("forgotten") as batch_op:
        batch_op.create_index(batch_op.f("ix_forgotten_client_id"), ["client_id"], unique=False)


def _add_rules() -> None:
    op.create_table(
        "rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_test", sa.String(length=10), nullable=False),
        sa.Column("counterparty", sa.Text(), nullable=False),
        sa.Column("counterparty_account", sa.String(length=40), nullable=False),
        sa.Column("amount_from_minor", sa.Integer(), nullable=True),
        sa.Column("amount_to_minor", sa.Integer(), nullable=True),
        sa.Column("direction", sa.String(length=5), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("effect", sa.String(length=20), nullable=False),
        sa.Column("posting_account", sa.String(length=20), nullable=False),
        sa.Column("vat_code", sa.String(length=10), nullable=False),
        sa.Column("preferred", sa.Text(), nullable=False),
        sa.Column("is_automatic", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("tested_at", UtcDateTime(), nullable=True),
        sa.Column("agreements", sa.Integer(), nullable=False),
        sa.Column("conflicts", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("effect IN ('post', 'prefer', 'never_automatic')", name=op.f("ck_rules_effect")),
        sa.CheckConstraint("(effect = 'post') = (posting_account <> '')", name=op.f("ck_rules_posting_has_an_account")),
        sa.CheckConstraint("NOT is_active OR tested_at IS NOT NULL", name=op.f("ck_rules_tested_before_it_acts")),
        sa.ForeignKeyConstraint(["account_id"], ["bank_accounts.id"], name=op.f("fk_rules_account_id")),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_rules_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rules")),
    )
    with op.batch_alter_table("rules") as batch_op:
        batch_op.create_index(batch_op.f("ix_rules_client_id"), ["client_id"], unique=False)


def _add_shadow_decisions() -> None:
    op.create_table(
        "shadow_decisions",
        sa.Column("transaction_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("proposal_key", sa.Text(), nullable=False),
        sa.Column("evidence_kind", sa.String(length=20), nullable=False),
        sa.Column("confidence_ppm", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "confidence_ppm BETWEEN 0 AND 1000000", name=op.f("ck_shadow_decisions_confidence_is_a_share")
        ),
        sa.ForeignKeyConstraint(
            ["transaction_id"], ["bank_transactions.id"], name=op.f("fk_shadow_decisions_transaction_id")
        ),
        sa.PrimaryKeyConstraint("transaction_id", name=op.f("pk_shadow_decisions")),
    )


def _add_mode() -> None:
    """On is balanced. A client without settings of its own had the old default, which was off: it stays off."""
    with op.batch_alter_table("client_settings") as batch_op:
        batch_op.add_column(sa.Column("mode", sa.String(length=10), nullable=True))
    op.execute("UPDATE client_settings SET mode = CASE WHEN is_automatic THEN 'balanced' ELSE 'off' END")
    with op.batch_alter_table("client_settings") as batch_op:
        batch_op.alter_column("mode", existing_type=sa.String(length=10), nullable=False)
        batch_op.drop_column("is_automatic")
        batch_op.create_check_constraint(
            batch_op.f("ck_client_settings_mode"), "mode IN ('off', 'shadow', 'careful', 'balanced')"
        )
    op.execute(
        "INSERT INTO client_settings (client_id, threshold_ppm, mode, cap_minor, watched_folder) "
        "SELECT id, 970000, 'off', NULL, '' FROM clients WHERE id NOT IN (SELECT client_id FROM client_settings)"
    )


def downgrade() -> None:
    op.drop_column("decisions", "instead_of")
    op.drop_column("matches", "evidence_kind")
    op.drop_column("matches", "counterparty")
    with op.batch_alter_table("client_settings") as batch_op:
        batch_op.add_column(sa.Column("is_automatic", sa.Boolean(), nullable=True))
    op.execute("UPDATE client_settings SET is_automatic = (mode IN ('careful', 'balanced'))")
    with op.batch_alter_table("client_settings") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_client_settings_mode"), type_="check")
        batch_op.alter_column("is_automatic", existing_type=sa.Boolean(), nullable=False)
        batch_op.drop_column("mode")
    op.drop_table("shadow_decisions")
    with op.batch_alter_table("rules") as batch_op:
        batch_op.drop_index(batch_op.f("ix_rules_client_id"))
    op.drop_table("rules")
    with op.batch_alter_table("forgotten") as batch_op:
        batch_op.drop_index(batch_op.f("ix_forgotten_client_id"))
    op.drop_table("forgotten")
