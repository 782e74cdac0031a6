"""Text decks as people make them, and every way a row or a file can be wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.decks import csv_table
from app.decks import read as reading
from app.decks.deck import DeckError, RefusedRow
from app.decks.rates import DESTINATION_MAX
from app.domain.money import Price
from app.domain.tariff import Access, BandPrice, Entry, Rate, Step
from tests.unit.decks.shapes import FRANCE, HEADER, SENEGAL, bad, prices, rates, read, refused


def us(year: int, month: int, day: int) -> int:
    return int(datetime(year, month, day, tzinfo=UTC).timestamp()) * 1_000_000


def test_a_whole_file() -> None:
    text = f"{HEADER}\n33,France fixed,0.05,0,1,1,FR\n2217,Sénégal mobile,0.29,0.10,60,30,SN\n"
    deck = read(text)
    assert deck.entries == (Entry("33", FRANCE), Entry("2217", SENEGAL))
    assert (deck.lines, deck.refused, deck.repeated, deck.notes) == ((2, 3), (), (), ())
    assert (deck.name, deck.currency, deck.ignored) == ("deck.csv", "", ())
    assert deck.columns == tuple(HEADER.split(","))
    assert (deck.layout.kind, deck.layout.delimiter, deck.layout.header_line) == ("csv", ",", 1)


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_delimiters_encodings_and_line_ends(delimiter: str, encoding: str, line_end: str) -> None:
    table = [
        ["Country", "NEXT increment", "first-increment", "connection fee", "Price_Per_Minute"],
        ["sn", "30", "60", "0.1", "0.290"],
        ["", "", "", "", ""],
        ["", "", "", "", ".05"],
    ]
    ends = [["destination", " prefix "], [" Sénégal  mobile ", "+221 7"], ["", ""]]
    for row, cells in zip(table, [*ends, ["France fixed", "33"]], strict=True):
        row.extend(cells)
    text = line_end.join(delimiter.join(row) for row in table)
    deck = read(text.encode(encoding))
    assert deck.entries == (Entry("2217", SENEGAL), Entry("33", replace(FRANCE, country="")))
    assert (deck.refused, deck.layout.delimiter) == ((), delimiter)
    assert deck.layout.encoding == {"utf-8": "utf-8-sig"}.get(encoding, encoding)


def test_cyrillic_is_told_from_western_letters() -> None:
    text = "Код;Направление;Цена за минуту\n7;Россия (моб.);0,12\n380;Україна;0,2\n"
    deck = read(text.encode("cp1251"))
    assert deck.layout.encoding == "cp1251"
    assert [entry.rate.destination for entry in deck.entries] == ["Россия (моб.)", "Україна"]
    western = read("prefix;destination;price_per_minute\n1;ÀÉÎ ü ñandú\n".encode("cp1252"))
    assert western.layout.encoding == "cp1252"


def test_a_decimal_comma_and_a_column_less() -> None:
    deck = read('\ufeff\n"prefix";"destination";"price_per_minute"\n33;France fixed;0,05\n')
    assert deck.entries == (Entry("33", replace(FRANCE, country="")),)
    assert deck.layout.decimal == ","


@pytest.mark.parametrize(
    ("row", "column", "code", "value"),
    [
        ("x33,France,1,0,1,1,FR", "prefix", "bad_prefix", "x33"),
        (",France,1,0,1,1,FR", "prefix", "bad_prefix", ""),
        ("033,France,1,0,1,1,FR", "prefix", "bad_prefix", "033"),
        ("1234567890123456,France,1,0,1,1,FR", "prefix", "bad_prefix", "1234567890123456"),
        ("٣٣,France,1,0,1,1,FR", "prefix", "bad_prefix", "٣٣"),
        ("2.21E+10,France,1,0,1,1,FR", "prefix", "excel_damage", "2.21E+10"),
        ('"2,43E+11",France,1,0,1,1,FR', "prefix", "excel_damage", "2,43E+11"),
        ("04-Dec,France,1,0,1,1,FR", "prefix", "date_for_code", "04-Dec"),
        ("33, ,1,0,1,1,FR", "destination", "missing_destination", ""),
        ("33,Fr\x07ance,1,0,1,1,FR", "destination", "bad_text", "'Fr\\x07ance'"),
        ("33,Fr\0ance,1,0,1,1,FR", "destination", "nul", "Fr\0ance"),
        ("33\0,France,1,0,1,1,FR", "prefix", "nul", "33\0"),
        ("33,France,,0,1,1,FR", "price_per_minute", "empty", ""),
        ("33,France,-1,0,1,1,FR", "price_per_minute", "negative_price", "-1"),
        ("33,France,gratis,0,1,1,FR", "price_per_minute", "not_a_number", "gratis"),
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
    deck = read(f"{HEADER}\n44,UK,1,0,1,1,GB\n{row}\n49,Germany,1,0,1,1,DE\n")
    assert deck.refused == (RefusedRow(3, column, code, value, file="deck.csv"),)
    assert [entry.prefix for entry in deck.entries] == ["44", "49"]


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("free_seconds", "86401", "bad_free_seconds"),
        ("free_seconds", "x", "bad_free_seconds"),
        ("free_below", "-1", "bad_free_below"),
        ("minimum_charge", "-1", "negative_minimum"),
        ("surcharge", "1001", "surcharge_too_large"),
        ("ceiling", "-0.1", "negative_ceiling"),
        ("access", "maybe", "bad_access"),
        ("forbidden", "maybe", "bad_flag"),
        ("effective_from", "2026-02-30", "bad_date"),
        ("effective_from", "soon", "bad_date"),
        ("discontinued", "1969-12-31", "bad_dates"),
        ("step_1_after", "0", "bad_step"),
    ],
)
def test_a_bad_cell_of_the_wider_form_is_named(column: str, value: str, code: str) -> None:
    extra = ",step_1_price" if column == "step_1_after" else ""
    deck = read(
        f"prefix,destination,price_per_minute,{column}{extra}\n"
        f"33,France,1,{value}{extra and ',1'}\n44,UK,1,{extra and ','}\n"
    )
    assert refused(deck) == [(2, column, code, value)]
    assert [entry.prefix for entry in deck.entries] == ["44"]


def test_everything_a_rate_can_have() -> None:
    deck = read(
        "prefix,destination,price_per_minute,connection_fee,first_increment,next_increment,"
        "free_seconds,minimum_charge,effective_from,discontinued,free_below,surcharge,ceiling,"
        "access,step_1_after,step_1_price,step_1_increment,step_2_after,step_2_price,"
        "price_per_minute@Night,connection_fee@Night,step_1_after@Night,step_1_price@Night\n"
        "33,France,1,0.1,30,6,5,0.2,2026-01-01,2027-01-01,3,0.05,9.5,key,60,0.5,10,120,0.25,"
        "0.4,0.02,300,0.1\n"
        "44,UK,1,,,,,,,,,,,,,,,,,,0.5,,\n",
    )
    assert deck.refused == ()
    assert deck.entries == (
        Entry(
            "33",
            Rate(
                "France",
                Price(1_000_000),
                Price(100_000),
                30,
                6,
                free_seconds=5,
                free_below=3,
                minimum_charge=Price(200_000),
                surcharge=Price(50_000),
                ceiling=Price(9_500_000),
                steps=(Step(60, Price(500_000), 10), Step(120, Price(250_000))),
                bands=(
                    BandPrice("Night", Price(400_000), Price(20_000), (Step(300, Price(100_000)),)),
                ),
                access=Access.KEY,
            ),
            us(2026, 1, 1),
            us(2027, 1, 1),
        ),
        Entry("44", Rate("UK", Price(1_000_000))),
    )


@pytest.mark.parametrize(
    ("column", "values", "named"),
    [
        ("price_per_minute@x", ["-1"], "price_per_minute@x"),
        ("price_per_minute@x,connection_fee@x", ["1", "-1"], "connection_fee@x"),
        ("price_per_minute@x,step_1_after@x,step_1_price@x", ["1", "0", "1"], "step_1_after@x"),
        (
            "step_1_after,step_1_price,step_2_after,step_2_price",
            ["60", "1", "60", "1"],
            "step_2_after",
        ),
    ],
)
def test_the_column_of_a_step_or_band_is_named(column: str, values: list[str], named: str) -> None:
    deck = read(f"prefix,destination,price_per_minute,{column}\n33,France,1,{','.join(values)}\n")
    assert [row.column for row in deck.refused] == [named]


def test_a_step_needs_its_price() -> None:
    deck = read("prefix,destination,price_per_minute,step_1_after,step_1_price\n33,France,1,60,\n")
    assert refused(deck) == [(2, "step_1_price", "empty", "")]


def test_a_destination_has_a_length() -> None:
    longest, longer = "x" * DESTINATION_MAX, "x" * (DESTINATION_MAX + 1)
    assert bad(f"33,{longest},1,0,1,1,FR") == []
    assert bad(f"33,{longer},1,0,1,1,FR") == [(2, "destination", "destination_too_long", "x" * 60)]


def test_lines_are_counted_through_quoted_breaks_and_blank_lines() -> None:
    assert bad('221,"Sene\ngal",1,0,1,1,SN', "", " , ", "x,France,1,0,1,1,FR") == [
        (6, "prefix", "bad_prefix", "x")
    ]
    deck = read(f'{HEADER}\n221,"Sene\ngal",1,0,1,1,SN')
    assert rates(deck)["221"].destination == "Sene gal"


def test_blank_cells_behind_the_last_column_are_nothing() -> None:
    deck = read(f"{HEADER},,\n33,France fixed,0.05,0,1,1,FR,,\n")
    assert (deck.entries, deck.refused) == ((Entry("33", FRANCE),), ())


def test_an_open_quote_is_named_where_it_opens() -> None:
    assert bad("33,France,1,0,1,1,FR", '44,"UK,1,0,1,1,GB', "49,Germany,1,0,1,1,DE") == [
        (3, "", "bad_quotes", "unexpected end of data")
    ]
    swallowed = '44,"' + "UK,1\n" * 40_000
    ((line, _, code, _), *_) = bad(swallowed, "49,Germany,1,0,1,1,DE")
    assert (line, code) == (2, "bad_quotes")


def test_the_same_row_twice_is_said_once() -> None:
    row = "33,France fixed,0.05,0,1,1,FR"
    deck = read(f"{HEADER}\n{row}\n{row}\n+33,France fixed,0.050,,,,fr\n")
    assert deck.entries == (Entry("33", FRANCE),)
    assert (deck.refused, deck.repeated) == ((), (3, 4))


def test_a_prefix_at_two_prices_is_never_taken_silently() -> None:
    deck = read(f"{HEADER}\n33,France fixed,0.05,0,1,1,FR\n33,France fixed,0.06,0,1,1,FR\n")
    assert deck.refused == (
        RefusedRow(3, "prefix", "duplicate_prefix", "33", other_line=2, file="deck.csv"),
    )
    assert prices(deck) == {"33": 50_000}


DATED = "prefix,destination,price_per_minute,effective_from,discontinued\n"


def test_an_earlier_entry_ends_where_a_later_one_begins() -> None:
    deck = read(
        DATED + "33,France,0.07,2026-09-01,\n33,France,0.05,,\n33,France,0.06,2026-08-01,\n"
    )
    spans = [(one.rate.price_per_minute.micro, one.starts_at, one.ends_at) for one in deck.entries]
    assert spans == [
        (70_000, us(2026, 9, 1), None),
        (50_000, 0, us(2026, 8, 1)),
        (60_000, us(2026, 8, 1), us(2026, 9, 1)),
    ]
    assert [(note.code, note.count) for note in deck.notes] == [("earlier_ended", 2)]
    assert deck.lines == (2, 3, 4)


def test_an_end_that_the_file_gives_is_not_moved() -> None:
    overlap = read(DATED + "33,France,0.05,,2026-09-01\n33,France,0.06,2026-08-01,\n")
    assert [(row.line, row.code, row.other_line) for row in overlap.refused] == [
        (3, "duplicate_prefix", 2)
    ]
    gap = read(DATED + "33,France,0.05,,2026-07-01\n33,France,0.06,2026-08-01,\n")
    assert [one.ends_at for one in gap.entries] == [us(2026, 7, 1), None]


def test_a_prefix_has_some_dates_not_thousands() -> None:
    days = [
        f"20{number // 100:02}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"
        for number in range(1500)
    ]
    rows = [f"33,France,0.{number:04},{day}," for number, day in enumerate(dict.fromkeys(days))]
    deck = read(DATED + "\n".join(rows))
    assert 0 < len(deck.entries) <= 50
    assert {row.code for row in deck.refused} == {"duplicate_prefix"}


def test_equal_rates_are_one_object() -> None:
    deck = read("prefix,destination,price_per_minute\n33,France,0.5\n34,France,0.50\n35,X,.5\n")
    first, second, third = (entry.rate for entry in deck.entries)
    assert first is second
    assert first.price_per_minute is third.price_per_minute


def test_columns_of_a_later_version_are_named() -> None:
    deck = read("prefix;destination;price_per_minute;Moon phase\n33;France fixed;0,05;1\n")
    assert deck.ignored == ("Moon phase",)


@pytest.mark.parametrize(
    ("data", "code", "params"),
    [
        (b"", "empty", {}),
        (b"\0\0\0", "empty", {}),
        ("\ufeff \r\n\t".encode(), "empty", {}),
        ("\ufeff\n".encode("utf-16"), "empty", {}),
        (b"\x81\x8d\x8f", "not_text", {}),
        (b"33,France,0.05\n", "no_header", {"value": ""}),
        (b'prefix,"destination', "no_header", {"value": ""}),
        (b"prefix,destination\n", "missing_column", {"column": "price_per_minute"}),
        (b"destination\n", "missing_column", {"column": "prefix"}),
        (b"prefix,rate\n", "missing_column", {"column": "destination"}),
        (f"{HEADER},Prefix\n".encode(), "repeated_column", {"column": "prefix"}),
        (
            b"Code,Destination,Rate,Tariff,Price\n",
            "repeated_column",
            {"column": "price_per_minute"},
        ),
        (f"{HEADER}\n\n".encode(), "no_rows", {}),
        (b"prefix,destination,price_per_minute,price_per_minute@\n", "bad_band", {"value": ""}),
        (b"\xff\xfe\0\xd8", "bad_encoding", {"encoding": "utf-16"}),
    ],
)
def test_a_file_that_is_no_deck(data: bytes, code: str, params: dict[str, str]) -> None:
    with pytest.raises(DeckError) as caught:
        read(data)
    assert (caught.value.code, caught.value.params) == (code, params)


def test_a_file_has_a_size(monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"{HEADER}\n33,France fixed,0.05,0,1,1,FR\n"
    monkeypatch.setattr(reading, "SIZE_MAX", len(text))
    assert rates(read(text)) == {"33": FRANCE}
    with pytest.raises(DeckError, match="too_large"):
        read(text + " ")


def test_a_line_has_a_length(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = f"{HEADER}\n33,France fixed,0.05,0,1,1,FR\n"
    monkeypatch.setattr(csv_table, "LINE_MAX", len(HEADER) + 1)
    assert rates(read(rows)) == {"33": FRANCE}
    with pytest.raises(DeckError, match="line_too_long"):
        read(rows + "x" * 400)


@pytest.mark.parametrize("column", ["a", "prefix"])
def test_a_hundred_thousand_columns(column: str) -> None:
    with pytest.raises(DeckError):
        read(",".join([column] * 100_000) + "\n")
    with pytest.raises(DeckError, match="too_many_columns"):
        read(HEADER + "," * 100_000 + "x\n33,France,1,0,1,1,FR\n")
    wide = read(f"{HEADER}\n33,France,1,0,1,1,FR{',' * 100_000}x\n")
    assert refused(wide) == [(2, "", "wrong_columns", "100007")]
    with pytest.raises(DeckError):
        read("x," * 100_000 + f"\n{HEADER.replace(',', ';')}\n")
