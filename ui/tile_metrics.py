"""How large the tiles of the board are, and what fits on them: pure arithmetic."""

from __future__ import annotations

import enum
from dataclasses import dataclass

_WANTED_WIDTH = 226
_WANTED_HEIGHT = 212
_WIDEST = 336
LEAST_CELL_WIDTH = 88
_LEAST_HEIGHT = 46


class Density(enum.Enum):
    """How much a tile shows."""

    FULL = "FULL"  # everything, as drawn for eight booths
    COMPACT = "COMPACT"  # number, word, one line of destination, clock and amount
    DENSE = "DENSE"  # number, icon, clock and amount


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells of the board in logical pixels; a tile is its cell less the gap."""

    columns: int
    cell_width: int
    cell_height: int
    gap: int
    density: Density
    needs_scrolling: bool


def fit(count: int, width: int, height: int) -> Grid:
    """Choose the cells for `count` booths so that all are seen, as large as they need to be."""
    best = max(
        (_try(columns, count, width, height) for columns in range(1, max(1, count) + 1)),
        key=lambda tried: tried,
    )
    score, columns = best
    if score <= 0:
        columns = max(1, width // LEAST_CELL_WIDTH)
        return _grid(columns, width, _LEAST_HEIGHT, needs_scrolling=True)
    rows = -(-max(1, count) // columns)
    cell_height = min(height // rows, _WANTED_HEIGHT)
    return _grid(columns, width, cell_height, needs_scrolling=False)


def squeezed(grid: Grid, width: int) -> Grid:
    """Return narrower cells in the same rows and columns: every booth stays where it is."""
    return _grid(grid.columns, width, grid.cell_height, needs_scrolling=grid.needs_scrolling)


def _try(columns: int, count: int, width: int, height: int) -> tuple[float, int]:
    """Score a number of columns: 1 is the wanted size or more, 0 is too small to read.

    Among equals the most columns win, so that the board fills its width first.
    """
    rows = -(-max(1, count) // columns)
    cell_width, cell_height = width // columns, height // rows
    if cell_width < LEAST_CELL_WIDTH or cell_height < _LEAST_HEIGHT:
        return 0.0, 0
    return min(1.0, cell_width / _WANTED_WIDTH, cell_height / _WANTED_HEIGHT + 0.25), columns


def _grid(columns: int, width: int, cell_height: int, *, needs_scrolling: bool) -> Grid:
    cell_width = min(width // columns, _WIDEST)
    if cell_width >= 180 and cell_height >= 144:  # noqa: PLR2004 - what the layout needs
        density, gap = Density.FULL, 12
    elif cell_width >= 132 and cell_height >= 84:  # noqa: PLR2004
        density, gap = Density.COMPACT, 8
    else:
        density, gap = Density.DENSE, 4
    return Grid(columns, cell_width, cell_height, gap, density, needs_scrolling)
