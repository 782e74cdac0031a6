"""A mouse cuts a call by its second click only, and a double click does one thing."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.sessions import BoothState
from app.messages import commands as c
from app.messages.views import BoothView
from tests.ui.fake_desk import SECOND, FakeDesk, FixedClock, booth, due, talking
from tests.ui.fake_desk import call as made_call
from tests.ui.hands import OpenWindow, click, press
from ui.checkout_dialog import CheckoutDialog
from ui.checkout_stage import Stage
from ui.controls import KeyButton
from ui.main_window import MainWindow

K = Qt.Key
CHANGES_MS = 5000
DISARMS_MS = 10_000


def emergency(number: int) -> BoothView:
    """A locked booth from which somebody calls 112."""
    live = talking(number, 2, 20).live
    assert live is not None
    urgent = replace(
        live, number="112", destination="emergency", price_per_minute=None, is_emergency=True
    )
    return booth(number, BoothState.TALKING, live=urgent)


def button(window: MainWindow, words: str) -> KeyButton:
    """Return the panel's visible button with these words."""
    panel = window.panel
    found = [made for made in (panel.primary, *panel.others) if made.isVisible()]
    return next(made for made in found if made.text() == words)


def test_the_second_click_hangs_up(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    first = button(window, "Hang up")
    click(first)
    assert desk.commands == []
    assert first.text() == "Click again to hang up"
    click(first)
    assert [type(command) for command in desk.commands] == [c.HangUpCall]


def test_the_first_click_is_forgotten(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    first = button(window, "Hang up")
    click(first)
    qtbot.waitUntil(lambda: first.text() == "Hang up", timeout=DISARMS_MS)
    click(first)
    assert desk.commands == []


def test_an_emergency_call_is_named_and_unlock_comes_after_a_rest(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    desk, clock = FakeDesk([emergency(1), booth(2)]), FixedClock()
    desk.is_silent = True
    window = open_window(desk, clock=clock)
    hang_up = button(window, "Hang up")
    assert not window.panel.primary.isVisible()
    click(hang_up)
    assert hang_up.text() == "Emergency call! Click again to cut it"
    assert desk.commands == []
    click(hang_up)
    clock.now += SECOND
    desk.change(1, state=BoothState.LOCKED, live=None)
    qtbot.waitUntil(window.panel.primary.isVisible, timeout=CHANGES_MS)
    click(window.panel.primary)
    assert [type(command) for command in desk.commands] == [c.HangUpCall]
    clock.now += SECOND
    click(window.panel.primary)
    assert len(desk.of(c.UnlockBooth)) == 1


def test_clicks_in_the_checkout_cut_by_the_second_and_never_pay(
    window: MainWindow, desk: FakeDesk, clock: FixedClock, qtbot: QtBot
) -> None:
    press(K.Key_Return)
    sheet = window.side.top
    assert isinstance(sheet, CheckoutDialog)
    click(sheet.end_call)
    assert desk.commands == []
    click(sheet.end_call)
    qtbot.waitUntil(lambda: sheet.stage is Stage.PAYING, timeout=CHANGES_MS)
    click(sheet.finish)
    assert desk.of(c.TakePayment) == []
    clock.now += SECOND
    click(sheet.finish)
    assert len(desk.of(c.TakePayment)) == 1


def test_one_x_in_the_checkout_cuts_no_emergency_call(open_window: OpenWindow) -> None:
    live = emergency(1).live
    desk = FakeDesk([talking(1, 0, 60, live=live), booth(2)])
    desk.is_silent = True
    open_window(desk)
    press(K.Key_Return, "x")
    assert desk.commands == []
    press("x")
    assert len(desk.of(c.HangUpCall)) == 1


def test_a_double_click_on_check_out_pays_nothing(
    open_window: OpenWindow, clock: FixedClock
) -> None:
    desk = FakeDesk([due(1, made_call(1, 0, 60)), booth(2)])
    window = open_window(desk, clock=clock)
    click(window.panel.primary)
    sheet = window.side.top
    assert isinstance(sheet, CheckoutDialog)
    click(sheet.finish)
    assert desk.of(c.TakePayment) == []
    press(K.Key_Return)
    assert len(desk.of(c.TakePayment)) == 1
