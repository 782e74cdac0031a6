"""A field for an amount of money: takes only keys that can stand in one. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.money import Money, MoneyError, Price, parse_money, parse_price
from ui.controls import restyle
from ui.formatting import Formatter

_MOST_WHOLE_DIGITS = 7
"""A bar code has more: scanned into the field by mistake it must not pass for an amount."""

_EDITING = frozenset(
    {
        Qt.Key.Key_Backspace,
        Qt.Key.Key_Delete,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    }
)


class AmountEdit(QLineEdit):
    """Reads an amount in the locale's form; `amount()` is None while there is none.

    At most seven digits may stand before the decimal sign. Letters are left to the parent,
    so that a sheet can have letter keys around it. `places` allows more decimals than
    the currency has, for prices.
    """

    amount_changed = Signal()

    def __init__(
        self, formatter: Formatter, parent: QWidget | None = None, *, places: int | None = None
    ) -> None:
        super().__init__(parent)
        self._formatter = formatter
        self._places = formatter.currency.exponent if places is None else places
        self.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        # Amounts read from left to right in every language.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.textChanged.connect(self._on_changed)

    def amount(self) -> Money | None:
        """Return what stands in the field; None for nothing and for no amount."""
        try:
            return parse_money(self.text(), self._formatter.currency)
        except MoneyError:
            return None

    def price(self) -> Price | None:
        """Return what stands in the field as a price; None for nothing and for no price."""
        try:
            return parse_price(self.text())
        except MoneyError:
            return None

    def set_amount(self, amount: Money) -> None:
        """Write an amount into the field."""
        self.setText(self._formatter.plain_money(amount))

    def speak(self, formatter: Formatter) -> None:
        """Take the decimal sign of another language."""
        old, self._formatter = self._formatter.decimal_point, formatter
        self.setText(self.text().replace(old, formatter.decimal_point))

    def mark_wrong(self, *, is_wrong: bool) -> None:
        """Show that the amount was refused."""
        restyle(self, "isWrong", is_wrong)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        is_plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        if not is_plain or event.key() in _EDITING:
            super().keyPressEvent(event)
        elif text in (".", ","):
            # The keypad's point is the comma where the language has one.
            self._type_point()
        elif len(text) == 1 and text.isascii() and text.isdigit():
            self._type_digit(text)
        else:
            event.ignore()

    def _type_point(self) -> None:
        point = self._formatter.decimal_point
        rest = self._without_selection()
        if self._places and point not in rest:
            self.insert(point if rest[: self._start()].strip() else f"0{point}")

    def _type_digit(self, digit: str) -> None:
        rest, start = self._without_selection(), self._start()
        whole, point, decimals = rest.partition(self._formatter.decimal_point)
        if point and start > len(whole) and len(decimals) >= self._places:
            return
        is_decimal = bool(point) and start > len(whole)
        if is_decimal or sum(sign.isdigit() for sign in whole) < _MOST_WHOLE_DIGITS:
            self.insert(digit)

    def _start(self) -> int:
        return self.selectionStart() if self.hasSelectedText() else self.cursorPosition()

    def _without_selection(self) -> str:
        text = self.text()
        if not self.hasSelectedText():
            return text
        start = self.selectionStart()
        return text[:start] + text[start + len(self.selectedText()) :]

    def _on_changed(self) -> None:
        self.mark_wrong(is_wrong=False)
        self.amount_changed.emit()
