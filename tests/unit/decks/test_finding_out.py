"""What is found out about a deck: header, decimal sign, order of dates, currency, codes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.decks.deck import DeckError, Note
from app.decks.headings import field_of
from app.decks.templates import GENERIC
from app.domain.tariff import Access
from tests.unit.decks.shapes import prices, rates, read, refused


def failing(text: str) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(DeckError) as caught:
        read(text)
    return caught.value.code, dict(caught.value.params)


@pytest.mark.parametrize(
    "header",
    [
        "Dial Code(s);Destination;Rate/min",
        "Code;Description;Price (EUR)",
        "Indicatif;Destination;Prix à la minute",
        "Préfixe;Libellé;Tarif / minute (€)",
        "Prefijo;Destino;Precio por minuto",
        "Código;Descripción;Tarifa",
        "Prefixo;Destino;Preço por minuto",
        "Código;Descrição;Preço/min",
        "Vorwahl;Ziel;Preis pro Minute",
        "Vorwahl;Bezeichnung;Minutenpreis in EUR",
        "Код;Направление;Цена за минуту",
        "Префикс;Название;Тариф",
        "CODE;COUNTRY;NEW RATE EUR",
        "dialPrefix;destinationName;ratePerMinute",
    ],
)
def test_headers_of_six_languages(header: str) -> None:
    assert prices(read(f"{header}\n33;France;0,05\n")) == {"33": 50_000}


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Billing Increment", "increments"),
        ("Effective Date", "effective_from"),
        ("Date d'effet", "effective_from"),
        ("Gültig ab", "effective_from"),
        ("Дата начала", "effective_from"),
        ("Connect Fee (USD)", "connection_fee"),
        ("Off-peak Price First", "price_per_minute@off-peak"),
        ("Second Off-peak First Price", "price_per_minute@second-off-peak"),
        ("price_per_minute@Week  end", "price_per_minute@Week end"),
        ("destination@x", ""),
        ("Moon", ""),
        ("", ""),
        ("USD", ""),
    ],
)
def test_headings(heading: str, field: str) -> None:
    assert field_of(heading) == field


@pytest.mark.parametrize("titles", [0, 1, 20])
def test_title_lines_before_the_header(titles: int) -> None:
    text = "Rate sheet, valid from; see terms\n\n" * titles
    deck = read(text + "Code;Destination;Rate\n33;France;0.05\n")
    assert prices(deck) == {"33": 50_000}
    assert (deck.layout.header_line, deck.lines) == (2 * titles + 1, (2 * titles + 2,))


def test_no_header_below_twenty_title_lines() -> None:
    text = "Terms apply;x\n" * 21 + "Code;Destination;Rate\n33;France;0.05\n"
    assert failing(text) == ("no_header", {"value": ""})


def test_a_newer_rate_beside_the_current_one() -> None:
    deck = read("Code;Destination;Current Rate;New Rate\n33;France;0.05;0.06\n")
    assert prices(deck) == {"33": 60_000}
    assert deck.ignored == ("Current Rate",)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["0,125"], [125_000]),
        (["1,234", "0,5"], [1_234_000, 500_000]),
        (["1.234", "0.5"], [1_234_000, 500_000]),
        (["999.5", "1"], [999_500_000, 1_000_000]),
        (["0.05 €", "EUR 0.1"], [50_000, 100_000]),
        (["$0.05", "0.1"], [50_000, 100_000]),
        ([".5", "5."], [500_000, 5_000_000]),
    ],
)
def test_decimal_signs(cells: list[str], expected: list[int]) -> None:
    text = "Code;Destination;Rate\n" + "".join(
        f"{33 + at};X{at};{cell}\n" for at, cell in enumerate(cells)
    )
    deck = read(text)
    assert (list(prices(deck).values()), deck.refused) == (expected, ())


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1.000,50", "price_too_large"),
        ("1'000,50", "price_too_large"),
        ("1.00,50", "not_a_number"),
        ("1.000.00", "not_a_number"),
        ("1,000,50", "not_a_number"),
        ("XYZ 0,5", "not_a_number"),
        ("5 %", "not_a_number"),
    ],
)
def test_groups_of_thousands(cell: str, code: str) -> None:
    deck = read(f"Code;Destination;Rate\n33;X;{cell}\n34;Y;0,5\n")
    assert refused(deck) == [(2, "price_per_minute", code, cell)]
    assert deck.layout.decimal == ","


def test_a_decimal_sign_is_decided_for_each_column() -> None:
    deck = read("Code;Destination;Rate;Setup fee\n33;France;0,05;1.5\n34;Spain;0,06;\n")
    assert rates(deck)["33"].connection_fee.micro == 1_500_000
    assert prices(deck) == {"33": 50_000, "34": 60_000}


def test_a_mixed_column_is_refused() -> None:
    assert failing("Code;Destination;Rate\n33;France;0,05\n34;Spain;0.06\n") == (
        "mixed_decimal",
        {
            "column": "price_per_minute",
            "line": 3,
            "value": "0.06",
            "other_line": 2,
            "other": "0,05",
        },
    )


@pytest.mark.parametrize("value", ["1,234", "1.234"])
def test_a_thousand_or_a_little_more_than_one_is_not_guessed(value: str) -> None:
    text = f"Code;Destination;Rate\n33;France;{value}\n34;Spain;2\n"
    assert failing(text) == (
        "undecidable_decimal",
        {"column": "price_per_minute", "line": 2, "value": value},
    )
    sign = value[1]
    told = read(text, replace(GENERIC, name="told", decimal=sign))
    assert prices(told) == {"33": 1_234_000, "34": 2_000_000}


def test_the_generic_form_has_a_point_unless_commas_say_otherwise() -> None:
    header = "prefix;destination;price_per_minute\n"
    assert prices(read(f"{header}33;France;1.234\n")) == {"33": 1_234_000}
    assert failing(f"{header}33;France;1,234\n")[0] == "undecidable_decimal"


DATED = "Code;Destination;Rate;Effective date\n"


def starts(text: str, order: str = "", zone: str = "UTC") -> list[int]:
    deck = read(text, replace(GENERIC, name="told", date_order=order), zone)
    assert deck.refused == ()
    return [entry.starts_at for entry in deck.entries]


MAY_3 = 1_777_766_400_000_000
MARCH_5 = 1_772_668_800_000_000


@pytest.mark.parametrize(
    ("cells", "expected", "order"),
    [
        (["2026-05-03"], [MAY_3], "ymd"),
        (["2026/5/3"], [MAY_3], "ymd"),
        (["20260503"], [MAY_3], "ymd"),
        (["2026-05-03 00:00:00"], [MAY_3], "ymd"),
        (["2026-05-02T22:00-02:00"], [MAY_3], "ymd"),
        (["3 May 2026"], [MAY_3], "ymd"),
        (["03-May-26"], [MAY_3], "ymd"),
        (["May 3, 2026"], [MAY_3], "ymd"),
        (["03/05/2026", "13/05/2026"], [MAY_3, MAY_3 + 864_000_000_000], "dmy"),
        (["05/03/2026", "05/13/2026"], [MAY_3, MAY_3 + 864_000_000_000], "mdy"),
        (["03.05.2026", "13.5.26"], [MAY_3, MAY_3 + 864_000_000_000], "dmy"),
        (["05/05/2026"], [MAY_3 + 172_800_000_000], "dmy"),
        (["", "1960-01-01"], [0, 0], "ymd"),
    ],
)
def test_orders_of_dates(cells: list[str], expected: list[int], order: str) -> None:
    text = DATED + "".join(f"{33 + at};X;0.1;{cell}\n" for at, cell in enumerate(cells))
    assert starts(text) == expected
    assert read(text).layout.date_order == order


def test_undecidable_dates_are_refused_unless_a_person_has_said() -> None:
    text = f"{DATED}33;France;0.1;05/03/2026\n"
    assert failing(text) == (
        "undecidable_dates",
        {"column": "effective_from", "line": 2, "value": "05/03/2026"},
    )
    assert (starts(text, "dmy"), starts(text, "mdy")) == ([MARCH_5], [MAY_3])
    short = f"{DATED}33;France;0.1;26-05-13\n"
    assert failing(short)[0] == "undecidable_dates"
    assert starts(short, "ymd") == [MAY_3 + 864_000_000_000]
    both = f"{DATED}33;France;0.1;13/05/2026\n34;Spain;0.1;05/13/2026\n"
    assert failing(both)[0] == "undecidable_dates"


@pytest.mark.parametrize(
    ("zone", "day", "utc_hours"),
    [
        ("Europe/Paris", "2026-05-03", -2),
        ("America/New_York", "2026-05-03", 4),
        # The clocks of Cairo skip the first hour of 24 April 2026: the day begins at one.
        ("Africa/Cairo", "2026-04-24", -2 - 9 * 24),
    ],
)
def test_dates_are_local(zone: str, day: str, utc_hours: int) -> None:
    assert starts(f"{DATED}33;France;0.1;{day}\n", zone=zone) == [MAY_3 + utc_hours * 3_600_000_000]


def test_a_zone_that_there_is_not() -> None:
    with pytest.raises(DeckError, match="unknown_zone"):
        read(f"{DATED}33;France;0.1;\n", zone="Mars/Olympus")


def test_dates_may_be_left_out() -> None:
    from app.decks.read import read_deck_bytes  # noqa: PLC0415  # here alone

    text = f"{DATED}33;France;0.1;05/03/2026\n"
    deck = read_deck_bytes(text.encode(), "deck", is_dated=False)
    assert [entry.starts_at for entry in deck.entries] == [0]


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("Code;Destination;Rate (USD/min)\n33;France;0.1\n", "USD"),
        ("Code;Destination;Rate, €\n33;France;0.1\n", "EUR"),
        ("Code;Destination;Rate;Currency\n33;France;0.1;xof\n", "XOF"),
        ("Code;Destination;Rate\n33;France;0.1 GBP\n", "GBP"),
        ("Code;Destination;Rate\n33;France;£0.1\n", "GBP"),
        ("ALL codes;Destination;Rate\n33;France;$0.1\n", ""),
    ],
)
def test_the_currency_that_a_file_names(text: str, currency: str) -> None:
    assert read(text).currency == currency


def test_two_currencies_are_no_deck() -> None:
    assert failing("Code;Destination;Rate (USD)\n33;France;€ 0.1\n") == (
        "several_currencies",
        {"value": "EUR", "other": "USD"},
    )


@pytest.mark.parametrize(
    ("cell", "prefixes"),
    [
        ("1204,1226-1228", ["1204", "1226", "1227", "1228"]),
        ("1226-28", ["1226", "1227", "1228"]),
        ("1226 – 8 / +1 (204)", ["1226", "1227", "1228", "1204"]),
        ("0033", ["33"]),
        ("01133", ["33"]),
        ("+33.1", ["331"]),
        ("00441-00443", ["441", "442", "443"]),
        ("33.0", ["33"]),
        ("33,00", ["33"]),
        ("1204,", ["1204"]),
        ('"1204\n1226"', ["1204", "1226"]),
    ],
)
def test_code_cells(cell: str, prefixes: list[str]) -> None:
    deck = read(f"Code;Destination;Rate\n{cell};X;0.1\n")
    assert deck.refused == ()
    assert [entry.prefix for entry in deck.entries] == prefixes
    assert len({id(entry.rate) for entry in deck.entries}) == 1


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1228-1226", "bad_range"),
        ("1226-13000", "bad_range"),
        ("1228-26", "bad_range"),
        ("1000000-1010000", "range_too_long"),
        ("1204,x", "bad_prefix"),
        ("1204--1206", "bad_prefix"),
        ("1-2-3", "bad_prefix"),
        ("00", "bad_prefix"),
        ("9" * 5000, "bad_prefix"),
        (f"1-{'9' * 5000}", "bad_prefix"),
        ("1.2E+10", "excel_damage"),
        ("Feb-04", "date_for_code"),
    ],
)
def test_code_cells_that_are_refused(cell: str, code: str) -> None:
    deck = read(f"Code;Destination;Rate\n{cell};X;0.1\n44;UK;0.1\n")
    assert refused(deck) == [(2, "prefix", code, cell[:60])]


def test_a_file_does_not_expand_without_end() -> None:
    rows = "".join(f"{1000 + at}00000-{1000 + at}09999;X;0.1\n" for at in range(51))
    code, params = failing("Code;Destination;Rate\n" + rows)
    assert (code, params) == ("too_many_prefixes", {"limit": 500_000})


def test_an_expanded_range_is_told() -> None:
    deck = read("Code;Destination;Rate\n1204,1226-1228;Canada;0.1\n33.0;X;0.1\n34.0;X;0.1\n")
    assert deck.notes == (
        Note(2, "range_expanded", "prefix", "1204,1226-1228", 4),
        Note(3, "excel_number", "prefix", "", 2),
    )


def test_country_and_area_codes_in_their_own_columns() -> None:
    deck = read(
        "Destination;Country code;Area codes;Rate\n"
        "Canada;+1;204,226-228;0.1\nItaly;39;06;0.1\nItaly;39;6;0.1\nJamaica;1-876;;0.1\n"
        "Nowhere;x;1;0.1\n"
    )
    assert [entry.prefix for entry in deck.entries] == [
        *("1204", "1226", "1227", "1228"),
        *("3906", "396", "1876"),
    ]
    assert refused(deck) == [(6, "country_code", "bad_prefix", "x")]
    assert deck.columns == ("destination", "country_code", "area_codes", "price_per_minute")
    assert Note(4, "zero_perhaps_lost", "prefix", "396") in deck.notes


@pytest.mark.parametrize("heading", ["Increment", "Min. duration"])
def test_both_increments_in_the_column_of_one(heading: str) -> None:
    deck = read(f"Code;Destination;Rate;{heading}\n33;X;0.1;30/6\n34;X;0.1;5\n")
    assert (rates(deck)["33"].first_increment, rates(deck)["33"].next_increment) == (30, 6)
    assert 5 in (rates(deck)["34"].first_increment, rates(deck)["34"].next_increment)
    both = read("Code;Destination;Rate;Interval 1;Interval N\n33;X;0.1;30;6/6\n")
    assert [(row.column, row.code) for row in both.refused] == [
        ("next_increment", "bad_next_increment")
    ]


@pytest.mark.parametrize(
    ("cell", "increments"),
    [("60/60", (60, 60)), ("30 / 6", (30, 6)), ("1+1", (1, 1)), ("6", (6, 6))],
)
def test_increments_in_one_cell(cell: str, increments: tuple[int, int]) -> None:
    deck = read(f"Code;Destination;Rate;Billing increment\n33;X;0.1;{cell}\n34;X;0.1;{cell}\n")
    rate = rates(deck)["33"]
    assert (rate.first_increment, rate.next_increment) == increments
    assert deck.notes == (Note(2, "increments_from_text", "increments", cell, 2),)


def test_a_status_column() -> None:
    deck = read(
        "Code;Destination;Rate;Status\n33;France;0.1;Increase\n34;Spain;0.1;New\n"
        "35;X;0.1;Blocked\n36;Y;blocked;\n37;Z;;closed\n38,39;Gone;;Deleted\n40;Odd;0.1;Whatever\n"
    )
    access = {prefix: rate.access for prefix, rate in rates(deck).items()}
    assert access == {
        "33": Access.OPEN,
        "34": Access.OPEN,
        "35": Access.FORBIDDEN,
        "36": Access.FORBIDDEN,
        "37": Access.FORBIDDEN,
        "40": Access.OPEN,
    }
    assert deck.deleted == ("38", "39")
    assert deck.refused == ()


def test_a_deck_of_deletions_alone_is_a_deck() -> None:
    deck = read("Code;Destination;Rate;Status\n38;Gone;;Deleted\n")
    assert (deck.entries, deck.deleted) == ((), ("38",))


def test_country_names_are_no_flags() -> None:
    deck = read("Country;Destination;Code;Rate\nFrance;France mobile;336;0.1\n")
    assert rates(deck)["336"].country == ""
    assert (
        read("Country;Destination;Code;Rate\nfr;France mobile;336;0.1\n").entries[0].rate.country
        == "FR"
    )


def test_a_band_without_a_price_is_none() -> None:
    deck = read(
        "prefix,destination,price_per_minute,connection_fee@peak,price_per_minute@peak\n"
        "33,France,0.1,0.00,\n34,Spain,0.1,,0.2\n"
    )
    assert [len(rate.bands) for rate in rates(deck).values()] == [0, 1]


def test_a_column_of_country_names_begins_the_destination() -> None:
    deck = read(
        "Code;Pays;Zone;Tarif\n223;Mali;fixe;0,20\n"
        "22377;Mali;Mali mobile;0,25\n224;Guinée;mobile;0,30\n"
    )
    assert {prefix: rate.destination for prefix, rate in rates(deck).items()} == {
        "223": "Mali fixe",
        "22377": "Mali mobile",
        "224": "Guinée mobile",
    }


@pytest.mark.parametrize("cell", ["1204 1226-1228", "1204-1206 1226", "1204 1226 - 1228"])
def test_a_list_without_its_comma_is_refused(cell: str) -> None:
    deck = read(f"prefix,destination,price_per_minute\n{cell},Canada,0.01\n44 20,London,0.02\n")
    assert refused(deck) == [(2, "prefix", "bad_range", cell)]
    assert prices(deck) == {"4420": 20_000}
