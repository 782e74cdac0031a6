"""The rows of a table, gathered by what stands beside their codes.

A deck of 250,000 rows has some thousand destinations: rows whose other cells are equal are
read once. Only the code is looked at row by row.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

from app.decks.cells import shown
from app.decks.columns import Columns
from app.decks.deck import DeckError, RowError
from app.decks.rates import Made
from app.decks.table import ROWS_MAX, Numbered, Row, Table, Watch

SLICE = 8192
"""Rows between two looks at the clock."""

_MINIMUM = 3
"""Columns that a row without a header must have."""


class Cells:
    """The cells of one or many rows, without the code, and what they say.

    `line` is the first of these rows. After reading, exactly one of `made` and `error` is set.
    """

    __slots__ = ("error", "line", "made", "values")

    def __init__(self, values: tuple[str, ...], line: int) -> None:
        self.values = values
        self.line = line
        self.made: Made | None = None
        self.error: RowError | None = None


class Gathered:
    """All rows, in three lists side by side; `different` has each `Cells` once.

    Lists, not a tuple a row: the garbage collector would look at each of those again and again.
    """

    def __init__(self) -> None:
        self.lines: list[int] = []
        self.codes: list[str] = []
        self.cells: list[Cells] = []
        self.different: dict[tuple[str, ...], Cells] = {}
        self.refused: list[tuple[int, RowError]] = []

    def rows(self) -> Iterator[tuple[int, str, Cells]]:
        """Yield line, code and cells of every row."""
        return zip(self.lines, self.codes, self.cells, strict=True)

    def of_column(self, index: int) -> Iterator[tuple[int, str]]:
        """Yield the different cells of a column of `Cells.values`, with their first lines."""
        seen: set[str] = set()
        for cells in self.different.values():
            value = cells.values[index]
            if value not in seen:
                seen.add(value)
                yield cells.line, value


def gather(
    rows: Iterator[Numbered], columns: Columns, width: int, table: Table, watch: Watch
) -> Gathered:
    """Gather the rows below the header, which has `width` columns (0: there is no header).

    Raises `DeckError`: `too_many_rows`; `Cancelled`.
    """
    found = Gathered()
    different = found.different
    add_line, add_code, add_cells = found.lines.append, found.codes.append, found.cells.append
    pick = itemgetter(*(index for _, index in columns.others))
    fit = _Fit(columns, width, is_ragged=table.kind != "csv")
    code_index = columns.code
    for count, (line, cut) in enumerate(rows):
        if not count % SLICE:
            watch.at(table.done(), table.total, half=0)
            if count > ROWS_MAX:
                raise DeckError("too_many_rows", limit=ROWS_MAX)
        row = cut
        if isinstance(row, RowError) or len(row) != width:
            row = fit.row(row)
            if isinstance(row, RowError):
                found.refused.append((line, row))
                continue
            if not row:
                continue
        values: tuple[str, ...] = pick(row)
        cells = different.get(values)
        if cells is None:
            cells = different[values] = Cells(values, line)
        add_line(line)
        add_code(row[code_index])
        add_cells(cells)
    return found


class _Fit:
    """Makes rows as wide as the header, where that is harmless."""

    def __init__(self, columns: Columns, width: int, *, is_ragged: bool) -> None:
        last = max(columns.code, *(index for _, index in columns.others))
        self._is_ragged = is_ragged
        self._width = width or last + 1
        self._least = width or min(_MINIMUM, self._width)
        self._is_open = not width

    def row(self, row: Row | RowError) -> Row | RowError:
        """Return the row, empty where it is blank, or why it is refused: `wrong_columns`."""
        if isinstance(row, RowError):
            return row
        if not any(shown(cell) for cell in row):
            return []
        is_short = len(row) < self._least and not self._is_ragged
        extra = row[self._width :]
        is_long = not (self._is_open or self._is_ragged) and any(shown(cell) for cell in extra)
        if is_short or is_long:
            return RowError("", "wrong_columns", str(len(row)))
        return row + [""] * (self._width - len(row))
