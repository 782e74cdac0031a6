"""XLSX through openpyxl, read only and row by row; formulas are seen as formulas."""

from __future__ import annotations

import contextlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from app.decks import xlsx_guard
from app.decks.cells import NUMBER, of_value
from app.decks.deck import DeckError
from app.decks.table import COLUMNS_MAX, Numbered, Row, Table

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

CELLS_MAX = 20_000_000

_ZEROS = re.compile(r"0{2,15}\Z")

# What openpyxl lets through on files that are no true XLSX; it has no error class of its own
# for them.
_DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    ParseError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


@contextmanager
def damage_named() -> Iterator[None]:
    """Turn what a library raises on a damaged file into `DeckError`: `not_a_spreadsheet`."""
    try:
        yield
    except _DAMAGE as error:
        raise DeckError("not_a_spreadsheet") from error


def tables_of(content: bytes) -> list[Table]:
    """Return the visible sheets of an XLSX. Raises `DeckError`."""
    xlsx_guard.check(content)
    # Only who imports a spreadsheet waits for the library.
    import openpyxl  # noqa: PLC0415

    # It prints what it thinks of a damaged style: that is no part of a command's output.
    with damage_named(), contextlib.redirect_stdout(io.StringIO()):
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    return [_table(sheet) for sheet in sheets]


def _table(sheet: ReadOnlyWorksheet) -> Table:
    total = sheet.max_row or 1
    # The size that a sheet says it has may be a lie: rows behind it would be left out.
    sheet.reset_dimensions()
    line = 0

    def rows() -> Iterator[Numbered]:
        nonlocal line
        cells = 0
        with damage_named():
            for row in sheet.rows:
                line += 1
                cells += len(row)
                if len(row) > COLUMNS_MAX and any(c.value is not None for c in row[COLUMNS_MAX:]):
                    raise DeckError("too_many_columns", limit=COLUMNS_MAX)
                if cells > CELLS_MAX:
                    raise DeckError("too_many_cells", limit=CELLS_MAX)
                yield line, _row(row[:COLUMNS_MAX])

    return Table("xlsx", rows(), lambda: line, max(total, 1), sheet=sheet.title)


def _row(cells: tuple[Cell | MergedCell, ...]) -> Row:
    row = [_cell(cell) for cell in cells]
    while row and not row[-1]:
        row.pop()
    return row


def _cell(cell: Cell | MergedCell) -> str:
    value: object = cell.value
    if value is None:
        return ""
    text = of_value(value, str(cell.data_type))
    if type(value) is int and value >= 0 and _ZEROS.match(cell.number_format):
        # The cell's own format shows the zeros that the number has not: 6 as 06.
        text = NUMBER + text.removeprefix(NUMBER).zfill(len(cell.number_format))
    return text
