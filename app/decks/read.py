"""Reading a deck's file from its first byte to its entries. Any thread; nothing is written."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from app.decks import csv_table, dates, decimals, xls_table, xlsx_table
from app.decks.cells import shown
from app.decks.columns import Columns, Header, columns_of, find_header
from app.decks.deck import Deck, DeckError, Layout, RefusedRow, RowError, Template
from app.decks.entries import Found, entries_of
from app.decks.gather import SLICE, Gathered, gather
from app.decks.headings import currency_of
from app.decks.quick_rates import QuickReader
from app.decks.rates import Reading
from app.decks.source import SIZE_MAX, Source
from app.decks.table import COLUMNS_MAX, Numbered, Row, Table, Watch

_ZIP = b"PK\x03\x04"
_PRICES = (
    *("price_per_minute", "price_next", "connection_fee", "minimum_charge", "surcharge"),
    *("ceiling", "step_1_price", "step_2_price", "step_3_price"),
)
_DATES = ("effective_from", "discontinued")
_COUNTRY_NAME = 3
"""Letters above which a country column holds names, not ISO codes."""

_SAMPLE = 40
_SPREADSHEETS = (".xlsx", ".xlsm", ".xls")


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the caller says about a file."""

    name: str
    template: Template | None
    zone: str
    is_dated: bool


