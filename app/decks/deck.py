"""What a deck's file holds, and why a file or a row of it is refused."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.domain.tariff import Entry
from app.errors import CodedError

VALUE_SHOWN = 60
"""Characters of a refused value that are kept."""


class DeckError(CodedError):
    """A file that is refused as a whole.

    Codes and their parameters:
    `unreadable` (detail), `empty`, `too_large` (limit: bytes), `not_text`, `no_header` (value),
    `missing_column` (column), `repeated_column` (column), `no_rows`, `too_many_rows` (limit),
    `too_many_columns` (limit), `too_many_cells` (limit), `too_many_prefixes` (limit),
    `line_too_long` (limit), `undecidable_decimal` (column, line, value), `mixed_decimal` (column,
    line, value, other_line, other), `undecidable_dates` (column, line, value),
    `several_currencies` (value, other), `changed_while_read`, `not_a_spreadsheet`, `encrypted`,
    `zip_bomb`, `unsafe_xml` (value), `several_sheets` (sheets), `unknown_sheet` (sheet),
    `bad_encoding` (encoding), `bad_band` (value), `unknown_zone` (zone),
    `bad_template` (template, value), `unknown_template` (template).
    """


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was not taken: the `line` it begins on, counted from 1, the column, and why.

    Codes: those of `tariff.fault_of` and `fault_of_entry`, of `MoneyError`, and `bad_country`,
    `bad_text`, `destination_too_long`, `bad_access`, `bad_flag`, `bad_date`,
    `bad_range`, `range_too_long`, `excel_damage`, `date_for_code`, `date_cell`, `formula`,
    `error_cell`, `boolean_cell`, `nul`, `wrong_columns`, `bad_quotes`, `unsupported` (the
    file's program can do what this one cannot), `duplicate_prefix` (`other_line` is the first
    one's). `column` is a field name, "" for the row as a whole.
    """

    line: int
    column: str
    code: str
    value: str
    other_line: int = 0
    file: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was understood rather than read; `line` is the first one it is about.

    Codes: `range_expanded` (`count` prefixes out of one cell), `zero_perhaps_lost`,
    `excel_number` (`count` rows whose code ended in `.0`), `leading_zeros` (written by the
    cell's number format), `increments_from_text`, `step_from_prices` (first and next minute at
    two prices), `row_blocked` and `row_deleted` (told by the status column; `count` rows),
    `earlier_ended` (`count` entries end where a later one of their prefix begins).
    """

    line: int
    code: str
    column: str = ""
    value: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Layout:
    """What was found out about a file. `header_line` is 0 where there is no header.

    `columns` are (field, index from 0); a field of a time band is `field@band`. `headings` are
    the header's cells as they stand in the file.
    """

    kind: str = "csv"  # csv, xlsx or xls
    delimiter: str = ","
    encoding: str = "utf-8"
    sheet: str = ""
    header_line: int = 1
    columns: tuple[tuple[str, int], ...] = ()
    decimal: str = "."
    date_order: str = "ymd"  # ymd, dmy or mdy
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deck:
    """What a file holds, in the order of its rows.

    `lines` are parallel to `entries`. `repeated` are lines that say again what an earlier one
    said; `deleted` prefixes that the file's status column takes away; `ignored` headings that
    were not understood: show them before anything is taken. `columns` are field names in the
    file's order. `currency` is the ISO code that the file names, "" where it names none.
    """

    name: str
    entries: tuple[Entry, ...]
    lines: tuple[int, ...]
    refused: tuple[RefusedRow, ...] = ()
    repeated: tuple[int, ...] = ()
    notes: tuple[Note, ...] = ()
    ignored: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    currency: str = ""
    layout: Layout = field(default_factory=Layout)
    deleted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """How files of one sender are read. Whatever is "" or None is found out from the file.

    `columns` are (field, heading or index from 0); several headings may stand for one field.
    None at all: headings are understood by the words of six languages.
    """

    name: str
    columns: tuple[tuple[str, str | int], ...] = ()
    delimiter: str = ""
    encoding: str = ""
    sheet: str = ""
    has_header: bool = True
    decimal: str = ""
    date_order: str = ""


class RowError(Exception):
    """The row being read is bad in this column."""

    def __init__(self, column: str, code: str, value: str) -> None:
        super().__init__(code)
        self.column = column
        self.code = code
        self.value = value[:VALUE_SHOWN]
