from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.charset import to_cp858
from app.domain.money import Money
from app.domain.receipts import Receipt, ReceiptError, ReceiptExtra, from_json, to_json
from printing.document import Document, as_text
from printing.layout import MINIMUM_WIDTH, WIDTHS, receipt_document
from tests.fakes import golden
from tests.fakes.sample_receipts import ENGLISH, EXPLAINED, HARD, PLAIN

SAMPLES = {"plain": PLAIN, "hard": HARD, "english": ENGLISH}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", SAMPLES)
def test_golden_documents(name: str, width: int) -> None:
    document = receipt_document(SAMPLES[name], width=width, adapt=to_cp858)
    golden.check(f"printing/{name}-{width}.txt", as_text(document))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_golden_explained_documents(language: str, width: int) -> None:
    receipt = replace(EXPLAINED, shop=replace(EXPLAINED.shop, language=language))
    document = receipt_document(receipt, width=width, is_explained=True, adapt=to_cp858)
    golden.check(f"printing/explained-{language}-{width}.txt", as_text(document))


def test_reasons_are_printed_only_when_asked_for() -> None:
    plain = receipt_document(EXPLAINED, width=48)
    bare = replace(EXPLAINED.calls[0], reasons=())
    without = replace(EXPLAINED, calls=(bare, EXPLAINED.calls[1]))
    assert plain == receipt_document(without, width=48, is_explained=True)


def test_every_reason_is_indented_and_keeps_its_figures() -> None:
    rows = as_text(receipt_document(EXPLAINED, width=32, is_explained=True)).splitlines()
    first = next(number for number, row in enumerate(rows) if "A sonné" in row)
    last = next(number for number, row in enumerate(rows) if "L’appel coûte" in row)
    assert all(row.startswith("  ") for row in rows[first : last + 1])
    assert all(len(row) <= 32 for row in rows)


@pytest.mark.parametrize(("language", "word"), [("fr", "DUPLICATA 2"), ("en", "COPY 2")])
def test_a_copy_says_so_first_and_last(language: str, word: str) -> None:
    receipt = replace(PLAIN, shop=replace(PLAIN.shop, language=language))
    rows = drawn(receipt_document(receipt, width=48, copy_number=2))
    spread = " ".join(word)
    assert rows[0] == spread
    assert rows.count(spread) == 2
    assert spread not in drawn(receipt_document(receipt, width=48))


@pytest.mark.parametrize(
    ("language", "mark"),
    [("fr", "EXERCICE – SANS VALEUR"), ("en", "PRACTICE – NOT A RECEIPT")],
)
def test_practice_says_so_first_and_last(language: str, mark: str) -> None:
    receipt = replace(PLAIN, is_practice=True, shop=replace(PLAIN.shop, language=language))
    rows = drawn(receipt_document(receipt, width=48))
    assert rows[0] == mark
    assert rows.count(mark) == 2
    assert mark not in drawn(receipt_document(replace(receipt, is_practice=False), width=48))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("", "Cabine 2"),
        ("2", "Cabine 2"),
        ("cabine 2", "Cabine 2"),
        ("Fax", "Cabine 2 – Fax"),
    ],
)
def test_the_booths_name_stands_beside_its_number(name: str, shown: str) -> None:
    rows = drawn(receipt_document(replace(PLAIN, booth_name=name), width=48))
    assert any(row.startswith(f"{shown}  ") for row in rows)


@given(
    text=st.text(st.characters(codec="utf-8"), max_size=200),
    width=st.sampled_from(WIDTHS),
)
def test_no_text_is_ever_cut(text: str, width: int) -> None:
    call = replace(PLAIN.calls[0], destination=text)
    receipt = replace(PLAIN, calls=(call,), extras=(ReceiptExtra(text, 1, Money(1)),))
    paper = squeezed(as_text(receipt_document(receipt, width=width, adapt=to_cp858)))
    wanted = "".join(squeezed(to_cp858(row)) for row in text.splitlines())
    assert f"14:13{wanted}+212" in paper
    assert f"1,57{wanted}0,01" in paper


def test_a_receipt_without_calls_or_tax() -> None:
    receipt = replace(PLAIN, calls=(), extras=(), taxes=(), change=Money(0))
    rows = drawn(receipt_document(receipt, width=32))
    assert "TOTAL                     5,42 €" in rows
    assert not any("TVA" in row or "Rendu" in row for row in rows)


@pytest.mark.parametrize("width", [MINIMUM_WIDTH - 1, 0, -1])
def test_too_narrow_a_paper_is_refused(width: int) -> None:
    with pytest.raises(ValueError, match="width"):
        receipt_document(PLAIN, width=width)


def test_a_negative_copy_is_refused() -> None:
    with pytest.raises(ValueError, match="copy"):
        receipt_document(PLAIN, width=48, copy_number=-1)


def test_the_narrowest_paper_works() -> None:
    assert receipt_document(HARD, width=MINIMUM_WIDTH, adapt=to_cp858).width == MINIMUM_WIDTH


def drawn(document: Document) -> list[str]:
    return [row.strip() for row in as_text(document).splitlines()]


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_a_round_trip_through_json_prints_the_same() -> None:
    again: Receipt = from_json(to_json(HARD))
    assert receipt_document(again, width=42) == receipt_document(HARD, width=42)


def test_reasons_come_back_from_json_as_they_were() -> None:
    assert from_json(to_json(EXPLAINED)) == EXPLAINED


def test_a_receipt_written_before_there_were_reasons_is_still_read() -> None:
    document = json.loads(to_json(PLAIN))
    for call in document["receipt"]["calls"]:
        del call["reasons"]
    assert from_json(json.dumps(document)) == PLAIN


@pytest.mark.parametrize(
    "reasons", [5, [{"values": []}], [{"code": "fee", "values": [["amount_micro"]]}], ["fee"]]
)
def test_reasons_that_are_none_are_refused(reasons: object) -> None:
    document = json.loads(to_json(PLAIN))
    document["receipt"]["calls"][0]["reasons"] = reasons
    with pytest.raises(ReceiptError):
        from_json(json.dumps(document))
