"""The checkout at the side: receipt preview, what is due, tender, change. GUI thread.

Never modal: the tiles stay live beside it. While a call is up it offers to end it
or to wait; when the session is due it takes the money; afterwards the change stays
in sight until the next key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.money import Money
from app.domain.receipts import Tender
from app.domain.sessions import SessionState
from app.messages.commands import HangUpCall, LockBooth, ReprintReceipt, TakePayment
from app.messages.views import BoothView, CommandFailed, PaymentDone, SessionView
from ui.checkout_reasons import CheckoutReasons
from ui.checkout_stage import Stage
from ui.checkout_sums import CheckoutSums
from ui.controls import KeyButton
from ui.error_texts import user_text
from ui.formatting import Formatter
from ui.hang_up import HangUpArming, armed_words
from ui.paid_box import PaidBox
from ui.receipt_preview import PaperPreview, simple_preview
from ui.session_choices import enter_key
from ui.sheet import Sheet
from ui.tender_form import TenderForm
from ui.tick_button import TickButton
from ui.tokens import Palette

if TYPE_CHECKING:
    from ui.counter import Counter, Preview

_PREVIEW_WIDTH = 312
_FORM_WIDTH = 392

_PRESSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
"""Keys that press a button."""

_DISMISSING = (*_PRESSING, Qt.Key.Key_Escape)
"""Keys that only take the change away; any other goes on to the board."""


class CheckoutDialog(Sheet):
    """Takes the money of one booth's session."""

    wanted_width = _PREVIEW_WIDTH + _FORM_WIDTH

    def __init__(
        self, counter: Counter, booth: BoothView, receipts: str, preview: Preview | None
    ) -> None:
        super().__init__()
        assert booth.session is not None
        self._counter = counter
        self._formatter = counter.formatter
        self._preview = preview or simple_preview(counter.formatter, booth)
        self._receipts = receipts
        self._view = booth
        self._session: SessionView = booth.session
        self._done: PaymentDone | None = None
        self.booth = booth.booth
        self.stage = Stage.PAYING
        self.form = TenderForm(self._formatter)
        self.form.tender_chosen.connect(self._focus_on_money)
        self.wants_receipt = TickButton()
        self.wants_receipt.setChecked(receipts == "always")
        self.reasons = CheckoutReasons(counter, booth.session)
        self.reasons.changed.connect(self._on_reasons)
        self.reasons.why_asked.connect(self._explain)
        self.cancel, self.finish = KeyButton(), KeyButton(is_primary=True)
        self.wait, self.end_call = KeyButton(), KeyButton()
        self._arming = HangUpArming(self)
        self._arming.changed.connect(self._write_end_call)
        self.print_button = KeyButton()
        self.cancel.clicked.connect(self.closed)
        self.wait.clicked.connect(self._wait_for_end)
        self.finish.clicked.connect(self._on_finish)
        self.end_call.clicked.connect(self._click_end_call)
        self.print_button.clicked.connect(self._print)
        self._arrange()
        self.show_booth(booth)

    def _arrange(self) -> None:
        self.paper = PaperPreview(self)
        self.sums = CheckoutSums()
        self.body.addWidget(self.sums)
        self.body.addWidget(self.form)
        self.message = self.add_label()
        self.paid = PaidBox()
        self.body.addWidget(self.paid)
        self.body.addStretch(1)
        self.body.addWidget(self.reasons)
        self.add_buttons(primary=self.end_call)
        others = (self.cancel, self.wait, self.print_button, self.wants_receipt)
        self.add_buttons(*others, primary=self.finish)

    def first_focus(self) -> QWidget:
        if self.stage is Stage.CALL_UP:
            # No button: an Enter too many must neither cut a call nor lock a booth.
            return self
        return self.finish if self.stage is Stage.PAID else self.form.received

    def resizeEvent(self, event: QResizeEvent) -> None:
        # In a narrow window the tiles need the room more than the preview.
        has_room = self.width() >= self.wanted_width - 2
        self.paper.setVisible(has_room)
        width = _PREVIEW_WIDTH if has_room else 0
        start = self.width() - width if self.isRightToLeft() else 0
        self.paper.setGeometry(start, 0, width, self.height())
        left, right = (0, width) if self.isRightToLeft() else (width, 0)
        self.column.setContentsMargins(left + 16, 14, right + 16, 14)
        super().resizeEvent(event)

    def retranslate(self) -> None:
        super().retranslate()
        name = self._view.name or str(self.booth)
        self.title.setText(self.tr("Check out — Booth %1").replace("%1", name))
        self.paper.setAccessibleName(self.tr("Preview of the receipt"))
        self.wants_receipt.set_words(self.tr("Receipt"), "T")
        self.cancel.set_words(self.tr("Cancel"), self.tr("Esc"))
        self.wait.set_words(self.tr("Wait"), "")
        self._write_end_call()
        self.print_button.set_words(self.tr("Print"), "T")
        self._write()

    def speak(self, formatter: Formatter) -> None:
        self._formatter = formatter
        self.form.speak(formatter)
        super().speak(formatter)

    def show_booth(self, booth: BoothView) -> None:
        """Follow the booth: a call that ends leads on to the payment."""
        if self.stage in (Stage.SENT, Stage.PAID):
            return
        session = booth.session
        if session is None or session.session_id != self._session.session_id:
            if session is None and not self._session.bill.due:
                self._counter.notices.say(self.tr("Nothing was used: the booth is free again."))
            self.closed.emit()
            return
        self._view, self._session = booth, session
        before = self.stage
        self._write_end_call()
        if booth.live is not None:
            self.stage = Stage.CALL_UP
        elif session.state is SessionState.DUE:
            self.stage = Stage.PAYING
            if before is not Stage.PAYING:
                self._counter.side.rest.begin()
        elif self.stage is not Stage.LOCKING:
            self.stage = Stage.LOCKING
            lock = LockBooth(**self._counter.bridge.stamp(), booth=booth.booth)
            self._counter.ask(lock, None, self._refused)
        self._write()
        if before is not self.stage and self.isVisible():
            self.first_focus().setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, stage = event.key(), self.stage
        if stage is Stage.PAID:
            self._key_after_payment(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if stage is Stage.PAYING and not event.isAutoRepeat():
                self._finish()
        elif stage is Stage.CALL_UP and key == Qt.Key.Key_X:
            self._press_x(event)
        elif event.text() == "?":
            self._explain()
        elif stage is not Stage.PAYING or not self._press_choice(key):
            super().keyPressEvent(event)

    def _press_choice(self, key: int) -> bool:
        """Take a key that chooses how to pay or what to print; False when it chooses nothing."""
        tenders = {Qt.Key.Key_E: Tender.CASH, Qt.Key.Key_C: Tender.CARD}
        ticks = {
            Qt.Key.Key_T: self.wants_receipt,
            Qt.Key.Key_I: self.wants_receipt,
            Qt.Key.Key_P: self.reasons.tick,
        }
        if key in tenders:
            self.form.choose(tenders[Qt.Key(key)])
        elif key in ticks and self._offers_receipt():
            ticks[Qt.Key(key)].toggle()
        return key in tenders or key in ticks

    def _key_after_payment(self, event: QKeyEvent) -> None:
        """Any key takes the change away; one that means something elsewhere goes on there."""
        if event.isAutoRepeat():
            return
        if event.key() in _PRESSING and self._counter.side.rest.is_on:
            return
        if event.key() in (Qt.Key.Key_T, Qt.Key.Key_I):
            self._print()
            return
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            self.closed.emit()
        if event.key() in _DISMISSING:
            event.accept()
        else:
            event.ignore()

    def set_palette(self, palette: Palette) -> None:
        super().set_palette(palette)
        self.wants_receipt.set_palette(palette)
        self.reasons.set_palette(palette)

    @Slot()
    def _on_reasons(self) -> None:
        """Explained prices are for a receipt."""
        if self.reasons.is_explained and self._offers_receipt():
            self.wants_receipt.setChecked(True)
        self._write()

    @Slot()
    def _explain(self) -> None:
        self._counter.explain(self._view)

    def _write(self) -> None:
        session = self._session
        self.sums.show_session(session, self._formatter)
        self.form.show_due(session.bill.due)
        is_paid = self.stage is Stage.PAID
        words = self.tr("Done") if is_paid else self.tr("Take and close")
        self.finish.set_words(words, enter_key())
        reasons = self.reasons.reasons
        self.paper.show_text(self._preview(session, self._done, self.form.tender, reasons))
        self._write_stage()

    def _write_stage(self) -> None:
        stage = self.stage
        is_paying = stage in (Stage.PAYING, Stage.SENT)
        has_call = stage is Stage.CALL_UP
        self.form.setVisible(is_paying)
        self.form.setEnabled(stage is Stage.PAYING)
        self.sums.setVisible(stage is not Stage.PAID)
        self.paid.setVisible(stage is Stage.PAID)
        self.cancel.setVisible(is_paying or stage is Stage.LOCKING)
        has_paper = is_paying and self._offers_receipt()
        self.wants_receipt.setVisible(has_paper)
        self.reasons.show_session(self._session, has_paper=has_paper)
        self.reasons.setVisible(is_paying)
        self.wait.setVisible(has_call)
        self.end_call.setVisible(has_call)
        self.finish.setVisible(is_paying or stage is Stage.PAID)
        self.finish.setEnabled(stage is not Stage.SENT)
        self.print_button.setVisible(
            self._done is not None and not self._done.prints and self._counter.has_printer()
        )
        text = ""
        if has_call:
            text = self.tr(
                "A call is still up. End it, or wait: the payment opens when it has ended."
            )
        elif stage is Stage.LOCKING:
            text = self.tr("Locking the booth…")
        self.message.setText(text)
        self.message.setVisible(bool(text))
        if self._done is not None:
            self.paid.show_done(self._done, self._formatter)

    def _offers_receipt(self) -> bool:
        return self._receipts != "never" and self._counter.has_printer()

    @Slot()
    def _focus_on_money(self) -> None:
        """Enter finishes at once after a tender was chosen."""
        is_cash = self.form.tender is Tender.CASH
        (self.form.received if is_cash else self.finish).setFocus()

    @Slot()
    def _wait_for_end(self) -> None:
        """Let the customer finish this call, and dial no other one."""
        self.wait.setFocus()
        if self._session.state is SessionState.OPEN:
            lock = LockBooth(**self._counter.bridge.stamp(), booth=self._view.booth)
            self._counter.ask(lock, None, self._refused)
        self._counter.notices.say(self.tr("Waiting for the call to end; no other can be dialled."))

    @Slot()
    def _write_end_call(self) -> None:
        if self._arming.is_armed(self._view):
            self.end_call.set_words(armed_words(self._view))
        else:
            self.end_call.set_words(self.tr("End the call"), "X")

    @Slot()
    def _click_end_call(self) -> None:
        if not self._counter.side.rest.is_on and self._arming.click(self._view):
            self._end_call()

    def _press_x(self, event: QKeyEvent) -> None:
        """End a call by key; an emergency call only by the second press."""
        live = self._view.live
        if event.isAutoRepeat() or live is None:
            return
        if not live.is_emergency or self._arming.click(self._view):
            self._end_call()

    def _end_call(self) -> None:
        hang_up = HangUpCall(**self._counter.bridge.stamp(), booth=self._view.booth)
        self._counter.ask(hang_up, None, self._refused)

    @Slot()
    def _on_finish(self) -> None:
        """Take a press of the button; the end of a double click was meant for what was there."""
        is_click = not self.finish.is_by_key
        if not (is_click and self.stage is Stage.PAYING and self._counter.side.rest.is_on):
            self._finish()

    def _finish(self) -> None:
        if self.stage is Stage.PAID:
            # The last press of a double or triple click paid; the change must stay in sight.
            if not self._counter.side.rest.is_on:
                self.closed.emit()
            return
        if self.stage is not Stage.PAYING:
            return
        due, handed = self._session.bill.due, self.form.handed_over()
        if handed is None or handed < due:
            code = "amount_invalid" if handed is None else "received_too_small"
            self.form.received.mark_wrong(is_wrong=True)
            self.show_error(user_text(code))
            return
        self._pay(due, handed)

    def _pay(self, due: Money, handed: Money) -> None:
        self.show_error("")
        self.stage = Stage.SENT
        # The field goes grey; without a focus the keys would reach nobody.
        self.setFocus()
        self._write_stage()
        payment = TakePayment(
            **self._counter.bridge.stamp(),
            session_id=self._session.session_id,
            tender=self.form.tender,
            due=due,
            received=handed,
            wants_receipt=self.wants_receipt.isChecked() and self._offers_receipt(),
            is_explained=self.reasons.is_explained,
        )
        self._counter.ask(payment, self._on_paid, self._refused)

    def _on_paid(self, result: object) -> None:
        if not isinstance(result, PaymentDone):
            return
        self._done = result
        self.stage = Stage.PAID
        self._counter.side.rest.begin()
        self._write()
        self.finish.setFocus()

    def _refused(self, failure: CommandFailed) -> None:
        """Tell in place why the desk refused; the newest bill is already on the sheet."""
        if self.stage is Stage.SENT:
            self.stage = Stage.PAYING
            newest = self._counter.booth(self.booth)
            if newest is not None:
                self.show_booth(newest)
        self.show_error(f"{user_text(failure.code, failure.params)} ({failure.code})")
        self._write_stage()
        self.first_focus().setFocus()

    @Slot()
    def _print(self) -> None:
        if self._done is None or self._done.prints or not self._counter.has_printer():
            return
        number = self._done.receipt_number

        def queued(_result: object) -> None:
            text = self.tr("Receipt %1 goes to the printer.")
            self._counter.notices.say(text.replace("%1", number))

        is_explained = self.reasons.tick.isChecked()
        stamp = self._counter.bridge.stamp()
        reprint = ReprintReceipt(**stamp, receipt_number=number, is_explained=is_explained)
        self._counter.ask(reprint, queued, self._refused)
