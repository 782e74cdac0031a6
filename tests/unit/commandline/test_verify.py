"""`callshop verify`: what it looks at, what it says, and how it exits."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from app import commandline_verify
from app.commandline import main
from app.store import checks

GOOD = "prefix,destination,price_per_minute\n221,Senegal,0.29\n223,Mali,0.25\n"


def act(folder: Path, statement: str) -> None:
    with sqlite3.connect(folder / "shop.sqlite3") as db:
        db.execute(statement)
    db.close()


@pytest.fixture
def sold(shop: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    deck = shop / "deck.csv"
    deck.write_text(GOOD, encoding="utf-8")
    assert main(["--data", str(shop), "tariff", "import", str(deck)]) == 0
    capsys.readouterr()
    return shop


def test_clean_books(sold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(sold), "verify", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["findings"] == []
    assert said["checked"] == [one.__name__ for one in (*checks.CHECKS, *checks.ON_DEMAND)]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM rate_prefix WHERE position = 1",
        "DELETE FROM rate WHERE number = 1",
        "UPDATE rate_prefix SET number = 9 WHERE position = 2",
    ],
)
def test_a_tariff_that_lacks_something(
    sold: Path, statement: str, is_french: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    act(sold, statement)
    assert main(["--data", str(sold), "verify"]) == 1
    sentence = "Un tarif n’est pas entier" if is_french else "A tariff is not whole"
    assert sentence in capsys.readouterr().out
    assert main(["--data", str(sold), "verify", "--json"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert finding == {"check": "tariffs_are_whole", "detail": "tariff version 1"}


def test_a_damaged_file(sold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    act(sold, "CREATE TABLE filler (x)")
    act(
        sold, "INSERT INTO filler SELECT randomblob(900) FROM rate_prefix, rate_prefix, rate_prefix"
    )
    with (sold / "shop.sqlite3").open("r+b") as file:
        file.seek(-2048, 2)
        file.write(b"\xff" * 2048)
    assert main(["--data", str(sold), "verify", "--json"]) == 1
    said = capsys.readouterr()
    if said.out:
        assert "file_is_sound" in {one["check"] for one in json.loads(said.out)["findings"]}
    else:
        assert said.err


def test_a_shop_that_was_never_opened_has_nothing_wrong(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(shop), "verify"]) == 0
    assert capsys.readouterr().out
    assert not (shop / "shop.sqlite3").exists()


def test_every_check_has_its_sentence() -> None:
    names = {one.__name__ for one in (*checks.CHECKS, *checks.ON_DEMAND)}
    assert set(commandline_verify._sentences()) == names
