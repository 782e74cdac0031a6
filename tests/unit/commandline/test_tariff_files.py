"""Files that are no tariff: a clear sentence, exit status 1, and nothing changed."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from app.deck_sentences import of_note
from app.decks import read as reading
from app.decks.deck import Note
from app.decks.source import Source
from tests.unit.commandline.conftest import Run
from tests.unit.decks.spreadsheets import xlsx

HEAD = "prefix,destination,price_per_minute\n"
GOOD = f"{HEAD}221,Senegal,0.29\n"
GIGABYTE = 1024**3

File = Callable[..., str]
Dump = Callable[[], list[str]]


def bomb() -> bytes:
    """A small spreadsheet whose sheet unpacks to very much."""
    out = io.BytesIO()
    good = io.BytesIO(xlsx([["prefix", "destination", "price_per_minute"], ["221", "Mali", 1]]))
    with (
        zipfile.ZipFile(good) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            data = before.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = data.replace(b"</sheetData>", b" " * (300 * 1024**2) + b"</sheetData>")
            after.writestr(name, data)
    return out.getvalue()


@pytest.fixture
def held(run: Run, file: File) -> None:
    assert run("tariff", "import", file(GOOD, "held.csv")).status == 0


def refused(run: Run, path: str, dump: Dump) -> str:
    """Try every command that reads a file; returns what all of them said."""
    before = dump()
    said = set()
    for command in (
        ["import", "--full", path],
        ["diff", "--full", path],
        ["check", path],
        ["markup", path],
        ["whatif", path],
    ):
        answer = run("tariff", *command)
        assert answer.status == 1, command
        assert answer.out == ""
        said.add(answer.err)
    answer = run("rate", "--tariff", path, "221771234567", "60")
    said.add(answer.err)
    assert answer.status == 1
    assert dump() == before
    (sentence,) = said
    start, _colon, reason = sentence.partition(":")
    assert start.rstrip() == path
    return reason.strip()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "The file is empty."),
        (" \r\n\0", "The file is empty."),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x81\x8d\x8f\x90\x9d", "neither text nor a spreadsheet"),
        ("hello\n", "No line of column names"),
        ("prefix,destination\n1,x\n", "The column price_per_minute is missing."),
        ("prefix,prefix,destination,price_per_minute\n1,1,x,1\n", "prefix is there twice"),
        (HEAD, "The file holds no rate, only column names."),
        (f'{HEAD}221,Senegal,"1,234"\n', "may be thousands or decimals"),
        ("x" * 5_000_000, "no end"),
    ],
)
def test_what_is_no_tariff_is_said_in_a_sentence(
    content: str | bytes, sentence: str, run: Run, file: File, dump: Dump, held: None
) -> None:
    assert sentence in refused(run, file(content), dump)


def test_a_file_that_is_not_there_or_a_folder(
    run: Run, shop: Path, dump: Dump, held: None, is_french: bool
) -> None:
    missing = "il n’y a pas un tel fichier" if is_french else "there is no such file"
    assert missing in refused(run, str(shop / "none.csv"), dump)
    folder = "c’est un dossier" if is_french else "it is a folder"
    assert folder in refused(run, str(shop / "files"), dump)


def test_two_gigabytes(run: Run, shop: Path, dump: Dump, held: None) -> None:
    path = shop / "files" / "huge.csv"
    with path.open("wb") as stream:
        stream.truncate(2 * GIGABYTE)
    assert refused(run, str(path), dump) == "The file is too large for a tariff."


def test_a_zip_bomb(run: Run, file: File, dump: Dump, held: None) -> None:
    content = bomb()
    assert len(content) < 1_000_000
    sentence = "The spreadsheet would unpack to more than any tariff."
    assert refused(run, file(content, "bomb.xlsx"), dump) == sentence


def test_a_formula_is_a_bad_row_with_its_place(
    run: Run, file: File, dump: Dump, held: None
) -> None:
    rows = [["prefix", "destination", "price_per_minute"], ["221", "Senegal", "=0.2+0.1"]]
    before = dump()
    path = file(xlsx([*rows, ["223", "Mali", 0.25]]), "rates.xlsx")
    said = run("tariff", "import", "--full", path)
    assert said.status == 1
    assert (
        "rates.xlsx, line 2: price_per_minute: a formula; only values are taken (=0.2+0.1)"
        in said.err
    )
    assert dump() == before
    assert run("tariff", "import", "--changes", "--skip-bad", path).status == 0
    assert "223,Mali,0.25" in run("tariff", "export").out


def test_a_file_that_is_changed_while_it_is_read(
    run: Run, file: File, dump: Dump, held: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(file(GOOD))

    class Changing(Source):
        """A file to which somebody writes after it was read."""

        def __init__(self, path: Path) -> None:
            super().__init__(path)
            with path.open("a") as stream:
                stream.write("223,Mali,0.25\n")

    monkeypatch.setattr(reading, "Source", Changing)
    assert refused(run, str(path), dump) == "The file was changed while it was read."


def test_rows_are_counted_as_one_counts(run: Run, file: File, is_french: bool) -> None:
    said = run("tariff", "check", file(f"{GOOD}222,,1\n"))
    assert said.status == 1
    expected = "1 préfixe bon, 1 ligne fautive" if is_french else "1 good prefix, 1 bad row"
    assert said.lines == [expected]
    body = run("tariff", "check", "--json", file(f"{GOOD}222,,1\n")).body
    assert (body["prefixes"], len(body["refused"])) == (1, 1)
    (row,) = body["refused"]
    assert (row["file"], row["row"], row["column"]) == ("deck.csv", 3, "destination")


def test_a_device_is_no_file(run: Run, is_french: bool) -> None:
    said = run("tariff", "check", os.devnull)
    assert said.status == 1
    reason = "ce n’est pas un fichier ordinaire" if is_french else "it is no ordinary file"
    assert said.err.rstrip().endswith(reason)


NOTED = """\
prefix,destination,price_per_minute,status
221-224,West,0.29,
33.0,France,0.05,
32.0,Belgium,0.05,
44,England,0.05,blocked
"""


def test_what_was_understood_rather_than_read_is_said(run: Run, file: File) -> None:
    path = file(NOTED)
    for words in (("tariff", "check"), ("tariff", "import", "--dry-run")):
        said = run(*words, path)
        assert said.status == 0
        assert "line 2: range expanded into 4 prefixes (221-224)\n" in said.err
        assert "line 3: 2 prefixes written as numbers\n" in said.err
        assert "line 5: 1 row blocked by the file" in said.err
        notes = run(*words, "--json", path).body["notes"]
        assert [(one["row"], one["code"], one["count"]) for one in notes] == [
            (2, "range_expanded", 4),
            (3, "excel_number", 2),
            (5, "row_blocked", 1),
        ]


def test_of_many_notes_of_a_kind_the_first_are_said(run: Run, file: File) -> None:
    rows = "".join(f"{1000 + 10 * n}-{1001 + 10 * n},Range,0.20\n" for n in range(22))
    said = run("tariff", "check", file(f"prefix,destination,price_per_minute\n{rows}"))
    assert said.err.count("range expanded") == 20
    assert said.err.endswith("… and 2 more rows\n")


def test_every_note_has_its_sentence(is_french: bool) -> None:
    codes = re.findall(r"`(\w+)`", (Note.__doc__ or "").partition("Codes:")[2])
    names = {code for code in codes if "_" in code}
    assert len(names) == 9
    assert not [name for name in names if of_note(name, 2) == name]


def test_another_line_is_named_in_the_users_language(run: Run, file: File, is_french: bool) -> None:
    said = run("tariff", "check", file(f"{GOOD}221,Senegal,0.30\n"))
    assert ("voir la ligne 2" if is_french else "see line 2") in said.err
