"""The door of the owner's window over a real shop: who is let in, and when it closes again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.messages import commands as cmd
from tests.fakes.owner import PIN, PRICES, OwnersShop, deck
from ui.pin_dialog import SetPinDialog
from ui.tariff_door import show_tariffs
from ui.tariff_window import TariffWindow


@pytest.fixture
def shop(qtbot: QtBot, tmp_path: Path) -> Iterator[OwnersShop]:
    with ExitStack() as stack:
        folder = tmp_path / "shop"
        folder.mkdir()
        yield OwnersShop(qtbot, stack, folder)


def test_an_operator_sees_no_costs(shop: OwnersShop) -> None:
    shop.ask(cmd.SetManagerPin, new_pin=PIN)
    window = shop.open_window()
    shop.until(lambda: not window.gate.is_asked)
    assert not window.is_open
    QTest.keyClicks(window.gate.pin, "1357")
    QTest.keyClick(window.gate.pin, Qt.Key.Key_Return)
    shop.until(window.gate.error.isVisible)
    assert "wrong_pin" in window.gate.error.text()
    assert not window.is_open
    assert window.owner.versions == ()


def test_without_any_pin_the_gate_leads_to_setting_one_and_back(shop: OwnersShop) -> None:
    window = shop.open_window()
    gate = window.gate
    shop.until(lambda: not gate.is_asked)
    assert (gate.set_pin.isVisible(), gate.pin.isVisible()) == (True, False)
    assert gate.text.text().startswith("No manager's PIN is set yet.")
    assert gate.set_pin.hasFocus()
    gate.set_pin.click()
    sheet = shop.main.side.top
    assert isinstance(sheet, SetPinDialog)
    for field in sheet.fields[1:]:
        QTest.keyClicks(field, PIN)
    sheet.accept.click()
    shop.until(gate.pin.isVisible)
    shop.until(lambda: QApplication.activeWindow() is window)
    assert gate.set_pin.isHidden()
    assert gate.pin.hasFocus()
    QTest.keyClicks(gate.pin, PIN)
    QTest.keyClick(gate.pin, Qt.Key.Key_Return)
    shop.until(lambda: window.is_open)


def lets_in(shop: OwnersShop, window: TariffWindow) -> None:
    """Come back to the door and give the PIN."""
    shop.until(lambda: QApplication.activeWindow() is window and not window.gate.is_asked)
    assert not window.is_open
    assert window.gate.pin.hasFocus()
    QTest.keyClicks(window.gate.pin, PIN)
    QTest.keyClick(window.gate.pin, Qt.Key.Key_Return)
    shop.until(lambda: window.is_open)


def test_back_at_the_counter_the_door_is_closed_and_the_proposal_stays(
    shop: OwnersShop, tmp_path: Path
) -> None:
    window = shop.enter()
    shop.read(window, deck(tmp_path / "first.csv", *PRICES))
    dry_run = window.imports.dry_run
    dry_run.table.selectRow(1)
    QTest.keyClick(dry_run.table, Qt.Key.Key_Space)
    QTest.keyClick(window, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    shop.until(shop.main.board.hasFocus)
    assert not window.is_open
    assert not dry_run.isVisible()
    # By a click of the mouse on it, and from the menu: both times nobody is known.
    window.come_forward()
    lets_in(shop, window)
    assert dry_run.isVisible()
    assert dry_run.table.hasFocus()
    assert show_tariffs(shop.main) is window
    lets_in(shop, window)
    assert dry_run.model is not None
    assert dry_run.model.rows.taken() == 3
    shop.activate(window)
    assert shop.versions()[0].prefixes == 3


def test_hands_that_are_elsewhere_for_long_close_the_door(shop: OwnersShop, tmp_path: Path) -> None:
    window = shop.enter()
    shop.read(window, deck(tmp_path / "first.csv", *PRICES))
    assert not window.away.isActive()
    window.imports.dry_run.activate.click()
    shop.until(window.owner.strip.pin.isVisible)
    shop.main.activateWindow()
    shop.until(window.away.isActive)
    assert (window.away.interval(), window.is_open) == (120_000, True)
    window.away.timeout.emit()
    assert not window.is_open
    assert not window.owner.strip.is_open
    window.come_forward()
    lets_in(shop, window)
    assert not window.away.isActive()
    assert window.imports.dry_run.isVisible()
    window.showMinimized()
    shop.until(window.away.isActive)
    window.showNormal()
    window.hide()
    assert window.away.isActive()


def test_what_ends_behind_the_closed_door_stays_there(shop: OwnersShop, tmp_path: Path) -> None:
    window = shop.enter()
    shop.wish(window, deck(tmp_path / "first.csv", *PRICES))
    window.lock()
    shop.until(lambda: window.imports.currentWidget() is window.imports.dry_run)
    assert not window.is_open
    window.owner.said.emit("Done.")
    window.show_versions()
    assert not window.is_open
    assert window.notice.isHidden()
    window.ask_again()
    lets_in(shop, window)
    assert window.pages.currentWidget() is window.versions
    assert window.notice.isVisible()


def test_the_gate_forgets_what_was_wrong_when_it_asks_anew(shop: OwnersShop) -> None:
    shop.ask(cmd.SetManagerPin, new_pin=PIN)
    window = shop.open_window()
    gate = window.gate
    shop.until(lambda: not gate.is_asked)
    QTest.keyClicks(gate.pin, "1357")
    gate.accept.click()
    shop.until(gate.error.isVisible)
    QTest.keyClicks(gate.pin, "24")
    gate.cancel.setFocus()
    window.begin()
    assert gate.error.isHidden()
    assert gate.pin.text() == ""
    assert gate.pin.hasFocus()
