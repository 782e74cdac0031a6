"""A document as paper wants it: lines of a fixed number of cells, for no device in particular.

Pure. `layout` makes documents, the encoders write them. A line never exceeds the width: who
makes a line wraps it first, so nothing can be cut on the way to the paper.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

_WORD = re.compile(" *[^ ]+")
"""A word with the spaces before it."""


class Align(enum.Enum):
    """Where a line stands."""

    LEFT = "LEFT"
    CENTRE = "CENTRE"
    RIGHT = "RIGHT"


class Size(enum.Enum):
    """Size of the letters; a wide one takes two cells."""

    NORMAL = "NORMAL"
    TALL = "TALL"  # double height
    BIG = "BIG"  # double height and width

    @property
    def cells(self) -> int:
        """Cells that one letter takes."""
        return 2 if self is Size.BIG else 1


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text."""

    text: str
    align: Align = Align.LEFT
    size: Size = Size.NORMAL
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """One line with a text at the left and one at the right edge."""

    left: str
    right: str
    size: Size = Size.NORMAL
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True, slots=True)
class Feed:
    """Empty lines."""

    lines: int = 1


@dataclass(frozen=True, slots=True)
class Cut:
    """The end of the paper: feed to the knife and cut where there is one."""


Line = Text | Columns | Rule | Feed | Cut


class DocumentError(ValueError):
    """A line that does not fit its document."""


@dataclass(frozen=True, slots=True)
class Document:
    """Lines of at most `width` cells. `title` names the document in a file's properties."""

    width: int
    lines: tuple[Line, ...]
    title: str = ""
    language: str = ""

    def __post_init__(self) -> None:
        """Refuse a line that is wider than the paper. Raises `DocumentError`."""
        for line in self.lines:
            if cells(line) > self.width:
                raise DocumentError(f"{cells(line)} cells in {self.width}: {line}")


def cells(line: Line) -> int:
    """Return how many cells a line takes; a pair of columns keeps one cell between them."""
    match line:
        case Text(text=text, size=size):
            return len(text) * size.cells
        case Columns(left=left, right=right, size=size):
            return (len(left) + 1 + len(right)) * size.cells
        case _:
            return 0


def wrap(text: str, width: int) -> list[str]:
    """Break a text at spaces into lines of at most `width`; a longer word is broken anywhere.

    Nothing but the spaces at a break is lost; an indent stays on the first line, and
    non-breaking spaces do what their name says. An empty text is one empty line.
    """
    if width < 1:
        raise ValueError(f"width {width}")
    lines: list[str] = []
    line = ""
    for word in _WORD.findall(text):
        if len(line) + len(word) <= width:
            line += word
            continue
        if line:
            lines.append(line)
        line = word.lstrip(" ")
        while len(line) > width:
            lines.append(line[:width])
            line = line[width:]
    if line or not lines:
        lines.append(line)
    return lines


def columns(
    left: str, right: str, width: int, *, size: Size = Size.NORMAL, bold: bool = False
) -> list[Line]:
    """Set two texts at the edges of `width` cells, the right one beside the last left line.

    The left text wraps; where its last line leaves no room, the right one gets a line of its own.
    """
    room = width // size.cells
    *above, last = wrap(left, room)
    lines: list[Line] = [Text(part, size=size, bold=bold) for part in above]
    if len(last) + 1 + len(right) <= room:
        return [*lines, Columns(last, right, size, bold)]
    if last:
        lines.append(Text(last, size=size, bold=bold))
    return [*lines, *(Text(part, Align.RIGHT, size, bold) for part in wrap(right, room))]


def as_text(document: Document) -> str:
    """Draw the document in plain characters, one cell each: for golden files and for screens."""
    return "".join(f"{row}\n" for row in _rows(document)).replace("\u00a0", " ")


def _rows(document: Document) -> list[str]:
    rows: list[str] = []
    for line in document.lines:
        match line:
            case Text(text=text, align=align, size=size):
                rows.append(_aligned(_spread(text, size), align, document.width).rstrip())
            case Columns(left=left, right=right, size=size):
                gap = document.width // size.cells - len(left) - len(right)
                rows.append(_spread(f"{left}{' ' * gap}{right}", size))
            case Rule():
                rows.append("-" * document.width)
            case Feed(lines=count):
                rows.extend([""] * count)
            case Cut():
                rows.append("~" * document.width)
    return rows


def _spread(text: str, size: Size) -> str:
    # A letter of two cells is followed by an empty one.
    return text if size.cells == 1 else " ".join(text)


def _aligned(text: str, align: Align, width: int) -> str:
    match align:
        case Align.LEFT:
            return text
        case Align.CENTRE:
            return " " * ((width - len(text)) // 2) + text
        case Align.RIGHT:
            return text.rjust(width)
