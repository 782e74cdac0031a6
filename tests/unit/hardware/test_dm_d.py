from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.meters.dm_d import DmD
from hardware.meters.driver import Screen
from tests.fakes.meter import DmdScreen

DRIVER = DmD()
BLANK = " " * 20
ROWS = st.text(alphabet="ab1 €é", min_size=20, max_size=20)
SCREENS = st.tuples(ROWS, ROWS)


def row(text: str) -> str:
    return text.ljust(20)


@pytest.mark.parametrize(
    ("before", "screen", "data"),
    [
        (None, (BLANK, BLANK), b""),
        (None, (row("Hi"), BLANK), b"\x1f$\x01\x01Hi"),
        (None, (BLANK, row("   €")), b"\x1f$\x04\x02\xd5"),
        ((row("12:04"), BLANK), (row("12:05"), BLANK), b"\x1f$\x05\x015"),
        ((row("abc"), row("x")), (row("axc"), row("y")), b"\x1f$\x02\x01x\x1f$\x01\x02y"),
        ((row("abc"), BLANK), (row("xbz"), BLANK), b"\x1f$\x01\x01xbz"),
        ((row("abc"), BLANK), (BLANK, BLANK), b"\x1f$\x01\x01   "),
        ((row("same"), row("too")), (row("same"), row("too")), b""),
        ((BLANK, BLANK), (BLANK, "x" * 20), b"\x1f$\x01\x02" + b"x" * 20),
    ],
)
def test_byte_pairs(before: Screen | None, screen: Screen, data: bytes) -> None:
    assert DRIVER.encode(screen, before) == data


def test_opening_and_closing() -> None:
    assert DRIVER.opening() == b"\x1b@\x1bt\x13\x1f\x01\x1fC\x00\x0c"
    assert DRIVER.closing() == b"\x0c"


@given(SCREENS, SCREENS, SCREENS)
def test_a_display_shows_what_was_meant(first: Screen, second: Screen, third: Screen) -> None:
    display = DmdScreen()
    display.feed(b"left over from before" + DRIVER.opening())
    before: Screen | None = None
    for screen in (first, second, third):
        display.feed(DRIVER.encode(screen, before))
        assert display.rows == screen
        before = screen
    display.feed(DRIVER.closing())
    assert display.rows == (BLANK, BLANK)
    assert display.unknown == []


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_brightness(level: int) -> None:
    assert DRIVER.brightness(level) == b"\x1fX" + bytes((level,))


@pytest.mark.parametrize("level", [-1, 0, 5, 256])
def test_brightness_out_of_range_is_refused(level: int) -> None:
    with pytest.raises(ValueError, match="brightness"):
        DRIVER.brightness(level)


@pytest.mark.parametrize(("column", "line"), [(0, 1), (21, 1), (1, 0), (1, 3), (-1, -1), (256, 1)])
def test_a_cell_out_of_range_is_refused(column: int, line: int) -> None:
    with pytest.raises(ValueError, match="no cell"):
        DRIVER.move(column, line)
