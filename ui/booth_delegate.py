"""Paints a booth's tile: band, icon, words, clock and amount. GUI thread.

The steady part of a tile is drawn once into a pixmap per face, size and theme;
a tick then costs one pixmap and two short texts per tile.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.sessions import BoothState
from ui.booth_model import BoothModel
from ui.face_painter import FacePainter
from ui.icons import flag
from ui.tile_metrics import Density, Grid, fit
from ui.tile_text import Note, TileFace, TileText, Tone
from ui.tokens import LIGHT, Palette, mix, readable, state_colour, state_text
from ui.typeface import Weight, figures_font, text_font

BAND = 6
RADIUS = 9.0
_RING = 3
_HALO = 2  # how far the ring of the selected tile stands out
_MOST_PIXMAPS = 1200
_TALL = 180
_DOT = " · "
_DENSE_WITH_WORD = 124  # from this width on a dense tile has room for its word

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class _Sizes:
    """Type sizes and insets of one density, in logical pixels."""

    number: int
    word: int
    title: int
    clock: int
    amount: int
    inset: int
    top: int


_SIZES = {
    Density.FULL: _Sizes(number=20, word=12, title=14, clock=15, amount=24, inset=16, top=12),
    Density.COMPACT: _Sizes(number=16, word=12, title=12, clock=13, amount=17, inset=14, top=8),
    Density.DENSE: _Sizes(number=13, word=12, title=12, clock=12, amount=13, inset=12, top=4),
}


class _Ink:
    """Pens of one theme, made once."""

    def __init__(self, palette: Palette) -> None:
        self.text = QPen(QColor(palette.ink))
        self.muted = QPen(QColor(palette.muted))
        self.line = QPen(QColor(palette.line))
        self.surface = QColor(palette.surface)
        self.faded = QPen(
            QColor(readable(mix(palette.muted, palette.surface, 5), palette.surface, palette.ink))
        )
        self.warning = readable(palette.ringing, palette.surface, palette.ink)
        self.fault = readable(palette.fault, palette.surface, palette.ink)


class BoothDelegate(QStyledItemDelegate):
    """Draws tiles of a `BoothModel` at the density of a grid."""

    def __init__(self, model: BoothModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._palette = LIGHT
        self._ink = _Ink(LIGHT)
        self._pixmaps: dict[tuple[object, ...], QPixmap] = {}
        self._grid = fit(8, 960, 668)
        self._measure()

    def set_palette(self, palette: Palette) -> None:
        """Paint in another theme from now on."""
        self._palette = palette
        self._ink = _Ink(palette)
        self._pixmaps.clear()

    def set_grid(self, grid: Grid) -> None:
        """Paint at another size from now on."""
        if grid != self._grid:
            self._grid = grid
            self._pixmaps.clear()
            self._measure()

    def refresh(self) -> None:
        """Forget what was drawn: fonts or direction changed."""
        self._pixmaps.clear()
        self._measure()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._grid.cell_width, self._grid.cell_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tile = self._model.tile(index.row())
        gap = self._grid.gap // 2
        rect: QRect = option.rect.adjusted(gap, gap, -gap, -gap)
        state = option.state
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        is_mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        ratio = painter.device().devicePixelRatio()
        key = (tile.face, rect.width(), rect.height(), is_selected, is_mirrored, ratio)
        drawn = self._pixmaps.get(key)
        if drawn is None:
            drawn = self._draw_face(
                tile.face, rect.size(), ratio, is_selected=is_selected, is_mirrored=is_mirrored
            )
            if len(self._pixmaps) >= _MOST_PIXMAPS:
                self._pixmaps.clear()
            self._pixmaps[key] = drawn
        painter.drawPixmap(rect.left() - _HALO, rect.top() - _HALO, drawn)
        self._paint_figures(painter, rect, tile, is_mirrored=is_mirrored)

    def _measure(self) -> None:
        sizes = self._sizes = _SIZES[self._grid.density]
        self._number_font = text_font(sizes.number, Weight.BOLD)
        self._word_font = text_font(sizes.word, Weight.SEMIBOLD)
        self._title_font = figures_font(sizes.title)
        self._small_font = figures_font(12)
        self._clock_font = figures_font(sizes.clock)
        self._amount_font = figures_font(sizes.amount, Weight.BOLD)
        self._clock_metrics = QFontMetrics(self._clock_font)
        self._amount_metrics = QFontMetrics(self._amount_font)
        self._small_metrics = QFontMetrics(self._small_font)

    def _paint_figures(
        self, painter: QPainter, rect: QRect, tile: TileText, *, is_mirrored: bool
    ) -> None:
        """Draw what changes by the second: clock, amount, total and deposit."""
        sizes, ink = self._sizes, self._ink
        # Each text in its own direction: an amount is the same in every window.
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        left, right = rect.left() + sizes.inset, rect.right() - sizes.inset + 3
        if is_mirrored:
            left, right = rect.left() + sizes.inset - 3, rect.right() - sizes.inset
        base = rect.bottom() - (sizes.top + 3 if self._grid.density is Density.FULL else 7)
        if tile.deposit_left is not None and self._grid.density is not Density.DENSE:
            base = self._paint_deposit(
                painter, QRect(left, base, right - left, 0), tile, is_mirrored=is_mirrored
            )
        room = right - left
        if tile.amount:
            is_quiet = tile.is_amount_quiet or tile.face.is_faded
            painter.setPen(ink.muted if is_quiet else ink.text)
            painter.setFont(self._amount_font)
            width = self._amount_metrics.horizontalAdvance(tile.amount)
            room -= width + 8
            painter.drawText(QPointF(left if is_mirrored else right - width, base), tile.amount)
            if tile.total and self._has_total_line(tile):
                painter.setPen(ink.muted)
                painter.setFont(self._small_font)
                width = self._small_metrics.horizontalAdvance(tile.total)
                above = base - self._amount_metrics.ascent() - 1
                painter.drawText(QPointF(left if is_mirrored else right - width, above), tile.total)
        if tile.clock:
            width = self._clock_metrics.horizontalAdvance(tile.clock)
            clock = tile.clock
            if width > room:
                if self._grid.density is Density.DENSE:
                    return
                clock = self._clock_metrics.elidedText(clock, Qt.TextElideMode.ElideRight, room)
                width = self._clock_metrics.horizontalAdvance(clock)
            painter.setPen(ink.muted)
            painter.setFont(self._clock_font)
            painter.drawText(QPointF(right - width if is_mirrored else left, base), clock)

    def _has_total_line(self, tile: TileText) -> bool:
        """Above a deposit's bar there is room for the total on tall tiles only."""
        if tile.deposit_left is not None:
            return self._grid.cell_height >= _TALL
        return self._grid.density is not Density.DENSE

    def _paint_deposit(
        self, painter: QPainter, place: QRect, tile: TileText, *, is_mirrored: bool
    ) -> int:
        """Draw the deposit's bar and words; return the base line of the figures above it."""
        painter.setPen(self._ink.muted)
        painter.setFont(self._small_font)
        text = self._small_metrics.elidedText(
            tile.deposit_text, Qt.TextElideMode.ElideRight, place.width()
        )
        start = place.left()
        if is_mirrored:
            start = place.right() - self._small_metrics.horizontalAdvance(text)
        painter.drawText(QPointF(start, place.top() + 2), text)
        bar = QRectF(place.left(), place.top() - 18, place.width(), 5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._palette.line))
        painter.drawRoundedRect(bar, 2.5, 2.5)
        filled = QRectF(bar)
        filled.setWidth(bar.width() * (tile.deposit_left or 0.0))
        if is_mirrored:
            filled.moveRight(bar.right())
        painter.setBrush(QColor(self._palette.accent))
        painter.drawRoundedRect(filled, 2.5, 2.5)
        return place.top() - 28

    def _draw_face(
        self, face: TileFace, size: QSize, ratio: float, *, is_selected: bool, is_mirrored: bool
    ) -> QPixmap:
        drawn = QPixmap((size + QSize(2 * _HALO, 2 * _HALO)) * ratio)
        drawn.setDevicePixelRatio(ratio)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.translate(_HALO, _HALO)
        pen = FacePainter(painter, QRect(0, 0, size.width(), size.height()), is_mirrored, ratio)
        self._draw_card(pen, face, is_selected=is_selected)
        bottom = self._draw_head(pen, face)
        if self._grid.density is not Density.DENSE:
            self._draw_body(pen, face, bottom)
        painter.end()
        return drawn

    def _draw_card(self, pen: FacePainter, face: TileFace, *, is_selected: bool) -> None:
        painter, inner = pen.painter, QRectF(pen.rect).adjusted(0.5, 0.5, -0.5, -0.5)
        card = QPainterPath()
        card.addRoundedRect(inner, RADIUS, RADIUS)
        painter.fillPath(card, self._ink.surface)
        painter.save()
        painter.setClipPath(card)
        band = pen.place(0, 0, BAND, pen.rect.height())
        painter.fillRect(band, QColor(state_colour(self._palette, face.state)))
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._ink.line)
        painter.drawRoundedRect(inner, RADIUS, RADIUS)
        if is_selected:
            painter.setPen(QPen(QColor(self._palette.accent), _RING))
            painter.drawRoundedRect(inner.adjusted(-1, -1, 1, 1), RADIUS + 1, RADIUS + 1)

    def _draw_head(self, pen: FacePainter, face: TileFace) -> int:
        """Draw number, icon, word, proof and key hint; return the bottom of that row."""
        sizes, palette, is_dense = self._sizes, self._palette, self._grid.density is Density.DENSE
        row = sizes.number + 6
        x = sizes.inset
        is_idle = face.state in (BoothState.LOCKED, BoothState.UNKNOWN)
        colour = palette.muted if is_idle or face.is_faded else palette.ink
        x += pen.text(x, sizes.top, row, face.number, self._number_font, colour) + 8
        right = pen.rect.width() - sizes.inset + 4
        if face.key_hint and self._grid.density is Density.FULL:
            right -= self._draw_key(pen, right, sizes.top, row, face.key_hint) + 6
        word_colour = state_text(palette, face.state)
        if any(note.tone is Tone.FAULT for note in face.notes):
            word_colour = self._ink.fault
        size = 12 if is_dense else 14
        if is_dense and pen.rect.width() < _DENSE_WITH_WORD:
            self._draw_dense_marks(pen, face, right, row, word_colour)
            return sizes.top + row
        pen.icon(face.icon, word_colour, x, sizes.top + (row - size) // 2, size)
        x += size + 4
        if is_dense and face.notes:
            right -= self._draw_note_mark(pen, face, right, row)
        mark = 16 if face.is_proven and not is_dense else 0
        word = pen.elided(face.word, self._word_font, right - x - mark)
        x += pen.text(x, sizes.top, row, word, self._word_font, word_colour) + 3
        if mark:
            pen.icon("check", word_colour, x, sizes.top + (row - 12) // 2, 12)
        return sizes.top + row

    def _draw_dense_marks(
        self, pen: FacePainter, face: TileFace, right: int, row: int, colour: str
    ) -> None:
        x = right - 13
        pen.icon(face.icon, colour, x, self._sizes.top + (row - 13) // 2, 13)
        if face.notes:
            self._draw_note_mark(pen, face, x - 4, row)

    def _draw_note_mark(self, pen: FacePainter, face: TileFace, right: int, row: int) -> int:
        """Draw the icon of the loudest note where there is no room for its words."""
        note = max(face.notes, key=lambda said: said.tone is Tone.FAULT)
        top = self._sizes.top + (row - 13) // 2
        pen.icon(note.icon, self._note_colour(note), right - 13, top, 13)
        return 17

    def _draw_key(self, pen: FacePainter, right: int, top: int, row: int, key: str) -> int:
        width = self._small_metrics.horizontalAdvance(key) + 12
        box = QRectF(pen.place(right - width, top + (row - 19) // 2, width, 19))
        pen.painter.setPen(self._ink.line)
        pen.painter.setBrush(Qt.BrushStyle.NoBrush)
        pen.painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        pen.painter.setPen(self._ink.muted)
        pen.painter.setFont(self._small_font)
        pen.painter.drawText(box, Qt.AlignmentFlag.AlignCenter, key)
        return width

    def _draw_body(self, pen: FacePainter, face: TileFace, y: int) -> None:
        """Draw title, subtitle and notes, as many lines as there is room for."""
        sizes, palette = self._sizes, self._palette
        room = pen.rect.width() - 2 * sizes.inset + 4
        floor = pen.rect.height() - sizes.amount - sizes.top - 10
        y += 2 if self._grid.density is Density.FULL else 0
        colour = palette.muted if face.is_faded else palette.ink
        lines = []
        if face.title:
            lines.append((face.title, self._title_font, colour, "", sizes.title + 6))
        notes = [
            (note.text, self._small_font, self._note_colour(note), note.icon, 18)
            for note in face.notes
        ]
        if face.subtitle or face.price:
            lines.append((face.subtitle, self._small_font, palette.muted, "flag", 18))
        # Where there is room for one line only, a note is worth more than a name.
        if notes and y + sizes.title + 6 + 18 * len(face.notes) > floor:
            lines = notes + lines
        else:
            lines += notes
        for text, font, ink, mark, height in lines:
            if y + height > floor + 4:
                return
            x = sizes.inset + self._draw_mark(pen, face, mark, ink, y + height // 2)
            # The price is never cut: the name before it gives way.
            tail = self._price_parts(face) if mark == "flag" else ()
            tail_width = sum(self._small_metrics.horizontalAdvance(part) for part in tail)
            shown = pen.elided(text, font, room - (x - sizes.inset) - tail_width)
            for part in (shown, *tail):
                x += pen.text(x, y, height, part, font, ink)
            y += height

    def _price_parts(self, face: TileFace) -> tuple[str, ...]:
        """Return what follows the destination, in pieces so that each stands where it should."""
        if face.price and face.subtitle:
            return _DOT, face.price
        return (face.price,) if face.price else ()

    def _draw_mark(
        self, pen: FacePainter, face: TileFace, mark: str, colour: str, middle: int
    ) -> int:
        """Draw the flag or a note's icon before a line; return the room it takes."""
        if not mark:
            return 0
        if mark != "flag":
            pen.icon(mark, colour, self._sizes.inset, middle - 7, 14)
            return 18
        if not face.country:
            return 0
        image = flag(face.country, 16, pen.ratio)
        if image is None:
            return (
                pen.text(
                    self._sizes.inset,
                    middle - 9,
                    18,
                    face.country,
                    self._word_font,
                    self._palette.muted,
                )
                + 5
            )
        place = pen.place(self._sizes.inset, middle - 6, 16, 12)
        pen.painter.drawPixmap(place, image)
        # Many flags are white at the edge: a line keeps their shape.
        pen.painter.setPen(self._ink.line)
        pen.painter.setBrush(Qt.BrushStyle.NoBrush)
        pen.painter.drawRect(QRectF(place).adjusted(-0.5, -0.5, 0.5, 0.5))
        return 22

    def _note_colour(self, note: Note) -> str:
        if note.tone is Tone.QUIET:
            return self._palette.muted
        return self._ink.fault if note.tone is Tone.FAULT else self._ink.warning
