"""Text files: encoding and delimiter found out, rows with the line on which they begin."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
from collections.abc import Callable, Iterator

from app.decks.cells import NUL, of_text
from app.decks.deck import DeckError, RowError
from app.decks.table import Numbered, Table

DELIMITERS = (";", ",", "\t", "|")
ENCODINGS = ("utf-8-sig", "utf-16", "cp1252", "cp1251")

LINE_MAX = 4 * 1024 * 1024
"""Bytes of the longest line: a quoted cell may hold many short ones."""

HEAD_ROWS = 60
"""Rows looked at to find the header."""

_CYRILLIC_WORD = re.compile(rb"[\xa8\xb8\xc0-\xff]{3,}")
_HIGH_LETTER = re.compile(rb"[\xa8\xb8\xc0-\xff]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(content: bytes, wanted: str = "") -> str:
    """Return the encoding of a text. Raises `DeckError`: `not_text`, `bad_encoding`."""
    marked = next((name for bom, name in _BOMS if content.startswith(bom)), "")
    wanted = marked or wanted
    if wanted:
        if not _reads_as(content, wanted):
            raise DeckError("bad_encoding", encoding=wanted)
        return wanted
    if _reads_as(content, "utf-8"):
        return "utf-8-sig"
    # Western words have single letters above 0xBF, Cyrillic ones consist of them.
    cyrillic = sum(map(len, _CYRILLIC_WORD.findall(content)))
    is_cyrillic = cyrillic * 2 > len(_HIGH_LETTER.findall(content))
    encoding = "cp1251" if is_cyrillic else "cp1252"
    if not _reads_as(content, encoding):
        raise DeckError("not_text")
    return encoding


def _reads_as(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except (UnicodeError, LookupError):
        return False
    return True


def open_text(content: bytes, encoding: str) -> None:
    """Refuse what no reader of lines should be given: `empty`, `line_too_long`."""
    if not content[:LINE_MAX].decode(encoding, "ignore").strip("\ufeff\0 \t\r\n\v\f"):
        raise DeckError("empty")
    start = 0
    while len(content) - start > LINE_MAX:
        end = start + LINE_MAX
        start = 1 + max(content.rfind(b"\n", start, end), content.rfind(b"\r", start, end))
        if not start:
            raise DeckError("line_too_long", limit=LINE_MAX)


def table_of(content: bytes, encoding: str, delimiter: str) -> Table:
    """Return the rows of a text."""
    raw = io.BytesIO(content)
    stream = io.TextIOWrapper(raw, encoding, newline="")
    rows = _rows(stream, delimiter)
    if encoding == "utf-16" or NUL.encode() in content:
        rows = _without_nul(rows)

    def done() -> int:
        # The stream closes what it reads from when the rows are at their end.
        return len(content) if raw.closed else raw.tell()

    return Table("csv", rows, done, len(content), delimiter=delimiter, encoding=encoding)


def _rows(stream: io.TextIOWrapper, delimiter: str) -> Iterator[Numbered]:
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            for row in reader:
                yield line, row
                line = reader.line_num + 1
            return
        except csv.Error as error:
            yield line, RowError("", "bad_quotes", str(error))
            line = reader.line_num + 1


def _without_nul(rows: Iterator[Numbered]) -> Iterator[Numbered]:
    for line, row in rows:
        yield line, row if isinstance(row, RowError) else [of_text(cell) for cell in row]


def delimiter_of(
    content: bytes, encoding: str, score: Callable[[list[Numbered]], tuple[int, ...]]
) -> str:
    """Return the delimiter under which the first rows look most like a deck."""

    def of(delimiter: str) -> tuple[int, ...]:
        rows = table_of(content, encoding, delimiter).rows
        return score(list(itertools.islice(rows, HEAD_ROWS)))

    return max(DELIMITERS, key=of)
