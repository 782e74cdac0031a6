"""Code cells: one prefix, a list, ranges (`1204,1226-1228`, `1226-28`), and Excel's damage."""

from __future__ import annotations

import re

from app.decks.cells import DATE, NUMBER, shown, text_of
from app.decks.deck import RowError
from app.domain.tariff import PREFIX_MAX

ROW_MAX = 10_000
"""Prefixes that one cell may stand for."""

EXPANDED_MAX = 500_000
"""Prefixes that all lists and ranges of a file may stand for."""

LOST_ZERO = ("392", "396", "399", "2251", "2255", "2257", "2424", "2425", "2426")
"""Beginnings that no number of Italy, Ivory Coast or Congo has, unless a zero was lost in them."""

_COLUMN = "prefix"
_SEPARATORS = re.compile(r"[,;/\n\r]+")
_BLANKS = re.compile(r"[\s.\u00a0\u202f()]+")
_GAP = r"[ \u00a0\u202f]+"
_JOINED = re.compile(rf"[0-9]{_GAP}[0-9]+\s*[-‐-―−]|[-‐-―−]\s*[0-9]+{_GAP}[0-9]")
_DASHES = re.compile("[‐-―−]")
_ITEM = re.compile(r"\+?([0-9]+)(?:-\+?([0-9]+))?\Z")
_SCIENTIFIC = re.compile(r"\+?[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]+\Z")
_WHOLE_NUMBER = re.compile(r"([0-9]+)[.,]0+\Z")
_MONTH = re.compile(
    r"(?:[0-9]{1,4}[-./ ])?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
    r"[-./ ]?[0-9]{0,4}\Z",
    re.IGNORECASE,
)


def is_damaged_whole(cell: str) -> bool:
    """Tell whether a code was written as a number with `.0` behind it."""
    return _WHOLE_NUMBER.match(cell.strip()) is not None


def prefixes_of(cell: str, country_code: str | None) -> list[str]:
    """Return the prefixes of a code cell, each area code behind its country code.

    `country_code` None: the cell holds whole prefixes, perhaps with `+`, `00` or `011`.
    Raises `RowError`: `bad_prefix`, `bad_range`, `range_too_long`, `excel_damage`,
    `date_for_code`, and those of `text_of`.
    """
    text = _undamaged(cell)
    if _JOINED.search(text):
        # `1204 1226-1228` is a list without its comma; `44 20 7946` is one code.
        raise RowError(_COLUMN, "bad_range", text)
    front = "" if country_code is None else country_of(country_code)
    items = [item for item in _SEPARATORS.split(text) if item.strip()]
    if not items:
        if not front:
            raise RowError(_COLUMN, "bad_prefix", text)
        return [front]
    found: list[str] = []
    for item in items:
        left, right = _ends(item, text, is_whole=country_code is None)
        count = int(right) - int(left) + 1
        if count < 1:
            raise RowError(_COLUMN, "bad_range", text)
        if len(found) + count > ROW_MAX:
            raise RowError(_COLUMN, "range_too_long", text)
        size = len(left)
        found.extend(front + str(int(left) + step).zfill(size) for step in range(count))
    return found


def _undamaged(cell: str) -> str:
    if cell.startswith(DATE):
        raise RowError(_COLUMN, "date_for_code", shown(cell))
    text = text_of(cell, _COLUMN)
    if cell.startswith(NUMBER) and not text.isdigit():
        raise RowError(_COLUMN, "bad_prefix", text)
    if _SCIENTIFIC.match(text):
        raise RowError(_COLUMN, "excel_damage", text)
    if _MONTH.match(text):
        raise RowError(_COLUMN, "date_for_code", text)
    whole = _WHOLE_NUMBER.match(text)
    return whole[1] if whole else text


def country_of(cell: str) -> str:
    """Return a country code cell as digits; `+1-876` and `1 876` are one code."""
    digits = _BLANKS.sub("", _undamaged(cell)).replace("-", "").removeprefix("+")
    digits = digits.removeprefix("011") if digits.startswith("011") else digits.removeprefix("00")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > PREFIX_MAX:
        raise RowError("country_code", "bad_prefix", shown(cell))
    return digits


def _ends(item: str, text: str, *, is_whole: bool) -> tuple[str, str]:
    """Return both ends of a range, equally long; of a single code, the code twice."""
    match = _ITEM.match(_DASHES.sub("-", _BLANKS.sub("", item)))
    if match is None:
        raise RowError(_COLUMN, "bad_prefix", text)
    left, right = match[1], match[2]
    if is_whole:
        left = _without_access(left)
        right = right and _without_access(right)
    right = left if right is None else right
    if not left or max(len(left), len(right)) > PREFIX_MAX:
        raise RowError(_COLUMN, "bad_prefix", text)
    if not 0 < len(right) <= len(left):
        raise RowError(_COLUMN, "bad_range", text)
    return left, left[: len(left) - len(right)] + right


def _without_access(digits: str) -> str:
    """Drop the international access code: `011` of North America or `00` of most others."""
    return digits.removeprefix("011") if digits.startswith("011") else digits.removeprefix("00")
