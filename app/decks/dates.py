"""Dates of decks: ISO always, other orders decided by all rows together, local to a zone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.decks.cells import DATE, NUL, shown, text_of
from app.decks.deck import DeckError, RowError

ORDERS = ("ymd", "dmy", "mdy")
_TIME = (
    r"(?:(?:T|\s+)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.(?P<part>\d{1,6}))?)?"
    r"\s*(?P<offset>Z|[+-]\d\d:?\d\d)?)?\Z"
)
_ISO = re.compile(r"(?P<a>\d{4})([-/.])(?P<b>\d{1,2})\2(?P<c>\d{1,2})" + _TIME, re.ASCII)
_COMPACT = re.compile(r"(?P<a>(?:19|20)\d\d)(?P<b>\d\d)(?P<c>\d\d)" + _TIME, re.ASCII)
_LOCAL = re.compile(r"(?P<a>\d{1,2})([-/.])(?P<b>\d{1,2})\2(?P<c>\d{4}|\d\d)" + _TIME, re.ASCII)
_DAY_FIRST = re.compile(
    r"(?P<c>\d{1,2})[-/. ]+(?P<month>[A-Za-z]{3,9})\.?[-/., ]+(?P<a>\d{4}|\d\d)" + _TIME, re.ASCII
)
_MONTH_FIRST = re.compile(
    r"(?P<month>[A-Za-z]{3,9})\.?[-/. ]+(?P<c>\d{1,2})[-/., ]+(?P<a>\d{4}|\d\d)" + _TIME, re.ASCII
)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_CENTURY = 100
_TWO_THOUSAND = 2000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_US = timedelta(microseconds=1)


def zone_of(name: str) -> ZoneInfo:
    """Return a time zone. Raises `DeckError`: `unknown_zone`."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise DeckError("unknown_zone", zone=name) from error


def decide(column: str, cells: Iterable[tuple[int, str]]) -> str:
    """Return the order of the dates of a file, from its different cells and their lines.

    `ymd` where all are ISO. Raises `DeckError`: `undecidable_dates`.
    """
    local = [(line, cell) for line, cell in cells if _match_local(cell)]
    if not local:
        return "ymd"
    orders = ["dmy", "mdy"]
    # 26-01-31 is how some programs shorten ISO.
    if all("-" in cell and len(cell.strip()) <= len("26-01-31") for _, cell in local):
        orders.append("ymd")
    known = [(line, cell) for line, cell in local if any(_read(cell, order) for order in orders)]
    possible = [order for order in orders if all(_read(cell, order) for _, cell in known)]
    for line, cell in known:
        if not possible or len({_read(cell, order) for order in possible}) > 1:
            raise DeckError("undecidable_dates", column=column, line=line, value=cell.strip())
    return possible[0]


def _match_local(cell: str) -> re.Match[str] | None:
    return None if cell.startswith(NUL) else _LOCAL.match(cell.strip())


def instant_of(cell: str, column: str, order: str, zone: ZoneInfo) -> int | None:
    """Return microseconds UTC of a date (its local midnight) or of a date with a time.

    None where the cell is blank; 0 for all before 1970. Raises `RowError`: `bad_date`.
    """
    text = shown(cell) if cell.startswith(DATE) else text_of(cell, column)
    if not text:
        return None
    when = _read(text, order)
    if when is None:
        raise RowError(column, "bad_date", text)
    try:
        return max(0, microseconds(when, zone))
    except OverflowError as error:
        raise RowError(column, "bad_date", text) from error


def microseconds(when: datetime, zone: ZoneInfo) -> int:
    """Return an instant; a time without an offset is the wall clock's, the first of two."""
    if when.tzinfo is None:
        when = when.replace(tzinfo=zone)
    return (when.astimezone(UTC) - _EPOCH) // _US


def written(at: int, zone: ZoneInfo) -> str:
    """Write an instant so that it reads back the same: a local date where it is midnight."""
    if not at:
        return ""
    exact = _EPOCH + timedelta(microseconds=at)
    day = exact.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    if microseconds(day, zone) == at:
        return day.date().isoformat()
    return exact.replace(tzinfo=None).isoformat() + "Z"


def _read(text: str, order: str) -> datetime | None:
    """Return a date under an order, None where it is none."""
    text = text.strip()
    match = _ISO.match(text) or _COMPACT.match(text)
    if match is not None:
        return _made(match, (match["a"], match["b"], match["c"]))
    match = _LOCAL.match(text)
    if match is not None:
        parts = dict(zip(order, (match["a"], match["b"], match["c"]), strict=True))
        return _made(match, (parts["y"], parts["m"], parts["d"]))
    match = _DAY_FIRST.match(text) or _MONTH_FIRST.match(text)
    if match is None:
        return None
    named = match["month"].lower()
    months = [number for number, name in enumerate(_MONTHS, 1) if name.startswith(named)]
    return _made(match, (match["a"], str(months[0]), match["c"])) if months else None


def _made(match: re.Match[str], parts: tuple[str, str, str]) -> datetime | None:
    year, month, day = (int(part) for part in parts)
    if year < _CENTURY:
        year += _TWO_THOUSAND
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    part = int((match["part"] or "").ljust(6, "0"))
    try:
        zone = _offset(match["offset"])
        return datetime(year, month, day, hour, minute, second, part, zone)
    except ValueError:
        return None


def _offset(text: str | None) -> timezone | None:
    if not text:
        return None
    if text == "Z":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))
