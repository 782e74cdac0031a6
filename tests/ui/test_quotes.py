"""Price questions: whose prices, now and later, how long an amount lasts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.domain.credit import UNLIMITED
from app.domain.money import Currency, Money, Price
from app.domain.tariff import Access
from app.messages import commands as c
from app.messages.views import LaterPrice, QuoteRow
from tests.ui.fake_desk import NOW, FakeDesk
from tests.ui.hands import OpenWindow, click, press
from ui.main_window import MainWindow
from ui.price_question import usual_amount
from ui.ui_settings import UiSettings

K = Qt.Key
CHANGES_MS = 5000
SECOND = 1_000_000

LATER = LaterPrice(
    NOW + 23_000 * SECOND,
    "soirée",
    Price(150_000),
    Price(50_000),
    ((1, Money(20)), (5, Money(80)), (10, Money(155))),
    1980,
)
SENEGAL = QuoteRow(
    "Sénégal mobile",
    "SN",
    "22177",
    Price(290_000),
    Price(50_000),
    60,
    30,
    ((1, Money(34)), (5, Money(150)), (10, Money(295))),
    lasts=1030,
    band="journée",
    later=LATER,
    free_seconds=10,
    minimum_charge=Price(200_000),
)


def last_question(desk: FakeDesk) -> c.AskQuote:
    asked = desk.of(c.AskQuote)[-1]
    assert isinstance(asked, c.AskQuote)
    return asked


def said(window: MainWindow) -> list[str]:
    return [found.text() for found in window.quotes.findChildren(QLabel) if found.isVisible()]


def ask(window: MainWindow, qtbot: QtBot, text: str = "senegal") -> list[str]:
    press(K.Key_Slash, text, K.Key_Return)
    qtbot.waitUntil(window.quotes.isVisible, timeout=CHANGES_MS)
    return said(window)


def test_the_selected_booth_and_the_usual_amount_are_asked_about(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    press(K.Key_F4)
    texts = ask(window, qtbot, "mali")
    asked = last_question(desk)
    assert (asked.text, asked.booth, asked.amount) == ("mali", 4, Money(500))
    assert "Prices in booth 4" in texts
    assert "for €5.00" in texts
    assert "12:49" in texts  # 5.00 at 0.39 a minute


def test_an_answer_says_now_later_and_the_terms(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.quotes = (SENEGAL,)
    texts = ask(window, qtbot)
    for text in ("Sénégal mobile", "+22177", "€0.29", "€0.34", "€1.50", "€2.95", "17:10"):
        assert text in texts
    for text in ("from 21:00 (soirée)", "€0.15", "€0.20", "€0.80", "€1.55", "33:00"):
        assert text in texts
    assert "now: journée · €0.05 a call · at least €0.20 · 10 s free · by 60/30 s" in texts


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (replace(SENEGAL, lasts=UNLIMITED), "unlimited"),
        (replace(SENEGAL, lasts=0), "not a second"),
        (replace(SENEGAL, access=Access.FORBIDDEN), "Forbidden: calls are cut"),
        (replace(SENEGAL, access=Access.KEY), "Needs the manager's key"),
        (
            replace(SENEGAL, later=replace(LATER, starts_at=NOW + 36 * 3600 * SECOND)),
            "from Tue 02:37 (soirée)",
        ),
        (
            replace(SENEGAL, later=replace(LATER, connection_fee=Price(80_000)), band=""),
            "€0.05 a call, later €0.08 · at least €0.20 · 10 s free · by 60/30 s",
        ),
        (
            replace(SENEGAL, connection_fee=Price(0), minimum_charge=Price(0), free_seconds=0),
            "now: journée · later €0.05 a call · by 60/30 s",
        ),
    ],
)
def test_what_is_special_is_said_in_words(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot, row: QuoteRow, text: str
) -> None:
    desk.quotes = (row,)
    assert text in ask(window, qtbot)


def test_a_plain_price_has_no_terms(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    plain = QuoteRow("Plain", "", "1", Price(10_000), Price(0), 1, 1, ((1, Money(1)),), lasts=7)
    desk.quotes = (plain,)
    texts = ask(window, qtbot)
    assert texts[texts.index("Plain") :] == ["Plain", "+1", "€0.01", "€0.01", "00:07"]


def test_another_amount_is_asked_about_and_remembered(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot, saved: dict[str, str]
) -> None:
    ask(window, qtbot, "mali")
    assert "quote_amount" not in saved
    press(K.Key_Tab)
    assert window.quotes.amount.hasFocus()
    window.quotes.amount.selectAll()
    press("2", K.Key_Return)
    qtbot.waitUntil(lambda: "for €2.00" in said(window), timeout=CHANGES_MS)
    assert last_question(desk).amount == Money(200)
    assert saved["quote_amount"] == "200"
    press(K.Key_Tab)
    assert window.quotes.field.hasFocus()
    press(K.Key_Tab, K.Key_Escape)
    assert not window.quotes.isVisible()
    assert window.board.hasFocus()


def test_without_an_amount_nothing_lasts(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot, saved: dict[str, str]
) -> None:
    ask(window, qtbot, "mali")
    window.quotes.amount.clear()
    qtbot.waitUntil(lambda: last_question(desk).amount is None, timeout=CHANGES_MS)
    qtbot.waitUntil(lambda: "for €5.00" not in said(window), timeout=CHANGES_MS)
    assert saved == {}


def test_the_booth_chosen_meanwhile_is_asked_about(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    ask(window, qtbot, "mali")
    press(K.Key_F6)
    qtbot.waitUntil(lambda: "Prices in booth 6" in said(window), timeout=CHANGES_MS)
    assert last_question(desk).booth == 6


def test_a_members_amounts_are_said_to_be_his(
    window: MainWindow, desk: FakeDesk, qtbot: QtBot
) -> None:
    visit = desk.booths[5].session
    assert visit is not None
    named = replace(visit, member_id="7", member_name="Awa Diop", discount_bp=1000)
    desk.change(5, session=named)
    press(K.Key_F5)
    qtbot.waitUntil(window.panel.sums.rows[0][0].isVisible, timeout=CHANGES_MS)
    assert "Prices in booth 5 · amounts for Awa Diop −10%" in ask(window, qtbot, "mali")


def test_a_refusal_is_told(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.refuse[c.AskQuote] = ("busy", ())
    press(K.Key_Slash, "mali", K.Key_Return)
    qtbot.waitUntil(lambda: "(busy)" in (window.notices.said or [""])[-1], timeout=CHANGES_MS)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("size", [(1366, 768), (1024, 768)])
def test_many_answers_stay_inside_the_window_and_nothing_is_cut(
    open_window: OpenWindow, qtbot: QtBot, language: str, size: tuple[int, int]
) -> None:
    desk = FakeDesk()
    barred = replace(SENEGAL, access=Access.KEY, lasts=UNLIMITED)
    desk.quotes = tuple(replace(barred, prefix=str(number)) for number in range(8))
    window = open_window(desk, language=language, size=size)
    ask(window, qtbot)
    QApplication.processEvents()
    box = window.quotes
    over = box.parentWidget()
    assert over is not None
    assert over.rect().contains(box.geometry())
    more = {"en": "There are more: type on.", "fr": "Il y en a d’autres\u00a0: précisez."}
    assert more[language] in said(window)
    cut = [
        found.text()
        for found in box.findChildren(QLabel)
        if found.isVisible() and found.width() < found.sizeHint().width()
    ]
    assert cut == []


def test_the_language_changes_in_sight(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.quotes = (SENEGAL,)
    ask(window, qtbot)
    window.use_language("fr")
    texts = said(window)
    assert "dès 21:00 (soirée)" in texts
    assert "pour 5,00\u00a0€" in texts
    assert window.quotes.amount.text() == "5,00"
    window.use_language("en")


@pytest.mark.parametrize(
    ("settings", "minor"),
    [
        (UiSettings(), 500),
        (UiSettings(currency=Currency("XOF", 0, "F CFA")), 500),
        (UiSettings(currency=Currency("TND", 3, "DT")), 5000),
        (UiSettings(quote_amount=750), 750),
    ],
)
def test_the_usual_amount(settings: UiSettings, minor: int) -> None:
    assert usual_amount(settings) == Money(minor)


def test_the_mouse_reaches_the_amount(window: MainWindow, qtbot: QtBot) -> None:
    ask(window, qtbot, "mali")
    click(window.quotes.amount)
    assert window.quotes.amount.hasFocus()
