"""Why a call costs what it costs, on the screen and on the receipt."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.domain.explain import CODES, Reason
from app.domain.money import EUR, Money
from app.explain_sentences import Writer, sentence
from app.messages import commands as c
from tests.fakes.reasons import REASONS
from tests.ui.fake_desk import FakeDesk
from tests.ui.hands import OpenWindow, click, press
from ui.application import Look
from ui.checkout_dialog import CheckoutDialog
from ui.explain_sheet import ExplainSheet
from ui.explain_texts import SENTENCES, reason_text
from ui.formatting import Formatter
from ui.main_window import MainWindow
from ui.receipt_list import ReceiptList

K = Qt.Key
CHANGES_MS = 5000


def plain(text: str) -> str:
    return re.sub(r"[\u00a0\u202f]", " ", text)


def sheet(window: MainWindow) -> ExplainSheet:
    top = window.side.top
    assert isinstance(top, ExplainSheet)
    return top


def sentences(window: MainWindow) -> list[str]:
    found = sheet(window).sentences.findChildren(QLabel)
    return [label.text() for label in found if label.text() and label.isVisible()]


def explain(window: MainWindow, qtbot: QtBot) -> list[str]:
    press("?")
    qtbot.waitUntil(lambda: isinstance(window.side.top, ExplainSheet), timeout=CHANGES_MS)
    qtbot.waitUntil(lambda: bool(sentences(window)), timeout=CHANGES_MS)
    return sentences(window)


def asked_calls(desk: FakeDesk) -> list[int]:
    return [ask.call_key for ask in desk.of(c.AskExplanation) if isinstance(ask, c.AskExplanation)]


def test_every_code_has_a_sentence() -> None:
    assert set(SENTENCES) == set(CODES)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_screen_and_paper_say_the_same(look: Look, language: str) -> None:
    look.use_language(language)
    formatter = Formatter(language, EUR, "Europe/Paris")
    writer = Writer(language, EUR, "Europe/Paris")
    for reason in REASONS:
        assert plain(reason_text(reason, formatter)) == plain(sentence(reason, writer))


def test_a_code_of_a_later_release_is_shown_as_it_is(look: Look) -> None:
    formatter = Formatter("en", EUR, "Europe/Paris")
    assert reason_text(Reason("tip", (("count", 2),)), formatter) == "tip 2"


def test_the_last_call_that_cost_something_is_explained(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    press(K.Key_F2)
    texts = explain(window, qtbot)
    assert asked_calls(desk) == [3]
    assert "Senegal mobile (+22177): €0.29 a minute." in texts
    assert texts[-1] == "The call costs €3.19."
    assert "France fixe" in sheet(window).subtitle.text()
    press(K.Key_Escape)
    assert window.side.top is None


def test_arrows_lead_to_the_other_calls(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    press(K.Key_F2)
    explain(window, qtbot)
    press(K.Key_Left)
    qtbot.waitUntil(lambda: "Maroc" in sheet(window).subtitle.text(), timeout=CHANGES_MS)
    click(sheet(window).back)
    qtbot.waitUntil(lambda: "Royaume" in sheet(window).subtitle.text(), timeout=CHANGES_MS)
    assert not sheet(window).back.isEnabled()
    press(K.Key_Left, K.Key_Right)
    assert asked_calls(desk) == [3, 2, 1, 2]


def test_the_selected_call_of_the_list_is_explained(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    press(K.Key_F2)
    window.panel.list.setFocus()
    press(K.Key_Down)
    explain(window, qtbot)
    chosen = asked_calls(desk)
    press(K.Key_Escape)
    click(window.panel.explain)
    assert asked_calls(desk) == [chosen[0], chosen[0]]
    assert chosen[0] in {1, 2}


def test_enter_on_a_call_of_the_list_explains_it(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    press(K.Key_F2)
    window.panel.list.setFocus()
    press(K.Key_Home, K.Key_Return)
    qtbot.waitUntil(lambda: isinstance(window.side.top, ExplainSheet), timeout=CHANGES_MS)
    assert asked_calls(desk) == [1]
    press(K.Key_Escape)
    window.panel.list.setFocus()
    press(K.Key_End, K.Key_Return)  # an item has no reasons
    assert window.side.top is None


def test_a_booth_without_a_priced_call_says_so(window: MainWindow, desk: FakeDesk) -> None:
    for key in (K.Key_F4, K.Key_F1):
        press(key)
        assert not window.panel.explain.isVisible()
        press("?")
        assert window.notices.said[-1] == "A price is explained once its call has ended."
    assert desk.commands == []


def test_a_refusal_is_told_in_place(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.refuse[c.AskExplanation] = ("call_not_priced", ())
    press(K.Key_F2, "?")
    qtbot.waitUntil(lambda: "(call_not_priced)" in sheet(window).error.text(), timeout=CHANGES_MS)
    assert sentences(window) == []
    assert not sheet(window).copy.isEnabled()


@pytest.mark.parametrize("by_key", [True, False])
def test_the_reasons_are_copied_as_json(window: MainWindow, qtbot: QtBot, *, by_key: bool) -> None:
    press(K.Key_F2)
    explain(window, qtbot)
    QGuiApplication.clipboard().clear()
    if by_key:
        press("j")
    else:
        click(sheet(window).copy)
    assert QGuiApplication.clipboard().text() == '{"call": 3}'
    assert window.notices.said[-1] == "Copied: paste it where you need it."


def test_a_call_that_is_priced_again_is_explained_again(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    press(K.Key_F2)
    explain(window, qtbot)
    visit = desk.booths[2].session
    assert visit is not None
    cheaper = tuple(replace(line, amount=Money(1)) for line in visit.calls)
    desk.change(2, session=replace(visit, calls=cheaper))
    qtbot.waitUntil(lambda: asked_calls(desk) == [3, 3], timeout=CHANGES_MS)
    desk.change(2, session=replace(visit, session_id="next", calls=cheaper))
    qtbot.waitUntil(lambda: window.side.top is None, timeout=CHANGES_MS)


def test_the_language_changes_in_sight(window: MainWindow, qtbot: QtBot) -> None:
    press(K.Key_F2)
    explain(window, qtbot)
    window.use_language("fr")
    assert sentences(window)[-1] == "L’appel coûte 3,19\u00a0€."
    window.use_language("en")


def checkout(window: MainWindow) -> CheckoutDialog:
    found = next(one for one in window.side.sheets() if isinstance(one, CheckoutDialog))
    assert isinstance(found, CheckoutDialog)
    return found


def test_the_checkout_explains_and_comes_back(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    press(K.Key_F2, K.Key_Return)
    explain(window, qtbot)
    press(K.Key_Escape)
    assert window.side.top is checkout(window)
    click(checkout(window).reasons.why)
    qtbot.waitUntil(lambda: isinstance(window.side.top, ExplainSheet), timeout=CHANGES_MS)


def test_the_receipt_can_explain_its_prices(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    press(K.Key_F2, K.Key_Return)
    paper = checkout(window).paper.text
    assert "Talked for" not in paper.text()
    press("p")
    qtbot.waitUntil(lambda: paper.text().count("Talked for 12:03.4.") == 3, timeout=CHANGES_MS)
    assert checkout(window).wants_receipt.isChecked()
    press("p")
    assert "Talked for" not in paper.text()
    press("p", K.Key_Return)
    qtbot.waitUntil(lambda: bool(desk.of(c.TakePayment)), timeout=CHANGES_MS)
    payment = desk.of(c.TakePayment)[0]
    assert isinstance(payment, c.TakePayment)
    assert (payment.wants_receipt, payment.is_explained) == (True, True)
    assert "Talked for" in paper.text()


def test_a_receipt_without_explanation_is_the_usual_one(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    press(K.Key_F2, K.Key_Return, "t", K.Key_Return)
    qtbot.waitUntil(lambda: bool(desk.of(c.TakePayment)), timeout=CHANGES_MS)
    payment = desk.of(c.TakePayment)[0]
    assert isinstance(payment, c.TakePayment)
    assert (payment.wants_receipt, payment.is_explained) == (True, False)


def test_where_no_receipts_are_printed_there_is_no_tick(open_window: OpenWindow) -> None:
    window = open_window(FakeDesk(), receipts="never")
    press(K.Key_F2, K.Key_Return, "p")
    assert checkout(window).reasons.tick.isHidden()
    assert not checkout(window).reasons.is_explained
    assert checkout(window).reasons.why.isVisible()


def test_a_refused_explanation_is_told_and_the_receipt_goes_on(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    press(K.Key_F2, K.Key_Return)
    desk.refuse[c.AskExplanation] = ("busy", ())
    press("p")
    qtbot.waitUntil(lambda: "(busy)" in (window.notices.said or [""])[-1], timeout=CHANGES_MS)
    assert checkout(window).paper.text.text().count("Talked for 12:03.4.") == 2


def test_a_stored_receipt_is_printed_and_saved_with_explanation(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    window.peers.show_receipts()
    top = window.side.top
    assert isinstance(top, ReceiptList)
    qtbot.waitUntil(lambda: top.list.rows.rowCount() == 2, timeout=CHANGES_MS)
    press("p", "?")
    assert top.print_button.text() == "Print with explanation"
    press("p")
    prints = [one for one in desk.of(c.ReprintReceipt) if isinstance(one, c.ReprintReceipt)]
    assert [one.is_explained for one in prints] == [False, True]
    top.save_pdf("2026-004127", "paper.pdf")
    click(top.explained)
    top.save_pdf("2026-004127", "paper.pdf")
    pdfs = [one for one in desk.of(c.SavePdf) if isinstance(one, c.SavePdf)]
    assert [one.is_explained for one in pdfs] == [True, False]
