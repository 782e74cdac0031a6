from __future__ import annotations

import io
import itertools
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from app.errors import CodedError
from app.tariffs.price_list import PriceListOrder, make_price_list, price_list
from printing import figures
from printing import price_list as paper
from printing.price_document import FreeCalls, PriceLine, PriceList, PriceSection
from printing.price_page import HEIGHT, MARGIN, WIDTH, Box, Flag, Page, Rule, Words, wrap
from tests.fakes import golden
from tests.fakes.sample_prices import AT, SHOP, everything, huge, sample, tariff

LANGUAGES = ("en", "fr")
ASCENT, DESCENT = 0.76, 0.21
"""Of the typeface's letters, over their size."""


def document(name: str, language: str) -> PriceList:
    is_poster = name.startswith("poster")
    order = PriceListOrder(AT, language, 3 if is_poster else None, is_poster, ("SN", "ML", "MA"))
    prices = everything() if name.endswith("everything") else sample(language)
    return price_list(prices, SHOP, order)


ALL = [
    (name, language)
    for name in ("list", "poster", "list-everything", "poster-everything")
    for language in LANGUAGES
]


def text_of(page: Page) -> str:
    """Write the words of a page as they stand, a line a base."""
    rows: dict[float, list[Words]] = {}
    for item in page:
        if isinstance(item, Words):
            rows.setdefault(round(item.base, 1), []).append(item)
    lines = []
    for base in sorted(rows):
        words = sorted(rows[base], key=lambda one: one.x)
        lines.append("   ".join(one.text.replace("\u00a0", " ") for one in words))
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", ["list", "poster", "list-everything", "poster-everything"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_first_page(name: str, language: str) -> None:
    page = paper.set_pages(document(name, language))[0]
    golden.check(f"printing/prices-{name}-{language}.txt", text_of(page))


@pytest.mark.parametrize(("name", "language"), ALL)
def test_nothing_is_cut_and_nothing_overlaps(name: str, language: str) -> None:
    for page in paper.set_pages(document(name, language)):
        words = [item for item in page if isinstance(item, Words)]
        for one in words:
            assert one.x >= MARGIN - 0.1, one
            assert one.x + one.width <= WIDTH - MARGIN + 0.1, one
            assert 0 < one.base < HEIGHT - 10, one
        for item in page:
            if isinstance(item, Box | Rule | Flag):
                height = 0.0 if isinstance(item, Rule) else item.height
                assert item.top >= 0, item
                assert item.top + height <= HEIGHT, item
        by_base: dict[float, list[Words]] = {}
        for one in words:
            by_base.setdefault(round(one.base, 1), []).append(one)
        for row in by_base.values():
            row.sort(key=lambda word: word.x)
            for left, right in itertools.pairwise(row):
                assert left.x + left.width <= right.x + 0.1, (left, right)


@pytest.mark.parametrize(("name", "language"), ALL)
def test_lines_do_not_run_into_each_other(name: str, language: str) -> None:
    for page in paper.set_pages(document(name, language)):
        words = [item for item in page if isinstance(item, Words)]
        words.sort(key=lambda one: one.base)
        for upper, lower in itertools.combinations(words, 2):
            if lower.base - upper.base < 0.1:
                continue
            below = lower.base - ASCENT * lower.size >= upper.base + DESCENT * upper.size
            left, right = sorted((upper, lower), key=lambda one: one.x)
            assert below or left.x + left.width <= right.x + 0.1, (upper, lower)


@pytest.mark.parametrize("language", LANGUAGES)
def test_decimals_stand_under_each_other(language: str) -> None:
    made = document("list", language)
    for page in paper.set_pages(made):
        places = set()
        for item in page:
            if isinstance(item, Words) and item.font == figures.BOLD and item.size < 9:
                whole, sign, fraction = item.text.partition(made.decimal)
                if sign and (whole + fraction).isdigit():
                    places.add(round(item.x + figures.width(whole, item.font, item.size), 1))
        assert len(places) <= 4, places  # two columns of text, each with a price and a fee


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_can_be_read_back(language: str) -> None:
    made = document("list", language)
    pages = PdfReader(io.BytesIO(paper.encode(made))).pages
    read = "".join("".join(page.extract_text().split()) for page in pages)
    for section in made.sections:
        for line in section.lines:
            for text in (figures.adapt(line.label), *line.cells):
                assert "".join(text.split()) in read, text
    for text in (made.title, made.shop, *made.facts, *made.terms, *made.free.numbers):
        assert "".join(text.split()) in read, text
    assert "?" not in read
    assert "■" not in read


def test_letters_the_font_lacks_are_spelled_or_shown_missing() -> None:
    pages = paper.set_pages(document("list-everything", "fr"))
    words = [item.text for page in pages for item in page if isinstance(item, Words)]
    assert "Қазақстан сәлем ■■" in words
    assert not any("?" in text for text in words)


