"""What the operator chose in the window (language, theme, paper): `choices.json` in the folder.

Apart from `shop.toml`, because the program writes it and a person writes the other.
A file that cannot be read is as good as none.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from app.config import Config

CHOICES_FILE = "choices.json"
ALLOWED = {
    "language": ("en", "fr"),
    "theme": ("light", "dark"),
    "receipts": ("ask", "always", "never"),
}


def read(folder: Path) -> dict[str, str]:
    """Return the valid choices."""
    try:
        held = json.loads((folder / CHOICES_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(held, dict):
        return {}
    return {name: held[name] for name, values in ALLOWED.items() if held.get(name) in values}


def save(folder: Path, name: str, value: str) -> None:
    """Keep one choice. Raises `ValueError` for one that does not exist."""
    if value not in ALLOWED.get(name, ()):
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
