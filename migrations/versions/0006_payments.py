"""payments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the book to this shape; there is no way back but the backup."""
    op.create_table(
        "payment_stages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("due", sa.String(length=10), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("percent", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("share", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name=op.f("fk_payment_stages_contract_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_stages")),
        info={"role": "journalled", "touches": ("contract_id",)},
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("payment_stages", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_payment_stages_contract_id_position"),
            ["contract_id", "position"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_payment_stages_due_contract_id"), ["due", "contract_id"], unique=False
        )

    op.create_table(
        "receipts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column(
            "changed_at",
            sa.String(length=27),
            server_default="1970-01-01T00:00:00.000000Z",
            nullable=False,
        ),
        sa.Column("trashed_at", sa.String(length=27), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("dated", sa.String(length=10), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("method_id", sa.Integer(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("in_charge_id", sa.Integer(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.Column("day_weight", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["companies.id"], name=op.f("fk_receipts_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name=op.f("fk_receipts_contract_id")
        ),
        sa.ForeignKeyConstraint(
            ["in_charge_id"], ["staff.id"], name=op.f("fk_receipts_in_charge_id")
        ),
        sa.ForeignKeyConstraint(
            ["method_id"], ["list_items.id"], name=op.f("fk_receipts_method_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_receipts_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipts")),
        sa.UniqueConstraint("uid", name=op.f("uq_receipts_uid")),
        info={"role": "journalled"},
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("receipts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_receipts_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_receipts_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_receipts_number"), ["number"], unique=False)
        batch_op.create_index(batch_op.f("ix_receipts_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_receipts_trashed_at_dated"), ["trashed_at", "dated"], unique=False
        )

    op.create_table(
        "expenses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column(
            "changed_at",
            sa.String(length=27),
            server_default="1970-01-01T00:00:00.000000Z",
            nullable=False,
        ),
        sa.Column("trashed_at", sa.String(length=27), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("dated", sa.String(length=10), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("opportunity_id", sa.Integer(), nullable=True),
        sa.Column("ticket_id", sa.Integer(), nullable=True),
        sa.Column("in_charge_id", sa.Integer(), nullable=True),
        sa.Column("reimbursed", sa.Boolean(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["category_id"], ["list_items.id"], name=op.f("fk_expenses_category_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["companies.id"], name=op.f("fk_expenses_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["in_charge_id"], ["staff.id"], name=op.f("fk_expenses_in_charge_id")
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunities.id"], name=op.f("fk_expenses_opportunity_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_expenses_person_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_expenses_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expenses")),
        sa.UniqueConstraint("uid", name=op.f("uq_expenses_uid")),
        info={"role": "journalled"},
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("expenses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_expenses_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_expenses_number"), ["number"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_expenses_opportunity_id"), ["opportunity_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_expenses_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_expenses_ticket_id"), ["ticket_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_expenses_trashed_at_dated"), ["trashed_at", "dated"], unique=False
        )
