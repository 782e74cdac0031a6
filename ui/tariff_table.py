"""The tables of the owner's window: flags, coloured words, ticks, columns that share the room.

A model tells tone and country of a cell by roles of its own; colour never says anything alone.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Slot,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.icons import flag, pixmap
from ui.tokens import LIGHT, Palette, readable
from ui.typeface import figures_font, text_font

Index = QModelIndex | QPersistentModelIndex
TONE = int(Qt.ItemDataRole.UserRole) + 1
COUNTRY = int(Qt.ItemDataRole.UserRole) + 2
SPAN = int(Qt.ItemDataRole.UserRole) + 3
"""First and last column over which the first one's words are written."""

ROW_HEIGHT = 31
_HEAD_HEIGHT = 30
_INSET = 10
_LEAST_SHARE = 90
_FLAG = 20
_TICK = 17


class Tone(enum.Enum):
    """What a cell's words mean."""

    PLAIN = "PLAIN"
    MUTED = "MUTED"
    GOOD = "GOOD"
    WARNING = "WARNING"
    BAD = "BAD"


def tone_colour(palette: Palette, tone: Tone, ground: str) -> str:
    """Return the colour of a tone, readable on its ground."""
    colours = {
        Tone.PLAIN: palette.ink,
        Tone.MUTED: palette.muted,
        Tone.GOOD: palette.unlocked,
        Tone.WARNING: palette.ringing,
        Tone.BAD: palette.fault,
    }
    return readable(colours[tone], ground, palette.ink)


