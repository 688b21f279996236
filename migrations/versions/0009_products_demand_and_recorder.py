"""Products an opportunity is about, yearly demand of companies, who recorded a record."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_RECORDED = (
    "activities",
    "companies",
    "contracts",
    "expenses",
    "opportunities",
    "people",
    "quotes",
    "receipts",
    "tickets",
)


def upgrade() -> None:
    """Bring the book to this shape; there is no way back but the backup."""
    op.create_table(
        "yearly_demand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["category_id"], ["list_items.id"], name=op.f("fk_yearly_demand_category_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["companies.id"], name=op.f("fk_yearly_demand_company_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_yearly_demand")),
        info={"role": "journalled", "touches": ("company_id",)},
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_yearly_demand_category_id"), "yearly_demand", ["category_id"])
    op.create_index(
        op.f("ix_yearly_demand_company_id_position"), "yearly_demand", ["company_id", "position"]
    )
    op.create_table(
        "proposed_products",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["opportunities.id"],
            name=op.f("fk_proposed_products_opportunity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_proposed_products_product_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposed_products")),
        info={"role": "journalled", "touches": ("opportunity_id",)},
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_proposed_products_opportunity_id_position"),
        "proposed_products",
        ["opportunity_id", "position"],
    )
    op.create_index(op.f("ix_proposed_products_product_id"), "proposed_products", ["product_id"])
    for table in _RECORDED:
        # Added in place: a table copied anew takes minutes in a book of a million records.
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN recorded_by_id INTEGER"
            f" CONSTRAINT fk_{table}_recorded_by_id REFERENCES staff (id)"
        )
