"""The sample tariff that comes with the program: real prefixes, made-up prices."""

from __future__ import annotations

import importlib.resources
from pathlib import Path

from app.config import Config
from app.decks.read import read_deck
from app.domain.tariff import Entry


def sample_path(language: str = "en") -> Path:
    """Return the sample tariff with names in this language, the English one where there is none."""
    tariffs = Path(str(importlib.resources.files("resources") / "tariffs"))
    own = tariffs / f"sample.{language}.csv"
    return own if own.is_file() else tariffs / "sample.csv"


def sample_entries(config: Config) -> tuple[Entry, ...]:
    """Return the sample tariff, with the names that the shop's receipts use."""
    return read_deck(sample_path(config.receipt_language)).entries
