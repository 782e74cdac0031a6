from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from app.domain.receipts import Receipt
from printing import pdf
from printing.document import Document, Feed, Rule, Size, Text
from printing.layout import receipt_document
from tests.fakes.sample_receipts import ENGLISH, HARD, PLAIN

MILLIMETRE = 72 / 25.4


def document_of(receipt: Receipt, copy_number: int = 0) -> Document:
    return receipt_document(receipt, width=pdf.WIDTH, copy_number=copy_number, adapt=pdf.adapt)


def read(document: Document) -> PdfReader:
    return PdfReader(io.BytesIO(pdf.encode(document)))


def words_of(text: str) -> list[str]:
    return text.replace("\u00a0", " ").split()


@pytest.mark.parametrize("receipt", [PLAIN, HARD, ENGLISH])
def test_every_word_can_be_read_back(receipt: Receipt) -> None:
    document = document_of(receipt, copy_number=1)
    (page,) = read(document).pages
    wanted = []
    for line in document.lines:
        for text in (getattr(line, name, "") for name in ("text", "left", "right")):
            wanted += words_of(text)
    assert words_of(page.extract_text()) == wanted


def test_signs_and_accents_are_kept() -> None:
    text = read(document_of(HARD)).pages[0].extract_text()
    for sign in "€œÉéà’“”…–•«»":
        assert sign in text, sign
    assert "Спасибо! Ευχαριστώ!" in text


@pytest.mark.parametrize("receipt", [PLAIN, HARD])
def test_each_font_is_embedded_with_its_letters(receipt: Receipt) -> None:
    (page,) = read(document_of(receipt)).pages
    resources = page["/Resources"].get_object()
    assert isinstance(resources, DictionaryObject)
    fonts = resources["/Font"].get_object()
    assert isinstance(fonts, DictionaryObject)
    assert len(fonts) >= 2
    for reference in fonts.values():
        font = reference.get_object()
        assert "JetBrainsMono" in font["/BaseFont"]
        assert "/FontFile2" in font["/FontDescriptor"]
        assert "/ToUnicode" in font


def test_it_is_80_mm_wide_and_as_long_as_its_lines() -> None:
    short, long = (read(document_of(receipt)).pages[0].mediabox for receipt in (PLAIN, HARD))
    assert float(short.width) == pytest.approx(80 * MILLIMETRE, abs=0.1)
    assert float(long.width) == pytest.approx(80 * MILLIMETRE, abs=0.1)
    assert short.height < long.height


def test_nothing_reaches_the_margins() -> None:
    widest = Document(
        10, (Text("M" * 10), Text("M" * 5, size=Size.BIG), Text("M" * 10, size=Size.TALL), Rule())
    )
    positions: list[float] = []
    for page in read(widest).pages:
        page.extract_text(
            visitor_text=lambda text, _cm, tm, _font, _size: (
                positions.append(tm[4]) if text.strip() else None
            )
        )
    assert positions
    assert min(positions) >= 4 * MILLIMETRE - 0.1


def test_the_same_document_gives_the_same_bytes() -> None:
    assert pdf.encode(document_of(HARD)) == pdf.encode(document_of(HARD))
    assert pdf.encode(document_of(HARD)) != pdf.encode(document_of(PLAIN))


def test_the_file_names_its_receipt() -> None:
    metadata = read(document_of(PLAIN)).metadata
    assert metadata is not None
    assert metadata.title == "Note 2026-004127"


@pytest.mark.parametrize(
    ("text", "fitted"),
    [
        ("5,42\u202f€", "5,42\u00a0€"),
        ("cœur ’ • – …", "cœur ’ • – …"),
        ("Ж ω", "Ж ω"),
        ("سلام", "■■■■"),
        ("a\x07b", "a■b"),
    ],
)
def test_texts_are_fitted_to_the_font(text: str, fitted: str) -> None:
    assert pdf.adapt(text) == fitted


def test_an_empty_document_is_a_page() -> None:
    assert len(read(Document(42, (Feed(),))).pages) == 1


def test_right_to_left_names_do_not_break_it() -> None:
    receipt = replace(PLAIN, shop=replace(PLAIN.shop, language="ar", name="هاتف"))
    assert read(document_of(receipt)).pages[0].extract_text()


def test_fonts_come_with_their_licence() -> None:
    folder = Path(__file__).parents[3] / "resources" / "fonts"
    licence = (folder / "OFL.txt").read_text(encoding="utf-8")
    for font in folder.glob("*.ttf"):
        name = {
            "Inter": "Inter",
            "JetBrainsMono": "JetBrains Mono",
            "NotoSansArabic": "Noto Sans Arabic",
        }
        assert name[font.stem.partition("-")[0]] in licence
