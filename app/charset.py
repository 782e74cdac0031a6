"""What code page 858 can show: a text is fitted to it before its length is measured.

Receipt printers and pole displays write one byte per cell from a table of 256 glyphs. CP858 is
the one with € (0xD5) that both kinds share (Epson TM and DM-D: `ESC t 19`). A text that goes
through `to_cp858` encodes without a loss nobody sees: signs get their plain form, letters of
other alphabets their usual Latin spelling, and what is left becomes `■`, never `?`.
"""

from __future__ import annotations

import functools
import unicodedata

CODEC = "cp858"
MISSING = "■"
"""Stands for a letter without a Latin spelling here; visible, and in the page itself."""

NBSP = "\u00a0"
"""Kept until the text is broken into lines; then it is written as a plain space, because the 0xFF
that the page has for it is a blot on some printers."""

_SIGNS = {
    "\u2007": NBSP, "\u202f": NBSP, "\u2009": " ", "\u200a": " ", "\u3000": " ", "\t": " ",
    "\u200b": "", "\u200c": "", "\u200d": "", "\u200e": "", "\u200f": "",
    "\u2066": "", "\u2067": "", "\u2068": "", "\u2069": "", "\ufeff": "", "\u00ad": "",
    "‘": "'", "’": "'", "‚": ",", "‛": "'", "“": '"', "”": '"', "„": '"', "‹": "<", "›": ">",
    "′": "'", "″": '"', "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-",
    "−": "-", "…": "...", "•": "*", "●": "*", "∙": "*", "→": "->", "←": "<-",
    "œ": "oe", "Œ": "OE", "™": "(TM)", "℠": "(SM)", "№": "No", "₣": "F", "₤": "£",
    "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ħ": "h", "Ħ": "H", "ı": "i", "ĸ": "k", "ŋ": "n",
    "Ŋ": "N", "ŧ": "t", "Ŧ": "T", "ẞ": "SS", "ə": "a", "Ə": "A", "ʼ": "'", "ʿ": "'", "ʾ": "'",
    "؟": "?", "،": ",",
}  # fmt: skip

# Cyrillic as a passport or a timetable spells it, Greek as its road signs do; capitals follow.
_LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z",
    "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "і": "i", "ї": "yi",
    "є": "ye", "ґ": "g", "ў": "u", "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz",
    "ѓ": "g", "ќ": "k", "ѕ": "dz",
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i",
    "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s",
    "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip


def _letters() -> dict[str, str]:
    capitals = {letter.upper(): latin.capitalize() for letter, latin in _LETTERS.items()}
    return capitals | _LETTERS


_SPELLING = _letters() | _SIGNS


def _is_in_page(character: str) -> bool:
    if character < " " or character == "\x7f":
        return False
    try:
        character.encode(CODEC)
    except UnicodeEncodeError:
        return False
    return True


@functools.lru_cache(4096)
def _fit(character: str) -> str:
    if character in _SPELLING:
        return _SPELLING[character]
    if _is_in_page(character):
        return character
    # A letter with marks loses its marks: ș becomes s, ά becomes α and then a.
    bare = "".join(
        part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part)
    )
    if bare == character:
        return MISSING
    return "".join(_fit(part) for part in bare)


def to_cp858(text: str) -> str:
    """Return `text` with every character in CP858; may be longer or shorter than the original."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_fit, unicodedata.normalize("NFC", text)))


def encode_cp858(text: str) -> bytes:
    """Return the bytes of a text that `to_cp858` has made. Raises `ValueError` for any other."""
    if any(character < " " or character == "\x7f" for character in text):
        raise ValueError(f"control character: {text!r}")
    return text.replace(NBSP, " ").encode(CODEC)
