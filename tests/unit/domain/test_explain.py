"""Why a call costs what it costs: reasons in order, and the same as JSON."""

from __future__ import annotations

import json
from decimal import Decimal

from app.domain.charge_json import charge_body, charge_json
from app.domain.explain import CODES, CallFacts, Reason, explain
from app.domain.money import EUR, Price
from app.domain.rating import Charge, Payer, free_charge, rate_call
from app.domain.tariff import Entry, Rate, Tariff, TariffRules, TaxMode

NOW = 1_790_000_000_000_000
RATE = Rate(
    "Senegal",
    Price(290_000),
    Price(50_000),
    60,
    6,
    free_seconds=5,
    free_below=3,
    minimum_charge=Price(100_000),
    surcharge=Price(10_000),
    ceiling=Price(2_000_000),
)
TARIFF = Tariff(
    "deck.csv",
    (Entry("221", RATE),),
    version=7,
    rules=TariffRules(tax_mode=TaxMode.ADDED, tax_rate_bp=2000),
)


def charged(seconds: int, discount_bp: int = 0) -> Charge:
    charge = rate_call(TARIFF, "221771", NOW, seconds * 1000, payer=Payer(discount_bp))
    assert charge is not None
    return charge


def codes(reasons: tuple[Reason, ...]) -> list[str]:
    assert {reason.code for reason in reasons} <= set(CODES)
    return [reason.code for reason in reasons]


def facts(seconds: int, **more: object) -> CallFacts:
    answered_at = NOW + 4_000_000
    return CallFacts(NOW, answered_at, answered_at + seconds, seconds * 1000, **more)  # type: ignore[arg-type]  # of CallFacts


def test_everything_that_makes_a_price_is_said_in_order() -> None:
    reasons = explain(charged(131, 1_000), facts(131, tariff_name="deck.csv"))
    assert codes(reasons) == [
        "rang", "answered", "talked", "rate", "tariff", "free", "fee", "first", "next",
        "surcharge", "discount", "tax", "rounding", "billed", "total",
    ]  # fmt: skip
    known = {reason.code: dict(reason.values) for reason in reasons}
    assert known["rang"] == {"seconds": 4}
    assert known["tariff"] == {"version": 7, "name": "deck.csv"}
    assert known["free"] == {"seconds": 5}
    assert (known["next"]["count"], known["next"]["increment"]) == (11, 6)
    assert known["billed"] == {"seconds": 131, "billed": 126}
    assert known["discount"]["discount_bp"] == 1_000


def test_the_reasons_add_up_to_the_total() -> None:
    for seconds in (0, 2, 3, 5, 6, 60, 65, 66, 400, 4_000):
        charge = charged(seconds, 500)
        amounts = [
            value
            for reason in explain(charge)
            for name, value in reason.values
            if name == "amount_micro"
        ]
        assert sum(map(int, amounts)) == charge.total.minor * 10_000


def test_a_call_that_is_free_for_its_shortness_says_so() -> None:
    assert codes(explain(charged(2))) == ["rate", "tariff", "too_short", "billed", "total"]
    assert "ceiling" in codes(explain(charged(4_000)))
    assert "minimum" not in codes(explain(charged(60)))


def test_a_call_that_costs_nobody_anything() -> None:
    nobody = CallFacts(NOW, None, None, 0)
    assert codes(explain(charged(0), nobody)) == ["not_answered"]
    emergency = free_charge("emergency", 60_000)
    reasons = explain(emergency, facts(60, is_unbilled=True))
    assert codes(reasons) == ["rang", "answered", "talked", "unbilled"]
    estimated = explain(charged(60), facts(60, is_estimated=True))
    assert "estimated" in codes(estimated)


def test_the_json_holds_all_that_is_needed_to_work_it_out_again() -> None:
    charge = charged(131)
    body = json.loads(charge_json(charge, EUR))
    assert body == charge_body(charge, EUR)
    assert (body["prefix"], body["destination"], body["currency"]) == ("221", "Senegal", "EUR")
    assert (body["talked_seconds"], body["free_seconds"], body["billed_seconds"]) == (131, 5, 126)
    assert body["tariff_version"] == 7
    assert sum(Decimal(line["amount"]) for line in body["lines"]) == Decimal(body["amount"])
    priced = [line for line in body["lines"] if "price_per_minute" in line]
    assert [(line["code"], line["billed_seconds"], line["increment"]) for line in priced] == [
        ("first", 60, 60), ("next", 66, 6),
    ]  # fmt: skip
    for line in priced:
        exact = Decimal(line["price_per_minute"]) * line["billed_seconds"] / 60
        assert abs(exact - Decimal(line["amount"])) < Decimal("0.000001")
