"""Opening the shop's database: engines, pragmas, migrations and the folder's lock.

The writer engine belongs to the desk's thread: each transaction begins IMMEDIATE, so
that what it reads cannot change under it, and `synchronous=FULL`, so that a commit
that returned survives a pulled plug. The reader engine cannot write.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool, StaticPool

from app.errors import Unavailable
from app.store.tables import APPEND_ONLY_TRIGGERS, metadata

DATABASE_FILE = "shop.sqlite3"
BUSY_TIMEOUT_MS = 5_000
LATEST = "0002"
"""The newest migration; a test compares it with the migration scripts."""


class DatabaseNewer(Unavailable):
    """The file was written by a newer release of the program."""


def _on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's object
    # The driver must not begin transactions by itself: we say BEGIN IMMEDIATE.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA recursive_triggers=ON")
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _on_reader_connect(connection: Any, _record: object) -> None:  # noqa: ANN401
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA query_only=ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def writer_engine(path: Path) -> Engine:
    """Make the engine of the one writing thread; its single connection stays open."""
    engine = create_engine(
        f"sqlite:///{path}",
        poolclass=StaticPool,
        connect_args={"check_same_thread": False},
    )
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def reader_engine(path: Path) -> Engine:
    """Make an engine that can only read; safe beside the writer."""
    engine = create_engine(f"sqlite:///{path}", poolclass=QueuePool, pool_size=1)
    event.listen(engine, "connect", _on_reader_connect)
    event.listen(engine, "begin", _begin)
    return engine


def revision(engine: Engine) -> str | None:
    """Return the schema's revision, None for an empty database."""
    with engine.connect() as db:
        found = db.execute(
            text("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")
        ).first()
        if found is None:
            return None
        row = db.execute(text("SELECT version_num FROM alembic_version")).first()
    return str(row[0]) if row is not None else None


def upgrade(engine: Engine, path: Path) -> None:
    """Bring the schema up to date, with a copy of the file beside it first.

    Raises `DatabaseNewer` when the file knows a revision this program does not.
    """
    current = revision(engine)
    if current == LATEST:
        return
    if current is None:
        _create(engine)
        return
    if current > LATEST:
        raise DatabaseNewer("database_newer", revision=current)
    with sqlite3.connect(path) as source, sqlite3.connect(f"{path}.before-{LATEST}") as copy:
        source.backup(copy)
    migrate(engine)


def _create(engine: Engine) -> None:
    """Make the newest schema at once; a test proves that the migrations make the same one."""
    with engine.begin() as db:
        metadata.create_all(db)
        for statement in APPEND_ONLY_TRIGGERS:
            db.exec_driver_sql(statement)
        db.exec_driver_sql(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
            " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
        )
        db.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{LATEST}')")  # noqa: S608 - ours


def migrate(engine: Engine) -> None:
    """Run the migration scripts that are missing."""
    # Alembic takes a while to import and is needed once a release.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.connect() as db:
        config.attributes["connection"] = db
        command.upgrade(config, "head")


@contextmanager
def folder_lock(folder: Path) -> Iterator[None]:
    """Hold the data folder: one desk writes, everybody else is refused (`folder_in_use`)."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = (folder / "desk.lock").open("a+b")
    try:
        _lock(handle.fileno())
    except OSError as error:
        handle.close()
        raise Unavailable("folder_in_use", folder=str(folder)) from error
    try:
        yield
    finally:
        handle.close()


if sys.platform == "win32":  # pragma: no cover - tried on Windows only

    def _lock(descriptor: int) -> None:
        import msvcrt  # noqa: PLC0415 - Windows only

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:

    def _lock(descriptor: int) -> None:
        import fcntl  # noqa: PLC0415 - not on Windows

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def open_writer(folder: Path) -> Engine:
    """Open (and where needed make or upgrade) the shop's database for its one writer.

    Raises `Unavailable` (`database_damaged`, `database_newer`) instead of working on a
    file that cannot be trusted.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / DATABASE_FILE
    engine = writer_engine(path)
    try:
        upgrade(engine, path)
        with engine.connect() as db:
            answer = db.execute(text("PRAGMA quick_check(1)")).scalar_one()
    except DBAPIError as error:
        engine.dispose()
        raise Unavailable("database_damaged", detail=str(error.orig)) from error
    if answer != "ok":
        engine.dispose()
        raise Unavailable("database_damaged", detail=str(answer))
    return engine
