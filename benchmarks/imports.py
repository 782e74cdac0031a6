"""A carrier's A-Z comes in: read, checked, compared with the version in force, and committed.

Beside it, in the same run, what the bare tools need for the same rows: `csv` and one
`executemany` into SQLite with one commit. Then the first price question after a start.
"""

from __future__ import annotations

import csv
import gc
import sqlite3
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from app.clock import SystemClock
from app.config import Config
from app.decks.export import write_deck
from app.desk.enquiries import country_names
from app.desk.quoting import quote
from app.domain.money import Money, Price
from app.domain.phone import plan_for
from app.domain.tariff import Entry
from app.opening_prices import open_pricing
from app.store.db import open_writer
from app.tariffs import jobs, keeping
from app.tariffs.acts import Acts
from benchmarks.decks import deck
from benchmarks.report import median, note, row

ROUNDS = 3
FACTOR = 4.0
"""The bare tools' time may be taken so many times."""

QUOTE_MS = 50.0
CHANGED_EACH = 20
QUESTION = "mali"
GENERIC = (
    "prefix",
    "destination",
    "price_per_minute",
    "connection_fee",
    "first_increment",
    "next_increment",
    "free_seconds",
    "minimum_charge",
    "effective_from",
)


def changed(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return the deck of the next month: each twentieth rate is dearer."""
    rates = {id(one.rate): one.rate for one in entries}
    dearer = {
        key: replace(rate, price_per_minute=Price(rate.price_per_minute.micro * 11 // 10))
        for number, (key, rate) in enumerate(rates.items())
        if number % CHANGED_EACH == 0
    }
    return tuple(Entry(one.prefix, dearer.get(id(one.rate), one.rate)) for one in entries)


def bare(path: Path, database: Path) -> float:
    """Read the file with csv and put its rows into SQLite; returns the seconds."""
    gc.collect()
    start = time.perf_counter()
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    db = sqlite3.connect(database)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    names = ", ".join(f"c{number}" for number in range(len(rows[0])))
    db.execute(f"CREATE TABLE bare ({names})")
    places = ", ".join("?" * len(rows[0]))
    db.executemany(f"INSERT INTO bare VALUES ({places})", rows[1:])  # noqa: S608 - our own text
    db.commit()
    seconds = time.perf_counter() - start
    db.execute("DROP TABLE bare")
    db.close()
    return seconds


def whole(folder: Path, config: Config, path: Path) -> float:
    """Import the file as the window does; returns the seconds."""
    acts = Acts(folder, config, SystemClock())
    gc.collect()
    start = time.perf_counter()
    job = jobs.ReadFile(job_id="1", path=str(path), tariff="shop", is_cost=False, is_full=True)
    proposal = acts.read_file(job, keeping.silent, keeping.never)
    acts.make_ready(acts.accept(proposal, frozenset(), "1"))
    seconds = time.perf_counter() - start
    acts.close()
    return seconds


def first_quote(folder: Path, config: Config) -> tuple[float, float]:
    """Open the prices and ask the first question; returns both in milliseconds.

    What the desk has loaded by then anyway (numbering plans, names of countries) is loaded.
    """
    plan, names = plan_for(config.country), country_names()
    engine = open_writer(folder)
    gc.collect()
    start = time.perf_counter()
    now = SystemClock().now_us()
    with engine.begin() as db:
        pricing = open_pricing(db, folder, config, now)
    opened = time.perf_counter()
    tariff = pricing.tariff("", now)
    found = pricing.index(tariff).search(QUESTION, plan, 8, now, names)
    rows = [quote(tariff, entry, now, Money(500)) for entry in found]
    answered = time.perf_counter()
    engine.dispose()
    if not rows:
        raise SystemExit(f"nothing is found for {QUESTION}")
    return (opened - start) * 1e3, (answered - opened) * 1e3


def main() -> int:
    """Run; returns how many limits were missed."""
    config = Config()
    old = deck()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        open_writer(folder).dispose()
        decks = {"old": old, "new": changed(old)}
        for which, entries in decks.items():
            text = write_deck(entries, columns=GENERIC)
            (folder / f"{which}.csv").write_text(text, encoding="utf-8")
        first = whole(folder, config, folder / "old.csv")
        note(f"{len(old):,} prefixes; the first import, with nothing to compare: {first:.2f} s")
        ours, bares = [], []
        for number in range(ROUNDS):
            path = folder / f"{'old' if number % 2 else 'new'}.csv"
            bares.append(bare(path, folder / "bare.db"))
            ours.append(whole(folder, config, path))
        loads, quotes = zip(*(first_quote(folder, config) for _ in range(ROUNDS)), strict=True)
        note(f"prices opened at the start of the desk in {median(loads):.0f} ms")
        held = [
            row("import of 250,000 rows", median(ours), FACTOR * median(bares), "s"),
            row("first quote after the start", median(quotes), QUOTE_MS, "ms"),
        ]
    return held.count(False)


if __name__ == "__main__":
    sys.exit(main())
