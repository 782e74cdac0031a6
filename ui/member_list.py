"""The members: found by name or number, chosen for a visit, added and changed. GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.quotes import folded
from app.messages.commands import AskMembers, SetMember
from app.messages.views import BoothView, MemberView, SessionView
from ui.controls import KeyButton
from ui.formatting import Formatter
from ui.list_sheet import ListSheet
from ui.row_list import Row
from ui.session_choices import enter_key

if TYPE_CHECKING:
    from ui.counter import Counter

_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class SearchField(QLineEdit):
    """Where a name or number is typed; the keys that mean something to the list go there."""

    def __init__(self, sheet: MemberList) -> None:
        super().__init__()
        self._sheet = sheet
        self.setMaxLength(80)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _MOVES:
            self._sheet.list.keyPressEvent(event)
        elif not self._sheet.takes(event):
            super().keyPressEvent(event)


class MemberList(ListSheet):
    """Lists members; for a booth, Enter says that this is who calls there."""

    def __init__(self, counter: Counter, booth: BoothView | None = None) -> None:
        super().__init__(counter)
        self._members: tuple[MemberView, ...] = ()
        self._session: SessionView | None = booth.session if booth is not None else None
        self._booth_name = "" if booth is None else booth.name or str(booth.booth)
        self.booth = None if booth is None else booth.booth
        self.search = SearchField(self)
        self.search.textChanged.connect(self._write)
        self.body.insertWidget(0, self.search)
        self.list.activated.connect(self._choose)
        self.choose, self.take_off = KeyButton(is_primary=True), KeyButton()
        self.new, self.change = KeyButton(), KeyButton()
        for button, act in (
            (self.choose, self._choose),
            (self.take_off, self._take_off),
            (self.new, self._add),
            (self.change, self._change),
        ):
            button.clicked.connect(act)
        self.add_buttons(self.take_off, self.new, self.change, primary=self.choose)
        self._load()

    def first_focus(self) -> QWidget:
        return self.search

    def retranslate(self) -> None:
        super().retranslate()
        if self._session is None:
            self.title.setText(self.tr("Members"))
        else:
            title = self.tr("Member — Booth %1")
            self.title.setText(title.replace("%1", self._booth_name))
        self.search.setPlaceholderText(self.tr("Name or number"))
        self.search.setAccessibleName(self.tr("Name or number"))
        self.list.setAccessibleName(self.tr("Members"))
        self.choose.set_words(self.tr("Choose"), enter_key())
        self.take_off.set_words(self.tr("Take off"), self.tr("Del"))
        self.new.set_words(self.tr("Add…"), self.tr("Ctrl N"))
        self.change.set_words(self.tr("Change…"), self.tr("Ctrl E"))
        self._write()

    def speak(self, formatter: Formatter) -> None:
        super().speak(formatter)
        self._write()

    def show_booth(self, booth: BoothView) -> None:
        """Follow the visit; once it is over there is nobody to choose for."""
        session, before = booth.session, self._session
        if before is None:
            return
        if session is None or session.session_id != before.session_id:
            self.closed.emit()
            return
        self._session = session
        self._write()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.takes(event):
            super().keyPressEvent(event)

    def takes(self, event: QKeyEvent) -> bool:
        """Take a key that acts on the list; False when it means something else."""
        key, has_control = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        act = None
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            act = self._choose if self._session is not None else self._change
        elif key == Qt.Key.Key_Delete and not self.search.text():
            act = self._take_off
        elif has_control and key == Qt.Key.Key_N:
            act = self._add
        elif has_control and key == Qt.Key.Key_E:
            act = self._change
        if act is None:
            return False
        if not event.isAutoRepeat():
            act()
        return True

    def _load(self) -> None:
        ask = AskMembers(**self.counter.bridge.stamp())
        self.counter.ask(ask, self._on_members, self.refused)

    def _on_members(self, result: object) -> None:
        if isinstance(result, tuple):
            self._members = result
            self._write()

    @Slot()
    def _write(self) -> None:
        found = [member for member in self._members if _fits(member, self.search.text())]
        session = self._session
        current = session.member_id if session is not None else ""
        self.show_rows(
            [self._row(member, is_chosen=member.member_id == current) for member in found]
        )
        if self._members:
            self.empty.setText(self.tr("Nobody of this name or number."))
        else:
            self.empty.setText(self.tr("No members yet.\nCtrl N adds the first one."))
        if session is not None and session.member_name:
            text = self.tr("Now: %1").replace("%1", session.member_name)
            self.set_subtitle(text)
        else:
            self.set_subtitle(self.tr("Calls are cheaper by the member's discount."))
        self.choose.setVisible(session is not None)
        self.choose.setEnabled(bool(found))
        self.take_off.setVisible(bool(current))
        self.change.setEnabled(bool(found))

    def _row(self, member: MemberView, *, is_chosen: bool) -> Row:
        detail = member.member_id
        if is_chosen:
            detail += " · " + self.tr("chosen")
        end = self.counter.formatter.discount(member.discount_bp)
        return Row(member.member_id, member.name, detail, end)

    def _selected(self) -> MemberView | None:
        row = self.list.selected() if self.list.isVisible() else None
        key = None if row is None else row.key
        return next((member for member in self._members if member.member_id == key), None)

    @Slot()
    def _choose(self) -> None:
        member = self._selected()
        if member is not None and self._session is not None:
            self._set(member.member_id, member.name)

    @Slot()
    def _take_off(self) -> None:
        if self._session is not None and self._session.member_id:
            self._set("", "")

    def _set(self, member_id: str, name: str) -> None:
        assert self._session is not None

        def told(_result: object) -> None:
            if name:
                text = self.tr("%1: the calls have the member's prices.").replace("%1", name)
            else:
                text = self.tr("The calls have the usual prices again.")
            self.counter.notices.say(text)
            self.closed.emit()

        self.show_error("")
        session_id = self._session.session_id
        command = SetMember(
            **self.counter.bridge.stamp(), session_id=session_id, member_id=member_id
        )
        self.counter.ask(command, told, self.refused)

    @Slot()
    def _add(self) -> None:
        self._open_form(None)

    @Slot()
    def _change(self) -> None:
        member = self._selected()
        if member is not None:
            self._open_form(member)

    def _open_form(self, member: MemberView | None) -> None:
        from ui.member_form import MemberForm  # noqa: PLC0415 - rare

        form = MemberForm(self.counter, member, self.booth)
        form.saved.connect(self._load)
        self.counter.open(form)


def _fits(member: MemberView, text: str) -> bool:
    """Tell whether the text begins the number, or each of its words one of name or number."""
    if member.member_id.casefold().startswith(text.strip().casefold()):
        return True
    words = folded(f"{member.name} {member.member_id}")
    return all(any(word.startswith(typed) for word in words) for typed in folded(text))
