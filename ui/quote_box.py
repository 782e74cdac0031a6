"""Price look-up: the field at the bottom and the answers that rise above it. GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.money import Money
from app.messages.views import QuoteRow
from ui.amount_edit import AmountEdit
from ui.controls import label
from ui.formatting import Formatter
from ui.icons import icon
from ui.quote_table import QuoteTable
from ui.tokens import Palette

ASK_MS = 150
"""How long the hand rests before the desk is asked."""

_LEAST_WIDTH = 560
_AMOUNT_WIDTH = 96
_MARGIN = 8


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
    """Asks while one types and shows prices: `asked` when the desk shall be asked."""

    asked = Signal()
    left = Signal()

    def __init__(
        self, formatter: Formatter, now: Callable[[], int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("quotes")
        self._formatter = formatter
        self._rows: tuple[QuoteRow, ...] | None = None
        self._booth_name = ""
        self._member = ""
        self.field = LookUpField()
        self.field.textChanged.connect(self._on_text)
        self.field.returnPressed.connect(self._ask)
        self.field.left.connect(self._leave)
        self.whose, self.word = label("caption"), label("caption")
        self.amount = AmountEdit(formatter)
        self.amount.setFixedWidth(_AMOUNT_WIDTH)
        self.amount.amount_changed.connect(self._start)
        self.word.setBuddy(self.amount)
        self.table = QuoteTable(formatter, now)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(ASK_MS)
        self._timer.timeout.connect(self._ask)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.whose, 1)
        head.addWidget(self.word)
        head.addWidget(self.amount)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.table)
        self.retranslate()
        self.hide()

    def set_palette(self, palette: Palette) -> None:
        """Recolour for another theme."""
        self.field.set_palette(palette)

    def speak(self, formatter: Formatter) -> None:
        """Write everything again in another language."""
        self._formatter = formatter
        self.amount.speak(formatter)
        self.table.speak(formatter)
        self.retranslate()
        if self._rows is not None:
            self.show_rows(self._rows)

    def retranslate(self) -> None:
        """Write the fixed texts."""
        self.field.setPlaceholderText(self.tr("Price to… e.g. “Mali”, “+223”"))
        self.field.setAccessibleName(self.tr("Price look-up"))
        self.setAccessibleName(self.tr("Prices found"))
        self.word.setText(self.tr("Talk time for"))
        self.amount.setAccessibleName(self.tr("Talk time for this amount"))
        self._write_whose()

    def show_customer(self, booth_name: str, member: str = "") -> None:
        """Say whose prices these are: of a booth, and perhaps of a member in it."""
        self._booth_name, self._member = booth_name, member
        self._write_whose()

    def wanted_amount(self) -> Money | None:
        """Return the amount that is asked about; None while there is none."""
        amount = self.amount.amount()
        return amount if amount is not None and amount > Money(0) else None

    def show_rows(self, rows: tuple[QuoteRow, ...]) -> None:
        """Show the desk's answer."""
        self._rows = rows
        amount = self.wanted_amount()
        self.table.show_rows(rows, amount)
        over = self.parentWidget()
        if over is not None:
            self.setMinimumWidth(min(_LEAST_WIDTH, over.width() - 24))
            room = self.field.mapTo(over, self.field.rect().topLeft()).y() - 2 * _MARGIN
            while self._size().height() > room and len(rows) > 1:
                # What does not fit above the field is worse than what has to be typed for.
                rows = rows[:-1]
                self.table.show_rows(rows, amount, is_cut=True)
        self._place()
        self.show()
        self.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's own names
        # The box stands over the board, not in its order of keys: Tab goes back to the field.
        if self.amount.hasFocus():
            self.field.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().focusNextPrevChild(next)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _write_whose(self) -> None:
        text = self.tr("Prices of the shop")
        if self._booth_name:
            text = self.tr("Prices in booth %1").replace("%1", self._booth_name)
        if self._member:
            text += " · " + self.tr("amounts for %1").replace("%1", self._member)
        self.whose.setText(text)

    def _size(self) -> QSize:
        layout = self.layout()
        assert layout is not None
        layout.activate()
        return self.sizeHint().expandedTo(QSize(self.minimumWidth(), 0))

    def _place(self) -> None:
        """Stand above the field, inside the window."""
        over = self.parentWidget()
        if over is None:
            return
        size = self._size()
        self.resize(size)
        corner = self.field.mapTo(over, self.field.rect().topLeft())
        x = corner.x()
        if self.isRightToLeft():
            x = corner.x() + self.field.width() - size.width()
        x = max(_MARGIN, min(x, over.width() - size.width() - _MARGIN))
        self.move(x, max(_MARGIN, corner.y() - size.height() - _MARGIN))

    @Slot(str)
    def _on_text(self, text: str) -> None:
        if text.strip():
            self._timer.start()
        else:
            self._timer.stop()
            self._rows = None
            self.hide()

    @Slot()
    def _start(self) -> None:
        if self.field.text().strip():
            self._timer.start()

    @Slot()
    def _ask(self) -> None:
        self._timer.stop()
        if self.field.text().strip():
            self.asked.emit()

    @Slot()
    def _leave(self) -> None:
        self._timer.stop()
        self.field.clear()
        self.hide()
        self.left.emit()
