"""What is left of a price when the carrier is paid."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.band_pairs import bands_together
from app.domain.bands import HOLIDAY, TimeBand, Window
from app.domain.margin_pairs import MARGIN_MIN, PairMargins, margin_permille, net_of_tax
from app.domain.margins import (
    MarginReport,
    MarginRow,
    Margins,
    Verdict,
    check_margins,
    dates_after,
    margin_at,
)
from app.domain.money import Currency, Price
from app.domain.rating import rate_call
from app.domain.tariff import (
    Access,
    BandPrice,
    Entry,
    Rate,
    Step,
    Tariff,
    TariffRules,
    TaxMode,
)

NIGHT = TimeBand("night", (Window(0b111_1111, 22 * 60, 8 * 60),))
SUNDAY = TimeBand("sunday", (Window(1 << 6),))
HOLIDAYS = TimeBand("holiday", (Window(1 << HOLIDAY),))


def instant(year: int, month: int, day: int, hour: int = 12) -> int:
    return int(datetime(year, month, day, hour, tzinfo=UTC).timestamp()) * 1_000_000


AT = instant(2026, 12, 1)


def rate(micro: int, destination: str = "Congo", **terms: object) -> Rate:
    return replace(Rate(destination, Price(micro)), **terms)  # type: ignore[arg-type]  # fields


def tariff(*entries: Entry, rules: TariffRules | None = None, **prices: int) -> Tariff:
    return Tariff("any", (*entries, *flat(prices)), rules=rules or TariffRules())


def flat(prices: dict[str, int]) -> tuple[Entry, ...]:
    return tuple(Entry(prefix[1:], rate(micro)) for prefix, micro in prices.items())


def check(sell: Tariff, cost: Tariff, guard: int = 250) -> MarginReport:
    return check_margins(sell, cost, at=AT, guard_permille=guard)


def alarms(report: MarginReport) -> list[tuple[str, Verdict]]:
    return [(row.prefix, row.verdict) for row in report.rows]


def only(sell: Rate, cost: Rate, rules: TariffRules | None = None) -> int | None:
    row = margin_at(tariff(Entry("243", sell), rules=rules), tariff(Entry("243", cost)), "2431", AT)
    assert row is not None
    return row.margin_permille


def test_a_margin_is_a_part_of_the_sell_price() -> None:
    sell = tariff(p24381=350_000, p22177=290_000, p2135=450_000, p1204=20_000)
    cost = tariff(p24381=372_500, p22177=165_000, p2135=349_000, p1204=4_100)
    report = check(sell, cost)
    assert report.rows == (
        MarginRow(
            "2135",
            "Congo",
            "",
            "2135",
            "2135",
            Price(450_000),
            Price(450_000),
            Price(349_000),
            224,
            Verdict.BELOW_GUARD,
        ),
        MarginRow(
            "24381",
            "Congo",
            "",
            "24381",
            "24381",
            Price(350_000),
            Price(350_000),
            Price(372_500),
            -65,
            Verdict.BELOW_COST,
        ),
    )
    assert report.counts == {
        Verdict.NO_PRICE: 0,
        Verdict.OK: 2,
        Verdict.BELOW_GUARD: 1,
        Verdict.NO_COST: 0,
        Verdict.BELOW_COST: 1,
    }


@pytest.mark.parametrize(
    ("net", "cost", "permille"),
    [
        (100, 75, 250),
        (1000, 751, 249),
        (3, 2, 333),
        (3, 4, -334),
        (1000, 1001, -1),
        (5, 0, 1000),
        (0, 0, 1000),
        (0, 1, MARGIN_MIN),
        (1, 10**9, MARGIN_MIN),
    ],
)
def test_margins_are_cut_downwards(net: int, cost: int, permille: int) -> None:
    assert margin_permille(net, cost) == permille


def test_the_guard_itself_is_enough() -> None:
    assert alarms(check(tariff(p1=100), tariff(p1=75))) == []
    assert alarms(check(tariff(p1=100), tariff(p1=75), 251)) == [("1", Verdict.BELOW_GUARD)]


def test_sold_for_nothing_is_a_loss() -> None:
    report = check(tariff(p243=0), tariff(p243=1))
    assert alarms(report) == [("243", Verdict.BELOW_COST)]
    assert report.rows[0].margin_permille == MARGIN_MIN
    assert alarms(check(tariff(p243=0), tariff(p243=0))) == []


def test_tax_inside_the_price_is_not_the_shop_s() -> None:
    included = TariffRules(tax_rate_bp=2000)
    added = TariffRules(tax_rate_bp=2000, tax_mode=TaxMode.ADDED)
    sell, cost = rate(120_000), rate(75_000)
    assert only(sell, cost, included) == 250
    assert only(sell, cost, added) == 375
    assert net_of_tax(Price(100), included) == Price(83)
    assert net_of_tax(Price(100), added) == Price(100)


def test_the_carrier_s_tax_is_a_cost() -> None:
    sell = tariff(p243=100_000)
    for mode, permille in ((TaxMode.ADDED, 400), (TaxMode.INCLUDED, 500)):
        rules = TariffRules(tax_rate_bp=2000, tax_mode=mode)
        row = margin_at(sell, tariff(p243=50_000, rules=rules), "243", AT)
        assert row is not None
        assert row.margin_permille == permille


def test_the_carrier_s_tax_is_rounded_up() -> None:
    rules = TariffRules(tax_rate_bp=2000, tax_mode=TaxMode.ADDED)
    row = margin_at(tariff(p243=3), tariff(p243=1, rules=rules), "243", AT)
    assert row is not None
    assert (row.cost, row.margin_permille) == (Price(2), 333)


def test_the_worst_of_short_and_long_calls_counts() -> None:
    # 60 s: 200 against 100 + 150; 600 s: 2000 against 1000 + 150.
    assert only(rate(200), rate(100, connection_fee=Price(150))) == -250
    # A fee hides a loss by the minute, which the longest call shows.
    assert only(rate(100, connection_fee=Price(10**6)), rate(200)) == -1000
    # Five free minutes of the customer are paid minutes of the shop.
    assert only(rate(1000, free_seconds=300), rate(1)) == MARGIN_MIN


def test_a_later_price_counts() -> None:
    cheap_later = rate(300, steps=(Step(1800, Price(100)), Step(3600, Price(90))))
    assert only(cheap_later, rate(200)) == -1223
    dear_later = rate(100, steps=(Step(1800, Price(400)),))
    assert only(rate(300), dear_later) == -334


def test_a_ceiling_is_looked_at_for_an_hour() -> None:
    assert only(rate(300, ceiling=Price(6_000)), rate(200)) == -1000
    assert only(rate(300, ceiling=Price(36_000)), rate(200)) == 333


def banded(base: int, **bands: int) -> Rate:
    prices = tuple(BandPrice(name, Price(micro)) for name, micro in bands.items())
    return rate(base, bands=prices)


def test_the_worst_band_counts_in_a_check_and_the_present_one_in_a_call() -> None:
    rules = TariffRules(bands=(NIGHT,))
    sell = tariff(Entry("243", banded(400, night=150)), rules=rules)
    cost = tariff(p243=200)
    (row,) = check(sell, cost).rows
    assert (row.margin_permille, row.price, row.band) == (-334, Price(150), "night")
    by_day = margin_at(sell, cost, "243", AT, guard_permille=501)
    assert by_day is not None
    assert (by_day.margin_permille, by_day.verdict) == (500, Verdict.BELOW_GUARD)
    by_night = margin_at(sell, cost, "243", instant(2026, 12, 1, 23))
    assert by_night is not None
    assert (by_night.verdict, by_night.band) == (Verdict.BELOW_COST, "night")


def test_only_bands_that_meet_are_compared() -> None:
    sell_rules, cost_rules = TariffRules(bands=(NIGHT,)), TariffRules(bands=(NIGHT, SUNDAY))
    sell = banded(400, night=150)
    assert (
        check(
            tariff(Entry("243", sell), rules=sell_rules),
            tariff(Entry("243", banded(200, night=100)), rules=cost_rules),
        ).rows
        == ()
    )
    (row,) = check(
        tariff(Entry("243", sell), rules=sell_rules),
        tariff(Entry("243", banded(200, night=100, sunday=390)), rules=cost_rules),
    ).rows
    assert (row.band, row.cost_band, row.margin_permille) == ("", "sunday", 25)


def test_a_rate_without_a_price_for_a_band_names_none() -> None:
    rules = TariffRules(bands=(NIGHT,))
    night = instant(2026, 12, 1, 23)
    row = margin_at(tariff(p243=400, rules=rules), tariff(p243=200, rules=rules), "243", night)
    assert row is not None
    assert (row.band, row.cost_band) == ("", "")


def test_a_band_has_its_own_fee_and_later_prices() -> None:
    rules = TariffRules(bands=(NIGHT,))
    night = instant(2026, 12, 1, 23)
    fee = BandPrice("night", Price(100), Price(100))
    later = BandPrice("night", Price(100), steps=(Step(60, Price(400)),))
    for band, permille in ((fee, 0), (later, -1000)):
        cost = tariff(Entry("243", rate(100, bands=(band,))), rules=rules)
        by_day = margin_at(tariff(p243=200), cost, "243", AT)
        by_night = margin_at(tariff(p243=200), cost, "243", night)
        assert by_day is not None
        assert by_night is not None
        assert (by_day.margin_permille, by_night.margin_permille) == (500, permille)


def holiday_rules(day: datetime, window: Window, zone: str = "UTC") -> TariffRules:
    band = TimeBand("holiday", (window,))
    return TariffRules(bands=(band,), zone=zone, extra_holidays=frozenset({day.toordinal()}))


def test_the_part_of_a_holiday_that_is_over_does_not_count() -> None:
    day = datetime(2026, 12, 1, tzinfo=UTC)
    for window, meets in ((Window(128, 0, 480), False), (Window(128, 1080, 1200), True)):
        pairs = bands_together(holiday_rules(day, window), TariffRules(), AT)
        assert (("holiday", "") in pairs) is meets


def test_a_holiday_s_night_far_from_greenwich_counts_on_either_side() -> None:
    day = datetime(2027, 8, 15, tzinfo=UTC)
    rules = holiday_rules(day, Window(128, 22 * 60, 4 * 60), "America/New_York")
    assert ("holiday", "") in bands_together(rules, TariffRules(), AT)
    assert ("", "holiday") in bands_together(TariffRules(), rules, AT)


def test_a_holiday_in_months_is_not_overlooked() -> None:
    rules = TariffRules(
        bands=(HOLIDAYS,),
        zone="Europe/Paris",
        extra_holidays=frozenset({datetime(2027, 8, 15, tzinfo=UTC).date().toordinal()}),
    )
    sell = tariff(Entry("243", banded(400, holiday=100)), rules=rules)
    assert alarms(check(sell, tariff(p243=200))) == [("243", Verdict.BELOW_COST)]
    never = replace(rules, extra_holidays=frozenset())
    assert check(replace(sell, rules=never), tariff(p243=200)).rows == ()


def test_zones_are_compared_in_both_halves_of_the_year() -> None:
    morning = TimeBand("morning", (Window(0b111_1111, 8 * 60, 9 * 60),))
    paris = TariffRules(bands=(morning,), zone="Europe/Paris")
    tunis = TariffRules(bands=(morning,), zone="Africa/Tunis")  # one hour, all the year
    winter, summer = instant(2026, 12, 1), instant(2026, 6, 1)
    together = {("", ""), ("morning", "morning"), ("morning", ""), ("", "morning")}
    assert bands_together(paris, tunis, winter) == together
    assert bands_together(paris, tunis, summer) == together
    assert bands_together(paris, paris, winter) == {("", ""), ("morning", "morning")}
    assert bands_together(paris, TariffRules(), winter) == {("", ""), ("morning", "")}
    assert bands_together(TariffRules(), TariffRules(), winter) == {("", "")}


def test_what_bands_meet_is_asked_again_for_another_instant() -> None:
    rules = TariffRules(
        bands=(HOLIDAYS,), extra_holidays=frozenset({datetime(2027, 8, 15, tzinfo=UTC).toordinal()})
    )
    sell = tariff(Entry("243", banded(400, holiday=100)), rules=rules)
    cost = tariff(p243=200)
    pairs = PairMargins(sell, cost)
    sold, bought = sell.entries[0].rate, cost.entries[0].rate
    assert pairs.worst(sold, bought, AT).permille == -1000
    assert pairs.worst(sold, bought, AT) is pairs.worst(sold, bought, AT)
    assert pairs.worst(sold, bought, instant(2027, 9, 1)).permille == 500


def test_longer_prefixes_of_either_side_are_cells_of_their_own() -> None:
    sell = tariff(p22=100, p22177=300)
    cost = tariff(p221=50, p221770=400, p2217=90)
    assert alarms(check(sell, cost)) == [
        ("22", Verdict.NO_COST),
        ("2217", Verdict.BELOW_GUARD),
        ("221770", Verdict.BELOW_COST),
    ]
    (_, guarded, lost) = check(sell, cost).rows
    assert (guarded.sell_prefix, guarded.cost_prefix) == ("22", "2217")
    assert (lost.sell_prefix, lost.cost_prefix) == ("22177", "221770")


def test_of_the_other_side_the_longest_prefix_counts() -> None:
    report = check(tariff(p221=5, p4=100), tariff(p4412=50, p44=99, p331=1))
    assert alarms(report) == [
        ("221", Verdict.NO_COST),
        ("4", Verdict.NO_COST),
        ("44", Verdict.BELOW_GUARD),
    ]
    assert [row.prefix for row in report.unsold] == ["331"]


def test_a_prefix_whose_numbers_all_have_longer_ones_is_no_cell() -> None:
    tens = {f"p22{digit}": 10 for digit in range(10)}
    report = check(tariff(p22=100), tariff(*flat(tens)))
    assert (report.rows, report.counts[Verdict.OK]) == ((), 10)
    del tens["p225"]
    report = check(tariff(p22=100), tariff(*flat(tens)))
    assert alarms(report) == [("22", Verdict.NO_COST)]
    hundreds = {f"p225{digit}": 10 for digit in range(10)}
    assert check(tariff(p22=100), tariff(*flat(tens | hundreds))).rows == ()
    full = {f"p22{digit}": 10 for digit in range(10)}
    del tens["p226"]
    assert alarms(check(tariff(p22=100), tariff(*flat(tens | hundreds)))) == [
        ("22", Verdict.NO_COST)
    ]
    nine = {f"p2{digit}": 10 for digit in range(9)}
    assert alarms(check(tariff(p2=100), tariff(*flat(nine | full)))) == [("2", Verdict.NO_COST)]
    everything = {f"p{digit}": 10 for digit in range(1, 10)}
    assert check(tariff(*flat(everything)), tariff(*flat(everything)), 0).counts[Verdict.OK] == 9


def test_what_nobody_sells_stands_apart() -> None:
    report = check(tariff(p243=100), tariff(p243=50, p221=60))
    assert report.rows == ()
    (row,) = report.unsold
    assert (row.prefix, row.cost, row.verdict) == ("221", Price(60), Verdict.NO_PRICE)
    assert report.counts[Verdict.NO_PRICE] == 1


def test_forbidden_destinations_are_left_out() -> None:
    forbidden = Entry("243", rate(1, access=Access.FORBIDDEN))
    report = check(tariff(forbidden), tariff(p243=50))
    assert (report.rows, report.unsold, report.destinations) == ((), (), ())
    assert margin_at(tariff(forbidden), tariff(p243=50), "243", AT) is None


def test_a_destination_the_carrier_refuses_has_no_cost() -> None:
    refused = tariff(Entry("243", rate(0, access=Access.FORBIDDEN)))
    assert alarms(check(tariff(p243=100), refused)) == [("243", Verdict.NO_COST)]
    assert check(tariff(), refused).unsold == ()


def test_only_what_holds_then_is_compared() -> None:
    sell = tariff(Entry("243", rate(100)), Entry("221", rate(1), 0, AT), Entry("223", rate(1), AT))
    cost = tariff(Entry("243", rate(50), 0, AT + 5), Entry("243", rate(500), AT + 5))
    assert alarms(check(sell, cost)) == [("223", Verdict.NO_COST)]
    assert dates_after(sell, cost, AT) == (AT + 5,)
    assert dates_after(sell, cost, AT - 1) == (AT, AT + 5)
    later = check_margins(sell, cost, at=AT + 5, guard_permille=0)
    assert alarms(later) == [("223", Verdict.NO_COST), ("243", Verdict.BELOW_COST)]


def test_destinations_are_summed_up() -> None:
    mobile = rate(100, "Congo mobile")
    sell = tariff(
        *(Entry(f"2438{digit}", mobile) for digit in range(6)),
        Entry("243", rate(300, "Congo", country="CD")),
        Entry("999", rate(1, "Nowhere")),
    )
    cost = tariff(p24380=60, p24381=60, p24382=120, p24383=50, p2=30)
    first, second, third = check(sell, cost).destinations
    assert (first.destination, first.prefixes, first.without_cost) == ("Congo mobile", 6, 0)
    assert (first.worst_permille, first.typical_permille) == (-200, 400)
    assert first.verdict is Verdict.BELOW_COST
    assert (second.country, second.worst_permille, second.verdict) == ("CD", 900, Verdict.OK)
    assert (third.worst_permille, third.typical_permille, third.without_cost) == (None, None, 1)
    assert third.verdict is Verdict.NO_COST


def test_the_country_comes_from_either_side() -> None:
    cost = tariff(Entry("243", rate(50, country="CD")))
    (row,) = check(tariff(p243=40), cost).rows
    assert row.country == "CD"
    (row,) = check(tariff(Entry("243", rate(40, country="CG"))), cost).rows
    assert row.country == "CG"
    (row,) = check(tariff(), cost).unsold
    assert row.country == "CD"


def test_a_call_is_judged_by_its_longest_prefixes() -> None:
    margins = Margins(tariff(p243=100, p99=5), tariff(p24381=90, p44=7))
    row = margins.at("24381234", AT, guard_permille=250)
    assert row is not None
    assert (row.prefix, row.sell_prefix, row.verdict) == ("24381", "243", Verdict.BELOW_GUARD)
    assert row == margins.at("24381234", AT, guard_permille=250)
    without_cost = margins.at("9912", AT)
    assert without_cost is not None
    assert (without_cost.verdict, without_cost.price) == (Verdict.NO_COST, Price(5))
    assert (without_cost.cost, without_cost.margin_permille) == (None, None)
    unsold = margins.at("4412", AT)
    assert unsold is not None
    assert (unsold.prefix, unsold.verdict) == ("44", Verdict.NO_PRICE)
    assert margins.at("33", AT) is None


def test_a_member_s_discount_can_make_a_loss() -> None:
    margins = Margins(tariff(p243=100), tariff(p243=85))
    full, member = margins.at("243", AT), margins.at("243", AT, discount_bp=2000)
    assert full is not None
    assert member is not None
    assert (full.verdict, full.margin_permille) == (Verdict.OK, 150)
    assert (member.verdict, member.margin_permille) == (Verdict.BELOW_COST, -63)
    assert (member.price, member.net_price) == (Price(100), Price(80))
    given_away = margins.at("243", AT, discount_bp=10_000)
    assert given_away is not None
    assert given_away.margin_permille == MARGIN_MIN


def test_two_currencies_are_not_compared() -> None:
    dollars = Tariff("cost", (), Currency("USD"))
    with pytest.raises(ValueError, match="currencies"):
        check(tariff(p1=1), dollars)


digits = st.integers(1, 999).map(str)
prices = st.sampled_from([Price(0), Price(60), Price(100), Price(150)])
rates = st.builds(
    Rate,
    st.just("Anywhere"),
    prices,
    prices,
    st.sampled_from([1, 60]),
    st.sampled_from([1, 60]),
    access=st.sampled_from([Access.OPEN, Access.OPEN, Access.FORBIDDEN]),
)
# Not `builds`: it would give a named tuple dates as well.
entry_lists = st.lists(
    st.tuples(digits, rates).map(lambda pair: Entry(*pair)),
    max_size=8,
    unique_by=lambda entry: entry.prefix,
)
rule_sets = st.builds(
    TariffRules, tax_mode=st.sampled_from(TaxMode), tax_rate_bp=st.sampled_from([0, 550, 2000])
)


def naive_amounts(sell: Tariff, cost: Tariff, number: str) -> list[tuple[int, int]]:
    """Return net income and cost of three whole calls and of a minute's price alone."""
    untaxed = replace(sell, rules=replace(sell.rules, tax_rate_bp=0))
    sold, bought = sell.find(number, 0), cost.find(number, 0)
    assert sold is not None
    assert bought is not None
    paid = bought.rate.price_per_minute.micro
    if cost.rules.tax_mode is TaxMode.ADDED:
        paid = -(-paid * (10_000 + cost.rules.tax_rate_bp) // 10_000)
    amounts = [(sold.rate.price_per_minute.micro, paid)]
    for minutes in (1, 5, 10):
        charge = rate_call(untaxed, number, 0, minutes * 60_000)
        spent = rate_call(cost, number, 0, minutes * 60_000)
        assert charge is not None
        assert spent is not None
        amounts.append((charge.exact.micro, spent.exact.micro))
    if sell.rules.tax_mode is TaxMode.ADDED:
        return amounts
    parts = 10_000 + sell.rules.tax_rate_bp
    return [(gross * 10_000 // parts, spent) for gross, spent in amounts]


def naive_verdict(sell: Tariff, cost: Tariff, number: str, guard: int) -> Verdict | None:
    """Judge one number by whole calls, as a person would."""
    sold, bought = sell.find(number, 0), cost.find(number, 0)
    has_cost = bought is not None and bought.rate.access is not Access.FORBIDDEN
    if sold is None:
        return Verdict.NO_PRICE if has_cost else None
    if sold.rate.access is Access.FORBIDDEN:
        return None
    if not has_cost:
        return Verdict.NO_COST
    amounts = naive_amounts(sell, cost, number)
    if any(net < paid for net, paid in amounts):
        return Verdict.BELOW_COST
    is_low = any((net - paid) * 1000 < guard * net for net, paid in amounts if paid)
    return Verdict.BELOW_GUARD if is_low else Verdict.OK


@settings(max_examples=60)
@given(entry_lists, entry_lists, rule_sets, rule_sets, st.sampled_from([0, 200, 400]))
def test_every_number_is_judged_as_a_person_would(
    sold: list[Entry], bought: list[Entry], rules: TariffRules, cost_rules: TariffRules, guard: int
) -> None:
    sell = Tariff("sell", tuple(sold), rules=rules)
    cost = Tariff("cost", tuple(bought), rules=cost_rules)
    report = check_margins(sell, cost, at=0, guard_permille=guard)
    prefixes = {entry.prefix for entry in (*sold, *bought)}
    expected: dict[str, Verdict] = {}
    numbers: dict[str, str] = {}
    for number in map(str, range(1000, 10_000)):
        lengths = [length for length in (3, 2, 1) if number[:length] in prefixes]
        if lengths and number[: lengths[0]] not in expected:
            verdict = naive_verdict(sell, cost, number, guard)
            if verdict is not None:
                expected[number[: lengths[0]]] = verdict
                numbers[number[: lengths[0]]] = number
    found = {row.prefix: row.verdict for row in (*report.rows, *report.unsold)}
    assert found == {
        prefix: verdict for prefix, verdict in expected.items() if verdict is not Verdict.OK
    }
    assert sum(report.counts.values()) == len(expected)
    margins = Margins(sell, cost)
    for prefix, verdict in expected.items():
        row = margins.at(numbers[prefix], 0, guard_permille=guard)
        assert row is not None
        assert row.verdict is verdict
