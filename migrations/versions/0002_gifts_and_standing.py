"""Gifts of people, and what the user thinks of how customers stand to the firm."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the book to this shape; there is no way back but the backup."""
    op.create_table(
        "gifts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("received", sa.Boolean(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("on_date", sa.String(length=10), nullable=True),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_gifts_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gifts")),
        info={"role": "journalled", "touches": ("person_id",)},
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("gifts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gifts_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("companies", schema=None) as batch_op:
        batch_op.add_column(sa.Column("likes_product", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("likes_service", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("accepts_price", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("depends_on_us", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("esteems_us", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("we_depend", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("we_esteem", sa.Integer(), nullable=True))

    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(sa.Column("likes_product", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("likes_service", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("accepts_price", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("depends_on_us", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("esteems_us", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("we_depend", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("we_esteem", sa.Integer(), nullable=True))
