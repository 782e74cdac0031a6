"""Short ways to write decks down in tests."""

from __future__ import annotations

from app.decks.deck import Deck, Template
from app.decks.read import read_deck_bytes
from app.domain.money import Price
from app.domain.tariff import Rate

HEADER = "prefix,destination,price_per_minute,connection_fee,first_increment,next_increment,country"
FRANCE = Rate("France fixed", Price(50_000), country="FR")
SENEGAL = Rate("Sénégal mobile", Price(290_000), Price(100_000), 60, 30, "SN")


def read(text: str | bytes, template: Template | None = None, zone: str = "UTC") -> Deck:
    content = text if isinstance(text, bytes) else text.encode()
    return read_deck_bytes(content, "deck.csv", template=template, zone=zone)


def rates(deck: Deck) -> dict[str, Rate]:
    return {entry.prefix: entry.rate for entry in deck.entries}


def prices(deck: Deck) -> dict[str, int]:
    return {entry.prefix: entry.rate.price_per_minute.micro for entry in deck.entries}


def refused(deck: Deck) -> list[tuple[int, str, str, str]]:
    return [(row.line, row.column, row.code, row.value) for row in deck.refused]


def bad(*rows: str) -> list[tuple[int, str, str, str]]:
    return refused(read("\n".join((HEADER, *rows))))
