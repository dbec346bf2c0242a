"""An export keeps the file itself; a balance that an import told is handed on when another import is undone."""

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
_KINDS = "kind IN ('transaction', 'document', 'batch', 'posting')"
_KINDS_WITH_BALANCE = "kind IN ('transaction', 'document', 'batch', 'posting', 'balance')"


def upgrade() -> None:
    # In place, since rebuilding the table would take its triggers with it. An export made before has no content: it is
    # written again from its vouchers, which never change.
    op.add_column("exports", sa.Column("content", sa.LargeBinary(), nullable=True))
    for name, _ in _TOLD_BEFORE:
        op.drop_column("exports", name)
    _set_kinds(_KINDS_WITH_BALANCE)


def _set_kinds(rule: str) -> None:
    with op.batch_alter_table("import_sightings") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_import_sightings_kind"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_import_sightings_kind"), rule)


def downgrade() -> None:
    op.execute("DELETE FROM import_sightings WHERE kind = 'balance'")
    _set_kinds(_KINDS)
    for name, kind in _TOLD_BEFORE:
        op.add_column("exports", sa.Column(name, kind, server_default="", nullable=False))
    op.drop_column("exports", "content")
