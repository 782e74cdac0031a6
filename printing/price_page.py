"""What stands on a page of a price list: texts, boxes, rules and flags at their places.

Points from the left and upper edge. Nothing here draws: tests read the places back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from printing import figures

WIDTH, HEIGHT = 595.28, 841.89
"""A4, upright."""

MARGIN = 36.0
ROOM = WIDTH - 2 * MARGIN
FOOT = HEIGHT - 30.0
"""Base of the last line of a page."""

BOTTOM = HEIGHT - 46.0
"""The table ends here."""

INK, MUTED, LINE = "#16202e", "#5d6b7e", "#dde2ea"
ACCENT, TINT = "#1f5fd0", "#f3f4f7"
GREEN, GREEN_TINT = "#1b7f4b", "#e9f5ee"
WHITE = "#ffffff"

LEADING = 1.36
"""Height of a line of running text over its size."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text; `base` is its base line, `x` its left end."""

    x: float
    base: float
    text: str
    font: str
    size: float
    colour: str = INK

    @property
    def width(self) -> float:
        return figures.width(self.text, self.font, self.size)


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle with round corners."""

    x: float
    top: float
    width: float
    height: float
    fill: str
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line."""

    x: float
    top: float
    width: float
    colour: str = LINE
    weight: float = 0.6


@dataclass(frozen=True, slots=True)
class Flag:
    """The flag of a country (ISO alpha-2, small letters), four units wide to three high."""

    x: float
    top: float
    width: float
    country: str

    @property
    def height(self) -> float:
        return self.width * 3 / 4


Item = Words | Box | Rule | Flag
Page = tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Items that belong together, from their own upper left corner, and their height."""

    height: float
    items: tuple[Item, ...]

    def at(self, x: float, top: float) -> Iterator[Item]:
        """Yield the items at a place of the page."""
        for item in self.items:
            if isinstance(item, Words):
                yield replace(item, x=item.x + x, base=item.base + top)
            else:
                yield replace(item, x=item.x + x, top=item.top + top)


def wrap(text: str, font: str, size: float, room: float) -> list[str]:
    """Break a text into lines no wider than `room`; a word that is wider is broken itself."""
    lines = [""]
    for word in text.split(" "):
        for part in _parts(word, font, size, room):
            longer = f"{lines[-1]} {part}" if lines[-1] else part
            if figures.width(longer, font, size) <= room:
                lines[-1] = longer
            else:
                lines.append(part)
    return [line for line in lines if line] or [""]


def _parts(word: str, font: str, size: float, room: float) -> Iterator[str]:
    while figures.width(word, font, size) > room and len(word) > 1:
        length = len(word) - 1
        while length > 1 and figures.width(word[:length], font, size) > room:
            length -= 1
        yield word[:length]
        word = word[length:]
    yield word


@dataclass(frozen=True, slots=True)
class Ink:
    """How a text is set."""

    font: str
    size: float
    colour: str = INK


def paragraph(text: str, ink: Ink, room: float) -> Block:
    """Set a text in lines from the left."""
    lines = wrap(figures.adapt(text), ink.font, ink.size, room)
    step = ink.size * LEADING
    items = tuple(
        Words(0.0, number * step + ink.size * 1.02, line, ink.font, ink.size, ink.colour)
        for number, line in enumerate(lines)
    )
    return Block(len(lines) * step, items)


def stacked(blocks: list[Block], gap: float = 0.0) -> Block:
    """Put blocks one below the other."""
    items: list[Item] = []
    top = 0.0
    for number, block in enumerate(blocks):
        top += gap if number else 0.0
        items += block.at(0.0, top)
        top += block.height
    return Block(top, tuple(items))
