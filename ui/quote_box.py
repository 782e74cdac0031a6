"""Price look-up: the field at the bottom and the answers that rise above it. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QWidget

from app.messages.views import QuoteRow
from ui.controls import label
from ui.formatting import Formatter
from ui.icons import flag, icon
from ui.tokens import LIGHT, Palette

ASK_MS = 150
"""How long the hand rests before the desk is asked."""

_LEAST_WIDTH = 560


class LookUpField(QLineEdit):
    """Where a country, destination or number is typed. Esc leaves it."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lookUp")
        self._sign = QAction(self)
        self.addAction(self._sign, QLineEdit.ActionPosition.LeadingPosition)

    def set_palette(self, palette: Palette) -> None:
        """Recolour the sign."""
        self._sign.setIcon(icon("search", palette.muted, 16))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class QuoteBox(QFrame):
    """Asks while one types and shows prices. `asked` carries the text for the desk."""

    asked = Signal(str)
    left = Signal()

    def __init__(self, formatter: Formatter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("quotes")
        self._formatter = formatter
        self._rows: tuple[QuoteRow, ...] | None = None
        self._palette = LIGHT
        self.field = LookUpField()
        self.field.textChanged.connect(self._on_text)
        self.field.returnPressed.connect(self._ask)
        self.field.left.connect(self._leave)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(ASK_MS)
        self._timer.timeout.connect(self._ask)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 12, 16, 12)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(7)
        self.retranslate()
        self.hide()

    def set_palette(self, palette: Palette) -> None:
        """Recolour for another theme."""
        self._palette = palette
        self.field.set_palette(palette)

    def speak(self, formatter: Formatter) -> None:
        """Write everything again in another language."""
        self._formatter = formatter
        self.retranslate()
        if self._rows is not None:
            self.show_rows(self._rows)

    def retranslate(self) -> None:
        """Write the fixed texts."""
        self.field.setPlaceholderText(self.tr("Price to… e.g. “Mali”, “+223”"))
        self.field.setAccessibleName(self.tr("Price look-up"))
        self.setAccessibleName(self.tr("Prices found"))

    def show_rows(self, rows: tuple[QuoteRow, ...]) -> None:
        """Show the desk's answer."""
        self._rows = rows
        self._clear()
        if not rows:
            self._put(
                0, 0, self.tr("No price found. Try the country or the first digits."), "muted"
            )
        else:
            minutes = [count for count, _amount in rows[0].examples]
            heads = ["", self.tr("Destination"), self.tr("Prefix"), self.tr("Per minute")]
            heads += [self.tr("%n min", "", count) for count in minutes]
            for column, head in enumerate(heads):
                self._put(0, column, head, "columns", is_end=column > 2)  # noqa: PLR2004
            for line, row in enumerate(rows, start=1):
                self._write_row(line, row)
        self._grid.setColumnStretch(1, 1)
        self._place()
        self.show()
        self.raise_()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _write_row(self, line: int, row: QuoteRow) -> None:
        formatter = self._formatter
        sign = label("caption", row.country)
        image = flag(row.country, 20, self.devicePixelRatioF())
        if image is not None:
            sign.setPixmap(image)
            sign.setAccessibleName(row.country)
        self._grid.addWidget(sign, line, 0)
        sign.show()
        self._put(line, 1, row.destination)
        self._put(line, 2, f"+{row.prefix}", "muted")
        price = formatter.price(row.price_per_minute)
        if row.connection_fee:
            price = self.tr("%1 + %2 a call").replace("%1", price)
            price = price.replace("%2", formatter.price(row.connection_fee))
        self._put(line, 3, price, "sum", is_end=True)
        for column, (_minutes, amount) in enumerate(row.examples, start=4):
            self._put(line, column, formatter.money(amount), is_end=True)

    def _put(
        self, line: int, column: int, text: str, name: str = "", *, is_end: bool = False
    ) -> None:
        made = label(name, text, is_trailing=is_end)
        self._grid.addWidget(made, line, column)
        # In a box in sight a new label would become visible, and take room, by a later event.
        made.show()

    def _clear(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _place(self) -> None:
        """Stand above the field, inside the window."""
        over = self.parentWidget()
        if over is None:
            return
        self.setMinimumWidth(min(_LEAST_WIDTH, over.width() - 24))
        self._grid.activate()
        size = self.sizeHint().expandedTo(QSize(self.minimumWidth(), 0))
        self.resize(size)
        corner = self.field.mapTo(over, self.field.rect().topLeft())
        x = corner.x()
        if self.isRightToLeft():
            x = corner.x() + self.field.width() - size.width()
        x = max(8, min(x, over.width() - size.width() - 8))
        self.move(x, max(8, corner.y() - size.height() - 10))

    @Slot(str)
    def _on_text(self, text: str) -> None:
        if text.strip():
            self._timer.start()
        else:
            self._timer.stop()
            self._rows = None
            self.hide()

    @Slot()
    def _ask(self) -> None:
        self._timer.stop()
        if text := self.field.text().strip():
            self.asked.emit(text)

    @Slot()
    def _leave(self) -> None:
        self._timer.stop()
        self.field.clear()
        self.hide()
        self.left.emit()
