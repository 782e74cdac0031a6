from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.domain.bands import TimeBand, Window, parse_window
from app.domain.money import Money, Price, Rounding
from app.domain.tariff import (
    BandPolicy,
    BandPrice,
    BlockRule,
    FreeRule,
    RoundingOrder,
    Step,
    TariffRules,
    TaxMode,
)
from app.tariffs.price_list import (
    PriceListOrder,
    price_list,
)
from tests.fakes.sample_prices import AT, BANDS, RULES, SHOP, everything, line, lines, made, rate

ORDER = PriceListOrder(AT, "en")


def test_bands_are_columns_with_their_hours() -> None:
    document = made(
        ("221", rate("Senegal", bands=(BandPrice("Soir", Price(80_000)),))),
        ("223", rate("Mali", 140_000, "ML", bands=(BandPrice("Week-end", Price(90_000)),))),
        rules=replace(BANDS, tax_mode=TaxMode.INCLUDED),
    )
    assert document.columns == ("Soir", "Week-end", "Other times")
    assert lines(document) == [
        ("Mali", "0.14", "0.09", "0.14"),
        ("Senegal", "0.08", "0.10", "0.10"),
    ]
    assert [(band.name, band.hours) for band in document.bands] == [
        ("Soir", ("Mon–Fri 19:00–08:00",)),
        ("Week-end", ("Sat, Sun all day", "public holidays all day")),
        ("Other times", ("at all other times",)),
    ]
    assert "The price of the first second holds for the whole call." in document.bands_note


def test_bands_that_fill_the_week_leave_no_other_times() -> None:
    day = TimeBand("Day", (Window(0b1111111, 8 * 60, 20 * 60), parse_window("hol 08:00-20:00")))
    night = TimeBand("Night", (Window(0b1111111, 20 * 60, 8 * 60), parse_window("hol 20:00-08:00")))
    senegal = rate("Senegal", bands=(BandPrice("Day", Price(1)), BandPrice("Night", Price(2))))
    for bands, columns in (
        ((day, night), ("Day", "Night")),
        ((day, replace(night, windows=night.windows[:1])), ("Day", "Night", "Other times")),
        ((day, replace(night, windows=night.windows[1:])), ("Day", "Night", "Other times")),
    ):
        document = made(("221", senegal), rules=replace(RULES, bands=bands))
        assert document.columns == columns


def test_bands_without_a_price_of_their_own_need_no_column() -> None:
    document = made(("221", rate("Senegal")), rules=BANDS)
    assert (document.columns, document.bands, document.bands_note) == (("Price",), (), "")


def test_many_bands_become_lines() -> None:
    names = [f"B{number}" for number in range(6)]
    bands = tuple(
        TimeBand(name, (parse_window(f"mon 0{n}:00-0{n}:30"),)) for n, name in enumerate(names)
    )
    prices = tuple(BandPrice(name, Price(10_000 * n)) for n, name in enumerate(names))
    document = made(("221", rate("Senegal", bands=prices)), rules=replace(RULES, bands=bands))
    assert document.columns == ("Price",)
    assert lines(document)[1] == ("Senegal – B1", "0.01")
    assert lines(document)[-1] == ("Senegal – Other times", "0.10")


@pytest.mark.parametrize(
    ("policy", "sentence"),
    [
        (BandPolicy.START, "The price of the first second holds for the whole call."),
        (BandPolicy.CUT, "The price changes within a call when the hours change."),
        (BandPolicy.INCREMENT, "The price changes within a call when the hours change."),
    ],
)
def test_the_policy_at_the_border_is_said(policy: BandPolicy, sentence: str) -> None:
    rules = replace(BANDS, band_policy=policy)
    assert sentence in price_list(replace(everything(), rules=rules), SHOP, ORDER).bands_note


def test_the_owners_holidays_of_the_coming_year_are_named() -> None:
    today = 739_943  # 23 November 2026
    rules = replace(
        BANDS,
        extra_holidays=frozenset((today - 1, today + 31, today + 400)),
        no_holidays=frozenset((today + 39,)),
    )
    note = price_list(replace(everything(), rules=rules), SHOP, ORDER).bands_note
    assert "Holidays here too: 24 Dec 2026." in note
    assert "No holidays here: 1 Jan 2027." in note


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        ({}, "Charged by the second."),
        ({"first_increment": 60, "next_increment": 60}, "Charged per started minute."),
        ({"first_increment": 30, "next_increment": 30}, "Charged per started 30\u00a0s."),
        ({"first_increment": 60}, "At least 1\u00a0min, then by the second."),
        (
            {"first_increment": 90, "next_increment": 6},
            "At least 1\u00a0min\u00a030\u00a0s, then per started 6\u00a0s.",
        ),
        ({"next_increment": 60}, "At least 1\u00a0s, then per started minute."),
        ({}, "No connection fee."),
        ({"connection_fee": Price(50_000)}, "Connection fee: €0.05."),
        ({"free_seconds": 10}, "The first 10\u00a0s are free."),
        ({"free_below": 5}, "Calls of less than 5\u00a0s are free."),
        ({"minimum_charge": Price(250_000)}, "At least €0.25 a call."),
        ({"surcharge": Price(100_000)}, "Surcharge of €0.10 a call."),
        ({"ceiling": Price(5_000_000)}, "At most €5.00 a call."),
        (
            {"steps": (Step(600, Price(50_000)), Step(1200, Price(0), 60))},
            (
                "After 10\u00a0min €0.05 per minute, after 20\u00a0min €0.00 per minute "
                "(per started minute)."
            ),
        ),
    ],
)
def test_common_terms_are_said_once(terms: dict[str, Any], sentence: str) -> None:
    document = made(("221", rate("Senegal", **terms)), ("223", rate("Mali", country="ML", **terms)))
    assert sentence in document.terms
    assert document.notes == ()


