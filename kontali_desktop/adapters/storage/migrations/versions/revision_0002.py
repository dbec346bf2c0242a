"""Files in and out: imports that can be undone, sums and their parts, attachments, mappings, vouchers and exports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kontali_desktop.adapters.storage.types import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APPEND_ONLY = ("vouchers", "exports", "exported_vouchers")


def upgrade() -> None:
    _add_tables()
    _add_columns()
    _guard_append_only()


def _guard_append_only() -> None:
    """What was exported never changes; SQLite refuses anything else."""
    if op.get_bind().dialect.name != "sqlite":
        return
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} are only ever added'); END"
            )


def _add_tables() -> None:
    op.create_table(
        "column_mappings",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("headings", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.CheckConstraint("kind IN ('bank', 'open_items')", name=op.f("ck_column_mappings_kind")),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_column_mappings_client_id")),
        sa.PrimaryKeyConstraint("client_id", "headings", name=op.f("pk_column_mappings")),
    )
    op.create_table(
        "exports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=20), nullable=False),
        sa.Column("format", sa.String(length=20), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("client_name", sa.String(length=200), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_exports_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exports")),
    )
    with op.batch_alter_table("exports") as batch_op:
        batch_op.create_index(batch_op.f("ix_exports_client_id"), ["client_id"], unique=False)

    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=20), nullable=False),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_imports_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    with op.batch_alter_table("imports") as batch_op:
        batch_op.create_index(batch_op.f("ix_imports_client_id"), ["client_id"], unique=False)

    op.create_table(
        "posting_accounts",
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("account", sa.String(length=20), nullable=False),
        sa.Column("vat_code", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_posting_accounts_client_id")),
        sa.PrimaryKeyConstraint("client_id", "role", name=op.f("pk_posting_accounts")),
    )
    op.create_table(
        "import_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('transaction', 'document')", name=op.f("ck_import_changes_kind")),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_import_changes_import_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_changes")),
    )
    with op.batch_alter_table("import_changes") as batch_op:
        batch_op.create_index(batch_op.f("ix_import_changes_import_id"), ["import_id"], unique=False)

    op.create_table(
        "import_sightings",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('transaction', 'document', 'batch', 'posting')", name=op.f("ck_import_sightings_kind")
        ),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_import_sightings_import_id")),
        sa.PrimaryKeyConstraint("import_id", "kind", "row_id", name=op.f("pk_import_sightings")),
    )
    op.create_table(
        "ledger_postings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("ledger_account", sa.String(length=20), nullable=False),
        sa.Column("posting_date", sa.Date(), nullable=False),
        sa.Column("amount_minor", sa.Integer(), nullable=False),
        sa.Column("voucher", sa.Text(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_ledger_postings_client_id")),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_ledger_postings_import_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_postings")),
        sa.UniqueConstraint(
            "client_id",
            "voucher",
            "line",
            "ledger_account",
            "posting_date",
            name=op.f("uq_ledger_postings_client_id_voucher_line_ledger_account_posting_date"),
        ),
    )
    with op.batch_alter_table("ledger_postings") as batch_op:
        batch_op.create_index(batch_op.f("ix_ledger_postings_import_id"), ["import_id"], unique=False)

    op.create_table(
        "attachments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_attachments_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
        sa.UniqueConstraint("document_id", "sha256", name=op.f("uq_attachments_document_id_sha256")),
    )
    with op.batch_alter_table("attachments") as batch_op:
        batch_op.create_index(batch_op.f("ix_attachments_document_id"), ["document_id"], unique=False)

    op.create_table(
        "payment_batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("transaction_id", sa.Integer(), nullable=True),
        sa.Column("batch_key", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("account_number", sa.String(length=34), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount_minor", sa.Integer(), nullable=False),
        sa.Column("booking_date", sa.Date(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("provider", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_payment_batches_client_id")),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_payment_batches_import_id")),
        sa.ForeignKeyConstraint(
            ["transaction_id"], ["bank_transactions.id"], name=op.f("fk_payment_batches_transaction_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_batches")),
        sa.UniqueConstraint("client_id", "batch_key", name=op.f("uq_payment_batches_client_id_batch_key")),
        sa.UniqueConstraint("transaction_id", name=op.f("uq_payment_batches_transaction_id")),
    )
    with op.batch_alter_table("payment_batches") as batch_op:
        batch_op.create_index(batch_op.f("ix_payment_batches_import_id"), ["import_id"], unique=False)

    op.create_table(
        "payment_parts",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("amount_minor", sa.Integer(), nullable=False),
        sa.Column("counterparty", sa.Text(), nullable=False),
        sa.Column("counterparty_account", sa.String(length=40), nullable=False),
        sa.Column("kid", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('payment', 'fee')", name=op.f("ck_payment_parts_kind")),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["payment_batches.id"], name=op.f("fk_payment_parts_batch_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("batch_id", "ordinal", name=op.f("pk_payment_parts")),
    )
    op.create_table(
        "vouchers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("match_id", sa.Integer(), nullable=False),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("voucher_date", sa.Date(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_vouchers_number_from_one")),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=op.f("fk_vouchers_client_id")),
        sa.ForeignKeyConstraint(["match_id"], ["matches.id"], name=op.f("fk_vouchers_match_id")),
        sa.ForeignKeyConstraint(["reverses_id"], ["vouchers.id"], name=op.f("fk_vouchers_reverses_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vouchers")),
        sa.UniqueConstraint("client_id", "number", name=op.f("uq_vouchers_client_id_number")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_vouchers_reverses_id")),
    )
    with op.batch_alter_table("vouchers") as batch_op:
        batch_op.create_index(
            "uq_vouchers_match",
            ["match_id"],
            unique=True,
            sqlite_where=sa.text("reverses_id IS NULL"),
            postgresql_where=sa.text("reverses_id IS NULL"),
        )

    op.create_table(
        "exported_vouchers",
        sa.Column("export_id", sa.Integer(), nullable=False),
        sa.Column("voucher_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["export_id"], ["exports.id"], name=op.f("fk_exported_vouchers_export_id")),
        sa.ForeignKeyConstraint(["voucher_id"], ["vouchers.id"], name=op.f("fk_exported_vouchers_voucher_id")),
        sa.PrimaryKeyConstraint("export_id", "voucher_id", name=op.f("pk_exported_vouchers")),
    )
    with op.batch_alter_table("exported_vouchers") as batch_op:
        batch_op.create_index(batch_op.f("ix_exported_vouchers_voucher_id"), ["voucher_id"], unique=False)


def _add_columns() -> None:
    with op.batch_alter_table("balances") as batch_op:
        batch_op.add_column(sa.Column("import_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_balances_import_id"), "imports", ["import_id"], ["id"])

    with op.batch_alter_table("bank_transactions") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_bank_transactions_status"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_bank_transactions_status"), "status IN ('booked', 'pending', 'withdrawn')"
        )
        batch_op.add_column(sa.Column("import_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_bank_transactions_import_id"), ["import_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_bank_transactions_import_id"), "imports", ["import_id"], ["id"])

    with op.batch_alter_table("client_settings") as batch_op:
        batch_op.add_column(sa.Column("watched_folder", sa.Text(), server_default="", nullable=False))

    with op.batch_alter_table("documents") as batch_op:
        batch_op.add_column(sa.Column("refers_to", sa.String(length=100), server_default="", nullable=False))
        batch_op.add_column(sa.Column("is_withdrawn", sa.Boolean(), server_default=sa.text("0"), nullable=False))
        batch_op.add_column(sa.Column("import_id", sa.Integer(), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_documents_client_id_side_kind_counterparty_key_number"), type_="unique")
        batch_op.create_index(batch_op.f("ix_documents_import_id"), ["import_id"], unique=False)
        batch_op.create_index(
            "uq_documents_identity",
            ["client_id", "side", "kind", "counterparty_key", "number"],
            unique=True,
            sqlite_where=sa.text("NOT is_withdrawn"),
            postgresql_where=sa.text("NOT is_withdrawn"),
        )
        batch_op.create_foreign_key(batch_op.f("fk_documents_import_id"), "imports", ["import_id"], ["id"])

    with op.batch_alter_table("imported_files") as batch_op:
        batch_op.add_column(sa.Column("refused_head", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("refused_tail", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("import_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_imported_files_import_id"), ["import_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_imported_files_sha256"), ["sha256"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_imported_files_import_id"), "imports", ["import_id"], ["id"])


def downgrade() -> None:
    """What was withdrawn cannot be told any more: lines become reserved ones, documents get a number of their own."""
    op.execute("UPDATE bank_transactions SET status = 'pending' WHERE status = 'withdrawn'")
    op.execute("UPDATE documents SET number = number || ' (' || id || ')' WHERE is_withdrawn")
    _drop_columns()
    _drop_tables()


def _drop_columns() -> None:
    with op.batch_alter_table("imported_files") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_imported_files_import_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_imported_files_sha256"))
        batch_op.drop_index(batch_op.f("ix_imported_files_import_id"))
        batch_op.drop_column("import_id")
        batch_op.drop_column("refused_tail")
        batch_op.drop_column("refused_head")

    with op.batch_alter_table("documents") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_documents_import_id"), type_="foreignkey")
        batch_op.drop_index(
            "uq_documents_identity",
            sqlite_where=sa.text("NOT is_withdrawn"),
            postgresql_where=sa.text("NOT is_withdrawn"),
        )
        batch_op.drop_index(batch_op.f("ix_documents_import_id"))
        batch_op.create_unique_constraint(
            batch_op.f("uq_documents_client_id_side_kind_counterparty_key_number"),
            ["client_id", "side", "kind", "counterparty_key", "number"],
        )
        batch_op.drop_column("import_id")
        batch_op.drop_column("is_withdrawn")
        batch_op.drop_column("refers_to")

    with op.batch_alter_table("client_settings") as batch_op:
        batch_op.drop_column("watched_folder")

    with op.batch_alter_table("bank_transactions") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_bank_transactions_status"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_bank_transactions_status"), "status IN ('booked', 'pending')")
        batch_op.drop_constraint(batch_op.f("fk_bank_transactions_import_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_bank_transactions_import_id"))
        batch_op.drop_column("import_id")

    with op.batch_alter_table("balances") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_balances_import_id"), type_="foreignkey")
        batch_op.drop_column("import_id")


def _drop_tables() -> None:
    with op.batch_alter_table("exported_vouchers") as batch_op:
        batch_op.drop_index(batch_op.f("ix_exported_vouchers_voucher_id"))

    op.drop_table("exported_vouchers")
    with op.batch_alter_table("vouchers") as batch_op:
        batch_op.drop_index(
            "uq_vouchers_match",
            sqlite_where=sa.text("reverses_id IS NULL"),
            postgresql_where=sa.text("reverses_id IS NULL"),
        )

    op.drop_table("vouchers")
    op.drop_table("payment_parts")
    with op.batch_alter_table("payment_batches") as batch_op:
        batch_op.drop_index(batch_op.f("ix_payment_batches_import_id"))

    op.drop_table("payment_batches")
    with op.batch_alter_table("attachments") as batch_op:
        batch_op.drop_index(batch_op.f("ix_attachments_document_id"))

    op.drop_table("attachments")
    with op.batch_alter_table("ledger_postings") as batch_op:
        batch_op.drop_index(batch_op.f("ix_ledger_postings_import_id"))

    op.drop_table("ledger_postings")
    op.drop_table("import_sightings")
    with op.batch_alter_table("import_changes") as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_changes_import_id"))

    op.drop_table("import_changes")
    op.drop_table("posting_accounts")
    with op.batch_alter_table("imports") as batch_op:
        batch_op.drop_index(batch_op.f("ix_imports_client_id"))

    op.drop_table("imports")
    with op.batch_alter_table("exports") as batch_op:
        batch_op.drop_index(batch_op.f("ix_exports_client_id"))

    op.drop_table("exports")
    op.drop_table("column_mappings")
