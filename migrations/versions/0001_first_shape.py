"""first shape."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the book to this shape; there is no way back but the backup."""
    op.create_table(
        "blobs",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blobs")),
        info={"role": "outside"},
    )
    op.create_table(
        "book_fact",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_book_fact")),
        info={"role": "outside"},
    )
    op.create_table(
        "book_settings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book_settings")),
        sa.UniqueConstraint("key", name=op.f("uq_book_settings_key")),
        info={"role": "journalled"},
        sqlite_autoincrement=True,
    )
    op.create_table(
        "custom_fields",
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
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("list_key", sa.Text(), nullable=True),
        sa.Column("link", sa.String(length=16), nullable=True),
        sa.Column("searchable", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custom_fields")),
        sa.UniqueConstraint("uid", name=op.f("uq_custom_fields_uid")),
        info={"role": "journalled"},
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("custom_fields", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_custom_fields_kind_position"), ["kind", "position"], unique=False
        )

    op.create_table(
        "gesture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("args", sa.Text(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("reverses", sa.Integer(), nullable=True),
        sa.Column("reversed_by", sa.Integer(), nullable=True),
        sa.Column("sealed", sa.String(), nullable=True),
        sa.CheckConstraint(
            "origin IN ('user','import','undo','redo','system')", name=op.f("ck_gesture_origin")
        ),
        sa.ForeignKeyConstraint(
            ["reversed_by"], ["gesture.id"], name=op.f("fk_gesture_reversed_by")
        ),
        sa.ForeignKeyConstraint(["reverses"], ["gesture.id"], name=op.f("fk_gesture_reverses")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gesture")),
        info={"role": "outside"},
        sqlite_autoincrement=True,
    )
    op.create_table(
        "import_origins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_origins")),
        info={"role": "journalled"},
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("import_origins", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_import_origins_kind_record_id"), ["kind", "record_id"], unique=False
        )

    op.create_table(
        "issued",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("quote_id", sa.Integer(), nullable=True),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False),
        sa.Column("issued_at", sa.String(length=27), nullable=False),
        sa.Column("withdrawn_at", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued")),
        sa.UniqueConstraint("uid", name=op.f("uq_issued_uid")),
        info={"role": "outside"},
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("issued", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_issued_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_issued_quote_id"), ["quote_id"], unique=False)

    op.create_table(
        "list_items",
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
        sa.Column("list_key", sa.String(length=32), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("color", sa.String(length=8), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("data", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["list_items.id"], name=op.f("fk_list_items_parent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_items")),
        sa.UniqueConstraint("uid", name=op.f("uq_list_items_uid")),
        info={"role": "journalled"},
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("list_items", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_list_items_list_key_position"), ["list_key", "position"], unique=False
        )

    op.create_table(
        "not_the_same",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_not_the_same")),
        info={"role": "journalled"},
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("not_the_same", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_not_the_same_kind_first_id"), ["kind", "first_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_not_the_same_kind_second_id"), ["kind", "second_id"], unique=False
        )

    op.create_table(
        "notices",
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
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("until", sa.String(length=10), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("uid", name=op.f("uq_notices_uid")),
        info={"role": "journalled"},
        sqlite_autoincrement=True,
    )
    op.create_table(
        "number_series",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "year", name=op.f("pk_number_series")),
        info={"role": "outside"},
    )
    op.create_table(
        "recently_seen",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recently_seen")),
        sa.UniqueConstraint("kind", "record_id", name=op.f("uq_recently_seen_kind_record_id")),
        info={"role": "outside"},
    )
    with op.batch_alter_table("recently_seen", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recently_seen_seen_at"), ["seen_at"], unique=False)

    op.create_table(
        "reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("occurrence", sa.Text(), nullable=False),
        sa.Column("due_at", sa.String(length=27), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint(
            "source",
            "source_id",
            "occurrence",
            name=op.f("uq_reminders_source_source_id_occurrence"),
        ),
        info={"role": "outside"},
    )
    with op.batch_alter_table("reminders", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reminders_state_due_at"), ["state", "due_at"], unique=False
        )

    op.create_table(
        "saved_views",
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
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
        sa.UniqueConstraint("uid", name=op.f("uq_saved_views_uid")),
        info={"role": "journalled"},
        sqlite_autoincrement=True,
    )
    op.create_table(
        "search_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("texts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entries")),
        sa.UniqueConstraint("kind", "record_id", name=op.f("uq_search_entries_kind_record_id")),
        info={"role": "derived"},
        sqlite_autoincrement=True,
    )
    op.create_table(
        "staff",
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
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=True),
        sa.Column("branch", sa.Text(), nullable=True),
        sa.Column("phone_text", sa.Text(), nullable=True),
        sa.Column("email_text", sa.Text(), nullable=True),
        sa.Column("active_from", sa.String(length=10), nullable=True),
        sa.Column("active_to", sa.String(length=10), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("uid", name=op.f("uq_staff_uid")),
        info={"role": "journalled"},
        sqlite_autoincrement=True,
    )
    op.create_table(
        "tags",
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
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("color", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tags")),
        sa.UniqueConstraint("uid", name=op.f("uq_tags_uid")),
        info={"role": "journalled"},
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("tags", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tags_name"), ["name"], unique=False)

    op.create_table(
        "template_texts",
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
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template_texts")),
        sa.UniqueConstraint("uid", name=op.f("uq_template_texts_uid")),
        info={"role": "journalled"},
        sqlite_autoincrement=True,
    )
    op.create_table(
        "attachments",
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
        sa.Column("owner_kind", sa.String(length=16), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type_id", sa.Integer(), nullable=True),
        sa.Column("file_version", sa.Text(), nullable=True),
        sa.Column("expires_on", sa.String(length=10), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["type_id"], ["list_items.id"], name=op.f("fk_attachments_type_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
        sa.UniqueConstraint("uid", name=op.f("uq_attachments_uid")),
        info={"role": "journalled"},
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_attachments_owner_kind_owner_id"),
            ["owner_kind", "owner_id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_attachments_sha256"), ["sha256"], unique=False)

    op.create_table(
        "companies",
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
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("kinds", sa.Text(), nullable=True),
        sa.Column("industry_id", sa.Integer(), nullable=True),
        sa.Column("org_type_id", sa.Integer(), nullable=True),
        sa.Column("size_id", sa.Integer(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("province", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("district", sa.Text(), nullable=True),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("lifecycle_id", sa.Integer(), nullable=True),
        sa.Column("level_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("in_charge_id", sa.Integer(), nullable=True),
        sa.Column("product_lines", sa.Text(), nullable=True),
        sa.Column("important", sa.Boolean(), nullable=False),
        sa.Column("important_reason", sa.Text(), nullable=True),
        sa.Column("credit_grade_id", sa.Integer(), nullable=True),
        sa.Column("credit_limit", sa.BigInteger(), nullable=True),
        sa.Column("risk_grade_id", sa.Integer(), nullable=True),
        sa.Column("turnover", sa.BigInteger(), nullable=True),
        sa.Column("current_suppliers", sa.Text(), nullable=True),
        sa.Column("tax_number", sa.Text(), nullable=True),
        sa.Column("bank_name", sa.Text(), nullable=True),
        sa.Column("bank_account", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.Column("sort_key", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["list_items.id"], name=op.f("fk_companies_area_id")),
        sa.ForeignKeyConstraint(
            ["credit_grade_id"], ["list_items.id"], name=op.f("fk_companies_credit_grade_id")
        ),
        sa.ForeignKeyConstraint(
            ["in_charge_id"], ["staff.id"], name=op.f("fk_companies_in_charge_id")
        ),
        sa.ForeignKeyConstraint(
            ["industry_id"], ["list_items.id"], name=op.f("fk_companies_industry_id")
        ),
        sa.ForeignKeyConstraint(
            ["level_id"], ["list_items.id"], name=op.f("fk_companies_level_id")
        ),
        sa.ForeignKeyConstraint(
            ["lifecycle_id"], ["list_items.id"], name=op.f("fk_companies_lifecycle_id")
        ),
        sa.ForeignKeyConstraint(
            ["org_type_id"], ["list_items.id"], name=op.f("fk_companies_org_type_id")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["companies.id"], name=op.f("fk_companies_parent_id")
        ),
        sa.ForeignKeyConstraint(
            ["risk_grade_id"], ["list_items.id"], name=op.f("fk_companies_risk_grade_id")
        ),
        sa.ForeignKeyConstraint(["size_id"], ["list_items.id"], name=op.f("fk_companies_size_id")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["list_items.id"], name=op.f("fk_companies_source_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_companies")),
        sa.UniqueConstraint("uid", name=op.f("uq_companies_uid")),
        info={"role": "journalled"},
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("companies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_companies_city"), ["city"], unique=False)
        batch_op.create_index(batch_op.f("ix_companies_code"), ["code"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_companies_in_charge_id_trashed_at_sort_key"),
            ["in_charge_id", "trashed_at", "sort_key"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_companies_level_id_trashed_at_sort_key"),
            ["level_id", "trashed_at", "sort_key"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_companies_lifecycle_id_trashed_at_sort_key"),
            ["lifecycle_id", "trashed_at", "sort_key"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_companies_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_companies_trashed_at_sort_key_id"),
            ["trashed_at", "sort_key", "id"],
            unique=False,
        )

    op.create_table(
        "journal_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("gesture_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=1), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('I','U','D')", name=op.f("ck_journal_change_kind")),
        sa.ForeignKeyConstraint(
            ["gesture_id"], ["gesture.id"], name=op.f("fk_journal_change_gesture_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_change")),
        info={"role": "outside"},
    )
    with op.batch_alter_table("journal_change", schema=None) as batch_op:
        batch_op.create_index(
            "ix_journal_change_gesture",
            ["gesture_id", "table_name", "kind", "row_id"],
            unique=False,
        )
        batch_op.create_index("ix_journal_change_row", ["table_name", "row_id"], unique=False)

    op.create_table(
        "people",
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
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_reading", sa.Text(), nullable=True),
        sa.Column("given_name", sa.Text(), nullable=True),
        sa.Column("family_name", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("gender_id", sa.Integer(), nullable=True),
        sa.Column("salutation", sa.Text(), nullable=True),
        sa.Column("lifecycle_id", sa.Integer(), nullable=True),
        sa.Column("level_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("province", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("district", sa.Text(), nullable=True),
        sa.Column("in_charge_id", sa.Integer(), nullable=True),
        sa.Column("important", sa.Boolean(), nullable=False),
        sa.Column("important_reason", sa.Text(), nullable=True),
        sa.Column("do_not_contact", sa.Boolean(), nullable=False),
        sa.Column("decision_role_id", sa.Integer(), nullable=True),
        sa.Column("influence", sa.Integer(), nullable=True),
        sa.Column("attitude_id", sa.Integer(), nullable=True),
        sa.Column("preferences", sa.Text(), nullable=True),
        sa.Column("taboos", sa.Text(), nullable=True),
        sa.Column("hobbies", sa.Text(), nullable=True),
        sa.Column("character", sa.Text(), nullable=True),
        sa.Column("income_band", sa.Text(), nullable=True),
        sa.Column("family_size", sa.Integer(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("birth_month", sa.Integer(), nullable=True),
        sa.Column("birth_day", sa.Integer(), nullable=True),
        sa.Column("birth_lunar", sa.Boolean(), nullable=False),
        sa.Column("birth_leap", sa.Boolean(), nullable=False),
        sa.Column("photo_sha256", sa.String(length=64), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.Column("sort_key", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["attitude_id"], ["list_items.id"], name=op.f("fk_people_attitude_id")
        ),
        sa.ForeignKeyConstraint(
            ["decision_role_id"], ["list_items.id"], name=op.f("fk_people_decision_role_id")
        ),
        sa.ForeignKeyConstraint(["gender_id"], ["list_items.id"], name=op.f("fk_people_gender_id")),
        sa.ForeignKeyConstraint(
            ["in_charge_id"], ["staff.id"], name=op.f("fk_people_in_charge_id")
        ),
        sa.ForeignKeyConstraint(["level_id"], ["list_items.id"], name=op.f("fk_people_level_id")),
        sa.ForeignKeyConstraint(
            ["lifecycle_id"], ["list_items.id"], name=op.f("fk_people_lifecycle_id")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["list_items.id"], name=op.f("fk_people_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("uid", name=op.f("uq_people_uid")),
        info={"role": "journalled"},
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_people_birth_lunar_birth_month_birth_day"),
            ["birth_lunar", "birth_month", "birth_day"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_people_city"), ["city"], unique=False)
        batch_op.create_index(batch_op.f("ix_people_code"), ["code"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_people_in_charge_id_trashed_at_sort_key"),
            ["in_charge_id", "trashed_at", "sort_key"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_people_level_id_trashed_at_sort_key"),
            ["level_id", "trashed_at", "sort_key"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_people_lifecycle_id_trashed_at_sort_key"),
            ["lifecycle_id", "trashed_at", "sort_key"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_people_trashed_at_sort_key_id"),
            ["trashed_at", "sort_key", "id"],
            unique=False,
        )

    op.create_table(
        "products",
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
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("spec", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("tax_rate", sa.BigInteger(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("stock", sa.BigInteger(), nullable=True),
        sa.Column("stock_as_of", sa.String(length=10), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.Column("sort_key", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["category_id"], ["list_items.id"], name=op.f("fk_products_category_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_products")),
        sa.UniqueConstraint("uid", name=op.f("uq_products_uid")),
        info={"role": "journalled"},
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("products", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_products_code"), ["code"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_products_trashed_at_sort_key_id"),
            ["trashed_at", "sort_key", "id"],
            unique=False,
        )

    op.create_table(
        "tag_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("owner_kind", sa.String(length=16), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name=op.f("fk_tag_links_tag_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag_links")),
        info={"role": "journalled"},
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("tag_links", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_tag_links_owner_kind_owner_id"), ["owner_kind", "owner_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_tag_links_tag_id"), ["tag_id"], unique=False)

    op.create_table(
        "addresses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("province", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(person_id IS NULL) <> (company_id IS NULL)", name=op.f("ck_addresses_one_owner")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["companies.id"], name=op.f("fk_addresses_company_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_addresses_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addresses")),
        info={"role": "journalled", "touches": ("person_id", "company_id")},
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("addresses", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_addresses_company_id_position"), ["company_id", "position"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_addresses_person_id_position"), ["person_id", "position"], unique=False
        )

    op.create_table(
        "anniversaries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("lunar", sa.Boolean(), nullable=False),
        sa.Column("leap", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_anniversaries_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anniversaries")),
        info={"role": "journalled", "touches": ("person_id",)},
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("anniversaries", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_anniversaries_lunar_month_day"), ["lunar", "month", "day"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_anniversaries_person_id"), ["person_id"], unique=False)

    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("department", sa.Text(), nullable=True),
        sa.Column("from_date", sa.String(length=10), nullable=True),
        sa.Column("to_date", sa.String(length=10), nullable=True),
        sa.Column("left", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reports_to_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["company_id"], ["companies.id"], name=op.f("fk_jobs_company_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_jobs_person_id")),
        sa.ForeignKeyConstraint(
            ["reports_to_id"], ["people.id"], name=op.f("fk_jobs_reports_to_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        info={"role": "journalled", "touches": ("person_id",)},
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_jobs_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_jobs_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_jobs_reports_to_id"), ["reports_to_id"], unique=False)

    op.create_table(
        "opportunities",
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
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("stage_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("probability", sa.Integer(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("expected_close", sa.String(length=10), nullable=True),
        sa.Column("closed_on", sa.String(length=10), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("channel_id", sa.Integer(), nullable=True),
        sa.Column("priority_id", sa.Integer(), nullable=True),
        sa.Column("competitors", sa.Text(), nullable=True),
        sa.Column("needs", sa.Text(), nullable=True),
        sa.Column("lost_reason_id", sa.Integer(), nullable=True),
        sa.Column("lesson", sa.Text(), nullable=True),
        sa.Column("in_charge_id", sa.Integer(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("stage_since", sa.String(length=27), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.Column("sort_key", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["list_items.id"], name=op.f("fk_opportunities_channel_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["companies.id"], name=op.f("fk_opportunities_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["in_charge_id"], ["staff.id"], name=op.f("fk_opportunities_in_charge_id")
        ),
        sa.ForeignKeyConstraint(
            ["lost_reason_id"], ["list_items.id"], name=op.f("fk_opportunities_lost_reason_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_opportunities_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["priority_id"], ["list_items.id"], name=op.f("fk_opportunities_priority_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["list_items.id"], name=op.f("fk_opportunities_source_id")
        ),
        sa.ForeignKeyConstraint(
            ["stage_id"], ["list_items.id"], name=op.f("fk_opportunities_stage_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunities")),
        sa.UniqueConstraint("uid", name=op.f("uq_opportunities_uid")),
        info={"role": "journalled"},
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("opportunities", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_opportunities_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_opportunities_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_opportunities_state_closed_on"), ["state", "closed_on"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_opportunities_state_stage_id"), ["state", "stage_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_opportunities_trashed_at_sort_key_id"),
            ["trashed_at", "sort_key", "id"],
            unique=False,
        )

    op.create_table(
        "points",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("norm", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(person_id IS NULL) <> (company_id IS NULL)", name=op.f("ck_points_one_owner")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["companies.id"], name=op.f("fk_points_company_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_points_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points")),
        info={"role": "journalled", "touches": ("person_id", "company_id")},
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("points", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_points_company_id_kind_position"),
            ["company_id", "kind", "position"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_points_norm"), ["norm"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_points_person_id_kind_position"),
            ["person_id", "kind", "position"],
            unique=False,
        )

    op.create_table(
        "relations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("type_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["other_id"], ["people.id"], name=op.f("fk_relations_other_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_relations_person_id")),
        sa.ForeignKeyConstraint(["type_id"], ["list_items.id"], name=op.f("fk_relations_type_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relations")),
        info={"role": "journalled", "touches": ("person_id", "other_id")},
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("relations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_relations_other_id"), ["other_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_relations_person_id"), ["person_id"], unique=False)

    op.create_table(
        "quotes",
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
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("opportunity_id", sa.Integer(), nullable=True),
        sa.Column("dated", sa.String(length=10), nullable=True),
        sa.Column("valid_until", sa.String(length=10), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("tax_included", sa.Boolean(), nullable=False),
        sa.Column("discount_percent", sa.BigInteger(), nullable=True),
        sa.Column("discount_amount", sa.BigInteger(), nullable=True),
        sa.Column("subtotal", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("terms", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("in_charge_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.String(length=27), nullable=True),
        sa.Column("closed_at", sa.String(length=27), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["companies.id"], name=op.f("fk_quotes_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["in_charge_id"], ["staff.id"], name=op.f("fk_quotes_in_charge_id")
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunities.id"], name=op.f("fk_quotes_opportunity_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_quotes_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotes")),
        sa.UniqueConstraint("uid", name=op.f("uq_quotes_uid")),
        info={"role": "journalled"},
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("quotes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quotes_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_quotes_number"), ["number"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_quotes_opportunity_id"), ["opportunity_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_quotes_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_quotes_state_dated"), ["state", "dated"], unique=False)

    op.create_table(
        "stage_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=True),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["from_id"], ["list_items.id"], name=op.f("fk_stage_log_from_id")),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunities.id"], name=op.f("fk_stage_log_opportunity_id")
        ),
        sa.ForeignKeyConstraint(["to_id"], ["list_items.id"], name=op.f("fk_stage_log_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_log")),
        info={"role": "journalled"},
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("stage_log", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_stage_log_opportunity_id_at"), ["opportunity_id", "at"], unique=False
        )

    op.create_table(
        "contracts",
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
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("kind_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("quote_id", sa.Integer(), nullable=True),
        sa.Column("opportunity_id", sa.Integer(), nullable=True),
        sa.Column("dated", sa.String(length=10), nullable=True),
        sa.Column("start", sa.String(length=10), nullable=True),
        sa.Column("end", sa.String(length=10), nullable=True),
        sa.Column("signed_on", sa.String(length=10), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("tax_included", sa.Boolean(), nullable=False),
        sa.Column("discount_percent", sa.BigInteger(), nullable=True),
        sa.Column("discount_amount", sa.BigInteger(), nullable=True),
        sa.Column("subtotal", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("in_charge_id", sa.Integer(), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["companies.id"], name=op.f("fk_contracts_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["in_charge_id"], ["staff.id"], name=op.f("fk_contracts_in_charge_id")
        ),
        sa.ForeignKeyConstraint(["kind_id"], ["list_items.id"], name=op.f("fk_contracts_kind_id")),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunities.id"], name=op.f("fk_contracts_opportunity_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_contracts_person_id")),
        sa.ForeignKeyConstraint(["quote_id"], ["quotes.id"], name=op.f("fk_contracts_quote_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contracts")),
        sa.UniqueConstraint("uid", name=op.f("uq_contracts_uid")),
        info={"role": "journalled"},
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("contracts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contracts_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contracts_number"), ["number"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_contracts_opportunity_id"), ["opportunity_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_contracts_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contracts_quote_id"), ["quote_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_contracts_state_dated"), ["state", "dated"], unique=False
        )

    op.create_table(
        "lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quote_id", sa.Integer(), nullable=True),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("discount_percent", sa.BigInteger(), nullable=True),
        sa.Column("discount_amount", sa.BigInteger(), nullable=True),
        sa.Column("tax_rate", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "(quote_id IS NULL) <> (contract_id IS NULL)", name=op.f("ck_lines_one_owner")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name=op.f("fk_lines_contract_id")
        ),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_lines_product_id")),
        sa.ForeignKeyConstraint(["quote_id"], ["quotes.id"], name=op.f("fk_lines_quote_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lines")),
        info={"role": "journalled", "touches": ("quote_id", "contract_id")},
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("lines", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_lines_contract_id_position"), ["contract_id", "position"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_lines_product_id"), ["product_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_lines_quote_id_position"), ["quote_id", "position"], unique=False
        )

    op.create_table(
        "tickets",
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
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("type_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("priority_id", sa.Integer(), nullable=True),
        sa.Column("promised_by", sa.String(length=10), nullable=True),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("serial", sa.Text(), nullable=True),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("channel_id", sa.Integer(), nullable=True),
        sa.Column("said", sa.Text(), nullable=True),
        sa.Column("work", sa.Text(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("satisfaction", sa.Integer(), nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("in_charge_id", sa.Integer(), nullable=True),
        sa.Column("solved_at", sa.String(length=27), nullable=True),
        sa.Column("closed_at", sa.String(length=27), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["list_items.id"], name=op.f("fk_tickets_channel_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["companies.id"], name=op.f("fk_tickets_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name=op.f("fk_tickets_contract_id")
        ),
        sa.ForeignKeyConstraint(
            ["in_charge_id"], ["staff.id"], name=op.f("fk_tickets_in_charge_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_tickets_person_id")),
        sa.ForeignKeyConstraint(
            ["priority_id"], ["list_items.id"], name=op.f("fk_tickets_priority_id")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_tickets_product_id")
        ),
        sa.ForeignKeyConstraint(["type_id"], ["list_items.id"], name=op.f("fk_tickets_type_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tickets")),
        sa.UniqueConstraint("uid", name=op.f("uq_tickets_uid")),
        info={"role": "journalled"},
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("tickets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tickets_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tickets_contract_id"), ["contract_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tickets_number"), ["number"], unique=False)
        batch_op.create_index(batch_op.f("ix_tickets_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tickets_product_id"), ["product_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_tickets_state_promised_by"), ["state", "promised_by"], unique=False
        )

    op.create_table(
        "activities",
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
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("type_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("due_date", sa.String(length=10), nullable=True),
        sa.Column("due_time", sa.String(length=5), nullable=True),
        sa.Column("due_zone", sa.Text(), nullable=True),
        sa.Column("due_at", sa.String(length=27), nullable=True),
        sa.Column("show_from", sa.String(length=10), nullable=True),
        sa.Column("duration", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.String(length=27), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("opportunity_id", sa.Integer(), nullable=True),
        sa.Column("quote_id", sa.Integer(), nullable=True),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("ticket_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("repeat", sa.Text(), nullable=True),
        sa.Column("remind", sa.Integer(), nullable=True),
        sa.Column("in_charge_id", sa.Integer(), nullable=True),
        sa.Column("custom", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["companies.id"], name=op.f("fk_activities_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contracts.id"], name=op.f("fk_activities_contract_id")
        ),
        sa.ForeignKeyConstraint(
            ["in_charge_id"], ["staff.id"], name=op.f("fk_activities_in_charge_id")
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunities.id"], name=op.f("fk_activities_opportunity_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_activities_person_id")),
        sa.ForeignKeyConstraint(["quote_id"], ["quotes.id"], name=op.f("fk_activities_quote_id")),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_activities_ticket_id")
        ),
        sa.ForeignKeyConstraint(["type_id"], ["list_items.id"], name=op.f("fk_activities_type_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activities")),
        sa.UniqueConstraint("uid", name=op.f("uq_activities_uid")),
        info={"role": "journalled"},
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activities_company_id"), ["company_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_activities_contract_id"), ["contract_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_activities_opportunity_id"), ["opportunity_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_activities_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_activities_quote_id"), ["quote_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_activities_state_done_at"), ["state", "done_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_activities_state_due_date"), ["state", "due_date"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_activities_ticket_id"), ["ticket_id"], unique=False)
    op.execute(
        "CREATE VIRTUAL TABLE search_index USING fts5"
        "(tokens, content='', detail=none, columnsize=0, tokenize='ascii')"
    )
