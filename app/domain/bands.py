"""Time bands: named parts of the week, and where they begin and end within a call.

A band holds at an instant when the shop's wall clock then lies in it. Nothing else is said
about the hours that a clock change leaves out or repeats: the wall clock decides.

The week has eight days here: Monday 0 … Sunday 6, and `HOLIDAY` 7. Where any window of the
tariff sets holidays apart (names them, but not every day), a public holiday (or a date of the
owner) counts as `HOLIDAY` and not as its day of the week; where none does, holidays are
ordinary days.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from app.domain.tariff import TariffRules

HOLIDAY = 7
"""The eighth day of the week in a window's `days`."""

EVERY_DAY = 0b1111_1111
"""A window's `days` for all of the week, holidays included."""

DAY_MINUTES = 1440
_DAYS = 8
_MINUTE_US = 60_000_000
_DAY_US = DAY_MINUTES * _MINUTE_US
_SECOND_US = 1_000_000
_PROBE_MINUTES = 15
"""Clocks are changed at full quarters of an hour UTC: so it was in all time zones since 2012,
but for a station in Antarctica."""

_NAME_MAX = 40


@dataclass(frozen=True, slots=True)
class Window:
    """Minutes `[from_minute, to_minute)` of the wall clock on some days.

    `days` is a mask: bit 0 Monday … bit 6 Sunday, bit 7 holidays. A window whose end is not
    after its beginning runs on past midnight and belongs to the day on which it begins;
    0 to 1440 is the whole day.
    """

    days: int
    from_minute: int = 0
    to_minute: int = DAY_MINUTES


@dataclass(frozen=True, slots=True)
class TimeBand:
    """A named set of windows. Of bands that overlap, the first in the tariff holds."""

    name: str
    windows: tuple[Window, ...]


_DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "hol")
_TIMES = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-(?:([01][0-9]|2[0-3]):([0-5][0-9])|24:00)\Z")


def parse_window(text: str) -> Window:
    """Read a window as an owner writes it: `mon-fri 18:00-08:00`, `sat,sun`, `hol 00:00-24:00`.

    Days are `mon` … `sun` and `hol` (holidays), single or as ranges, joined by commas; without
    times the whole day; all seven days are every day, holidays included. Raises `ValueError`.
    """
    days, _, times = text.strip().casefold().partition(" ")
    mask = 0
    for item in days.split(","):
        first, dash, last = item.partition("-")
        start = _DAY_NAMES.index(first)
        end = _DAY_NAMES.index(last) if dash else start
        if end < start or (dash and end == HOLIDAY):
            raise ValueError(text)
        mask |= sum(1 << day for day in range(start, end + 1))
    if mask | 1 << HOLIDAY == EVERY_DAY:
        mask = EVERY_DAY  # who says all seven days means the holidays among them too
    if not times.strip():
        return Window(mask)
    found = _TIMES.match(times.strip())
    if found is None:
        raise ValueError(text)
    begins = int(found[1]) * 60 + int(found[2])
    ends = int(found[3]) * 60 + int(found[4]) if found[3] else DAY_MINUTES
    return Window(mask, begins, ends or DAY_MINUTES)


