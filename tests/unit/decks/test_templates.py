"""Files of PortaBilling, A2Billing and MagnusBilling, and templates that a shop keeps."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.decks.deck import DeckError, Layout, Template
from app.decks.templates import (
    BUILT_IN,
    built_in,
    load_templates,
    save_template,
    template_named,
    template_of,
)
from app.domain.money import Price
from app.domain.tariff import Access, BandPrice, Entry, Rate, Step
from tests.unit.decks.shapes import prices, rates, read, refused

MAGNUS = (
    "33;France;0.05;30;6;3;0.1;0.02;0\r\n221;Senegal;0,3;60;60\r\n".replace(",", ".")
    + "34;Spain\r\n"
    + "35;Portugal;x;1;1;0;0;0;0\r\n"
)


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_magnusbilling(delimiter: str) -> None:
    deck = read(MAGNUS.replace(";", delimiter), built_in("magnusbilling"))
    assert deck.entries == (
        Entry(
            "33",
            Rate(
                *("France", Price(50_000), Price(100_000), 30, 6),
                free_below=3,
                surcharge=Price(20_000),
            ),
        ),
        Entry("221", Rate("Senegal", Price(300_000), first_increment=60, next_increment=60)),
    )
    assert refused(deck) == [
        (3, "", "wrong_columns", "2"),
        (4, "price_per_minute", "not_a_number", "x"),
    ]
    assert (deck.layout.header_line, deck.lines) == (0, (1, 2))


A2B = (
    "dialprefix;destination;rateinitial;buyrate;initblock;billingblock;connectcharge;"
    "minimal_cost;startdate;stopdate;chargea;starttime;endtime;tag\n"
    "119370;afghanistan cellular;0.8135;0.3135;30;6;0.1;0.2;2026-01-01 00:00:00;"
    "2027-01-01 00:00:00;0.00000;0;10079;x\n"
    "33;france;0.1;0.05;1;1;0;0;;;0.5;0;10079;\n"
    "34;spain;0.1;0.05;1;1;0;0;;;0;480;10079;\n"
)


def test_a2billing() -> None:
    deck = read(A2B, built_in("a2billing"))
    (entry,) = deck.entries
    assert entry.prefix == "119370"
    assert entry.rate == Rate(
        *("afghanistan cellular", Price(813_500), Price(100_000), 30, 6),
        minimum_charge=Price(200_000),
    )
    assert (entry.starts_at, entry.ends_at) == (1_767_225_600_000_000, 1_798_761_600_000_000)
    assert refused(deck) == [
        (3, "chargea", "unsupported", "0.5"),
        (4, "starttime", "unsupported", "480"),
    ]
    assert deck.ignored == ("buyrate", "tag")


def test_a2billing_with_its_first_columns_alone() -> None:
    deck = read("119370;afghanistan cellular;0.8135;0.3135;30\n", built_in("a2billing"))
    assert prices(deck) == {"119370": 813_500}


PORTA = (
    "Destination,Country Prefix,Description,Interval First,Interval Next,Price First,Price Next,"
    "Off-peak Interval First,Off-peak Interval Next,Off-peak Price First,Off-peak Price Next,"
    "Effective From,Discontinued,Forbidden,Hidden,Payback Rate\n"
    '"20,21-22",44,UK London,30,6,0.03,0.02,30,6,0.02,0.01,2026-05-03,N,N,N,\n'
    "7,44,UK mobile,60,60,0.1,0.1,,,,,,,Y,N,\n"
    "8,44,UK gone,60,60,0.1,0.1,,,,,,Y,N,N,\n"
    "9,44,UK premium,60,60,0.1,0.1,1,1,0.2,0.2,,,,,\n"
)


def test_portabilling() -> None:
    deck = read(PORTA, built_in("portabilling"))
    assert list(rates(deck)) == ["4420", "4421", "4422", "447"]
    assert rates(deck)["4420"] == Rate(
        *("UK London", Price(30_000)),
        first_increment=30,
        next_increment=6,
        steps=(Step(30, Price(20_000)),),
        bands=(BandPrice("off-peak", Price(20_000), steps=(Step(30, Price(10_000)),)),),
    )
    assert deck.entries[0].starts_at == 1_777_766_400_000_000
    assert rates(deck)["447"].access is Access.FORBIDDEN
    assert rates(deck)["447"].steps == ()
    assert deck.deleted == ("448",)
    assert refused(deck) == [(5, "first_increment@off-peak", "unsupported", "1")]
    assert deck.ignored == ("Hidden", "Payback Rate")


def test_portabilling_without_names_is_named_by_its_codes() -> None:
    deck = read("Destination;Price First\n44;0,03\n4420;0,02\n", built_in("portabilling"))
    names = {prefix: rate.destination for prefix, rate in rates(deck).items()}
    assert names == {"44": "+44", "4420": "+4420"}


def test_portabilling_with_names_for_destinations() -> None:
    text = "Destination;Country Prefix;Price First\nUK;44;0,03\nUK mobile;447;0,1\n"
    assert prices(read(text, built_in("portabilling"))) == {"44": 30_000, "447": 100_000}


def test_there_is_no_other_built_in_template() -> None:
    assert [template.name for template in BUILT_IN] == [
        "generic",
        "portabilling",
        "a2billing",
        "magnusbilling",
    ]
    with pytest.raises(DeckError, match="unknown_template"):
        built_in("porta")


def test_a_file_mapped_once_is_read_again(tmp_path: Path) -> None:
    mapped = Template(
        "Carrier X",
        columns=(("prefix", "B number"), ("destination", "Wohin"), ("price_per_minute", "¢")),
        delimiter=";",
        decimal=",",
        date_order="dmy",
    )
    text = "B-Number;Wohin;Mond;¢\n33;Frankreich;x;1,234\n"
    deck = read("Titel\n" + text, mapped)
    assert (prices(deck), deck.ignored) == ({"33": 1_234_000}, ("Mond",))
    kept = template_of(deck.layout, "Carrier X")
    path = save_template(tmp_path, kept)
    assert path.parent == tmp_path / "templates"
    assert load_templates(tmp_path) == (kept,)
    assert template_named(tmp_path, "Carrier X") == kept
    assert template_named(tmp_path, "generic") == built_in("generic")
    assert prices(read("Two\ntitles\n" + text, kept)) == {"33": 1_234_000}
    with pytest.raises(DeckError, match="no_header"):
        read("prefix;destination;price_per_minute\n33;France;0,1\n", kept)


def test_a_template_of_a_file_without_header_goes_by_place() -> None:
    deck = read(MAGNUS, built_in("magnusbilling"))
    kept = template_of(deck.layout, "mine")
    assert not kept.has_header
    assert ("price_per_minute", 2) in kept.columns
    assert read(MAGNUS, kept).entries == deck.entries


def test_headings_that_say_nothing_are_kept_by_place() -> None:
    layout = Layout(
        columns=(("prefix", 0), ("destination", 1), ("price_per_minute", 2)),
        headings=("x", "x", "Rate"),
    )
    assert template_of(layout, "mine").columns == (
        ("prefix", 0),
        ("destination", 1),
        ("price_per_minute", "Rate"),
    )


def test_templates_have_files_of_their_own(tmp_path: Path) -> None:
    names = ["a", "A", "../a", "a/b", "nul", "é", "a b"]
    for name in names:
        save_template(tmp_path, Template(name))
    save_template(tmp_path, Template("a", decimal=","))
    assert [template.name for template in load_templates(tmp_path)] == sorted(names)
    assert template_named(tmp_path, "a").decimal == ","
    assert {path.parent for path in tmp_path.rglob("*.json")} == {tmp_path / "templates"}
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize(
    ("template", "part"),
    [
        (Template(""), "name"),
        (Template("generic"), "name"),
        (Template("x" * 61), "name"),
        (Template("x", delimiter=":"), "delimiter"),
        (Template("x", encoding="latin-9"), "encoding"),
        (Template("x", decimal="'"), "decimal"),
        (Template("x", date_order="ydm"), "date_order"),
        (Template("x", sheet="\0"), "sheet"),
        (Template("x", columns=(("moon", 1),)), "columns"),
        (Template("x", columns=(("prefix", -1),)), "columns"),
        (Template("x", columns=(("prefix", True),)), "columns"),
        (Template("x", columns=(("prefix", ""),)), "columns"),
        (Template("x", columns=(("destination@peak", 1),)), "columns"),
        (Template("x", columns=(("price_per_minute@", 1),)), "columns"),
    ],
)
def test_a_template_that_cannot_be_meant(tmp_path: Path, template: Template, part: str) -> None:
    with pytest.raises(DeckError) as caught:
        save_template(tmp_path, template)
    assert (caught.value.code, caught.value.params["value"]) == ("bad_template", part)
    assert load_templates(tmp_path) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"name": 3},
        {"columns": [["prefix"]]},
        {"columns": {}},
        {"columns": [[1, 2]]},
        {"has_header": 1},
        {"moon": 1},
        {"delimiter": "::"},
    ],
)
def test_a_damaged_template_is_named(tmp_path: Path, change: dict[str, object]) -> None:
    path = save_template(tmp_path, replace(built_in("magnusbilling"), name="mine"))
    assert template_named(tmp_path, "mine").columns == built_in("magnusbilling").columns
    path.write_text(json.dumps(json.loads(path.read_text()) | change), encoding="utf-8")
    with pytest.raises(DeckError) as caught:
        load_templates(tmp_path)
    assert caught.value.code == "bad_template"


@pytest.mark.parametrize("content", [b"", b"\xff", b"[]", b"[" * 100_000, b'{"version":1}'])
def test_a_template_of_garbage(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "x.json").write_bytes(content)
    with pytest.raises(DeckError, match="bad_template"):
        load_templates(tmp_path)
