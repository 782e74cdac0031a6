"""The time bands of a tariff as columns of a price list, and the hours of each in words."""

from __future__ import annotations

from babel.dates import format_date

from app import formats
from app.domain.bands import (
    DAY_MINUTES,
    EVERY_DAY,
    HOLIDAY,
    TimeBand,
    Window,
    sets_holidays_apart,
)
from app.domain.tariff import BandPolicy, Rate, TariffRules
from app.tariffs.price_words import PriceWords
from printing.price_document import BandHours

_WEEK = 7
_YEAR_DAYS = 366


def shown_bands(rules: TariffRules, rates: list[Rate]) -> tuple[str, ...]:
    """Return the bands that need a column, in the tariff's order, "" for the hours outside of all.

    A band before one that is priced is shown too: where both hold it is the first that counts.
    """
    priced = {band.band for rate in rates for band in rate.bands}
    last = max(
        (place for place, band in enumerate(rules.bands, 1) if band.name in priced), default=0
    )
    bands = rules.bands[:last]
    names = tuple(band.name for band in bands)
    return names if bands and _fill_the_week(bands) else (*names, "")


def _fill_the_week(bands: tuple[TimeBand, ...]) -> bool:
    windows = [window for band in bands for window in band.windows]
    days = list(range(_WEEK))
    pairs = [((day - 1) % _WEEK, day) for day in days]
    if sets_holidays_apart(bands):
        pairs += [(day, HOLIDAY) for day in days] + [(HOLIDAY, day) for day in days]
        pairs.append((HOLIDAY, HOLIDAY))
    return all(_fill_a_day(windows, yesterday, today) for yesterday, today in pairs)


def _fill_a_day(windows: list[Window], yesterday: int, today: int) -> bool:
    stretches = []
    for window in windows:
        runs_on = window.to_minute <= window.from_minute
        if window.days >> today & 1:
            end = DAY_MINUTES if runs_on else window.to_minute
            stretches.append((window.from_minute, end))
        if runs_on and window.days >> yesterday & 1:
            stretches.append((0, window.to_minute))
    reached = 0
    for start, end in sorted(stretches):
        if start > reached:
            return False
        reached = max(reached, end)
    return reached >= DAY_MINUTES


def band_name(words: PriceWords, name: str) -> str:
    """Return the heading of a band's column."""
    return name or words.gettext("Other times")


def legend(words: PriceWords, rules: TariffRules, names: tuple[str, ...]) -> tuple[BandHours, ...]:
    """Say when each of the shown bands holds."""
    by_name = {band.name: band for band in rules.bands}
    found = []
    for name in names:
        if name:
            hours = tuple(_hours(words, window) for window in by_name[name].windows)
        else:
            hours = (words.gettext("at all other times"),)
        found.append(BandHours(band_name(words, name), hours))
    return tuple(found)


def legend_note(words: PriceWords, rules: TariffRules, names: tuple[str, ...], at: int) -> str:
    """Say which price a call pays that crosses a border, and which days are holidays too."""
    _ = words.gettext
    sentences = [
        _("The price of the first second holds for the whole call.")
        if rules.band_policy is BandPolicy.START
        else _("The price changes within a call when the hours change.")
    ]
    if sum(bool(name) for name in names) > 1:
        sentences.append(_("Where two overlap, the one named first holds."))
    shown = tuple(band for band in rules.bands if band.name in names)
    if sets_holidays_apart(shown):
        extra = _dates(words, rules.extra_holidays, at)
        never = _dates(words, rules.no_holidays, at)
        if extra:
            sentences.append(_("Holidays here too: {days}.").format(days=extra))
        if never:
            sentences.append(_("No holidays here: {days}.").format(days=never))
    return " ".join(sentences)


def _dates(words: PriceWords, ordinals: frozenset[int], at: int) -> str:
    today = formats.local(at, words.zone).date()
    days = [
        today.fromordinal(ordinal)
        for ordinal in sorted(ordinals)
        if 0 <= ordinal - today.toordinal() < _YEAR_DAYS
    ]
    return ", ".join(format_date(day, "medium", locale=words.locale) for day in days)


def _hours(words: PriceWords, window: Window) -> str:
    _ = words.gettext
    days = _days(words, window.days)
    if (window.from_minute, window.to_minute) == (0, DAY_MINUTES):
        return _("{days} all day").format(days=days)
    return f"{days} {_clock(window.from_minute)}–{_clock(window.to_minute)}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _days(words: PriceWords, mask: int) -> str:
    """Write the days of a mask: `Mon–Fri, public holidays`."""
    if mask == EVERY_DAY:
        return words.gettext("every day")
    names = words.locale.days["format"]["abbreviated"]
    parts = []
    day = 0
    while day < _WEEK:
        first = day
        while day < _WEEK and mask >> day & 1:
            day += 1
        if day - first > 2:  # noqa: PLR2004 - two neighbours are an enumeration
            parts.append(f"{names[first]}–{names[day - 1]}")
        else:
            parts += [names[one] for one in range(first, day)]
        day += 1
    if mask >> HOLIDAY & 1:
        parts.append(words.gettext("public holidays"))
    return ", ".join(parts)