def fault_of_band(band: TimeBand) -> str:
    """Return the code of what is wrong with a band, "" where nothing is.

    Codes: `bad_band_name`, `bad_days`, `bad_minutes`.
    """
    if not band.name.strip() or len(band.name) > _NAME_MAX or not band.name.isprintable():
        return "bad_band_name"
    for window in band.windows:
        if not 0 < window.days < 1 << _DAYS:
            return "bad_days"
        if not (0 <= window.from_minute < DAY_MINUTES and 0 < window.to_minute <= DAY_MINUTES):
            return "bad_minutes"
    return "" if band.windows else "bad_days"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a call, in whole seconds from the answer, in which one band holds ("" none)."""

    start: int
    end: int
    band: str


def sets_holidays_apart(bands: tuple[TimeBand, ...]) -> bool:
    """Tell whether a holiday is another day than its day of the week for any of these bands."""
    return any(
        window.days >> HOLIDAY & 1 and window.days != EVERY_DAY
        for band in bands
        for window in band.windows
    )


class BandClock:
    """Says which band holds when, for one set of rules. Days are worked out once and kept."""

    def __init__(self, rules: TariffRules) -> None:
        """Take bands, zone and holidays of the rules."""
        self._bands = rules.bands
        self._zone = ZoneInfo(rules.zone)
        self._country = rules.holiday_country
        self._extra = rules.extra_holidays
        self._never = rules.no_holidays
        self._names_holidays = sets_holidays_apart(rules.bands)
        self._days: dict[int, tuple[tuple[int, str], ...]] = {}

    def band_at(self, at: int) -> str:
        """Return the name of the band that holds at an instant (microseconds UTC), "" if none."""
        day, rest = divmod(at, _DAY_US)
        minute = rest // _MINUTE_US
        name = ""
        for begins, band in self._changes(day):
            if begins > minute:
                break
            name = band
        return name

    def next_change(self, at: int, within_days: int = 8) -> tuple[int, str] | None:
        """Return the instant after `at` at which another band begins, and its name.

        None where the band holds on for `within_days` days.
        """
        now = self.band_at(at)
        first = at // _DAY_US
        for day in range(first, first + within_days + 1):
            for begins, band in self._changes(day):
                instant = day * _DAY_US + begins * _MINUTE_US
                if instant > at and band != now:
                    return instant, band
        return None

    def stretches(self, answered_at: int, seconds: int) -> Iterator[Stretch]:
        """Cut `[0, seconds)` of a call where the band changes.

        A second belongs to the band in which it begins.
        """
        start, band = 0, self.band_at(answered_at)
        for instant, name in self._changes_between(answered_at, answered_at + seconds * _SECOND_US):
            begins = -((answered_at - instant) // _SECOND_US)
            if name == band or begins >= seconds:
                continue
            yield Stretch(start, begins, band)
            start, band = begins, name
        yield Stretch(start, seconds, band)

    def _changes_between(self, start: int, end: int) -> Iterator[tuple[int, str]]:
        for day in range(start // _DAY_US, end // _DAY_US + 1):
            for begins, band in self._changes(day):
                instant = day * _DAY_US + begins * _MINUTE_US
                if start < instant < end:
                    yield instant, band

    def _changes(self, day: int) -> tuple[tuple[int, str], ...]:
        """Return minute -> band of one UTC day, where it changes, the first at minute 0."""
        known = self._days.get(day)
        if known is None:
            known = self._days[day] = tuple(self._worked_out(day))
        return known

    def _worked_out(self, day: int) -> Iterator[tuple[int, str]]:
        before: str | None = None
        for minute, wall in self._wall_minutes(day):
            band = self._band_on_wall(*wall)
            if band != before:
                yield minute, band
                before = band

    def _wall_minutes(self, day: int) -> Iterator[tuple[int, tuple[int, int]]]:
        """Yield each minute of a UTC day with the wall clock's date (ordinal) and minute."""
        midnight = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day)
        for quarter in range(0, DAY_MINUTES, _PROBE_MINUTES):
            wall = (midnight + timedelta(minutes=quarter)).astimezone(self._zone)
            ordinal, first = wall.toordinal(), wall.hour * 60 + wall.minute
            for step in range(_PROBE_MINUTES):
                days, minute = divmod(first + step, DAY_MINUTES)
                yield quarter + step, (ordinal + days, minute)

    def _band_on_wall(self, ordinal: int, minute: int) -> str:
        today = 1 << self._day_of(ordinal)
        yesterday = 1 << self._day_of(ordinal - 1)
        for band in self._bands:
            for window in band.windows:
                if _lies_in(window, minute, today, yesterday):
                    return band.name
        return ""

    def _day_of(self, ordinal: int) -> int:
        if self._names_holidays and self.is_holiday(ordinal):
            return HOLIDAY
        return (ordinal - 1) % 7  # ordinal 1 was a Monday

    def is_holiday(self, ordinal: int) -> bool:
        """Tell whether a date is a public holiday or one of the owner's dates."""
        if ordinal in self._never:
            return False
        return ordinal in self._extra or ordinal in _public_holidays(
            self._country, date.fromordinal(ordinal).year
        )


def _lies_in(window: Window, minute: int, today: int, yesterday: int) -> bool:
    if window.from_minute < window.to_minute:
        return bool(window.days & today) and window.from_minute <= minute < window.to_minute
    return (bool(window.days & today) and minute >= window.from_minute) or (
        bool(window.days & yesterday) and minute < window.to_minute
    )


def knows_holidays(country: str) -> bool:
    """Tell whether the public holidays of a country (ISO 3166 alpha-2) are known."""
    # Only shops that name a country wait for it.
    import holidays  # noqa: PLC0415

    return country in holidays.list_supported_countries(include_aliases=False)


@functools.lru_cache(maxsize=256)
def _public_holidays(country: str, year: int) -> frozenset[int]:
    """Return the public holidays of a country in a year, none where the library knows none."""
    if not country:
        return frozenset()
    # Only shops with holiday prices wait for it.
    import holidays  # noqa: PLC0415

    try:
        found = holidays.country_holidays(country, years=year)
    except NotImplementedError:
        return frozenset()
    return frozenset(day.toordinal() for day in found)


@functools.lru_cache(maxsize=64)
def clock_of(rules: TariffRules) -> BandClock:
    """Return the clock of these rules, the same one for equal rules."""
    return BandClock(rules)
