from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.document import (
    Align,
    Columns,
    Cut,
    Document,
    DocumentError,
    Feed,
    Rule,
    Size,
    Text,
    as_text,
    columns,
    wrap,
)

TEXTS = st.text(alphabet="ab é\u00a0€", max_size=120)
WIDTHS = st.integers(1, 48)


@given(TEXTS, WIDTHS)
def test_wrapping_keeps_every_sign_and_the_width(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert lines
    assert all(len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 5, [""]),
        ("one two", 7, ["one two"]),
        ("one two", 6, ["one", "two"]),
        ("  indented text", 10, ["  indented", "text"]),
        ("12,50\u00a0€ or more", 8, ["12,50\u00a0€", "or more"]),
        ("unbreakable", 4, ["unbr", "eaka", "ble"]),
        ("a  b", 4, ["a  b"]),
    ],
)
def test_wrapping_breaks_at_spaces(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


def test_no_width_is_refused() -> None:
    with pytest.raises(ValueError, match="width"):
        wrap("a", 0)


@given(TEXTS, TEXTS, st.integers(2, 48), st.sampled_from(Size), st.booleans())
def test_columns_lose_nothing_and_fit(
    left: str, right: str, width: int, size: Size, bold: bool
) -> None:
    lines = columns(left, right, width, size=size, bold=bold)
    Document(width, tuple(lines))
    got = "".join(
        line.left + line.right if isinstance(line, Columns) else line.text
        for line in lines
        if isinstance(line, Columns | Text)
    )
    assert got.replace(" ", "") == (left + right).replace(" ", "")


def test_the_right_column_stands_beside_the_last_left_line() -> None:
    assert columns("a long description", "1,00", 16) == [
        Text("a long"),
        Columns("description", "1,00"),
    ]


def test_a_long_right_column_gets_a_line_of_its_own() -> None:
    assert columns("left", "123 456 789,00", 16) == [
        Text("left"),
        Text("123 456 789,00", Align.RIGHT),
    ]


@pytest.mark.parametrize(
    "line", [Text("x" * 11), Text("x" * 6, size=Size.BIG), Columns("x" * 5, "y" * 5)]
)
def test_a_line_that_does_not_fit_is_refused(line: Text | Columns) -> None:
    with pytest.raises(DocumentError, match="cells in 10"):
        Document(10, (line,))


def test_it_draws_as_text() -> None:
    document = Document(
        12,
        (
            Text("left"),
            Text("mid", Align.CENTRE),
            Text("right", Align.RIGHT),
            Text("big", Align.CENTRE, Size.BIG),
            Rule(),
            Columns("a", "1,00"),
            Feed(2),
            Cut(),
        ),
    )
    assert as_text(document) == (
        "left\n    mid\n       right\n   b i g\n------------\na       1,00\n\n\n~~~~~~~~~~~~\n"
    )
