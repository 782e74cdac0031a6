"""The table of a price list: rows of one column's width, and the columns filled with them."""

from __future__ import annotations

from dataclasses import dataclass

from app.texts import catalogue
from printing import figures
from printing.figures import BOLD, MEDIUM, REGULAR
from printing.price_document import PriceLine, PriceList, PriceSection
from printing.price_page import (
    ACCENT,
    INK,
    MUTED,
    ROOM,
    Block,
    Flag,
    Ink,
    Item,
    Rule,
    Words,
    paragraph,
    wrap,
)

_FLAG = 1.5
"""Width of a flag over the size of the letters beside it."""

_GUTTER = 2.0
"""Room for a flag, over the size of the letters."""

_INDENT = 1.0
_MARK = 0.62
_CELL_GAP = 1.1
_HEADING_ROOM = 6.5
"""The widest heading of a column of figures, over the size of its letters."""

_COLUMN_GAP = 24.0
_NOTHING = "0.,"
_RANGE = "–"
_LABEL_ROOM = 9.0
"""Least room for the names of destinations, over the size of their letters."""

_TOGETHER_MAX = 4
"""A country of so many lines is not cut at the end of a column."""

_TAB = 0.5
"""Where destinations begin beside their country, as a share of the room for names."""


@dataclass(frozen=True, slots=True)
class Style:
    """Size of the letters, number of columns of text, white above and below a line over `size`."""

    size: float
    columns: int
    white: float = 0.4

    @property
    def width(self) -> float:
        """Width of one column of text."""
        return (ROOM - (self.columns - 1) * _COLUMN_GAP) / self.columns

    def left(self, column: int) -> float:
        """Return where a column begins, from the margin."""
        return column * (self.width + _COLUMN_GAP)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: what it shows, and how it stands with its neighbours.

    `again` is what a column begins with where it is cut before this row: the country's name.
    """

    block: Block
    keeps_next: bool = False
    again: Block | None = None
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class _Cells:
    """A column of figures: where its decimals stand, from the left edge."""

    left: float
    decimal: float
    right: float


class Table:
    """Sets the rows of a list in a style."""

    def __init__(self, document: PriceList, style: Style) -> None:
        """Measure all figures."""
        self._document = document
        self.style = style
        self._size = style.size
        self._small = max(6.5, style.size * 0.82)
        self._headings = [self._heading_lines(text) for text in document.columns]
        self._cells = self._measured()
        self._label_room = (self._cells[0].left if self._cells else style.width) - self._gutter

    @property
    def has_room(self) -> bool:
        """Tell whether the figures leave room for the names of destinations."""
        return self._label_room >= self._size * _LABEL_ROOM

    @property
    def _gutter(self) -> float:
        return self._size * _GUTTER

    def _heading_lines(self, text: str) -> list[str]:
        room = self._small * _HEADING_ROOM
        return wrap(figures.adapt(text), MEDIUM, self._small, room)

    def _measured(self) -> list[_Cells]:
        found: list[_Cells] = []
        right = self.style.width
        for column in reversed(range(len(self._document.columns))):
            before, after, whole = self._widest(column)
            headings = self._headings[column]
            heading = max(figures.width(line, MEDIUM, self._small) for line in headings)
            left = right - max(before + after, whole, heading) - self._size * _CELL_GAP
            found.insert(0, _Cells(left, right - after, right))
            right = left
        return found

    def _widest(self, column: int) -> tuple[float, float, float]:
        """Return the widest whole part, fraction and range of a column."""
        before = after = whole_range = 0.0
        seen = {
            line.cells[column]
            for section in self._document.sections
            for line in section.lines
            if len(line.cells) > column
        }
        for text in seen:
            whole, fraction = self._split(text)
            if _RANGE in text:
                width = figures.width(whole + fraction, BOLD, self._size)
                whole_range = max(whole_range, width)
                continue
            before = max(before, figures.width(whole, BOLD, self._size))
            after = max(after, figures.width(fraction, BOLD, self._size))
        return before, after, whole_range

    def _split(self, text: str) -> tuple[str, str]:
        whole, decimal, fraction = figures.adapt(text).partition(self._document.decimal)
        return whole, decimal + fraction

    def heading(self) -> Block:
        """Return the headings of the columns of figures, put above each column of text."""
        size, step = self._small, self._small * 1.25
        unit = wrap(
            figures.adapt(self._document.unit), MEDIUM, size, self._label_room + self._gutter
        )
        lines = max(len(unit), *(len(lines) for lines in self._headings))
        items: list[Item] = [
            Words(0.0, (number + 1) * step, text, MEDIUM, size, MUTED)
            for number, text in enumerate(unit, lines - len(unit))
        ]
        for cells, texts in zip(self._cells, self._headings, strict=True):
            for number, text in enumerate(texts, lines - len(texts)):
                x = cells.right - figures.width(text, MEDIUM, size)
                items.append(Words(x, (number + 1) * step, text, MEDIUM, size, MUTED))
        height = lines * step + size * 0.5
        items.append(Rule(0.0, height, self.style.width, INK, 0.9))
        return Block(height + size * 0.3, tuple(items))

    def rows(self) -> list[Row]:
        """Return all rows: sections with their lines, then the notes."""
        rows: list[Row] = []
        for section in self._document.sections:
            rows.append(Row(self._title(section), keeps_next=True))
            rows += self._of_section(section)
        if self._document.notes:
            _ = catalogue(self._document.language).gettext
            rows.append(
                Row(self._title(PriceSection(_("Notes"), ())), keeps_next=True, is_note=True)
            )
            rows += [Row(self._note(*note), is_note=True) for note in self._document.notes]
        return rows

    def _of_section(self, section: PriceSection) -> list[Row]:
        _ = catalogue(self._document.language).gettext
        rows: list[Row] = []
        again: Block | None = None
        country: PriceLine | None = None
        together = False
        for place, line in enumerate(section.lines):
            after = section.lines[place + 1] if place + 1 < len(section.lines) else None
            has_more = after is not None and after.level > 0
            if not line.level:
                together = _following(section.lines, place) < _TOGETHER_MAX
                label = _("{country} (continued)").format(country=line.label)
                again = self._line(PriceLine(label, (), line.country), has_more=True)
                if self._is_wide and has_more and not line.cells:
                    country = line  # it stands before the first of its destinations
                    continue
            block = self._line(line, has_more=has_more, country=country)
            keeps = has_more and (together or not line.level)
            rows.append(Row(block, keeps, again if line.level and country is None else None))
            country = None
        return rows

    @property
    def _is_wide(self) -> bool:
        return self.style.columns == 1

    @property
    def _tab(self) -> float:
        """Where destinations begin below or beside their country."""
        if self._is_wide:
            return self._gutter + self._label_room * _TAB
        return self._gutter + self._size * _INDENT

    def _title(self, section: PriceSection) -> Block:
        size = self._size * 1.2
        room = self.style.width - self._gutter - size
        text = paragraph(section.title, Ink(BOLD, size, ACCENT), room)
        top = self._size * 0.9
        items: list[Item] = []
        left = 0.0
        if section.country:
            width = size * _FLAG
            items.append(Flag(0.0, top + size * 0.16, width, section.country.lower()))
            left = width + size * 0.6
        items += text.at(left, top)
        return Block(top + text.height + self._size * 0.35, tuple(items))

    def _line(
        self, line: PriceLine, *, has_more: bool = False, country: PriceLine | None = None
    ) -> Block:
        """Set a line; `country` stands before its first destination, `has_more` follow."""
        size, pad = self._size, self._size * self.style.white
        indent = self._tab if line.level else self._gutter
        marks = " ".join(line.marks)
        mark_width = figures.width(marks, MEDIUM, size * _MARK) + size * 0.3 if marks else 0.0
        room = self._label_room + self._gutter - indent - mark_width
        text = paragraph(line.label, Ink(REGULAR if line.level else MEDIUM, size), room)
        items = list(text.at(indent, pad))
        last = items[-1]
        assert isinstance(last, Words)
        if marks:
            x, base = last.x + last.width + size * 0.15, last.base - size * 0.36
            items.append(Words(x, base, marks, MEDIUM, size * _MARK, ACCENT))
        for cells, cell in zip(self._cells, line.cells, strict=False):
            items += self._figures(cells, cell, last.base)
        height = text.height
        if country is not None:
            name = paragraph(country.label, Ink(MEDIUM, size), self._tab - self._gutter - size)
            items += name.at(self._gutter, pad)
            height = max(height, name.height)
        flag = country.country if country is not None else line.country
        if flag:
            items.append(Flag(0.0, pad + size * 0.1, size * _FLAG, flag.lower()))
        height += 2 * pad
        start = self._tab if has_more and self._is_wide else 0.0
        items.append(Rule(start, height, self.style.width - start))
        return Block(height, tuple(items))

    def _figures(self, cells: _Cells, text: str, base: float) -> list[Words]:
        """Set a figure with its decimals under those of the others, a range to the right."""
        if not text:
            return []
        whole, fraction = self._split(text)
        x = cells.decimal - figures.width(whole, BOLD, self._size)
        if _RANGE in text:
            x = cells.right - figures.width(whole + fraction, BOLD, self._size)
        # Nothing to pay is said, but not loudly: the eye looks for where there is something.
        colour = INK if text.strip(_NOTHING) else MUTED
        return [Words(x, base, whole + fraction, BOLD, self._size, colour)]

    def _note(self, mark: str, sentence: str) -> Block:
        size = self._small
        text = paragraph(sentence, Ink(REGULAR, size), self.style.width - size * 2)
        number = Words(0.0, size * 1.02, mark, MEDIUM, size, ACCENT)
        return Block(text.height + size * 0.4, (number, *text.at(size * 2, 0.0)))


def _following(lines: tuple[PriceLine, ...], place: int) -> int:
    """Return how many lines belong to the one at this place."""
    count = 0
    while place + count + 1 < len(lines) and lines[place + count + 1].level:
        count += 1
    return count


@dataclass(frozen=True, slots=True)
class Flow:
    """Fills the columns of a page with rows."""

    rows: list[Row]
    heading: float  # height of the headings above each column

    def column(self, start: int, limit: float) -> int:
        """Return the first row that no longer fits into a column which begins with `start`."""
        used, place = self._opening(start), start
        while place < len(self.rows):
            used += self.rows[place].block.height
            if used > limit and place > start:
                break
            place += 1
        if place == len(self.rows):
            return place
        while place - 1 > start and self.rows[place - 1].keeps_next:
            place -= 1
        return place

    def _opening(self, start: int) -> float:
        row = self.rows[start]
        again = row.again.height if row.again is not None else 0.0
        return again + (0.0 if row.is_note else self.heading)

    def page(self, start: int, limit: float, columns: int) -> list[tuple[int, int]]:
        """Return the rows of each column of a page; on the last page the columns end together."""
        whole = self._filled(start, limit, columns)
        if whole[-1][1] < len(self.rows) or columns == 1:
            return whole
        low, high = 0.0, limit
        while high - low > 1.0:
            middle = (low + high) / 2
            is_enough = self._filled(start, middle, columns)[-1][1] == len(self.rows)
            low, high = (low, middle) if is_enough else (middle, high)
        return self._filled(start, high, columns)

    def _filled(self, start: int, limit: float, columns: int) -> list[tuple[int, int]]:
        found = []
        for _ in range(columns):
            if start == len(self.rows):
                break
            end = self.column(start, limit)
            found.append((start, end))
            start = end
        return found
