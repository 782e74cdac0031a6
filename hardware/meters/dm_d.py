"""Epson DM-D command set: 2 x 20 cells, 9600 8N1, code page 858. Pure.

Source: Epson's DM-D110 specification (commands ESC @, ESC t, CLR, US MD1, US C, US $, US X).
The cursor goes on by itself, so each write begins with a position, and in overwrite mode nothing
scrolls when the last cell is written. Not yet seen on a true device.
"""

from __future__ import annotations

from app.charset import encode_cp858, to_cp858
from hardware.meters.driver import Screen, check_shape

INITIALISE = b"\x1b@"
CODE_PAGE_858 = b"\x1bt\x13"
OVERWRITE_MODE = b"\x1f\x01"
CURSOR_OFF = b"\x1fC\x00"
CLEAR = b"\x0c"

_BRIGHTEST = 4


class DmD:
    """Epson DM-D110, DM-D210 and the many displays that speak like them."""

    name = "dm_d"
    columns = 20
    rows = 2
    baud = 9600

    def adapt(self, text: str) -> str:
        return to_cp858(text)

    def opening(self) -> bytes:
        return INITIALISE + CODE_PAGE_858 + OVERWRITE_MODE + CURSOR_OFF + CLEAR

    def closing(self) -> bytes:
        return CLEAR

    def encode(self, screen: Screen, before: Screen | None) -> bytes:
        """Write in each row from the first to the last cell that changes."""
        check_shape(screen, rows=self.rows, columns=self.columns)
        old = before if before is not None else (" " * self.columns,) * self.rows
        check_shape(old, rows=self.rows, columns=self.columns)
        output = b""
        for number, (row, old_row) in enumerate(zip(screen, old, strict=True), 1):
            encode_cp858(row)
            changed = [index for index in range(self.columns) if row[index] != old_row[index]]
            if changed:
                first, last = changed[0], changed[-1]
                output += self.move(first + 1, number) + encode_cp858(row[first : last + 1])
        return output

    def move(self, column: int, row: int) -> bytes:
        """Return the bytes that set the cursor: column 1..20, row 1..2, else `ValueError`."""
        if not (1 <= column <= self.columns and 1 <= row <= self.rows):
            raise ValueError(f"no cell at column {column}, row {row}")
        return b"\x1f$" + bytes((column, row))

    def brightness(self, level: int) -> bytes:
        """Return the bytes for a brightness of 1 (20 %) to 4 (100 %), else `ValueError`."""
        if not 1 <= level <= _BRIGHTEST:
            raise ValueError(f"brightness {level}")
        return b"\x1fX" + bytes((level,))