def read_deck(
    path: Path,
    *,
    template: Template | None = None,
    zone: str = "UTC",
    progress: Callable[[int, int], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
    is_dated: bool = True,
) -> Deck:
    """Read a deck. Raises `DeckError` and `Cancelled`, and nothing else whatever the file is.

    `zone` is the IANA name of the zone in which the file's dates are meant. `is_dated` False
    leaves its dates out: all of it holds from when the deck is activated. `progress` is told
    what is done of a total whose unit is not said.
    """
    source = Source(path)
    watch = Watch(progress, is_cancelled)
    deck = _read(source.content, _Wish(path.name, template, zone, is_dated), watch)
    source.check_unchanged()
    return deck


def read_deck_bytes(
    content: bytes,
    name: str,
    *,
    template: Template | None = None,
    zone: str = "UTC",
    is_dated: bool = True,
) -> Deck:
    """Read a deck that is in memory, as `read_deck` does."""
    if len(content) > SIZE_MAX:
        raise DeckError("too_large", limit=SIZE_MAX)
    return _read(content, _Wish(name, template, zone, is_dated), Watch())


def _read(content: bytes, wish: _Wish, watch: Watch) -> Deck:
    # Spreadsheet libraries warn of what they leave out (colours, checks, pictures): no matter.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table, head = _table_of(content, wish)
        return _deck(table, head, wish, watch)


def _table_of(content: bytes, wish: _Wish) -> tuple[Table, list[Numbered]]:
    """Return the one table of a file that is a deck, and its first rows."""
    template = wish.template
    if not content.strip(b"\0 \t\r\n"):
        raise DeckError("empty")
    if content.startswith(_ZIP):
        return _sheet(xlsx_table.tables_of(content), template)
    if xls_table.is_xls(content):
        return _sheet(xls_table.tables_of(content), template)
    if wish.name.lower().endswith(_SPREADSHEETS) and content.lstrip()[:1] == b"<":
        # A web page by the name of a spreadsheet: some portals send such.
        raise DeckError("not_a_spreadsheet")
    encoding = csv_table.encoding_of(content, template.encoding if template else "")
    csv_table.open_text(content, encoding)
    delimiter = template.delimiter if template else ""
    if not delimiter:
        delimiter = csv_table.delimiter_of(content, encoding, lambda rows: _score(rows, template))
    table = csv_table.table_of(content, encoding, delimiter)
    return table, list(itertools.islice(table.rows, csv_table.HEAD_ROWS))


def _score(rows: list[Numbered], template: Template | None) -> tuple[int, ...]:
    widths = sum(isinstance(row, list) and len(row) > 2 for _, row in rows)  # noqa: PLR2004
    return (*find_header(rows, template).score, widths)


def _sheet(tables: list[Table], template: Template | None) -> tuple[Table, list[Numbered]]:
    """Choose the sheet. Raises `DeckError`: `several_sheets`, `unknown_sheet`, `no_header`."""
    if template is not None and template.sheet:
        tables = [table for table in tables if table.sheet == template.sheet]
        if not tables:
            raise DeckError("unknown_sheet", sheet=template.sheet)
    looked_at = [
        (table, list(itertools.islice(table.rows, csv_table.HEAD_ROWS))) for table in tables
    ]
    if not looked_at:
        raise DeckError("no_header", value="")
    scores = [find_header(head, template).score for _, head in looked_at]
    best = max(scores)
    if best[0] and sum(score[0] for score in scores) > 1:
        names = [
            table.sheet for (table, _), score in zip(looked_at, scores, strict=True) if score[0]
        ]
        raise DeckError("several_sheets", sheets=", ".join(names))
    return looked_at[scores.index(best)]


def _deck(table: Table, head: list[Numbered], wish: _Wish, watch: Watch) -> Deck:
    if not any(isinstance(row, list) and any(map(shown, row)) for _, row in head):
        raise DeckError("empty" if table.kind != "csv" else "no_header", value="")
    header = find_header(head, wish.template)
    below = head[header.index + 1 :]
    columns = columns_of(header, [row for _, row in below[:_SAMPLE] if isinstance(row, list)])
    width = _width(head, header)
    gathered = gather(itertools.chain(below, table.rows), columns, width, table, watch)
    columns = _with_country_names(gathered, columns)
    reading = _reading(gathered, columns, header, wish)
    currency = _read_cells(gathered, columns, header, reading, watch)
    found = entries_of(gathered, watch)
    if not (found.entries or found.refused or found.deleted):
        raise DeckError("no_rows")
    in_order = columns.in_order()
    layout = Layout(
        kind=table.kind,
        delimiter=table.delimiter,
        encoding=table.encoding,
        sheet=table.sheet,
        header_line=header.line,
        columns=in_order,
        decimal=reading.decimals.get("price_per_minute", "."),
        date_order=reading.date_order,
        headings=header.headings,
    )
    deck = _result(found, table, wish)
    used = {index for _, index in in_order}
    ignored = [text for at, text in enumerate(header.headings) if text and at not in used]
    return replace(
        deck,
        ignored=tuple(ignored),
        columns=tuple(field for field, _ in in_order if ":" not in field),
        currency=currency,
        layout=layout,
    )


def _width(head: list[Numbered], header: Header) -> int:
    """Return how many cells a row has, 0 where there is no header to tell."""
    if header.index < 0:
        return 0
    row = head[header.index][1]
    if isinstance(row, RowError) or len(row) > COLUMNS_MAX:
        raise DeckError("too_many_columns", limit=COLUMNS_MAX)
    return len(header.headings)


def _with_country_names(gathered: Gathered, columns: Columns) -> Columns:
    """Read a country column of names as the beginning of the destination's name.

    The flag needs an ISO code, and `mobile` alone would be the mobiles of every country.
    """
    fields = [field for field, _ in columns.others]
    if "country" not in fields:
        return columns
    place = fields.index("country")
    values = [value for _, value in gathered.of_column(place) if shown(value)]
    names = sum(len(shown(value)) > _COUNTRY_NAME for value in values)
    if names * 2 <= len(values):
        return columns
    others = list(columns.others)
    others[place] = ("country_name", others[place][1])
    return replace(columns, others=tuple(others))


def _reading(gathered: Gathered, columns: Columns, header: Header, wish: _Wish) -> Reading:
    """Decide decimal signs and the order of dates by all rows together."""
    template = wish.template
    told = {}
    dated: list[tuple[str, tuple[int, str]]] = []
    for place, (field, index) in enumerate(columns.others):
        plain = field.partition("@")[0]
        if plain in _PRICES:
            heading = header.headings[index] if index < len(header.headings) else ""
            has_point = heading == field or heading.partition("@")[0] == plain
            told[field] = (template.decimal if template else "") or decimals.decide(
                field, gathered.of_column(place), has_point=has_point
            )
        if field in _DATES and wish.is_dated:
            dated.extend((field, cell) for cell in gathered.of_column(place))
    order = template.date_order if template else ""
    if not order:
        order = dates.decide(dated[0][0] if dated else "", [cell for _, cell in dated])
    return Reading(told, order, wish.zone, wish.is_dated)


def _read_cells(
    gathered: Gathered, columns: Columns, header: Header, reading: Reading, watch: Watch
) -> str:
    """Read every different set of cells; returns the currency that the file names."""
    reader = QuickReader(columns, reading)
    for count, cells in enumerate(gathered.different.values()):
        if not count % SLICE:
            watch.at(0, 1, half=1)
        try:
            cells.made = reader.read(cells.values)
        except RowError as error:
            cells.error = error
    named = reader.currencies | {
        currency_of(header.headings[index])
        for field, index in columns.others
        if field.partition("@")[0] in _PRICES and index < len(header.headings)
    }
    named.discard("")
    if len(named) > 1:
        value, other, *_ = sorted(named)
        raise DeckError("several_currencies", value=value, other=other)
    return named.pop() if named else ""


def _result(found: Found, table: Table, wish: _Wish) -> Deck:
    refused = (
        RefusedRow(line, error.column, error.code, error.value, other, wish.name, table.sheet)
        for line, error, other in found.refused
    )
    return Deck(
        name=wish.name,
        entries=tuple(found.entries),
        lines=tuple(found.lines),
        refused=tuple(sorted(refused, key=lambda row: row.line)),
        repeated=tuple(sorted(set(found.repeated))),
        notes=tuple(sorted(found.notes, key=lambda note: note.line)),
        deleted=tuple(found.deleted),
    )


def first_rows(
    path: Path, count: int = _SAMPLE, *, template: Template | None = None
) -> tuple[tuple[str, ...], ...]:
    """Return the first rows of a file as they stand, for a person who maps its columns.

    `template` tells delimiter, encoding and sheet. Raises `DeckError`.
    """
    source = Source(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _, head = _table_of(source.content, _Wish(path.name, template, "UTC", is_dated=True))
    rows: list[Row] = [row for _, row in head[:count] if isinstance(row, list)]
    return tuple(tuple(shown(cell) for cell in row) for row in rows)
