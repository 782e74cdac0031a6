"""The calls and extras of one session as a painted list. GUI thread."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.calls import LIVE
from app.messages.views import CallLine, ExtraLine, SessionView
from ui.formatting import Formatter, duration
from ui.tile_text import destination_words
from ui.tokens import LIGHT, Palette, readable
from ui.typeface import Weight, figures_font, text_font

Index = QModelIndex | QPersistentModelIndex

INSET = 12
TIME_WIDTH = 56
DURATION_WIDTH = 64
PRICE_WIDTH = 82
_CALL_HEIGHT = 47
_EXTRA_HEIGHT = 36


@dataclass(frozen=True, slots=True)
class Line:
    """One row as text. `call` is its key when it is a call, `extra` when it is an extra."""

    time: str
    title: str
    detail: str
    length: str
    price: str
    call: int | None = None
    extra: int | None = None
    is_live: bool = False
    is_unpriced: bool = False


class CallListModel(QAbstractListModel):
    """Lines of one session; rows are updated in place while the session stays the same."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or not 0 <= index.row() < len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            parts = (line.time, line.title, line.detail, line.length, line.price)
            return ", ".join(part for part in parts if part)
        return None

    def line(self, row: int) -> Line:
        """Return the texts of a row."""
        return self._lines[row]

    def show(
        self, session: SessionView | None, live: CallLine | None, formatter: Formatter
    ) -> None:
        """Show a session's calls, the live one last before the extras."""
        lines: list[Line] = []
        if session is not None:
            calls = [call for call in session.calls if live is None or call.key != live.key]
            lines = [_call_line(call, formatter) for call in calls if _is_shown(call)]
        if live is not None:
            lines.append(_call_line(live, formatter))
        if session is not None:
            lines += [_extra_line(extra, formatter) for extra in session.extras]
        self._become(lines)

    def _become(self, lines: list[Line]) -> None:
        same = min(len(lines), len(self._lines))
        for row in range(same):
            if lines[row] != self._lines[row]:
                self._lines[row] = lines[row]
                self.dataChanged.emit(self.index(row), self.index(row))
        if len(lines) > same:
            self.beginInsertRows(QModelIndex(), same, len(lines) - 1)
            self._lines += lines[same:]
            self.endInsertRows()
        elif len(self._lines) > same:
            self.beginRemoveRows(QModelIndex(), same, len(self._lines) - 1)
            del self._lines[same:]
            self.endRemoveRows()


class CallListDelegate(QStyledItemDelegate):
    """Paints a line: time, destination over number, duration, price."""

    def __init__(self, model: CallListModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._palette = LIGHT

    def set_palette(self, palette: Palette) -> None:
        """Paint in another theme."""
        self._palette = palette

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = self._model.line(index.row())
        return QSize(240, _CALL_HEIGHT if line.detail else _EXTRA_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line, palette = self._model.line(index.row()), self._palette
        rect: QRect = option.rect
        state = option.state
        if state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(rect, QColor(palette.tint))
        row = _Row(painter, rect, option.direction == Qt.LayoutDirection.RightToLeft)
        # Numbers and amounts read from left to right in every window.
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.setFont(figures_font(13))
        end = rect.width() - INSET
        row.text(INSET, TIME_WIDTH, line.time, palette.ink)
        warn = readable(palette.ringing, palette.surface, palette.ink)
        price_colour = warn if line.is_unpriced else palette.ink
        weight = Weight.MEDIUM if line.is_live else Weight.REGULAR
        painter.setFont(figures_font(13, weight))
        row.text(end - PRICE_WIDTH, PRICE_WIDTH, line.price, price_colour, is_end=True)
        live = readable(palette.talking, palette.surface, palette.ink)
        length_colour = live if line.is_live else palette.ink
        row.text(end - PRICE_WIDTH - DURATION_WIDTH, DURATION_WIDTH, line.length, length_colour)
        start = INSET + TIME_WIDTH
        width = end - PRICE_WIDTH - start - (DURATION_WIDTH if line.length else 0) - 8
        painter.setFont(text_font(13))
        if line.detail:
            row.text(start, width, line.title, palette.ink, shift=-8)
            painter.setFont(figures_font(12))
            row.text(start, width, line.detail, palette.muted, shift=8)
        else:
            row.text(start, width, line.title, palette.ink)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(palette.line))


class _Row:
    """Writes into the columns of a row, mirrored where the window is."""

    def __init__(self, painter: QPainter, rect: QRect, is_mirrored: bool) -> None:  # noqa: FBT001 - private
        self._painter = painter
        self._rect = rect
        self._is_mirrored = is_mirrored

    def text(
        self,
        x: int,
        width: int,
        text: str,
        colour: str,
        *,
        is_end: bool = False,
        shift: int = 0,
    ) -> None:
        """Write into a column, elided; `shift` moves the line up or down."""
        place = QRect(x, 0, width, self._rect.height())
        if self._is_mirrored:
            place.moveLeft(self._rect.width() - x - width)
        place.translate(self._rect.topLeft() + QPoint(0, shift))
        is_right = is_end != self._is_mirrored
        side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        metrics = QFontMetrics(self._painter.font())
        self._painter.setPen(QColor(colour))
        self._painter.drawText(
            place, flags, metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
        )


def _is_shown(call: CallLine) -> bool:
    """Unanswered calls are only counted below the list."""
    return bool(call.seconds) or call.is_unpriced or bool(call.amount) or call.state in LIVE


def _call_line(call: CallLine, formatter: Formatter) -> Line:
    price = "?" if call.amount is None or call.is_unpriced else formatter.money(call.amount)
    if call.is_estimated or call.awaits_record:
        price = f"≈ {price}"
    return Line(
        time=formatter.time(call.started_at),
        title=destination_words(call) or formatter.number(call.number),
        detail=formatter.number(call.number) if call.destination else call.country or " ",
        length=duration(call.seconds),
        price=price,
        call=call.key,
        is_live=call.state in LIVE,
        is_unpriced=call.is_unpriced,
    )


def _extra_line(extra: ExtraLine, formatter: Formatter) -> Line:
    title = extra.text if extra.quantity == 1 else f"{extra.text} × {extra.quantity}"
    return Line("", title, "", "", formatter.money(extra.amount), extra=extra.key)
