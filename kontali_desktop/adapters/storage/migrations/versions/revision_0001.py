"""The first revision: every table of the first issue."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kontali_desktop.adapters.storage.types import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = ("decisions", "events")


def upgrade() -> None:
    op.create_table(
        "bank_connections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bank", sa.String(length=40), nullable=False),
        sa.Column("environment", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("keychain_entry", sa.String(length=64), nullable=False),
        sa.Column("consent_id", sa.String(length=200), nullable=False),
        sa.Column("consent_valid_until", sa.Date(), nullable=True),
        sa.Column("frequency_hours", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("last_attempt_at", UtcDateTime(), nullable=True),
        sa.Column("last_success_at", UtcDateTime(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('active', 'sign_in_required', 'expired', 'disconnected')", name=op.f("ck_bank_connections_state")
        ),
        sa.CheckConstraint("frequency_hours IN (6, 12, 24)", name=op.f("ck_bank_connections_frequency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_connections")),
        sa.UniqueConstraint("keychain_entry", name=op.f("uq_bank_connections_keychain_entry")),
    )
    op.create_table(
        "clients",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("orgnr", sa.String(length=9), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clients")),
        sa.UniqueConstraint("orgnr", name=op.f("uq_clients_orgnr")),
    )
    op.create_table(
        "bank_accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("connection_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(length=34), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("owner_name", sa.String(length=200), nullable=False),
        sa.Column("ledger_account", sa.String(length=20), nullable=False),
        sa.Column("booked_to", sa.Date(), nullable=True),
        sa.Column("resource_id", sa.String(length=200), nullable=False),
        sa.Column("fetched_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_bank_accounts_client_id")),
        sa.ForeignKeyConstraint(
            ["connection_id"], ["bank_connections.id"], name=op.f("fk_bank_accounts_connection_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_accounts")),
        sa.UniqueConstraint("client_id", "ledger_account", name=op.f("uq_bank_accounts_client_id_ledger_account")),
        sa.UniqueConstraint("number", "currency", name=op.f("uq_bank_accounts_number_currency")),
    )
    op.create_index(op.f("ix_bank_accounts_connection_id"), "bank_accounts", ["connection_id"], unique=False)
    op.create_table(
        "bank_calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("connection_id", sa.Integer(), nullable=False),
        sa.Column("consent_id", sa.String(length=200), nullable=False),
        sa.Column("account_number", sa.String(length=34), nullable=False),
        sa.Column("endpoint", sa.String(length=20), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["connection_id"], ["bank_connections.id"], name=op.f("fk_bank_calls_connection_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_calls")),
    )
    op.create_index(op.f("ix_bank_calls_at"), "bank_calls", ["at"], unique=False)
    op.create_table(
        "client_settings",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("threshold_ppm", sa.Integer(), nullable=False),
        sa.Column("is_automatic", sa.Boolean(), nullable=False),
        sa.Column("cap_minor", sa.Integer(), nullable=True),
        sa.CheckConstraint("threshold_ppm BETWEEN 0 AND 1000000", name=op.f("ck_client_settings_threshold_is_a_share")),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_client_settings_client_id")),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_client_settings")),
    )
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("counterparty", sa.Text(), nullable=False),
        sa.Column("counterparty_key", sa.Text(), nullable=False),
        sa.Column("counterparty_orgnr", sa.String(length=40), nullable=False),
        sa.Column("counterparty_account", sa.String(length=40), nullable=False),
        sa.Column("counterparty_number", sa.String(length=40), nullable=False),
        sa.Column("kid", sa.String(length=40), nullable=False),
        sa.Column("issue_date", sa.Date(), nullable=True),
        sa.Column("due_date", sa.Date(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount_minor", sa.Integer(), nullable=False),
        sa.Column("amount_nok_minor", sa.Integer(), nullable=True),
        sa.Column("books_remaining_minor", sa.Integer(), nullable=False),
        sa.Column("matched_minor", sa.Integer(), nullable=False),
        sa.Column("matched_in_books_minor", sa.Integer(), nullable=False),
        sa.Column("difference_minor", sa.Integer(), nullable=False),
        sa.Column("payee_account", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("kind IN ('invoice', 'credit_note')", name=op.f("ck_documents_kind")),
        sa.CheckConstraint("side IN ('customer', 'supplier')", name=op.f("ck_documents_side")),
        sa.CheckConstraint("amount_minor >= 0", name=op.f("ck_documents_amount_not_negative")),
        sa.CheckConstraint("books_remaining_minor >= 0", name=op.f("ck_documents_remaining_not_negative")),
        sa.CheckConstraint(
            "matched_in_books_minor BETWEEN 0 AND matched_minor", name=op.f("ck_documents_in_books_within_matched")
        ),
        sa.CheckConstraint("matched_minor BETWEEN 0 AND amount_minor", name=op.f("ck_documents_matched_within_amount")),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_documents_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint(
            "client_id",
            "side",
            "kind",
            "counterparty_key",
            "number",
            name=op.f("uq_documents_client_id_side_kind_counterparty_key_number"),
        ),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("connection_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_events_client_id")),
        sa.ForeignKeyConstraint(["connection_id"], ["bank_connections.id"], name=op.f("fk_events_connection_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_index(op.f("ix_events_at"), "events", ["at"], unique=False)
    op.create_table(
        "imported_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("format", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_imported_files_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_files")),
    )
    op.create_table(
        "sync_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("connection_id", sa.Integer(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=False),
        sa.Column("attended", sa.Boolean(), nullable=False),
        sa.Column("fetched", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("error_code", sa.String(length=60), nullable=False),
        sa.Column("error_facts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["connection_id"], ["bank_connections.id"], name=op.f("fk_sync_runs_connection_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_runs")),
    )
    op.create_index(op.f("ix_sync_runs_connection_id"), "sync_runs", ["connection_id"], unique=False)
    op.create_table(
        "balances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("amount_minor", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("reference_date", sa.Date(), nullable=True),
        sa.Column("as_of", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["bank_accounts.id"], name=op.f("fk_balances_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_balances")),
        sa.UniqueConstraint(
            "account_id",
            "source",
            "kind",
            "reference_date",
            name=op.f("uq_balances_account_id_source_kind_reference_date"),
        ),
    )
    op.create_table(
        "bank_transactions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("booking_date", sa.Date(), nullable=True),
        sa.Column("value_date", sa.Date(), nullable=True),
        sa.Column("amount_minor", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("counterparty", sa.Text(), nullable=False),
        sa.Column("counterparty_account", sa.String(length=40), nullable=False),
        sa.Column("kid", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("entry_reference", sa.Text(), nullable=False),
        sa.Column("bank_transaction_id", sa.Text(), nullable=False),
        sa.Column("end_to_end_id", sa.Text(), nullable=False),
        sa.Column("bank_transaction_code", sa.Text(), nullable=False),
        sa.Column("balance_after_minor", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("raw_payload", sa.Text(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "status = 'pending' OR booking_date IS NOT NULL", name=op.f("ck_bank_transactions_booked_has_a_date")
        ),
        sa.CheckConstraint("status IN ('booked', 'pending')", name=op.f("ck_bank_transactions_status")),
        sa.ForeignKeyConstraint(["account_id"], ["bank_accounts.id"], name=op.f("fk_bank_transactions_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_transactions")),
    )
    op.create_index(
        "uq_bank_transactions_identity",
        "bank_transactions",
        ["account_id", "booking_date", "amount_minor", "currency", "ordinal"],
        unique=True,
        sqlite_where=sa.text("status = 'booked'"),
        postgresql_where=sa.text("status = 'booked'"),
    )
    op.create_table(
        "matches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("transaction_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=15), nullable=False),
        sa.Column("proposal_key", sa.Text(), nullable=False),
        sa.Column("confidence_ppm", sa.Integer(), nullable=False),
        sa.Column("difference_minor", sa.Integer(), nullable=False),
        sa.Column("difference_reason", sa.String(length=15), nullable=True),
        sa.Column("counter_transaction_id", sa.Integer(), nullable=True),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('accepted', 'auto_accepted', 'rejected', 'undone')", name=op.f("ck_matches_state")
        ),
        sa.ForeignKeyConstraint(
            ["counter_transaction_id"], ["bank_transactions.id"], name=op.f("fk_matches_counter_transaction_id")
        ),
        sa.ForeignKeyConstraint(["transaction_id"], ["bank_transactions.id"], name=op.f("fk_matches_transaction_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matches")),
    )
    op.create_index(op.f("ix_matches_transaction_id"), "matches", ["transaction_id"], unique=False)
    op.create_index(
        "uq_matches_one_active",
        "matches",
        ["transaction_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('accepted', 'auto_accepted')"),
        postgresql_where=sa.text("state IN ('accepted', 'auto_accepted')"),
    )
    op.create_table(
        "proposals",
        sa.Column("transaction_id", sa.Integer(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["transaction_id"], ["bank_transactions.id"], name=op.f("fk_proposals_transaction_id")),
        sa.PrimaryKeyConstraint("transaction_id", name=op.f("pk_proposals")),
    )
    op.create_table(
        "transaction_sightings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("transaction_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("raw_payload", sa.Text(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["transaction_id"], ["bank_transactions.id"], name=op.f("fk_transaction_sightings_transaction_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transaction_sightings")),
    )
    op.create_index(
        op.f("ix_transaction_sightings_transaction_id"), "transaction_sightings", ["transaction_id"], unique=False
    )
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=20), nullable=False),
        sa.Column("action", sa.String(length=10), nullable=False),
        sa.Column("match_id", sa.Integer(), nullable=True),
        sa.Column("counter_match_id", sa.Integer(), nullable=True),
        sa.Column("batch", sa.String(length=36), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(action = 'undo') = (undoes_id IS NOT NULL)", name=op.f("ck_decisions_undo_names_its_decision")
        ),
        sa.CheckConstraint("action IN ('accept', 'reject', 'close', 'undo')", name=op.f("ck_decisions_action")),
        sa.CheckConstraint(
            "match_id IS NOT NULL OR action IN ('close', 'undo')", name=op.f("ck_decisions_names_its_match")
        ),
        sa.ForeignKeyConstraint(["counter_match_id"], ["matches.id"], name=op.f("fk_decisions_counter_match_id")),
        sa.ForeignKeyConstraint(["match_id"], ["matches.id"], name=op.f("fk_decisions_match_id")),
        sa.ForeignKeyConstraint(["undoes_id"], ["decisions.id"], name=op.f("fk_decisions_undoes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_decisions_undoes_id")),
    )
    op.create_index(op.f("ix_decisions_batch"), "decisions", ["batch"], unique=False)
    op.create_table(
        "match_lines",
        sa.Column("match_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("amount_minor", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_match_lines_document_id")),
        sa.ForeignKeyConstraint(["match_id"], ["matches.id"], name=op.f("fk_match_lines_match_id")),
        sa.PrimaryKeyConstraint("match_id", "document_id", name=op.f("pk_match_lines")),
    )
    op.create_index(op.f("ix_match_lines_document_id"), "match_lines", ["document_id"], unique=False)
    op.create_table(
        "closings",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("remaining_minor", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name=op.f("fk_closings_decision_id")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_closings_document_id")),
        sa.PrimaryKeyConstraint("decision_id", "document_id", name=op.f("pk_closings")),
    )
    _guard_append_only()


def _guard_append_only() -> None:
    """Decisions and events are only ever added; SQLite refuses anything else."""
    if op.get_bind().dialect.name != "sqlite":
        return
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} are only ever added'); END"
            )


def downgrade() -> None:
    op.drop_table("closings")
    op.drop_index(op.f("ix_match_lines_document_id"), table_name="match_lines")
    op.drop_table("match_lines")
    op.drop_index(op.f("ix_decisions_batch"), table_name="decisions")
    op.drop_table("decisions")
    op.drop_index(op.f("ix_transaction_sightings_transaction_id"), table_name="transaction_sightings")
    op.drop_table("transaction_sightings")
    op.drop_table("proposals")
    op.drop_index(
        "uq_matches_one_active",
        table_name="matches",
        sqlite_where=sa.text("state IN ('accepted', 'auto_accepted')"),
        postgresql_where=sa.text("state IN ('accepted', 'auto_accepted')"),
    )
    op.drop_index(op.f("ix_matches_transaction_id"), table_name="matches")
    op.drop_table("matches")
    op.drop_index(
        "uq_bank_transactions_identity",
        table_name="bank_transactions",
        sqlite_where=sa.text("status = 'booked'"),
        postgresql_where=sa.text("status = 'booked'"),
    )
    op.drop_table("bank_transactions")
    op.drop_table("balances")
    op.drop_index(op.f("ix_sync_runs_connection_id"), table_name="sync_runs")
    op.drop_table("sync_runs")
    op.drop_table("imported_files")
    op.drop_index(op.f("ix_events_at"), table_name="events")
    op.drop_table("events")
    op.drop_table("documents")
    op.drop_table("client_settings")
    op.drop_index(op.f("ix_bank_calls_at"), table_name="bank_calls")
    op.drop_table("bank_calls")
    op.drop_index(op.f("ix_bank_accounts_connection_id"), table_name="bank_accounts")
    op.drop_table("bank_accounts")
    op.drop_table("clients")
    op.drop_table("bank_connections")