def test_fonts_are_embedded_and_no_other_is_named() -> None:
    for page in PdfReader(io.BytesIO(paper.encode(document("poster", "fr")))).pages:
        resources = page["/Resources"].get_object()
        assert isinstance(resources, DictionaryObject)
        fonts = resources["/Font"].get_object()
        assert isinstance(fonts, DictionaryObject)
        assert len(fonts) >= 3
        for reference in fonts.values():
            font = reference.get_object()
            assert "Inter" in font["/BaseFont"]
            assert "/FontFile2" in font["/FontDescriptor"]
            assert "/ToUnicode" in font


def test_figures_have_one_width() -> None:
    for font in figures.NAMES:
        assert len({round(figures.width(digit, font, 100), 3) for digit in "0123456789"}) == 1


def test_the_same_list_gives_the_same_bytes() -> None:
    assert paper.encode(document("poster", "fr")) == paper.encode(document("poster", "fr"))
    assert paper.encode(document("poster", "fr")) != paper.encode(document("poster", "en"))


def test_pages_are_numbered_and_repeat_their_headings() -> None:
    pages = paper.set_pages(document("list", "fr"))
    assert 5 < len(pages) < 15
    for number, page in enumerate(pages, 1):
        texts = [item.text for item in page if isinstance(item, Words)]
        assert f"Page {number} sur {len(pages)}" in texts
        assert "Prix par minute en euros" in texts
        assert any(text.startswith("Établi d’après le tarif") for text in texts)


def test_the_sample_poster_has_one_page_of_letters_that_can_be_read_standing() -> None:
    (page,) = paper.set_pages(document("poster", "fr"))
    prices = [item for item in page if isinstance(item, Words) and item.text == "0,17"]
    assert min(item.size for item in prices) >= 12
    assert paper.set_pages(document("poster", "fr"))[0] == page


def test_a_long_country_is_named_again_where_a_column_cuts_it() -> None:
    lines = (
        PriceLine("Mali", (), "ML"),
        *(PriceLine(f"N{n}", ("1.00",), level=1) for n in range(99)),
    )
    made = listing((PriceSection("Abroad", lines),))
    pages = paper.set_pages(made)
    texts = [item.text for page in pages for item in page if isinstance(item, Words)]
    assert "Mali (continued)" in texts
    assert [f"N{n}" in texts for n in range(99)] == [True] * 99


def test_a_short_country_is_not_cut() -> None:
    lines = []
    for number in range(100):
        lines.append(PriceLine(f"Land {number}", (), "ML"))
        lines += [PriceLine(f"N{number}.{n}", ("1.00",), level=1) for n in range(3)]
    pages = paper.set_pages(listing((PriceSection("Abroad", tuple(lines)),)))
    assert len(pages) > 1
    assert "continued" not in "".join(map(text_of, pages))


def test_a_heading_never_ends_a_column() -> None:
    for count in range(40, 75):
        lines = tuple(PriceLine(f"C{n}", ("1.00",)) for n in range(count))
        sections = (PriceSection("One", lines), PriceSection("Two", lines))
        for page in paper.set_pages(listing(sections)):
            words = [item for item in page if isinstance(item, Words)]
            for title in (one for one in words if one.text in {"One", "Two"}):
                assert any(
                    one.text.startswith("C") and one.base > title.base and abs(one.x - title.x) < 60
                    for one in words
                ), (count, title)


def listing(sections: tuple[PriceSection, ...]) -> PriceList:
    return PriceList(
        language="en",
        shop="Shop",
        address=(),
        place="",
        title="Prices",
        facts=("All",),
        free=FreeCalls("Free", ()),
        terms_title="Terms",
        terms=(),
        bands_title="",
        bands=(),
        bands_note="",
        unit="Per minute",
        columns=("Price",),
        sections=sections,
        notes=(),
        source="Made",
    )


def test_an_empty_list_is_a_page() -> None:
    assert len(paper.set_pages(price_list(tariff(), SHOP, PriceListOrder(AT)))) == 1


def test_a_quarter_of_a_million_prefixes_are_a_few_pages(tmp_path: Path) -> None:
    path = tmp_path / "prices.pdf"
    assert make_price_list(path, huge(), SHOP, PriceListOrder(AT, "fr")) == 1
    assert "Sénégal" in PdfReader(path).pages[0].extract_text()


@pytest.mark.parametrize("room", [5.0, 30.0, 200.0])
def test_wrapping_loses_no_letter(room: float) -> None:
    text = "Une destination dont le nom estbeaucouptroplongpourlacolonne oui"
    lines = wrap(text, figures.REGULAR, 10.0, room)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(
        figures.width(line, figures.REGULAR, 10.0) <= room or len(line) == 1 for line in lines
    )


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "prices.pdf"
    path.write_bytes(b"old")
    assert paper.write_price_list(path, document("poster", "fr")) == 1
    assert path.read_bytes() == paper.encode(document("poster", "fr"))
    assert list(tmp_path.iterdir()) == [path]


def test_errors_are_codes_and_leave_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for path, code in (
        (tmp_path / "none" / "prices.pdf", "folder_missing"),
        (tmp_path / "folder", "not_writable"),
    ):
        with pytest.raises(CodedError) as caught:
            paper.write_price_list(path, document("poster", "fr"))
        assert (caught.value.code, caught.value.params) == (code, {"path": str(path)})
    assert list(tmp_path.iterdir()) == [tmp_path / "folder"]
