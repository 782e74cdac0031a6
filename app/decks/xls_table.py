"""The old XLS through xlrd. It has the results of formulas only, which are taken as values."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from app.decks.cells import BOOLEAN, DATE, ERROR, of_float, of_text
from app.decks.deck import DeckError
from app.decks.table import COLUMNS_MAX, Numbered, Row, Table
from app.decks.xlsx_table import damage_named

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF_STARTS = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_ENCRYPTED_PARTS = tuple(
    name.encode("utf-16-le") for name in ("EncryptedPackage", "EncryptionInfo")
)


def is_xls(content: bytes) -> bool:
    """Tell whether a file begins as old Excel files do, in their container or bare."""
    is_bare = content[:2] in _BIFF_STARTS and content[3:4] == b"\x00"
    return content.startswith(OLE) or is_bare


def tables_of(content: bytes) -> list[Table]:
    """Return the visible sheets of an XLS. Raises `DeckError`."""
    # A protected XLSX is wrapped into the old container.
    if any(part in content for part in _ENCRYPTED_PARTS):
        raise DeckError("encrypted")
    # Only who imports an old spreadsheet waits for the library; nobody publishes its types.
    import xlrd  # type: ignore[import-untyped] # noqa: PLC0415

    try:
        with damage_named():
            # It writes what it thinks of a file to a stream: nobody reads that.
            book = xlrd.open_workbook(
                file_contents=content, logfile=io.StringIO(), ragged_rows=True
            )
            return [_table(book, sheet) for sheet in book.sheets() if not sheet.visibility]
    except xlrd.XLRDError as error:
        code = "encrypted" if "encrypt" in str(error).lower() else "not_a_spreadsheet"
        raise DeckError(code) from error
    except xlrd.compdoc.CompDocError as error:
        raise DeckError("not_a_spreadsheet") from error


def _table(book: Any, sheet: Any) -> Table:  # noqa: ANN401  # xlrd has no types
    done = 0

    def rows() -> Iterator[Numbered]:
        nonlocal done
        with damage_named():
            for index in range(sheet.nrows):
                done = index + 1
                yield done, _row(book, sheet.row(index)[:COLUMNS_MAX])

    return Table("xls", rows(), lambda: done, max(1, int(sheet.nrows)), sheet=str(sheet.name))


def _row(book: Any, cells: list[Any]) -> Row:  # noqa: ANN401  # xlrd has no types
    row = [_cell(book, cell.ctype, cell.value) for cell in cells]
    while row and not row[-1]:
        row.pop()
    return row


def _cell(book: Any, kind: int, value: Any) -> str:  # noqa: ANN401  # xlrd has no types
    import xlrd  # noqa: PLC0415  # loaded long ago

    if kind == xlrd.XL_CELL_NUMBER:
        return of_float(float(value))
    if kind == xlrd.XL_CELL_DATE:
        if value < 0:
            return ERROR + repr(value)  # as Excel shows it
        try:
            return DATE + str(xlrd.xldate_as_datetime(value, book.datemode).isoformat())
        except (ValueError, OverflowError):
            return ERROR + repr(value)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return BOOLEAN + ("TRUE" if value else "FALSE")
    if kind == xlrd.XL_CELL_ERROR:
        return ERROR + str(xlrd.error_text_from_code.get(value, value))
    return of_text(str(value))
