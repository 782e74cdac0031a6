"""Files on disk: too large, changed while they are read, cancelled, given up."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.decks import gather, source
from app.decks.deck import DeckError
from app.decks.read import first_rows, read_deck
from app.errors import Cancelled
from tests.unit.decks.shapes import prices
from tests.unit.decks.spreadsheets import xlsx

DECK = "prefix,destination,price_per_minute\n" + "".join(
    f"{1000 + number},Place {number % 50},0.{number % 50:02}\n" for number in range(3000)
)
TWO_GIGABYTES = 2 * 1024**3


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    path = tmp_path / "deck.csv"
    path.write_text(DECK, encoding="utf-8")
    return path


def failing(path: Path) -> str:
    with pytest.raises(DeckError) as caught:
        read_deck(path)
    return caught.value.code


def test_progress_is_told_and_ends_at_the_end(deck: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gather, "SLICE", 100)
    told: list[tuple[int, int]] = []
    found = read_deck(deck, progress=lambda done, total: told.append((done, total)))
    assert (found.name, len(found.entries)) == ("deck.csv", 3000)
    assert len(told) > 30
    assert told == sorted(told)
    assert {total for _, total in told} == {1000}
    assert told[-1][0] <= 1000


@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_it_can_be_cancelled_at_any_time(deck: Path, after: int) -> None:
    asked = 0

    def is_cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > after

    if after < 3:
        with pytest.raises(Cancelled):
            read_deck(deck, is_cancelled=is_cancelled)
    else:
        assert len(read_deck(deck, is_cancelled=is_cancelled).entries) == 3000
    assert asked == min(after + 1, 3)


def test_two_gigabytes_are_refused_by_their_size(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as stream:
        stream.write(DECK.encode())
        stream.truncate(TWO_GIGABYTES)
    with pytest.raises(DeckError) as caught:
        read_deck(path)
    assert (caught.value.code, caught.value.params) == ("too_large", {"limit": source.SIZE_MAX})


def test_a_file_that_is_none(tmp_path: Path) -> None:
    assert failing(tmp_path / "missing.csv") == "unreadable"
    assert failing(tmp_path) == "unreadable"
    os.mkfifo(tmp_path / "pipe")
    assert failing(tmp_path / "pipe") == "unreadable"


def test_a_file_that_grows_while_it_is_read(deck: Path) -> None:
    def grow(_done: int, _total: int) -> None:
        with deck.open("a", encoding="utf-8") as stream:
            stream.write("5,More,1\n")

    with pytest.raises(DeckError, match="changed_while_read"):
        read_deck(deck, progress=grow)


def test_a_file_that_changes_and_keeps_its_size_and_time(deck: Path) -> None:
    before = deck.stat()

    def change(_done: int, _total: int) -> None:
        with deck.open("r+b") as stream:
            stream.seek(-3, os.SEEK_END)
            stream.write(b"7")
        os.utime(deck, ns=(before.st_atime_ns, before.st_mtime_ns))

    with pytest.raises(DeckError, match="changed_while_read"):
        read_deck(deck, progress=change)
    assert len(read_deck(deck).entries) == 3000


def test_a_file_that_is_replaced_or_taken_away(deck: Path, tmp_path: Path) -> None:
    def replace(_done: int, _total: int) -> None:
        other = tmp_path / "other"
        other.write_text(DECK, encoding="utf-8")
        other.replace(deck)

    with pytest.raises(DeckError, match="changed_while_read"):
        read_deck(deck, progress=replace)
    with pytest.raises(DeckError, match="changed_while_read"):
        read_deck(deck, progress=lambda _done, _total: deck.unlink(missing_ok=True))


def test_the_first_rows_for_a_person_who_maps_them(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Titel\nB-Nummer;Wohin;¢\n33;Frankreich;1\n", encoding="utf-8")
    assert first_rows(path) == (("Titel",), ("B-Nummer", "Wohin", "¢"), ("33", "Frankreich", "1"))
    path.write_bytes(xlsx([["B-Nummer"], [33.0]]))
    assert first_rows(path, 5) == (("B-Nummer",), ("33",))


def test_a_spreadsheet_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "deck.xlsx"
    path.write_bytes(xlsx([["Code", "Destination", "Rate"], [33, "France", 0.1]]))
    assert prices(read_deck(path)) == {"33": 100_000}
