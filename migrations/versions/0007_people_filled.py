"""people filled."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the book to this shape; there is no way back but the backup."""
    # Filled behind the migrations: see data/upgrade.py.
    op.create_table(
        "people_filled",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_people_filled")),
        info={"role": "derived"},
    )
    with op.batch_alter_table("people_filled", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_people_filled_percent_person_id"), ["percent", "person_id"], unique=False
        )
