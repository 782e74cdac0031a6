"""A shop of the first release is opened by this one: it sells on at the same prices."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import text

import app.store
from app.config import Config
from app.domain.rating import rate_call
from app.domain.tariff_kinds import SHOP
from app.opening_prices import open_pricing
from app.store import charges, checks, tariffs
from app.store.db import DATABASE_FILE, open_writer, revision, writer_engine
from app.store.tariffs import VersionState

NOW = 1_790_000_000_000_000
MINUTE_US = 60_000_000
OLD_CHARGE = (
    '{"total":34,"exact":340000,"seconds":60,"billed":60,"destination":"Senegal","prefix":"221",'
    '"price":290000,"lines":[["fee",0,0,0,50000],["first",60,60,290000,290000]],"tariff":2,'
    '"source":"LOCAL"}'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A database of the first release with two versions, a paid visit and a call."""
    engine = writer_engine(tmp_path / DATABASE_FILE)
    config = AlembicConfig()
    config.set_main_option("script_location", str(Path(app.store.__file__).parent / "migrations"))
    with engine.connect() as db:
        config.attributes["connection"] = db
        command.upgrade(config, "0001")
    with engine.begin() as db:
        for key, name, at, is_active in (
            (1, "old.csv", NOW - 9 * MINUTE_US, 0),
            (2, "held.csv", NOW - 5 * MINUTE_US, 1),
            (3, "never.csv", NOW - 1 * MINUTE_US, 0),
        ):
            db.execute(
                text(
                    "INSERT INTO tariff_version (id, shop_id, name, currency, created_at,"
                    " is_active) VALUES (:key, 'shop', :name, 'EUR', :at, :is_active)"
                ),
                {"key": key, "name": name, "at": at, "is_active": is_active},
            )
            for prefix, price, first in (("221", 290_000, 60), ("22177", 350_000, 30)):
                db.execute(
                    text(
                        "INSERT INTO rate VALUES (:key, :prefix, 'Senegal', :price, 50000,"
                        " :first, 6, 'SN')"
                    ),
                    {"key": key, "prefix": prefix, "price": price * key, "first": first},
                )
        db.execute(
            text(
                "INSERT INTO session (id, shop_id, booth, state, opened_at, opened_by, till)"
                " VALUES ('s', 'shop', 1, 'OPEN', 1, '1', '1')"
            )
        )
        db.execute(
            text(
                "INSERT INTO call (shop_id, link, call_id, booth, extension, dialled, kind, digits,"
                " country, session_id, state, started_at, answered_at, ended_at, ended_by,"
                " is_refused, refused_reason, is_estimated, is_stored, cdr_seconds, cdr_keys,"
                " amount_minor, charge, charge_count) VALUES ('shop', 'main', '1.1', 1, '101',"
                " '00221771', 'INTERNATIONAL', '221771', 'SN', 's', 'CHARGED', 1, 2, 60000002, '',"
                " 0, '', 0, 0, 60, '', 34, :charge, 1)"
            ),
            {"charge": OLD_CHARGE},
        )
    engine.dispose()
    return tmp_path


def test_the_same_prices_are_sold_after_the_upgrade(folder: Path) -> None:
    config = Config()
    engine = open_writer(folder)
    assert revision(engine) == "0002"
    with engine.begin() as db:
        rows = tariffs.versions(db, "shop")
        pricing = open_pricing(db, folder, config, NOW)
        assert "entries_balance" not in {found.check for found in checks.run(db, "shop")}
    assert {row.key: row.state for row in rows} == {
        1: VersionState.READY, 2: VersionState.READY, 3: VersionState.UNDONE,
    }  # fmt: skip
    assert [row.prefixes for row in rows] == [2, 2, 2]
    tariff = pricing.tariff(SHOP, NOW)
    assert (tariff.version, tariff.name) == (2, "held.csv")
    charge = rate_call(tariff, "221771234567", NOW, 31_000)
    assert charge is not None
    # Version 2: 0.70 a minute, 0.05 for the connection, 30/6.
    assert (charge.billed_seconds, charge.exact.micro) == (36, 470_000)
    before = pricing.tariff(SHOP, NOW - 6 * MINUTE_US)
    assert (before.version, before.name) == (1, "old.csv")
    engine.dispose()


def test_old_charges_are_still_explained(folder: Path) -> None:
    engine = open_writer(folder)
    with engine.connect() as db:
        row = db.execute(text("SELECT amount_minor, charge FROM call")).one()
        session = db.execute(text("SELECT member_id, discount_bp, key_by FROM session")).one()
    charge = charges.from_text(row.charge)
    assert charge is not None
    assert (charge.total.minor, charge.tariff_version, charge.discount_bp) == (34, 2, 0)
    assert [line.code for line in charge.lines] == ["fee", "first"]
    assert tuple(session) == ("", 0, "")
    engine.dispose()


def test_a_copy_of_the_old_file_stands_beside(folder: Path) -> None:
    open_writer(folder).dispose()
    with sqlite3.connect(folder / f"{DATABASE_FILE}.before-0002") as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        active = copy.execute("SELECT name FROM tariff_version WHERE is_active").fetchall()
    copy.close()
    assert active == [("held.csv",)]


def test_a_new_shop_has_no_copy(tmp_path: Path) -> None:
    open_writer(tmp_path).dispose()
    open_writer(tmp_path).dispose()
    assert list(tmp_path.glob("*.before-*")) == []
