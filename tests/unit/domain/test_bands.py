"""Which band holds when: windows, holidays, midnight, and the days on which clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from app.domain.bands import (
    BandClock,
    Stretch,
    TimeBand,
    Window,
    clock_of,
    fault_of_band,
    parse_window,
)
from app.domain.tariff import TariffRules

SECOND = 1_000_000
MINUTE = 60 * SECOND
WORKDAYS = 0b0011111
WEEKEND = 0b1100000
EVERY_DAY = 0b1111111
HOLIDAYS = 0b10000000

DAY = TimeBand("day", (Window(WORKDAYS, 8 * 60, 20 * 60),))
NIGHT = TimeBand("night", (Window(EVERY_DAY, 22 * 60, 6 * 60),))
HOURS_OF_TWO = TimeBand("two", (Window(EVERY_DAY, 2 * 60, 3 * 60),))


def paris(*bands: TimeBand, country: str = "", extra: str = "", never: str = "") -> BandClock:
    return BandClock(
        TariffRules(
            zone="Europe/Paris",
            bands=bands,
            holiday_country=country,
            extra_holidays=ordinals(extra),
            no_holidays=ordinals(never),
        )
    )


def ordinals(days: str) -> frozenset[int]:
    return frozenset(date.fromisoformat(day).toordinal() for day in days.split())


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * SECOND


def local(text: str, zone: str = "Europe/Paris") -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp()) * SECOND


@pytest.mark.parametrize(
    ("band", "code"),
    [
        (DAY, ""),
        (TimeBand(" ", DAY.windows), "bad_band_name"),
        (TimeBand("x" * 41, DAY.windows), "bad_band_name"),
        (TimeBand("x" * 40, DAY.windows), ""),
        (TimeBand("a\nb", DAY.windows), "bad_band_name"),
        (TimeBand("none", ()), "bad_days"),
        (TimeBand("none", (Window(0),)), "bad_days"),
        (TimeBand("nine days", (Window(256),)), "bad_days"),
        (TimeBand("all days", (Window(255),)), ""),
        (TimeBand("x", (Window(1, -1, 60),)), "bad_minutes"),
        (TimeBand("x", (Window(1, 1440, 60),)), "bad_minutes"),
        (TimeBand("x", (Window(1, 0, 0),)), "bad_minutes"),
        (TimeBand("x", (Window(1, 0, 1441),)), "bad_minutes"),
        (TimeBand("x", (*DAY.windows, Window(1, 0, 1441))), "bad_minutes"),
        (TimeBand("x", (Window(1, 1439, 1),)), ""),
    ],
)
def test_a_band_is_checked(band: TimeBand, code: str) -> None:
    assert fault_of_band(band) == code


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("mon-fri 18:00-08:00", Window(WORKDAYS, 1080, 480)),
        ("sat,sun", Window(WEEKEND)),
        ("mon-sun 20:00-07:00", Window(255, 20 * 60, 7 * 60)),
        ("mon-sun,hol", Window(255)),
        ("hol 00:00-24:00", Window(HOLIDAYS)),
        (" MON,wed-thu,hol  08:30-12:05 ", Window(0b10001101, 510, 725)),
        ("sun 18:00-00:00", Window(0b1000000, 1080, 1440)),
        ("mon-mon 00:00-00:01", Window(1, 0, 1)),
    ],
)
def test_a_window_is_read_as_an_owner_writes_it(text: str, window: Window) -> None:
    assert parse_window(text) == window


@pytest.mark.parametrize(
    "text",
    [
        "",
        "08:00-12:00",
        "fri-mon",
        "mon-hol",
        "mon,",
        "mon-",
        "lundi",
        "mon 8:00-12:00",
        "mon 08:00",
        "mon 24:00-08:00",
        "mon 08:60-09:00",
        "mon 08:00-12:00 x",
        "mon 08:00-24:01",
    ],
)
def test_a_window_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_window(text)


@pytest.mark.parametrize(
    ("at", "band"),
    [
        ("2026-03-09T07:59:59", ""),
        ("2026-03-09T08:00:00", "day"),  # a Monday
        ("2026-03-09T19:59:59", "day"),
        ("2026-03-09T20:00:00", ""),
        ("2026-03-13T12:00:00", "day"),
        ("2026-03-14T12:00:00", ""),
        ("2026-07-13T08:00:00", "day"),  # in summer the same wall clock
        ("2026-07-13T20:00:00", ""),
    ],
)
def test_a_band_holds_by_the_shops_wall_clock(at: str, band: str) -> None:
    assert paris(DAY).band_at(local(at)) == band


def test_the_last_microsecond_before_a_border_still_belongs_to_the_old_band() -> None:
    assert paris(DAY).band_at(local("2026-03-09T08:00") - 1) == ""


def test_of_bands_that_overlap_the_first_holds() -> None:
    lunch = TimeBand("lunch", (Window(EVERY_DAY, 12 * 60, 13 * 60),))
    noon = local("2026-03-09T12:30")
    assert paris(lunch, DAY).band_at(noon) == "lunch"
    assert paris(DAY, lunch).band_at(noon) == "day"
    assert paris(lunch, DAY).band_at(local("2026-03-09T13:00")) == "day"


def test_a_window_past_midnight_belongs_to_the_day_on_which_it_begins() -> None:
    friday_night = TimeBand("friday night", (Window(0b0010000, 22 * 60, 6 * 60),))
    clock = paris(friday_night)
    expected = {
        "2026-03-13T05:59": "",  # the night from Thursday to Friday
        "2026-03-13T21:59": "",
        "2026-03-13T22:00": "friday night",
        "2026-03-14T00:00": "friday night",
        "2026-03-14T05:59": "friday night",
        "2026-03-14T06:00": "",
        "2026-03-14T22:00": "",
    }
    assert {at: clock.band_at(local(at)) for at in expected} == expected


def test_a_window_that_ends_where_it_begins_is_a_day_long() -> None:
    monday = paris(TimeBand("monday", (Window(0b0000001, 9 * 60, 9 * 60),)))
    assert monday.band_at(local("2026-03-09T08:59")) == ""
    assert monday.band_at(local("2026-03-09T09:00")) == "monday"
    assert monday.band_at(local("2026-03-10T08:59")) == "monday"
    assert monday.band_at(local("2026-03-10T09:00")) == ""


def test_the_fourteenth_of_july_is_no_tuesday() -> None:
    feast = TimeBand("feast", (Window(HOLIDAYS),))
    clock = paris(feast, DAY, country="FR")
    assert clock.band_at(local("2026-07-14T12:00")) == "feast"
    assert clock.band_at(local("2026-07-13T23:59:59")) == ""
    assert clock.band_at(local("2026-07-15T12:00")) == "day"
    assert clock.is_holiday(date(2026, 7, 14).toordinal())
    assert not clock.is_holiday(date(2026, 7, 15).toordinal())


def test_a_holiday_is_not_its_day_of_the_week_where_any_band_names_holidays() -> None:
    feast_morning = TimeBand("feast", (Window(HOLIDAYS, 0, 12 * 60),))
    noon = local("2026-07-14T12:00")
    assert paris(DAY, feast_morning, country="FR").band_at(noon) == ""
    assert paris(DAY, country="FR").band_at(noon) == "day"


def test_the_night_of_a_holiday_goes_on_into_the_working_day() -> None:
    feast_night = TimeBand("feast night", (Window(HOLIDAYS, 22 * 60, 6 * 60),))
    clock = paris(feast_night, country="FR")
    assert clock.band_at(local("2026-07-14T05:00")) == ""
    assert clock.band_at(local("2026-07-14T22:00")) == "feast night"
    assert clock.band_at(local("2026-07-15T05:59")) == "feast night"
    assert clock.band_at(local("2026-07-15T06:00")) == ""


def test_the_owner_adds_days_and_takes_days_away() -> None:
    feast = TimeBand("feast", (Window(HOLIDAYS),))
    clock = paris(feast, DAY, country="FR", extra="2026-03-10 2026-05-01", never="2026-07-14")
    assert clock.band_at(local("2026-03-10T12:00")) == "feast"
    assert clock.band_at(local("2026-07-14T12:00")) == "day"
    assert clock.band_at(local("2026-12-25T12:00")) == "feast"
    both = paris(feast, country="FR", extra="2026-07-14", never="2026-07-14")
    assert both.band_at(local("2026-07-14T12:00")) == ""


@pytest.mark.parametrize("country", ["", "XX"])
def test_without_a_known_country_only_the_owners_days_are_holidays(country: str) -> None:
    feast = TimeBand("feast", (Window(HOLIDAYS),))
    clock = paris(feast, country=country, extra="2026-03-10")
    assert clock.band_at(local("2026-07-14T12:00")) == ""
    assert clock.band_at(local("2026-03-10T12:00")) == "feast"


def test_the_hour_that_spring_leaves_out_never_holds() -> None:
    clock = paris(HOURS_OF_TWO)
    day = utc("2026-03-29T00:00")
    assert not any(clock.band_at(day + minute * MINUTE) for minute in range(180))
    assert clock.band_at(local("2026-03-30T02:00")) == "two"


def test_the_hour_that_autumn_repeats_holds_twice() -> None:
    clock = paris(HOURS_OF_TWO)
    midnight = utc("2026-10-24T22:00")  # of the 25th in Paris, still summer time
    bands = [clock.band_at(midnight + minute * MINUTE) for minute in range(360)]
    assert bands == [""] * 120 + ["two"] * 120 + [""] * 120


def test_a_clock_change_of_half_an_hour() -> None:
    """Lord Howe puts its clock from 02:00 back to 01:30."""
    half = TimeBand("half", (Window(EVERY_DAY, 90, 120),))
    clock = BandClock(TariffRules(zone="Australia/Lord_Howe", bands=(half,)))
    start = utc("2026-04-04T14:30")  # 01:30 of the 5th there
    bands = [clock.band_at(start + minute * MINUTE) for minute in range(-1, 61)]
    assert bands == ["", *["half"] * 60, ""]


def test_a_clock_that_changes_at_half_past_by_utc() -> None:
    """In St. John's 02:00 becomes 03:00 at 05:30 UTC."""
    three = TimeBand("three", (Window(EVERY_DAY, 3 * 60, 4 * 60),))
    clock = BandClock(TariffRules(zone="America/St_Johns", bands=(three,)))
    change = utc("2026-03-08T05:30")
    bands = [clock.band_at(change + minute * MINUTE) for minute in range(-1, 61)]
    assert bands == ["", *["three"] * 60, ""]


