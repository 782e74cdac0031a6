"""A list of two-line rows for sheets: a title and an amount over a detail. GUI thread."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.tokens import LIGHT, Palette
from ui.typeface import Weight, figures_font

Index = QModelIndex | QPersistentModelIndex
_HEIGHT = 52
_INSET = 10


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `key` is what the sheet knows it by."""

    key: object
    title: str
    detail: str
    end: str = ""
    is_quiet: bool = False


class RowModel(QAbstractListModel):
    """Rows that are replaced one by one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return ", ".join(part for part in (row.title, row.detail, row.end) if part)
        return None

    def row(self, number: int) -> Row:
        """Return a row."""
        return self._rows[number]

    def show(self, rows: list[Row]) -> None:
        """Become these rows."""
        same = min(len(rows), len(self._rows))
        for number in range(same):
            if rows[number] != self._rows[number]:
                self._rows[number] = rows[number]
                self.dataChanged.emit(self.index(number), self.index(number))
        if len(rows) > same:
            self.beginInsertRows(QModelIndex(), same, len(rows) - 1)
            self._rows += rows[same:]
            self.endInsertRows()
        elif len(self._rows) > same:
            self.beginRemoveRows(QModelIndex(), same, len(self._rows) - 1)
            del self._rows[same:]
            self.endRemoveRows()


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, model: RowModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self.tokens = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, rect, tokens = self._model.row(index.row()), option.rect, self.tokens
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(tokens.tint))
        is_mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        inner = rect.adjusted(_INSET, 7, -_INSET, -7)
        upper = QRect(inner.left(), inner.top(), inner.width(), 20)
        lower = QRect(inner.left(), inner.top() + 20, inner.width(), 18)
        near, far = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        if is_mirrored:
            near, far = far, near
        fixed = Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.setFont(figures_font(14, Weight.MEDIUM))
        painter.setPen(QColor(tokens.muted if row.is_quiet else tokens.ink))
        metrics = QFontMetrics(painter.font())
        painter.drawText(upper, far | fixed, row.end)
        room = upper.width() - (metrics.horizontalAdvance(row.end) + 10 if row.end else 0)
        title = metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(upper, near | fixed, title)
        painter.setFont(figures_font(12))
        painter.setPen(QColor(tokens.muted))
        metrics = QFontMetrics(painter.font())
        detail = metrics.elidedText(row.detail, Qt.TextElideMode.ElideRight, lower.width())
        painter.drawText(lower, near | fixed, detail)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(tokens.line))


class RowList(QListView):
    """Shows rows; the selected one is what a sheet's buttons act on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rows")
        self.rows = RowModel(self)
        self._delegate = _RowDelegate(self.rows, self)
        self.setModel(self.rows)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_palette(self, palette: Palette) -> None:
        """Paint in another theme."""
        self._delegate.tokens = palette
        self.viewport().update()

    def show_rows(self, rows: list[Row]) -> None:
        """Show rows and select the first one where none is selected."""
        self.rows.show(rows)
        if rows and not self.currentIndex().isValid():
            self.setCurrentIndex(self.rows.index(0))

    def selected(self) -> Row | None:
        """Return the selected row."""
        index = self.currentIndex()
        return self.rows.row(index.row()) if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Letters and Delete are the sheet's; a list view would search by them.
        if (event.text().isprintable() and event.text()) or event.key() == Qt.Key.Key_Delete:
            event.ignore()
        else:
            super().keyPressEvent(event)