@pytest.mark.parametrize(
    ("terms", "note", "opposite"),
    [
        (
            {"first_increment": 60, "next_increment": 60},
            "Charged per started minute.",
            "Charged by the second.",
        ),
        ({"free_seconds": 10}, "The first 10\u00a0s are free.", "No free seconds."),
        (
            {"free_below": 5},
            "Calls of less than 5\u00a0s are free.",
            "Short calls are charged too.",
        ),
        ({"minimum_charge": Price(1_000_000)}, "At least €1.00 a call.", "No minimum charge."),
        ({"surcharge": Price(1_000_000)}, "Surcharge of €1.00 a call.", "No surcharge."),
        ({"ceiling": Price(1_000_000)}, "At most €1.00 a call.", "No highest charge."),
        (
            {"steps": (Step(60, Price(0)),)},
            "After 1\u00a0min €0.00 per minute.",
            "One price from the first minute to the last.",
        ),
    ],
)
def test_who_differs_has_a_note(terms: dict[str, Any], note: str, opposite: str) -> None:
    plain = [(f"22{n}", rate(name, 100_000 + n, country)) for n, (name, country) in
             enumerate((("Benin", "BJ"), ("Togo", "TG"), ("Ghana", "GH")))]  # fmt: skip
    document = made(*plain, ("229", rate("Senegal", **terms)))
    assert line(document, "Senegal").marks == ("1",)
    assert document.notes == (("1", note),)
    others = [(prefix, replace(one, **terms)) for prefix, one in plain]
    document = made(*others, ("229", rate("Senegal")))
    assert document.notes == (("1", opposite),)


def test_fees_that_differ_are_a_column() -> None:
    document = made(
        ("221", rate("Senegal", connection_fee=Price(50_000))), ("223", rate("Mali", country="ML"))
    )
    assert document.columns == ("Price", "Connection")
    assert lines(document) == [("Mali", "0.10", "0.00"), ("Senegal", "0.10", "0.05")]
    assert not any("onnection" in sentence for sentence in document.terms)


def test_a_fee_that_changes_with_the_hours_is_spelled_out() -> None:
    document = made(
        ("221", rate("Senegal", bands=(BandPrice("Soir", Price(1), Price(50_000)),))),
        ("223", rate("Mali", country="ML")),
        ("224", rate("Guinea", country="GN")),
        rules=replace(BANDS, tax_mode=TaxMode.INCLUDED),
    )
    assert line(document, "Senegal").cells[-1] == "0.00–0.05"
    assert document.notes == (("1", "Connection fee: Soir €0.05 · Other times €0.00."),)


def test_later_prices_of_one_band_name_it() -> None:
    band = BandPrice("Soir", Price(1), steps=(Step(60, Price(20_000)),))
    document = made(("221", rate("Senegal", bands=(band,))), rules=replace(BANDS, tax_rate_bp=0))
    assert "Soir\u00a0– After 1\u00a0min €0.02 per minute." in document.terms


def test_options_of_the_tariff_are_said() -> None:
    rules = replace(RULES, block_rule=BlockRule.FROM_ANSWER, free_rule=FreeRule.AFTER_FIRST)
    document = made(
        ("221", rate("Senegal", first_increment=30, next_increment=6, free_seconds=10)), rules=rules
    )
    assert document.terms[0] == (
        "At least 30\u00a0s; per started 6\u00a0s, counted from the answer."
    )
    assert "The first 10\u00a0s are free in calls of 30\u00a0s and more." in document.terms


@pytest.mark.parametrize(
    ("rules", "sentences"),
    [
        (RULES, ["Each call is rounded up to €0.01."]),
        (replace(RULES, rounding=Rounding.DOWN), ["Each call is rounded down to €0.01."]),
        (
            replace(RULES, rounding=Rounding.HALF_UP, bill_step=Money(5)),
            ["Each call is rounded to the nearest €0.01.", "The bill is rounded up to €0.05."],
        ),
        (
            replace(RULES, order=RoundingOrder.SUM, bill_rounding=Rounding.HALF_UP),
            ["The bill is rounded to the nearest €0.01."],
        ),
        (
            replace(RULES, order=RoundingOrder.SUM, bill_rounding=Rounding.DOWN),
            ["The bill is rounded down to €0.01."],
        ),
    ],
)
def test_rounding_is_said(rules: TariffRules, sentences: list[str]) -> None:
    document = made(("221", rate("Senegal")), rules=rules)
    assert [sentence for sentence in document.terms if "rounded" in sentence] == sentences
