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
    """Settings of the window. `receipts` is `ask`, `always` or `never`.

    `quote_amount` is the amount price questions ask about, in minor units, 0 for the usual one.
    `booth_tariffs` are the tariffs that booths name instead of the shop's; `margin_guard_bp`
    is the least margin the owner wants, `tax_rate_bp` the tax in what customers pay, both in
    basis points.
    """

    currency: Currency = EUR
    zone: str = "Europe/Paris"
    language: str = "en"
    theme: str = "light"
    receipts: str = "ask"
    quote_amount: int = 0
    booth_tariffs: tuple[str, ...] = ()
    margin_guard_bp: int = 0
    tax_rate_bp: int = 0
    save: Save = _forget
