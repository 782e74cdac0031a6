"""Which row is the header, and which column is what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.decks.cells import shown, text_of
from app.decks.codes import prefixes_of
from app.decks.decimals import price_of
from app.decks.deck import VALUE_SHOWN, DeckError, RowError, Template
from app.decks.headings import BAND_NAME_MAX, field_of, normal
from app.decks.table import COLUMNS_MAX, Numbered, Row

TITLE_ROWS = 20
"""Rows with anything in them that may stand above the header."""

CODE_OR_NAME = "code_or_name"
"""PortaBilling's `Destination`: area codes in its own files, a name in most others'."""

_CODES = ("prefix", "area_codes", "country_code")
_FIRST_WINS = frozenset(("destination", "status", "country", "currency", "increments"))
_NEW = frozenset(
    ("new", "nouveau", "nueva", "nuevo", "nova", "novo", "neuer", "новая", "новыи", "новая цена")
)


@dataclass(frozen=True, slots=True)
class Header:
    """The header row: its place in the rows looked at (-1: there is none) and its fields.

    `fields` are parallel to `headings`, "" for what is not understood. `missing` is the first
    required field that is not there.
    """

    index: int
    line: int
    headings: tuple[str, ...]
    fields: tuple[str, ...]

    @property
    def missing(self) -> str:
        """Return the first required field without a column, "" if there is none."""
        known = set(self.fields)
        is_named = bool(known & {"destination", "country", CODE_OR_NAME})
        is_coded = bool(known & {*_CODES, CODE_OR_NAME})
        if not is_coded:
            return "prefix"
        if not is_named:
            return "destination"
        return "" if "price_per_minute" in known else "price_per_minute"

    @property
    def score(self) -> tuple[int, int]:
        """Return how much this looks like a deck's header."""
        return (not self.missing, len({field for field in self.fields if field}))


_NONE = Header(-1, 0, (), ())


def find_header(rows: Sequence[Numbered], template: Template | None) -> Header:
    """Return the first row that names all required columns, else the one that names most."""
    if template is not None and any(isinstance(where, int) for _, where in template.columns):
        return _by_place(rows, template)
    best = _NONE
    titles = 0
    for index, (line, row) in enumerate(rows):
        if isinstance(row, RowError) or not any(shown(cell) for cell in row):
            continue
        headings = _headings(row)
        header = Header(index, line, headings, fields_of(headings, template))
        if not header.missing:
            return header
        best = max(best, header, key=lambda one: one.score)
        titles += 1
        if titles > TITLE_ROWS:
            break
    return best


def _headings(row: Row) -> tuple[str, ...]:
    headings = [" ".join(shown(cell).split()) for cell in row[:COLUMNS_MAX]]
    while headings and not headings[-1]:
        headings.pop()
    return tuple(headings)


def fields_of(headings: tuple[str, ...], template: Template | None) -> tuple[str, ...]:
    """Return the field of each heading, "" where it is not understood."""
    if template is None or not template.columns:
        return tuple(field_of(heading) for heading in headings)
    known: dict[str, str] = {}
    for field, heading in template.columns:
        known.setdefault(_comparable(str(heading)), field)
    return tuple(known.get(_comparable(heading), "") if heading else "" for heading in headings)


def _comparable(heading: str) -> str:
    return normal(heading) or heading


def _by_place(rows: Sequence[Numbered], template: Template) -> Header:
    """Return the header of a file whose columns are told by place: what stands above a price."""
    places = {where: field for field, where in template.columns if isinstance(where, int)}
    price = next((at for at, field in places.items() if field == "price_per_minute"), -1)
    index, line, headings = -1, 0, tuple[str, ...]()
    if template.has_header:
        for at, (number, row) in enumerate(rows):
            if isinstance(row, RowError):
                continue
            if _is_price(row, price):
                break
            index, line, headings = at, number, _headings(row)
        else:
            index, line, headings = -1, 0, ()
    width = max([*places, len(headings) - 1]) + 1
    headings += ("",) * (width - len(headings))
    named = fields_of(headings, template) if index >= 0 else ("",) * width
    fields = tuple(places.get(at, named[at]) for at in range(width))
    if not any(isinstance(row, list) and _is_price(row, price) for _, row in rows):
        fields = ("",) * width
    return Header(index, line, headings, fields)


