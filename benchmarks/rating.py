"""Complete charges a second on a carrier's deck, and what the deck takes in memory.

Run it as `python -m benchmarks.rating`. A complete charge is `rate_call`: the look-up, every rule
and every line that explains it. The calls are random ones of one month to numbers of the deck.
Best of some rounds. Memory is the growth of a child process that reads the deck from a file, row
by row as a shop reads it from its database, and makes the tariff. Beside it, for the reader, the
look-up alone as other programs do it, in SQL.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from app.domain.money import Price
from app.domain.rating import rate_call
from app.domain.tariff import BandPolicy, Entry, Rate, Tariff
from benchmarks import decks
from benchmarks.report import note, row
from benchmarks.sql_lookup import lookups_a_second

CALLS = 40_000
ROUNDS = 5
LEAST_FLAT = 100_000
LEAST_BANDED = 25_000
SMALL, LARGE = 1_000, 1_000_000
MOST_TIMES_SLOWER = 2.0
MOST_MEGABYTES = 80.0
MEGABYTE = 1 << 20


def charges_a_second(tariff: Tariff, calls: list[tuple[str, int, int]]) -> float:
    """Rate all calls; return the rate of the fastest round."""
    best = 0.0
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        for digits, at, talked_ms in calls:
            rate_call(tariff, digits, at, talked_ms)
        best = max(best, len(calls) / (time.perf_counter() - begun))
    return best


def speed(entries: tuple[Entry, ...], calls: list[tuple[str, int, int]]) -> list[bool]:
    """Measure flat rates, then bands and steps under each policy."""
    flat = charges_a_second(Tariff("flat", entries), calls)
    held = [row("flat rates", flat, LEAST_FLAT, "charges/s", at_least=True)]
    banded = decks.with_bands_and_steps(entries)
    for policy in BandPolicy:
        tariff = Tariff("bands", banded, rules=decks.rules(policy))
        rate = charges_a_second(tariff, calls)
        name = f"bands and steps, policy {policy.name}"
        held.append(row(name, rate, LEAST_BANDED, "charges/s", at_least=True))
    theirs = lookups_a_second(entries, [digits for digits, _, _ in calls])
    if theirs:
        note(f"the look-up alone in SQL: {theirs:,.0f}/s, {flat / theirs:,.0f} charges meanwhile")
    return held


def size_matters() -> bool:
    """Compare a charge on a large deck with one on a small deck."""
    small, large = decks.deck(SMALL), decks.deck(LARGE)
    slow = 1e6 / charges_a_second(Tariff("large", large), decks.calls(large, CALLS))
    fast = 1e6 / charges_a_second(Tariff("small", small), decks.calls(small, CALLS))
    name = f"{LARGE:,} prefixes ({MOST_TIMES_SLOWER:.0f} x {SMALL:,} prefixes)"
    return row(name, slow, MOST_TIMES_SLOWER * fast, "us/charge")


def memory(entries: tuple[Entry, ...]) -> bool:
    """Let a child process make the tariff from a file and say how much it has grown."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "deck.tsv"
        with path.open("w") as file:
            file.writelines(
                f"{entry.prefix}\t{entry.rate.destination}\t{entry.rate.price_per_minute.micro}"
                f"\t{entry.rate.connection_fee.micro}\t{entry.rate.first_increment}"
                f"\t{entry.rate.next_increment}\t{entry.rate.country}\n"
                for entry in entries
            )
        command = [sys.executable, "-m", "benchmarks.rating", str(path)]
        child = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own script
    name = f"memory of a tariff of {len(entries):,} prefixes"
    return row(name, float(child.stdout), MOST_MEGABYTES, "MB")


def grown(path: Path) -> float:
    """Make the tariff of a file; return by how many megabytes this process has grown."""
    before = _resident_bytes()
    tariff = Tariff("shop", tuple(_entries(path)))
    after = _resident_bytes()
    # The tariff must be alive while it is measured.
    return (after - before) / MEGABYTE if tariff.entries else 0.0


def _entries(path: Path) -> list[Entry]:
    shared: dict[str, Rate] = {}
    entries = []
    with path.open() as file:
        for line in file:
            prefix, _, terms = line.rstrip("\n").partition("\t")
            if terms not in shared:
                destination, price, fee, first, following, country = terms.split("\t")
                shared[terms] = Rate(
                    destination,
                    Price(int(price)),
                    Price(int(fee)),
                    int(first),
                    int(following),
                    country,
                )
            entries.append(Entry(prefix, shared[terms]))
    return entries


def _resident_bytes() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def main() -> int:
    """Measure and print; returns how many limits were missed."""
    entries = decks.deck()
    note(f"{len(entries):,} prefixes, {len({id(entry.rate) for entry in entries}):,} rates")
    held = speed(entries, decks.calls(entries, CALLS))
    if sys.platform == "linux":
        held.append(memory(entries))
    else:
        note("memory: left out, it is read from /proc")
    held.append(size_matters())
    return held.count(False)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(grown(Path(sys.argv[1])))
    else:
        main()
