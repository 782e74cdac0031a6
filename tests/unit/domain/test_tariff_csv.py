"""Tariff files as people make them, and every way a row or a file can be wrong."""

from __future__ import annotations

import pytest

from app.domain import tariff_csv
from app.domain.money import EUR, Price
from app.domain.tariff import Rate
from app.domain.tariff_csv import (
    DESTINATION_MAX,
    BadRow,
    TariffFile,
    TariffFileError,
    read_tariff,
    write_tariff,
)

HEADER = "prefix,destination,price_per_minute,connection_fee,first_increment,next_increment,country"
FRANCE = Rate("33", "France fixed", Price(50_000), country="FR")
SENEGAL = Rate("2217", "Sénégal mobile", Price(290_000), Price(100_000), 60, 30, "SN")


def read(text: str | bytes) -> TariffFile:
    return read_tariff(text, currency=EUR, name="deck")


def bad(*rows: str) -> list[tuple[int, str, str, str]]:
    found = read("\n".join((HEADER, *rows))).bad
    return [(row.line, row.column, row.code, row.value) for row in found]


def test_a_whole_file() -> None:
    text = f"{HEADER}\n33,France fixed,0.05,0,1,1,FR\n2217,Sénégal mobile,0.29,0.10,60,30,SN\n"
    assert read(text) == TariffFile("deck", EUR, (FRANCE, SENEGAL), ())


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_delimiters_encodings_and_line_ends(delimiter: str, encoding: str, line_end: str) -> None:
    rows = [
        ["Country", "NEXT increment", "first-increment", "connection fee", "Price_Per_Minute"],
        ["sn", "30", "60", "0.1", "0.290"],
        ["", "", "", "", ""],
        ["", "", "", "", ".05"],
    ]
    for row, cells in zip(
        rows,
        [
            ["destination", " prefix "],
            [" Sénégal  mobile ", "+221 7"],
            ["", ""],
            ["France fixed", "33"],
        ],
        strict=True,
    ):
        row.extend(cells)
    text = line_end.join(delimiter.join(row) for row in rows)
    file = read(text.encode(encoding))
    assert file.rates == (SENEGAL, Rate("33", "France fixed", Price(50_000)))
    assert (file.bad, file.delimiter) == ((), delimiter)
    assert file.encoding == ("cp1252" if encoding == "cp1252" else "utf-8-sig")


def test_a_decimal_comma_and_a_column_less() -> None:
    file = read('\ufeff\n"prefix";"destination";"price_per_minute"\n33;France fixed;0,05\n')
    assert file.rates == (Rate("33", "France fixed", Price(50_000)),)


