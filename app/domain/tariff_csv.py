"""A tariff as CSV: read with every bad row named, written so that it reads back the same.

Columns by name in any order: `prefix`, `destination`, `price_per_minute`, and optionally
`connection_fee`, `first_increment`, `next_increment`, `country`. Separated by `;` `,` TAB or
`|`, in UTF-8 or else Windows-1252, decimals with comma or point.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from app.domain.money import Currency, MoneyError, Price, parse_price, plain_price
from app.domain.tariff import Rate, fault_of

REQUIRED = ("prefix", "destination", "price_per_minute")
OPTIONAL = ("connection_fee", "first_increment", "next_increment", "country")
DELIMITERS = (";", ",", "\t", "|")

SIZE_MAX = 64 * 1024 * 1024
"""Bytes (or characters) of the largest file read: some million rows."""

DESTINATION_MAX = 80
_VALUE_SHOWN = 60
_COUNTRY_LENGTH = 2
_HEADER_MAX = 4096
_INCREMENT_DIGITS = 5

_COLUMN_OF_FAULT = {
    "bad_prefix": "prefix",
    "missing_destination": "destination",
    "negative_price": "price_per_minute",
    "price_too_large": "price_per_minute",
    "negative_fee": "connection_fee",
    "fee_too_large": "connection_fee",
    "bad_first_increment": "first_increment",
    "bad_next_increment": "next_increment",
}


class TariffFileError(ValueError):
    """A file that is no tariff as a whole.

    Codes: `empty`, `too_large`, `not_text`, `no_header`, `missing_column`, `repeated_column`
    (`value` names the column), `no_rows`.
    """

    def __init__(self, code: str, value: str = "") -> None:
        super().__init__(f"{code}: {value}" if value else code)
        self.code = code
        self.value = value


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was not taken: the `line` it begins on, counted from 1, and why.

    Codes: those of `tariff.fault_of`, and `not_a_number`, `empty`, `too_precise`, `too_large`
    (a price), `bad_country`, `bad_text`, `destination_too_long`, `nul`, `wrong_columns`,
    `bad_quotes`, `duplicate_prefix` (`other_line` is the first one's).
    """

    line: int
    column: str
    code: str
    value: str
    other_line: int = 0


@dataclass(frozen=True, slots=True)
class TariffFile:
    """What a file holds. `repeated` are the lines that say again what an earlier one said.

    `ignored` are columns this version does not know: show them before anything is taken.
    """

    name: str
    currency: Currency
    rates: tuple[Rate, ...]
    bad: tuple[BadRow, ...]
    repeated: tuple[int, ...] = ()
    ignored: tuple[str, ...] = ()
    delimiter: str = ","
    encoding: str = "utf-8"


class _RowError(Exception):
    """The row being read is bad in this column."""

    def __init__(self, column: str, code: str, value: str) -> None:
        super().__init__(code)
        self.column = column
        self.code = code
        self.value = value


@dataclass(slots=True)
class _Collected:
    """The rows so far."""

    first: dict[str, tuple[int, Rate]] = field(default_factory=dict)
    bad: list[BadRow] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)

    def refuse(self, line: int, error: _RowError, other_line: int = 0) -> None:
        shown = error.value[:_VALUE_SHOWN]
        self.bad.append(BadRow(line, error.column, error.code, shown, other_line))

    def take(self, line: int, rate: Rate) -> None:
        other_line, other = self.first.setdefault(rate.prefix, (line, rate))
        if other_line == line:
            return
        if other == rate:
            self.repeated.append(line)
        else:
            error = _RowError("prefix", "duplicate_prefix", rate.prefix)
            self.refuse(line, error, other_line)


def read_tariff(text: str | bytes, *, currency: Currency, name: str) -> TariffFile:
    """Read a tariff. Raises `TariffFileError`, and nothing else whatever the bytes are.

    White space at the ends of a cell is dropped, inside a destination it becomes one blank.
    """
    if len(text) > SIZE_MAX:
        raise TariffFileError("too_large")
    decoded, encoding = (text, "utf-8") if isinstance(text, str) else _decoded(text)
    decoded = decoded.removeprefix("\ufeff")
    if not decoded.strip():
        raise TariffFileError("empty")
    delimiter = _delimiter(decoded)
    rows = _rows(decoded, delimiter)
    header = _header(rows)
    collected = _Collected()
    for line, row in rows:
        try:
            collected.take(line, _rate(_cells(header, row)))
        except _RowError as error:
            collected.refuse(line, error)
    if not collected.first and not collected.bad:
        raise TariffFileError("no_rows")
    return TariffFile(
        name=name,
        currency=currency,
        rates=tuple(rate for _, rate in collected.first.values()),
        bad=tuple(collected.bad),
        repeated=tuple(collected.repeated),
        ignored=tuple(column for column in header if column not in REQUIRED + OPTIONAL),
        delimiter=delimiter,
        encoding=encoding,
    )


