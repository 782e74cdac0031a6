"""The real database file: schema, triggers, lock, damage."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, OperationalError

import app.store
from app.domain.ledger import Entry, EntryKind, Unbalanced, transfer
from app.domain.money import Money
from app.errors import Unavailable
from app.store import checks, ledger
from app.store.db import (
    DATABASE_FILE,
    LATEST,
    folder_lock,
    migrate,
    open_writer,
    reader_engine,
    revision,
    writer_engine,
)
from app.store.tables import APPEND_ONLY, metadata

SESSION = (
    "INSERT INTO session (id, shop_id, booth, state, opened_at, closed_at, settled_at, opened_by,"
    " till) VALUES ('{}', 'shop', 1, '{}', 1, {}, {}, '1', '1')"
)


def an_entry(key: str = "k") -> Entry:
    return Entry(key, EntryKind.CHARGE, 1, transfer("RECEIVABLE/x", "CALLS", Money(5)), "x")


def schema(engine: Engine) -> dict[str, list[str]]:
    """Every table, index and trigger as its sorted words: the order of constraints is free."""
    with engine.connect() as db:
        rows = db.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
        return {name: sorted(re.split(r'[\s,()"]+', sql)) for name, sql in rows}


def test_a_new_schema_is_the_one_that_the_migrations_make(tmp_path: Path) -> None:
    new = open_writer(tmp_path)
    migrated = writer_engine(tmp_path / "migrated.sqlite3")
    migrate(migrated)
    assert schema(new) == schema(migrated)
    new.dispose()
    migrated.dispose()


def test_the_migrated_schema_is_the_models_schema(tmp_path: Path) -> None:
    engine = writer_engine(tmp_path / "migrated.sqlite3")
    migrate(engine)
    with engine.connect() as db:
        context = MigrationContext.configure(db, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    assert revision(engine) == LATEST
    engine.dispose()


def test_the_latest_revision_is_the_head_of_the_scripts() -> None:
    folder = Path(app.store.__file__).parent / "migrations"
    assert ScriptDirectory(str(folder)).get_current_head() == LATEST


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_ledger_and_receipts_cannot_be_changed(tmp_path: Path, table: str, statement: str) -> None:
    engine = open_writer(tmp_path)
    with engine.begin() as db:
        entry_id = ledger.add(db, "shop", an_entry())
        db.execute(
            text(
                "INSERT INTO session (id, shop_id, booth, state, opened_at, opened_by, till)"
                " VALUES ('s', 'shop', 1, 'OPEN', 1, '1', '1')"
            )
        )
        db.execute(
            text(
                "INSERT INTO receipt (shop_id, series, sequence, number, session_id, entry_id,"
                " booth, issued_at, total_minor, tender, document, is_paper_wanted)"
                " VALUES ('shop', 'A', 1, 'A-1', 's', :entry, 1, 1, 5, 'CASH', '{}', 0)"
            ),
            {"entry": entry_id},
        )
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as db:
        db.execute(text(statement.format(table)))
    engine.dispose()


def test_an_entry_balances_and_its_key_is_used_once(tmp_path: Path) -> None:
    with pytest.raises(Unbalanced):
        Entry("k", EntryKind.CHARGE, 1, ())
    engine = open_writer(tmp_path)
    with engine.begin() as db:
        ledger.add(db, "shop", an_entry())
        assert ledger.balance(db, "shop", "RECEIVABLE/x") == Money(5)
    with pytest.raises(DBAPIError), engine.begin() as db:
        ledger.add(db, "shop", an_entry())
    engine.dispose()


def test_a_reader_sees_a_stable_picture_and_cannot_write(tmp_path: Path) -> None:
    writer = open_writer(tmp_path)
    reader = reader_engine(tmp_path / DATABASE_FILE)
    with reader.connect() as seen:
        assert seen.execute(text("SELECT count(*) FROM entry")).scalar() == 0
        with writer.begin() as db:
            ledger.add(db, "shop", an_entry())
        assert seen.execute(text("SELECT count(*) FROM entry")).scalar() == 0
    with reader.connect() as seen:
        assert seen.execute(text("SELECT count(*) FROM entry")).scalar() == 1
        with pytest.raises(OperationalError):
            seen.execute(text("INSERT INTO link_alive VALUES ('a', 'b', 1)"))
    reader.dispose()
    writer.dispose()


def test_one_desk_holds_the_folder(tmp_path: Path) -> None:
    with (
        folder_lock(tmp_path),
        pytest.raises(Unavailable, match="folder_in_use"),
        folder_lock(tmp_path),
    ):
        pass
    with folder_lock(tmp_path):
        pass


def test_a_damaged_file_is_named_and_left_alone(tmp_path: Path) -> None:
    open_writer(tmp_path).dispose()
    path = tmp_path / DATABASE_FILE
    content = bytearray(path.read_bytes())
    content[100:4000] = b"\x00" * 3900
    path.write_bytes(bytes(content))
    with pytest.raises(Unavailable, match="database_damaged"):
        open_writer(tmp_path)
    path.write_bytes(b"this is no database at all" * 100)
    with pytest.raises(Unavailable, match="database_damaged"):
        open_writer(tmp_path)


def test_a_file_of_a_newer_release_is_refused(tmp_path: Path) -> None:
    engine = open_writer(tmp_path)
    with engine.begin() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(Unavailable, match="database_newer"):
        open_writer(tmp_path)


@pytest.mark.parametrize(
    ("check", "statement"),
    [
        (
            "entries_balance",
            "INSERT INTO posting (entry_id, account, amount_minor) VALUES (1, 'CALLS', 1)",
        ),
        (
            "calls_match_entries",
            SESSION.format("x", "OPEN", 0, 0),
        ),
        (
            "settled_sessions_are_zero",
            SESSION.format("x", "CANCELLED", 2, 2),
        ),
        (
            "settled_sessions_have_a_receipt",
            SESSION.format("y", "SETTLED", 2, 2),
        ),
    ],
)
def test_each_check_finds_what_it_is_for(tmp_path: Path, check: str, statement: str) -> None:
    engine = open_writer(tmp_path)
    with engine.begin() as db:
        ledger.add(db, "shop", an_entry())
        assert checks.run(db, "shop") == []
        db.execute(text(statement))
        assert check in {found.check for found in checks.run(db, "shop")}
    engine.dispose()


def test_the_receipt_checks_find_what_they_are_for(tmp_path: Path) -> None:
    engine = open_writer(tmp_path)
    with engine.begin() as db:
        entry_id = ledger.add(db, "shop", an_entry())
        db.execute(text(SESSION.format("s", "SETTLED", 2, 2)))
        db.execute(
            text(
                "INSERT INTO receipt (shop_id, series, sequence, number, session_id, entry_id,"
                " booth, issued_at, total_minor, tender, document, is_paper_wanted)"
                " VALUES ('shop', 'A', 2, 'A-2', 's', :entry, 1, 1, 7, 'CASH', '{}', 1)"
            ),
            {"entry": entry_id},
        )
        found = {item.check for item in checks.run(db, "shop")}
    assert found == {"receipts_have_no_gap", "receipts_match_payments", "wanted_papers_have_a_job"}
    engine.dispose()
