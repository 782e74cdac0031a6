"""What holds of every credit and of every bill's rounding."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.domain.credit import UNLIMITED, bill_rounding, payable, seconds_for
from app.domain.money import Currency, Money, Rounding
from app.domain.rating import Payer, charge_for
from app.domain.tariff import BP, SECONDS_MAX, RoundingOrder, TariffRules
from tests.property import million
from tests.property.naive_rating import naive_charge
from tests.property.rating_cases import NUMBER, Case, cases, durations

SUITE_CASES = 2000
PRICED = 60  # seconds of a call that the slow model prices one by one


def test_two_thousand_answers_agree_to_the_second() -> None:
    assert million.first_fault(million.SEED, SUITE_CASES) == ""


@given(cases(), st.integers(0, 100), st.integers(-1, 1))
def test_no_second_of_a_credit_costs_more_than_it(case: Case, costs: int, more: int) -> None:
    """Each second up to the answer, and the one after it, priced by the naive model."""
    credit = naive_pays(case, costs) + more
    found = seconds_for(case.tariff, NUMBER, case.at, Money(credit), case.payer)
    seconds = SECONDS_MAX if found is UNLIMITED else found
    assert isinstance(seconds, int)
    if credit < 0:
        assert seconds == 0
        return
    assert all(naive_pays(case, second) <= credit for second in range(min(seconds, PRICED) + 1))
    if seconds < PRICED:
        assert naive_pays(case, seconds + 1) > credit


def naive_pays(case: Case, seconds: int) -> int:
    tariff = case.tariff
    naive = naive_charge(tariff.rules, tariff.currency, case.rate, case.at, seconds, case.payer)
    return naive.payable


@given(cases(), st.integers(0, 10**7))
def test_who_pays_nothing_may_talk_for_ever(case: Case, credit: int) -> None:
    guest = Payer(BP)
    found = seconds_for(case.tariff, NUMBER, case.at, Money(credit), guest)
    assert found is UNLIMITED


@given(cases(), st.lists(durations(), max_size=5))
def test_a_bill_is_less_than_a_step_off_what_its_calls_come_to(
    case: Case, talked: list[int]
) -> None:
    tariff, rules = case.tariff, case.tariff.rules
    charges = [charge_for(tariff, case.entry, case.at, each, case.payer) for each in talked]
    step = rules.bill_step.minor
    total = payable(tariff, charges).minor
    assert total % step == 0
    exact = sum(charge.exact.micro for charge in charges)
    minor = sum(charge.total.minor for charge in charges)
    per_minor = tariff.currency.micro_per_minor
    off = total * per_minor - exact if rules.order is RoundingOrder.SUM else total - minor
    allowed = step * per_minor if rules.order is RoundingOrder.SUM else step
    if rules.bill_rounding is Rounding.UP:
        assert 0 <= off < allowed
    elif rules.bill_rounding is Rounding.DOWN:
        assert -allowed < off <= 0
    else:
        assert -allowed <= 2 * off <= allowed


@given(
    st.integers(-(10**9), 10**9),
    st.integers(1, 1000),
    st.sampled_from(Rounding),
    st.sampled_from(RoundingOrder),
)
def test_a_rounded_bill_is_whole_steps_and_less_than_one_step_off(
    minor: int, step: int, rounding: Rounding, order: RoundingOrder
) -> None:
    rules = replace(TariffRules(), bill_step=Money(step), bill_rounding=rounding, order=order)
    cents = Currency("XXX", 2)
    line = bill_rounding(rules, cents, Money(minor), Money(minor).micro(cents))
    assert (minor + line.minor) % step == 0
    assert abs(line.minor) < step
