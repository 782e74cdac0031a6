"""Tariffs to make price lists of: the sample, one with everything, one of any size."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from app.config import BoothConfig, Config
from app.decks.read import read_deck
from app.domain.bands import TimeBand, parse_window
from app.domain.money import Price
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
from app.tariffs.price_list import PriceListOrder, price_list
from printing.price_document import PriceLine, PriceList

AT = 1_795_437_480_000_000
"""23 November 2026, 13:38 in Paris."""

SHOP = Config(
    name="Téléboutique Barbès",
    address=("12 boulevard Barbès, 75018 Paris", "SIRET 123 456 789 00012"),
    booths=(BoothConfig(3, "103", "VIP"),),
)
RULES = TariffRules(tax_rate_bp=2000, zone="Europe/Paris")

EVENING = TimeBand("Soir", (parse_window("mon-fri 19:00-08:00"),))
WEEKEND = TimeBand("Week-end", (parse_window("sat,sun"), parse_window("hol")))
BANDS = replace(RULES, tax_mode=TaxMode.ADDED, bands=(EVENING, WEEKEND), holiday_country="FR")

_SAMPLES = Path(__file__).parents[2] / "resources" / "tariffs"


@cache
def sample(language: str) -> Tariff:
    name = "sample.fr.csv" if language == "fr" else "sample.csv"
    return Tariff("Standard", read_deck(_SAMPLES / name).entries, version=12, rules=RULES)


def tariff(*entries: tuple[str, Rate], rules: TariffRules = RULES) -> Tariff:
    return Tariff("Standard", tuple(Entry(prefix, rate) for prefix, rate in entries), rules=rules)


def rate(destination: str, micro: int = 100_000, country: str = "SN", **terms: Any) -> Rate:  # noqa: ANN401 - whatever a test wants
    return replace(Rate(destination, Price(micro), country=country), **terms)


@cache
def everything() -> Tariff:
    """Bands, tax added, fees, later prices, keys, long names and foreign letters."""
    return tariff(
        ("33", rate("France", 20_000, "FR", bands=(BandPrice("Soir", Price(15_000)),))),
        ("336", rate("France mobile", 60_000, "FR", connection_fee=Price(50_000))),
        ("221", rate("Sénégal", 120_000)),
        ("22177", rate("Sénégal mobile", 155_000, surcharge=Price(20_000))),
        ("22178", rate("Sénégal mobile", 165_000, free_below=5)),
        (
            "223",
            rate("Mali", 140_000, "ML", bands=(BandPrice("Week-end", Price(90_000), Price(1)),)),
        ),
        ("212", rate("Maroc " + "très " * 30 + "long", 200_000, "MA")),
        ("2126", rate("M" * 90, 210_000, "MA", steps=(Step(600, Price(100_000)),))),
        ("7", rate("Россия", 30_000, "RU", ceiling=Price(9_000_000))),
        ("77", rate("Қазақстан сәлем 東京", 31_000, "KZ", minimum_charge=Price(250_000))),
        ("7701", rate("Қазақстан Алматы", 32_000, "KZ")),
        ("53", rate("Cuba", 900_000, "CU", access=Access.KEY, first_increment=60)),
        ("850", rate("Corée du Nord", 1_900_000, "KP", access=Access.FORBIDDEN)),
        ("870", rate("Inmarsat", 7_123_457, "", first_increment=60, next_increment=60)),
        rules=BANDS,
    )


@cache
def huge(prefixes: int = 250_000, rates: int = 6_000) -> Tariff:
    """Return so many prefixes of so many destinations, 25 countries' calling codes."""
    codes = [str(code) for code in (33, 49, 39, 34, *range(220, 230), *range(231, 242))]
    known = [
        Rate(f"Réseau {number}", Price(10_000 + number), Price(number % 3 * 10_000))
        for number in range(rates)
    ]
    entries = []
    for number in range(prefixes):
        place = number % rates
        prefix = f"{codes[place % len(codes)]}{number:06}"
        entries.append(Entry(prefix, known[place]))
    return Tariff("Gros", tuple(entries), version=3, rules=RULES)


def made(
    *entries: tuple[str, Rate], rules: TariffRules = RULES, config: Config = SHOP
) -> PriceList:
    """Return the English list of these prices."""
    return price_list(tariff(*entries, rules=rules), config, PriceListOrder(AT, "en"))


def lines(document: PriceList) -> list[tuple[str, ...]]:
    return [(line.label, *line.cells) for section in document.sections for line in section.lines]


def line(document: PriceList, label: str) -> PriceLine:
    (found,) = (one for section in document.sections for one in section.lines if one.label == label)
    return found