@pytest.mark.parametrize(
    ("row", "column", "code", "value"),
    [
        ("x33,France,1,0,1,1,FR", "prefix", "bad_prefix", "x33"),
        (",France,1,0,1,1,FR", "prefix", "bad_prefix", ""),
        ("033,France,1,0,1,1,FR", "prefix", "bad_prefix", "033"),
        ("2.21E+10,France,1,0,1,1,FR", "prefix", "bad_prefix", "2.21E+10"),
        ("33, ,1,0,1,1,FR", "destination", "missing_destination", ""),
        ("33,Fr\x07ance,1,0,1,1,FR", "destination", "bad_text", "'Fr\\x07ance'"),
        ("33,Fr\0ance,1,0,1,1,FR", "destination", "nul", "Fr\0ance"),
        ("33,France,,0,1,1,FR", "price_per_minute", "empty", ""),
        ("33,France,-1,0,1,1,FR", "price_per_minute", "negative_price", "-1"),
        ("33,France,free,0,1,1,FR", "price_per_minute", "not_a_number", "free"),
        ("33,France,0.0000001,0,1,1,FR", "price_per_minute", "too_precise", "0.0000001"),
        ("33,France,1001,0,1,1,FR", "price_per_minute", "price_too_large", "1001"),
        ("33,France,9999999999,0,1,1,FR", "price_per_minute", "too_large", "9999999999"),
        ("33,France,1,-1,1,1,FR", "connection_fee", "negative_fee", "-1"),
        ("33,France,1,1001,1,1,FR", "connection_fee", "fee_too_large", "1001"),
        ("33,France,1,x,1,1,FR", "connection_fee", "not_a_number", "x"),
        ("33,France,1,0,0,1,FR", "first_increment", "bad_first_increment", "0"),
        ("33,France,1,0,3601,1,FR", "first_increment", "bad_first_increment", "3601"),
        ("33,France,1,0,1.5,1,FR", "first_increment", "bad_first_increment", "1.5"),
        ("33,France,1,0,٣,1,FR", "first_increment", "bad_first_increment", "٣"),
        ("33,France,1,0,1,-1,FR", "next_increment", "bad_next_increment", "-1"),
        ("33,France,1,0,1,0,FR", "next_increment", "bad_next_increment", "0"),
        ("33,France,1,0,1," + "9" * 5000 + ",FR", "next_increment", "bad_next_increment", "9" * 60),
        ("33,France,1,0,1,1,FRA", "country", "bad_country", "FRA"),
        ("33,France,1,0,1,1,F1", "country", "bad_country", "F1"),
        ("33,France,1,0,1,1", "", "wrong_columns", "6"),
        ("33,France,0,05,0,1,1,FR", "", "wrong_columns", "8"),
        ('33,"France" x,1,0,1,1,FR', "", "bad_quotes", "',' expected after '\"'"),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_read(
    row: str, column: str, code: str, value: str
) -> None:
    file = read(f"{HEADER}\n44,UK,1,0,1,1,GB\n{row}\n49,Germany,1,0,1,1,DE\n")
    assert file.bad == (BadRow(3, column, code, value),)
    assert [rate.prefix for rate in file.rates] == ["44", "49"]


def test_a_destination_has_a_length() -> None:
    longest, longer = "x" * DESTINATION_MAX, "x" * (DESTINATION_MAX + 1)
    assert bad(f"33,{longest},1,0,1,1,FR") == []
    assert bad(f"33,{longer},1,0,1,1,FR") == [(2, "destination", "destination_too_long", "x" * 60)]


def test_lines_are_counted_through_quoted_breaks_and_blank_lines() -> None:
    assert bad('221,"Sene\ngal",1,0,1,1,SN', "", " , ", "x,France,1,0,1,1,FR") == [
        (6, "prefix", "bad_prefix", "x")
    ]
    assert read(f'{HEADER}\n221,"Sene\ngal",1,0,1,1,SN').rates[0].destination == "Sene gal"


def test_blank_cells_behind_the_last_column_are_nothing() -> None:
    file = read(f"{HEADER},,\n33,France fixed,0.05,0,1,1,FR,,\n")
    assert (file.rates, file.bad) == ((FRANCE,), ())


def test_an_open_quote_is_named_where_it_opens() -> None:
    assert bad("33,France,1,0,1,1,FR", '44,"UK,1,0,1,1,GB', "49,Germany,1,0,1,1,DE") == [
        (3, "", "bad_quotes", "unexpected end of data")
    ]
    swallowed = '44,"' + "UK,1\n" * 40_000
    ((line, _, code, _), *_) = bad(swallowed, "49,Germany,1,0,1,1,DE")
    assert (line, code) == (2, "bad_quotes")


def test_the_same_row_twice_is_said_once() -> None:
    row = "33,France fixed,0.05,0,1,1,FR"
    file = read(f"{HEADER}\n{row}\n{row}\n+33,France fixed,0.050,,,,fr\n")
    assert (file.rates, file.bad, file.repeated) == ((FRANCE,), (), (3, 4))


def test_a_prefix_at_two_prices_is_never_taken_silently() -> None:
    file = read(f"{HEADER}\n33,France fixed,0.05,0,1,1,FR\n33,France fixed,0.06,0,1,1,FR\n")
    assert file.bad == (BadRow(3, "prefix", "duplicate_prefix", "33", other_line=2),)


def test_columns_of_a_later_version_are_named() -> None:
    file = read("prefix;destination;price_per_minute;Minimum charge\n33;France fixed;0,05;1\n")
    assert file.ignored == ("minimum_charge",)


@pytest.mark.parametrize(
    ("data", "code", "value"),
    [
        ("", "empty", ""),
        (b"", "empty", ""),
        ("\ufeff \r\n\t", "empty", ""),
        (b"\x81\x8d\x8f", "not_text", ""),
        ("33,France,0.05\n", "no_header", "33,France,0.05"),
        ("\xff\xfe\0p\0r", "no_header", "\xff\xfe\0p\0r"),
        ("a;b;c\nprefix;destination;price_per_minute\n", "no_header", "a;b;c"),
        ('prefix,"destination', "no_header", ""),
        ("prefix,destination\n", "missing_column", "price_per_minute"),
        ("destination\n", "missing_column", "prefix"),
        (f"{HEADER},Prefix\n", "repeated_column", "prefix"),
        (f"{HEADER}\n\n", "no_rows", ""),
    ],
)
def test_a_file_that_is_no_tariff(data: str | bytes, code: str, value: str) -> None:
    with pytest.raises(TariffFileError) as caught:
        read(data)
    assert (caught.value.code, caught.value.value) == (code, value)


def test_a_file_has_a_size(monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"{HEADER}\n33,France fixed,0.05,0,1,1,FR\n"
    monkeypatch.setattr(tariff_csv, "SIZE_MAX", len(text))
    assert read(text).rates == (FRANCE,)
    with pytest.raises(TariffFileError, match="too_large"):
        read(text + " ")


def test_a_tariff_is_written_with_all_columns() -> None:
    assert write_tariff((FRANCE, SENEGAL)) == (
        f"{HEADER}\n33,France fixed,0.05,0.00,1,1,FR\n2217,Sénégal mobile,0.29,0.10,60,30,SN\n"
    )
