"""Adding and changing a member: number, name, discount. GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.money import Price
from app.messages.commands import SaveMember
from app.messages.views import CommandFailed, MemberView
from ui.amount_edit import AmountEdit
from ui.controls import KeyButton, label
from ui.error_texts import user_text
from ui.formatting import Formatter
from ui.session_choices import enter_key
from ui.sheet import Sheet

if TYPE_CHECKING:
    from ui.counter import Counter

_NUMBER_LONGEST = 20
_NAME_LONGEST = 80
_MICRO_IN_BASIS_POINT = 10_000


class MemberForm(Sheet):
    """Asks for one member; the manager's PIN is asked for when it is kept."""

    saved = Signal()

    def __init__(self, counter: Counter, member: MemberView | None, booth: int | None) -> None:
        super().__init__()
        self._counter = counter
        self._member = member
        self.booth = booth
        self.words = [label("caption") for _ in range(3)]
        self.number, self.name = QLineEdit(), QLineEdit()
        self.number.setMaxLength(_NUMBER_LONGEST)
        self.name.setMaxLength(_NAME_LONGEST)
        self.discount = AmountEdit(counter.formatter, places=2)
        self._fields = (self.number, self.name, self.discount)
        for word, field in zip(self.words, self._fields, strict=True):
            word.setBuddy(field)
            self.body.addWidget(word)
            self.body.addWidget(field)
        self.body.addStretch(1)
        self.cancel, self.remove, self.accept = KeyButton(), KeyButton(), KeyButton(is_primary=True)
        self.cancel.clicked.connect(self.closed)
        self.remove.clicked.connect(self._remove)
        self.accept.clicked.connect(self._save)
        self.add_buttons(self.cancel, self.remove, primary=self.accept)
        self.remove.setVisible(member is not None)
        if member is not None:
            self.number.setText(member.member_id)
            self.number.setReadOnly(True)
            self.name.setText(member.name)
            percent = counter.formatter.percent(member.discount_bp)
            self.discount.setText(percent.rstrip("%").strip())

    def first_focus(self) -> QWidget:
        return self.number if self._member is None else self.name

    def retranslate(self) -> None:
        super().retranslate()
        is_new = self._member is None
        self.title.setText(self.tr("Add a member") if is_new else self.tr("Change a member"))
        names = (self.tr("Number"), self.tr("Name"), self.tr("Discount in per cent"))
        for word, field, name in zip(self.words, self._fields, names, strict=True):
            word.setText(name)
            field.setAccessibleName(name)
        self.number.setPlaceholderText(self.tr("as on the card, e.g. M-12"))
        self.discount.setPlaceholderText("10")
        self.cancel.set_words(self.tr("Cancel"), self.tr("Esc"))
        self.remove.set_words(self.tr("No longer a member"))
        self.accept.set_words(self.tr("Keep"), enter_key())

    def speak(self, formatter: Formatter) -> None:
        self.discount.speak(formatter)
        super().speak(formatter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        for field, following in zip(self._fields, self._fields[1:], strict=False):
            if field.hasFocus():
                following.setFocus()
                return
        if not event.isAutoRepeat():
            self._save()

    @Slot()
    def _save(self) -> None:
        price = self.discount.price() if self.discount.text() else Price(0)
        if price is None or price.micro % _MICRO_IN_BASIS_POINT:
            self.discount.mark_wrong(is_wrong=True)
            self.show_error(user_text("discount_invalid"))
            self.discount.setFocus()
            return
        self._send(price.micro // _MICRO_IN_BASIS_POINT, is_active=True)

    @Slot()
    def _remove(self) -> None:
        if self._member is not None:
            self._send(self._member.discount_bp, is_active=False)

    def _send(self, discount_bp: int, *, is_active: bool) -> None:
        self.show_error("")
        command = SaveMember(
            **self._counter.bridge.stamp(),
            member_id=self.number.text().strip(),
            name=self.name.text().strip(),
            discount_bp=discount_bp,
            is_active=is_active,
        )

        def done(_result: object) -> None:
            if is_active:
                text = self.tr("%1 is kept. Open visits keep their prices.")
            else:
                text = self.tr("%1 is no longer a member. Adding the number again undoes this.")
            self._counter.notices.say(text.replace("%1", command.name))
            self.saved.emit()
            self.closed.emit()

        self._counter.ask(command, done, self._refused)

    def _refused(self, failure: CommandFailed) -> None:
        self.show_error(f"{user_text(failure.code, failure.params)} ({failure.code})")
        fields = {"member_number_invalid": self.number, "member_name_invalid": self.name}
        fields.get(failure.code, self.discount).setFocus()
