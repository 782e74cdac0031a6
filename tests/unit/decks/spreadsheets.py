"""Spreadsheets for tests: XLSX by openpyxl, the old XLS by a small writer of its records."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Sequence

import openpyxl

Value = str | int | float | bool | None
Rows = Sequence[Sequence[Value]]


def xlsx(rows: Sequence[Sequence[object]], title: str = "Rates", *more: str) -> bytes:
    """Return a workbook with one filled sheet and `more` empty ones."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for name in more:
        book.create_sheet(name)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_INLINE = re.compile(rb't="inlineStr"><is>(<t[^>]*>[^<]*</t>)</is>')
_STRINGS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


def with_shared_strings(content: bytes) -> bytes:
    """Return a workbook as Excel itself writes it: with all texts in one table."""
    texts: list[bytes] = []

    def share(match: re.Match[bytes]) -> bytes:
        texts.append(b"<si>" + match[1] + b"</si>")
        return b't="s"><v>%d</v>' % (len(texts) - 1)

    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            data = _INLINE.sub(share, before.read(name))
            if name == "[Content_Types].xml":
                part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_STRINGS}"/>'
                data = data.replace(b"</Types>", part.encode() + b"</Types>")
            after.writestr(name, data)
        space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        table = b'<sst xmlns="' + space + b'">' + b"".join(texts) + b"</sst>"
        after.writestr("xl/sharedStrings.xml", table)
    return out.getvalue()


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _bof(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _text(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


DATE_STYLE = 1


class Dated(float):
    """A number that a spreadsheet shows as a date."""


class Fault(int):
    """An error code of a cell, as 0x2A for #N/A."""


def _cell(row: int, column: int, value: Value) -> bytes:
    style = DATE_STYLE if isinstance(value, Dated) else 0
    place = struct.pack("<HHH", row, column, style)
    if isinstance(value, Fault):
        return _record(0x0205, place + struct.pack("<BB", value, 1))
    if isinstance(value, bool):
        return _record(0x0205, place + struct.pack("<BB", value, 0))
    if isinstance(value, str):
        return _record(0x0204, place + _text(value))
    assert value is not None
    return _record(0x0203, place + struct.pack("<d", value))


def biff(rows: Rows, sheet: str = "Rates") -> bytes:
    """Return the records of an Excel 97 workbook with one sheet."""
    font = _record(0x0031, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + b"\0\0")
    general = _record(0x00E0, struct.pack("<HHH", 0, 0, 0) + bytes(14))
    date = _record(0x00E0, struct.pack("<HHH", 0, 14, 0) + bytes(14))
    name = struct.pack("<BB", len(sheet), 0) + sheet.encode("ascii")
    head = _bof(5) + _record(0x0042, struct.pack("<H", 1200)) + font + general + date
    size = len(head) + 4 + 6 + len(name) + 4
    bound = _record(0x0085, struct.pack("<IBB", size, 0, 0) + name)
    cells = b"".join(
        _cell(row, column, value)
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
        if value is not None
    )
    return head + bound + _record(0x000A, b"") + _bof(16) + cells + _record(0x000A, b"")


_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_LEAST = 4096


def xls(rows: Rows, sheet: str = "Rates", stream: str = "Workbook") -> bytes:
    """Return an XLS: the records in the container that Excel puts them into."""
    return container(biff(rows, sheet), stream)


def container(content: bytes, stream: str) -> bytes:
    """Return a compound file with one stream: header, FAT, directory, content."""
    content = content.ljust(max(_LEAST, -(-len(content) // _SECTOR) * _SECTOR), b"\0")
    sectors = len(content) // _SECTOR
    assert sectors <= 120, "one FAT sector is enough"
    chain = [_FAT, _END, *range(3, sectors + 2), _END]
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(_SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, _LEAST, _END, 0, _END, 0
    )
    head += struct.pack("<109I", 0, *[_FREE] * 108)
    directory = _directory("Root Entry", 5, 1, _END, 0)
    directory += _directory(stream, 2, _FREE, 2, len(content))
    directory += bytes(2 * 128)
    return head + fat + directory + content


def _directory(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    entry = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
    entry += struct.pack("<III", _FREE, _FREE, child) + bytes(36)
    return entry + struct.pack("<III", start, size, 0)
