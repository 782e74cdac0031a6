"""Spreadsheets as carriers send them, and those that mean harm."""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import openpyxl
import pytest

from app.decks import xlsx_guard, xlsx_table
from app.decks.cells import NUMBER, of_float
from app.decks.deck import Deck, DeckError, Note, Template
from app.decks.read import read_deck_bytes
from app.decks.templates import template_of
from tests.unit.decks.shapes import prices, rates, refused
from tests.unit.decks.spreadsheets import (
    Dated,
    Fault,
    Rows,
    Value,
    biff,
    container,
    saved,
    with_shared_strings,
    xls,
    xlsx,
)

HEADER = ["Destination", "Code(s)", "Rate (EUR)", "Billing increment", "Effective date", "Status"]


def read(content: bytes, template: Template | None = None) -> Deck:
    return read_deck_bytes(content, "deck.xlsx", template=template)


def failing(content: bytes) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(DeckError) as caught:
        read(content)
    return caught.value.code, dict(caught.value.params)


def carrier_mail() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["ACME Carrier Services: price list A-Z"])
    sheet.merge_cells("A1:F1")
    for _ in range(8):
        sheet.append(["Confidential", None, "7 days notice for increases"])
    sheet.append(HEADER)
    sheet.append(["France", 33, 0.1 + 0.2, "60/60", datetime(2026, 5, 3), "New"])  # noqa: DTZ001
    sheet.append(["Canada", "1204,1226-1228", "0.05", "1/1", date(2026, 5, 3), "Increase"])
    sheet.append([])
    sheet.append(["Italy", 6.0, 0.25, "30/6", "2026-05-03", "Blocked"])
    sheet.append(["UK", "=B11+11", 0.1, "1/1", None, None])
    sheet.append(["UK", 44, "=C11*2", "1/1", None, None])
    sheet.append(["Chad", datetime(2026, 12, 4), 0.1, "1/1", None, None])  # noqa: DTZ001
    sheet.append(["Togo", True, 0.1, "1/1", None, None])
    sheet.append(["Mali", "#N/A", 0.1, "1/1", None, None])
    sheet.append(["Mali", 223.5, 0.1, "1/1", None, None])
    sheet.append(["Mali", 223, 0.1234567, "1/1", None, None])
    sheet.append(["Peru", 51, 0.1, datetime(2026, 1, 1), None, None])  # noqa: DTZ001
    sheet.append(["Cuba", 53, 0.1, "1/1", 46000, None])
    return saved(book)


@pytest.mark.parametrize("form", [bytes, with_shared_strings])
def test_a_carriers_price_list(form: Callable[[bytes], bytes]) -> None:
    deck = read(form(carrier_mail()))
    assert prices(deck) == {
        "33": 300_000,
        "1204": 50_000,
        "1226": 50_000,
        "1227": 50_000,
        "1228": 50_000,
        "6": 250_000,
    }
    assert deck.lines == (11, 12, 12, 12, 12, 14)
    assert {entry.starts_at for entry in deck.entries} == {1_777_766_400_000_000}
    assert rates(deck)["33"].first_increment == 60
    assert (deck.currency, deck.layout.kind, deck.layout.sheet) == ("EUR", "xlsx", "Sheet")
    assert deck.layout.header_line == 10
    assert refused(deck) == [
        (15, "prefix", "formula", "=B11+11"),
        (16, "price_per_minute", "formula", "=C11*2"),
        (17, "prefix", "date_for_code", "2026-12-04T00:00:00"),
        (18, "prefix", "boolean_cell", "TRUE"),
        (19, "prefix", "error_cell", "#N/A"),
        (20, "prefix", "bad_prefix", "223.5"),
        (21, "price_per_minute", "too_precise", "0.1234567"),
        (22, "increments", "date_cell", "2026-01-01T00:00:00"),
        (23, "effective_from", "bad_date", "46000"),
    ]
    assert {row.sheet for row in deck.refused} == {"Sheet"}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1 + 0.2, "0.3"),
        (0.29, "0.29"),
        (1e-7, "0.0000001"),
        (1.2e10, "12000000000"),
        (1e22, "10000000000000000000000"),
        (-0.0, "0"),
        (5e-324, "0"),
        (0.0000005, "0.0000005"),
        (221.0, "221"),
    ],
)
def test_a_number_is_written_exactly(value: float, text: str) -> None:
    assert of_float(value) == NUMBER + text


