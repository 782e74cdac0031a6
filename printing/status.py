"""What a printer's status bytes mean. Pure.

Sources: Epson's ESC/POS reference, pages DLE EOT, GS r and GS a. A reply to `DLE EOT n` does
not say which n it answers, so one question is asked at a time. Three kinds of bytes come back:

- real-time status: bits 0xx1xx10, `byte & 0x93 == 0x12`;
- the answer to `GS r 1`, which comes only after all earlier data is processed:
  bits 0xx0xxxx, `byte & 0x90 == 0`;
- automatic status (ASB), unasked: four bytes, the first `byte & 0x93 == 0x10`; the other three
  look like answers to `GS r`, so they must be taken together with the first.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

FENCE = b"\x1dr\x01"
"""`GS r 1`: answered after everything before it."""

QUESTIONS = (1, 2, 3, 4)
"""The n of `DLE EOT n`: printer, cause of being off-line, cause of an error, paper."""

_REAL_TIME_BITS = 0x93
_REAL_TIME = 0x12
_UNASKED = 0x10
_ORDERED_BITS = 0x90

_FENCE_PAPER_ABSENT = 0x0C

_MEANINGS: dict[int, tuple[tuple[int, str], ...]] = {
    1: ((0x08, "offline"),),
    2: ((0x04, "cover_open"), (0x20, "paper_out"), (0x40, "error")),
    3: ((0x08, "cutter"), (0x40, "overheated"), (0x24, "error")),
    4: ((0x60, "paper_out"), (0x0C, "near_end")),
}

_BY_WEIGHT = ("cover_open", "paper_out", "cutter", "overheated", "error", "offline")
"""Troubles that stop the printer, the one to be put right first in front."""


def question(n: int) -> bytes:
    """Return `DLE EOT n`."""
    return bytes((0x10, 0x04, n))


class Kind(enum.Enum):
    """What a byte from the printer is."""

    STATUS = "STATUS"
    FENCE = "FENCE"


@dataclass(frozen=True, slots=True)
class Reply:
    """One byte that means something."""

    kind: Kind
    byte: int


class ReplyReader:
    """Sorts the bytes of one connection; noise and unasked status are dropped."""

    def __init__(self) -> None:
        self._unasked_left = 0

    def feed(self, data: bytes) -> list[Reply]:
        """Return the replies among these bytes."""
        replies: list[Reply] = []
        for byte in data:
            if byte & _REAL_TIME_BITS == _UNASKED:
                self._unasked_left = 3
            elif byte & _REAL_TIME_BITS == _REAL_TIME:
                replies.append(Reply(Kind.STATUS, byte))
            elif byte & _ORDERED_BITS == 0:
                if self._unasked_left:
                    self._unasked_left -= 1
                else:
                    replies.append(Reply(Kind.FENCE, byte))
        return replies


@dataclass(frozen=True, slots=True)
class Condition:
    """What the printer says of itself."""

    codes: frozenset[str] = frozenset()

    @property
    def trouble(self) -> str:
        """The trouble that keeps it from printing, or nothing."""
        return next((code for code in _BY_WEIGHT if code in self.codes), "")

    @property
    def warning(self) -> str:
        """What it can still print with."""
        return "near_end" if "near_end" in self.codes else ""

    def with_reply(self, n: int, byte: int) -> Condition:
        """Add what the reply to `DLE EOT n` says."""
        return Condition(self.codes | {code for bits, code in _MEANINGS[n] if byte & bits})


def fence_shows_paper(byte: int) -> bool:
    """Tell whether the answer to `GS r 1` says that there is paper."""
    return byte & _FENCE_PAPER_ABSENT == 0
