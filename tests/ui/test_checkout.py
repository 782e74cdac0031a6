"""Taking money: by keys alone, refused in place, with the tiles alive beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.calls import CallState
from app.domain.explain import Reason
from app.domain.money import Money
from app.domain.receipts import Tender
from app.domain.sessions import BoothState, SessionState
from app.messages import commands as c
from app.messages.devices import DeviceState
from app.messages.views import PaymentDone, SessionView
from tests.ui.fake_desk import SECOND, FakeDesk, FixedClock, booth, call, due, session, talking
from tests.ui.hands import OpenWindow, click, press
from ui.checkout_dialog import CheckoutDialog
from ui.checkout_stage import Stage
from ui.main_window import MainWindow
from ui.tender_form import notes_for

K = Qt.Key
CHANGES_MS = 5000


def checkout(window: MainWindow) -> CheckoutDialog:
    sheet = window.side.top
    assert isinstance(sheet, CheckoutDialog)
    return sheet


def payment(desk: FakeDesk) -> c.TakePayment:
    asked = desk.of(c.TakePayment)
    assert len(asked) == 1
    assert isinstance(asked[0], c.TakePayment)
    return asked[0]


def test_enter_enter_is_exact_cash(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    press(K.Key_F2, K.Key_Return, K.Key_Return)
    paid = payment(desk)
    assert (paid.tender, paid.due, paid.received) == (Tender.CASH, Money(542), Money(542))
    assert not paid.wants_receipt
    qtbot.waitUntil(lambda: checkout(window).stage is Stage.PAID, timeout=CHANGES_MS)
    assert checkout(window).paid.word.text() == "Paid"


def test_the_change_is_shown_live_and_stays_until_the_next_key(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    press(K.Key_F2, K.Key_Return)
    sheet = checkout(window)
    press("1")
    assert sheet.form.change.text() == "—"
    press("0")
    assert sheet.form.change.text() == "€4.58"
    press(K.Key_Return)
    qtbot.waitUntil(lambda: sheet.stage is Stage.PAID, timeout=CHANGES_MS)
    assert sheet.paid.change.text() == "€4.58"
    assert payment(desk).received == Money(1000)
    press(K.Key_F4)
    assert window.side.top is None
    assert window.board.selected_booth() == 4


def test_a_letter_after_the_payment_dismisses_and_works_on_the_board(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    press(K.Key_F2, K.Key_Return, K.Key_Return)
    qtbot.waitUntil(lambda: checkout(window).stage is Stage.PAID, timeout=CHANGES_MS)
    press("7", K.Key_Return)
    assert window.side.top is None
    assert window.board.selected_booth() == 7


@pytest.mark.parametrize("key", [K.Key_Space, K.Key_Return])
def test_the_hand_rests_after_the_payment_and_after_the_change(
    window: MainWindow, desk: FakeDesk, clock: FixedClock, qtbot: QtBot, key: Qt.Key
) -> None:
    press(K.Key_F2, K.Key_Return, K.Key_Return)
    qtbot.waitUntil(lambda: checkout(window).stage is Stage.PAID, timeout=CHANGES_MS)
    press(key, key)
    assert checkout(window).stage is Stage.PAID
    clock.now += SECOND
    press(key)
    assert window.side.top is None
    press(K.Key_Space, key)
    assert desk.of(c.UnlockBooth) == []
    clock.now += SECOND
    press(K.Key_Space)
    assert len(desk.of(c.UnlockBooth)) == 1


def test_a_triple_click_pays_and_neither_hides_the_change_nor_unlocks(
    window: MainWindow, desk: FakeDesk, clock: FixedClock, qtbot: QtBot
) -> None:
    press(K.Key_F2, K.Key_Return, "20")
    sheet = checkout(window)
    click(sheet.finish)
    qtbot.waitUntil(lambda: sheet.stage is Stage.PAID, timeout=CHANGES_MS)
    click(sheet.finish)
    click(sheet.finish)
    assert sheet.stage is Stage.PAID
    assert sheet.isVisible()
    clock.now += SECOND
    click(sheet.finish)
    assert window.side.top is None
    qtbot.waitUntil(window.panel.primary.isVisible, timeout=CHANGES_MS)
    click(window.panel.primary)
    assert desk.of(c.UnlockBooth) == []
    clock.now += SECOND
    click(window.panel.primary)
    assert len(desk.of(c.UnlockBooth)) == 1


def test_another_booth_chosen_after_the_change_is_served_at_once(
    window: MainWindow, desk: FakeDesk, clock: FixedClock, qtbot: QtBot
) -> None:
    press(K.Key_F2, K.Key_Return, K.Key_Return)
    qtbot.waitUntil(lambda: checkout(window).stage is Stage.PAID, timeout=CHANGES_MS)
    press(K.Key_F4, K.Key_Space)
    assert len(desk.of(c.UnlockBooth)) == 1


def test_escape_from_the_change_leaves_the_keys_to_the_board(
    window: MainWindow, desk: FakeDesk, clock: FixedClock, qtbot: QtBot
) -> None:
    press(K.Key_F2, K.Key_Return, K.Key_Return)
    qtbot.waitUntil(lambda: checkout(window).stage is Stage.PAID, timeout=CHANGES_MS)
    clock.now += SECOND
    press(K.Key_Escape, K.Key_Space)
    assert len(desk.of(c.UnlockBooth)) == 1


def test_too_little_is_refused_in_place(window: MainWindow, desk: FakeDesk) -> None:
    press(K.Key_F2, K.Key_Return, "5", K.Key_Return)
    assert desk.of(c.TakePayment) == []
    assert checkout(window).error.text() == "This is less than what is to be paid."


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("size", [(1366, 768), (1024, 768)])
def test_a_scanned_code_as_money_is_refused_and_its_change_is_shown_whole(
    open_window: OpenWindow, qtbot: QtBot, language: str, size: tuple[int, int]
) -> None:
    desk = FakeDesk()
    window = open_window(desk, language=language, size=size)
    desk.refuse[c.TakePayment] = ("received_too_large", (("due", 542),))
    press(K.Key_F2, K.Key_Return, "3017620422003")
    change = checkout(window).form.change
    assert checkout(window).form.received.amount() == Money(301_762_000)
    # A changed text is laid out by an event of its own.
    QApplication.processEvents()
    drawn = QFontMetrics(change.fitted_font()).horizontalAdvance(change.text())
    assert 0 < drawn <= change.contentsRect().width() < change.sizeHint().width()
    assert checkout(window).form.received.width() >= checkout(window).form.change_box.width() - 1
    press(K.Key_Return)
    error = checkout(window).error
    qtbot.waitUntil(lambda: "1000" in error.text(), timeout=CHANGES_MS)
    assert checkout(window).stage is Stage.PAYING


def test_card_takes_exactly_what_is_due(window: MainWindow, desk: FakeDesk) -> None:
    press(K.Key_F2, K.Key_Return, "20", "c", K.Key_Return)
    assert (payment(desk).tender, payment(desk).received) == (Tender.CARD, Money(542))


def test_back_to_cash_by_key(window: MainWindow, desk: FakeDesk) -> None:
    press(K.Key_F2, K.Key_Return, "c", "e", "6", K.Key_Return)
    assert (payment(desk).tender, payment(desk).received) == (Tender.CASH, Money(600))


def test_a_clicked_tender_leaves_enter_to_the_payment(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    press(K.Key_F2, K.Key_Return)
    click(checkout(window).form.card)
    press(K.Key_Return)
    assert payment(desk).tender is Tender.CARD


def test_enter_on_the_focused_cancel_button_takes_no_money(
    window: MainWindow, desk: FakeDesk
) -> None:
    press(K.Key_F2, K.Key_Return)
    checkout(window).cancel.setFocus()
    press(K.Key_Return)
    assert desk.of(c.TakePayment) == []
    assert window.side.top is None


def test_a_note_button_fills_the_field(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    press(K.Key_F2, K.Key_Return)
    form = checkout(window).form
    assert [button.text() for button in form.quick] == ["Exact", "€10", "€20", "€50"]
    click(form.quick[2])
    assert form.change.text() == "€14.58"
    press(K.Key_Return)
    assert payment(desk).received == Money(2000)


def test_the_receipt_key_asks_for_paper(window: MainWindow, desk: FakeDesk) -> None:
    press(K.Key_F2, K.Key_Return, "t", K.Key_Return)
    assert payment(desk).wants_receipt


def test_always_and_never_a_receipt(open_window: OpenWindow) -> None:
    for receipts, expected in (("always", True), ("never", False)):
        desk = FakeDesk()
        window = open_window(desk, receipts=receipts)
        press(K.Key_F2, K.Key_Return)
        assert checkout(window).wants_receipt.isHidden() is (receipts == "never")
        press(K.Key_Return)
        assert payment(desk).wants_receipt is expected


def test_a_receipt_can_still_be_printed_while_the_change_is_shown(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    press(K.Key_F2, K.Key_Return, K.Key_Return)
    qtbot.waitUntil(lambda: checkout(window).stage is Stage.PAID, timeout=CHANGES_MS)
    press("t")
    reprint = desk.of(c.ReprintReceipt)
    assert len(reprint) == 1
    assert checkout(window).stage is Stage.PAID


def test_a_double_enter_pays_once(window: MainWindow, desk: FakeDesk) -> None:
    desk.is_silent = True
    press(K.Key_F2, K.Key_Return, "10", K.Key_Return, K.Key_Return, K.Key_Return)
    assert len(desk.of(c.TakePayment)) == 1
    assert checkout(window).stage is Stage.SENT


def test_a_changed_amount_is_shown_and_must_be_confirmed_again(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.refuse[c.TakePayment] = ("due_changed", (("due", 600),))
    press(K.Key_F2, K.Key_Return, "10", K.Key_Return)
    sheet = checkout(window)
    qtbot.waitUntil(lambda: "has changed" in sheet.error.text(), timeout=CHANGES_MS)
    assert sheet.stage is Stage.PAYING
    press(K.Key_Return)
    assert len(desk.of(c.TakePayment)) == 2


def test_the_bill_follows_the_desk_while_the_checkout_is_open(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    press(K.Key_F2, K.Key_Return)
    cheaper = session("s2", SessionState.DUE, (call(1, 0, 60, amount=Money(29)),))
    desk.change(2, session=cheaper, total=Money(29))
    qtbot.waitUntil(lambda: checkout(window).sums.due.text() == "€0.29", timeout=CHANGES_MS)


def test_every_tile_stays_in_sight_beside_the_checkout(window: MainWindow) -> None:
    press(K.Key_F2, K.Key_Return)
    assert checkout(window).width() > window.panel.minimumSizeHint().width()
    view = window.board.viewport().rect()
    for row in range(window.booths.rowCount()):
        assert view.contains(window.board.visualRect(window.booths.index(row)).center())


@pytest.mark.parametrize("count", [1, 4, 8, 12, 24, 40])
@pytest.mark.parametrize("width", [1024, 1366, 1600, 1920])
def test_every_booth_stays_in_its_row_and_column(
    open_window: OpenWindow, qtbot: QtBot, count: int, width: int
) -> None:
    desk = FakeDesk([due(1, call(1, 0, 60)), *(booth(number) for number in range(2, count + 1))])
    window = open_window(desk, size=(width, 768))
    before, width_before = places(window), window.board.width()
    press(K.Key_Return)
    sheet = checkout(window)
    qtbot.waitUntil(
        lambda: sheet.paper.isHidden() == (window.board.width() == width_before),
        timeout=CHANGES_MS,
    )
    assert places(window) == before
    assert not sheet.paper.isHidden() or width == 1024 or count > 8


def places(window: MainWindow) -> list[tuple[int, int]]:
    """Return row and column of every tile."""
    tiles = [
        window.board.visualRect(window.booths.index(row)) for row in range(window.booths.rowCount())
    ]
    rows = sorted({tile.y() for tile in tiles})
    columns = sorted({tile.x() for tile in tiles})
    return [(rows.index(tile.y()), columns.index(tile.x())) for tile in tiles]


def test_a_narrow_window_gives_the_preview_up_for_the_tiles(open_window: OpenWindow) -> None:
    desk = FakeDesk()
    window = open_window(desk, size=(1024, 768))
    press(K.Key_F2, K.Key_Return)
    assert not checkout(window).paper.isVisible()
    view = window.board.viewport().rect()
    for row in range(window.booths.rowCount()):
        assert view.contains(window.board.visualRect(window.booths.index(row)).center())


def test_the_given_preview_is_shown(open_window: OpenWindow, qtbot: QtBot) -> None:
    def write(
        view: SessionView,
        done: PaymentDone | None = None,
        tender: Tender = Tender.CASH,
        _reasons: Mapping[int, tuple[Reason, ...]] | None = None,
    ) -> str:
        paid = f" {done.receipt_number} {tender.name} {done.change.minor}" if done else ""
        return f"PAPER OF {view.session_id}{paid}"

    window = open_window(FakeDesk(), preview=write)
    press(K.Key_F2, K.Key_Return, "6")
    paper = checkout(window).paper.text
    assert paper.text() == "PAPER OF s2"
    press(K.Key_Return)
    qtbot.waitUntil(lambda: checkout(window).stage is Stage.PAID, timeout=CHANGES_MS)
    assert paper.text() == "PAPER OF s2 2026-000001 CASH 58"


def test_the_paper_shows_number_tender_and_change_once_it_is_paid(
    window: MainWindow, qtbot: QtBot
) -> None:
    press(K.Key_F2, K.Key_Return, "6")
    before = checkout(window).paper.text.text().splitlines()
    press(K.Key_Return)
    qtbot.waitUntil(lambda: checkout(window).stage is Stage.PAID, timeout=CHANGES_MS)
    after = checkout(window).paper.text.text().splitlines()
    assert after[: len(before)] == before
    added = [" ".join(line.split()) for line in after[len(before) :]]
    assert added == ["Cash 6.00", "Change 0.58", "Receipt 2026-000001"]


def test_without_a_printer_no_paper_is_offered(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.tell(printer=DeviceState.ABSENT)
    qtbot.waitUntil(lambda: not window.counter.has_printer(), timeout=CHANGES_MS)
    press(K.Key_F2, K.Key_Return)
    assert checkout(window).wants_receipt.isHidden()
    press("t", K.Key_Return)
    assert not payment(desk).wants_receipt
    qtbot.waitUntil(lambda: checkout(window).stage is Stage.PAID, timeout=CHANGES_MS)
    assert checkout(window).print_button.isHidden()
    press("t")
    assert desk.of(c.ReprintReceipt) == []


def test_a_call_that_is_up_offers_to_end_it_or_to_wait(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    press(K.Key_Return)
    sheet = checkout(window)
    assert sheet.stage is Stage.CALL_UP
    press(K.Key_Return, K.Key_Return)
    assert desk.commands == []
    press("x")
    qtbot.waitUntil(lambda: sheet.stage is Stage.PAYING, timeout=CHANGES_MS)
    assert [type(command) for command in desk.commands] == [c.HangUpCall, c.LockBooth]
    press(K.Key_Return)
    assert payment(desk).due == Money(224)


def test_waiting_locks_the_booth_and_the_end_of_the_call_opens_the_payment(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.is_silent = True
    press(K.Key_Return)
    sheet = checkout(window)
    click(sheet.wait)
    assert [type(command) for command in desk.commands] == [c.LockBooth]
    view = desk.booths[1]
    assert view.live is not None
    ended = session("s1", SessionState.DUE, (replace(view.live, state=CallState.CHARGED),))
    desk.change(1, state=BoothState.DUE, live=None, session=ended)
    qtbot.waitUntil(lambda: sheet.stage is Stage.PAYING, timeout=CHANGES_MS)
    assert sheet.form.received.hasFocus()


def test_choosing_another_booth_closes_the_checkout(window: MainWindow, desk: FakeDesk) -> None:
    press(K.Key_F2, K.Key_Return, K.Key_F5)
    assert window.side.top is None
    assert window.panel.title.text() == "Booth 5 — unlocked"


def test_escape_leaves_everything_as_it_was(window: MainWindow, desk: FakeDesk) -> None:
    press(K.Key_F2, K.Key_Return, "10", K.Key_Escape)
    assert window.side.top is None
    assert window.board.hasFocus()
    assert desk.commands == []


def test_a_session_that_another_till_settled_closes_the_sheet(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    press(K.Key_F2, K.Key_Return)
    desk.change(2, state=BoothState.LOCKED, session=None, total=Money(0))
    qtbot.waitUntil(lambda: window.side.top is None, timeout=CHANGES_MS)


def test_a_cut_call_that_was_never_answered_frees_the_booth_and_says_so(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.is_silent = True
    free = session("s1", SessionState.OPEN, ())
    desk.change(1, state=BoothState.RINGING, session=free, total=Money(0))
    qtbot.waitUntil(lambda: window.panel.sums.due.text() == "€0.00", timeout=CHANGES_MS)
    press(K.Key_Return)
    assert checkout(window).stage is Stage.CALL_UP
    desk.change(1, state=BoothState.LOCKED, session=None, live=None)
    qtbot.waitUntil(lambda: window.side.top is None, timeout=CHANGES_MS)
    assert window.notices.said[-1] == "Nothing was used: the booth is free again."


def test_a_free_booth_has_nothing_to_check_out(window: MainWindow) -> None:
    press(K.Key_F4, K.Key_Return)
    assert window.side.top is None
    assert window.notices.said[-1] == "Nothing to pay: this booth is free."


def test_the_decimal_comma_of_the_language(open_window: OpenWindow) -> None:
    desk = FakeDesk([due(1, call(1, 0, 60)), booth(2), talking(3, 0, 5)])
    open_window(desk, language="fr")
    press(K.Key_Return, "0.50", K.Key_Return)
    assert payment(desk).received == Money(50)


def test_notes_cover_what_is_due() -> None:
    assert notes_for(Money(542), 2) == [Money(1000), Money(2000), Money(5000)]
    assert notes_for(Money(1), 2) == [Money(500), Money(1000), Money(2000)]
    assert notes_for(Money(1500), 0) == [Money(2000), Money(5000), Money(10000)]
