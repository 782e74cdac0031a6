"""Entries as the generic CSV, so that reading gives the same entries back."""

from __future__ import annotations

import csv
import graphlib
import io
from collections.abc import Callable, Iterable, Sequence
from zoneinfo import ZoneInfo

from app.decks.dates import written, zone_of
from app.decks.headings import BAND_FIELDS, GENERIC, OWN, REQUIRED, STEP_FIELDS
from app.domain.money import Price, plain_price
from app.domain.tariff import Access, BandPrice, Entry, Rate, Step, rates_of

_OPTIONAL = tuple(field for field in OWN if field not in GENERIC)


def write_deck(
    entries: Iterable[Entry], *, columns: tuple[str, ...] = (), zone: str = "UTC"
) -> str:
    """Write entries as CSV in their order, with a header, each line ended by LF.

    `columns` are field names as `Deck.columns` has them; none at all: those of the generic form
    and whatever else the entries need, so that nothing is lost. Dates are local dates of
    `zone`, where they are midnights there. Raises `DeckError` (`unknown_zone`), `ValueError`
    for a column that no deck is written with, `OverflowError` for dates after the year 9999.
    """
    entries = tuple(entries)
    wanted = columns or columns_for(entries)
    clock = zone_of(zone)
    of_rate = [_writer_of(column) for column in wanted]
    dated = [(place, column) for place, column in enumerate(wanted) if column in _OF_ENTRY]
    known: dict[int, list[str]] = {}
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(wanted)
    for entry in entries:
        shared = known.get(id(entry.rate))
        if shared is None:
            shared = known[id(entry.rate)] = [write(entry.rate) for write in of_rate]
        row = shared.copy()
        for place, column in dated:
            row[place] = _OF_ENTRY[column](entry, clock)
        writer.writerow(row)
    return out.getvalue()


def columns_for(entries: Sequence[Entry]) -> tuple[str, ...]:
    """Return the columns that these entries need to be written without loss."""
    rates = list(rates_of(tuple(entries)))
    needed = list(GENERIC)
    for field in _OPTIONAL:
        write = _writer_of(field)
        blank = write(_PLAIN)
        is_needed = any(write(rate) != blank for rate in rates)
        is_ended = any(entry.ends_at is not None for entry in entries)
        if is_needed or (field == "discontinued" and is_ended):
            needed.append(field)
    for band in _bands(rates):
        needed += [
            f"{field}@{band}"
            for field in BAND_FIELDS
            if field == "price_per_minute" or any(_needs(rate, field, band) for rate in rates)
        ]
    return tuple(needed)


def _needs(rate: Rate, field: str, band: str) -> bool:
    """Tell whether a rate is another one without this column; an empty fee is the usual one."""
    own = _of_band(rate, field, band)
    return own not in ("", plain_price(rate.connection_fee) if field == "connection_fee" else "")


def fitting_columns(columns: tuple[str, ...], entries: Sequence[Entry]) -> tuple[str, ...]:
    """Return these columns of a file where they hold all of the entries, else those needed.

    A file may have had columns that no deck is written with (a currency, codes in two parts),
    and entries that were there before it may say more than it did.
    """
    wanted = columns_for(entries)
    known = set(columns)
    if not known.issuperset(REQUIRED) or not all(map(_can_be_written, columns)):
        return wanted
    rates = list(rates_of(tuple(entries)))
    if "forbidden" in known and all(rate.access is not Access.KEY for rate in rates):
        known.add("access")
    missing = [column for column in wanted if column not in known]
    return wanted if any(_says(column, entries, rates) for column in missing) else columns


def _can_be_written(column: str) -> bool:
    try:
        _writer_of(column)
    except ValueError:
        return False
    return True


def _says(column: str, entries: Sequence[Entry], rates: list[Rate]) -> bool:
    """Tell whether a column says anything of these entries."""
    if column == "effective_from":
        return any(entry.starts_at for entry in entries)
    if column == "discontinued":
        return any(entry.ends_at is not None for entry in entries)
    write = _writer_of(column)
    blank = write(_PLAIN)
    return any(write(rate) != blank for rate in rates)


def _bands(rates: list[Rate]) -> list[str]:
    """Return the names of all bands in an order that is every rate's own, where there is one."""
    graph: dict[str, set[str]] = {}
    for rate in rates:
        before: set[str] = set()
        for band in rate.bands:
            graph.setdefault(band.band, set()).update(before)
            before = {band.band}
    try:
        return list(graphlib.TopologicalSorter(graph).static_order())
    except graphlib.CycleError:
        return sorted(graph)


_PLAIN = Rate("-", Price(0))

_OF_ENTRY: dict[str, Callable[[Entry, ZoneInfo], str]] = {
    "prefix": lambda entry, _zone: entry.prefix,
    "effective_from": lambda entry, zone: written(entry.starts_at, zone),
    "discontinued": lambda entry, zone: (
        written(entry.ends_at, zone) if entry.ends_at is not None else ""
    ),
}

_OF_RATE: dict[str, Callable[[Rate], str]] = {
    "destination": lambda rate: rate.destination,
    "price_per_minute": lambda rate: plain_price(rate.price_per_minute),
    "connection_fee": lambda rate: plain_price(rate.connection_fee),
    "first_increment": lambda rate: str(rate.first_increment),
    "next_increment": lambda rate: str(rate.next_increment),
    "free_seconds": lambda rate: str(rate.free_seconds),
    "minimum_charge": lambda rate: plain_price(rate.minimum_charge),
    "country": lambda rate: rate.country,
    "free_below": lambda rate: str(rate.free_below),
    "surcharge": lambda rate: plain_price(rate.surcharge),
    "ceiling": lambda rate: plain_price(rate.ceiling) if rate.ceiling is not None else "",
    "access": lambda rate: rate.access.name.lower(),
    "forbidden": lambda rate: "yes" if rate.access is Access.FORBIDDEN else "no",
}


def _writer_of(column: str) -> Callable[[Rate], str]:
    """Return what writes a column. Raises `ValueError`."""
    field, at, band = column.partition("@")
    if at and band and field in BAND_FIELDS:
        return lambda rate: _of_band(rate, field, band)
    if field in STEP_FIELDS and not at:
        return lambda rate: _of_step(rate.steps, field)
    if column in _OF_ENTRY:
        return lambda _rate: ""
    try:
        return _OF_RATE[column]
    except KeyError as error:
        raise ValueError(f"no deck is written with the column {column!r}") from error


def _of_band(rate: Rate, field: str, name: str) -> str:
    band: BandPrice | None = next((one for one in rate.bands if one.band == name), None)
    if band is None:
        return ""
    if field == "price_per_minute":
        return plain_price(band.price_per_minute)
    if field == "connection_fee":
        return plain_price(band.connection_fee)
    return _of_step(band.steps, field)


def _of_step(steps: tuple[Step, ...], field: str) -> str:
    _, number, part = field.split("_")
    if int(number) > len(steps):
        return ""
    step = steps[int(number) - 1]
    if part == "after":
        return str(step.after_seconds)
    if part == "price":
        return plain_price(step.price_per_minute)
    return str(step.next_increment) if step.next_increment else ""
