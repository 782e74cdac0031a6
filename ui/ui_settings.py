"""What the window is given to know of the shop, and how its own choices are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.money import EUR, Currency

LANGUAGES = ("en", "fr")
"""Languages with a translation; `en` is the source."""

Save = Callable[[str, str], None]
"""Keeps one choice: its name (`language`, `theme`, `receipts`) and its new value."""


def _forget(_name: str, _value: str) -> None:
    """Keep nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UiSettings:
    """Settings of the window. `receipts` is `ask`, `always` or `never`."""

    currency: Currency = EUR
    zone: str = "Europe/Paris"
    language: str = "en"
    theme: str = "light"
    receipts: str = "ask"
    save: Save = _forget
