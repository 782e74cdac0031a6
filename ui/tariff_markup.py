"""Prices made of costs: factor, addition, step, increments; all of them or only alarms."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.markup import Markup
from app.domain.money import MICRO, Price
from ui.amount_edit import AmountEdit
from ui.controls import KeyButton, label
from ui.tariff_owner import Owner
from ui.tariff_page import centred
from ui.tariff_texts import field_text

_PLACES = 4
_STEPS = (100, 1_000, 5_000, 10_000, 50_000)
_FIRST_STEP = 10_000
_INCREMENTS = ((60, 60), (60, 1), (30, 6), (6, 6), (1, 1))
_FIRST_FACTOR = 1_500_000
_WIDTH = 620


class MarkupForm(QWidget):
    """Asks how prices are made. `wished` carries the markup, the tariff, and only alarms or not."""

    wished = Signal(object, str, bool)
    left = Signal()

    def __init__(self, owner: Owner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._owner = owner
        self._cost = ""
        self.title, self.about = label("title"), label("muted")
        self.about.setWordWrap(True)
        self.factor = AmountEdit(owner.formatter, places=_PLACES)
        self.add = AmountEdit(owner.formatter, places=_PLACES)
        self.factor.setText(owner.formatter.bare_price(Price(_FIRST_FACTOR), 2))
        self.add.setText(owner.formatter.bare_price(Price(0), 2))
        self.percent = label("muted")
        self.step, self.increments, self.tariff = QComboBox(), QComboBox(), QComboBox()
        self.fee = QCheckBox()
        self.fee.setChecked(True)
        self.everything, self.alarms = QRadioButton(), QRadioButton()
        self._which = QButtonGroup(self)
        self._which.addButton(self.everything, 0)
        self._which.addButton(self.alarms, 1)
        self.everything.setChecked(True)
        self.error = label("error")
        self.error.setWordWrap(True)
        self.error.hide()
        self.close_button, self.make = KeyButton(), KeyButton(is_primary=True)
        self.close_button.clicked.connect(self.left)
        self.make.clicked.connect(self._on_make)
        self.factor.amount_changed.connect(self._write_percent)
        for field in (self.factor, self.add):
            field.setFixedWidth(110)
        for box in (self.tariff, self.step, self.increments):
            box.setMinimumWidth(180)
        self._captions: list[QLabel] = []
        self._arrange()
        self.retranslate()

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(10)
        factor = QHBoxLayout()
        factor.setSpacing(10)
        factor.addWidget(self.factor)
        factor.addWidget(self.percent, 1)
        which = QVBoxLayout()
        which.setSpacing(4)
        which.addWidget(self.everything)
        which.addWidget(self.alarms)
        places: tuple[QWidget | QLayout, ...] = (
            *(self.tariff, factor, self.add, self.step, self.increments, self.fee, which),
        )
        for line, place in enumerate(places):
            caption = label("formCaption")
            self._captions.append(caption)
            grid.addWidget(caption, line, 0, Qt.AlignmentFlag.AlignVCenter)
            if isinstance(place, QWidget):
                grid.addWidget(place, line, 1, Qt.AlignmentFlag.AlignLeading)
            else:
                grid.addLayout(place, line, 1)
        grid.setColumnStretch(1, 1)
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(_WIDTH)
        column = QVBoxLayout(card)
        column.setContentsMargins(28, 24, 28, 22)
        column.setSpacing(14)
        for widget in (self.title, self.about):
            column.addWidget(widget)
        column.addLayout(grid)
        column.addWidget(self.error)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.make)
        column.addLayout(foot)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addLayout(centred(card))
        outer.addStretch(2)

    def begin(self, cost: str) -> None:
        """Ask how prices are made of a carrier's deck."""
        self._cost = cost
        self.show_error("")
        current = self.tariff.currentData()
        self.tariff.clear()
        for name in self._owner.names(is_cost=False):
            self.tariff.addItem(self._owner.name_of(name), name)
        self.tariff.setCurrentIndex(max(0, self.tariff.findData(current)))
        has_prices = any(not row.is_cost and row.is_in_force for row in self._owner.versions)
        self.alarms.setEnabled(has_prices)
        if not has_prices:
            self.everything.setChecked(True)
        self.retranslate()
        self.factor.setFocus()
        self.factor.selectAll()

    def retranslate(self) -> None:
        """Write every text."""
        self.title.setText(self.tr("Prices made of costs"))
        about = self.tr("From the costs of “%1”. You see the prices before anything is written.")
        self.about.setText(about.replace("%1", self._cost))
        currency = self._owner.formatter.currency
        sign = currency.symbol or currency.code
        captions = (
            self.tr("New prices for"),
            self.tr("Cost ×"),
            self.tr("plus a minute (%1)").replace("%1", sign),
            self.tr("rounded up to (%1)").replace("%1", sign),
            self.tr("Increments"),
            field_text("connection_fee").capitalize(),
            self.tr("Which prices"),
        )
        named = (self.tariff, self.factor, self.add, self.step, self.increments, self.fee, self)
        for caption, text, widget in zip(self._captions, captions, named, strict=True):
            caption.setText(text)
            widget.setAccessibleName(text)
        self._fill_boxes()
        self.fee.setText(self.tr("pass the carrier's fee on, marked up alike"))
        self.everything.setText(self.tr("all of them"))
        self.alarms.setText(self.tr("only those below cost or under the guard"))
        self.close_button.set_words(self.tr("Back"), self.tr("Esc"))
        self.make.set_words(self.tr("Show the prices"), self.tr("Enter"))
        self._write_percent()

    def _fill_boxes(self) -> None:
        step = self.step.currentData() or _FIRST_STEP
        self.step.clear()
        for micro in _STEPS:
            self.step.addItem(self._owner.formatter.bare_price(Price(micro), 2), micro)
        self.step.setCurrentIndex(self.step.findData(step))
        at = max(0, self.increments.currentIndex())
        self.increments.clear()
        self.increments.addItem(self.tr("as the carrier"), None)
        for first, following in _INCREMENTS:
            self.increments.addItem(f"{first}/{following}", (first, following))
        self.increments.setCurrentIndex(at)

    def speak(self) -> None:
        """Write everything again in another language."""
        for field in (self.factor, self.add):
            field.speak(self._owner.formatter)
        self.retranslate()

    def show_error(self, text: str) -> None:
        """Say in place what is missing or why it was refused."""
        self.error.setText(text)
        self.error.setVisible(bool(text))

    def markup(self) -> Markup | None:
        """Return what was asked for; None where a figure is missing."""
        factor, add = self.factor.price(), self.add.price()
        if factor is None or not factor.micro or add is None:
            return None
        chosen = self.increments.currentData()
        first, following = chosen if chosen is not None else (None, None)
        return Markup(
            factor.micro,
            add,
            Price(self.step.currentData()),
            first_increment=first,
            next_increment=following,
            keep_fee=self.fee.isChecked(),
        )

    @Slot()
    def _write_percent(self) -> None:
        factor = self.factor.price()
        if factor is None or not factor.micro:
            self.percent.setText("")
            return
        more = (factor.micro - MICRO) // 100
        text = self.tr("%1 more than the cost") if more >= 0 else self.tr("%1 less than the cost")
        self.percent.setText(text.replace("%1", self._owner.formatter.percent(abs(more))))

    @Slot()
    def _on_make(self) -> None:
        markup = self.markup()
        if markup is None:
            self.show_error(self.tr("Give a factor above zero."))
            self.factor.setFocus()
            return
        self.show_error("")
        self.wished.emit(markup, str(self.tariff.currentData()), self.alarms.isChecked())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self._on_make()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
