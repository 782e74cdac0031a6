"""The colours of the counter: one palette per theme, and the arithmetic of contrast.

Pure data and functions, no Qt. Every colour on the screen comes from here.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from app.domain.sessions import BoothState

READABLE = 4.5
"""Least contrast of text against its ground (WCAG 2.1, level AA)."""

_LINEAR_BELOW = 0.04045
"""Where the sRGB curve begins (IEC 61966-2-1)."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one theme as `#rrggbb`."""

    name: str
    background: str
    surface: str
    ink: str
    muted: str
    line: str
    bar: str
    locked: str
    unlocked: str
    ringing: str
    talking: str
    due: str
    fault: str
    bar_ink: str
    bar_muted: str
    primary: str  # fill of the one primary button of a view
    primary_hover: str
    on_primary: str
    tint: str  # ground of a chosen option
    good_tint: str  # ground of the change to give back
    chip_good: str  # dots on the bar, which is dark in both themes
    chip_warning: str
    chip_fault: str
    warning_tint: str  # grounds of lasting notices
    fault_tint: str
    danger: str  # ground of the notice that stops the money
    on_danger: str

    @property
    def accent(self) -> str:
        """Selection, focus ring and links."""
        return self.talking


LIGHT = Palette(
    name="light",
    background="#f3f4f7",
    surface="#ffffff",
    ink="#16202e",
    muted="#5d6b7e",
    line="#dde2ea",
    bar="#17212f",
    locked="#8a94a3",
    unlocked="#1b7f4b",
    ringing="#b86e00",
    talking="#1f5fd0",
    due="#8a3fc4",
    fault="#c0292b",
    bar_ink="#f4f6fa",
    bar_muted="#b4bfcd",
    primary="#1f5fd0",
    primary_hover="#1a52b5",
    on_primary="#ffffff",
    tint="#e9f0fd",
    good_tint="#e7f5ec",
    chip_good="#46c07f",
    chip_warning="#f0b04a",
    chip_fault="#ff7b7b",
    warning_tint="#fdf3e0",
    fault_tint="#fdeaea",
    danger="#b3261e",
    on_danger="#ffffff",
)

DARK = Palette(
    name="dark",
    background="#0f1620",
    surface="#182231",
    ink="#e8edf5",
    muted="#9aa8ba",
    line="#2a3648",
    bar="#182231",
    locked="#8593a6",
    unlocked="#46c07f",
    ringing="#f0b04a",
    talking="#6ea2ff",
    due="#c08af0",
    fault="#ff7b7b",
    bar_ink="#f4f6fa",
    bar_muted="#b4bfcd",
    primary="#1f5fd0",
    primary_hover="#2c6de0",
    on_primary="#ffffff",
    tint="#1d3357",
    good_tint="#173a2b",
    chip_good="#46c07f",
    chip_warning="#f0b04a",
    chip_fault="#ff7b7b",
    warning_tint="#33291a",
    fault_tint="#381f24",
    danger="#b3261e",
    on_danger="#ffffff",
)

THEMES = {palette.name: palette for palette in (LIGHT, DARK)}

_STATE_TOKEN = {
    BoothState.LOCKED: "locked",
    BoothState.UNLOCKED: "unlocked",
    BoothState.DIALLING: "ringing",
    BoothState.RINGING: "ringing",
    BoothState.TALKING: "talking",
    BoothState.DUE: "due",
    BoothState.OUT_OF_SERVICE: "fault",
    BoothState.UNKNOWN: "locked",
}


def state_colour(palette: Palette, state: BoothState) -> str:
    """Colour of the band and the icon of a state."""
    return str(getattr(palette, _STATE_TOKEN[state]))


def state_text(palette: Palette, state: BoothState) -> str:
    """Colour of the word of a state: its own, moved towards the ink until it can be read."""
    return readable(state_colour(palette, state), palette.surface, palette.ink)


def readable(colour: str, ground: str, ink: str) -> str:
    """Move `colour` towards `ink` in steps of a twentieth until it reads on `ground`."""
    for step in range(21):
        mixed = mix(colour, ink, step)
        if contrast(mixed, ground) >= READABLE:
            return mixed
    return ink


def mix(first: str, second: str, twentieths: int) -> str:
    """Blend two colours: 0 is the first one, 20 the second one."""
    pairs = zip(_channels(first), _channels(second), strict=True)
    return "#" + "".join(f"{(a * (20 - twentieths) + b * twentieths) // 20:02x}" for a, b in pairs)


def contrast(first: str, second: str) -> float:
    """Contrast of two colours, 1 to 21, as WCAG 2.1 defines it."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def substitutions(palette: Palette) -> dict[str, str]:
    """Names and colours for the style sheet, with the derived readable ones."""
    table = {field.name: str(getattr(palette, field.name)) for field in fields(palette)}
    table["accent"] = palette.accent
    for name in ("unlocked", "ringing", "due", "fault"):
        table[f"{name}_text"] = readable(table[name], palette.surface, palette.ink)
    table["link"] = readable(palette.accent, palette.surface, palette.ink)
    table["good_text"] = readable(palette.unlocked, palette.good_tint, palette.ink)
    table["tint_text"] = readable(palette.accent, palette.tint, palette.ink)
    return table


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= _LINEAR_BELOW else float(((value + 0.055) / 1.055) ** 2.4)
