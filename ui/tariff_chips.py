"""Filter chips that flow into as many lines as they need. GUI thread."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QLayout, QLayoutItem, QPushButton, QSizePolicy, QWidget

from ui.controls import restyle
from ui.tariff_table import Tone

_GAP = 8


class FlowLayout(QLayout):
    """Puts widgets beside each other and begins a new line where there is no room left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(QMargins())

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), is_real=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, is_real=True)

    def _place(self, rect: QRect, *, is_real: bool) -> int:
        """Lay out in a rectangle; returns the height that takes."""
        x, y, line = 0, 0, 0
        parent = self.parentWidget()
        is_mirrored = parent is not None and parent.isRightToLeft()
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x and x + size.width() > rect.width():
                x, y, line = 0, y + line + _GAP, 0
            if is_real:
                left = rect.right() + 1 - x - size.width() if is_mirrored else rect.left() + x
                item.setGeometry(QRect(QPoint(left, rect.top() + y), size))
            x += size.width() + _GAP
            line = max(line, size.height())
        return y + line


class Chips(QWidget):
    """One of several filters is always chosen; one that would show nothing is hidden."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        self._chips: dict[Hashable, QPushButton] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.current: Hashable = None

    def add(self, key: Hashable, tone: Tone = Tone.PLAIN) -> None:
        """Add a chip; the first one is chosen."""
        chip = QPushButton()
        chip.setObjectName("chipButton")
        chip.setCheckable(True)
        chip.setAutoExclusive(True)
        chip.setAutoDefault(False)
        restyle(chip, "tone", tone.value)
        chip.clicked.connect(lambda: self.choose(key))
        self._chips[key] = chip
        self._flow.addWidget(chip)
        if self.current is None:
            self.current = key
            chip.setChecked(True)

    def chip(self, key: Hashable) -> QPushButton:
        """Return the button of a filter."""
        return self._chips[key]

    def label(self, key: Hashable, text: str, *, is_shown: bool) -> None:
        """Write a chip's words with its count."""
        chip = self._chips[key]
        chip.setText(text.replace("&", "&&"))
        chip.setAccessibleName(text)
        chip.setVisible(is_shown or key == self.current)

    def choose(self, key: Hashable) -> None:
        """Choose a filter, as a click does."""
        self._chips[key].setChecked(True)
        if key != self.current:
            self.current = key
            self.chosen.emit(key)
