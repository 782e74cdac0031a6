"""Rows of a dry run in words, their order, and a sentence for every code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from app.decks.deck import Deck, Note, RefusedRow
from app.domain.money import EUR, Price
from app.domain.tariff import Entry, Rate
from app.domain.tariff_diff import Change, Mark, compare
from app.domain.tariff_kinds import Kind
from app.tariffs.proposal import Proposal, ProposalRow, Wish
from ui import tariff_texts, tariff_words
from ui.formatting import Formatter
from ui.tariff_rows import Choice, Column, Rows

ROOT = Path(__file__).parents[3]
AT = 1_800_000_000_000_000
ENGLISH = Formatter("en", EUR, "Europe/Paris")
FRENCH = Formatter("fr", EUR, "Europe/Paris")


@pytest.mark.parametrize(
    ("prefixes", "text"),
    [
        (("22177", "22178"), "221 77, 78"),
        (("1204", "1226", "1227", "1228"), "1 204, 226–228"),
        (("24381",), "243 81"),
        (("33",), "33"),
        (("44", "4470"), "44, 4470"),
        (("33601", "44701"), "33601, 44701"),
        (("999123",), "999123"),
        (
            tuple(f"2217{digit}{digit}" for digit in range(9)),
            "221 700, 711, 722, 733, 744, 755 … +3",
        ),
        (("22109", "22110"), "221 09, 10"),
        (("2219", "22110", "22111", "22112"), "221 9, 10–12"),
    ],
)
def test_prefixes_are_grouped(prefixes: tuple[str, ...], text: str) -> None:
    assert tariff_words.grouped_prefixes(prefixes) == text


@pytest.mark.parametrize(
    ("permille", "text"),
    [
        *((None, "—"), (430, "43%"), (434, "43%"), (435, "44%"), (0, "0%"), (4, "0%")),
        *((-1, "−1%"), (-60, "−6%"), (-64, "−6%"), (-9_991, "< −999%")),
    ],
)
def test_a_loss_is_never_rounded_away(permille: int | None, text: str) -> None:
    assert tariff_words.margin_text(permille, ENGLISH) == text


def _proposal(
    old: tuple[Entry, ...],
    new: tuple[Entry, ...],
    *,
    kind: Kind = Kind.COST,
    refused: tuple[RefusedRow, ...] = (),
    notes: tuple[Note, ...] = (),
) -> Proposal:
    lines = tuple(range(2, len(new) + 2))
    diff = compare(old, new, lines, at=AT, is_full=True)
    rows = tuple(
        ProposalRow(
            number,
            row.line,
            (row.prefix,),
            (row.new or row.old or new[0]).rate.destination,
            row.change,
            row.old.rate if row.old else None,
            row.new.rate if row.new else None,
            row.permille,
            row.terms,
            row.marks,
        )
        for number, row in enumerate(diff.rows)
    )
    deck = Deck("deck.csv", new, lines, refused=refused, notes=notes)
    return Proposal(deck, Wish("voip", kind, AT, is_full=True), old, 1, rows, diff)


def _entry(prefix: str, micro: int, name: str = "Senegal", **terms: int) -> Entry:
    return Entry(prefix, Rate(name, Price(micro), **terms))  # type: ignore[arg-type]  # ints by name


OLD = (
    _entry("2211", 200_000),
    _entry("2212", 200_000),
    _entry("2213", 200_000),
    _entry("2214", 200_000, first_increment=60, next_increment=60),
    _entry("2215", 200_000),
)
NEW = (
    _entry("2211", 219_200),
    _entry("2212", 194_200),
    _entry("2213", 20_000_000),
    _entry("2214", 200_000, first_increment=60, next_increment=1),
    _entry("2216", 300_000, "Côte d'Ivoire"),
)
REFUSED = (RefusedRow(3390, "prefix", "excel_damage", "2,43E+11"),)


def test_differences_are_written_as_a_person_says_them() -> None:
    rows = _proposal(OLD, NEW).rows
    texts = {row.prefixes[0]: tariff_words.difference(row, ENGLISH) for row in rows}
    assert texts == {
        "2211": "+9.6%",
        "2212": "−2.9%",
        "2213": "×100",
        "2214": "=",
        "2216": "new",
        "2215": "dropped",
    }


def test_remarks_say_what_is_remarkable() -> None:
    notes = (Note(6, "range_expanded", "prefix", "1204,1226-1228", 4),)
    proposal = _proposal(OLD, NEW, notes=notes, refused=REFUSED)
    remarks = tariff_words.Remarks(proposal.deck, AT, 2500)
    texts = [remarks.of(row, FRENCH) for row in proposal.rows]
    assert texts[2] == "decimal sign forgotten? line 4"
    assert texts[3] == "increments 60/60 → 60/1"
    assert texts[4] == "range expanded into 4 prefixes"
    assert remarks.of(REFUSED[0], ENGLISH) == "line 3,390, refused · prefix"
    assert tariff_words.refusal(REFUSED[0]) == "unreadable: number damaged by the spreadsheet"


@pytest.mark.parametrize(
    ("row", "prefix", "text"),
    [
        (
            RefusedRow(7, "price_per_minute", "not_a_number", "abc"),
            "—",
            "price per minute: abc — unreadable: no number",
        ),
        (RefusedRow(7, "prefix", "bad_prefix", "x12"), "x12", "unreadable: no prefix"),
        (RefusedRow(7, "price_per_minute", "empty", ""), "—", "unreadable: an empty cell"),
        (
            RefusedRow(7, "", "wrong_columns", "221;" + "9" * 60),
            "—",
            "221;" + "9" * 35 + "… — more or fewer cells than the header",
        ),
    ],
)
def test_a_refused_value_stands_with_its_column(row: RefusedRow, prefix: str, text: str) -> None:
    assert tariff_words.refused_prefix(row) == prefix
    assert tariff_words.refusal(row) == text


def test_what_is_grave_comes_before_names() -> None:
    old = (_entry("2214", 200_000, "Senegal", first_increment=60),)
    new = (_entry("2214", 20_000_000, "Sénégal fixe", first_increment=1),)
    proposal = _proposal(old, new, notes=(Note(2, "range_expanded", "prefix", "2214", 4),))
    row = proposal.rows[0]
    row = row._replace(marks=row.marks | {Mark.BELOW_COST})
    text = tariff_words.Remarks(proposal.deck, AT, 2500).of(row, ENGLISH)
    parts = text.split(" · ")
    assert parts[:2] == ["decimal sign forgotten? line 2", "sold at a loss"]
    assert parts[-1] == "was called Senegal"
    assert len(parts) == 5


def test_a_loss_is_remarked_with_a_price_that_leaves_the_margin() -> None:
    row = (
        _proposal(OLD, NEW)
        .rows[0]
        ._replace(marks=frozenset((Mark.BELOW_COST,)), suggested=Price(500_000))
    )
    remarks = tariff_words.Remarks(Deck("", (), ()), AT, 2500)
    assert remarks.of(row, FRENCH) == "sold at a loss · propose 0,50"
    guarded = row._replace(marks=frozenset((Mark.BELOW_GUARD,)), suggested=None)
    assert remarks.of(guarded, FRENCH) == "under the guard of 25\u00a0%"


def _prefixes(rows: Rows) -> list[str]:
    shown = [rows.row(line) for line in range(len(rows))]
    return [row.value if isinstance(row, RefusedRow) else row.prefixes[0] for row in shown]


def test_rows_are_counted_filtered_searched_and_sorted() -> None:
    rows = Rows(_proposal(OLD, NEW, refused=REFUSED))
    assert rows.counts[Choice.ALL] == 7
    assert (rows.counts[Choice.DEARER], rows.counts[Choice.CHEAPER]) == (2, 1)
    assert (rows.counts[Choice.NEW], rows.counts[Choice.DROPPED]) == (1, 1)
    assert (rows.counts[Choice.CHANGED], rows.counts[Choice.TO_CHECK]) == (1, 1)
    rows.show(Choice.DEARER, "", -1, is_descending=False)
    assert _prefixes(rows) == ["2211", "2213"]
    rows.show(Choice.ALL, "cote ivoire", -1, is_descending=False)
    assert _prefixes(rows) == ["2216"]
    rows.show(Choice.ALL, "2214", -1, is_descending=False)
    assert _prefixes(rows) == ["2214"]
    rows.show(Choice.ALL, "", Column.DIFFERENCE, is_descending=True)
    assert _prefixes(rows)[:2] == ["2213", "2211"]
    rows.show(Choice.REFUSED, "", Column.NEW, is_descending=False)
    assert _prefixes(rows) == ["2,43E+11"]
    assert not rows.can_take(0)


def test_doubtful_rows_are_not_ticked() -> None:
    rows = Rows(_proposal(OLD, NEW))
    assert rows.left_out == {2}
    assert rows.taken() == 5
    assert next(row.change for row in rows.proposal.rows if row.number == 2) is Change.DEARER


def test_every_code_of_the_contract_has_a_sentence() -> None:
    """The codes as the docstrings of the deck's reader list them, and those of a rate."""
    text = (ROOT / "app" / "decks" / "deck.py").read_text(encoding="utf-8")
    errors = text[text.index("Codes and their parameters") : text.index("class RefusedRow")]
    codes = set(re.findall(r"`([a-z_]+)`", errors))
    assert len(codes) > 25
    assert codes <= set(tariff_texts.FILE_CODES)
    notes = text[text.index("class Note") : text.index("class Layout")]
    found = set(re.findall(r"`([a-z_]+)`", notes)) - {"line", "count"}
    assert found <= set(tariff_texts.NOTE_CODES)
    rows = text[text.index("class RefusedRow") : text.index("class Note")]
    found = set(re.findall(r"`([a-z_]+)`", rows)) - {"line", "other_line", "column"}
    found -= {"fault_of_entry"}
    assert found <= set(tariff_texts.ROW_CODES)


def test_every_code_that_is_raised_has_a_sentence() -> None:
    raised: set[str] = set()
    for folder in ("app/tariffs", "app/decks"):
        for path in (ROOT / folder).glob("*.py"):
            text = path.read_text(encoding="utf-8")
            raised |= set(re.findall(r"(?:UserError|CodedError|DeckError)\(\s*\"([a-z_]+)\"", text))
    assert "tariff_changed" in raised
    general = tariff_texts.failure_text("nobody_knows")
    unsaid = {code for code in raised if tariff_texts.failure_text(code) == general}
    assert unsaid == set()


def test_parameters_stand_in_the_sentence() -> None:
    say = tariff_texts.failure_text
    assert "price per minute" in say("missing_column", [("column", "price_per_minute")])
    assert say("rate_bad_step", [("prefix", "221")]) == "Prefix 221: a later price that cannot be."
    assert "{" not in say("several_sheets", [("sheets", "A, B")])


def test_the_locale_groups_counts() -> None:
    assert FRENCH.count(4218) == "4\u00a0218"
    assert ENGLISH.count(-4218) == "-4,218"
    assert QLocale("fr").decimalPoint() == ","
    assert FRENCH.bare_price(Price(340_000), 4) == "0,3400"
