"""The sample tariff against the numbering plans of the world."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import phonenumbers
import pytest
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from app.decks.deck import Deck
from app.decks.read import read_deck
from app.domain.money import Price
from app.domain.tariff import Entry, Rate, Tariff, rates_of
from app.practice_shop import practice_config
from app.sample_tariff import sample_entries, sample_path

SAMPLE = Path(__file__).parents[3] / "resources" / "tariffs" / "sample.csv"
ROWS_MAX = 6000

# What "mobile" or "fixed" in a destination must mean; without either the plan does not tell.
WRONG_WORD = {PhoneNumberType.FIXED_LINE: " mobile", PhoneNumberType.MOBILE: " fixed"}


def clean(path: Path) -> Deck:
    deck = read_deck(path)
    assert (deck.refused, deck.repeated, deck.ignored, deck.notes) == ((), (), (), ())
    return deck


@cache
def tariff() -> Tariff:
    deck = clean(SAMPLE)
    return Tariff(deck.name, deck.entries)


def unnamed(entries: tuple[Entry, ...]) -> list[Entry]:
    return [entry._replace(rate=replace(entry.rate, destination="")) for entry in entries]


def test_the_french_sample_has_the_same_prefixes_and_prices() -> None:
    french = clean(SAMPLE.with_name("sample.fr.csv")).entries
    assert unnamed(french) == unnamed(tariff().entries)
    names = {entry.prefix: entry.rate.destination for entry in french}
    assert names["2217"] == "Sénégal mobile"
    assert names["33"] == "France fixe"
    assert all(name.encode("cp858") for name in names.values()), "printable on paper"
    assert not any(name.endswith((" fixed", " premium")) for name in names.values())


def test_the_sample_is_chosen_by_language() -> None:
    assert sample_path("en") == SAMPLE
    assert sample_path("fr") == SAMPLE.with_name("sample.fr.csv")
    assert sample_path("xx") == SAMPLE
    entries = sample_entries(practice_config(1))
    assert "Sénégal mobile" in {entry.rate.destination for entry in entries}


def examples(region: str) -> list[phonenumbers.PhoneNumber]:
    kinds = (PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE)
    found = [phonenumbers.example_number_for_type(region, kind) for kind in kinds]
    return [number for number in found if number is not None]


def rate_of(number: phonenumbers.PhoneNumber) -> Rate:
    digits = phonenumbers.format_number(number, PhoneNumberFormat.E164)[1:]
    rate = find(digits)
    assert rate is not None, digits
    return rate


def find(digits: str) -> Rate | None:
    entry = tariff().find(digits, 0)
    return None if entry is None else entry.rate


def test_the_sample_is_a_tariff_of_a_sensible_size() -> None:
    assert 1000 < len(tariff().entries) < ROWS_MAX
    rates = tuple(rates_of(tariff().entries))
    assert all(Price(0) < rate.price_per_minute <= Price(10_000_000) for rate in rates)
    assert {(1, 1), (60, 60), (30, 6)} <= {
        (rate.first_increment, rate.next_increment) for rate in rates
    }
    assert all(rate.destination.encode("cp858") for rate in rates), "printable on paper"


@pytest.mark.parametrize("code", sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE))
def test_every_calling_code_has_its_rates(code: int) -> None:
    assert any(entry.prefix.startswith(str(code)) for entry in tariff().entries)
    if code != 1:
        rate = find(f"{code}")
        assert rate is not None
        assert rate.country in {*phonenumbers.region_codes_for_country_code(code), ""}


@pytest.mark.parametrize("region", sorted(phonenumbers.SUPPORTED_REGIONS))
def test_every_region_has_its_own_rates_and_mobile_is_told_from_fixed(region: str) -> None:
    assert examples(region)
    for number in examples(region):
        rate = rate_of(number)
        assert rate.country == phonenumbers.region_code_for_number(number)
        kind = phonenumbers.number_type(number)
        assert WRONG_WORD.get(kind, " premium") not in rate.destination
        assert "premium" not in rate.destination


def test_regions_with_mobiles_of_their_own_have_a_mobile_rate() -> None:
    told = 0
    for region in phonenumbers.SUPPORTED_REGIONS:
        kinds = {phonenumbers.number_type(number) for number in examples(region)}
        if {PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE} <= kinds:
            fixed, mobile = (rate_of(number) for number in examples(region))
            if fixed.country == mobile.country == region:
                told += fixed.destination != mobile.destination
    assert told > 190


@pytest.mark.parametrize(
    ("digits", "destination", "country", "micro"),
    [
        ("33142270001", "France fixed", "FR", 50_000),
        ("33612345678", "France mobile", "FR", 170_000),
        ("221775121234", "Senegal mobile", "SN", 290_000),
        ("212522123456", "Morocco fixed", "MA", 130_000),
        ("212661123456", "Morocco mobile", "MA", 350_000),
        ("213661201234", "Algeria mobile", "DZ", 450_000),
        ("12125551234", "United States", "US", 30_000),
        ("14165551234", "Canada", "CA", 30_000),
        ("77012345678", "Kazakhstan mobile", "KZ", 160_000),
        ("79161234567", "Russia mobile", "RU", 120_000),
        ("3906698123", "Vatican City", "VA", 70_000),
        ("881612345678", "Iridium satellite", "", 5_900_000),
        ("18005551234", "North America toll-free", "US", 30_000),
    ],
)
def test_prices_a_cashier_knows(digits: str, destination: str, country: str, micro: int) -> None:
    rate = find(digits)
    assert rate is not None
    assert (rate.destination, rate.country) == (destination, country)
    assert rate.price_per_minute == Price(micro)


def test_there_is_no_price_for_the_whole_of_north_america() -> None:
    assert find("1") is None
    assert find("12005551234") is None


def test_islands_are_dearer_than_the_continent() -> None:
    continent = find("12125551234")
    assert continent is not None
    for digits in ("18765230123", "12684641234", "18092345678"):
        island = find(digits)
        assert island is not None
        assert island.price_per_minute > continent.price_per_minute
