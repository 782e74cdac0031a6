"""A price list as a PDF: A4 pages, from a list of large letters to many pages of two columns.

The same list gives the same bytes. The first call loads reportlab.
"""

from __future__ import annotations

import importlib.resources
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import CodedError
from app.texts import catalogue
from printing import figures
from printing.figures import REGULAR
from printing.pdf_file import code_of, replace_file
from printing.price_document import PriceList
from printing.price_head import head, running_head
from printing.price_page import (
    BOTTOM,
    FOOT,
    HEIGHT,
    MARGIN,
    MUTED,
    ROOM,
    WIDTH,
    Block,
    Box,
    Flag,
    Item,
    Page,
    Rule,
    Words,
    wrap,
)
from printing.price_table import Flow, Style, Table

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_LIST_STYLES = (Style(12, 1), Style(11, 1), Style(10, 1), Style(9.5, 2))
_POSTER_STYLES = (
    *(Style(size, 1) for size in (20, 18, 16.5, 15, 14)),
    *(Style(size, 1, 0.25) for size in (14, 13, 12)),
    *(Style(size, 2, 0.25) for size in (13, 12, 11)),
    *(Style(size, 1, 0.2) for size in (12, 11, 10.5)),
)
"""From large to small: the first with which the list has one page."""

_LIST_FLOW, _POSTER_FLOW = Style(8.8, 2, 0.16), Style(14, 1, 0.3)
"""For more than one page."""

_WIDE = Style(9.0, 1, 0.16)
"""Where two columns leave no room for names beside many columns of figures."""

_FOOT_SIZE = 7.5

_LARGE = 14.0


def write_price_list(path: Path, document: PriceList) -> int:
    """Write the PDF, whole or not at all; returns its pages.

    Raises `CodedError` with `path`: `folder_missing`, `not_writable`, `disk_full`, `write_failed`.
    """
    pages = set_pages(document)
    try:
        replace_file(path, _drawn(document, pages))
    except OSError as error:
        raise CodedError(code_of(error), path=str(path)) from error
    return len(pages)


def is_large(document: PriceList) -> bool:
    """Tell whether a poster has one page in letters that are read from a few steps away."""
    first, later = head(document), running_head(document)
    for style in _POSTER_STYLES:
        if style.columns == 1 and style.size >= _LARGE:
            table = Table(document, style)
            if table.has_room and len(_pages(table, first, later)) == 1:
                return True
    return False


def encode(document: PriceList) -> bytes:
    """Return the PDF."""
    return _drawn(document, set_pages(document))


def set_pages(document: PriceList) -> list[Page]:
    """Put the list on pages."""
    styles = _POSTER_STYLES if document.is_poster else _LIST_STYLES
    first, later = head(document), running_head(document)
    lines = sum(len(section.lines) for section in document.sections) + len(document.notes)
    pages: list[Page] = []
    for style in styles:
        # A glance instead of a trial: so many lines never fit on one page.
        if lines * style.size > HEIGHT * style.columns:
            continue
        table = Table(document, style)
        if table.has_room:
            pages = _pages(table, first, later)
        if len(pages) == 1:
            break
    else:
        flowing = Table(document, _POSTER_FLOW if document.is_poster else _LIST_FLOW)
        table = flowing if flowing.has_room else Table(document, _WIDE)
        pages = _pages(table, first, later)
    return [(*page, *_foot(document, number, len(pages))) for number, page in enumerate(pages, 1)]


def _pages(table: Table, first: Block, later: Block) -> list[Page]:
    rows, heading, style = table.rows(), table.heading(), table.style
    flow = Flow(rows, heading.height)
    pages: list[Page] = []
    start = 0
    while start < len(rows) or not pages:
        above = later if pages else first
        items: list[Item] = list(above.at(0.0, 0.0))
        columns = flow.page(start, BOTTOM - above.height, style.columns) if rows else []
        for column, (begin, end) in enumerate(columns):
            x, top = MARGIN + style.left(column), above.height
            opening = rows[begin]
            blocks = [] if opening.is_note else [heading]
            blocks += [opening.again] if opening.again is not None else []
            for block in (*blocks, *(row.block for row in rows[begin:end])):
                items += block.at(x, top)
                top += block.height
            start = end
        pages.append(tuple(items))
    return pages


def _foot(document: PriceList, number: int, count: int) -> Iterator[Item]:
    _ = catalogue(document.language).gettext
    page = figures.adapt(_("Page {number} of {count}").format(number=number, count=count))
    width = figures.width(page, REGULAR, _FOOT_SIZE)
    yield Rule(MARGIN, FOOT - 12.0, ROOM)
    source = wrap(figures.adapt(document.source), REGULAR, _FOOT_SIZE, ROOM - width - 20.0)
    for line, text in enumerate(source):
        yield Words(MARGIN, FOOT + line * 9.5, text, REGULAR, _FOOT_SIZE, MUTED)
    yield Words(MARGIN + ROOM - width, FOOT, page, REGULAR, _FOOT_SIZE, MUTED)


def _drawn(document: PriceList, pages: list[Page]) -> bytes:
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - a fifth of a second

    figures.load()
    buffer = io.BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=(WIDTH, HEIGHT),
        invariant=True,  # no date and no random name inside
        pageCompression=1,
        # Else Helvetica is named in the file and not embedded. The stubs take a name for a float.
        initialFontName=REGULAR,  # type: ignore[arg-type]
        initialFontSize=_FOOT_SIZE,
        lang=document.language or None,
    )
    canvas.setTitle(" · ".join(part for part in (document.title, document.place) if part))
    canvas.setAuthor(document.shop)
    canvas.setCreator("CallShop Cashier")
    flags = _Flags()
    for page in pages:
        for item in page:
            _draw(canvas, item, flags)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


class _Flags:
    """Pictures of flags, each read once."""

    def __init__(self) -> None:
        self._known: dict[str, object | None] = {}

    def picture(self, country: str) -> object | None:
        """Return the flag of a country, None where there is none."""
        from reportlab.lib.utils import ImageReader  # noqa: PLC0415

        if country not in self._known:
            file = importlib.resources.files("resources") / "flags" / f"{country}.png"
            is_there = country.isalpha() and file.is_file()
            self._known[country] = ImageReader(io.BytesIO(file.read_bytes())) if is_there else None
        return self._known[country]


def _draw(canvas: Canvas, item: Item, flags: _Flags) -> None:
    match item:
        case Words(x=x, base=base, text=text, font=font, size=size, colour=colour):
            canvas.setFont(font, size)
            canvas.setFillColor(colour)
            canvas.drawString(x, HEIGHT - base, text)
        case Box(x=x, top=top, width=width, height=height, fill=fill, radius=radius):
            canvas.setFillColor(fill)
            canvas.roundRect(x, HEIGHT - top - height, width, height, radius, stroke=0, fill=1)
        case Rule(x=x, top=top, width=width, colour=colour, weight=weight):
            canvas.setStrokeColor(colour)
            canvas.setLineWidth(weight)
            canvas.line(x, HEIGHT - top, x + width, HEIGHT - top)
        case Flag(x=x, top=top, width=width, country=country):
            _draw_flag(canvas, flags.picture(country), x, HEIGHT - top - item.height, width)


def _draw_flag(canvas: Canvas, picture: object | None, x: float, y: float, width: float) -> None:
    if picture is None:
        return
    canvas.drawImage(picture, x, y, width, width * 3 / 4, mask="auto")
    canvas.setStrokeColor("#dde2ea")
    canvas.setLineWidth(0.4)
    canvas.rect(x, y, width, width * 3 / 4, stroke=1, fill=0)
