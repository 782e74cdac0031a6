"""Calls cut by hand: increments, later prices, borders of bands."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.domain.bands import TimeBand, Window
from app.domain.money import Price
from app.domain.pieces import Piece, band_price, cut_pieces, flat_pieces, starting_band
from app.domain.tariff import BandPolicy, BandPrice, BlockRule, Rate, Step, TariffRules

EIGHT = int(datetime(2026, 3, 9, 20, tzinfo=UTC).timestamp()) * 1_000_000
SECOND = 1_000_000
DEAR, CHEAP, LATER, LAST = Price(600_000), Price(60_000), Price(30_000), Price(3_000)

DAY = TimeBand("day", (Window(127, 8 * 60, 20 * 60),))
EVENING = TimeBand("evening", (Window(127, 20 * 60, 22 * 60),))
MINUTE_OF_EIGHT = TimeBand("minute", (Window(127, 20 * 60, 20 * 60 + 1),))

MINUTES = Rate("Senegal", DEAR, Price(0), 60, 60)
EVENINGS = replace(MINUTES, bands=(BandPrice("evening", CHEAP),))


def rules(policy: BandPolicy, block_rule: BlockRule = BlockRule.AFTER_FIRST) -> TariffRules:
    return TariffRules(band_policy=policy, block_rule=block_rule, bands=(DAY, EVENING))


def cut(
    policy: BandPolicy,
    before_eight: int,
    seconds: int,
    rate: Rate = EVENINGS,
    free: int = 0,
    block_rule: BlockRule = BlockRule.AFTER_FIRST,
) -> list[Piece]:
    answered_at = EIGHT - before_eight * SECOND
    return cut_pieces(rules(policy, block_rule), rate, answered_at, free, seconds - free)


@pytest.mark.parametrize(
    ("paid", "billed", "from_answer"),
    [
        (1, [30], [30]),
        (30, [30], [30]),
        (31, [30, 24], [30, 18]),
        (48, [30, 24], [30, 18]),
        (49, [30, 24], [30, 42]),
        (54, [30, 24], [30, 42]),
        (55, [30, 48], [30, 42]),
    ],
)
def test_blocks_follow_the_first_or_are_counted_from_the_answer(
    paid: int, billed: list[int], from_answer: list[int]
) -> None:
    rate = Rate("Senegal", DEAR, Price(0), 30, 24)
    assert [piece.billed for piece in flat_pieces(rate, paid, from_answer=False)] == billed
    assert [piece.billed for piece in flat_pieces(rate, paid, from_answer=True)] == from_answer


def test_the_price_in_a_band_is_its_own_or_the_rates() -> None:
    assert band_price(EVENINGS, "evening") is EVENINGS.bands[0]
    assert band_price(EVENINGS, "day") is EVENINGS
    assert band_price(EVENINGS, "") is EVENINGS


def test_the_band_at_the_start_matters_only_to_a_rate_that_has_some() -> None:
    assert starting_band(rules(BandPolicy.START), EVENINGS, EIGHT) == "evening"
    assert starting_band(rules(BandPolicy.START), EVENINGS, EIGHT - 1) == "day"
    assert starting_band(rules(BandPolicy.START), MINUTES, EIGHT) == ""


def test_the_band_of_the_start_holds_for_all_of_the_call() -> None:
    assert cut(BandPolicy.START, 1, 130) == [
        Piece("first", 60, 60, DEAR, "day", 60),
        Piece("next", 70, 120, DEAR, "day", 60),
    ]
    assert cut(BandPolicy.START, 0, 60) == [Piece("first", 60, 60, CHEAP, "evening", 60)]


def test_each_increment_pays_the_band_in_which_it_begins() -> None:
    assert cut(BandPolicy.INCREMENT, 90, 200) == [
        Piece("first", 60, 60, DEAR, "day", 60),
        Piece("next", 60, 60, DEAR, "day", 60),
        Piece("next", 80, 120, CHEAP, "evening", 60),
    ]
    assert cut(BandPolicy.INCREMENT, 59, 61) == [
        Piece("first", 60, 60, DEAR, "day", 60),
        Piece("next", 1, 60, CHEAP, "evening", 60),
    ]


def test_a_call_is_cut_exactly_at_the_border_and_its_increment_goes_on() -> None:
    assert cut(BandPolicy.CUT, 90, 200) == [
        Piece("first", 60, 60, DEAR, "day", 60),
        Piece("next", 30, 30, DEAR, "day", 60),
        Piece("next", 110, 150, CHEAP, "evening", 60),
    ]
    assert cut(BandPolicy.CUT, 40, 20) == [
        Piece("first", 20, 40, DEAR, "day", 60),
        Piece("first", 0, 20, CHEAP, "evening", 60),
    ]


def test_one_increment_may_cross_two_borders() -> None:
    rate = Rate("Senegal", DEAR, Price(0), 60, 600, bands=(BandPrice("minute", CHEAP),))
    by_minute = TariffRules(band_policy=BandPolicy.CUT, bands=(MINUTE_OF_EIGHT,))
    assert cut_pieces(by_minute, rate, EIGHT - 100 * SECOND, 0, 400) == [
        Piece("first", 60, 60, DEAR, "", 60),
        Piece("next", 40, 40, DEAR, "", 600),
        Piece("next", 60, 60, CHEAP, "minute", 600),
        Piece("next", 240, 500, DEAR, "", 600),
    ]


def test_free_seconds_come_before_the_first_increment() -> None:
    assert cut(BandPolicy.INCREMENT, 90, 200, free=90) == [
        Piece("first", 60, 60, CHEAP, "evening", 60),
        Piece("next", 50, 60, CHEAP, "evening", 60),
    ]


STEPPED = replace(MINUTES, steps=(Step(90, LATER, 30), Step(200, LAST)))


def test_a_later_price_is_for_increments_that_begin_then() -> None:
    assert cut(BandPolicy.START, 0, 300, STEPPED) == [
        Piece("first", 60, 60, DEAR, "", 60),
        Piece("next", 60, 60, DEAR, "", 60),
        Piece("next", 90, 90, LATER, "", 30),
        Piece("next", 90, 120, LAST, "", 60),
    ]


def test_steps_are_counted_from_the_answer_free_seconds_and_all() -> None:
    assert cut(BandPolicy.START, 0, 300, STEPPED, free=100) == [
        Piece("first", 60, 60, LATER, "", 60),
        Piece("next", 60, 60, LATER, "", 30),
        Piece("next", 80, 120, LAST, "", 60),
    ]


def test_a_step_begins_with_the_second_it_names() -> None:
    exact = replace(MINUTES, steps=(Step(60, LATER),))
    late = replace(MINUTES, steps=(Step(61, LATER),))
    assert [piece.price for piece in cut(BandPolicy.START, 0, 61, exact)] == [DEAR, LATER]
    assert [piece.price for piece in cut(BandPolicy.START, 0, 61, late)] == [DEAR, DEAR]


def test_blocks_from_the_answer_keep_their_grid_where_a_step_changes_them() -> None:
    assert cut(BandPolicy.START, 0, 300, STEPPED, block_rule=BlockRule.FROM_ANSWER) == [
        Piece("first", 60, 60, DEAR, "", 60),
        Piece("next", 60, 60, DEAR, "", 60),
        Piece("next", 90, 90, LATER, "", 30),
        # The grid of minutes again: the first block is what is left of the fourth.
        Piece("next", 90, 90, LAST, "", 60),
    ]


def test_bands_have_steps_of_their_own() -> None:
    evening = BandPrice("evening", CHEAP, steps=(Step(90, LATER, 30),))
    rate = replace(STEPPED, bands=(evening,))
    assert cut(BandPolicy.INCREMENT, 60, 160, rate) == [
        Piece("first", 60, 60, DEAR, "day", 60),
        Piece("next", 60, 60, CHEAP, "evening", 60),
        Piece("next", 40, 60, LATER, "evening", 30),
    ]


def test_an_increment_that_crosses_a_border_keeps_the_step_of_its_beginning() -> None:
    evening = BandPrice("evening", CHEAP, steps=(Step(90, LATER),))
    rate = replace(MINUTES, bands=(evening,))
    assert cut(BandPolicy.CUT, 100, 180, rate) == [
        Piece("first", 60, 60, DEAR, "day", 60),
        Piece("next", 40, 40, DEAR, "day", 60),
        Piece("next", 20, 20, CHEAP, "evening", 60),
        Piece("next", 60, 60, LATER, "evening", 60),
    ]


def test_what_is_left_of_a_block_begins_where_the_first_increment_ends() -> None:
    """By the grid it would have begun with the call, before the evening's later price."""
    evening = BandPrice("evening", CHEAP, steps=(Step(40, LATER),))
    rate = replace(MINUTES, first_increment=50, bands=(evening,))
    assert cut(BandPolicy.CUT, 55, 60, rate, block_rule=BlockRule.FROM_ANSWER) == [
        Piece("first", 50, 50, DEAR, "day", 50),
        Piece("next", 5, 5, DEAR, "day", 60),
        Piece("next", 5, 5, LATER, "evening", 60),
    ]
