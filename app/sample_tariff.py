"""The sample tariff that comes with the program: real prefixes, made-up prices."""

from __future__ import annotations

import importlib.resources
from pathlib import Path
from zlib import crc32

from app.config import Config
from app.decks.read import read_deck
from app.domain.money import Price
from app.domain.tariff import Entry, Rate

_LOSS_AT = 45
"""The share of the price, in per cent, whose destinations the practice carrier sells too dear."""

_CENTIMICRO = 100


def sample_path(language: str = "en") -> Path:
    """Return the sample tariff with names in this language, the English one where there is none."""
    tariffs = Path(str(importlib.resources.files("resources") / "tariffs"))
    own = tariffs / f"sample.{language}.csv"
    return own if own.is_file() else tariffs / "sample.csv"


def sample_entries(config: Config) -> tuple[Entry, ...]:
    """Return the sample tariff, with the names that the shop's receipts use."""
    return read_deck(sample_path(config.receipt_language)).entries


def sample_costs(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return what a made-up carrier asks for what the sample sells: some of it too much."""
    costs: dict[int, Rate] = {}
    for entry in entries:
        rate = entry.rate
        if id(rate) not in costs:
            percent = 30 + crc32(rate.destination.encode()) % 40
            if percent == _LOSS_AT:
                percent = 100
            micro = rate.price_per_minute.micro * percent // 100 // _CENTIMICRO * _CENTIMICRO
            costs[id(rate)] = Rate(rate.destination, Price(micro), country=rate.country)
    return tuple(Entry(entry.prefix, costs[id(entry.rate)]) for entry in entries)
