"""Colours: what look.md names, and every pair of text and ground that can be read."""

from __future__ import annotations

import pytest

from app.domain.sessions import BoothState
from ui.theme import style_sheet
from ui.tokens import (
    DARK,
    LIGHT,
    READABLE,
    THEMES,
    Palette,
    contrast,
    mix,
    state_text,
    substitutions,
)


def test_contrast_is_that_of_the_norm() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48
    assert contrast("#123456", "#123456") == 1.0


@pytest.mark.parametrize("palette", THEMES.values(), ids=THEMES)
def test_every_text_can_be_read(palette: Palette) -> None:
    table = substitutions(palette)
    pairs = [
        (table[ink], table[ground])
        for ink, grounds in {
            "ink": ("background", "surface", "tint", "warning_tint", "fault_tint"),
            "muted": ("background", "surface", "warning_tint", "fault_tint"),
            "bar_ink": ("bar",),
            "bar_muted": ("bar",),
            "chip_warning": ("bar",),
            "on_primary": ("primary", "primary_hover"),
            "on_danger": ("danger",),
            "fault_text": ("surface",),
            "ringing_text": ("surface",),
            "unlocked_text": ("surface",),
            "due_text": ("surface",),
            "good_text": ("good_tint",),
            "tint_text": ("tint",),
            "link": ("surface",),
            "surface": ("ink",),
        }.items()
        for ground in grounds
    ]
    pairs += [(state_text(palette, state), palette.surface) for state in BoothState]
    unreadable = [(ink, ground) for ink, ground in pairs if contrast(ink, ground) < READABLE]
    assert unreadable == []


@pytest.mark.parametrize("palette", THEMES.values(), ids=THEMES)
def test_the_focus_ring_can_be_seen(palette: Palette) -> None:
    # WCAG 2.1, 1.4.11: graphical objects need 3 : 1.
    assert contrast(palette.accent, palette.surface) >= 3
    assert contrast(palette.accent, palette.background) >= 3


@pytest.mark.parametrize("palette", THEMES.values(), ids=THEMES)
def test_the_style_sheet_uses_only_known_tokens_and_a_ring_of_three(palette: Palette) -> None:
    sheet = style_sheet(palette)
    assert "@" not in sheet
    assert f"border: 3px solid {palette.accent}" in sheet


def test_the_named_tokens() -> None:
    assert (LIGHT.background, LIGHT.surface, LIGHT.ink) == ("#f3f4f7", "#ffffff", "#16202e")
    assert (LIGHT.accent, LIGHT.due, LIGHT.fault) == ("#1f5fd0", "#8a3fc4", "#c0292b")
    assert (DARK.background, DARK.surface, DARK.ink) == ("#0f1620", "#182231", "#e8edf5")
    assert (DARK.accent, DARK.due, DARK.fault) == ("#6ea2ff", "#c08af0", "#ff7b7b")


def test_mixing_ends_at_both_ends() -> None:
    assert mix("#102030", "#a0b0c0", 0) == "#102030"
    assert mix("#102030", "#a0b0c0", 20) == "#a0b0c0"
