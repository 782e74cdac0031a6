"""The head of a price list: shop, title, free calls, how calls are counted, the time bands."""

from __future__ import annotations

from app.charset import NBSP
from printing import figures
from printing.figures import BOLD, MEDIUM, REGULAR
from printing.price_document import BandHours, FreeCalls, PriceList
from printing.price_page import (
    ACCENT,
    GREEN,
    GREEN_TINT,
    INK,
    MARGIN,
    MUTED,
    ROOM,
    TINT,
    WHITE,
    WIDTH,
    Block,
    Box,
    Ink,
    Item,
    Words,
    paragraph,
    stacked,
)

_STRIP = 7.0
_PAD = 12.0
_GAP = 10.0
_FREE_SHARES = (0.4, 0.44, 0.48, 0.52, 0.56, 0.6)
_BULLET = "•"
_BETWEEN = "·"


def head(document: PriceList) -> Block:
    """Return the head of the first page, as wide as the page."""
    factor = 1.2 if document.is_poster else 1.0
    items: list[Item] = [Box(0.0, 0.0, WIDTH, _STRIP, ACCENT)]
    pill = _pill(document.place, 15.0 if document.is_poster else 12.0)
    room = ROOM - (pill.items[0].width + 20 if isinstance(pill.items[0], Box) else 0)
    top = _STRIP + 20.0
    if document.place:
        items += pill.at(MARGIN + room + 20, top - 2)
    for block in (
        paragraph(document.shop, Ink(BOLD, 13.0), room),
        paragraph(_joined(document.address), Ink(REGULAR, 8.5, MUTED), room),
    ):
        items += block.at(MARGIN, top)
        top += block.height
    top += 10.0
    for block in (
        paragraph(document.title, Ink(BOLD, 40.0 if document.is_poster else 32.0), ROOM),
        paragraph(_joined(document.facts), Ink(MEDIUM, 10.5, MUTED), ROOM),
    ):
        items += block.at(MARGIN, top)
        top += block.height
    boxes = _boxes(document, 8.8 * factor)
    items += boxes.at(MARGIN, top + _GAP)
    return Block(top + _GAP + boxes.height + 16.0, tuple(items))


def _joined(parts: tuple[str, ...]) -> str:
    """Join parts on a line that breaks between them alone."""
    return " ".join(
        f"{part} {_BETWEEN}".replace(" ", NBSP) if place < len(parts) else part.replace(" ", NBSP)
        for place, part in enumerate(parts, 1)
    )


def running_head(document: PriceList) -> Block:
    """Return the head of the pages after the first."""
    parts = [document.title, document.shop, document.place]
    text = " · ".join(part for part in parts if part)
    line = paragraph(text, Ink(MEDIUM, 9.0, MUTED), ROOM)
    strip = Box(0.0, 0.0, WIDTH, _STRIP, ACCENT)
    return Block(_STRIP + 18.0 + line.height + 8.0, (strip, *line.at(MARGIN, _STRIP + 18.0)))


def _pill(text: str, size: float) -> Block:
    lines = paragraph(text, Ink(BOLD, size, WHITE), ROOM / 2)
    width = max(item.width for item in lines.items if isinstance(item, Words)) + 2 * _PAD
    box = Box(0.0, 0.0, width, lines.height + 8.0, ACCENT, 8.0)
    return Block(box.height, (box, *lines.at(_PAD, 4.0)))


def _boxes(document: PriceList, size: float) -> Block:
    """Return the boxes: free calls beside the terms, the hours below these or below both."""
    found = []
    for share in _FREE_SHARES:
        left = round(ROOM * share)
        right = ROOM - left - _GAP
        free = _free(document.free, size, left - 2 * _PAD)
        terms = _terms(document, size, right - 2 * _PAD)
        if not document.bands:
            found.append(_pair(free, terms, left))
            continue
        beside = _bands(document, size, right - 2 * _PAD)
        found.append(_pair(free, stacked([terms, beside], _PAD), left))
        below = _boxed(_bands(document, size, ROOM - 2 * _PAD), ROOM, TINT)
        found.append(stacked([_pair(free, terms, left), below], _GAP))
    return min(found, key=lambda block: block.height)


def _pair(free: Block, terms: Block, left: float) -> Block:
    """Put two boxes of one height side by side."""
    height = max(free.height, terms.height)
    right = _boxed(Block(height, terms.items), ROOM - left - _GAP, TINT)
    both = _boxed(Block(height, free.items), left, GREEN_TINT)
    return Block(both.height, (*both.items, *right.at(left + _GAP, 0.0)))


def _boxed(block: Block, width: float, fill: str) -> Block:
    height = block.height + 2 * _PAD
    return Block(height, (Box(0.0, 0.0, width, height, fill, 8.0), *block.at(_PAD, _PAD)))


def _free(free: FreeCalls, size: float, room: float) -> Block:
    title = paragraph(free.title, Ink(BOLD, size * 1.15, GREEN), room)
    large = size * 2.1
    items: list[Item] = []
    x, base, gap = 0.0, large, large * 0.55
    for number in free.numbers:
        words = Words(x, base, figures.adapt(number), BOLD, large, GREEN)
        if x and x + words.width > room:
            x, base = 0.0, base + large * 1.2
            words = Words(x, base, words.text, BOLD, large, GREEN)
        items.append(words)
        x += words.width + gap
    numbers = Block(base + large * 0.3 if items else 0.0, tuple(items))
    sentences = [paragraph(text, Ink(REGULAR, size), room) for text in free.sentences]
    return stacked([title, numbers, *sentences], 2.0)


def _terms(document: PriceList, size: float, room: float) -> Block:
    title = paragraph(document.terms_title, Ink(BOLD, size * 1.15), room)
    indent = size * 1.1
    lines = []
    for text in document.terms:
        block = paragraph(text, Ink(REGULAR, size), room - indent)
        bullet = Words(0.0, size * 1.02, _BULLET, BOLD, size, ACCENT)
        lines.append(Block(block.height, (bullet, *block.at(indent, 0.0))))
    return stacked([title, *lines], 2.5)


def _bands(document: PriceList, size: float, room: float) -> Block:
    title = paragraph(document.bands_title, Ink(BOLD, size * 1.15), room)
    names = [figures.width(figures.adapt(band.name), BOLD, size) for band in document.bands]
    indent = min(max(names) + 14.0, room / 3)
    rows = [_band(band, size, room, indent) for band in document.bands]
    note = paragraph(document.bands_note, Ink(REGULAR, size, MUTED), room)
    return stacked([title, *rows, note], 2.5)


def _band(band: BandHours, size: float, room: float, indent: float) -> Block:
    name = paragraph(band.name, Ink(BOLD, size), indent - 10.0)
    hours = paragraph(" · ".join(band.hours), Ink(REGULAR, size, INK), room - indent)
    return Block(max(name.height, hours.height), (*name.items, *hours.at(indent, 0.0)))
