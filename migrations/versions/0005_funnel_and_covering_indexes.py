"""funnel and covering indexes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the book to this shape; there is no way back but the backup."""
    # The two new tables are filled behind the migrations: see data/upgrade.py.
    op.create_table(
        "opportunity_ways",
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("recorded_at", sa.String(length=27), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("stays", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("opportunity_id", name=op.f("pk_opportunity_ways")),
        info={"role": "derived"},
    )
    with op.batch_alter_table("opportunity_ways", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_opportunity_ways_way_currency_recorded_at_amount_opportunity_id"),
            ["way", "currency", "recorded_at", "amount", "opportunity_id"],
            unique=False,
        )

    op.create_table(
        "stage_stays",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("stage_id", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=False),
        sa.Column("time", sa.Integer(), nullable=False),
        sa.Column("going_on", sa.Integer(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "stage_id", name=op.f("pk_stage_stays")),
        info={"role": "derived"},
    )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_people_birth_lunar_birth_month_birth_day"))
        batch_op.create_index(
            batch_op.f("ix_people_birth_lunar_birth_month_birth_day_birth_leap_trashed_at"),
            ["birth_lunar", "birth_month", "birth_day", "birth_leap", "trashed_at"],
            unique=False,
        )

    with op.batch_alter_table("points", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_points_company_id_kind_position"))
        batch_op.drop_index(batch_op.f("ix_points_person_id_kind_position"))
        batch_op.create_index(
            batch_op.f("ix_points_company_id_kind_position_id_value"),
            ["company_id", "kind", "position", "id", "value"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_points_person_id_kind_position_id_value"),
            ["person_id", "kind", "position", "id", "value"],
            unique=False,
        )
