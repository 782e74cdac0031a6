"""What every kind of booth display has to offer: bytes for screens, nothing else. Pure."""

from __future__ import annotations

from typing import Protocol

Screen = tuple[str, ...]
"""Rows of a display, each of exactly its number of columns."""


class MeterDriver(Protocol):
    """The language of one kind of display."""

    @property
    def name(self) -> str:
        """Name in the settings."""

    @property
    def columns(self) -> int:
        """Cells in a row."""

    @property
    def rows(self) -> int:
        """Rows."""

    @property
    def baud(self) -> int:
        """Speed it comes with."""

    def adapt(self, text: str) -> str:
        """Fit a text to what the display can show; its length may change."""

    def opening(self) -> bytes:
        """Return the bytes that bring a display in any state to an empty screen."""

    def closing(self) -> bytes:
        """Return the bytes that leave it empty."""

    def encode(self, screen: Screen, before: Screen | None) -> bytes:
        """Return the bytes that turn the screen `before` (None: empty) into `screen`.

        Raises `ValueError` for a screen of another shape or with a character it cannot show.
        """


def check_shape(screen: Screen, *, rows: int, columns: int) -> None:
    """Raise `ValueError` unless the screen has exactly this shape."""
    if len(screen) != rows or any(len(row) != columns for row in screen):
        raise ValueError(f"not {rows} rows of {columns}: {screen}")
