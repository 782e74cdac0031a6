"""The right-hand panel: one booth's visit, what is due, and what can be done. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListView,
    QVBoxLayout,
    QWidget,
)

from app.domain.sessions import BoothState
from app.messages.devices import DeviceState
from app.messages.pbx import LinkState
from app.messages.views import Bill, BoothView, LockProof
from ui.board_keys import Wish
from ui.call_list import (
    DURATION_WIDTH,
    INSET,
    PRICE_WIDTH,
    TIME_WIDTH,
    CallListDelegate,
    CallListModel,
)
from ui.controls import KeyButton, amount_label, label, rule
from ui.error_texts import link_text
from ui.formatting import Formatter
from ui.hang_up import HangUpArming, armed_words
from ui.session_choices import Choice, choices
from ui.tile_text import state_word
from ui.tokens import LIGHT, Palette

_MARGIN = 16


class CallList(QListView):
    """The list of lines; Delete takes an extra off, Enter prices an unpriced call."""

    extra_removal_asked = Signal(object)
    pricing_asked = Signal(object)

    def __init__(self, model: CallListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = model
        self.setObjectName("lines")
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.activated.connect(self._on_activated)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if index.isValid() and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            line = self._lines.line(index.row())
            if line.extra is not None:
                self.extra_removal_asked.emit(line.extra)
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: a letter typed here is no search."""

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        line = self._lines.line(index.row())
        if line.is_unpriced and not line.is_live:
            self.pricing_asked.emit(line.call)


