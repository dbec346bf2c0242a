"""An export keeps the file itself, imports tell of balances too, and a settlement report's columns are remembered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TOLD_BEFORE = (
    ("sha256", sa.String(length=64)),
    ("client_name", sa.String(length=200)),
    ("version", sa.String(length=40)),
)
_KINDS_BEFORE = {
    "import_sightings": "kind IN ('transaction', 'document', 'batch', 'posting')",
    "column_mappings": "kind IN ('bank', 'open_items')",
}
_KINDS = {
    "import_sightings": "kind IN ('transaction', 'document', 'batch', 'posting', 'balance')",
    "column_mappings": "kind IN ('bank', 'open_items', 'settlement')",
}


def upgrade() -> None:
    # In place, since rebuilding the table would take its triggers with it. An export made before has no content: it is
    # written again from its vouchers, which never change.
    op.add_column("exports", sa.Column("content", sa.LargeBinary(), nullable=True))
    for name, _ in _TOLD_BEFORE:
        op.drop_column("exports", name)
    _set_kinds(_KINDS)


def _set_kinds(rules: dict[str, str]) -> None:
    for table, rule in rules.items():
        with op.batch_alter_table(table) as batch_op:
            name = batch_op.f(f"ck_{table}_kind")
            batch_op.drop_constraint(name, type_="check")
            batch_op.create_check_constraint(name, rule)


def downgrade() -> None:
    op.execute("DELETE FROM import_sightings WHERE kind = 'balance'")
    op.execute("DELETE FROM column_mappings WHERE kind = 'settlement'")
    _set_kinds(_KINDS_BEFORE)
    for name, kind in _TOLD_BEFORE:
        op.add_column("exports", sa.Column(name, kind, server_default="", nullable=False))
    op.drop_column("exports", "content")
