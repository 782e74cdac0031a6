"""Members: found, chosen for a visit, added and changed with the manager's PIN."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.messages import commands as c
from tests.ui.fake_desk import PIN, FakeDesk
from tests.ui.hands import chord, click, press
from ui.checkout_dialog import CheckoutDialog
from ui.main_window import MainWindow
from ui.member_form import MemberForm
from ui.member_list import MemberList
from ui.menu import Menu
from ui.pin_dialog import PinDialog

K = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
CHANGES_MS = 5000


def members(window: MainWindow, qtbot: QtBot, *, count: int = 2) -> MemberList:
    qtbot.waitUntil(lambda: isinstance(window.side.top, MemberList), timeout=CHANGES_MS)
    sheet = window.side.top
    assert isinstance(sheet, MemberList)
    qtbot.waitUntil(lambda: sheet.list.rows.rowCount() == count, timeout=CHANGES_MS)
    return sheet


def names(sheet: MemberList) -> list[str]:
    return [sheet.list.rows.row(row).title for row in range(sheet.list.rows.rowCount())]


def form(window: MainWindow, qtbot: QtBot) -> MemberForm:
    qtbot.waitUntil(lambda: isinstance(window.side.top, MemberForm), timeout=CHANGES_MS)
    sheet = window.side.top
    assert isinstance(sheet, MemberForm)
    return sheet


def choices_of(desk: FakeDesk) -> list[tuple[str, str]]:
    found = [one for one in desk.of(c.SetMember) if isinstance(one, c.SetMember)]
    return [(one.session_id, one.member_id) for one in found]


def test_a_member_is_chosen_by_keyboard_and_shown(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    press(K.Key_F2, "m")
    sheet = members(window, qtbot)
    press("zo")
    assert names(sheet) == ["Zoé Ba-Sow"]
    press(K.Key_Return)
    qtbot.waitUntil(lambda: window.side.top is None, timeout=CHANGES_MS)
    assert choices_of(desk) == [("s2", "7")]
    word, amount = window.panel.sums.rows[0]
    qtbot.waitUntil(word.isVisible, timeout=CHANGES_MS)
    assert (word.text(), amount.text()) == ("Zoé Ba-Sow", "−5.5%")
    press(K.Key_F2, K.Key_Return)
    checkout = window.side.top
    assert isinstance(checkout, CheckoutDialog)
    assert [label.text() for label in checkout.sums.rows[0]] == ["Zoé Ba-Sow", "−5.5%"]


def test_a_member_is_chosen_by_mouse_and_taken_off(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    press(K.Key_F2)
    click(window.panel.member)
    sheet = members(window, qtbot)
    assert sheet.take_off.isHidden()
    click(sheet.choose)
    qtbot.waitUntil(lambda: window.side.top is None, timeout=CHANGES_MS)
    press("m")
    sheet = members(window, qtbot)
    assert sheet.list.rows.row(0).detail == "M-12 · chosen"
    click(sheet.take_off)
    qtbot.waitUntil(lambda: window.side.top is None, timeout=CHANGES_MS)
    press("m")
    members(window, qtbot)
    press(K.Key_Delete)
    assert choices_of(desk) == [("s2", "M-12"), ("s2", "")]


def test_delete_takes_a_chosen_member_off(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    press(K.Key_F2, "m")
    members(window, qtbot)
    press(K.Key_Down, K.Key_Up, K.Key_Return)
    qtbot.waitUntil(lambda: window.side.top is None, timeout=CHANGES_MS)
    press("m")
    members(window, qtbot)
    press("x", K.Key_Delete)
    assert len(choices_of(desk)) == 1
    press(K.Key_Backspace, K.Key_Delete)
    qtbot.waitUntil(lambda: len(choices_of(desk)) == 2, timeout=CHANGES_MS)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("awa", ["Awa Diop"]),
        ("DIO", ["Awa Diop"]),
        ("m-1", ["Awa Diop"]),
        ("12", ["Awa Diop"]),
        ("7", ["Zoé Ba-Sow"]),
        ("zoe ba-s", ["Zoé Ba-Sow"]),
        ("nobody", []),
        ("", ["Awa Diop", "Zoé Ba-Sow"]),
    ],
)
def test_words_of_name_and_number_are_found(
    window: MainWindow, qtbot: QtBot, typed: str, found: list[str]
) -> None:
    press(K.Key_F2, "m")
    sheet = members(window, qtbot)
    sheet.search.setText(typed)
    assert names(sheet) == found
    assert sheet.empty.isVisible() is not bool(found)
    assert sheet.choose.isEnabled() is bool(found)


def test_a_refusal_is_told_in_place(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.refuse[c.SetMember] = ("member_unknown", (("member", "M-12"),))
    press(K.Key_F2, "m")
    sheet = members(window, qtbot)
    press(K.Key_Return)
    qtbot.waitUntil(lambda: "There is no member M-12." in sheet.error.text(), timeout=CHANGES_MS)


def test_a_free_booth_has_nobody_to_choose_for(window: MainWindow, desk: FakeDesk) -> None:
    press(K.Key_F4, "m")
    assert window.side.top is None
    assert not window.panel.member.isVisible()
    assert "Unlock the booth first" in window.notices.said[-1]


def test_the_list_closes_with_its_visit(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    press(K.Key_F2, "m")
    members(window, qtbot)
    desk.change(2, session=None)
    qtbot.waitUntil(lambda: window.side.top is None, timeout=CHANGES_MS)


def test_a_member_is_added_with_the_managers_pin(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    menu = Menu(window)
    next(one for one in menu.actions() if one.text() == "Members…").trigger()
    sheet = members(window, qtbot)
    assert sheet.choose.isHidden()
    desk.refuse[c.SaveMember] = ("not_enough_rights", ())
    chord(sheet.search, K.Key_N, CONTROL)
    form(window, qtbot)
    press("C-3", K.Key_Return, "Fatou Sy", K.Key_Return, "12.5", K.Key_Return)
    qtbot.waitUntil(lambda: isinstance(window.side.top, PinDialog), timeout=CHANGES_MS)
    press(PIN, K.Key_Return)
    sheet = members(window, qtbot, count=3)
    saved = desk.of(c.SaveMember)[-1]
    assert isinstance(saved, c.SaveMember)
    assert (saved.member_id, saved.name, saved.discount_bp) == ("C-3", "Fatou Sy", 1250)
    assert (saved.manager_pin, saved.is_active) == (PIN, True)
    assert "Fatou Sy" in names(sheet)


def test_a_pin_given_up_leaves_the_form_as_it_was(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    window.counter.show_members()
    members(window, qtbot)
    click(members(window, qtbot).new)
    desk.refuse[c.SaveMember] = ("not_enough_rights", ())
    press("C-3", K.Key_Return, "Fatou Sy", K.Key_Return, K.Key_Return)
    qtbot.waitUntil(lambda: isinstance(window.side.top, PinDialog), timeout=CHANGES_MS)
    press(K.Key_Escape)
    assert form(window, qtbot).name.text() == "Fatou Sy"
    click(form(window, qtbot).accept)
    members(window, qtbot, count=3)
    saved = desk.of(c.SaveMember)[-1]
    assert isinstance(saved, c.SaveMember)
    assert saved.discount_bp == 0


def test_a_member_is_changed_and_taken_from_the_list(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    press(K.Key_F2, "m")
    sheet = members(window, qtbot)
    chord(sheet.search, K.Key_E, CONTROL)
    sheet_of_one = form(window, qtbot)
    assert (sheet_of_one.number.text(), sheet_of_one.number.isReadOnly()) == ("M-12", True)
    assert sheet_of_one.discount.text() == "10"
    press(" Ba", K.Key_Return, K.Key_Return)
    sheet = members(window, qtbot)
    assert "Awa Diop Ba" in names(sheet)
    click(sheet.change)
    click(form(window, qtbot).remove)
    members(window, qtbot, count=1)
    saved = [one for one in desk.of(c.SaveMember) if isinstance(one, c.SaveMember)]
    assert [one.is_active for one in saved] == [True, False]


def test_enter_changes_a_member_where_there_is_nobody_to_choose_for(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.counter.show_members()
    members(window, qtbot)
    press(K.Key_Return)
    assert form(window, qtbot).name.text() == "Awa Diop"


@pytest.mark.parametrize("typed", ["12.345", ",,"])
def test_a_discount_that_is_none_is_marked(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot, typed: str
) -> None:
    window.counter.show_members()
    click(members(window, qtbot).new)
    sheet = form(window, qtbot)
    sheet.discount.setText(typed)
    click(sheet.accept)
    assert "0 to 100" in sheet.error.text()
    assert sheet.discount.property("isWrong") is True
    assert desk.of(c.SaveMember) == []


@pytest.mark.parametrize(
    ("code", "field"),
    [("member_number_invalid", 0), ("member_name_invalid", 1), ("discount_invalid", 2)],
)
def test_what_the_desk_refuses_is_told_at_its_field(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot, code: str, field: int
) -> None:
    window.counter.show_members()
    click(members(window, qtbot).new)
    sheet = form(window, qtbot)
    desk.refuse[c.SaveMember] = (code, ())
    click(sheet.accept)
    qtbot.waitUntil(lambda: code in sheet.error.text(), timeout=CHANGES_MS)
    assert (sheet.number, sheet.name, sheet.discount)[field].hasFocus()


def test_an_empty_list_says_what_to_do_first(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.members = []
    window.counter.show_members()
    sheet = members(window, qtbot, count=0)
    qtbot.waitUntil(sheet.empty.isVisible, timeout=CHANGES_MS)
    assert sheet.empty.text() == "No members yet.\nCtrl N adds the first one."
    press(K.Key_Return)
    assert window.side.top is sheet


def test_the_language_changes_in_sight(window: MainWindow, qtbot: QtBot) -> None:
    press(K.Key_F2, "m")
    sheet = members(window, qtbot)
    chord(sheet.search, K.Key_E, CONTROL)
    one = form(window, qtbot)
    one.discount.setText("5.5")
    window.use_language("fr")
    assert one.title.text() == "Modifier un membre"
    assert one.discount.text() == "5,5"
    assert sheet.title.text() == "Membre — Cabine 2"
    assert sheet.list.rows.row(0).end == "−10\u00a0%"
    window.use_language("en")
