"""The journal tells rows made together as one span."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the book to this shape; there is no way back but the backup."""
    op.create_table(
        "journal_span",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("gesture_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("first_row", sa.Integer(), nullable=False),
        sa.Column("last_row", sa.Integer(), nullable=False),
        sa.Column("behind", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["gesture_id"], ["gesture.id"], name=op.f("fk_journal_span_gesture_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_span")),
        info={"role": "outside"},
    )
    with op.batch_alter_table("journal_span", schema=None) as batch_op:
        batch_op.create_index("ix_journal_span_gesture", ["gesture_id", "table_name"], unique=False)
        batch_op.create_index(
            "ix_journal_span_rows",
            ["table_name", "last_row", "first_row", "gesture_id"],
            unique=False,
        )