class _Cells(QStyledItemDelegate):
    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self.tokens = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens, rect = self.tokens, option.rect
        span = index.data(SPAN)
        if span is not None:
            rect = self._spanned(rect, span)
            index = index.sibling(index.row(), span[0])
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = tokens.tint if is_selected else tokens.surface
        painter.fillRect(rect, QColor(ground))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(tokens.line))
        check = index.data(Qt.ItemDataRole.CheckStateRole)
        if check is not None:
            self._paint_tick(painter, rect, check)
            return
        place = rect.adjusted(_INSET, 0, -_INSET, -1)
        country = index.data(COUNTRY)
        if country:
            place = self._paint_flag(painter, option, place, str(country))
        text = index.data(Qt.ItemDataRole.DisplayRole)
        if not text:
            return
        tone = index.data(TONE)
        painter.setFont(figures_font(13))
        painter.setPen(QColor(tone_colour(tokens, tone or Tone.PLAIN, ground)))
        shown = painter.fontMetrics().elidedText(
            str(text), Qt.TextElideMode.ElideRight, place.width()
        )
        aligned = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
        painter.drawText(place, QStyle.visualAlignment(option.direction, aligned), shown)

    def _spanned(self, rect: QRect, span: tuple[int, int]) -> QRect:
        view = self._view
        near, far = (view.columnViewportPosition(column) for column in span)
        ends = (near + view.columnWidth(span[0]), far + view.columnWidth(span[1]))
        return QRect(min(near, far), rect.top(), max(ends) - min(near, far), rect.height())

    def _paint_tick(self, painter: QPainter, rect: QRect, check: object) -> None:
        is_on = check in (Qt.CheckState.Checked, Qt.CheckState.Checked.value)
        name = "square-check" if is_on else "square"
        colour = self.tokens.ink if is_on else self.tokens.muted
        _paint_icon(painter, rect, name, colour)

    @staticmethod
    def _paint_flag(
        painter: QPainter, option: QStyleOptionViewItem, place: QRect, country: str
    ) -> QRect:
        image = flag(country, _FLAG, painter.device().devicePixelRatioF())
        if image is None:
            return place
        top = place.top() + (place.height() - _FLAG * 3 // 4) // 2
        if option.direction == Qt.LayoutDirection.RightToLeft:
            painter.drawPixmap(place.right() - _FLAG, top, image)
            return place.adjusted(0, 0, -(_FLAG + 7), 0)
        painter.drawPixmap(place.left(), top, image)
        return place.adjusted(_FLAG + 7, 0, 0, 0)


def _paint_icon(painter: QPainter, rect: QRect, name: str, colour: str) -> None:
    image = pixmap(name, colour, _TICK, painter.device().devicePixelRatioF())
    corner = rect.center()
    painter.drawPixmap(corner.x() - _TICK // 2, corner.y() - _TICK // 2, image)


class _Head(QHeaderView):
    """The heading; the column of ticks shows one that stands for all rows in sight."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.tokens = LIGHT
        self.tick_column = -1
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorShown(True)
        self.setFixedHeight(_HEAD_HEIGHT)
        self.setMinimumSectionSize(28)
        self.setFont(text_font(12))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        super().paintSection(painter, rect, section)
        painter.restore()
        if section == self.tick_column:
            _paint_icon(painter, rect, "square-check", self.tokens.muted)


class PriceTable(QTableView):
    """Shows a model row by row. `widths` are the fixed columns; the others share what is left.

    Space ticks the selected rows, a click on the heading sorts: up, down, as it was.
    """

    def __init__(
        self,
        widths: Mapping[int, int],
        shares: Mapping[int, int],
        *,
        tick_column: int = -1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("prices")
        self._widths, self._shares = widths, shares
        self._rows: QAbstractTableModel | None = None
        self.toggle: Callable[[list[int]], None] = lambda _lines: None
        self._cells = _Cells(self)
        self._head = _Head(self)
        self._head.tick_column = tick_column
        self.setHorizontalHeader(self._head)
        self.setItemDelegate(self._cells)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._head.sectionClicked.connect(self._on_heading)
        self.clicked.connect(self._on_clicked)

    def set_palette(self, palette: Palette) -> None:
        """Paint in another theme."""
        self._cells.tokens = self._head.tokens = palette
        self.viewport().update()
        self._head.viewport().update()

    def show_model(self, model: QAbstractTableModel) -> None:
        """Show other rows, unsorted."""
        old, self._rows = self._rows, model
        self.setModel(model)
        self._head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._head.setProperty("sorted", -1)
        if old is not None and old is not model:
            old.deleteLater()
        self.fit()

    def selected_lines(self) -> list[int]:
        """Return the places of the selected rows, or of the current one."""
        if self._rows is None:
            return []
        lines = sorted({index.row() for index in self.selectionModel().selectedRows()})
        current = self.currentIndex()
        return lines or ([current.row()] if current.isValid() else [])

    def fit(self) -> None:
        """Share the room among the columns that have no fixed width."""
        if self._rows is None:
            return
        room = self.viewport().width() - sum(self._widths.values())
        parts = sum(self._shares.values())
        for column, width in self._widths.items():
            self.setColumnWidth(column, width)
        given = 0
        for column, part in self._shares.items():
            is_last = column == list(self._shares)[-1]
            width = max(_LEAST_SHARE, room - given if is_last else room * part // parts)
            self.setColumnWidth(column, width)
            given += width

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            if not event.isAutoRepeat():
                self.toggle(self.selected_lines())
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    @Slot(int)
    def _on_heading(self, column: int) -> None:
        model = self.model()
        if column == self._head.tick_column:
            self._head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.toggle(list(range(model.rowCount())))
            return
        head, down = self._head, Qt.SortOrder.DescendingOrder
        if head.property("sorted") != column:
            order, head_column = Qt.SortOrder.AscendingOrder, column
        elif head.property("isDown"):
            order, head_column = Qt.SortOrder.AscendingOrder, -1
        else:
            order, head_column = down, column
        head.setProperty("sorted", head_column)
        head.setProperty("isDown", order is down)
        head.setSortIndicator(head_column, order)
        model.sort(head_column, order)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == self._head.tick_column:
            self.toggle([index.row()])
