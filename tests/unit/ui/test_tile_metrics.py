"""The cells of the board: from four booths to 240, in every size of window."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.tile_metrics import Density, fit, squeezed

AT_1366 = (957, 663)


@pytest.mark.parametrize(
    ("count", "columns", "density"),
    [
        (4, 4, Density.FULL),
        (8, 4, Density.FULL),
        (12, 4, Density.FULL),
        (24, 5, Density.COMPACT),
        (40, 6, Density.COMPACT),
        (120, 9, Density.DENSE),
    ],
)
def test_the_density_follows_from_the_room(count: int, columns: int, density: Density) -> None:
    grid = fit(count, *AT_1366)
    assert (grid.columns, grid.density, grid.needs_scrolling) == (columns, density, False)


def test_too_many_for_the_window_scroll() -> None:
    assert fit(240, *AT_1366).needs_scrolling
    assert not fit(240, 1512, 970).needs_scrolling


def test_squeezed_cells_keep_their_rows_and_columns() -> None:
    whole = fit(8, *AT_1366)
    narrow = squeezed(whole, 573)
    assert (narrow.columns, narrow.cell_height) == (whole.columns, whole.cell_height)
    assert (narrow.cell_width, narrow.density) == (143, Density.COMPACT)


@given(st.integers(0, 300), st.integers(200, 4000), st.integers(150, 2400))
def test_all_cells_are_inside_the_board(count: int, width: int, height: int) -> None:
    grid = fit(count, width, height)
    assert grid.columns * grid.cell_width <= width
    assert grid.gap < min(grid.cell_width, grid.cell_height)
    if not grid.needs_scrolling:
        rows = -(-max(1, count) // grid.columns)
        assert rows * grid.cell_height <= height