@pytest.mark.parametrize("value", [float("inf"), float("nan"), 1e308])
def test_a_number_that_is_none(value: float) -> None:
    rows: list[list[Value]] = [["Code", "Destination", "Rate"], [33, "X", 0.1]]
    deck = read(xls([*rows, [34, "Y", value]]))
    assert prices(deck) == {"33": 100_000}
    assert [(row.line, row.column) for row in deck.refused] == [(3, "price_per_minute")]


def test_the_zeros_of_a_number_format_are_not_lost() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(xlsx([["Country code", "Area code", "Destination", "Rate"], [39, 6, "X", 0.1]]))
    )
    sheet = book.active
    assert sheet is not None
    sheet["B2"].number_format = "00"
    deck = read(saved(book))
    assert prices(deck) == {"3906": 100_000}
    assert deck.notes == (Note(2, "leading_zeros", "prefix"),)


GOOD: Rows = [["Code", "Destination", "Rate"], [33, "France", 0.1]]


def test_the_sheet_with_the_deck_is_found() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx([["Dear customer"]], "Cover")))
    sheet = book.create_sheet("A-Z")
    for row in GOOD:
        sheet.append(row)
    hidden = book.create_sheet("Old")
    hidden.append(GOOD[0])
    hidden.sheet_state = "hidden"
    deck = read(saved(book))
    assert (prices(deck), deck.layout.sheet) == ({"33": 100_000}, "A-Z")
    kept = template_of(deck.layout, "mine")
    assert kept.sheet == "A-Z"
    assert read(saved(book), kept).entries == deck.entries
    with pytest.raises(DeckError, match="unknown_sheet"):
        read(xlsx(GOOD), kept)
    second = book.create_sheet("USA")
    second.append(GOOD[0])
    assert failing(saved(book)) == ("several_sheets", {"sheets": "A-Z, USA"})
    assert prices(read(saved(book), kept)) == {"33": 100_000}


def test_an_empty_sheet() -> None:
    assert failing(xlsx([])) == ("empty", {"value": ""})


def test_a_sheet_that_lies_about_its_size_is_read_to_its_end() -> None:
    content = changed(xlsx(GOOD), "xl/worksheets/sheet1.xml", b'ref="A1:C2"', b'ref="A1:A1"')
    assert prices(read(content)) == {"33": 100_000}


