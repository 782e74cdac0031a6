"""A small table of words with what they are sorted by, for lists that are made once. GUI thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.tariff_table import COUNTRY, TONE, Tone

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its words, what it is sorted by (None: the words), tone and flag."""

    text: str
    key: int | str | None = None
    tone: Tone = Tone.PLAIN
    country: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """One column; figures stand at the far side."""

    text: str
    is_figure: bool = False


class PlainModel(QAbstractTableModel):
    """Rows of cells; `keys` are what the page knows them by, in the order shown."""

    def __init__(
        self,
        headings: list[Heading],
        rows: list[tuple[object, tuple[Cell, ...]]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._headings, self._all = headings, rows
        self._rows = list(rows)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        cell = self._rows[index.row()][1][index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return cell.text
        if role == TONE:
            return cell.tone
        if role == COUNTRY:
            return cell.country
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column())
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._headings[section].text
        return self._side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _side(self, column: int) -> Qt.AlignmentFlag:
        is_figure = self._headings[column].is_figure
        side = Qt.AlignmentFlag.AlignTrailing if is_figure else Qt.AlignmentFlag.AlignLeading
        return side | Qt.AlignmentFlag.AlignVCenter

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.beginResetModel()
        self._rows = list(self._all)
        if column >= 0:
            self._rows.sort(
                key=lambda row: _key(row[1][column]),
                reverse=order is Qt.SortOrder.DescendingOrder,
            )
        self.endResetModel()

    def key(self, line: int) -> object:
        """Return what the page knows a row by."""
        return self._rows[line][0]


def _key(cell: Cell) -> tuple[int, str]:
    if isinstance(cell.key, int):
        return (cell.key, "")
    return (0, (cell.key if cell.key is not None else cell.text).casefold())