@pytest.mark.parametrize(
    ("zone", "at"),
    [
        ("Asia/Kathmandu", "2026-03-09T02:15"),  # 5:45 ahead
        ("America/St_Johns", "2026-01-09T11:30"),  # 3:30 behind
        ("Africa/Casablanca", "2026-03-09T08:00"),  # Ramadan: an hour less
        ("Africa/Casablanca", "2026-06-09T07:00"),
    ],
)
def test_eight_oclock_elsewhere(zone: str, at: str) -> None:
    clock = BandClock(TariffRules(zone=zone, bands=(DAY,)))
    assert clock.band_at(utc(at) - 1) == ""
    assert clock.band_at(utc(at)) == "day"


def test_the_next_band_and_when_it_begins() -> None:
    clock = paris(DAY, NIGHT)
    assert clock.next_change(local("2026-03-09T12:34")) == (local("2026-03-09T20:00"), "")
    assert clock.next_change(local("2026-03-09T20:00")) == (local("2026-03-09T22:00"), "night")
    assert clock.next_change(local("2026-03-09T23:59")) == (local("2026-03-10T06:00"), "")
    assert clock.next_change(local("2026-03-13T19:00")) == (local("2026-03-13T20:00"), "")
    assert paris(DAY).next_change(local("2026-03-13T20:00")) == (local("2026-03-16T08:00"), "day")


