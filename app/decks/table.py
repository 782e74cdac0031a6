"""Rows of a file, whatever kind it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.decks.deck import RowError
from app.errors import Cancelled

ROWS_MAX = 1_200_000
"""Rows of the longest file: a spreadsheet has 1,048,576 at most."""

COLUMNS_MAX = 1_000

PROGRESS_TOTAL = 1_000
"""What progress is told in."""

Row = list[str]
Numbered = tuple[int, Row | RowError]
"""The line on which a row begins, counted from 1, and its cells (or why it has none)."""


@dataclass(slots=True)
class Table:
    """One table of a file. `done` says how much of `total` the rows taken so far are."""

    kind: str
    rows: Iterator[Numbered]
    done: Callable[[], int]
    total: int
    delimiter: str = ""
    encoding: str = ""
    sheet: str = ""


class Watch:
    """Says how far the reading is, and ends it when asked to."""

    def __init__(
        self,
        progress: Callable[[int, int], None] | None = None,
        is_cancelled: Callable[[], bool] | None = None,
    ) -> None:
        """Both are called from the reading thread, some times a second."""
        self._progress = progress
        self._is_cancelled = is_cancelled

    def at(self, done: int, total: int, *, half: int) -> None:
        """Tell that `done` of `total` of the first (0) or second (1) half is done.

        Raises `Cancelled`.
        """
        if self._is_cancelled is not None and self._is_cancelled():
            raise Cancelled
        if self._progress is not None:
            part = min(done, total) * PROGRESS_TOTAL // max(total, 1)
            self._progress((half * PROGRESS_TOTAL + part) // 2, PROGRESS_TOTAL)
