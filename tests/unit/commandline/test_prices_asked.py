"""`callshop rate`, `quote` and `pricelist`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from app import sentences
from tests.unit.commandline.conftest import Run

GENERIC = """\
prefix,destination,price_per_minute,connection_fee,first_increment,next_increment,\
free_seconds,minimum_charge,effective_from
223,Mali,0.30,0.05,60,60,0,0,
22376,Mali mobile,0.40,0.05,30,6,0,0,
33,France,0.05,0,1,1,10,0,
49,Germany,0.10,0,1,1,0,0.5,2026-06-01
44,United Kingdom,0,0,1,1,0,0,
"""
BANDS = """
[[tariff.bands]]
name = "night"
windows = ["mon-sun 20:00-07:00"]
"""
BANDED = """\
prefix,destination,price_per_minute,first_increment,next_increment,price_per_minute@night
223,Mali,0.60,1,1,0.30
"""

File = Callable[..., str]


def rated(run: Run, path: str, number: str, seconds: str, *words: str) -> dict[str, object]:
    said = run("rate", "--tariff", path, number, seconds, "--json", *words)
    assert said.status == 0, said.err
    body = said.body
    assert {
        "prefix", "destination", "talked_seconds", "billed_seconds", "amount", "currency", "lines",
    } <= body.keys()  # fmt: skip
    assert isinstance(body["amount"], str | None)
    assert all(isinstance(line["amount"], str) for line in body["lines"])
    return dict(body)


@pytest.mark.parametrize(
    ("call", "prefix", "billed", "amount"),
    [
        (("22320221234", "61"), "223", 120, "0.65"),
        (("+223 20 22 12 34", "61"), "223", 120, "0.65"),
        (("0022320221234", "60"), "223", 60, "0.35"),
        (("22376221234", "31"), "22376", 36, "0.29"),
        (("0612345678", "70"), "33", 60, "0.05"),
        (("33612345678", "10"), "33", 0, "0.00"),
        (("33612345678", "0"), "33", 0, "0.00"),
        (("33612345678", "10.001"), "33", 1, "0.01"),
        (("491711234567", "60"), "49", 60, "0.50"),
        (("44207946000", "3600"), "44", 3600, "0.00"),
    ],
)
def test_a_call_is_rated_by_a_generic_file(
    call: tuple[str, str], prefix: str, billed: int, amount: str, run: Run, file: File
) -> None:
    body = rated(run, file(GENERIC), *call)
    assert (body["prefix"], body["billed_seconds"], body["amount"]) == (prefix, billed, amount)
    assert body["currency"] == "EUR"


def test_no_shop_is_needed(run: Run, file: File, shop: Path) -> None:
    path = file(GENERIC)
    (shop / "shop.toml").unlink()
    assert rated(run, path, "22320221234", "61")["amount"] == "0.65"
    assert run("quote", "--tariff", path, "mali").status == 0


def test_a_number_without_a_price_has_no_amount_and_a_reason(run: Run, file: File) -> None:
    path = file(GENERIC)
    body = rated(run, path, "999123", "60")
    assert (body["amount"], body["reason"], body["lines"]) == (None, "no_rate", [])
    before = rated(run, path, "491711234567", "60", "--at", "2026-05-31T23:59")
    assert (before["amount"], before["prefix"]) == (None, None)
    said = run("rate", "--tariff", path, "999123", "60")
    assert (said.status, said.out) == (1, "")
    assert said.err == "The tariff has no price for this number.\n"


@pytest.mark.parametrize("number", ["112", "15", "0800123456", "+33 800 123 456"])
def test_emergency_and_free_numbers_cost_nothing(number: str, run: Run, file: File) -> None:
    body = rated(run, file(GENERIC), number, "600")
    assert (body["amount"], body["billed_seconds"]) == ("0.00", 0)
    assert "cost nothing" in run("rate", "--tariff", file(GENERIC), number, "600").out


def test_what_may_not_be_called_is_said(run: Run, file: File) -> None:
    path = file("prefix,destination,price_per_minute,access\n882,Satellite,9,forbidden\n")
    assert rated(run, path, "8821234", "60")["access"] == "forbidden"
    assert run("rate", "--tariff", path, "8821234", "60").lines[-1] == "may not be called"
    quote = run("quote", "--tariff", path, "satellite")
    assert quote.lines == ["Satellite (+882)", "  9.00 EUR a minute", "  may not be called"]


@pytest.mark.parametrize(
    ("at", "amount"),
    [
        # The clock goes from 2 to 3 and back from 3 to 2: the bands are the wall clock's.
        ("2026-03-29T01:59:30", "0.30"),
        ("2026-03-29T06:59:00", "0.30"),
        ("2026-03-29T07:00:00", "0.60"),
        ("2026-03-29T05:00:00+00:00", "0.60"),
        ("2026-10-25T05:59:59+00:00", "0.30"),
        ("2026-10-25T06:00:00+00:00", "0.60"),
        ("2026-10-25T19:59:59", "0.60"),
        ("2026-10-25T20:00", "0.30"),
        ("2026-10-25", "0.30"),
    ],
)
def test_the_bands_of_the_shop_hold(at: str, amount: str, run: Run, file: File, shop: Path) -> None:
    settings = shop / "shop.toml"
    settings.write_text(settings.read_text() + BANDS.replace("[[exchanges]]", ""))
    assert rated(run, file(BANDED), "22320221234", "60", "--at", at)["amount"] == amount


def test_a_band_that_the_settings_do_not_know_is_named(run: Run, file: File) -> None:
    for command in (["rate", "22320221234", "60"], ["quote", "mali"], ["pricelist", "x.pdf"]):
        said = run(command[0], "--tariff", file(BANDED), *command[1:])
        assert (said.status, said.out) == (1, "")
        assert said.err == "The settings know no time band named night.\n"


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["22320221234", "x"], "SECONDS: x"),
        (["22320221234", "1e3"], "SECONDS: 1e3"),
        (["22320221234", "9999999"], "SECONDS: 9999999"),
        (["22320221234", "nan"], "SECONDS: nan"),
        (["22320221234", "60", "--at", "noon"], "noon is no date"),
        (["22320221234", "60", "--at", "9999999-01-01"], "is no date"),
        (["22320221234", "60", "--exchange-rate", "0"], "--exchange-rate: 0"),
    ],
)
def test_wrong_words_are_named(words: list[str], named: str, run: Run, file: File) -> None:
    said = run("rate", "--tariff", file(GENERIC), *words)
    assert said.status == 1
    assert named in said.err


def test_the_price_is_explained_in_the_users_language(
    run: Run, file: File, is_french: bool
) -> None:
    lines = run("rate", "--tariff", file(GENERIC), "22320221234", "61", "--at", "2026-01-05").lines
    if is_french:
        assert lines[-1] == "L’appel coûte 0,65\u00a0€."
    else:
        assert lines[-1] == "The call costs €0.65."
    assert len(lines) == 8


def test_the_tariff_of_the_shop_is_asked_by_its_name(run: Run, file: File) -> None:
    assert "There is no tariff shop" in run("rate", "22320221234", "60").err
    run("tariff", "import", file(GENERIC))
    run("tariff", "import", "--tariff", "vip", file(GENERIC.replace("0.30", "0.20")))
    assert run("rate", "22320221234", "60", "--json").body["amount"] == "0.35"
    vip = run("rate", "--tariff", "vip", "22320221234", "60", "--json").body
    assert vip["amount"] == "0.25"
    assert run("rate", "--tariff", "none", "22320221234", "60").status == 1


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("mali mobile", "22376"),
        ("MALI", "223"),
        ("mob", "22376"),
        ("Allemagne", "49"),
        ("Royaume-Uni", "44"),
        ("united", "44"),
        ("+22376", "22376"),
        ("0612345678", "33"),
    ],
)
def test_a_destination_is_found_by_number_or_words(
    words: str, first: str, run: Run, file: File
) -> None:
    body = run("quote", "--tariff", file(GENERIC), "--json", *words.split()).body
    assert body[0]["prefix"] == first


def test_a_quote_says_what_minutes_cost_and_how_long_an_amount_lasts(run: Run, file: File) -> None:
    path = file(GENERIC)
    said = run("quote", "--tariff", path, "--amount", "1", "mali", "mobile")
    assert said.lines == [
        "Mali mobile (+22376)",
        "  0.40 EUR a minute",
        "  0.05 EUR for the connection",
        "  1 min 0.45 EUR",
        "  5 min 2.05 EUR",
        "  10 min 4.05 EUR",
        "  1 EUR lasts 2 min 18 s",
    ]
    (row,) = run("quote", "--tariff", path, "--json", "--amount", "1", "mali", "mobile").body
    assert row["minutes"] == {"1": "0.45", "5": "2.05", "10": "4.05"}
    assert row["seconds_for_credit"] == 138
    (free,) = run("quote", "--tariff", path, "--json", "united").body
    assert free["seconds_for_credit"] == "unlimited"
    assert "without limit" in run("quote", "--tariff", path, "united").out


def test_a_quote_says_the_next_band(run: Run, file: File, shop: Path) -> None:
    settings = shop / "shop.toml"
    settings.write_text(settings.read_text() + BANDS)
    words = ["quote", "--tariff", file(BANDED), "mali", "--at", "2026-10-24T19:00"]
    assert run(*words).lines[-1] == "  from 2026-10-24 20:00: 0.30 EUR a minute"
    (row,) = run(*words, "--json").body
    assert row["next_band"]["starts_at"] == "2026-10-24T20:00+02:00"
    assert row["next_band"]["minutes"]["10"] == "3.00"


def test_nothing_found_is_said(run: Run, file: File, is_french: bool) -> None:
    said = run("quote", "--tariff", file(GENERIC), "atlantis")
    words = "Rien n’est trouvé pour atlantis." if is_french else "Nothing is found for atlantis."
    assert (said.status, said.err) == (1, words + "\n")
    assert run("quote", "--tariff", file(GENERIC), "--json", "atlantis").out == "[]\n"
    assert run("quote", "--tariff", file(GENERIC), "--amount", "x", "mali").status == 1


def test_a_price_list_is_written_for_the_shop_or_a_booth(run: Run, file: File, shop: Path) -> None:
    run("tariff", "import", file(GENERIC))
    run("tariff", "import", "--tariff", "vip", file(GENERIC.replace("Mali", "Bamako")))
    out = shop / "list.pdf"

    def text(*words: str) -> str:
        said = run("pricelist", str(out), *words)
        assert said.status == 0, said.err
        assert str(out) in said.out
        return "".join(page.extract_text() for page in pypdf.PdfReader(out).pages)

    assert "Mali" in text()
    assert "Bamako" in text("--booth", "2", "--language", "fr")
    assert "France" in text("--booth", "1", "--poster")
    assert "There is no booth 9." in run("pricelist", str(out), "--booth", "9").err
    assert run("pricelist", str(shop / "none" / "list.pdf")).status == 1


def test_the_version_that_made_the_price_is_named(run: Run, file: File) -> None:
    run("tariff", "import", file(GENERIC))
    assert "By the tariff “deck.csv”, version 1." in run("rate", "22320221234", "60").lines


def test_why_a_price_list_is_not_written_is_said(
    run: Run, file: File, shop: Path, is_french: bool
) -> None:
    path = file(GENERIC)
    folder = run("pricelist", "--tariff", path, str(shop / "nodir" / "x.pdf"))
    assert folder.status == 1
    assert ("dossier" if is_french else "there is no such folder") in folder.err
    itself = run("pricelist", "--tariff", path, str(shop))
    assert itself.status == 1
    assert ("c’est un dossier" if is_french else "it is a folder") in itself.err


@pytest.mark.parametrize("code", ["folder_missing", "not_writable", "disk_full", "write_failed"])
def test_every_failure_of_a_pdf_has_its_sentence(code: str, is_french: bool) -> None:
    said = sentences.of_error(code, {"path": "x.pdf"})
    assert said.startswith("x.pdf ")
    assert code not in said


def test_the_day_of_the_answer_is_said(run: Run, file: File, is_french: bool) -> None:
    said = run("rate", "--tariff", file(GENERIC), "+22320212223", "60", "--at", "2026-12-01T20:00")
    answered = (
        "Décroché le 2026-12-01 à 20:00:00."
        if is_french
        else ("Answered on 2026-12-01 at 20:00:00.")
    )
    assert said.lines[0] == answered
