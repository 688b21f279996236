"""Helpers of activities and opportunities; what was removed from those is found by them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_OWNERS = (("activity", "activities"), ("opportunity", "opportunities"))


def upgrade() -> None:
    """Bring the book to this shape; there is no way back but the backup."""
    for owner, owners in _OWNERS:
        table = f"{owner}_helpers"
        op.create_table(
            table,
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column(f"{owner}_id", sa.Integer(), nullable=False),
            sa.Column("position", sa.Integer(), nullable=False),
            sa.Column("staff_id", sa.Integer(), nullable=False),
            sa.ForeignKeyConstraint(
                [f"{owner}_id"], [f"{owners}.id"], name=op.f(f"fk_{table}_{owner}_id")
            ),
            sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f(f"fk_{table}_staff_id")),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
            info={"role": "journalled", "touches": (f"{owner}_id",)},
            sqlite_autoincrement=True,
        )
        op.create_index(op.f(f"ix_{table}_{owner}_id_position"), table, [f"{owner}_id", "position"])
        op.create_index(op.f(f"ix_{table}_staff_id"), table, ["staff_id"])
    op.drop_index("ix_journal_change_removed", "journal_change")
    owner = (
        "coalesce(before ->> 'person_id', before ->> 'company_id', before ->> 'owner_id',"
        " before ->> 'opportunity_id', before ->> 'activity_id')"
    )
    removed = (
        "kind = 'D' AND table_name IN ('points', 'addresses', 'jobs', 'relations', 'anniversaries',"
        " 'gifts', 'yearly_demand', 'tag_links', 'proposed_products', 'opportunity_helpers',"
        " 'activity_helpers')"
    )
    op.create_index(
        "ix_journal_change_removed",
        "journal_change",
        [sa.text(owner)],
        sqlite_where=sa.text(removed),
    )
