"""Calls that were cut, the manager's key, and calls sold below cost: on tile and panel."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.messages import commands as c
from app.messages.views import Barred
from tests.ui.fake_desk import NOW, PIN, FakeDesk
from tests.ui.hands import OpenWindow, click, press
from ui.main_window import MainWindow
from ui.pin_dialog import PinDialog, SetPinDialog
from ui.tile_text import Tone

K = Qt.Key
CHANGES_MS = 5000
KEYED = Barred("KEY", "+870 773 12 3456", "Inmarsat", NOW)
FORBIDDEN = Barred("FORBIDDEN", "+882 99 12 3456", "Fraud", NOW)


def notes(window: MainWindow, booth: int) -> list[str]:
    return [note.text for note in window.booths.tile(booth - 1).face.notes]


def test_a_call_cut_for_want_of_the_key_is_said_and_allowed(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    press(K.Key_F5)
    assert window.panel.allow.isHidden()
    desk.change(5, barred=KEYED)
    qtbot.waitUntil(window.panel.allow.isVisible, timeout=CHANGES_MS)
    face = window.booths.tile(4).face
    assert (face.title, face.subtitle) == ("+870 773 12 ••••", "Inmarsat")
    assert notes(window, 5) == ["Cut: needs the manager's key"]
    assert window.panel.trouble.text() == (
        "At 14:37 the call to +870 773 12 •••• (Inmarsat) was cut: it needs the manager's key."
    )
    desk.refuse[c.AllowKeyed] = ("not_enough_rights", ())
    click(window.panel.allow)
    qtbot.waitUntil(lambda: isinstance(window.side.top, PinDialog), timeout=CHANGES_MS)
    press(PIN, K.Key_Return)
    qtbot.waitUntil(lambda: window.side.top is None, timeout=CHANGES_MS)
    asked = [one for one in desk.of(c.AllowKeyed) if isinstance(one, c.AllowKeyed)]
    assert [(one.session_id, one.manager_pin) for one in asked] == [("s5", None), ("s5", PIN)]
    assert window.notices.said[-1] == "Allowed in booth 5 until the customer pays: dial again."
    qtbot.waitUntil(window.panel.allow.isHidden, timeout=CHANGES_MS)
    assert notes(window, 5) == []


def test_the_key_is_given_by_keyboard(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.change(5, barred=KEYED)
    press(K.Key_F5)
    qtbot.waitUntil(window.panel.allow.isVisible, timeout=CHANGES_MS)
    press("k")
    assert len(desk.of(c.AllowKeyed)) == 1


def test_what_is_forbidden_has_no_button(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    press(K.Key_F5)
    desk.change(5, barred=FORBIDDEN)
    qtbot.waitUntil(lambda: notes(window, 5) != [], timeout=CHANGES_MS)
    assert notes(window, 5) == ["Cut: forbidden destination"]
    assert "(Fraud) was cut: this destination is forbidden." in window.panel.trouble.text()
    assert window.panel.allow.isHidden()
    press("k")
    assert desk.of(c.AllowKeyed) == []
    assert window.notices.said[-1] == "No call was cut here for want of the manager's key."


def test_without_a_visit_there_is_nothing_to_allow(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    press(K.Key_F4)
    desk.change(4, barred=KEYED)
    qtbot.waitUntil(window.panel.trouble.isVisible, timeout=CHANGES_MS)
    assert window.panel.allow.isHidden()
    press("k")
    assert desk.of(c.AllowKeyed) == []


@pytest.mark.parametrize(
    ("language", "note", "line"),
    [
        ("en", "Sold below cost", "This call is sold below cost."),
        ("fr", "Vendu à perte", "Cet appel est vendu à perte."),
    ],
)
def test_a_call_below_cost_is_marked_without_a_figure(
    open_window: OpenWindow, qtbot: QtBot, language: str, note: str, line: str
) -> None:
    desk = FakeDesk()
    window = open_window(desk, language=language)
    live = desk.booths[1].live
    assert live is not None
    desk.change(1, live=replace(live, is_below_cost=True))
    qtbot.waitUntil(lambda: notes(window, 1) == [note], timeout=CHANGES_MS)
    (mark,) = window.booths.tile(0).face.notes
    assert mark.tone is Tone.QUIET
    assert window.panel.remark.isVisible()
    assert window.panel.remark.text() == line
    desk.change(1, live=live)
    qtbot.waitUntil(window.panel.remark.isHidden, timeout=CHANGES_MS)
    qtbot.waitUntil(lambda: notes(window, 1) == [], timeout=CHANGES_MS)


def test_where_no_pin_was_ever_set_it_is_set_and_the_act_goes_on(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.tell(has_manager_pin=False)
    qtbot.waitUntil(
        lambda: window.counter.status is not None and not window.counter.status.has_manager_pin,
        timeout=CHANGES_MS,
    )
    desk.change(5, barred=KEYED)
    press(K.Key_F5)
    qtbot.waitUntil(window.panel.allow.isVisible, timeout=CHANGES_MS)
    desk.refuse[c.AllowKeyed] = ("not_enough_rights", ())
    click(window.panel.allow)
    qtbot.waitUntil(lambda: isinstance(window.side.top, SetPinDialog), timeout=CHANGES_MS)
    press(PIN, K.Key_Return, PIN, K.Key_Return)
    qtbot.waitUntil(lambda: window.side.top is None, timeout=CHANGES_MS)
    qtbot.waitUntil(lambda: len(desk.of(c.AllowKeyed)) == 2, timeout=CHANGES_MS)
    (pin,) = [one for one in desk.of(c.SetManagerPin) if isinstance(one, c.SetManagerPin)]
    assert pin.new_pin == PIN
    asked = [one for one in desk.of(c.AllowKeyed) if isinstance(one, c.AllowKeyed)]
    assert [one.manager_pin for one in asked] == [None, PIN]
    qtbot.waitUntil(window.panel.allow.isHidden, timeout=CHANGES_MS)
