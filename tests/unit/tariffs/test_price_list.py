from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.config import Config, ConfigError, from_toml
from app.domain.bands import TimeBand, parse_window
from app.domain.money import Money, Price, Rounding
from app.domain.rating import rate_call
from app.domain.tariff import (
    Access,
    BandPolicy,
    BandPrice,
    BlockRule,
    Entry,
    FreeRule,
    Rate,
    RoundingOrder,
    Step,
    Tariff,
    TariffRules,
    TaxMode,
)
from app.tariffs.price_list import (
    LINES_MAX,
    POSTER_LINES_MAX,
    PriceListOrder,
    poster_countries,
    price_list,
)
from printing.price_document import PriceLine, PriceList
from tests.fakes.sample_prices import AT, BANDS, RULES, SHOP, everything, huge, rate, sample, tariff

ORDER = PriceListOrder(AT, "en")


def made(
    *entries: tuple[str, Rate], rules: TariffRules = RULES, config: Config = SHOP
) -> PriceList:
    return price_list(tariff(*entries, rules=rules), config, ORDER)


def lines(document: PriceList) -> list[tuple[str, ...]]:
    return [(line.label, *line.cells) for section in document.sections for line in section.lines]


def line(document: PriceList, label: str) -> PriceLine:
    (found,) = (one for section in document.sections for one in section.lines if one.label == label)
    return found


def test_own_country_first_then_the_alphabet_then_networks_without_country() -> None:
    document = made(
        ("870", rate("Inmarsat", country="")),
        ("263", rate("Zimbabwe", country="ZW")),
        ("221", rate("Senegal")),
        ("358", rate("Åland", country="AX")),
        ("33", rate("France", country="FR")),
        ("355", rate("Albania", country="AL")),
    )
    assert [section.title for section in document.sections] == [
        "National calls – France",
        "International calls",
        "Other networks",
    ]
    assert [text for text, *_ in lines(document)] == [
        "France",
        "Åland Islands",
        "Albania",
        "Senegal",
        "Zimbabwe",
        "Inmarsat",
    ]


def test_accents_do_not_count_in_the_french_alphabet() -> None:
    document = price_list(sample("fr"), SHOP, PriceListOrder(AT, "fr"))
    names = [one.label for one in document.sections[1].lines if not one.level]
    places = [
        names.index(name) for name in ("Égypte", "Émirats arabes unis", "Équateur", "Espagne")
    ]
    assert places == sorted(places)
    assert places[0] > names.index("Dominique")


def test_a_country_of_one_price_has_one_line() -> None:
    document = made(
        ("221", rate("Senegal fixed")),
        ("2217", rate("Senegal mobile")),
        ("2219", rate("Senegal 9")),
    )
    assert lines(document) == [("Senegal", "0.10")]


def test_a_country_of_several_prices_names_its_destinations_below() -> None:
    document = made(("221", rate("Senegal")), ("2217", rate("Sénégal mobile", 150_000)))
    assert lines(document) == [("Senegal", "0.10"), ("Mobile", "0.15")]
    (abroad,) = document.sections
    assert [(one.country, one.level) for one in abroad.lines] == [("SN", 0), ("", 1)]


def test_a_destination_of_several_prices_says_for_which_numbers() -> None:
    document = made(
        ("2217", rate("Senegal mobile", 150_000)),
        ("2218", rate("Senegal mobile", 150_000)),
        ("22178", rate("Senegal mobile", 160_000)),
    )
    assert lines(document) == [
        ("Senegal",),
        ("Mobile (+2217, +2218)", "0.15"),
        ("Mobile (+221 78)", "0.16"),
    ]


def test_the_country_of_a_prefix_is_known_without_being_told() -> None:
    document = made(
        ("1204", rate("A", country="")),
        ("1809", rate("B", country="")),
        ("221", rate("C", country="")),
        ("441481", rate("D", country="")),
    )
    assert [text for text, *_ in lines(document)] == [
        "Canada",
        "Dominican Republic",
        "Guernsey",
        "Senegal",
    ]


