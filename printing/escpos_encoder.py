"""Document -> ESC/POS bytes, in code page 858.

Pure but for the import: python-escpos (its Dummy printer and its profiles) makes the bytes,
`transports` sends them. One Dummy per document, because it remembers a code page that the
printer forgets at `ESC @`. Use from the printer thread: the first call loads python-escpos,
which takes a quarter of a second.
"""

from __future__ import annotations

import functools
import logging
import os
import shutil
from collections.abc import Callable
from typing import Protocol

from app.charset import encode_cp858, to_cp858
from printing.document import Align, Columns, Cut, Document, Feed, Line, Rule, Size, Text

DEFAULT_PROFILE = "default"

adapt = to_cp858
"""Fits a text to what `encode` can write."""

_CODE_PAGE = "CP858"

_TO_WESTERN = b"\x1c.\x1bR\x00"
"""`FS .`: in kanji mode, where many Chinese printers start, two accented letters would print as one
ideograph. `ESC R 0`: with French glyphs `#`, `@` and `[` would print as `£`, `à` and `°`."""

_ALIGN = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right"}

_SCALE = {Size.NORMAL: (1, 1), Size.TALL: (1, 2), Size.BIG: (2, 2)}
"""Times the width and times the height."""

_PICKLE_FOLDER = "ESCPOS_CAPABILITIES_PICKLE_DIR"


class _Dummy(Protocol):
    """What we use of python-escpos' Dummy printer."""

    @property
    def output(self) -> bytes: ...
    def hw(self, hw: str) -> None: ...
    def charcode(self, code: str) -> None: ...
    def set(self, **style: str | bool | int) -> None: ...
    def cut(self, mode: str) -> None: ...
    def _raw(self, msg: bytes) -> None: ...


def encode(document: Document, *, profile: str = DEFAULT_PROFILE, cut: bool = True) -> bytes:
    """Return the bytes of a whole job, from `ESC @` to the cut; `cut` False for a tear-off edge.

    Raises `ValueError` for a character outside the code page (texts go through `adapt` before
    they are laid out) and for a profile that is unknown or has no CP858.
    """
    printer = _printer_class()(profile)
    printer.hw("INIT")
    printer._raw(_TO_WESTERN)  # noqa: SLF001 - how python-escpos takes bytes as they are
    printer.charcode(_CODE_PAGE)
    writer = _Writer(printer, document.width, cut=cut)
    for line in document.lines:
        writer.write(line)
    return printer.output


class _Writer:
    """Writes lines one by one, a change of style only where there is one."""

    def __init__(self, printer: _Dummy, width: int, *, cut: bool) -> None:
        self._printer = printer
        self._width = width
        self._cut = cut
        self._align = Align.LEFT
        self._size = Size.NORMAL
        self._is_bold = False

    def write(self, line: Line) -> None:
        match line:
            case Text(text=text, align=align, size=size, bold=bold):
                self._style(align, size, is_bold=bold)
                self._text(text)
            case Columns(left=left, right=right, size=size, bold=bold):
                self._style(Align.LEFT, size, is_bold=bold)
                gap = self._width // size.cells - len(left) - len(right)
                self._text(f"{left}{' ' * gap}{right}")
            case Rule():
                self._style(Align.LEFT, Size.NORMAL, is_bold=False)
                self._text("-" * self._width)
            case Feed(lines=lines):
                self._style(Align.LEFT, Size.NORMAL, is_bold=False)
                for _ in range(lines):
                    self._text("")
            case Cut() if self._cut:
                self._printer.cut("PART")
            case Cut():
                self._style(Align.LEFT, Size.NORMAL, is_bold=False)
                for _ in range(4):  # up to the tear-off edge
                    self._text("")

    def _style(self, align: Align, size: Size, *, is_bold: bool) -> None:
        if align is not self._align:
            self._printer.set(align=_ALIGN[align])
            self._align = align
        if size is not self._size:
            # GS ! leaves bold alone; python-escpos' named sizes (ESC !) would clear it.
            width, height = _SCALE[size]
            self._printer.set(custom_size=True, width=width, height=height)
            self._size = size
        if is_bold is not self._is_bold:
            self._printer.set(bold=is_bold)
            self._is_bold = is_bold

    def _text(self, text: str) -> None:
        # Encoded here: python-escpos would write "?" without a word, and a no-break space as 0xFF.
        self._printer._raw(encode_cp858(text) + b"\n")  # noqa: SLF001


@functools.cache
def _printer_class() -> Callable[[str], _Dummy]:
    """Load python-escpos without what its import leaves behind.

    It installs a root log handler (`logging.basicConfig`) and makes a folder in the temporary
    directory at each start that nothing removes.
    """
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    from escpos import capabilities  # noqa: PLC0415 - see above
    from escpos.printer import Dummy  # noqa: PLC0415

    root.handlers[:] = handlers
    root.setLevel(level)
    if _PICKLE_FOLDER not in os.environ:
        shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)

    def make(profile: str) -> _Dummy:
        known = capabilities.CAPABILITIES["profiles"]
        if profile not in known:
            raise ValueError(f"unknown profile {profile!r}")
        if _CODE_PAGE not in known[profile]["codePages"].values():
            raise ValueError(f"profile {profile!r} has no {_CODE_PAGE}")
        printer: _Dummy = Dummy(profile=profile)
        return printer

    return make
