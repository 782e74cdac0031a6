"""What a cashier types, and the price that is found first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import Price
from app.domain.phone import plan_for
from app.domain.quotes import QuoteIndex, folded
from app.domain.tariff import Entry, Rate, Tariff

FRANCE = plan_for("FR")
NOW = 5
MADE: dict[Rate, Rate] = {}
"""Equal rates are one object, as readers of decks make them."""
NAMES = {
    "SN": "Senegal | Sénégal",
    "ML": "Mali",
    "SO": "Somalia|Somalie",
    "DE": "Germany|Allemagne",
    "GN": "Guinea|Guinée",
    "GQ": "Equatorial Guinea|Guinée équatoriale",
    "CI": "Côte d’Ivoire|Côte d’Ivoire",
}


def rate(prefix: str, destination: str, country: str = "", micro: int = 100_000) -> Entry:
    made = Rate(destination, Price(micro), country=country)
    return Entry(prefix, MADE.setdefault(made, made))


TARIFF = Tariff(
    "shop",
    (
        rate("221", "Senegal fixed", "SN"),
        rate("2217", "Senegal mobile", "SN", 290_000),
        rate("22170", "Senegal mobile", "SN", 290_000),
        rate("22178", "Senegal mobile Expresso", "SN", 310_000),
        rate("223", "Mali fixed", "ML"),
        rate("2237", "Mali mobile", "ML", 310_000),
        rate("252", "Somalia", "SO"),
        rate("33", "France fixed", "FR"),
        rate("336", "France mobile", "FR"),
        rate("49", "Germany fixed", "DE"),
        rate("491", "Germany mobile", "DE", 120_000),
        rate("224", "Guinea", "GN"),
        rate("240", "Equatorial Guinea", "GQ"),
        rate("225", "Cote d'Ivoire", "CI"),
        rate("8816", "Iridium satellite"),
        Entry("7", Rate("Russia of last year", Price(1)), 0, NOW),
        Entry("77", Rate("Kazakhstan to come", Price(1)), NOW + 1),
    ),
)
INDEX = QuoteIndex(TARIFF)


def found(text: str, limit: int = 10) -> list[str]:
    return [entry.prefix for entry in INDEX.search(text, FRANCE, limit, NOW, NAMES)]


@pytest.mark.parametrize(
    ("text", "prefixes"),
    [
        ("mali", ["223", "2237"]),
        (" MALI ", ["223", "2237"]),
        ("mali mobile", ["2237"]),
        ("senegal mob", ["2217", "22178"]),
        ("mob sénégal", ["2217", "22178"]),
        ("Sénégal", ["221", "2217", "22178"]),
        ("allemagne", ["49", "491"]),
        ("all mob", ["491"]),
        ("guinea", ["224", "240"]),
        ("guinée", ["224", "240"]),
        ("equat", ["240"]),
        ("cote d'ivoire", ["225"]),
        ("Côte d’Iv", ["225"]),
        ("iridium", ["8816"]),
        ("somali", ["252"]),
        ("ali", []),
        ("mali fixed mobile", ["223"]),
        ("?!", []),
        ("", []),
        (" \t", []),
    ],
)
def test_by_words(text: str, prefixes: list[str]) -> None:
    assert found(text) == prefixes


@pytest.mark.parametrize(
    ("text", "prefixes"),
    [
        ("+223", ["223", "2237"]),
        ("223", ["223", "2237"]),
        ("00223", ["223", "2237"]),
        ("+223 70 12", ["2237"]),
        ("0022370123456", ["2237"]),
        ("+22", ["221", "223", "224", "225", "2217", "2237", "22178"]),
        ("06", ["336"]),
        ("06 12 34 56 78", ["336"]),
        ("01 42", ["33"]),
        ("+999", []),
        ("0", ["33", "336"]),
    ],
)
def test_by_number(text: str, prefixes: list[str]) -> None:
    assert found(text) == prefixes


def test_the_best_come_first_up_to_the_limit() -> None:
    assert found("senegal", 1) == ["221"]
    assert found("+22", 2) == ["221", "223"]
    assert found("senegal", 0) == []


def test_without_names_the_destinations_are_still_found() -> None:
    assert [entry.prefix for entry in INDEX.search("germ mob", FRANCE, 5, NOW)] == ["491"]
    assert INDEX.search("allemagne", FRANCE, 5, NOW) == ()


def test_a_deck_without_countries_is_asked_by_country_too() -> None:
    index = QuoteIndex(Tariff("deck", (rate("4917", "Mobile D1"), rate("33", "Fixed"))))
    assert [one.prefix for one in index.search("allemagne", FRANCE, 5, NOW, NAMES)] == ["4917"]


def test_only_what_holds_is_found() -> None:
    assert found("russia") == found("kazakhstan") == found("+77") == []
    assert [one.prefix for one in INDEX.search("russia", FRANCE, 5, NOW - 1)] == ["7"]
    assert [one.prefix for one in INDEX.search("+77", FRANCE, 5, NOW + 1)] == ["77"]


def test_words_are_compared_without_accents_and_case() -> None:
    assert folded("Côte d'Ivoire – MOBILE (2)") == ("cote", "d", "ivoire", "mobile", "2")


@given(st.text(max_size=30) | st.text("0123456789+ malise", max_size=12), st.integers(-1, 5))
def test_any_text_finds_rates_of_the_tariff_or_none(text: str, limit: int) -> None:
    entries = INDEX.search(text, FRANCE, limit, NOW, NAMES)
    assert len(entries) <= max(limit, 0)
    assert set(entries) <= set(TARIFF.entries)
    assert len({entry.rate for entry in entries}) == len(entries)