def write_tariff(rates: Iterable[Rate]) -> str:
    """Write rates as CSV with all columns; `read_tariff` gives the same rates back."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(REQUIRED + OPTIONAL)
    writer.writerows(
        (
            rate.prefix,
            rate.destination,
            plain_price(rate.price_per_minute),
            plain_price(rate.connection_fee),
            rate.first_increment,
            rate.next_increment,
            rate.country,
        )
        for rate in rates
    )
    return out.getvalue()


def _decoded(data: bytes) -> tuple[str, str]:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise TariffFileError("not_text")


def _delimiter(text: str) -> str:
    """Return the delimiter that makes most known columns of the first line."""
    first_line = text.lstrip()[:_HEADER_MAX].splitlines()[0]
    known = REQUIRED + OPTIONAL

    def columns(delimiter: str) -> int:
        return sum(_column(cell) in known for cell in first_line.split(delimiter))

    best = max(DELIMITERS, key=columns)
    if not columns(best):
        raise TariffFileError("no_header", first_line[:_VALUE_SHOWN])
    return best


def _column(cell: str) -> str:
    return "_".join(cell.strip(' \t"').casefold().replace("-", " ").replace("_", " ").split())


_Row = list[str] | _RowError


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, _Row]]:
    """Yield each row that is not blank with the line it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        row: _Row
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            row = _RowError("", "bad_quotes", str(error))
        if isinstance(row, _RowError) or any(cell.strip() for cell in row):
            yield line, row


def _header(rows: Iterator[tuple[int, _Row]]) -> list[str]:
    _, row = next(rows, (0, _RowError("", "no_header", "")))
    if isinstance(row, _RowError):
        raise TariffFileError("no_header")
    header = [_column(cell) for cell in row]
    while header and not header[-1]:
        header.pop()
    for column in REQUIRED:
        if column not in header:
            raise TariffFileError("missing_column", column)
    for column in REQUIRED + OPTIONAL:
        if header.count(column) > 1:
            raise TariffFileError("repeated_column", column)
    return header


def _cells(header: list[str], row: _Row) -> dict[str, str]:
    if isinstance(row, _RowError):
        raise row
    for column, cell in zip(header, row, strict=False):
        if "\0" in cell:
            raise _RowError(column, "nul", cell)
    if len(row) < len(header) or any(cell.strip() for cell in row[len(header) :]):
        raise _RowError("", "wrong_columns", str(len(row)))
    return {column: cell.strip() for column, cell in zip(header, row, strict=False)}


def _rate(cells: dict[str, str]) -> Rate:
    rate = Rate(
        prefix="".join(cells["prefix"].split()).removeprefix("+"),
        destination=_destination(cells),
        price_per_minute=_price(cells, "price_per_minute"),
        connection_fee=_price(cells, "connection_fee", "0"),
        first_increment=_increment(cells, "first_increment"),
        next_increment=_increment(cells, "next_increment"),
        country=_country(cells),
    )
    fault = fault_of(rate)
    if fault:
        column = _COLUMN_OF_FAULT[fault]
        raise _RowError(column, fault, cells[column])
    return rate


def _destination(cells: dict[str, str]) -> str:
    text = " ".join(cells["destination"].split())
    if not text.isprintable():
        raise _RowError("destination", "bad_text", ascii(text))
    if len(text) > DESTINATION_MAX:
        raise _RowError("destination", "destination_too_long", text)
    return text


def _price(cells: dict[str, str], column: str, default: str = "") -> Price:
    text = cells.get(column) or default
    try:
        return parse_price(text)
    except MoneyError as error:
        raise _RowError(column, error.code, text) from error


def _increment(cells: dict[str, str], column: str) -> int:
    text = cells.get(column) or "1"
    if not (text.isascii() and text.isdigit() and len(text) <= _INCREMENT_DIGITS):
        raise _RowError(column, f"bad_{column}", text)
    return int(text)


def _country(cells: dict[str, str]) -> str:
    text = cells.get("country", "").upper()
    if text and not (text.isascii() and text.isalpha() and len(text) == _COUNTRY_LENGTH):
        raise _RowError("country", "bad_country", text)
    return text
