"""Tariffs with versions that start at a date, rates shared by prefixes, members."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("uq_tariff_version_active", "tariff_version")
    op.rename_table("tariff_version", "old_tariff_version")
    op.rename_table("rate", "old_rate")
    _create()
    _copy()
    op.drop_table("old_rate")
    op.drop_table("old_tariff_version")
    for column in (
        sa.Column("member_id", sa.String(length=40), server_default="", nullable=False),
        sa.Column("discount_bp", sa.Integer(), server_default="0", nullable=False),
        sa.Column("key_by", sa.String(length=40), server_default="", nullable=False),
    ):
        op.add_column("session", column)
    op.add_column(
        "print_job",
        sa.Column("is_explained", sa.Boolean(), server_default=sa.text("0"), nullable=False),
    )


def _create() -> None:
    op.create_table(
        "tariff_version",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("shop_id", sa.String(length=40), nullable=False),
        sa.Column("tariff", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.String(length=40), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=True),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("prefixes", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state = 'DRAFT' OR starts_at IS NOT NULL",
            name=op.f("ck_tariff_version_dated_when_ready"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tariff_version")),
    )
    op.create_index(
        "ix_tariff_version_tariff", "tariff_version", ["shop_id", "tariff", "state", "starts_at"]
    )
    op.create_table(
        "rate",
        sa.Column("version_id", Key, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("price_micro", sa.BigInteger(), nullable=False),
        sa.Column("fee_micro", sa.BigInteger(), nullable=False),
        sa.Column("first_increment", sa.Integer(), nullable=False),
        sa.Column("next_increment", sa.Integer(), nullable=False),
        sa.Column("free_seconds", sa.Integer(), nullable=False),
        sa.Column("free_below", sa.Integer(), nullable=False),
        sa.Column("minimum_micro", sa.BigInteger(), nullable=False),
        sa.Column("surcharge_micro", sa.BigInteger(), nullable=False),
        sa.Column("ceiling_micro", sa.BigInteger(), nullable=True),
        sa.Column("access", sa.String(length=10), nullable=False),
        sa.Column("more", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["tariff_version.id"], name=op.f("fk_rate_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "number", name=op.f("pk_rate")),
    )
    op.create_table(
        "rate_prefix",
        sa.Column("version_id", Key, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("prefix", sa.String(length=15), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["version_id"], ["tariff_version.id"], name=op.f("fk_rate_prefix_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "position", name=op.f("pk_rate_prefix")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tariff_rules",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("shop_id", sa.String(length=40), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tariff_rules")),
    )
    op.create_table(
        "member",
        sa.Column("shop_id", sa.String(length=40), nullable=False),
        sa.Column("member_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("discount_bp", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "discount_bp BETWEEN 0 AND 10000", name=op.f("ck_member_discount_in_range")
        ),
        sa.PrimaryKeyConstraint("shop_id", "member_id", name=op.f("pk_member")),
    )


def _copy() -> None:
    # The version that was active keeps its key, so that charges still name their tariff; of the
    # others one was in force before, which their date says well enough. One that is newer than
    # the active one was never sold by.
    op.execute(
        "INSERT INTO tariff_version (id, shop_id, tariff, kind, state, name, currency,"
        " created_at, created_by, starts_at, columns, prefixes)"
        " SELECT id, shop_id, 'shop', 'SELL', CASE WHEN EXISTS (SELECT 1 FROM old_tariff_version a"
        " WHERE a.shop_id = v.shop_id AND a.is_active AND (a.created_at < v.created_at"
        " OR (a.created_at = v.created_at AND a.id < v.id))) THEN 'UNDONE' ELSE 'READY' END,"
        " name, currency, created_at, '',"
        " created_at, '', (SELECT count(*) FROM old_rate WHERE version_id = v.id)"
        " FROM old_tariff_version v"
    )
    op.execute(
        "INSERT INTO rate (version_id, number, destination, country, price_micro, fee_micro,"
        " first_increment, next_increment, free_seconds, free_below, minimum_micro,"
        " surcharge_micro, ceiling_micro, access, more)"
        " SELECT version_id, row_number() OVER (PARTITION BY version_id ORDER BY prefix),"
        " destination, country, price_micro, fee_micro, first_increment, next_increment,"
        " 0, 0, 0, 0, NULL, 'OPEN', '' FROM old_rate"
    )
    op.execute(
        "INSERT INTO rate_prefix (version_id, position, prefix, number, starts_at, ends_at)"
        " SELECT version_id, row_number() OVER (PARTITION BY version_id ORDER BY prefix), prefix,"
        " row_number() OVER (PARTITION BY version_id ORDER BY prefix), 0, NULL FROM old_rate"
    )