def test_no_next_band_where_one_holds_on() -> None:
    always = TimeBand("always", (Window(255),))
    assert paris(always).next_change(local("2026-03-09T12:00")) is None
    assert paris(DAY).next_change(local("2026-03-13T20:00"), within_days=1) is None
    assert paris().next_change(0) is None


def test_a_call_is_cut_where_the_band_changes() -> None:
    clock = paris(DAY, NIGHT)
    answered = local("2026-03-09T19:59:00")
    assert tuple(clock.stretches(answered, 60)) == (Stretch(0, 60, "day"),)
    assert tuple(clock.stretches(answered, 61)) == (Stretch(0, 60, "day"), Stretch(60, 61, ""))
    assert tuple(clock.stretches(answered, 4 * 3600)) == (
        Stretch(0, 60, "day"),
        Stretch(60, 7260, ""),
        Stretch(7260, 14400, "night"),
    )


def test_a_second_belongs_to_the_band_in_which_it_begins() -> None:
    clock = paris(DAY)
    before = local("2026-03-09T19:59:59")
    assert tuple(clock.stretches(before + 1, 3)) == (Stretch(0, 1, "day"), Stretch(1, 3, ""))
    assert tuple(clock.stretches(before, 3)) == (Stretch(0, 1, "day"), Stretch(1, 3, ""))
    assert tuple(clock.stretches(before - 1, 3)) == (Stretch(0, 2, "day"), Stretch(2, 3, ""))
    # The border falls into the call's last second, which begins before it.
    assert tuple(clock.stretches(before + 1, 1)) == (Stretch(0, 1, "day"),)
    assert tuple(clock.stretches(before + SECOND, 3)) == (Stretch(0, 3, ""),)


