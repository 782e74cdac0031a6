"""The lists, the PIN, the exchange's sheet, quitting, the menu and the first start."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

import ui.quit_dialog
from app.domain.sessions import BoothState, SessionState
from app.messages import commands as c
from app.messages.pbx import LinkState
from app.messages.views import CommandDone, LinkView, LockProof, QuitReport
from tests.ui.fake_desk import FakeDesk, booth, session, talking, waiting_papers
from tests.ui.hands import OpenWindow, chord, click, press
from ui.application import Look
from ui.first_start import FirstStart
from ui.list_sheet import ListSheet
from ui.main_window import MainWindow
from ui.quit_dialog import QuitDialog
from ui.receipt_list import ReceiptList

K = Qt.Key
CHANGES_MS = 5000


def rows(window: MainWindow) -> list[str]:
    sheet = window.side.top
    assert isinstance(sheet, ListSheet)
    return [sheet.list.rows.row(number).title for number in range(sheet.list.rows.rowCount())]


def open_receipts(window: MainWindow, qtbot: QtBot) -> ReceiptList:
    chord(window.board, K.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: isinstance(window.side.top, ReceiptList), timeout=CHANGES_MS)
    qtbot.waitUntil(lambda: len(rows(window)) == 2, timeout=CHANGES_MS)
    sheet = window.side.top
    assert isinstance(sheet, ReceiptList)
    return sheet


def test_a_receipt_is_printed_again(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    open_receipts(window, qtbot)
    assert rows(window) == ["2026-004127", "2026-004126"]
    press(K.Key_Down, "p")
    reprint = desk.of(c.ReprintReceipt)[0]
    assert isinstance(reprint, c.ReprintReceipt)
    assert reprint.receipt_number == "2026-004126"


def test_a_receipt_is_saved_as_pdf(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot, tmp_path: Path
) -> None:
    sheet = open_receipts(window, qtbot)
    press("d")
    chooser = sheet.findChild(QFileDialog)
    assert isinstance(chooser, QFileDialog)
    assert chooser.labelText(QFileDialog.DialogLabel.Accept) == "Save"
    assert not chooser.isModal()
    assert not chooser.isModal()
    chosen = str(tmp_path / "receipt.pdf")
    chooser.fileSelected.emit(chosen)
    chooser.close()
    saved = desk.of(c.SavePdf)[0]
    assert isinstance(saved, c.SavePdf)
    assert (saved.receipt_number, saved.path) == ("2026-004127", chosen)


def test_a_refused_pdf_says_why_in_place(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    sheet = open_receipts(window, qtbot)
    desk.refuse[c.SavePdf] = ("pdf_failed", (("reason", "disk_full"),))
    sheet.save_pdf("2026-004127", "/nowhere.pdf")
    qtbot.waitUntil(lambda: "The disk is full." in sheet.error.text(), timeout=CHANGES_MS)


def test_the_audit_list_marks_rows_as_seen(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.tell(open_audit=1)
    qtbot.waitUntil(window.top_bar.audit.isVisible, timeout=CHANGES_MS)
    click(window.top_bar.audit)
    qtbot.waitUntil(lambda: "Emergency call" in rows(window), timeout=CHANGES_MS)
    press("s")
    resolved = desk.of(c.ResolveAudit)[0]
    assert isinstance(resolved, c.ResolveAudit)
    assert resolved.audit_id == 7


def test_the_print_queue_follows_the_desk(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.tell(print_jobs=waiting_papers())
    qtbot.waitUntil(lambda: "2 queued" in window.top_bar.printer.text(), timeout=CHANGES_MS)
    click(window.top_bar.printer)
    assert rows(window) == ["2026-004127", "2026-004126"]
    press("p", K.Key_Down, K.Key_Delete)
    assert [type(command) for command in desk.commands] == [c.RetryPrint, c.DropPrint]
    desk.tell(print_jobs=())
    qtbot.waitUntil(lambda: rows(window) == [], timeout=CHANGES_MS)
    sheet = window.side.top
    assert isinstance(sheet, ListSheet)
    assert sheet.empty.isVisible()
    assert sheet.empty.text() == "No paper is waiting."


def test_escape_closes_an_empty_list_too(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    window.peers.show_print_queue()
    assert rows(window) == []
    press(K.Key_Escape)
    assert window.side.top is None
    assert window.board.hasFocus()


def test_escape_on_the_board_closes_what_lies_at_the_side(window: MainWindow) -> None:
    window.peers.show_audit()
    window.board.setFocus()
    press(K.Key_Escape)
    assert window.side.top is None


def test_the_sheet_of_an_exchange_tries_again(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.tell(links=(LinkView("asterisk", LinkState.DOWN, "silent", (("host", "pbx"),)),))
    qtbot.waitUntil(lambda: "away" in window.top_bar.links["asterisk"].text(), timeout=CHANGES_MS)
    click(window.top_bar.links["asterisk"])
    press(K.Key_Return)
    assert len(desk.of(c.RetryLink)) == 1
    press(K.Key_Escape)
    assert window.side.top is None


def test_the_manager_pin_is_set_twice_the_same(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.tell(has_manager_pin=False)
    qtbot.waitUntil(
        lambda: window.counter.status is not None and not window.counter.status.has_manager_pin,
        timeout=CHANGES_MS,
    )
    chord(window.board, K.Key_M, Qt.KeyboardModifier.AltModifier)
    menu = window.findChild(QMenu)
    assert isinstance(menu, QMenu)
    action = next(found for found in menu.actions() if found.text().startswith("Manager"))
    action.trigger()
    menu.close()
    press("314159", K.Key_Return, "271828", K.Key_Return)
    sheet = window.side.top
    assert sheet is not None
    assert sheet.error.text() == "The new PIN must be typed twice, the same."
    assert desk.of(c.SetManagerPin) == []
    press(K.Key_Return)
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    focus.clear()
    press("314159", K.Key_Return)
    qtbot.waitUntil(lambda: window.side.top is None, timeout=CHANGES_MS)
    chosen = desk.of(c.SetManagerPin)[0]
    assert isinstance(chosen, c.SetManagerPin)
    assert (chosen.new_pin, chosen.manager_pin) == ("314159", None)


def test_nothing_open_quits_at_once(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(FakeDesk([booth(1), booth(2)]))
    with qtbot.waitSignal(window.closed, timeout=CHANGES_MS):
        chord(window.board, K.Key_Q, Qt.KeyboardModifier.ControlModifier)


def test_what_stands_open_is_named_and_one_may_stay(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.change(7, lock_proof=LockProof.PENDING)
    window.close()
    sheet = window.side.top
    assert isinstance(sheet, QuitDialog)
    qtbot.waitUntil(lambda: sheet.report is not None, timeout=CHANGES_MS)
    text = sheet.what.text()
    assert "A call is up in booth: 1, 3, 6" in text
    assert "Unlocked for a customer: 1, 3, 5, 6" in text
    assert "To be paid: 2" in text
    assert "Lock not confirmed by the exchange: 7" in text
    press(K.Key_Return)
    assert window.isVisible()
    assert window.side.top is None


def test_lock_all_locks_and_then_leaves_when_nothing_is_left(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    visit = session("s1", SessionState.OPEN, ())
    desk = FakeDesk([booth(1, BoothState.UNLOCKED, session=visit), booth(2)])
    window = open_window(desk)
    window.close()
    sheet = window.side.top
    assert isinstance(sheet, QuitDialog)
    qtbot.waitUntil(lambda: sheet.report is not None, timeout=CHANGES_MS)
    with qtbot.waitSignal(window.closed, timeout=CHANGES_MS):
        click(sheet.lock_all)
    asked = desk.of(c.PrepareQuit)
    assert [isinstance(a, c.PrepareQuit) and a.close_sessions for a in asked] == [False, True]


def quitting(window: MainWindow, qtbot: QtBot) -> QuitDialog:
    window.close()
    sheet = window.side.top
    assert isinstance(sheet, QuitDialog)
    qtbot.waitUntil(lambda: sheet.report is not None, timeout=CHANGES_MS)
    return sheet


def test_lock_all_waits_for_the_exchange_and_leaves_the_calls_alone(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.is_slow_to_lock = True
    sheet = quitting(window, qtbot)
    assert "no new one be dialled" in sheet.hint.text()
    click(sheet.lock_all)
    qtbot.waitUntil(lambda: len(desk.of(c.PrepareQuit)) >= 3, timeout=CHANGES_MS)
    assert window.isVisible()
    assert sheet.what.text() == "Locking all booths…"
    with qtbot.waitSignal(window.closed, timeout=CHANGES_MS):
        for number in (1, 3, 5, 6):
            desk.change(number, lock_proof=LockProof.CONFIRMED)
    assert desk.of(c.HangUpCall) == []


def test_locks_that_are_never_confirmed_are_named_and_one_may_wait_or_go(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ui.quit_dialog, "CONFIRM_MS", 1)
    desk.is_slow_to_lock = True
    sheet = quitting(window, qtbot)
    click(sheet.lock_all)
    qtbot.waitUntil(lambda: sheet.report is not None, timeout=CHANGES_MS)
    assert "Lock not confirmed by the exchange: 1, 3, 5, 6" in sheet.what.text()
    assert (sheet.keep.text(), sheet.lock_all.isVisible()) == ("Quit anyway", False)
    asked = len(desk.of(c.PrepareQuit))
    click(sheet.wait)
    qtbot.waitUntil(lambda: len(desk.of(c.PrepareQuit)) > asked, timeout=CHANGES_MS)
    qtbot.waitUntil(lambda: sheet.report is not None, timeout=CHANGES_MS)
    with qtbot.waitSignal(window.closed, timeout=CHANGES_MS):
        click(sheet.keep)


def test_who_stays_is_not_put_out_by_a_late_answer(window: MainWindow, desk: FakeDesk) -> None:
    desk.is_silent = True
    window.close()
    asked = desk.of(c.PrepareQuit)[0]
    press(K.Key_Escape)
    window.bridge.publish(CommandDone(asked.command_id, QuitReport((), (), (), ())))
    QApplication.processEvents()
    assert window.isVisible()


def test_keeping_open_leaves_the_calls_alone(open_window: OpenWindow, qtbot: QtBot) -> None:
    desk = FakeDesk([talking(1, 0, 60)])
    window = open_window(desk)
    window.close()
    sheet = window.side.top
    assert isinstance(sheet, QuitDialog)
    qtbot.waitUntil(lambda: sheet.report is not None, timeout=CHANGES_MS)
    with qtbot.waitSignal(window.closed, timeout=CHANGES_MS):
        click(sheet.keep)
    assert [type(command) for command in desk.commands] == [c.PrepareQuit]


def test_a_desk_that_refuses_to_prepare_still_lets_one_leave(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    desk = FakeDesk([talking(1, 0, 60)])
    window = open_window(desk)
    desk.is_full = True
    window.close()
    sheet = window.side.top
    assert isinstance(sheet, QuitDialog)
    assert sheet.keep.isVisible()
    with qtbot.waitSignal(window.closed, timeout=CHANGES_MS):
        click(sheet.keep)


def test_the_menu_changes_language_theme_and_paper_and_keeps_them(
    window: MainWindow, look: Look, saved: dict[str, str], qtbot: QtBot
) -> None:
    for words in ("Français", "Sombre", "Toujours un ticket"):
        click(window.top_bar.menu_button)
        menu = next(found for found in window.findChildren(QMenu) if found.isVisible())
        next(found for found in menu.actions() if found.text() == words).trigger()
        menu.close()
    assert saved == {"language": "fr", "theme": "dark", "receipts": "always"}
    assert look.palette.name == "dark"
    assert window.panel.title.text() == "Cabine 1 — en appel"


def test_the_first_start_offers_to_practise(qtbot: QtBot, look: Look, tmp_path: Path) -> None:
    first = FirstStart(tmp_path / "shop.toml.example")
    qtbot.addWidget(first)
    first.show()
    assert str(tmp_path) in first.path.text()
    QTest.keyClick(first, K.Key_Return)
    assert first.wants_practice
    assert not first.isVisible()


def test_leaving_the_first_start_wants_nothing(qtbot: QtBot, look: Look, tmp_path: Path) -> None:
    first = FirstStart(tmp_path / "shop.toml.example")
    qtbot.addWidget(first)
    first.show()
    QTest.keyClick(first, K.Key_Escape)
    assert not first.wants_practice
    assert not first.isVisible()