def test_what_is_not_in_force_or_forbidden_is_left_out() -> None:
    base = tariff(
        ("221", rate("Senegal")),
        ("223", rate("Mali", country="ML")),
        ("850", rate("North Korea", country="KP", access=Access.FORBIDDEN)),
    )
    entries = tuple(
        Entry(entry.prefix, entry.rate, AT + 1) if entry.prefix == "223" else entry
        for entry in base.entries
    )
    assert lines(price_list(replace(base, entries=entries), SHOP, ORDER)) == [("Senegal", "0.10")]
    later = replace(ORDER, at=AT + 1)
    assert lines(price_list(replace(base, entries=entries), SHOP, later)) == [
        ("Mali", "0.10"),
        ("Senegal", "0.10"),
    ]


def test_a_key_destination_is_marked() -> None:
    document = made(("53", rate("Cuba", country="CU", access=Access.KEY)), ("221", rate("Senegal")))
    assert line(document, "Cuba").marks == ("1",)
    assert line(document, "Senegal").marks == ()
    assert document.notes == (("1", "Only after asking at the counter."),)


@pytest.mark.parametrize(
    ("mode", "tax_bp", "price", "fact"),
    [
        (TaxMode.INCLUDED, 2000, "0.10", "All prices include tax (20%)"),
        (TaxMode.ADDED, 2000, "0.12", "All prices include tax (20%)"),
        (TaxMode.ADDED, 550, "0.1055", "All prices include tax (5.5%)"),
        (TaxMode.INCLUDED, 0, "0.10", "All prices are final, no tax is added"),
    ],
)
def test_prices_are_as_the_customer_pays_them(
    mode: TaxMode, tax_bp: int, price: str, fact: str
) -> None:
    rules = replace(RULES, tax_mode=mode, tax_rate_bp=tax_bp)
    document = made(("221", rate("Senegal", connection_fee=Price(200_000))), rules=rules)
    assert lines(document) == [("Senegal", price)]
    assert document.facts[0] == fact
    fee = {"0.12": "€0.24", "0.1055": "€0.211"}.get(price, "€0.20")
    assert f"Connection fee: {fee}." in document.terms


def test_a_minute_costs_what_the_list_says() -> None:
    rules = replace(RULES, tax_mode=TaxMode.ADDED)
    prices = tariff(("221", rate("Senegal", 333_333)), rules=rules)
    charge = rate_call(prices, "221338210000", AT, 60_000)
    assert charge is not None
    document = price_list(prices, SHOP, ORDER)
    assert lines(document) == [("Senegal", "0.40")]
    assert charge.exact.micro <= 400_000


def test_no_list_promises_less_than_is_charged() -> None:
    rules = replace(RULES, tax_mode=TaxMode.ADDED, tax_rate_bp=550)
    prices = tariff(("221", rate("Senegal", 1)), rules=rules)
    assert lines(price_list(prices, SHOP, ORDER)) == [("Senegal", "0.000002")]


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
    day = TimeBand("Day", (parse_window("mon-sun 08:00-20:00"), parse_window("hol 08:00-20:00")))
    night = TimeBand(
        "Night", (parse_window("mon-sun 20:00-08:00"), parse_window("hol 20:00-08:00"))
    )
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


def test_emergency_and_free_numbers_of_france_are_free() -> None:
    free = made(("221", rate("Senegal")), config=replace(SHOP, emergency=("3999",))).free
    assert free.numbers[:4] == ("15", "17", "18", "112")
    assert "3999" in free.numbers
    assert free.sentences == (
        "Emergency services also: 116\u00a0000, 116\u00a0117.",
        "Free numbers begin with 0800–0805.",
        "Free short numbers: 3000–3199, 116\u00a0006, 116\u00a0111, 116\u00a0123.",
    )


@pytest.mark.parametrize(
    ("country", "number"), [("GB", "999"), ("DE", "110"), ("US", "911"), ("SN", "17")]
)
def test_other_countries_have_their_own(country: str, number: str) -> None:
    assert number in made(("1", rate("x")), config=replace(SHOP, country=country)).free.numbers


def test_an_unknown_country_has_those_of_the_settings() -> None:
    config = replace(SHOP, country="XX", emergency=("911", "112"))
    assert made(("221", rate("Senegal")), config=config).free.numbers == ("112", "911")


