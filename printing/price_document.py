"""A price list in words and figures, ready in its language, for no device in particular.

`app.tariffs.price_list` makes it of a tariff, `printing.price_list` sets it on pages.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PriceLine:
    """A destination with one cell a column, "" for an empty one.

    `country` (ISO alpha-2) is the flag beside it. Lines of `level` 1 belong to the line of level 0
    above them. `marks` name the notes that hold for the line.
    """

    label: str
    cells: tuple[str, ...] = ()
    country: str = ""
    level: int = 0
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PriceSection:
    """A group of lines: the shop's own country, abroad, all other."""

    title: str
    lines: tuple[PriceLine, ...]
    country: str = ""


@dataclass(frozen=True, slots=True)
class FreeCalls:
    """What costs nothing: emergency numbers in large figures, then sentences."""

    title: str
    numbers: tuple[str, ...]
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BandHours:
    """When a time band holds: one text a window of the week."""

    name: str
    hours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PriceList:
    """The whole list. Figures in `cells` have `decimal` before their fraction."""

    language: str
    shop: str
    address: tuple[str, ...]
    place: str  # "Booth 3", "" for the list of the shop
    title: str
    facts: tuple[str, ...]  # in force since, tariff, tax
    free: FreeCalls
    terms_title: str
    terms: tuple[str, ...]
    bands_title: str
    bands: tuple[BandHours, ...]
    bands_note: str
    unit: str  # what the figures of the columns are
    columns: tuple[str, ...]
    sections: tuple[PriceSection, ...]
    notes: tuple[tuple[str, str], ...]  # mark and sentence
    source: str
    decimal: str = "."
    is_poster: bool = False
