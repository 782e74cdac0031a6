"""The tables. Money is integer minor units or millionths, instants are microseconds UTC.

Every table carries `shop_id`, so that several shops can share one PostgreSQL. The
migrations in `migrations/versions` make the same schema; a test compares both.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite gives its fast row id only to a column declared INTEGER PRIMARY KEY.
Key = BigInteger().with_variant(Integer, "sqlite")


def _key() -> Column[int]:
    return Column("id", Key, primary_key=True, autoincrement=True)


def _shop() -> Column[str]:
    return Column("shop_id", String(40), nullable=False)


booth = Table(
    "booth",
    metadata,
    Column("shop_id", String(40), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("is_out", Boolean, nullable=False, default=False),
    Column("out_reason", Text, nullable=False, default=""),
)

operator = Table(
    "operator",
    metadata,
    Column("shop_id", String(40), primary_key=True),
    Column("operator_id", String(40), primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("pin_hash", Text, nullable=False, default=""),
    Column("failures", Integer, nullable=False, default=0),
    Column("locked_until", BigInteger, nullable=False, default=0),
)

tariff_version = Table(
    "tariff_version",
    metadata,
    _key(),
    _shop(),
    Column("tariff", String(40), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("state", String(8), nullable=False),
    Column("name", Text, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", String(40), nullable=False),
    Column("starts_at", BigInteger),
    Column("columns", Text, nullable=False),
    Column("prefixes", Integer, nullable=False),
    CheckConstraint("state = 'DRAFT' OR starts_at IS NOT NULL", name="dated_when_ready"),
    Index("ix_tariff_version_tariff", "shop_id", "tariff", "state", "starts_at"),
)

# Thousands of prefixes share a rate: the price is written once.
rate = Table(
    "rate",
    metadata,
    Column("version_id", Key, ForeignKey("tariff_version.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("destination", Text, nullable=False),
    Column("country", String(2), nullable=False),
    Column("price_micro", BigInteger, nullable=False),
    Column("fee_micro", BigInteger, nullable=False),
    Column("first_increment", Integer, nullable=False),
    Column("next_increment", Integer, nullable=False),
    Column("free_seconds", Integer, nullable=False),
    Column("free_below", Integer, nullable=False),
    Column("minimum_micro", BigInteger, nullable=False),
    Column("surcharge_micro", BigInteger, nullable=False),
    Column("ceiling_micro", BigInteger),
    Column("access", String(10), nullable=False),
    Column("more", Text, nullable=False),
)

rate_prefix = Table(
    "rate_prefix",
    metadata,
    Column("version_id", Key, ForeignKey("tariff_version.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("prefix", String(15), nullable=False),
    Column("number", Integer, nullable=False),
    Column("starts_at", BigInteger, nullable=False),
    Column("ends_at", BigInteger),
    # One B-tree and not two: a quarter of a million rows are written a third faster.
    sqlite_with_rowid=False,
)

tariff_rules = Table(
    "tariff_rules",
    metadata,
    _key(),
    _shop(),
    Column("since", BigInteger, nullable=False),
    Column("rules", Text, nullable=False),
)

member = Table(
    "member",
    metadata,
    Column("shop_id", String(40), primary_key=True),
    Column("member_id", String(40), primary_key=True),
    Column("name", Text, nullable=False),
    Column("discount_bp", Integer, nullable=False),
    Column("is_active", Boolean, nullable=False),
    CheckConstraint("discount_bp BETWEEN 0 AND 10000", name="discount_in_range"),
)

session = Table(
    "session",
    metadata,
    Column("id", String(40), primary_key=True),
    _shop(),
    Column("booth", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("closed_at", BigInteger),
    Column("settled_at", BigInteger),
    Column("opened_by", String(40), nullable=False),
    Column("till", String(40), nullable=False),
    Column("deposit_minor", BigInteger),
    Column("member_id", String(40), nullable=False, server_default=""),
    Column("discount_bp", Integer, nullable=False, server_default="0"),
    Column("key_by", String(40), nullable=False, server_default=""),
    CheckConstraint("state = 'OPEN' OR closed_at IS NOT NULL", name="closed_when_not_open"),
    Index(
        "uq_session_on_booth",
        "shop_id",
        "booth",
        unique=True,
        sqlite_where=text("state IN ('OPEN', 'DUE')"),
    ),
)

call = Table(
    "call",
    metadata,
    _key(),
    _shop(),
    Column("link", String(40), nullable=False),
    Column("call_id", String(80), nullable=False),
    Column("booth", Integer, nullable=False),
    Column("extension", String(40), nullable=False),
    Column("dialled", String(80), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("digits", String(20), nullable=False),
    Column("country", String(2), nullable=False),
    Column("session_id", String(40), ForeignKey("session.id")),
    Column("state", String(16), nullable=False),
    Column("started_at", BigInteger, nullable=False),
    Column("answered_at", BigInteger),
    Column("ended_at", BigInteger),
    Column("cause", Integer),
    Column("ended_by", String(16), nullable=False),
    Column("is_refused", Boolean, nullable=False),
    Column("refused_reason", String(40), nullable=False),
    Column("is_estimated", Boolean, nullable=False),
    Column("is_stored", Boolean, nullable=False),
    Column("cdr_seconds", Integer, nullable=False),
    Column("cdr_keys", Text, nullable=False),
    Column("amount_minor", BigInteger),
    Column("charge", Text, nullable=False, default=""),
    Column("charge_count", Integer, nullable=False, default=0),
    UniqueConstraint("shop_id", "link", "call_id"),
    CheckConstraint("state <> 'ANSWERED' OR answered_at IS NOT NULL", name="answered_at_known"),
    CheckConstraint(
        "state NOT IN ('ENDED', 'CHARGED', 'UNRATED') OR ended_at IS NOT NULL",
        name="ended_at_known",
    ),
    CheckConstraint("state <> 'CHARGED' OR amount_minor IS NOT NULL", name="charged_amount"),
    Index("ix_call_session_id", "session_id"),
    Index(
        "ix_call_live",
        "shop_id",
        "booth",
        sqlite_where=text("state IN ('DIALING', 'RINGING', 'ANSWERED')"),
    ),
)

extra = Table(
    "extra",
    metadata,
    _key(),
    _shop(),
    Column("session_id", String(40), ForeignKey("session.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("entry_id", Key, ForeignKey("entry.id"), nullable=False),
    Column("is_removed", Boolean, nullable=False, default=False),
    Index("ix_extra_session_id", "session_id"),
)

entry = Table(
    "entry",
    metadata,
    _key(),
    _shop(),
    Column("key", String(120), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("session_id", String(40), nullable=False),
    Column("operator", String(40), nullable=False),
    Column("till", String(40), nullable=False),
    Column("reason", Text, nullable=False),
    Column("reverses_id", Key, ForeignKey("entry.id")),
    UniqueConstraint("shop_id", "key"),
    UniqueConstraint("reverses_id"),
    Index("ix_entry_session_id", "session_id"),
)

posting = Table(
    "posting",
    metadata,
    _key(),
    Column("entry_id", Key, ForeignKey("entry.id"), nullable=False),
    Column("account", String(80), nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Index("ix_posting_entry_id", "entry_id"),
    Index("ix_posting_account", "account"),
)

receipt_series = Table(
    "receipt_series",
    metadata,
    Column("shop_id", String(40), primary_key=True),
    Column("series", String(20), primary_key=True),
    Column("last_number", BigInteger, nullable=False),
)

receipt = Table(
    "receipt",
    metadata,
    _key(),
    _shop(),
    Column("series", String(20), nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("number", String(40), nullable=False),
    Column("session_id", String(40), ForeignKey("session.id"), nullable=False),
    Column("entry_id", Key, ForeignKey("entry.id"), nullable=False),
    Column("booth", Integer, nullable=False),
    Column("issued_at", BigInteger, nullable=False),
    Column("total_minor", BigInteger, nullable=False),
    Column("tender", String(16), nullable=False),
    Column("document", Text, nullable=False),
    Column("is_paper_wanted", Boolean, nullable=False),
    UniqueConstraint("shop_id", "series", "sequence"),
    UniqueConstraint("shop_id", "number"),
    UniqueConstraint("session_id"),
    Index("ix_receipt_issued_at", "shop_id", "issued_at"),
)

print_job = Table(
    "print_job",
    metadata,
    _key(),
    _shop(),
    Column("receipt_id", Key, ForeignKey("receipt.id"), nullable=False),
    Column("copy_number", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("code", String(40), nullable=False),
    Column("requested_at", BigInteger, nullable=False),
    Column("is_explained", Boolean, nullable=False, server_default=text("0")),
    UniqueConstraint("receipt_id", "copy_number"),
    Index(
        "ix_print_job_open",
        "shop_id",
        sqlite_where=text("state NOT IN ('PRINTED', 'DROPPED')"),
    ),
)

command_log = Table(
    "command_log",
    metadata,
    Column("shop_id", String(40), primary_key=True),
    Column("command_id", String(64), primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("operator", String(40), nullable=False),
    Column("till", String(40), nullable=False),
    Column("approved_by", String(40), nullable=False),
    Column("result", Text, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    _key(),
    _shop(),
    Column("key", String(160), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("code", String(40), nullable=False),
    Column("booth", Integer),
    Column("call_key", Key, ForeignKey("call.id")),
    Column("detail", Text, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("remark", Text, nullable=False, default=""),
    UniqueConstraint("shop_id", "key"),
    Index(
        "ix_audit_open",
        "shop_id",
        sqlite_where=text("is_open"),
    ),
)

link_alive = Table(
    "link_alive",
    metadata,
    Column("shop_id", String(40), primary_key=True),
    Column("link", String(40), primary_key=True),
    Column("at", BigInteger, nullable=False),
)

APPEND_ONLY = ("entry", "posting", "receipt")
"""Tables whose rows never change: triggers refuse UPDATE and DELETE."""

APPEND_ONLY_TRIGGERS = tuple(
    f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    for table in APPEND_ONLY
    for act in ("UPDATE", "DELETE")
)
"""For SQLite; the migrations make the same."""
