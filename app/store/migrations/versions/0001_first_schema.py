"""First schema, with triggers that keep ledger and receipts append-only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
APPEND_ONLY = ("entry", "posting", "receipt")

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "booth",
        sa.Column("shop_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("is_out", sa.Boolean(), nullable=False),
        sa.Column("out_reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("shop_id", "number", name=op.f("pk_booth")),
    )
    op.create_table(
        "command_log",
        sa.Column("shop_id", sa.String(length=40), nullable=False),
        sa.Column("command_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("operator", sa.String(length=40), nullable=False),
        sa.Column("till", sa.String(length=40), nullable=False),
        sa.Column("approved_by", sa.String(length=40), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("shop_id", "command_id", name=op.f("pk_command_log")),
    )
    op.create_table(
        "entry",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("shop_id", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("session_id", sa.String(length=40), nullable=False),
        sa.Column("operator", sa.String(length=40), nullable=False),
        sa.Column("till", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reverses_id", Key, nullable=True),
        sa.ForeignKeyConstraint(["reverses_id"], ["entry.id"], name=op.f("fk_entry_reverses_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_entry_reverses_id")),
        sa.UniqueConstraint("shop_id", "key", name=op.f("uq_entry_shop_id_key")),
    )
    op.create_index("ix_entry_session_id", "entry", ["session_id"], unique=False)
    op.create_table(
        "link_alive",
        sa.Column("shop_id", sa.String(length=40), nullable=False),
        sa.Column("link", sa.String(length=40), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("shop_id", "link", name=op.f("pk_link_alive")),
    )
    op.create_table(
        "operator",
        sa.Column("shop_id", sa.String(length=40), nullable=False),
        sa.Column("operator_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("pin_hash", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("shop_id", "operator_id", name=op.f("pk_operator")),
    )
    op.create_table(
        "receipt_series",
        sa.Column("shop_id", sa.String(length=40), nullable=False),
        sa.Column("series", sa.String(length=20), nullable=False),
        sa.Column("last_number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("shop_id", "series", name=op.f("pk_receipt_series")),
    )
    op.create_table(
        "session",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("shop_id", sa.String(length=40), nullable=False),
        sa.Column("booth", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("opened_by", sa.String(length=40), nullable=False),
        sa.Column("till", sa.String(length=40), nullable=False),
        sa.Column("deposit_minor", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "state = 'OPEN' OR closed_at IS NOT NULL", name=op.f("ck_session_closed_when_not_open")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
    )
    op.create_index(
        "uq_session_on_booth",
        "session",
        ["shop_id", "booth"],
        unique=True,
        sqlite_where=sa.text("state IN ('OPEN', 'DUE')"),
        postgresql_where=sa.text("state IN ('OPEN', 'DUE')"),
    )
    op.create_table(
        "tariff_version",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("shop_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tariff_version")),
    )
    op.create_index(
        "uq_tariff_version_active",
        "tariff_version",
        ["shop_id"],
        unique=True,
        sqlite_where=sa.text("is_active"),
        postgresql_where=sa.text("is_active"),
    )
    op.create_table(
        "call",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("shop_id", sa.String(length=40), nullable=False),
        sa.Column("link", sa.String(length=40), nullable=False),
        sa.Column("call_id", sa.String(length=80), nullable=False),
        sa.Column("booth", sa.Integer(), nullable=False),
        sa.Column("extension", sa.String(length=40), nullable=False),
        sa.Column("dialled", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("digits", sa.String(length=20), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("session_id", sa.String(length=40), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("cause", sa.Integer(), nullable=True),
        sa.Column("ended_by", sa.String(length=16), nullable=False),
        sa.Column("is_refused", sa.Boolean(), nullable=False),
        sa.Column("refused_reason", sa.String(length=40), nullable=False),
        sa.Column("is_estimated", sa.Boolean(), nullable=False),
        sa.Column("is_stored", sa.Boolean(), nullable=False),
        sa.Column("cdr_seconds", sa.Integer(), nullable=False),
        sa.Column("cdr_keys", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("charge", sa.Text(), nullable=False),
        sa.Column("charge_count", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state <> 'ANSWERED' OR answered_at IS NOT NULL", name=op.f("ck_call_answered_at_known")
        ),
        sa.CheckConstraint(
            "state <> 'CHARGED' OR amount_minor IS NOT NULL", name=op.f("ck_call_charged_amount")
        ),
        sa.CheckConstraint(
            "state NOT IN ('ENDED', 'CHARGED', 'UNRATED') OR ended_at IS NOT NULL",
            name=op.f("ck_call_ended_at_known"),
        ),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_call_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
        sa.UniqueConstraint(
            "shop_id", "link", "call_id", name=op.f("uq_call_shop_id_link_call_id")
        ),
    )
    op.create_index(
        "ix_call_live",
        "call",
        ["shop_id", "booth"],
        unique=False,
        sqlite_where=sa.text("state IN ('DIALING', 'RINGING', 'ANSWERED')"),
        postgresql_where=sa.text("state IN ('DIALING', 'RINGING', 'ANSWERED')"),
    )
    op.create_index("ix_call_session_id", "call", ["session_id"], unique=False)
    op.create_table(
        "extra",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("shop_id", sa.String(length=40), nullable=False),
        sa.Column("session_id", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", Key, nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_extra_entry_id")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_extra_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extra")),
    )
    op.create_index("ix_extra_session_id", "extra", ["session_id"], unique=False)
    op.create_table(
        "posting",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("entry_id", Key, nullable=False),
        sa.Column("account", sa.String(length=80), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_posting_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
    )
    op.create_index("ix_posting_account", "posting", ["account"], unique=False)
    op.create_index("ix_posting_entry_id", "posting", ["entry_id"], unique=False)
    op.create_table(
        "rate",
        sa.Column("version_id", Key, nullable=False),
        sa.Column("prefix", sa.String(length=20), nullable=False),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("price_micro", sa.BigInteger(), nullable=False),
        sa.Column("fee_micro", sa.BigInteger(), nullable=False),
        sa.Column("first_increment", sa.Integer(), nullable=False),
        sa.Column("next_increment", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["tariff_version.id"], name=op.f("fk_rate_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "prefix", name=op.f("pk_rate")),
    )
    op.create_table(
        "receipt",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("shop_id", sa.String(length=40), nullable=False),
        sa.Column("series", sa.String(length=20), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("session_id", sa.String(length=40), nullable=False),
        sa.Column("entry_id", Key, nullable=False),
        sa.Column("booth", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("tender", sa.String(length=16), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("is_paper_wanted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_receipt_entry_id")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_receipt_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint("session_id", name=op.f("uq_receipt_session_id")),
        sa.UniqueConstraint("shop_id", "number", name=op.f("uq_receipt_shop_id_number")),
        sa.UniqueConstraint(
            "shop_id", "series", "sequence", name=op.f("uq_receipt_shop_id_series_sequence")
        ),
    )
    op.create_index("ix_receipt_issued_at", "receipt", ["shop_id", "issued_at"], unique=False)
    op.create_table(
        "audit",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("shop_id", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("booth", sa.Integer(), nullable=True),
        sa.Column("call_key", Key, nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["call_key"], ["call.id"], name=op.f("fk_audit_call_key")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sa.UniqueConstraint("shop_id", "key", name=op.f("uq_audit_shop_id_key")),
    )
    op.create_index(
        "ix_audit_open",
        "audit",
        ["shop_id"],
        unique=False,
        sqlite_where=sa.text("is_open"),
        postgresql_where=sa.text("is_open"),
    )
    op.create_table(
        "print_job",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("shop_id", sa.String(length=40), nullable=False),
        sa.Column("receipt_id", Key, nullable=False),
        sa.Column("copy_number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("requested_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["receipt_id"], ["receipt.id"], name=op.f("fk_print_job_receipt_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_job")),
        sa.UniqueConstraint(
            "receipt_id", "copy_number", name=op.f("uq_print_job_receipt_id_copy_number")
        ),
    )
    op.create_index(
        "ix_print_job_open",
        "print_job",
        ["shop_id"],
        unique=False,
        sqlite_where=sa.text("state NOT IN ('PRINTED', 'DROPPED')"),
        postgresql_where=sa.text("state NOT IN ('PRINTED', 'DROPPED')"),
    )
    _forbid_changes()


def _forbid_changes() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in APPEND_ONLY:
            for act in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