def _is_price(row: Row, column: int) -> bool:
    if not 0 <= column < len(row):
        return False
    for decimal in ".,":
        try:
            return price_of(row[column], "", decimal) is not None
        except RowError:
            continue
    return False


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the prefix stands, and (field, index) of every other column that is used.

    `is_area`: the code column holds area codes behind the `country_code` column.
    `is_named_by_code`: the file names no destination but by its code.
    """

    code: int
    others: tuple[tuple[str, int], ...]
    is_area: bool = False
    is_named_by_code: bool = False

    def in_order(self) -> tuple[tuple[str, int], ...]:
        """Return all of them in the file's order."""
        code = ("area_codes" if self.is_area else "prefix", self.code)
        own = [pair for pair in self.others if pair[1] != self.code]
        return tuple(sorted((code, *own), key=lambda pair: pair[1]))


def columns_of(header: Header, sample: Sequence[Row]) -> Columns:
    """Settle what each field's column is. Raises `DeckError`.

    Codes: `no_header`, `missing_column`, `repeated_column`, `bad_band`.
    """
    if not any(header.fields):
        raise DeckError("no_header", value="; ".join(header.headings)[:VALUE_SHOWN])
    where: dict[str, int] = {}
    for field in dict.fromkeys(header.fields):
        if field:
            where[field] = _place_of(field, header)
    is_named_by_code = _settle_code_or_name(where, sample)
    if "destination" not in where and "country" in where:
        where["destination"] = where.pop("country")
    code = _settle_code(where)
    if "destination" not in where and is_named_by_code:
        where["destination"] = where[code]
    for field in ("destination", "price_per_minute"):
        if field not in where:
            raise DeckError("missing_column", column=field)
    place = where.pop(code)
    others = tuple(sorted(where.items(), key=lambda pair: pair[1]))
    named_by_code = is_named_by_code and where["destination"] == place
    return Columns(place, others, code == "area_codes", named_by_code)


def _place_of(field: str, header: Header) -> int:
    """Return the column of a field that one or several headings stand for."""
    _, _, band = field.partition("@")
    if len(band) > BAND_NAME_MAX or not band.isprintable() or field.endswith("@"):
        raise DeckError("bad_band", value=band[:VALUE_SHOWN])
    found = [at for at, known in enumerate(header.fields) if known == field]
    literal = [at for at in found if normal(header.headings[at]).replace(" ", "_") == field]
    new = [at for at in found if _NEW & set(normal(header.headings[at]).split())]
    for chosen in (literal, found, new):
        if len(chosen) == 1:
            return chosen[0]
    if field in _FIRST_WINS and len(literal) < 2:  # noqa: PLR2004  # the same heading twice
        return found[0]
    raise DeckError("repeated_column", column=field)


def _settle_code_or_name(where: dict[str, int], sample: Sequence[Row]) -> bool:
    """Tell whether PortaBilling's `Destination` is the code; puts it where it belongs."""
    place = where.pop(CODE_OR_NAME, None)
    if place is None:
        return False
    cells = [row[place] for row in sample if place < len(row) and shown(row[place])]
    if cells and all(_is_code(cell) for cell in cells):
        where["area_codes"] = place
        return True
    where["destination"] = place
    return False


def _is_code(cell: str) -> bool:
    try:
        return bool(prefixes_of(text_of(cell, ""), "1"))
    except RowError:
        return False


def _settle_code(where: dict[str, int]) -> str:
    """Return the field that holds the codes; the others of their kind are left out."""
    if "prefix" in where:
        where.pop("country_code", None)
        where.pop("area_codes", None)
        return "prefix"
    if "area_codes" in where and "country_code" in where:
        return "area_codes"
    for field in ("area_codes", "country_code"):
        if field in where:
            where["prefix"] = where.pop(field)
            return "prefix"
    raise DeckError("missing_column", column="prefix")
