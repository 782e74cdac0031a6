from __future__ import annotations

from dataclasses import replace

import pytest

from app.config import ConfigError, from_toml
from app.domain.money import Price
from app.domain.rating import rate_call
from app.domain.tariff import (
    Access,
    Entry,
    Rate,
    Tariff,
    TaxMode,
)
from app.tariffs.price_list import (
    LINES_MAX,
    POSTER_LINES_MAX,
    PriceListOrder,
    poster_countries,
    price_list,
)
from printing.price_list import is_large
from tests.fakes.sample_prices import (
    AT,
    RULES,
    SHOP,
    everything,
    huge,
    line,
    lines,
    made,
    rate,
    sample,
    tariff,
)

ORDER = PriceListOrder(AT, "en")


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


def test_the_countrys_name_is_taken_off_its_destinations() -> None:
    document = made(
        ("225", rate("Cote d'Ivoire", 1, "CI")),
        ("2251", rate("CÔTE D'IVOIRE - Orange", 2, "CI")),
        ("2252", rate("Côte d’Ivoire mobile", 3, "CI")),
        ("2253", rate("Côte d’Ivoiremobile", 4, "CI")),
    )
    assert [text for text, *_ in lines(document)] == [
        "Côte d’Ivoire",
        "Cote d'Ivoire",
        "Côte d’Ivoiremobile",
        "Mobile",
        "Orange",
    ]


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
    document = price_list(sample("en"), replace(SHOP, poster_countries=("ML",)), order)
    assert [one.label for one in document.sections[1].lines] == ["Mali", "Fixed", "Mobile"]
    assert document.is_poster
    assert "all other countries" in document.source


def few(*extra: tuple[str, Rate]) -> Tariff:
    return tariff(
        ("33", rate("France", country="FR")),
        ("223", rate("Mali", country="ML")),
        ("32", rate("Belgium", country="BE")),
        ("93", rate("Afghanistan", country="AF")),
        ("263", rate("Zimbabwe", country="ZW")),
        *extra,
    )


def test_a_poster_with_room_shows_the_other_countries_too() -> None:
    order = replace(ORDER, is_poster=True, countries=("ML",))
    document = price_list(few(), SHOP, order)
    names = [one.label for one in document.sections[1].lines]
    assert names == ["Afghanistan", "Belgium", "Mali", "Zimbabwe"]
    assert "all other countries" not in document.source
    chosen = price_list(few(), replace(SHOP, poster_countries=("ML",)), order)
    assert [one.label for one in chosen.sections[1].lines] == ["Mali"]
    assert "all other countries" in chosen.source


def test_a_poster_is_filled_in_order_until_its_letters_would_be_small() -> None:
    codes = "AO AG AM AU AW BB BD BH BI BN BO BR BW BZ CD CF CG CI CK CL CM CN CO CR CU CV CY CZ DJ"
    codes += " DK DO DZ EC EE EG ER ET FI FJ FK FM FO GA GD GE GH GI GL GM GN GR GT GW GY HK HN"
    extra = [(f"9990{n}", rate(code, country=code)) for n, code in enumerate(codes.split())]
    order = replace(ORDER, is_poster=True, countries=("ML",))
    document = price_list(few(*extra), SHOP, order)
    shown = {one.country for one in document.sections[1].lines}
    assert {"ML", "BE", "AF"} <= shown
    assert "ZW" not in shown
    assert len(shown) > 8
    assert is_large(document)
    assert "all other countries" in document.source


def test_a_country_with_too_many_lines_is_left_out_of_a_poster() -> None:
    belgian = [(f"32{n}", rate(f"Belgium {n}", n, country="BE")) for n in range(100, 190)]
    document = price_list(few(*belgian), SHOP, replace(ORDER, is_poster=True, countries=("ML",)))
    assert {one.country for one in document.sections[1].lines} == {"AF", "ML", "ZW"}


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
