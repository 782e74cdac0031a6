"""Puts the tokens of a theme on the application: palette and style sheet. GUI thread."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from ui.tokens import LIGHT, THEMES, Palette, substitutions

_TOKEN = re.compile(r"@(\w+)")


def palette_of(name: str) -> Palette:
    """Return the tokens of a theme; the light ones for a name that is none."""
    return THEMES.get(name, LIGHT)


def style_sheet(palette: Palette) -> str:
    """Write the style sheet in the colours of a theme."""
    template = files("resources").joinpath("themes", "callshop.qss").read_text(encoding="utf-8")
    table = substitutions(palette)
    # A style sheet takes pictures by name only; this grey reads on both grounds.
    table["chevron"] = Path(str(files("resources") / "icons" / "chevron-down.svg")).as_posix()
    return _TOKEN.sub(lambda found: table[found.group(1)], template)


def apply_theme(application: QApplication, name: str) -> Palette:
    """Show the application in a theme; return its tokens."""
    palette = palette_of(name)
    application.setPalette(_qt_palette(palette))
    application.setStyleSheet(style_sheet(palette))
    return palette


def _qt_palette(palette: Palette) -> QPalette:
    role = QPalette.ColorRole
    made = QPalette()
    colours = {
        role.Window: palette.background,
        role.WindowText: palette.ink,
        role.Base: palette.surface,
        role.AlternateBase: palette.background,
        role.Text: palette.ink,
        role.Button: palette.surface,
        role.ButtonText: palette.ink,
        role.Highlight: palette.primary,
        role.HighlightedText: palette.on_primary,
        role.ToolTipBase: palette.surface,
        role.ToolTipText: palette.ink,
        role.PlaceholderText: palette.muted,
        role.Link: palette.accent,
        role.Mid: palette.line,
    }
    for place, colour in colours.items():
        made.setColor(place, QColor(colour))
    return made
