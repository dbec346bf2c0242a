"""A client's books may be closed up to a day; all that stood before are open."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_RULE = "(closed_until IS NULL) = (closed_at_decision IS NULL)"


def upgrade() -> None:
    with op.batch_alter_table("client_settings") as batch_op:
        batch_op.add_column(sa.Column("closed_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("closed_at_decision", sa.Integer(), nullable=True))
        batch_op.create_check_constraint(batch_op.f("ck_client_settings_closed_at_a_decision"), _RULE)


def downgrade() -> None:
    with op.batch_alter_table("client_settings") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_client_settings_closed_at_a_decision"), type_="check")
        batch_op.drop_column("closed_at_decision")
        batch_op.drop_column("closed_until")
