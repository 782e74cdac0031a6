"""A made-up carrier's deck for the pictures: last month's costs, and what can be wrong."""

from __future__ import annotations

import csv
from pathlib import Path

from app.domain.money import Price, plain_price
from app.domain.tariff import Entry

HEAD = ("Code", "Destination", "Pays", "Prix par minute", "Premier incrément", "Incrément suivant")
NAME = "voipcarrier_2026-12.csv"
_FIRST = ("2438", "2217", "213", "2135", "1204", "447", "2250", "448")
"""Prefixes that stand at the top of the deck."""
_RANGE = ("1204", "1367", "1368")
_DROPPED = (260, 7)  # of so many the one at this place
_DEARER = (17, 3, 1038)
_CHEAPER = (23, 5, 962)


def write(folder: Path, sold: tuple[Entry, ...], costs: tuple[Entry, ...]) -> Path:
    """Write the deck of which `costs` are last month's; returns its path."""
    prices = {entry.prefix: entry.rate.price_per_minute.micro for entry in sold}
    known = {entry.prefix: entry for entry in costs}
    rows = [
        _row(known[prefix], prices[prefix], prefix, place) for place, prefix in enumerate(_FIRST)
    ]
    rows.append(("2,43E+11", "RD Congo mobile", "CD", "0,3600", 60, 60))
    for place, entry in enumerate(costs):
        if entry.prefix not in (*_FIRST, *_RANGE) and place % _DROPPED[0] != _DROPPED[1]:
            factor = next((by for of, at, by in (_DEARER, _CHEAPER) if place % of == at), 1000)
            micro = entry.rate.price_per_minute.micro * factor // 1000 // 100 * 100
            rows.append(_line(entry.prefix, entry, micro, 1))
    path = folder / NAME
    with path.open("w", newline="", encoding="cp1252") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(HEAD)
        writer.writerows(rows)
    return path


def _row(entry: Entry, sold: int, prefix: str, place: int) -> tuple[object, ...]:
    micro = entry.rate.price_per_minute.micro
    if place == 0:  # dearer than it is sold for
        return _line(prefix, entry, sold * 89 // 100 // 100 * 100, 1)
    if place == 4:  # noqa: PLR2004 - a range that had no price of its own
        return _line("1204, 1367-1368", entry, micro + 800, 1)
    if place == 5:  # noqa: PLR2004 - the comma forgotten
        return _line(prefix, entry, micro * 100, 1)
    if place == 6:  # noqa: PLR2004 - other increments only
        return _line(prefix, entry, micro, 60)
    return _line(prefix, entry, micro * (971 if place % 2 else 1042) // 1000 // 100 * 100, 1)


def _line(prefix: str, entry: Entry, micro: int, first: int) -> tuple[object, ...]:
    price = plain_price(Price(micro)).replace(".", ",")
    return (prefix, entry.rate.destination, entry.rate.country, price, first, 1)
