"""Past calls by another tariff, against a sum made by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import Money, Price
from app.domain.rating import rate_call
from app.domain.tariff import Entry, Rate, SecondsRule, Tariff, TariffRules
from app.errors import Cancelled
from app.store.calls import RatedCall
from app.tariffs.what_if import Trial, what_if

NOW = 1_790_000_000_000_000
DESTINATIONS = {"221771": "Senegal", "223201": "Mali", "999": ""}

tariff_rules = st.builds(
    TariffRules,
    seconds_rule=st.sampled_from(SecondsRule),
    tax_rate_bp=st.sampled_from([0, 2000]),
)
calls = st.builds(
    RatedCall,
    booth=st.just(1),
    digits=st.sampled_from(list(DESTINATIONS)),
    destination=st.just("old name"),
    answered_at=st.integers(NOW - 10**12, NOW),
    talked_ms=st.integers(0, 600_000),
    cdr_seconds=st.none() | st.integers(0, 600),
    amount=st.none() | st.integers(0, 500).map(Money),
)


RULES = TariffRules()


def tariff(senegal: int, mali: int, rules: TariffRules = RULES) -> Tariff:
    return Tariff(
        "new",
        (
            Entry("221", Rate("Senegal", Price(senegal), Price(50_000), 60, 60)),
            Entry("223", Rate("Mali", Price(mali), first_increment=30, next_increment=6)),
        ),
        rules=rules,
    )


@given(st.lists(calls, max_size=12), tariff_rules)
def test_the_answer_is_a_naive_sum(past: list[RatedCall], rules: TariffRules) -> None:
    new, cost = tariff(300_000, 200_000, rules), tariff(100_000, 90_000)
    found = what_if(Trial(new, NOW, (cost,)), past, 1, 2, lambda: False)
    assert (found.start, found.end) == (1, 2)
    assert found.unpriced == sum(call.digits == "999" for call in past)
    assert [abs(row.difference.minor) for row in found.rows] == sorted(
        (abs(row.difference.minor) for row in found.rows), reverse=True
    )
    priced = [call for call in past if call.digits != "999"]
    for row in (*found.rows, found.total):
        mine = [call for call in priced if row.destination in {"", DESTINATIONS[call.digits]}]
        after = before = spent = 0
        for call in mine:
            charge = rate_call(
                new, call.digits, call.answered_at, call.talked_ms, cdr_seconds=call.cdr_seconds
            )
            paid = rate_call(
                cost, call.digits, call.answered_at, call.talked_ms, cdr_seconds=call.cdr_seconds
            )
            assert charge is not None
            assert paid is not None
            after += charge.total.minor
            before += (call.amount or Money(0)).minor
            spent += paid.exact.micro
        assert (row.calls, row.before, row.after) == (len(mine), Money(before), Money(after))
        assert row.cost_micro == spent
    assert {row.destination for row in found.rows} == {DESTINATIONS[one.digits] for one in priced}


def test_the_cost_is_unknown_where_no_carrier_knows_one_of_the_calls() -> None:
    call = RatedCall(1, "221771", "", NOW, 60_000, None, Money(10))
    mali = Tariff("acme", (Entry("223", Rate("Mali", Price(1))),))
    found = what_if(Trial(tariff(1, 1), NOW, (mali,)), [call], 0, 1, lambda: False)
    assert found.total.cost_micro is None
    dear = Tariff("dear", (Entry("221", Rate("Senegal", Price(900_000))),))
    cheap = Tariff("cheap", (Entry("221", Rate("Senegal", Price(100_000))),))
    found = what_if(Trial(tariff(1, 1), NOW, (cheap, dear, mali)), [call], 0, 1, lambda: False)
    assert found.total.cost_micro == 900_000


def test_it_can_be_cancelled() -> None:
    call = RatedCall(1, "221771", "", NOW, 60_000, None, Money(10))
    asked = 0

    def is_cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked == 2

    with pytest.raises(Cancelled):
        what_if(Trial(tariff(1, 1), NOW), [call] * 5_000, 0, 1, is_cancelled)
    assert asked == 2
