"""Words: complete in both languages, never cut, every control named, mirrored where it must be."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.domain.sessions import BoothState
from app.messages.devices import DeviceState
from app.messages.pbx import LinkState
from app.messages.views import Barred
from tests.ui.fake_desk import NOW, FakeDesk, belleville, waiting_papers
from tests.ui.hands import OpenWindow, press
from ui import error_texts
from ui.application import Look
from ui.controls import KeyButton
from ui.main_window import MainWindow
from ui.member_form import MemberForm
from ui.tile_text import state_word

K = Qt.Key
CHANGES_MS = 5000
ROOT = Path(__file__).parents[2]
TRANSLATIONS = ROOT / "resources" / "translations"
CODES = (
    [(error_texts.user_text, code) for code in error_texts.USER_CODES]
    + [(error_texts.money_text, code) for code in error_texts.MONEY_CODES]
    + [(error_texts.audit_text, code) for code in error_texts.AUDIT_CODES]
)


def messages(language: str) -> dict[tuple[str, str], ET.Element]:
    tree = ET.parse(TRANSLATIONS / f"callshop_{language}.ts")  # noqa: S314 - our own file
    found = {}
    for context in tree.getroot().findall("context"):
        name = context.findtext("name", "")
        for message in context.findall("message"):
            found[name, message.findtext("source", "")] = message
    return found


def test_french_is_complete() -> None:
    for key, message in messages("fr").items():
        translation = message.find("translation")
        assert translation is not None, key
        assert translation.get("type") is None, key
        forms = [form.text for form in translation.findall("numerusform")] or [translation.text]
        assert all(forms), key


def test_placeholders_survive_translation() -> None:
    for key, message in messages("fr").items():
        if message.get("numerus"):
            continue
        wanted = sorted(re.findall(r"%\d|\{\w+\}", key[1]))
        got = sorted(re.findall(r"%\d|\{\w+\}", message.findtext("translation", "")))
        assert got == wanted, key


def test_every_text_of_the_sources_is_in_the_translation(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh_fr.ts"
    sources = sorted(str(path) for path in (ROOT / "ui").glob("*.py"))
    tool = Path(sys.executable).with_name("pyside6-lupdate")
    subprocess.run([tool, *sources, "-ts", fresh], check=True, capture_output=True)
    tree = ET.parse(fresh)  # noqa: S314 - written by our own tool
    wanted = {
        (context.findtext("name", ""), message.findtext("source", ""))
        for context in tree.getroot().findall("context")
        for message in context.findall("message")
    }
    assert wanted == set(messages("fr"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_compiled_file_is_the_source_compiled(language: str, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.qm"
    tool = Path(sys.executable).with_name("pyside6-lrelease")
    source = TRANSLATIONS / f"callshop_{language}.ts"
    subprocess.run([tool, source, "-qm", fresh], check=True, capture_output=True)
    assert fresh.read_bytes() == (TRANSLATIONS / f"callshop_{language}.qm").read_bytes()


def test_every_refusal_of_the_desk_has_its_words() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "app" / "desk").glob("*.py")]
    raised = {
        code
        for source in sources
        for code in re.findall(r'(?:UserError|Denied)\(\s*"(\w+)"', source)
    }
    assert raised
    assert raised - set(error_texts.USER_CODES) == set()


def test_every_finding_of_the_desk_has_its_name() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "app" / "desk").glob("*.py")]
    noted = {code for source in sources for code in re.findall(r'code="(\w+)"', source)}
    assert noted
    assert noted - {"restart"} - set(error_texts.AUDIT_CODES) == set()
    assert {"barred_forbidden", "barred_key", "sold_below_cost"} <= set(error_texts.AUDIT_CODES)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_code_has_its_words(look: Look, language: str) -> None:
    look.use_language(language)
    general = error_texts.user_text("nobody_knows_this_code")
    for say, code in CODES:
        text = say(code)
        assert text, code
        assert text != general, code
        assert "_" not in code or code not in text, code
    for code in error_texts.LINK_CODES:
        text = error_texts.link_text(LinkState.DOWN, code)
        assert text, code
    for code in error_texts.PRINTER_CODES:
        assert error_texts.printer_text(DeviceState.LOST, code), code
    for state in LinkState:
        assert error_texts.link_text(state, "")
    for device in DeviceState:
        assert error_texts.printer_text(device, "")


def test_both_languages_differ(look: Look) -> None:
    english = [say(code) for say, code in CODES]
    look.use_language("fr")
    french = [say(code) for say, code in CODES]
    same = [one for one, other in zip(english, french, strict=True) if one == other]
    assert same == []


def test_an_unknown_code_is_told_in_general_words(look: Look) -> None:
    assert error_texts.user_text("never_heard") == "This did not work. Nothing was changed."
    assert error_texts.link_text(LinkState.DOWN, "never_heard") == "The exchange is away."


def test_parameters_stand_in_the_text(look: Look) -> None:
    assert "42 s" in error_texts.user_text("pin_locked", (("seconds", 42),))


def cut(widget: QWidget) -> str:
    """Return what is wrong with the room a widget has for its text; empty when nothing is."""
    if isinstance(widget, QLabel) and widget.text():
        needed = widget.sizeHint()
        if widget.wordWrap():
            tall = widget.heightForWidth(widget.width())
            return "" if widget.height() >= tall else f"{widget.text()!r} {widget.height()}<{tall}"
        if widget.width() < needed.width():
            return f"{widget.text()!r} {widget.width()}<{needed.width()}"
    if isinstance(widget, KeyButton) and widget.width() < widget.minimumSizeHint().width():
        return f"{widget.text()!r} {widget.width()}<{widget.minimumSizeHint().width()}"
    if isinstance(widget, QLineEdit) and widget.placeholderText():
        room = widget.width() - 52
        needed_width = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
        return "" if needed_width <= room else f"{widget.placeholderText()!r}"
    return ""


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("size", [(1366, 768), (1024, 768)])
def test_no_text_is_cut(
    open_window: OpenWindow, qtbot: QtBot, language: str, size: tuple[int, int]
) -> None:
    desk = FakeDesk()
    window = open_window(desk, language=language, size=size)
    desk.tell(printer=DeviceState.LOST, printer_code="paper_out", print_jobs=waiting_papers())
    desk.tell(money_stopped="disk_full", open_audit=3)
    desk.change(5, barred=Barred("KEY", "+870 773 12 3456", "Inmarsat", NOW))
    qtbot.waitUntil(lambda: "money" in window.notices.lasting_keys(), timeout=CHANGES_MS)
    found = []
    for number in range(1, 9):
        window.board.setFocus()
        press(getattr(K, f"Key_F{number}"))
        found += findings(window)
        for key in (K.Key_Return, K.Key_A, K.Key_M, "?"):
            press(key)
            found += findings(window)
            if window.side.top is not None:
                press(K.Key_Escape)
    assert found == []


def findings(window: MainWindow) -> list[str]:
    # What a key changed is laid out by an event of its own.
    QApplication.processEvents()
    visible = [widget for widget in window.findChildren(QWidget) if widget.isVisible()]
    return [finding for widget in visible if (finding := cut(widget))]


def open_everything(window: MainWindow) -> None:
    """Open every sheet the window has, one over the other."""
    peers = window.peers
    window.board.select_booth(2)
    press(K.Key_Return)
    press(K.Key_F2)
    press("?")
    counter = window.counter
    for show in (
        peers.show_print_queue,
        peers.show_audit,
        peers.show_receipts,
        counter.show_members,
        lambda: counter.open(MemberForm(counter, None, None)),
    ):
        show()
    peers.show_link("asterisk")
    window.close()


def test_every_control_has_a_name(window: MainWindow, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.tell(printer=DeviceState.LOST, printer_code="paper_out", print_jobs=waiting_papers())
    qtbot.waitUntil(lambda: "printer" in window.notices.lasting_keys(), timeout=CHANGES_MS)
    open_everything(window)
    assert len(window.side.sheets()) >= 5
    kinds = (QAbstractButton, QLineEdit, QAbstractItemView)
    nameless = [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in window.findChildren(QWidget)
        if isinstance(widget, kinds)
        and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.isHidden())
    ]
    assert nameless == []


def test_the_language_changes_at_run_time_everywhere(
    window: MainWindow, saved: dict[str, str]
) -> None:
    press(K.Key_F2, K.Key_Return)
    window.use_language("fr")
    sheet = window.side.top
    assert sheet is not None
    assert sheet.title.text() == "Encaisser — Cabine 2"
    assert window.panel.title.text() == "Cabine 2 — à encaisser"
    assert window.top_bar.where.text() == "Caisse 1 · Amina"
    assert window.bottom_bar.sums.text() == "3 en appel · 1 à encaisser · recette 184,20\u00a0€"
    assert window.booths.tile(4).face.title == "En attente de numérotation"
    assert window.booths.tile(0).amount == "2,24\u00a0€"
    window.use_language("en")
    assert sheet.title.text() == "Check out — Booth 2"
    assert window.booths.tile(1).face.title == "3 calls · 1 item"
    assert saved["language"] == "en"


def test_a_right_to_left_language_mirrors_the_window(
    window: MainWindow, look: Look, qtbot: QtBot
) -> None:
    assert QLocale("ar").textDirection() is Qt.LayoutDirection.RightToLeft
    assert window.side.x() > window.board.x()
    window.use_language("ar")
    qtbot.waitUntil(lambda: window.side.x() < window.board.x(), timeout=CHANGES_MS)
    first = window.board.visualRect(window.booths.index(0))
    second = window.board.visualRect(window.booths.index(1))
    assert first.x() > second.x()
    press(K.Key_F2, K.Key_Return)
    assert window.side.top is not None
    window.use_language("en")
    qtbot.waitUntil(lambda: window.side.x() > window.board.x(), timeout=CHANGES_MS)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_state_has_a_word_of_its_own(look: Look, language: str) -> None:
    look.use_language(language)
    words = [state_word(state) for state in BoothState]
    assert len(set(words)) == len(BoothState)


def test_the_board_can_be_drawn_in_every_state_theme_and_direction(
    open_window: OpenWindow, look: Look
) -> None:
    desk = FakeDesk(belleville())
    window = open_window(desk)
    pictures = set()
    for theme in ("light", "dark"):
        window.use_theme(theme)
        for language in ("en", "ar"):
            window.use_language(language)
            image = window.board.viewport().grab().toImage()
            pictures.add(bytes(image.constBits()))
    assert len(pictures) == 4


def test_sizes_of_buttons_follow_their_words(window: MainWindow) -> None:
    before = window.panel.primary.sizeHint().width()
    window.panel.primary.set_words("A much longer sentence than before stands here", "Enter")
    assert window.panel.primary.sizeHint().width() > before
    policy = window.panel.primary.sizePolicy().verticalPolicy()
    assert policy is QSizePolicy.Policy.Fixed
