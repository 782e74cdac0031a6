"""The window's typeface on paper, with figures of one width: decimals stand under each other.

reportlab knows nothing of a font's features. Inter draws its ones narrow unless the feature
`tnum` is asked for; this module finds that feature in the font's table GSUB (OpenType 1.9,
"Glyph substitution table") and gives the wide figures the places of the narrow ones.
"""

from __future__ import annotations

import functools
import importlib.resources
import io
import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.charset import to_cp858

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFontFace

REGULAR = "Inter-Regular"
MEDIUM = "Inter-Medium"
BOLD = "Inter-Bold"
NAMES = (REGULAR, MEDIUM, BOLD)

_FEATURE = b"tnum"
_SINGLE, _EXTENSION = 1, 7


@functools.cache
def load() -> frozenset[int]:
    """Register the fonts, once; return the code points that all of them have."""
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415 - a fifth of a second
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415

    known = []
    for name in NAMES:
        file = importlib.resources.files("resources") / "fonts" / f"{name}.ttf"
        font = TTFont(name, io.BytesIO(file.read_bytes()))
        _widen(font.face)
        pdfmetrics.registerFont(font)
        known.append(frozenset(font.face.charToGlyph))
    return frozenset.intersection(*known)


def adapt(text: str) -> str:
    """Fit a text to the fonts: what they lack is spelled in Latin letters, or shows as `■`."""
    glyphs = load()
    return "".join(
        sign if sign.isprintable() and ord(sign) in glyphs else to_cp858(sign)
        for sign in text.replace("\u202f", "\u00a0")
    )


@functools.lru_cache(maxsize=65_536)
def width(text: str, font: str, size: float) -> float:
    """Return how wide a text is, in points."""
    from reportlab.pdfbase.pdfmetrics import stringWidth  # noqa: PLC0415

    load()
    return float(stringWidth(text, font, size))


def _widen(face: TTFontFace) -> None:
    wide = dict(_substitutes(_table(face, "GSUB")))
    advances = _table(face, "hmtx")
    for digit in "0123456789":
        code = ord(digit)
        glyph = wide.get(face.charToGlyph[code])
        assert glyph is not None, "the font in resources has figures of one width"
        advance = struct.unpack_from(">H", advances, 4 * glyph)[0]
        face.charToGlyph[code] = glyph
        face.charWidths[code] = advance * 1000 / face.unitsPerEm


def _table(face: TTFontFace, tag: str) -> bytes:
    table: bytes = face.get_table(tag)  # type: ignore[no-untyped-call]  # the stubs name no types
    return table


def _substitutes(table: bytes) -> Iterator[tuple[int, int]]:
    """Yield glyph and substitute of the feature."""
    features, lookups = struct.unpack_from(">HH", table, 6)
    wanted = set()
    for index in range(_word(table, features)):
        tag, offset = struct.unpack_from(">4sH", table, features + 2 + 6 * index)
        if tag == _FEATURE:
            wanted |= set(_words(table, features + offset + 2))
    for number in wanted:
        lookup = lookups + _word(table, lookups + 2 + 2 * number)
        kind = _word(table, lookup)
        for offset in _words(table, lookup + 4):
            yield from _of_subtable(table, kind, lookup + offset)


def _of_subtable(table: bytes, kind: int, at: int) -> Iterator[tuple[int, int]]:
    if kind == _EXTENSION:
        kind, offset = struct.unpack_from(">HL", table, at + 2)
        at += offset
    if kind != _SINGLE:
        return
    glyphs = list(_covered(table, at + _word(table, at + 2)))
    if _word(table, at) == 1:
        delta = _word(table, at + 4)
        yield from ((glyph, (glyph + delta) & 0xFFFF) for glyph in glyphs)
    else:
        yield from zip(glyphs, _words(table, at + 4), strict=True)


def _covered(table: bytes, at: int) -> Iterator[int]:
    if _word(table, at) == 1:
        yield from _words(table, at + 2)
        return
    for index in range(_word(table, at + 2)):
        first, last = struct.unpack_from(">HH", table, at + 4 + 6 * index)
        yield from range(first, last + 1)


def _word(table: bytes, at: int) -> int:
    return int(struct.unpack_from(">H", table, at)[0])


def _words(table: bytes, at: int) -> tuple[int, ...]:
    """Return a list that begins with its length."""
    return struct.unpack_from(f">{_word(table, at)}H", table, at + 2)
