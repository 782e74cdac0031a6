"""The one typeface of the counter, at its sizes and weights. GUI thread."""

from __future__ import annotations

import enum
from functools import lru_cache
from importlib.resources import as_file, files

from PySide6.QtGui import QFont, QFontDatabase

FALLBACK = ("Inter", "Noto Sans", "Noto Sans Arabic", "DejaVu Sans")


class Weight(enum.Enum):
    """Weights that are shipped."""

    REGULAR = QFont.Weight.Normal
    MEDIUM = QFont.Weight.Medium
    SEMIBOLD = QFont.Weight.DemiBold
    BOLD = QFont.Weight.Bold


def load_fonts() -> list[str]:
    """Make the shipped fonts known to Qt; return the families."""
    families: list[str] = []
    for file in sorted(
        files("resources").joinpath("fonts").iterdir(), key=lambda found: found.name
    ):
        if file.name.endswith(".ttf"):
            with as_file(file) as path:
                number = QFontDatabase.addApplicationFont(str(path))
            families += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return families


@lru_cache(maxsize=64)
def text_font(size: int, weight: Weight = Weight.REGULAR) -> QFont:
    """Return the font of words, `size` in logical pixels."""
    font = QFont()
    font.setFamilies(list(FALLBACK))
    font.setPixelSize(size)
    font.setWeight(weight.value)
    return font


@lru_cache(maxsize=64)
def figures_font(size: int, weight: Weight = Weight.REGULAR) -> QFont:
    """Return the font of figures: all digits equally wide, so that clocks do not shake."""
    font = QFont(text_font(size, weight))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
