"""The right-hand panel: one booth's visit, what is due, and what can be done. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.domain.sessions import BoothState
from app.domain.tariff import Access
from app.messages.devices import DeviceState
from app.messages.pbx import LinkState
from app.messages.views import Barred, BoothView, LockProof
from ui.board_keys import Wish
from ui.call_list import (
    DURATION_WIDTH,
    INSET,
    PRICE_WIDTH,
    TIME_WIDTH,
    CallListDelegate,
    CallListModel,
)
from ui.controls import KeyButton, label, rule
from ui.error_texts import link_text
from ui.formatting import Formatter
from ui.hang_up import HangUpArming, armed_words
from ui.session_choices import Choice, choices, explainable
from ui.session_sums import SessionSums
from ui.tile_text import state_word
from ui.tokens import LIGHT, Palette

_MARGIN = 16


class CallList(QListView):
    """The list of lines; Delete takes an extra off, Enter prices a call or explains its price."""

    extra_removal_asked = Signal(object)
    pricing_asked = Signal(object)
    explanation_asked = Signal()

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
        if event.text() == "?" and not event.isAutoRepeat():
            self.explanation_asked.emit()
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: a letter typed here is no search."""

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        line = self._lines.line(index.row())
        if line.is_live or line.call is None:
            return
        if line.is_unpriced:
            self.pricing_asked.emit(line.call)
        else:
            self.explanation_asked.emit()


class SessionPanel(QFrame):
    """Shows the selected booth. `wished` carries the same wishes as the board's keys."""

    wished = Signal(object)
    extra_removal_asked = Signal(object)
    pricing_asked = Signal(object)
    explanation_asked = Signal(object)  # the selected call's key, None where none is

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
        self.remark = label("caption")
        self.trouble = label("warning")
        self.trouble.setWordWrap(True)
        self.columns = [label("columns", is_trailing=place == 3) for place in range(4)]  # noqa: PLR2004 - the price
        self.list = CallList(self._lines)
        self.list.setItemDelegate(self._delegate)
        self.list.extra_removal_asked.connect(self.extra_removal_asked)
        self.list.pricing_asked.connect(self.pricing_asked)
        self.list.explanation_asked.connect(self.ask_explanation)
        self.empty = label("muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.sums = SessionSums()
        self.allow, self.explain, self.member = KeyButton(), KeyButton(), KeyButton()
        for button in (self.explain, self.member):
            button.setObjectName("link")
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.allow.clicked.connect(lambda: self.wished.emit(Wish.ALLOW))
        self.member.clicked.connect(lambda: self.wished.emit(Wish.MEMBER))
        self.explain.clicked.connect(self.ask_explanation)
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
        head.setSpacing(4)
        for widget in (self.title, self.subtitle, self.remark, self.trouble, self.allow):
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
        acts = QHBoxLayout()
        acts.setContentsMargins(_MARGIN - 7, 2, _MARGIN - 7, 2)
        acts.addWidget(self.explain)
        acts.addStretch(1)
        acts.addWidget(self.member)
        column.addLayout(acts)
        column.addWidget(rule())
        column.addWidget(self.sums)
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
        booth = self._booth
        session = booth.session if booth is not None else None
        live = booth.live if booth is not None else None
        self._lines.show(session, live, self._formatter)
        is_empty = self._lines.rowCount() == 0
        self.list.setVisible(not is_empty)
        self._header.setVisible(not is_empty)
        self.empty.setVisible(is_empty)
        self.sums.setVisible(session is not None)
        self._write_acts(booth)
        if booth is None:
            self.title.setText(self.tr("No booth selected"))
            self.subtitle.setText("")
            self.remark.hide()
            self.trouble.hide()
            self.empty.setText(self.tr("Press F1 to F12 or type the number of a booth."))
            self.primary.hide()
            for button in self.others:
                button.hide()
            return
        self._write_head(booth)
        self.empty.setText(self._empty_text(booth))
        if session is not None:
            self.sums.show_session(session, self._formatter)
        self._write_buttons(booth)

    def _write_acts(self, booth: BoothView | None) -> None:
        """Write the small buttons: explain a price, choose a member, allow with a key."""
        session = booth.session if booth is not None else None
        barred = booth.barred if booth is not None else None
        self.explain.set_words(self.tr("Explain the price"), "?")
        self.explain.setVisible(session is not None and bool(explainable(session)))
        self.member.set_words(self.tr("Member…"), "M")
        self.member.setVisible(session is not None)
        self.allow.set_words(self.tr("Allow (manager)"), "K")
        needs_key = barred is not None and barred.code == Access.KEY.name
        self.allow.setVisible(session is not None and needs_key)

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
        self.remark.setText(self.tr("This call is sold below cost."))
        self.remark.setVisible(booth.live is not None and booth.live.is_below_cost)
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
        if booth.barred is not None:
            parts.append(self._barred_text(booth.barred))
        if booth.session is not None and booth.session.bill.unpriced:
            parts.append(self.tr("A call has no price: a manager must price it before payment."))
        if booth.meter is DeviceState.LOST:
            parts.append(self.tr("The booth's display does not answer. Billing goes on."))
        return "\n".join(parts)

    def _barred_text(self, barred: Barred) -> str:
        if barred.code == Access.KEY.name:
            text = self.tr("At %1 the call to %2 (%3) was cut: it needs the manager's key.")
        else:
            text = self.tr("At %1 the call to %2 (%3) was cut: this destination is forbidden.")
        formatter = self._formatter
        text = text.replace("%1", formatter.time(barred.at))
        text = text.replace("%2", formatter.number(barred.number))
        return text.replace("%3", barred.destination)

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
    def ask_explanation(self) -> None:
        """Ask why the selected call, or the last one, costs what it costs."""
        index = self.list.currentIndex()
        line = self._lines.line(index.row()) if index.isValid() else None
        self.explanation_asked.emit(line.call if line is not None else None)

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
