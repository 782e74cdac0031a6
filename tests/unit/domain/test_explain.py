"""The reasons of a price, in the order in which it was worked out."""

from __future__ import annotations

from typing import Any

from app.domain.explain import CODES, CallFacts, Reason, Value, explain
from app.domain.money import EUR, Money, Price, Rounding
from app.domain.rating import Charge, ChargeLine, Payer, free_charge, manual_charge, rate_call
from app.domain.tariff import Entry, Rate, Tariff, TariffRules, TaxMode

ANSWERED = 1_795_353_185_000_000
FACTS = CallFacts(ANSWERED - 9_500_000, ANSWERED, ANSWERED + 90_400_000, 90_400)


def reasons(rate: Rate, talked_ms: int = 90_400, **rules: Any) -> tuple[Reason, ...]:  # noqa: ANN401
    tariff = Tariff("t", (Entry("221", rate),), EUR, 3, TariffRules(**rules))
    charge = rate_call(tariff, "221775", ANSWERED, talked_ms, payer=Payer(1000))
    assert charge is not None
    return explain(charge, FACTS)


def codes(found: tuple[Reason, ...]) -> list[str]:
    return [reason.code for reason in found]


def one(found: tuple[Reason, ...], code: str) -> dict[str, Value]:
    (reason,) = (reason for reason in found if reason.code == code)
    return dict(reason.values)


def test_a_whole_charge() -> None:
    rate = Rate(
        "Senegal",
        Price(290_000),
        Price(50_000),
        60,
        30,
        free_seconds=5,
        surcharge=Price(10_000),
        minimum_charge=Price(2_000_000),
        ceiling=Price(1_500_000),
    )
    found = reasons(rate, tax_mode=TaxMode.ADDED, tax_rate_bp=2000, rounding=Rounding.UP)
    assert codes(found) == [
        *("rang", "answered", "talked", "rate", "tariff", "free", "fee", "first", "next"),
        *("surcharge", "minimum", "ceiling", "discount", "tax", "billed", "total"),
    ]
    assert set(codes(found)) <= set(CODES)
    assert one(found, "rang") == {"seconds": 9}
    assert one(found, "talked") == {"talked_ms": 90_400}
    assert one(found, "next")["count"] == 1
    assert one(found, "discount")["discount_bp"] == 1000
    assert one(found, "billed") == {"seconds": 91, "billed": 90}
    assert found[0].value("seconds") == 9


def test_what_is_charged_by_the_second_is_one_reason() -> None:
    found = reasons(Rate("Senegal", Price(290_000)))
    assert codes(found)[3:] == [
        "rate",
        "tariff",
        "piece",
        "discount",
        "rounding",
        "billed",
        "total",
    ]
    piece = one(found, "piece")
    assert (piece["seconds"], piece["billed"], piece["amount_micro"]) == (91, 91, 439_833)


def test_one_second_is_a_first_increment() -> None:
    assert "first" in codes(reasons(Rate("Senegal", Price(290_000)), 900))


def test_a_first_increment_and_seconds_after_it_are_two() -> None:
    found = reasons(Rate("Senegal", Price(290_000), first_increment=30))
    assert codes(found)[5:7] == ["first", "piece"]
    assert one(found, "first")["increment"] == 30


def test_a_price_by_hand_stays_one() -> None:
    charge = manual_charge(Tariff("t", ()), Price(60_000), 90_000)
    assert codes(explain(charge)) == ["manual", "billed", "total"]


def test_a_call_too_short_and_one_that_is_free() -> None:
    assert "too_short" in codes(reasons(Rate("S", Price(1), free_below=100)))
    assert "free" in codes(reasons(Rate("S", Price(1), free_seconds=100)))


def test_what_nobody_answered_and_what_costs_nothing() -> None:
    unanswered = CallFacts(ANSWERED, None, ANSWERED, 0)
    assert codes(explain(free_charge("S", 0), unanswered)) == ["not_answered"]
    unbilled = CallFacts(ANSWERED, ANSWERED, ANSWERED, 5000, is_estimated=True, is_unbilled=True)
    said = codes(explain(free_charge("S", 5000), unbilled))
    assert said == ["rang", "answered", "talked", "estimated", "unbilled"]


def test_charges_older_than_versions_are_explained() -> None:
    lines = (
        ChargeLine("first", 60, 60, Price(60_000), Price(60_000)),
        ChargeLine("next", 31, 60, Price(60_000), Price(60_000)),
        ChargeLine("next", 0, 0, Price(60_000), Price(0)),
    )
    old = Charge(Money(12), Price(120_000), 91, 120, "UK", "44", Price(60_000), lines, 0)
    found = explain(old, FACTS)
    assert codes(found)[3:] == ["rate", "first", "next", "next", "billed", "total"]
    assert [reason.value("increment") for reason in found if reason.code == "next"] == [60, 1]
