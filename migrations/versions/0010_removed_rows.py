"""What was removed from people and companies is found by whom it hung on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the book to this shape; there is no way back but the backup."""
    owner = "coalesce(before ->> 'person_id', before ->> 'company_id', before ->> 'owner_id')"
    removed = (
        "kind = 'D' AND table_name IN ('points', 'addresses', 'jobs', 'relations', 'anniversaries',"
        " 'gifts', 'yearly_demand', 'tag_links')"
    )
    op.create_index(
        "ix_journal_change_removed",
        "journal_change",
        [sa.text(owner)],
        sqlite_where=sa.text(removed),
    )
    op.create_index(
        "ix_journal_change_unrelated",
        "journal_change",
        [sa.text("before ->> 'other_id'")],
        sqlite_where=sa.text("kind = 'D' AND table_name = 'relations'"),
    )
