"""What the operator chose in the window (language, theme, paper): `choices.json` in the folder.

Apart from `shop.toml`, because the program writes it and a person writes the other.
A file that cannot be read is as good as none.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

from app.config import Config

CHOICES_FILE = "choices.json"
ALLOWED = {
    "language": ("en", "fr"),
    "theme": ("light", "dark"),
    "receipts": ("ask", "always", "never"),
}

QUOTE_AMOUNT = "quote_amount"
"""The amount that price questions ask about, in minor units."""

_AMOUNT = re.compile(r"[1-9][0-9]{0,8}\Z")


def _is_allowed(name: str, value: object) -> bool:
    if name == QUOTE_AMOUNT:
        return isinstance(value, str) and _AMOUNT.match(value) is not None
    return value in ALLOWED.get(name, ())


def read(folder: Path) -> dict[str, str]:
    """Return the valid choices."""
    try:
        held = json.loads((folder / CHOICES_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(held, dict):
        return {}
    names = (*ALLOWED, QUOTE_AMOUNT)
    return {name: held[name] for name in names if _is_allowed(name, held.get(name))}


def quote_amount(folder: Path) -> int:
    """Return the amount that price questions ask about, 0 where none was chosen."""
    return int(read(folder).get(QUOTE_AMOUNT, "0"))


def save(folder: Path, name: str, value: str) -> None:
    """Keep one choice. Raises `ValueError` for one that does not exist."""
    if not _is_allowed(name, value):
        raise ValueError(f"{name}={value}")
    fresh = folder / f"{CHOICES_FILE}.new"
    fresh.write_text(json.dumps(read(folder) | {name: value}), encoding="utf-8")
    fresh.replace(folder / CHOICES_FILE)


def applied(config: Config, folder: Path) -> Config:
    """Return the settings with the choices laid over them."""
    chosen = read(folder)
    return replace(
        config,
        language=chosen.get("language", config.language),
        theme=chosen.get("theme", config.theme),
        receipts=chosen.get("receipts", config.receipts),
    )