def test_the_end_of_a_utc_day_is_no_border() -> None:
    clock = paris(NIGHT)
    assert tuple(clock.stretches(utc("2026-03-09T23:00"), 7200)) == (Stretch(0, 7200, "night"),)


def test_equal_rules_share_a_clock() -> None:
    assert clock_of(TariffRules(bands=(DAY,))) is clock_of(TariffRules(bands=(DAY,)))
    assert clock_of(TariffRules(bands=(DAY,))) is not clock_of(TariffRules(bands=(NIGHT,)))


def test_the_night_after_a_holiday_is_a_night() -> None:
    bands = (
        TimeBand("night", (parse_window("mon-sun 20:00-07:00"),)),
        TimeBand("weekend", (parse_window("sat,sun"), parse_window("hol"))),
    )
    clock = BandClock(TariffRules(zone="Europe/Paris", bands=bands, holiday_country="FR"))
    # 11 November 2026 is a Wednesday and a holiday; Paris is an hour ahead of UTC.
    noon = int(datetime(2026, 11, 11, 11, tzinfo=UTC).timestamp()) * 1_000_000
    assert clock.band_at(noon) == "weekend"
    for hours in (9, 12, 16):  # 21:00, midnight, and 04:00 of the Thursday after
        assert clock.band_at(noon + hours * 3_600_000_000) == "night"
    assert clock.band_at(noon + 20 * 3_600_000_000) == ""


def test_every_day_does_not_set_holidays_apart() -> None:
    bands = (
        TimeBand("day", (parse_window("mon-fri 08:00-20:00"),)),
        TimeBand("always", (parse_window("mon-sun"),)),
    )
    clock = BandClock(TariffRules(zone="Europe/Paris", bands=bands, holiday_country="FR"))
    noon = int(datetime(2026, 11, 11, 11, tzinfo=UTC).timestamp()) * 1_000_000
    assert clock.band_at(noon) == "day"