def changed(content: bytes, member: str, old: bytes, new: bytes) -> bytes:
    """Return an XLSX with a part of one member replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for info in before.infolist():
            data = before.read(info)
            if info.filename == member:
                assert old in data
                data = data.replace(old, new)
            after.writestr(info.filename, data)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_nothing_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    style = b'<cellStyle name="Normal" xfId="0"'
    content = changed(xlsx(GOOD), "xl/styles.xml", style, style.replace(b'"0"', b'"9999"'))
    with contextlib.suppress(DeckError):
        read(content)
    assert capsys.readouterr() == ("", "")


def test_a_zip_bomb() -> None:
    bomb = changed(xlsx(GOOD), SHEET, b"<sheetData>", b"<sheetData>" + b" " * 5_000_000)
    assert failing(bomb) == ("zip_bomb", {})


def test_a_zip_that_lies_about_its_sizes() -> None:
    content = bytearray(changed(xlsx(GOOD), SHEET, b"<sheetData>", b"<sheetData>" + b" " * 10**7))
    # The directory's entry of the sheet is made to promise 100 bytes.
    place = content.rfind(SHEET.encode()) - 46
    assert content[place : place + 4] == b"PK\x01\x02"
    content[place + 24 : place + 28] = struct.pack("<I", 100)
    assert failing(bytes(content))[0] == "not_a_spreadsheet"


def test_too_many_members() -> None:
    out = io.BytesIO(xlsx(GOOD))
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(xlsx_guard.MEMBERS_MAX):
            archive.writestr(f"x{number}", "")
    assert failing(out.getvalue())[0] == "zip_bomb"


def test_members_of_one_name() -> None:
    out = io.BytesIO(xlsx(GOOD))
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(SHEET, "<x/>")
    assert failing(out.getvalue())[0] == "not_a_spreadsheet"


def test_one_row_of_millions_of_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_guard, "ROW_BYTES_MAX", 100_000)
    monkeypatch.setattr(xlsx_guard, "RATIO_MAX", 10**9)
    content = changed(xlsx(GOOD), SHEET, b"<sheetData>", b"<sheetData><row>" + b"<c/>" * 400_000)
    assert failing(content)[0] == "zip_bomb"
    rows = b"<sheetData>" + b'<row r="1"><c r="A1"/></row>' * 80_000
    assert failing(changed(xlsx(GOOD), SHEET, b"<sheetData>", rows))[0] != "zip_bomb"


def test_millions_of_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    assert prices(read(with_shared_strings(xlsx(GOOD)))) == {"33": 100_000}
    monkeypatch.setattr(xlsx_guard, "STRING_COUNT_MAX", 3)
    assert failing(with_shared_strings(xlsx(GOOD)))[0] == "zip_bomb"


def test_a_row_far_away_is_not_padded_without_end() -> None:
    content = changed(xlsx(GOOD), SHEET, b'<row r="2"', b'<row r="2000000000"')
    assert failing(content)[0] == "too_many_rows"


def test_a_cell_far_away() -> None:
    content = changed(xlsx(GOOD), SHEET, b'r="C2"', b'r="ZZZ2"')
    assert failing(content) == ("too_many_columns", {"limit": 1000})


def test_cells_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_table, "CELLS_MAX", 5)
    assert failing(xlsx(GOOD))[0] == "too_many_cells"


BILLION = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "member", [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "[Content_Types].xml"]
)
def test_entities_that_grow(member: str) -> None:
    whole = with_shared_strings(xlsx(GOOD))
    data = zipfile.ZipFile(io.BytesIO(whole)).read(member)
    start = data[: data.index(b">") + 1] if data.startswith(b"<?xml") else b""
    rest = data[len(start) :]
    for new in (start + BILLION + rest, BILLION.decode().encode("utf-16") + rest):
        content = changed(whole, member, data, new)
        assert failing(content) == ("unsafe_xml", {"value": member})
    hidden = b'<?xml version="1.0" encoding="cp037"?>' + BILLION.decode().encode("cp037")
    assert failing(changed(whole, member, data, hidden))[0] == "unsafe_xml"


@pytest.mark.parametrize(
    "start", [b"PK\x03\x04", b"\x09\x08\x10\x00", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_garbage_that_begins_like_a_spreadsheet(start: bytes) -> None:
    assert failing(start + b"x" * 5000)[0] == "not_a_spreadsheet"


def test_a_web_page_by_the_name_of_a_spreadsheet() -> None:
    assert failing(b"\n<html><table>")[0] == "not_a_spreadsheet"


def test_a_zip_that_is_no_spreadsheet() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert failing(out.getvalue())[0] == "not_a_spreadsheet"


@pytest.mark.parametrize("cut", [100, 1000, 3000])
def test_half_a_spreadsheet(cut: int) -> None:
    assert failing(xlsx(GOOD)[:cut])[0] == "not_a_spreadsheet"
    assert failing(changed(xlsx(GOOD), SHEET, b"</sheetData>", b""))[0] == "not_a_spreadsheet"
    with pytest.raises(DeckError):
        read(xls(GOOD)[:cut])


def test_a_protected_spreadsheet() -> None:
    assert failing(container(b"\0" * 5000, "EncryptedPackage"))[0] == "encrypted"
    out = bytearray(xlsx(GOOD))
    place = out.index(b"PK\x01\x02")
    out[place + 8] |= 1
    assert failing(bytes(out))[0] == "encrypted"


OLD: Rows = [
    ["Some title", None, None, None],
    ["Code", "Destination", "Rate", "Effective date"],
    [33.0, "Frankreich é", 0.1 + 0.2, Dated(46145)],
    ["1204,1226-28", "Canada", "0.05", None],
    [12000000000.0, "Sat", 5.5, Dated(-1)],
    [True, "X", 1.0, None],
    [34, "X", Fault(0x2A), None],
    [Dated(46145), "X", 1.0, None],
]


@pytest.mark.parametrize("form", [xls, biff])
def test_an_old_spreadsheet(form: Callable[[Rows], bytes]) -> None:
    deck = read(form(OLD))
    assert prices(deck) == {
        "33": 300_000,
        "1204": 50_000,
        "1226": 50_000,
        "1227": 50_000,
        "1228": 50_000,
    }
    assert deck.entries[0].starts_at == 1_777_766_400_000_000
    assert rates(deck)["33"].destination == "Frankreich é"
    assert (deck.layout.kind, deck.layout.sheet) == ("xls", "Rates")
    assert refused(deck) == [
        (5, "effective_from", "error_cell", "-1.0"),
        (6, "prefix", "boolean_cell", "TRUE"),
        (7, "price_per_minute", "error_cell", "#N/A"),
        (8, "prefix", "date_for_code", "2026-05-03T00:00:00"),
    ]
