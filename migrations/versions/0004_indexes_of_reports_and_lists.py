"""indexes of reports and lists."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the book to this shape; there is no way back but the backup."""
    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activities_state_done_at"))
        batch_op.create_index(
            batch_op.f("ix_activities_state_done_at_type_id_trashed_at"),
            ["state", "done_at", "type_id", "trashed_at"],
            unique=False,
        )

    with op.batch_alter_table("companies", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_companies_trashed_at_created_at"),
            ["trashed_at", "created_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_companies_industry_id_trashed_at"),
            ["industry_id", "trashed_at"],
            unique=False,
        )

    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_jobs_person_id"))
        batch_op.create_index(
            batch_op.f("ix_jobs_person_id_left_position_company_id"),
            ["person_id", "left", "position", "company_id"],
            unique=False,
        )

    with op.batch_alter_table("opportunities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_opportunities_state_closed_on"))
        batch_op.create_index(
            batch_op.f("ix_opportunities_trashed_at_created_at_currency_amount"),
            ["trashed_at", "created_at", "currency", "amount"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f(
                "ix_opportunities_state_closed_on_trashed_at_currency_amount_lost_reason_id"
            ),
            ["state", "closed_on", "trashed_at", "currency", "amount", "lost_reason_id"],
            unique=False,
        )

    with op.batch_alter_table("stage_log", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stage_log_opportunity_id_at"))
        batch_op.create_index(
            batch_op.f("ix_stage_log_opportunity_id_at_to_id"),
            ["opportunity_id", "at", "to_id"],
            unique=False,
        )