def test_the_head_names_shop_booth_tariff_and_day() -> None:
    order = replace(ORDER, booth=3, valid_from=AT - 86_400_000_000)
    document = price_list(sample("en"), SHOP, order)
    assert (document.shop, document.address) == (SHOP.name, SHOP.address)
    assert document.place == "Booth 3 · VIP"
    assert document.facts[1:] == ("In force since 22 November 2026", "Tariff Standard, version 12")
    assert document.source == "Made from the tariff in force on 23 November 2026, 13:38."
    assert price_list(sample("en"), SHOP, replace(ORDER, booth=9)).place == "Booth 9"


def test_french_is_french() -> None:
    document = price_list(everything(), SHOP, PriceListOrder(AT, "fr", 3))
    assert document.title == "Prix des appels"
    assert document.place == "Cabine 3 · VIP"
    assert (
        document.facts[0] == "Prix toutes taxes comprises (20\u202f%)"
        or document.facts[0] == "Prix toutes taxes comprises (20\u00a0%)"
    )
    assert document.facts[1] == "En vigueur le 23 novembre 2026"
    assert document.unit == "Prix par minute en euros"
    assert document.decimal == ","
    assert document.bands[1].hours == (
        "sam., dim. toute la journée",
        "jours fériés toute la journée",
    )
    assert line(document, "Mobile (+221 77)").cells[0] == "0,186"


def test_a_poster_shows_chosen_countries() -> None:
    order = replace(ORDER, is_poster=True, countries=("ML",))
    assert poster_countries(SHOP, order) == ("FR", "ML")
    assert poster_countries(replace(SHOP, poster_countries=("SN",)), order) == ("FR", "SN")
    assert poster_countries(SHOP, replace(order, countries=()))[:3] == ("FR", "AD", "BE")
    assert poster_countries(replace(SHOP, country="KM"), replace(order, countries=())) == ("KM",)
    document = price_list(sample("en"), SHOP, order)
    assert [one.label for one in document.sections[1].lines] == ["Mali", "Fixed", "Mobile"]
    assert document.is_poster
    assert "all other countries" in document.source


def test_poster_countries_are_a_setting() -> None:
    head = '[shop]\nname = "A"\n'
    assert from_toml(head + 'poster_countries = ["SN", "ML"]').poster_countries == ("SN", "ML")
    with pytest.raises(ConfigError) as caught:
        from_toml(head + 'poster_countries = ["Mali"]')
    assert (caught.value.code, caught.value.where) == ("unknown_country", "shop.poster_countries")


def many(count: int) -> Tariff:
    prices = [
        (f"221{n:05}", rate(f"Senegal {n:05}", n, connection_fee=Price(n % 2 * 1000)))
        for n in range(count)
    ]
    return tariff(("33", rate("France fixed", 7, "FR")), *prices)


def test_a_list_of_too_many_destinations_names_lowest_and_highest() -> None:
    whole = price_list(many(LINES_MAX - 3), SHOP, ORDER)
    assert len(lines(whole)) > LINES_MAX - 3
    ranges = price_list(many(LINES_MAX + 1), SHOP, ORDER)
    assert ranges.columns == ("from", "to", "Connection up to")
    assert lines(ranges) == [
        ("Fixed", "0.000007", "0.000007", "0.00"),
        ("Senegal", "0.00", "0.002", "0.001"),
    ]
    assert "Some destinations have other terms: please ask at the counter." in ranges.terms


def test_a_poster_becomes_ranges_sooner() -> None:
    order = replace(ORDER, is_poster=True, countries=("SN",))
    assert len(lines(price_list(many(POSTER_LINES_MAX + 1), SHOP, order))) == 2


def test_too_many_different_terms_become_ranges() -> None:
    prices = [(f"221{n:05}", rate(f"Senegal {n}", free_seconds=n)) for n in range(70)]
    document = made(*prices, ("53", rate("Cuba", country="CU", access=Access.KEY)))
    assert document.columns == ("from", "to")
    assert document.notes == ()
    assert "Some destinations are open only after asking at the counter." in document.terms


def test_a_quarter_of_a_million_prefixes_make_a_short_list() -> None:
    document = price_list(huge(), SHOP, ORDER)
    assert len(lines(document)) == 25
    assert ("Senegal", "0.010005", "0.01598", "0.02") in lines(document)


def test_an_empty_tariff_is_a_list_without_lines() -> None:
    document = price_list(tariff(), SHOP, ORDER)
    assert document.sections == ()
    assert "Charged by the second." in document.terms
