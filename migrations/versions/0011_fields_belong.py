"""The user's own fields may belong to product lines, kinds of companies and ways of selling."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the book to this shape; there is no way back but the backup."""
    op.execute("ALTER TABLE custom_fields ADD COLUMN only_for TEXT")
