"""Reads ESC/POS as a printer does, from the command tables and not from our encoder.

`PaperReader.feed` takes bytes in any pieces. It keeps the printed lines as text, each with the
style it was printed in, the cuts, and every byte it does not know.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

ESC, GS, FS, DLE = 0x1B, 0x1D, 0x1C, 0x10

# Code pages of ESC t as Epson numbers them.
PAGES = {0: "cp437", 2: "cp850", 16: "cp1252", 19: "cp858"}

# Length of a command with its parameters, by its first two bytes.
LENGTHS = {
    (ESC, ord("@")): 2,
    (ESC, ord("t")): 3,
    (ESC, ord("R")): 3,
    (ESC, ord("E")): 3,
    (ESC, ord("a")): 3,
    (ESC, ord("d")): 3,
    (ESC, ord("!")): 3,
    (GS, ord("!")): 3,
    (GS, ord("V")): 3,
    (GS, ord("r")): 3,
    (FS, ord(".")): 2,
    (DLE, 0x04): 3,
}


@dataclass(slots=True)
class Row:
    """One printed line."""

    text: str
    align: int
    size: int
    bold: bool


@dataclass(slots=True)
class PaperReader:
    """What is on the paper so far. `on_question` hears DLE EOT n and GS r n as they are reached."""

    width: int = 48
    on_question: Callable[[bytes], None] = lambda _: None
    rows: list[Row | None] = field(default_factory=list)
    """Printed lines; None is a cut."""
    unknown: list[bytes] = field(default_factory=list)
    _rest: bytes = b""
    _line: bytes = b""
    _page: str = "cp437"
    _align: int = 0
    _size: int = 0
    _bold: bool = False

    def feed(self, data: bytes) -> None:
        self._rest += data
        while self._rest:
            lead = self._rest[0]
            if lead in (ESC, GS, FS, DLE):
                if len(self._rest) < 2:
                    return
                length = LENGTHS.get((lead, self._rest[1]))
                if length is None:
                    self.unknown.append(self._rest[:2])
                    self._rest = self._rest[2:]
                    continue
                if len(self._rest) < length:
                    return
                self._command(self._rest[:length])
                self._rest = self._rest[length:]
            else:
                self._character(self._rest[:1])
                self._rest = self._rest[1:]

    def papers(self) -> list[str]:
        """Return each cut paper as text, one cell a character."""
        papers: list[str] = []
        current: list[str] = []
        for row in self.rows:
            if row is None:
                papers.append("\n".join(current).rstrip("\n") + "\n")
                current = []
            else:
                current.append(self._drawn(row))
        return papers

    def _drawn(self, row: Row) -> str:
        factor = (row.size >> 4) + 1
        text = " ".join(row.text) if factor == 2 else row.text
        room = self.width - len(text)
        indent = {0: 0, 1: room // 2, 2: room}[row.align]
        return (" " * indent + text).rstrip()

    def _character(self, byte: bytes) -> None:
        if byte == b"\n":
            text = self._line.decode(self._page)
            self.rows.append(Row(text, self._align, self._size, self._bold))
            self._line = b""
        elif byte[0] < 0x20:
            self.unknown.append(byte)
        else:
            self._line += byte

    def _command(self, command: bytes) -> None:
        match command[:2]:
            case b"\x1b@":
                self._page, self._align, self._size, self._bold = "cp437", 0, 0, False
                self._line = b""
            case b"\x1bt":
                self._page = PAGES[command[2]]
            case b"\x1ba":
                self._align = command[2]
            case b"\x1bE":
                self._bold = bool(command[2] & 1)
            case b"\x1d!":
                self._size = command[2]
            case b"\x1bd":
                self.rows += [Row("", 0, 0, bold=False)] * command[2]
            case b"\x1dV":
                self.rows.append(None)
            case b"\x10\x04" | b"\x1dr":
                self.on_question(command)
            case _:
                pass  # known and without a trace on paper
