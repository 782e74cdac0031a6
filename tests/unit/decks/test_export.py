"""Decks written: canonical, complete, and the same when they are read again."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.decks.deck import DeckError
from app.decks.export import fitting_columns, write_deck
from app.domain.money import Price
from app.domain.tariff import Access, BandPrice, Entry, Rate, Step
from tests.unit.decks.shapes import FRANCE, SENEGAL, read

GENERIC = (
    "prefix,destination,price_per_minute,connection_fee,first_increment,next_increment,"
    "free_seconds,minimum_charge,effective_from"
)
TARIFFS = Path(__file__).parents[3] / "resources" / "tariffs"

WIDE = (
    f"{GENERIC},country,discontinued,free_below,surcharge,ceiling,access,"
    "step_1_after,step_1_price,step_1_increment,"
    "price_per_minute@peak,connection_fee@peak,step_1_after@peak,step_1_price@peak\n"
    '33,"France, ""fixed""",1.234,0.10,30,6,5,0.20,2026-05-03,FR,2027-01-01,3,0.05,9.50,key,'
    "60,0.50,10,0.40,0.02,300,0.10\n"
    "33,France,1.00,0.00,1,1,0,0.00,2027-01-01,,,0,0.00,,open,,,,,,,\n"
    "44,UK,0.000001,0.00,60,60,0,0.00,,,,0,0.00,,forbidden,,,,0.50,0.00,,\n"
)


def test_the_generic_form_is_written_with_what_is_needed() -> None:
    text = write_deck((Entry("33", Rate("France", Price(50_000))),))
    assert text == f"{GENERIC}\n33,France,0.05,0.00,1,1,0,0.00,\n"
    wider = write_deck((Entry("33", FRANCE), Entry("2217", SENEGAL)))
    assert wider == (
        f"{GENERIC},country\n33,France fixed,0.05,0.00,1,1,0,0.00,,FR\n"
        "2217,Sénégal mobile,0.29,0.10,60,30,0,0.00,,SN\n"
    )
    assert write_deck(()) == GENERIC + "\n"


@pytest.mark.parametrize("text", [WIDE, *(p.read_text("utf-8") for p in TARIFFS.glob("*.csv"))])
@pytest.mark.parametrize("zone", ["UTC", "Europe/Paris", "America/New_York"])
def test_a_canonical_file_comes_back_byte_for_byte(text: str, zone: str) -> None:
    deck = read(text, zone=zone)
    assert deck.refused == ()
    assert write_deck(deck.entries, columns=deck.columns, zone=zone) == text
    again = read(write_deck(deck.entries, zone=zone), zone=zone)
    assert again.entries == deck.entries


def test_a_later_price_of_nothing_is_written() -> None:
    band = BandPrice("peak", Price(1), steps=(Step(60, Price(0)),))
    entries = (Entry("1", Rate("A", Price(1), steps=(Step(60, Price(0)),), bands=(band,))),)
    assert read(write_deck(entries)).entries == entries


FEES = "prefix,destination,price_per_minute,connection_fee,price_per_minute@night"


def test_an_empty_fee_of_a_band_is_the_usual_one_and_zero_is_none() -> None:
    deck = read(
        f"{FEES},connection_fee@night\n"
        "33,France,0.10,0.05,0.08,\n34,Spain,0.10,0.05,0.08,0\n35,Portugal,0.10,0.05,,\n"
    )
    fees = [[band.connection_fee.micro for band in entry.rate.bands] for entry in deck.entries]
    assert fees == [[50_000], [0], []]
    without = read(f"{FEES}\n33,France,0.10,0.05,0.08\n")
    assert without.entries[0].rate == deck.entries[0].rate


@pytest.mark.parametrize("usual", [0, 50_000])
@pytest.mark.parametrize("own", [0, 50_000, 70_000])
def test_fees_of_bands_come_back_as_they_were(usual: int, own: int) -> None:
    band = BandPrice("night", Price(80_000), Price(own))
    plain = Entry("33", Rate("France", Price(100_000), Price(usual), bands=(band,)))
    other = Entry("34", Rate("Spain", Price(100_000), Price(50_000)))
    text = write_deck((plain, other))
    assert read(text).entries == (plain, other)
    assert ("connection_fee@night" in text) == (usual != own)
    fitting = fitting_columns((*FEES.split(","), *GENERIC.split(",")[4:]), (plain, other))
    assert ("connection_fee@night" in fitting) == (usual != own)


def test_the_order_of_bands_is_kept_where_rates_agree() -> None:
    def rate(name: str, *bands: str) -> Rate:
        return Rate(name, Price(1), bands=tuple(BandPrice(band, Price(2)) for band in bands))

    entries = (
        Entry("1", rate("A", "b")),
        Entry("2", rate("B", "c", "b")),
        Entry("3", rate("C", "c", "b", "a")),
    )
    assert read(write_deck(entries)).entries == entries
    contrary = (Entry("1", rate("A", "a", "b")), Entry("2", rate("B", "b", "a")))
    back = read(write_deck(contrary)).entries
    assert [band.band for entry in back for band in entry.rate.bands] == ["a", "b", "a", "b"]


def test_instants_that_are_no_midnights_are_kept() -> None:
    entries = (
        Entry("33", Rate("France", Price(1)), 1, 1_777_766_400_000_001),
        Entry("33", Rate("France", Price(2)), 1_777_766_400_000_001),
    )
    text = write_deck(entries, zone="Europe/Paris")
    assert "1970-01-01T00:00:00.000001Z" in text
    assert read(text, zone="Europe/Paris").entries == entries


def test_columns_are_what_is_asked_for() -> None:
    entry = Entry(
        "33",
        Rate(
            *("France", Price(50_000)),
            steps=(Step(60, Price(1), 6),),
            access=Access.FORBIDDEN,
        ),
    )
    columns = ("step_1_increment", "forbidden", "prefix", "step_2_price", "price_per_minute@x")
    assert write_deck((entry,), columns=columns) == f"{','.join(columns)}\n6,yes,33,,\n"
    with pytest.raises(ValueError, match="moon"):
        write_deck((entry,), columns=("prefix", "moon"))
    with pytest.raises(DeckError, match="unknown_zone"):
        write_deck((entry,), zone="Mars/Olympus")
