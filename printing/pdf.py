"""Document -> PDF, 80 mm wide and as long as its lines, in an embedded TrueType font.

The same lines as on paper, one cell each, so that one layout serves both. The output is the same
bytes for the same document. Use from the printer thread: the first call loads reportlab.
"""

from __future__ import annotations

import functools
import importlib.resources
import io
from typing import TYPE_CHECKING

from app.charset import to_cp858
from printing.document import Align, Columns, Cut, Document, Feed, Line, Rule, Size, Text

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

WIDTH = 42
"""Columns of a PDF receipt: 72 mm hold 42 letters of a size that reads well on a screen."""

_MILLIMETRE = 72 / 25.4
_PAGE_WIDTH = 80 * _MILLIMETRE
_MARGIN = 4 * _MILLIMETRE
_ROOM = _PAGE_WIDTH - 2 * _MARGIN

_ADVANCE = 0.6
"""Width of each letter of the font over its size."""

_LEADING = 1.45
"""Height of a line over the size of its letters."""

_BASELINE = 1.06
"""From the top of a line down to its base, over the size of its letters."""

_SCALE = {Size.NORMAL: 1.0, Size.TALL: 1.3, Size.BIG: 1.6}
"""On paper these are 1 and 2; on a screen a double size would shout."""

_REGULAR = "JetBrainsMono-Regular"
_BOLD = "JetBrainsMono-Bold"

_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u2009": " "})
"""Copied or searched text has plain spaces; the font lacks the narrow ones."""


_LetterSizes = dict[Size, float]
"""In points."""


def adapt(text: str) -> str:
    """Fit a text to the font: what it lacks is spelled in Latin letters, or shows as `■`."""
    glyphs = _glyphs()
    return "".join(
        character if character.isprintable() and ord(character) in glyphs else to_cp858(character)
        for character in text.replace("\u202f", "\u00a0")
    )


def encode(document: Document) -> bytes:
    """Return the PDF, one page."""
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - loaded in the printer thread

    _glyphs()
    sizes = _letter_sizes(document)
    height = sum(_height(line, sizes) for line in document.lines) + 2 * _MARGIN
    buffer = io.BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=(_PAGE_WIDTH, height),
        invariant=True,  # no date and no random name inside
        # Else Helvetica is named in the file and not embedded. The stubs take a name for a float.
        initialFontName=_REGULAR,  # type: ignore[arg-type]
        initialFontSize=sizes[Size.NORMAL],
        lang=document.language or None,
    )
    canvas.setTitle(document.title)
    canvas.setCreator("CallShop Cashier")
    canvas.setLineWidth(0.6)
    top = height - _MARGIN
    for line in document.lines:
        _draw(canvas, line, top, sizes)
        top -= _height(line, sizes)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@functools.cache
def _glyphs() -> frozenset[int]:
    """Load both fonts, once; return the code points that both have."""
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415 - loaded in the printer thread
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415

    fonts = []
    for name in (_REGULAR, _BOLD):
        file = importlib.resources.files("resources") / "fonts" / f"{name}.ttf"
        fonts.append(TTFont(name, io.BytesIO(file.read_bytes())))
        pdfmetrics.registerFont(fonts[-1])
    regular, bold = (frozenset(font.face.charToGlyph) for font in fonts)
    return regular & bold


def _letter_sizes(document: Document) -> _LetterSizes:
    """Choose the size of each kind of letters: enlarged as far as its longest line has room."""
    normal = _ROOM / document.width / _ADVANCE
    sizes = {scale: normal * factor for scale, factor in _SCALE.items()}
    for line in document.lines:
        match line:
            case Text(text=text, size=scale):
                letters = len(text)
            case Columns(left=left, right=right, size=scale):
                letters = len(left) + 1 + len(right)
            case _:
                continue
        sizes[scale] = min(sizes[scale], _ROOM / max(letters, 1) / _ADVANCE)
    return sizes


def _height(line: Line, sizes: _LetterSizes) -> float:
    normal = sizes[Size.NORMAL] * _LEADING
    match line:
        case Text(size=scale) | Columns(size=scale):
            return sizes[scale] * _LEADING
        case Rule():
            return normal * 0.8
        case Feed(lines=lines):
            return normal * lines
        case Cut():
            return 0.0


def _draw(canvas: Canvas, line: Line, top: float, sizes: _LetterSizes) -> None:
    right_edge = _PAGE_WIDTH - _MARGIN
    match line:
        case Text(text=text, align=align, size=scale, bold=bold):
            base = top - sizes[scale] * _BASELINE
            canvas.setFont(_BOLD if bold else _REGULAR, sizes[scale])
            text = text.translate(_SPACES)
            match align:
                case Align.LEFT:
                    canvas.drawString(_MARGIN, base, text)
                case Align.CENTRE:
                    canvas.drawCentredString(_PAGE_WIDTH / 2, base, text)
                case Align.RIGHT:
                    canvas.drawRightString(right_edge, base, text)
        case Columns(left=left, right=right, size=scale, bold=bold):
            base = top - sizes[scale] * _BASELINE
            canvas.setFont(_BOLD if bold else _REGULAR, sizes[scale])
            canvas.drawString(_MARGIN, base, left.translate(_SPACES))
            canvas.drawRightString(right_edge, base, right.translate(_SPACES))
        case Rule():
            middle = top - _height(line, sizes) / 2
            canvas.line(_MARGIN, middle, right_edge, middle)
        case Feed() | Cut():
            pass  # white
