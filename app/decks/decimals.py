"""Decimal sign of a column, and prices as they stand in decks.

The sign is decided by all rows of a column together, and never guessed: `1,234` alone may be
a thousand or a little more than one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.decks.cells import NUL, text_of
from app.decks.currencies import CODES, SYMBOLS
from app.decks.deck import DeckError, RowError
from app.domain.money import MoneyError, Price, parse_price

UNDECIDED = "?"
_GROUP = 3
_LENGTH_MAX = 40
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009'’]+")
_SIGNS = "".join(SYMBOLS) + "$"
_CURRENCY = re.compile(
    rf"\A(?:([A-Za-z]{{3}})(?![A-Za-z])|[{re.escape(_SIGNS)}])?\s*(.*?)\s*"
    rf"(?:(?<![A-Za-z])([A-Za-z]{{3}})|[{re.escape(_SIGNS)}])?\Z",
    re.DOTALL,
)
_GROUPED = {
    ",": re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+\Z"),
    ".": re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+\Z"),
}


def bare(text: str) -> str:
    """Return a price without currency and blanks."""
    match = _CURRENCY.match(text) if len(text) <= _LENGTH_MAX else None
    if match is not None:
        codes = {code.upper() for code in (match[1], match[3]) if code}
        text = match[2] if codes <= CODES else text
    return _SPACES.sub("", text)


def currency_in(text: str) -> str:
    """Return the ISO code that stands in a price's cell, "" if none."""
    for symbol, code in SYMBOLS.items():
        if symbol in text:
            return code
    match = _CURRENCY.match(text) if len(text) <= _LENGTH_MAX else None
    codes = {code.upper() for code in (match[1], match[3]) if code} & CODES if match else set()
    return codes.pop() if len(codes) == 1 else ""


def evidence(text: str) -> str:
    """Return the decimal sign that a text proves, `UNDECIDED`, or "" where it says nothing."""
    number = bare(text).lstrip("+-")
    signs = [sign for sign in number if sign in ",."]
    if not signs or not number.replace(",", "").replace(".", "").isdigit():
        return ""
    last = signs[-1]
    if len(set(signs)) > 1:
        return last if signs.count(last) == 1 else ""
    if len(signs) > 1:
        return ("." if last == "," else ",") if _GROUPED[last].match(number) else ""
    whole, _, fraction = number.partition(last)
    is_group = len(fraction) == _GROUP and 1 <= len(whole) <= _GROUP and whole[0] != "0"
    return UNDECIDED if is_group else last


def decide(column: str, cells: Iterable[tuple[int, str]], *, has_point: bool) -> str:
    """Return the decimal sign of a column, from its different cells and their lines.

    `has_point`: the column is in the generic form, whose sign is the point unless commas
    show otherwise. Raises `DeckError`: `mixed_decimal`, `undecidable_decimal`.
    """
    proofs: dict[str, tuple[int, str]] = {}
    for line, cell in cells:
        if cell and not cell.startswith(NUL) and not _adds_nothing(cell, proofs):
            proof = evidence(cell)
            if proof == UNDECIDED and has_point and "." in cell:
                proof = "."
            proofs.setdefault(proof, (line, cell.strip()))
    if "." in proofs and "," in proofs:
        (line, value), (other_line, other) = proofs["."], proofs[","]
        raise DeckError(
            "mixed_decimal",
            column=column,
            line=line,
            value=value,
            other_line=other_line,
            other=other,
        )
    if UNDECIDED in proofs and not {".", ","} & proofs.keys():
        line, value = proofs[UNDECIDED]
        raise DeckError("undecidable_decimal", column=column, line=line, value=value)
    return "," if "," in proofs else "."


def _adds_nothing(cell: str, proofs: dict[str, tuple[int, str]]) -> bool:
    """Tell whether a cell can only prove what is proved: spares a long look at each."""
    points, commas = cell.count("."), cell.count(",")
    return (points <= 1 and not commas and "." in proofs) or (
        commas <= 1 and not points and "," in proofs
    )


def price_of(cell: str, column: str, decimal: str) -> Price | None:
    """Read a price; None where the cell is blank. Raises `RowError`."""
    text = text_of(cell, column)
    if not text:
        return None
    number = text if cell.startswith(NUL) else _with_point(bare(text), decimal)
    try:
        if number is None or NUL in number:
            raise MoneyError("not_a_number", text)
        return parse_price(number)
    except MoneyError as error:
        raise RowError(column, error.code, text) from error


def _with_point(number: str, decimal: str) -> str | None:
    """Return a number with a decimal point and no groups, None where the groups are wrong."""
    other = "," if decimal == "." else "."
    if other not in number:
        return number.replace(",", ".")
    whole, _, fraction = number.partition(decimal)
    if not _GROUPED[other].match(whole) or other in fraction:
        return None
    return f"{whole.replace(other, '')}.{fraction}"
