"""What holds of every charge."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import Money, Price
from app.domain.pieces import cut_pieces
from app.domain.rating import Charge, charge_for, manual_charge, rate_call
from app.domain.tariff import (
    BandPolicy,
    BandPrice,
    BlockRule,
    Entry,
    FreeRule,
    Rate,
    RoundingOrder,
    SecondsRule,
    Step,
)
from tests.property.naive_rating import SECOND, Naive, naive_band, naive_charge, rounded
from tests.property.rating_cases import (
    NUMBER,
    Case,
    any_moment,
    any_price,
    any_rules,
    cases,
    durations,
)


def charged(case: Case, seconds: int) -> Charge:
    charge = rate_call(
        case.tariff,
        NUMBER,
        case.at,
        seconds * 1000,
        payer=case.payer,
    )
    assert charge is not None
    return charge


def naive(case: Case, seconds: int) -> Naive:
    tariff = case.tariff
    return naive_charge(tariff.rules, tariff.currency, case.rate, case.at, seconds, case.payer)


def under(case: Case, **rules: object) -> Case:
    tariff = case.tariff
    changed = replace(tariff.rules, **rules)  # type: ignore[arg-type]  # names of fields
    return replace(case, tariff=replace(tariff, rules=changed))


def of_rate(case: Case, **fields: object) -> Case:
    rate = replace(case.rate, **fields)  # type: ignore[arg-type]  # names of fields
    return replace(case, tariff=replace(case.tariff, entries=(case.entry._replace(rate=rate),)))


@pytest.mark.parametrize("blocks", BlockRule)
@pytest.mark.parametrize("policy", BandPolicy)
@given(case=cases(), seconds=durations())
def test_a_charge_is_what_its_seconds_cost_one_by_one(
    policy: BandPolicy, blocks: BlockRule, case: Case, seconds: int
) -> None:
    case = under(case, band_policy=policy, block_rule=blocks)
    charge, expected = charged(case, seconds), naive(case, seconds)
    assert charge.seconds == seconds
    assert charge.total == Money(expected.total)
    assert charge.exact == Price(expected.exact)
    if not is_too_short(charge):
        assert (charge.billed_seconds, charge.free_seconds) == (expected.billed, expected.free)


def is_too_short(charge: Charge) -> bool:
    return any(line.code == "too_short" for line in charge.lines)


@given(cases())
def test_no_seconds_no_charge(case: Case) -> None:
    charge = charged(case, 0)
    assert (charge.total, charge.exact, charge.lines) == (Money(0), Price(0), ())


@given(cases(), durations(), durations())
def test_longer_is_never_cheaper(case: Case, one: int, other: int) -> None:
    case = under(case, free_rule=FreeRule.FRONT)
    shorter, longer = charged(case, min(one, other)), charged(case, max(one, other))
    assert shorter.total <= longer.total
    assert shorter.exact <= longer.exact
    assert shorter.billed_seconds <= longer.billed_seconds


@given(cases(), durations())
def test_free_time_after_the_first_increment_makes_a_call_cheaper_only_there(
    case: Case, seconds: int
) -> None:
    case = under(case, free_rule=FreeRule.AFTER_FIRST)
    shorter, longer = charged(case, seconds), charged(case, seconds + 1)
    assert shorter.exact <= longer.exact or seconds + 1 == case.rate.first_increment
    if longer.exact < shorter.exact:
        assert (shorter.free_seconds, longer.free_seconds > 0) == (0, True)


@given(cases(), durations())
def test_blocks_from_the_answer_are_those_of_a2billing(case: Case, seconds: int) -> None:
    """Without later prices: at least the first block, beyond it the next multiple of a block."""
    bands = tuple(replace(band, steps=()) for band in case.rate.bands)
    case = of_rate(case, steps=(), bands=bands, free_below=0)
    charge = charged(under(case, block_rule=BlockRule.FROM_ANSWER), seconds)
    paid = seconds - charge.free_seconds
    first, block = case.rate.first_increment, case.rate.next_increment
    expected = first if paid <= first else paid + -paid % block
    assert charge.billed_seconds == (expected if paid else 0)


@given(cases(), durations(), durations())
def test_blocks_from_the_answer_never_make_a_longer_call_cheaper(
    case: Case, one: int, other: int
) -> None:
    case = under(case, free_rule=FreeRule.FRONT, block_rule=BlockRule.FROM_ANSWER)
    shorter, longer = charged(case, min(one, other)), charged(case, max(one, other))
    assert shorter.exact <= longer.exact


@given(cases(), durations())
def test_what_is_talked_is_billed_or_free(case: Case, seconds: int) -> None:
    charge = charged(case, seconds)
    if is_too_short(charge):
        assert (charge.total, charge.billed_seconds, seconds < case.rate.free_below) == (
            Money(0),
            0,
            True,
        )
    else:
        assert charge.billed_seconds + charge.free_seconds >= seconds


@given(cases(), durations())
def test_the_lines_add_up(case: Case, seconds: int) -> None:
    charge = charged(case, seconds)
    amounts = [line.amount.micro for line in charge.lines]
    rounding = [line.amount.micro for line in charge.lines if line.code == "rounding"]
    assert sum(amounts) == charge.total.micro(case.tariff.currency)
    assert sum(amounts) - sum(rounding) == charge.exact.micro
    assert len(rounding) <= 1
    assert sum(line.seconds for line in charge.lines) == charge.seconds
    assert sum(line.billed for line in charge.lines) == charge.billed_seconds


@given(cases(), durations())
def test_each_line_is_its_price_for_its_seconds(case: Case, seconds: int) -> None:
    for line in charged(case, seconds).lines:
        if line.code in {"first", "next"}:
            exact = Fraction(line.price.micro * line.billed, 60)
            assert abs(line.amount.micro - exact) < 1
            assert 0 <= line.seconds <= line.billed
            assert line.increment > 0


@given(cases(), durations())
def test_a_call_is_rounded_once(case: Case, seconds: int) -> None:
    """Every part is in `exact`, less than a millionth of which is cut; then one rounding."""
    case = under(case, order=RoundingOrder.CALL)
    charge = charged(case, seconds)
    per_minor = case.tariff.currency.micro_per_minor
    rounding = case.tariff.rules.rounding
    assert charge.total.minor in {
        rounded(Fraction(charge.exact.micro, per_minor), rounding),
        rounded(Fraction(charge.exact.micro + 1, per_minor), rounding),
    }


@given(cases(), st.integers(1, 8000))
def test_the_fee_is_that_of_the_band_in_which_the_call_starts(case: Case, seconds: int) -> None:
    case = of_rate(case, free_seconds=0, free_below=0)
    band = naive_band(case.tariff.rules, case.at)
    of_band = {price.band: price for price in case.rate.bands}.get(band, case.rate)
    charge = charged(case, seconds)
    fees = [line.amount for line in charge.lines if line.code == "fee"]
    assert fees == ([of_band.connection_fee] if of_band.connection_fee else [])
    assert charge.price_per_minute == of_band.price_per_minute


@given(st.randoms(), durations(), durations())
def test_splitting_at_any_second_keeps_seconds_and_price(
    rng: Random, before: int, after: int
) -> None:
    """By the second and cut at the border, a call costs what its two parts cost."""
    zone, at = any_moment(rng)
    rules = replace(any_rules(rng, zone, at), band_policy=BandPolicy.CUT)
    rate = Rate(
        "Senegal",
        any_price(rng),
        bands=tuple(BandPrice(band.name, any_price(rng)) for band in rules.bands),
    )

    def seconds_of(begins: int, seconds: int) -> list[tuple[str, Price]]:
        pieces = cut_pieces(rules, rate, at + begins * SECOND, 0, seconds)
        assert all(piece.billed == piece.seconds for piece in pieces)
        return [(piece.band, piece.price) for piece in pieces for _ in range(piece.billed)]

    whole = seconds_of(0, before + after + 2)
    assert whole == seconds_of(0, before + 1) + seconds_of(before + 1, after + 1)


@given(cases(), durations())
def test_a_rate_without_bands_and_steps_is_cut_alike_both_ways(case: Case, seconds: int) -> None:
    """The short way of flat rates against that of a step that changes nothing."""
    flat = of_rate(case, bands=(), steps=())
    stepped = of_rate(flat, steps=(Step(1, case.rate.price_per_minute),))
    assert charged(flat, seconds) == charged(stepped, seconds)


@given(cases(), st.integers(0, 8_000_999))
def test_milliseconds_are_made_seconds_first(case: Case, talked_ms: int) -> None:
    rule = case.tariff.rules.seconds_rule
    seconds = -(-talked_ms // 1000) if rule is SecondsRule.UP else talked_ms // 1000
    by_ms = rate_call(case.tariff, NUMBER, case.at, talked_ms, payer=case.payer)
    assert by_ms == charge_for(case.tariff, case.entry, case.at, seconds, case.payer)


@given(cases(), durations(), st.randoms())
def test_a_charge_by_hand_is_that_of_a_rate_by_the_second(
    case: Case, seconds: int, rng: Random
) -> None:
    price = any_price(rng)
    case = under(case, tax_rate_bp=0)
    by_second = replace(case.tariff, entries=(Entry("221", Rate("Senegal", price)),))
    by_rate = charge_for(by_second, by_second.entries[0], case.at, seconds)
    by_hand = manual_charge(case.tariff, price, seconds * 1000)
    assert (by_hand.total, by_hand.exact) == (by_rate.total, by_rate.exact)
