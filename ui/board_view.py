"""The grid of tiles: fits itself to window and booths, and turns keys into wishes. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from ui.board_keys import BoardKeys
from ui.booth_delegate import BoothDelegate
from ui.booth_model import BoothModel
from ui.tile_metrics import LEAST_CELL_WIDTH, Density, fit, squeezed
from ui.tokens import Palette

MARGIN = 8
_LEAST_WIDTH = 420


class BoardView(QListView):
    """Shows every booth at once; one is selected. Emits `booth_selected` with its number."""

    booth_selected = Signal(object)

    def __init__(self, model: BoothModel, keys: BoardKeys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._booths = model
        self._keys = keys
        self._tiles = BoothDelegate(model, self)
        self.lent: Callable[[], int] = int
        """Tells how much width a sheet at the side has for the time being."""
        self.setObjectName("board")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setWrapping(True)
        self.setUniformItemSizes(True)
        self.setSpacing(0)
        self.setViewportMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setModel(model)
        self.setItemDelegate(self._tiles)
        model.rowsInserted.connect(self._refit)
        self.retranslate()

    def set_palette(self, palette: Palette) -> None:
        """Paint the tiles in another theme."""
        self._tiles.set_palette(palette)
        self.viewport().update()

    def selected_booth(self) -> int | None:
        """Return the number of the selected booth."""
        index = self.currentIndex()
        return self._booths.booth(index.row()).booth if index.isValid() else None

    def select_booth(self, number: int) -> bool:
        """Select a booth; False where there is no such booth."""
        row = self._booths.row_of(number)
        if row is None:
            return False
        index = self._booths.index(row)
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.scrollTo(index)
        return True

    def can_lend(self, lent: int, width: int) -> bool:
        """Tell whether every tile stays readable in its place when `width` is left of the board."""
        count, room = self._booths.rowCount(), width - 2 * MARGIN - 1
        if not count:
            return True
        whole = fit(count, max(1, room + lent), max(1, self.height() - 2 * MARGIN - 1))
        left = squeezed(whole, max(1, room))
        is_readable = left.density is not Density.DENSE or whole.density is Density.DENSE
        return width >= _LEAST_WIDTH and is_readable and left.cell_width >= LEAST_CELL_WIDTH

    def retranslate(self) -> None:
        """Write the texts of the view itself."""
        self.setAccessibleName(self.tr("Booths"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keys.press(event):
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are commands here."""

    def currentChanged(self, current: QModelIndex | object, previous: QModelIndex | object) -> None:
        super().currentChanged(current, previous)  # type: ignore[arg-type]  # the stub's union
        self.booth_selected.emit(self.selected_booth())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._refit()
        super().resizeEvent(event)

    def dataChanged(
        self, first: QModelIndex | object, last: QModelIndex | object, roles: object = ()
    ) -> None:
        # The inherited one repaints the whole board as soon as two neighbours change.
        assert isinstance(first, QModelIndex)
        assert isinstance(last, QModelIndex)
        for row in range(first.row(), last.row() + 1):
            self.viewport().update(self.visualRect(self._booths.index(row)))

    def paintEvent(self, event: QPaintEvent) -> None:
        # The inherited one repaints every tile inside the rectangle around all changed ones: two
        # booths in opposite corners would be the whole board.
        region, selected = event.region(), self.currentIndex().row()
        painter = QPainter(self.viewport())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        steady = option.state
        for row in range(self._booths.rowCount()):
            index = self._booths.index(row)
            area = self.visualRect(index)
            if not region.intersects(area):
                continue
            option.rect = area
            option.state = steady | QStyle.StateFlag.State_Enabled
            if row == selected:
                option.state |= QStyle.StateFlag.State_Selected
            self._tiles.paint(painter, option, index)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LayoutDirectionChange, QEvent.Type.FontChange):
            self._tiles.refresh()
        elif event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    @Slot()
    def _refit(self) -> None:
        # One pixel less: the view wraps a row that fills it to the last one.
        room = self.contentsRect().size() - QSize(2 * MARGIN + 1, 2 * MARGIN + 1)
        count, width, height, lent = (
            self._booths.rowCount(),
            room.width(),
            room.height(),
            self.lent(),
        )
        grid = fit(count, max(1, width + lent), max(1, height))
        if grid.needs_scrolling:
            width -= self.verticalScrollBar().sizeHint().width()
            grid = fit(count, max(1, width + lent), max(1, height))
        if lent:
            grid = squeezed(grid, max(1, width))
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if grid.needs_scrolling:
            policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        self.setVerticalScrollBarPolicy(policy)
        self._tiles.set_grid(grid)
        self.setGridSize(QSize(grid.cell_width, grid.cell_height))
