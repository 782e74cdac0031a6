"""The main job by keyboard alone, and what the window says meanwhile."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.money import Money, Price
from app.domain.sessions import BoothState
from app.messages import commands as c
from app.messages.devices import DeviceState
from app.messages.pbx import LinkState
from app.messages.views import Crash, LinkView
from tests.ui.fake_desk import NOW, SECOND, FakeDesk, booth, call, due, many, waiting_papers
from tests.ui.hands import OpenWindow, chord, click, press
from ui.board_keys import COLLECT_MS
from ui.checkout_dialog import CheckoutDialog
from ui.main_window import MainWindow
from ui.notices import TOAST_MS

K = Qt.Key
CHANGES_MS = 5000


def last(desk: FakeDesk, kind: type[c.Command]) -> c.Command:
    asked = desk.of(kind)
    assert asked, f"no {kind.__name__} was posted"
    return asked[-1]


def newest(window: MainWindow) -> str:
    """Return what was said last."""
    return window.notices.said[-1] if window.notices.said else ""


def test_the_first_board_selects_the_first_booth(window: MainWindow) -> None:
    assert window.board.selected_booth() == 1
    assert window.panel.title.text() == "Booth 1 — on a call"
    assert window.top_bar.shop.text() == "Téléboutique Belleville"
    assert "3 on a call" in window.bottom_bar.sums.text()


def test_a_function_key_selects_a_booth_from_anywhere(window: MainWindow) -> None:
    press(K.Key_Slash)
    assert window.quotes.field.hasFocus()
    press(K.Key_F6)
    assert window.board.selected_booth() == 6
    assert window.board.hasFocus()


def test_a_function_key_without_booth_says_so(window: MainWindow) -> None:
    press(K.Key_F11)
    assert newest(window) == "There is no booth 11."
    assert window.board.selected_booth() == 1


def test_digits_collect_until_enter_and_that_enter_does_nothing_else(
    open_window: OpenWindow,
) -> None:
    desk = FakeDesk(many(40))
    window = open_window(desk)
    press("17", K.Key_Return)
    assert window.board.selected_booth() == 17
    assert window.side.top is None
    assert desk.commands == []


@pytest.mark.parametrize(
    ("sign", "scan", "booth"),
    [
        *(
            (sign, scan, place % 10 or 10)
            for place, sign in enumerate("&é\"'(-è_çà", start=1)
            for scan in (0, 9 + place, 1 + place)
        ),
        ("-", 20, 1),  # the key beside the 0 of other keyboards
        ("-", 12, 1),  # the same on Windows
        ("'", 48, 1),
        ("-", 82, 1),  # of the keypad
    ],
)
def test_the_row_of_digits_without_shift_on_a_french_keyboard(
    open_window: OpenWindow, sign: str, scan: int, booth: int
) -> None:
    window = open_window(FakeDesk(many(12)))
    # The 0 of the row means the tenth booth only after a 1.
    signs = [("&", 0), (sign, scan)] if booth == 10 else [(sign, scan)]
    for text, code in signs:
        QApplication.sendEvent(
            window.board,
            QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, code, 0, 0, text),
        )
    assert window.board.selected_booth() == booth


def test_digits_are_taken_by_themselves_after_a_while(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    desk = FakeDesk(many(40))
    window = open_window(desk)
    press("9", "9")
    qtbot.waitUntil(
        lambda: "There is no booth 99." in window.notices.said, timeout=CHANGES_MS + COLLECT_MS
    )


def test_arrows_move_the_selection(window: MainWindow) -> None:
    press(K.Key_Right)
    assert window.board.selected_booth() == 2
    press(K.Key_Down)
    assert window.board.selected_booth() == 6


def test_space_unlocks_a_free_booth_and_locks_it_again(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    press(K.Key_F4, K.Key_Space)
    unlock = last(desk, c.UnlockBooth)
    assert isinstance(unlock, c.UnlockBooth)
    assert (unlock.booth, unlock.operator, unlock.till) == (4, "2", "1")
    qtbot.waitUntil(lambda: window.panel.title.text() == "Booth 4 — unlocked", timeout=CHANGES_MS)
    press(K.Key_Space)
    assert len(desk.of(c.LockBooth)) == 1
    qtbot.waitUntil(lambda: window.panel.title.text() == "Booth 4 — locked", timeout=CHANGES_MS)


def test_a_held_key_is_one_command(window: MainWindow, desk: FakeDesk) -> None:
    press(K.Key_F4, K.Key_Space)
    repeat = QKeyEvent(
        QEvent.Type.KeyPress, K.Key_Space, Qt.KeyboardModifier.NoModifier, " ", autorep=True
    )
    QApplication.sendEvent(window.board, repeat)
    assert len(desk.commands) == 1


def test_every_command_has_its_own_key(window: MainWindow, desk: FakeDesk) -> None:
    press(K.Key_F4, K.Key_O, K.Key_F7, K.Key_O)
    keys = [command.command_id for command in desk.commands]
    assert len(keys) == len(set(keys)) == 2


def test_hanging_up_takes_two_presses_on_the_same_booth(window: MainWindow, desk: FakeDesk) -> None:
    press(K.Key_X)
    assert desk.of(c.HangUpCall) == []
    assert newest(window) == "Press X again to end the call in booth 1."
    press(K.Key_F3, K.Key_X)
    assert desk.of(c.HangUpCall) == []
    press(K.Key_X)
    hang_up = last(desk, c.HangUpCall)
    assert isinstance(hang_up, c.HangUpCall)
    assert hang_up.booth == 3


def test_another_key_between_the_presses_starts_again(window: MainWindow, desk: FakeDesk) -> None:
    press(K.Key_X, K.Key_Right, K.Key_Left, K.Key_X)
    assert desk.of(c.HangUpCall) == []


def test_letters_mean_nothing_outside_the_board(window: MainWindow, desk: FakeDesk) -> None:
    press(K.Key_F4)
    window.panel.primary.setFocus()
    press("xxora ")
    assert [type(command) for command in desk.commands] == [
        c.UnlockBooth
    ]  # the space on the button


def test_a_scanned_code_changes_no_booth(window: MainWindow, desk: FakeDesk) -> None:
    press("3017620422003", K.Key_Return)
    assert desk.commands == []


def test_reopening_a_due_booth(window: MainWindow, desk: FakeDesk) -> None:
    press(K.Key_R)
    assert newest(window) == "Only a booth that is to be paid can be reopened."
    press(K.Key_F2, K.Key_R)
    assert len(desk.of(c.ReopenSession)) == 1


def test_out_of_service_and_back(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    press(K.Key_F4, K.Key_O)
    qtbot.waitUntil(lambda: "out of service" in window.panel.title.text(), timeout=CHANGES_MS)
    assert newest(window) == "Booth 4 is out of service. O brings it back."
    press(K.Key_O)
    asked = [command for command in desk.commands if isinstance(command, c.SetOutOfService)]
    assert [command.is_out for command in asked] == [True, False]


def test_the_buttons_of_the_panel_do_what_their_keys_do(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    window.board.select_booth(4)
    assert window.panel.primary.text() == "Unlock"
    click(window.panel.primary)
    assert len(desk.of(c.UnlockBooth)) == 1


def test_a_refusal_is_told_with_its_code(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.refuse[c.UnlockBooth] = ("booth_not_free", ())
    press(K.Key_F4, K.Key_Space)
    qtbot.waitUntil(
        lambda: newest(window) == "This booth is not free. (booth_not_free)",
        timeout=CHANGES_MS,
    )


def test_a_full_inbox_is_told_and_nothing_waits(window: MainWindow, desk: FakeDesk) -> None:
    desk.is_full = True
    press(K.Key_F4, K.Key_Space)
    assert newest(window).endswith("(busy)")


def test_a_missing_right_asks_for_the_pin_in_place(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.refuse[c.SetOutOfService] = ("not_enough_rights", ())
    press(K.Key_F4, K.Key_O)
    qtbot.waitUntil(lambda: window.side.top is not None, timeout=CHANGES_MS)
    desk.refuse[c.SetOutOfService] = ("wrong_pin", ())
    press("111222", K.Key_Return)
    sheet = window.side.top
    assert sheet is not None
    qtbot.waitUntil(lambda: "Wrong PIN." in sheet.error.text(), timeout=CHANGES_MS)
    press("271828", K.Key_Return)
    qtbot.waitUntil(lambda: window.side.top is None, timeout=CHANGES_MS)
    asked = desk.of(c.SetOutOfService)
    assert [command.manager_pin for command in asked] == [None, "111222", "271828"]
    assert len({command.command_id for command in asked}) == 3


def test_looking_a_price_up(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    press(K.Key_Slash, "mali")
    qtbot.waitUntil(window.quotes.isVisible, timeout=CHANGES_MS)
    shown = [label.text() for label in window.quotes.findChildren(QLabel) if label.isVisible()]
    assert "Mali mobile" in shown
    assert "€0.39" in shown
    assert "€3.90" in shown
    press(K.Key_Escape)
    assert not window.quotes.isVisible()
    assert window.board.hasFocus()


def test_the_answer_that_finds_nothing_takes_the_place_of_one_with_prices(
    window: MainWindow, qtbot: QtBot
) -> None:
    press(K.Key_Slash, "+223")
    qtbot.waitUntil(window.quotes.isVisible, timeout=CHANGES_MS)
    chord(window.quotes.field, K.Key_A, Qt.KeyboardModifier.ControlModifier)
    press("zzz")
    words = "No price found. Try the country or the first digits."
    qtbot.waitUntil(
        lambda: [label.text() for label in shown_labels(window.quotes.table)] == [words],
        timeout=CHANGES_MS,
    )
    (found,) = shown_labels(window.quotes.table)
    # What its own next event would lay out is no excuse: the box must be large enough at once.
    assert window.quotes.height() >= found.sizeHint().height() + 24
    assert window.quotes.width() >= found.sizeHint().width() + 32


def shown_labels(parent: QWidget) -> list[QLabel]:
    return [label for label in parent.findChildren(QLabel) if label.isVisible()]


def keys_named(window: MainWindow) -> list[str]:
    return [
        f"{hint.key.text()} {hint.words.text()}"
        for hint in window.bottom_bar.hints
        if hint.isVisible()
    ]


def test_the_bottom_names_the_keys_that_work_now(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    always = ["/ price", "Ctrl R receipts"]
    press(K.Key_F4)
    assert keys_named(window) == ["F1–F12 booth", "Space unlock", "O out of service", *always]
    press(K.Key_F2)
    due = ["Enter check out", "A item", "R reopen"]
    assert keys_named(window) == ["F1–F12 booth", *due, *always]
    press(K.Key_Return)
    assert keys_named(window) == ["F1–F12 booth", "Esc back", "Ctrl R receipts"]
    press(K.Key_Escape, K.Key_F8)
    assert keys_named(window)[1] == "O back into service"
    desk.change(8, state=BoothState.LOCKED)
    qtbot.waitUntil(lambda: keys_named(window)[1] == "Space unlock", timeout=CHANGES_MS)


def test_no_price_found_says_what_to_try(window: MainWindow, qtbot: QtBot) -> None:
    press(K.Key_Slash, "atlantis", K.Key_Return)
    qtbot.waitUntil(window.quotes.isVisible, timeout=CHANGES_MS)
    shown = [label.text() for label in window.quotes.findChildren(QLabel)]
    assert "No price found. Try the country or the first digits." in shown


def test_a_link_that_is_down_stays_on_the_screen_until_it_is_up(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.tell(links=(LinkView("asterisk", LinkState.DOWN, "unreachable"),))
    qtbot.waitUntil(lambda: "link:asterisk" in window.notices.lasting_keys(), timeout=CHANGES_MS)
    assert "cannot be reached" in window.notices.text("link:asterisk")
    assert "away" in window.top_bar.links["asterisk"].text()
    click(window.notices.button("link:asterisk"))
    assert len(desk.of(c.RetryLink)) == 1
    desk.tell(links=(LinkView("asterisk", LinkState.UP),))
    qtbot.waitUntil(lambda: window.notices.lasting_keys() == (), timeout=CHANGES_MS)


def test_a_refused_login_says_that_nothing_is_tried_by_itself(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.tell(links=(LinkView("asterisk", LinkState.REFUSED, "refused_login"),))
    qtbot.waitUntil(lambda: "link:asterisk" in window.notices.lasting_keys(), timeout=CHANGES_MS)
    assert "Correct the settings" in window.notices.text("link:asterisk")


def test_clocks_that_differ_are_told(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.tell(links=(LinkView("asterisk", LinkState.UP, clock_offset_us=-90 * SECOND),))
    qtbot.waitUntil(lambda: "link:asterisk" in window.notices.lasting_keys(), timeout=CHANGES_MS)
    assert "differ by 90 s" in window.notices.text("link:asterisk")


def test_stopped_money_stands_on_top_across_the_window(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.tell(printer=DeviceState.LOST, printer_code="paper_out", print_jobs=waiting_papers())
    desk.tell(money_stopped="disk_full")
    qtbot.waitUntil(lambda: "money" in window.notices.lasting_keys(), timeout=CHANGES_MS)
    assert "The disk is full." in window.notices.text("money")
    strips = window.notices.findChildren(QWidget, "notice")
    highest = min(strips, key=lambda strip: strip.y())
    assert highest.property("tone") == "stop"
    assert highest.width() == window.width()


def test_a_printer_in_trouble_leads_to_its_queue(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.tell(printer=DeviceState.LOST, printer_code="paper_out", print_jobs=waiting_papers())
    qtbot.waitUntil(lambda: "printer" in window.notices.lasting_keys(), timeout=CHANGES_MS)
    assert "out of paper" in window.notices.text("printer")
    click(window.notices.button("printer"))
    assert window.side.top is not None
    assert window.side.top.title.text() == "Print queue"


def test_displays_that_are_lost_are_named(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.change(5, meter=DeviceState.LOST)
    desk.tell(meters_ready=7)
    qtbot.waitUntil(lambda: window.top_bar.displays.text() == "Displays 7/8", timeout=CHANGES_MS)
    click(window.top_bar.displays)
    assert newest(window) == ("No answer from the display in booth 5. Billing goes on.")


def test_a_toast_goes_away_by_itself(window: MainWindow, qtbot: QtBot) -> None:
    window.notices.say("Passing")
    assert window.notices.toast.isVisible()
    assert not window.notices.toast.hasFocus()
    qtbot.waitUntil(lambda: not window.notices.toast.isVisible(), timeout=TOAST_MS + CHANGES_MS)


def test_a_bug_is_told_with_its_number(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.publish(Crash("K3F9", "payments"))
    qtbot.waitUntil(lambda: "Note K3F9." in newest(window), timeout=CHANGES_MS)


def test_enter_on_an_unpriced_call_asks_the_manager(open_window: OpenWindow, qtbot: QtBot) -> None:
    desk = FakeDesk([due(1, call(77, 0, 90, is_unpriced=True)), booth(2)])
    window = open_window(desk)
    assert window.panel.primary.text() == "Price the call"
    press(K.Key_Return)
    sheet = window.side.top
    assert sheet is not None
    assert not isinstance(sheet, CheckoutDialog)
    press("0.25", K.Key_Return, "new prefix", K.Key_Return, K.Key_Return)
    assert sheet.error.text() == "A manager must confirm this with the PIN."
    press("271828", K.Key_Return)
    qtbot.waitUntil(lambda: window.side.top is None, timeout=CHANGES_MS)
    priced = last(desk, c.PriceCall)
    assert isinstance(priced, c.PriceCall)
    assert (priced.call_key, priced.price_per_minute) == (77, Price(250_000))
    assert (priced.manager_pin, priced.reason) == ("271828", "new prefix")
    qtbot.waitUntil(lambda: window.panel.primary.text() == "Check out", timeout=CHANGES_MS)


def test_an_item_is_added_by_keyboard(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    press(K.Key_F2, K.Key_A, "Fax", K.Key_Return, "1.50", K.Key_Return)
    qtbot.waitUntil(lambda: window.side.top is None, timeout=CHANGES_MS)
    extra = last(desk, c.AddExtra)
    assert isinstance(extra, c.AddExtra)
    assert (extra.text, extra.amount, extra.quantity) == ("Fax", Money(150), 1)
    assert window.board.hasFocus()
    qtbot.waitUntil(lambda: window.panel.sums.due.text() == "€6.92", timeout=CHANGES_MS)


def test_an_item_without_words_or_amount_is_refused_in_place(
    window: MainWindow, desk: FakeDesk
) -> None:
    press(K.Key_F2, K.Key_A, K.Key_Return)
    sheet = window.side.top
    assert sheet is not None
    assert sheet.error.text() == "Write what it is for."
    press("Fax", K.Key_Return, K.Key_Return)
    assert sheet.error.text() == "This amount cannot be used."
    assert desk.of(c.AddExtra) == []


def test_delete_takes_an_item_off_and_says_how_to_get_it_back(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    press(K.Key_F2)
    window.panel.list.setFocus()
    window.panel.list.setCurrentIndex(window.panel.list.model().index(3, 0))
    press(K.Key_Delete)
    removal = last(desk, c.RemoveExtra)
    assert isinstance(removal, c.RemoveExtra)
    assert removal.extra_id == 1
    qtbot.waitUntil(lambda: "Photocopie" in newest(window), timeout=CHANGES_MS)


@pytest.mark.parametrize("state", list(BoothState))
def test_every_state_offers_something_or_says_why_not(
    open_window: OpenWindow, state: BoothState
) -> None:
    desk = FakeDesk([booth(1, state)])
    window = open_window(desk)
    press(K.Key_Return, K.Key_Space, K.Key_A, K.Key_R, K.Key_X)
    assert window.panel.title.text().startswith("Booth 1 — ")
    assert window.board.hasFocus()


def test_waiting_times_go_on_without_news(window: MainWindow) -> None:
    row = window.booths.row_of(4)
    assert row is not None
    assert window.booths.tile(row).clock.endswith("12\u00a0min")
    window.booths.advance(NOW + 61 * SECOND)
    assert window.booths.tile(row).clock.endswith("13\u00a0min")


def test_a_click_on_a_tile_selects_it(window: MainWindow, qtbot: QtBot) -> None:
    place = window.board.visualRect(window.booths.index(6)).center()
    QTest.mouseClick(
        window.board.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
    )
    assert window.board.selected_booth() == 7


def test_the_narrow_scroll_area_of_many_booths_scrolls_to_the_selected_one(
    open_window: OpenWindow,
) -> None:
    desk = FakeDesk(many(240))
    window = open_window(desk, size=(1024, 768))
    press("240", K.Key_Return)
    board: QAbstractScrollArea = window.board
    place = window.board.visualRect(window.booths.index(239))
    assert board.viewport().rect().contains(place.center())
