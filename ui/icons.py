"""Icons as SVG from resources, recoloured by the theme and kept as pixmaps. GUI thread only."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QIcon, QImageReader, QPixmap

from ui.tokens import mix


@lru_cache(maxsize=64)
def _source(name: str) -> str:
    return files("resources").joinpath("icons", f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Draw an icon `size` logical pixels wide in one colour, for a screen of this pixel ratio."""
    content = QByteArray(_source(name).replace("currentColor", colour).encode())
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"svg"))
    reader.setScaledSize(QSize(round(size * ratio), round(size * ratio)))
    drawn = QPixmap.fromImage(reader.read())
    drawn.setDevicePixelRatio(ratio)
    return drawn


def icon(name: str, colour: str, size: int = 18) -> QIcon:
    """Make an icon for a button, crisp up to twice the size."""
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, colour, size, ratio))
        made.addPixmap(pixmap(name, mix(colour, "#808080", 10), size, ratio), QIcon.Mode.Disabled)
    return made


@lru_cache(maxsize=256)
def flag(country: str, width: int, ratio: float = 1.0) -> QPixmap | None:
    """Return the flag of an ISO 3166 country `width` logical pixels wide; None where unknown."""
    if len(country) != 2 or not country.isascii() or not country.isalpha():  # noqa: PLR2004
        return None
    file = files("resources").joinpath("flags", f"{country.lower()}.png")
    if not file.is_file():
        return None
    drawn = QPixmap()
    drawn.loadFromData(file.read_bytes())
    drawn = drawn.scaled(
        round(width * ratio),
        round(width * 3 / 4 * ratio),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    drawn.setDevicePixelRatio(ratio)
    return drawn
