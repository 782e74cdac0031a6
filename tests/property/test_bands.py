"""What holds of every band: the clock agrees with the wall at each second."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from app.domain.bands import Stretch, clock_of
from tests.property.naive_rating import SECOND, naive_band
from tests.property.rating_cases import any_moment, any_rules

MINUTE = 60 * SECOND
DAY = 1440 * MINUTE


@given(st.randoms(), st.integers(-2 * DAY, 2 * DAY))
def test_a_band_holds_when_the_wall_clock_lies_in_it(rng: Random, after: int) -> None:
    zone, at = any_moment(rng)
    rules = any_rules(rng, zone, at)
    assert clock_of(rules).band_at(at + after) == naive_band(rules, at + after)


@given(st.randoms(), st.integers(0, 20_000))
def test_each_second_of_a_call_lies_in_its_stretch(rng: Random, seconds: int) -> None:
    zone, at = any_moment(rng)
    rules = any_rules(rng, zone, at)
    stretches = list(clock_of(rules).stretches(at, seconds))
    assert [stretch.start for stretch in stretches] == [0, *(s.end for s in stretches[:-1])]
    assert stretches[-1].end == seconds
    for stretch in stretches:
        seen = {naive_band(rules, at + second * SECOND) for second in probes(stretch)}
        assert seen <= {stretch.band}
    assert all(one.band != other.band for one, other in pairwise(stretches))


def probes(stretch: Stretch) -> set[int]:
    """Return seconds of a stretch: both ends and one a minute."""
    if stretch.start == stretch.end:
        return set()
    return {*range(stretch.start, stretch.end, 60), stretch.end - 1}


@given(st.randoms(), st.integers(0, 10_000), st.integers(0, 10_000))
def test_splitting_a_call_at_any_second_keeps_its_bands(
    rng: Random, before: int, after: int
) -> None:
    zone, at = any_moment(rng)
    clock = clock_of(any_rules(rng, zone, at))
    split = at + (before + 1) * SECOND
    whole = clock.stretches(at, before + after + 2)
    parts = [*clock.stretches(at, before + 1), *clock.stretches(split, after + 1)]
    assert by_second(whole) == by_second(parts)


def by_second(stretches: Iterable[Stretch]) -> list[str]:
    """Return the band of each second."""
    return [stretch.band for stretch in stretches for _ in range(stretch.start, stretch.end)]


@given(st.randoms())
def test_the_next_change_is_the_first_minute_with_another_band(rng: Random) -> None:
    zone, at = any_moment(rng)
    rules = any_rules(rng, zone, at)
    found = clock_of(rules).next_change(at, within_days=1)
    now = naive_band(rules, at)
    begun = at // MINUTE * MINUTE
    minutes = (begun + count * MINUTE for count in range(1, 1441))
    first = next((minute for minute in minutes if naive_band(rules, minute) != now), None)
    if first is not None:
        assert found == (first, naive_band(rules, first))
    else:
        assert found is None or found[0] > begun + DAY
