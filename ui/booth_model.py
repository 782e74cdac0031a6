"""The booths as a list model: rows are inserted once and updated, never reset. GUI thread."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.messages.views import BoothView
from ui.formatting import Formatter
from ui.tile_text import LIVE_STATES, TileText, compose, face_key, figures, spoken

Index = QModelIndex | QPersistentModelIndex

VIEW_ROLE = Qt.ItemDataRole.UserRole
TILE_ROLE = Qt.ItemDataRole.UserRole + 1


class BoothModel(QAbstractListModel):
    """One row per booth, ordered by booth number; texts are composed when a row changes."""

    def __init__(self, formatter: Formatter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._formatter = formatter
        self._now = 0
        self._numbers: list[int] = []
        self._booths: list[BoothView] = []
        self._tiles: list[TileText] = []

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._booths)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = index.row()
        if not index.isValid() or not 0 <= row < len(self._booths):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._tiles[row].face.number
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return spoken(self._tiles[row])
        if role == VIEW_ROLE:
            return self._booths[row]
        if role == TILE_ROLE:
            return self._tiles[row]
        return None

    def tile(self, row: int) -> TileText:
        """Return the texts of a row, without the detour through a variant."""
        return self._tiles[row]

    def booth(self, row: int) -> BoothView:
        """Return the view of a row."""
        return self._booths[row]

    def booths(self) -> tuple[BoothView, ...]:
        """Return all booths in order."""
        return tuple(self._booths)

    def row_of(self, number: int) -> int | None:
        """Return the row of a booth; None where there is no such booth."""
        row = bisect_left(self._numbers, number)
        return row if row < len(self._numbers) and self._numbers[row] == number else None

    def apply(self, booths: Iterable[BoothView], now: int) -> None:
        """Take changed booths in; new ones are inserted at their place."""
        self._now = max(self._now, now)
        changed: list[int] = []
        for booth in booths:
            row = self.row_of(booth.booth)
            if row is None:
                self._insert(booth)
            elif booth is not self._booths[row] and booth != self._booths[row]:
                self._replace(row, booth)
                changed.append(row)
        self._announce(changed)

    def advance(self, now: int) -> None:
        """Let the waiting times go on; only rows whose text changes are announced."""
        self._now = now
        changed = []
        for row, booth in enumerate(self._booths):
            tile = self._tiles[row]
            # A live call's seconds come from the desk; its other figures do not move.
            fresh = (
                figures(booth, tile.face, self._formatter, now)
                if booth.state in LIVE_STATES
                else compose(booth, self._formatter, now)
            )
            if fresh != tile:
                self._tiles[row] = fresh
                changed.append(row)
        self._announce(changed)

    def speak(self, formatter: Formatter) -> None:
        """Compose every text again, in another language."""
        self._formatter = formatter
        self._tiles = [compose(booth, formatter, self._now) for booth in self._booths]
        self._announce(list(range(len(self._booths))))

    def _insert(self, booth: BoothView) -> None:
        row = bisect_left(self._numbers, booth.booth)
        self.beginInsertRows(QModelIndex(), row, row)
        self._numbers.insert(row, booth.booth)
        self._booths.insert(row, booth)
        self._tiles.insert(row, compose(booth, self._formatter, self._now))
        self.endInsertRows()

    def _replace(self, row: int, booth: BoothView) -> None:
        old, self._booths[row] = self._booths[row], booth
        if booth.state in LIVE_STATES and face_key(old) == face_key(booth):
            face = self._tiles[row].face
            self._tiles[row] = figures(booth, face, self._formatter, self._now)
        else:
            self._tiles[row] = compose(booth, self._formatter, self._now)

    def _announce(self, rows: list[int]) -> None:
        """Say which rows changed, neighbours together."""
        start = 0
        for end in range(1, len(rows) + 1):
            if end == len(rows) or rows[end] != rows[end - 1] + 1:
                self.dataChanged.emit(self.index(rows[start]), self.index(rows[end - 1]))
                start = end