class SessionPanel(QFrame):
    """Shows the selected booth. `wished` carries the same wishes as the board's keys."""

    wished = Signal(object)
    extra_removal_asked = Signal(object)
    pricing_asked = Signal(object)

    def __init__(self, formatter: Formatter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self._formatter = formatter
        self._palette = LIGHT
        self._booth: BoothView | None = None
        self._lines = CallListModel(self)
        self._delegate = CallListDelegate(self._lines, self)
        self.title = label("title")
        self.subtitle = label("subtitle")
        self.subtitle.setWordWrap(True)
        self.trouble = label("warning")
        self.trouble.setWordWrap(True)
        self.columns = [label("columns", is_trailing=place == 3) for place in range(4)]  # noqa: PLR2004 - the price
        self.list = CallList(self._lines)
        self.list.setItemDelegate(self._delegate)
        self.list.extra_removal_asked.connect(self.extra_removal_asked)
        self.list.pricing_asked.connect(self.pricing_asked)
        self.empty = label("muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.primary = KeyButton(is_primary=True)
        self.primary.clicked.connect(self._on_primary)
        self.others = [KeyButton() for _ in range(3)]
        for button in self.others:
            button.clicked.connect(self._on_other)
        self._arming = HangUpArming(self)
        self._arming.changed.connect(self._write)
        self._arrange()
        self._write()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 14)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(_MARGIN, 0, _MARGIN, 10)
        head.setSpacing(2)
        for widget in (self.title, self.subtitle, self.trouble):
            head.addWidget(widget)
        column.addLayout(head)
        self._header = QWidget()
        names = QHBoxLayout(self._header)
        names.setContentsMargins(INSET + 3, 2, INSET + 3, 8)
        names.setSpacing(0)
        for place, width in ((0, TIME_WIDTH), (2, DURATION_WIDTH), (3, PRICE_WIDTH)):
            self.columns[place].setFixedWidth(width)
        for place, name in enumerate(self.columns):
            names.addWidget(name, 1 if place == 1 else 0)
        column.addWidget(self._header)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(rule())
        self._sums = QWidget()
        self._arrange_sums()
        column.addWidget(self._sums)
        buttons = QVBoxLayout()
        buttons.setContentsMargins(_MARGIN, 12, _MARGIN, 0)
        buttons.setSpacing(8)
        buttons.addWidget(self.primary)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in self.others:
            row.addWidget(button)
        buttons.addLayout(row)
        column.addLayout(buttons)

    def _arrange_sums(self) -> None:
        grid = QGridLayout(self._sums)
        grid.setContentsMargins(_MARGIN, 10, _MARGIN, 0)
        grid.setVerticalSpacing(3)
        self.sums: list[tuple[QLabel, QLabel]] = []
        for row in range(4):
            word, amount = label("muted"), amount_label()
            grid.addWidget(word, row, 0)
            grid.addWidget(amount, row, 1)
            self.sums.append((word, amount))
        self.due_word, self.due = label("dueWord"), amount_label("dueAmount")
        grid.addWidget(self.due_word, 4, 0)
        grid.addWidget(self.due, 4, 1)
        grid.setColumnStretch(0, 1)

    def set_palette(self, palette: Palette) -> None:
        """Paint the lines in another theme."""
        self._palette = palette
        self._delegate.set_palette(palette)
        self.list.viewport().update()

    def speak(self, formatter: Formatter) -> None:
        """Write everything again in another language."""
        self._formatter = formatter
        self._write()

    def show_booth(self, booth: BoothView | None) -> None:
        """Show a booth; None when none is selected."""
        if booth is not self._booth:
            self._booth = booth
            self._write()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._write()
        super().changeEvent(event)

    @Slot()
    def _write(self) -> None:
        self.list.setAccessibleName(self.tr("Calls and items"))
        names = (self.tr("Time"), self.tr("Destination"), self.tr("Duration"), self.tr("Price"))
        for widget, name in zip(self.columns, names, strict=True):
            widget.setText(name)
        self.due_word.setText(self.tr("Total due"))
        booth = self._booth
        session = booth.session if booth is not None else None
        live = booth.live if booth is not None else None
        self._lines.show(session, live, self._formatter)
        is_empty = self._lines.rowCount() == 0
        self.list.setVisible(not is_empty)
        self._header.setVisible(not is_empty)
        self.empty.setVisible(is_empty)
        self._sums.setVisible(session is not None)
        if booth is None:
            self.title.setText(self.tr("No booth selected"))
            self.subtitle.setText("")
            self.trouble.hide()
            self.empty.setText(self.tr("Press F1 to F12 or type the number of a booth."))
            self.primary.hide()
            for button in self.others:
                button.hide()
            return
        self._write_head(booth)
        self.empty.setText(self._empty_text(booth))
        if session is not None:
            self._write_sums(session.bill)
        self._write_buttons(booth)

    def _write_head(self, booth: BoothView) -> None:
        word = state_word(booth.state)
        title = self.tr("Booth %1 — %2").replace("%1", booth.name or str(booth.booth))
        self.title.setText(title.replace("%2", word[:1].lower() + word[1:]))
        session, formatter = booth.session, self._formatter
        if session is not None:
            kind = self.tr("postpaid") if session.deposit is None else self.tr("deposit")
            text = self.tr("Opened %1 · %2").replace("%1", formatter.time(session.opened_at))
            self.subtitle.setText(text.replace("%2", kind))
        elif _is_proven_locked(booth) and booth.lock_confirmed_at is not None:
            text = self.tr("Lock confirmed by the exchange at %1")
            self.subtitle.setText(text.replace("%1", formatter.time(booth.lock_confirmed_at)))
        else:
            self.subtitle.setText(self.tr("Extension %1").replace("%1", booth.extension))
        trouble = self._trouble(booth)
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))

    def _trouble(self, booth: BoothView) -> str:
        parts = []
        if booth.is_stale:
            parts.append(self.tr("The exchange is away: time and price are only estimated."))
        if booth.lock_proof is LockProof.FAILED:
            # The state word is not shown: the code of the refusal says more.
            reason = link_text(LinkState.UP, booth.lock_code or "permission_denied")
            parts.append(
                self.tr("The exchange has not confirmed the lock. %1").replace("%1", reason)
            )
        elif booth.lock_proof is LockProof.PENDING and not booth.is_stale:
            parts.append(self.tr("Waiting for the exchange to confirm."))
        if booth.session is not None and booth.session.bill.unpriced:
            parts.append(self.tr("A call has no price: a manager must price it before payment."))
        if booth.meter is DeviceState.LOST:
            parts.append(self.tr("The booth's display does not answer. Billing goes on."))
        return "\n".join(parts)

    def _empty_text(self, booth: BoothView) -> str:
        if booth.session is not None:
            if booth.is_stale:
                return self.tr(
                    "No news from the exchange.\nIt is not known whether the customer can dial."
                )
            if booth.session.bill.unanswered:
                return self.tr("No answered call yet.")
            return self.tr("No calls yet.\nThe customer may dial now.")
        if booth.state is BoothState.LOCKED:
            return self.tr("This booth is free.\nSpace unlocks it for a customer.")
        if booth.state is BoothState.OUT_OF_SERVICE:
            return self.tr("This booth is out of service.\nO takes it back into service.")
        return self.tr("Nothing to show yet.")

    def _write_sums(self, bill: Bill) -> None:
        formatter = self._formatter
        percent = formatter.percent(bill.tax_rate_bp)
        rows = [
            (self.tr("Tax included (%1)").replace("%1", percent), bill.tax, bool(bill.tax)),
            (self.tr("Rounding"), bill.rounding, bool(bill.rounding)),
            (
                self.tr("Not answered (%1)").replace("%1", str(bill.unanswered)),
                None,
                bill.unanswered > 0,
            ),
            (
                self.tr("Waiting for a price (%1)").replace("%1", str(bill.unpriced)),
                None,
                bill.unpriced > 0,
            ),
        ]
        for (word, amount), (text, value, is_shown) in zip(self.sums, rows, strict=True):
            word.setText(text)
            amount.setText(formatter.money(value) if value is not None else "—")
            word.setVisible(is_shown)
            amount.setVisible(is_shown)
        self.due.setText(formatter.money(bill.due))

    def _write_buttons(self, booth: BoothView) -> None:
        offered = choices(booth)
        # The button everybody presses without looking never cuts a call.
        has_primary = bool(offered) and offered[0].wish is not Wish.HANG_UP
        self.primary.setVisible(has_primary)
        if has_primary:
            _dress(self.primary, offered.pop(0))
        is_armed = self._arming.is_armed(booth)
        for button, choice in zip(self.others, offered, strict=False):
            _dress(button, choice)
            is_hang_up = choice.wish is Wish.HANG_UP
            if is_hang_up and is_armed:
                button.set_words(armed_words(booth))
            # The armed button takes the whole row: its words are long, its neighbours near.
            button.setVisible(is_hang_up or not is_armed)
        for button in self.others[len(offered) :]:
            button.hide()

    @Slot()
    def _on_primary(self) -> None:
        self.wished.emit(Wish[str(self.primary.property("wish"))])

    @Slot()
    def _on_other(self) -> None:
        wish = Wish[str(self.sender().property("wish"))]
        booth = self._booth
        if wish is not Wish.HANG_UP or (booth is not None and self._arming.click(booth)):
            self.wished.emit(wish)


def _dress(button: KeyButton, choice: Choice) -> None:
    button.set_words(choice.words, choice.key)
    button.setProperty("wish", choice.wish.name)


def _is_proven_locked(booth: BoothView) -> bool:
    return booth.state is BoothState.LOCKED and booth.lock_proof is LockProof.CONFIRMED
