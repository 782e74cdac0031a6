"""Which time bands of two tariffs ever hold at the same instant."""

from __future__ import annotations

from datetime import date

from app.domain.bands import clock_of, sets_holidays_apart
from app.domain.tariff import TariffRules

BandPair = tuple[str, str]
"""The bands of two tariffs at one instant, "" where none holds."""

_DAY_US = 86_400_000_000
_WEEK_DAYS = 8
_HALF_YEAR_DAYS = 182
_YEAR_DAYS = 366
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()


def bands_together(one: TariffRules, other: TariffRules, at: int) -> frozenset[BandPair]:
    """Return the pairs of bands that meet from `at` (microseconds UTC) on.

    Looked at are the next eight days, the days around each holiday of a year, and where the two
    time zones differ also eight days half a year later: their clocks change on other days.
    """
    if not one.bands and not other.bands:
        return frozenset((("", ""),))
    found = _within(one, other, at, at + _WEEK_DAYS * _DAY_US)
    if one.zone != other.zone and one.bands and other.bands:
        later = at + _HALF_YEAR_DAYS * _DAY_US
        found |= _within(one, other, later, later + _WEEK_DAYS * _DAY_US)
    for ordinal in _holidays(one, at) | _holidays(other, at):
        midnight = (ordinal - _EPOCH_ORDINAL) * _DAY_US
        # A day of the wall clock touches two of UTC, and its last window may run into a third.
        found |= _within(one, other, max(at, midnight - _DAY_US), midnight + 3 * _DAY_US)
    return frozenset(found)


def _within(one: TariffRules, other: TariffRules, start: int, end: int) -> set[BandPair]:
    clocks = clock_of(one), clock_of(other)
    found = set()
    at: int | None = start
    while at is not None and at < end:
        found.add((clocks[0].band_at(at), clocks[1].band_at(at)))
        changes = [clock.next_change(at, _WEEK_DAYS) for clock in clocks]
        at = min((change[0] for change in changes if change is not None), default=None)
    return found


def _holidays(rules: TariffRules, at: int) -> set[int]:
    """Return the holidays (ordinals) of the next year, none where no band asks for them."""
    if not sets_holidays_apart(rules.bands):
        return set()
    clock = clock_of(rules)
    today = at // _DAY_US + _EPOCH_ORDINAL
    return {day for day in range(today, today + _YEAR_DAYS) if clock.is_holiday(day)}
