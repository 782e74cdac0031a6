"""The windows that stand instead of the counter: they take the keys, and say what is wrong."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app import config
from tests.ui.hands import press
from ui.application import Look, present
from ui.first_start import FirstStart
from ui.start_failed import SETTING_REASONS, StartFailed, reason

APPEARS_MS = 5000


@pytest.mark.parametrize("kind", ["first", "failed"])
def test_escape_closes_what_was_just_shown(
    qtbot: QtBot, look: Look, tmp_path: Path, kind: str
) -> None:
    window = FirstStart(tmp_path / "shop.toml.example")
    shown = window if kind == "first" else StartFailed("config", {"where": "shop.name"})
    qtbot.addWidget(window)
    qtbot.addWidget(shown)
    present(shown)
    qtbot.waitUntil(shown.isActiveWindow, timeout=APPEARS_MS)
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not shown.isVisible(), timeout=APPEARS_MS)
    assert not window.wants_practice


def test_every_fault_of_a_setting_has_its_words() -> None:
    codes = set(re.findall(r'ConfigError\(\s*"(\w+)"', inspect.getsource(config)))
    assert codes - set(SETTING_REASONS) == {"no_file"}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("code", sorted(SETTING_REASONS))
def test_the_place_and_the_fault_of_a_setting_are_named(
    look: Look, language: str, code: str
) -> None:
    look.use_language(language)
    given = {"where": "booths[2].number", "reason": code, "value": "Mars/Olympus"}
    text = reason("config", given)
    assert "booths[2].number" in text
    assert code not in text.replace("booths[2].number", "").split()
    assert "{" not in text
    assert ("Mars/Olympus" in text) == ("{value}" in str(SETTING_REASONS[code]))


def test_a_folder_that_cannot_be_written_to_is_named(look: Look) -> None:
    text = reason("folder_not_writable", {"folder": "/shop", "detail": "read-only"})
    assert text == "The shop's folder cannot be written to: /shop (read-only)"
