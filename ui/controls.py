"""Small controls used all over the window: buttons that show their key, labels, rules."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QIcon,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from ui.typeface import Weight, text_font

_HINT_SIZE = 12
_HINT_GAP = 6
_LEAST_PADDING = 7


class KeyButton(QPushButton):
    """A button that shows the key which presses it, small behind its words."""

    def __init__(self, parent: QWidget | None = None, *, is_primary: bool = False) -> None:
        super().__init__(parent)
        self._key_name = ""
        self.is_by_key = False  # while Enter presses it
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if is_primary:
            self.setObjectName("primary")

    def set_words(self, words: str, key_name: str = "") -> None:
        """Set the words on the button and the name of its key."""
        # An ampersand would become a mnemonic: the keys are the board's.
        self.setText(words.replace("&", "&&"))
        self._key_name = key_name
        self.setAccessibleName(words)
        self.setAccessibleDescription(key_name)
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The focused button is what Enter presses, never the main button behind it.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.is_by_key = True
                self.click()
                self.is_by_key = False
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self._key_name:
            width = QFontMetrics(text_font(_HINT_SIZE)).horizontalAdvance(self._key_name)
            hint.setWidth(hint.width() + width + _HINT_GAP)
        return hint

    def minimumSizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.text().replace("&&", "&"))
        hint = QFontMetrics(text_font(_HINT_SIZE, Weight.MEDIUM))
        width = words + 2 * _LEAST_PADDING
        if self._key_name:
            width += hint.horizontalAdvance(self._key_name) + _HINT_GAP
        if not self.icon().isNull():
            width += self.iconSize().width() + _HINT_GAP
        return QSize(width, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._key_name:
            super().paintEvent(event)
            return
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        words, option.text = self.text().replace("&&", "&"), ""
        sign, option.icon = self.icon(), QIcon()
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        group = QPalette.ColorGroup.Normal if self.isEnabled() else QPalette.ColorGroup.Disabled
        colour = self.palette().color(group, QPalette.ColorRole.ButtonText)
        hint_font = text_font(_HINT_SIZE, Weight.MEDIUM)
        words_width = self.fontMetrics().horizontalAdvance(words)
        hint_width = QFontMetrics(hint_font).horizontalAdvance(self._key_name)
        sign_width = 0 if sign.isNull() else self.iconSize().width() + _HINT_GAP
        start = (self.width() - sign_width - words_width - hint_width - _HINT_GAP) // 2
        if sign_width:
            side = self.iconSize().width()
            x = self.width() - start - side if self.isRightToLeft() else start
            sign.paint(painter, x, (self.height() - side) // 2, side, side)
            start += sign_width
        self._draw(painter, QRect(start, 0, words_width, self.height()), words, colour)
        painter.setFont(hint_font)
        place = QRect(start + words_width + _HINT_GAP, 1, hint_width, self.height())
        self._draw(painter, place, self._key_name, colour)

    def _draw(self, painter: QStylePainter, place: QRect, text: str, colour: QColor) -> None:
        if self.isRightToLeft():
            place.moveTopLeft(QPoint(self.width() - place.x() - place.width(), place.y()))
        painter.setPen(colour)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignHCenter
        painter.drawText(place.adjusted(-2, 0, 2, 0), flags | Qt.TextFlag.TextSingleLine, text)


class IconButton(QToolButton):
    """A small button with an icon; Enter presses it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)


class Words(QLabel):
    """A label that stands at the leading or trailing side of its place in every direction.

    Qt aligns a label by the direction of its text; an amount has none of its own.
    """

    def __init__(self, text: str = "", *, is_trailing: bool = False) -> None:
        super().__init__(text)
        self._is_trailing = is_trailing
        # Plain text only: customers' words may stand in it.
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._align()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._align()
        super().changeEvent(event)

    def _align(self) -> None:
        if self.alignment() & Qt.AlignmentFlag.AlignHCenter:
            return
        is_right = self._is_trailing != self.isRightToLeft()
        side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
        upright = self.alignment() & Qt.AlignmentFlag.AlignVertical_Mask
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | upright)


class FittedAmount(Words):
    """An amount at the far side of its row, in smaller type where its room is short: never cut."""

    def __init__(self) -> None:
        super().__init__(is_trailing=True)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def fitted_font(self) -> QFont:
        """Return the font in which the whole text fits."""
        font = self.font()
        room, needed = (
            self.contentsRect().width(),
            self.fontMetrics().horizontalAdvance(self.text()),
        )
        while needed > room and font.pixelSize() > 1:
            font.setPixelSize(font.pixelSize() - 1)
            needed = QFontMetrics(font).horizontalAdvance(self.text())
        return font

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.fitted_font())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.contentsRect(), self.alignment(), self.text())


def label(name: str = "", text: str = "", *, is_trailing: bool = False) -> QLabel:
    """Make a label of a named style."""
    made = Words(text, is_trailing=is_trailing)
    if name:
        made.setObjectName(name)
    return made


def amount_label(name: str = "sum") -> QLabel:
    """Make a label for an amount, at the far side of its row."""
    return label(name, is_trailing=True)


def fitted_amount(name: str) -> FittedAmount:
    """Make an amount that is shown whole in any room."""
    made = FittedAmount()
    made.setObjectName(name)
    return made


def rule() -> QFrame:
    """Make a one-pixel line."""
    made = QFrame()
    made.setObjectName("rule")
    made.setFixedHeight(1)
    return made


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet asks for, and let the sheet look again."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
