"""Cells as text, with a mark before those of spreadsheets that are more than text.

A mark is NUL and a letter: no true text has a NUL in it. `0.1` typed into a spreadsheet is a
number and needs no guess about its decimal sign; a formula or a date is refused with its reason
where a code or a price should stand.
"""

from __future__ import annotations

import math
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from app.decks.deck import RowError

NUL = "\0"
NUMBER = "\0#"
FORMULA = "\0f"
ERROR = "\0e"
BOOLEAN = "\0b"
DATE = "\0d"
HAS_NUL = "\0n"

_MARK_LENGTH = 2
_CODE_OF_MARK = {
    FORMULA: "formula",
    ERROR: "error_cell",
    BOOLEAN: "boolean_cell",
    DATE: "date_cell",
    HAS_NUL: "nul",
}
_PLACES = Decimal("0.000001")
_LARGE = 10**9
_NOISE = Decimal("1e-9")
"""A float is off by less than this where a person typed at most six decimals."""


def shown(cell: str) -> str:
    """Return a cell without its mark, for messages."""
    return cell[_MARK_LENGTH:] if cell.startswith(NUL) else cell.strip()


def text_of(cell: str, column: str) -> str:
    """Return a cell's text without white space at its ends.

    Raises `RowError` for formulas, errors, booleans, dates and NULs.
    """
    if cell.startswith(NUL):
        code = _CODE_OF_MARK.get(cell[:_MARK_LENGTH])
        if code is not None:
            raise RowError(column, code, shown(cell))
        return cell[_MARK_LENGTH:]
    return cell.strip()


def of_float(value: float) -> str:
    """Write a spreadsheet's number, exactly; binary noise far behind the sixth place is cut."""
    if not math.isfinite(value):
        return ERROR + repr(value)
    # repr is the shortest text of this float: what a person typed, unless it was computed.
    exact = Decimal(repr(value))
    # Beyond a thousand millions there is neither a price nor a sixth place in a float.
    rounded = exact.quantize(_PLACES) if abs(exact) < _LARGE else exact
    if abs(exact - rounded) <= _NOISE:
        exact = rounded
    text = format(exact, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return NUMBER + (text if text != "-0" else "0")


def of_text(value: str) -> str:
    """Mark a text that has a NUL in it."""
    return HAS_NUL + value if NUL in value else value


def of_value(value: object, data_type: str) -> str:
    """Return a spreadsheet library's value as a cell; `data_type` f is a formula, e an error."""
    if value is None:
        return ""
    if data_type == "f":
        return FORMULA + str(value)
    if data_type == "e":
        return ERROR + str(value)
    if isinstance(value, bool):
        return BOOLEAN + str(value).upper()
    if isinstance(value, int):
        return NUMBER + str(value) if abs(value) < 10**18 else ERROR + "#"
    if isinstance(value, float):
        return of_float(value)
    if isinstance(value, datetime | date | time | timedelta):
        return DATE + (str(value) if isinstance(value, timedelta) else value.isoformat())
    return of_text(str(value))
