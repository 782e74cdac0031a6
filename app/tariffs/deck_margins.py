"""Files as tariffs without a shop, and the margins between two of them."""

from __future__ import annotations

from app.config import Config
from app.decks.deck import Deck
from app.domain.margins import check_margins
from app.domain.money import MICRO
from app.domain.tariff import Tariff
from app.domain.tariff_kinds import Kind
from app.tariffs import jobs, keeping, versions
from app.tariffs.proposal import in_currency

_PERMILLE_BP = 10


def tariff_of(
    deck: Deck, config: Config, *, kind: Kind = Kind.SELL, exchange_ppm: int = MICRO
) -> Tariff:
    """Return what a file holds as a tariff of the shop.

    Raises `TariffError`, and `UserError` `deck_currency` and `deck_bands`.
    """
    deck = in_currency(deck, exchange_ppm, config.currency.code)
    head = keeping.draft_row(
        config, tariff="", kind=kind, name=deck.name, operator="", now=0, columns=deck.columns
    )
    return versions.made(head, deck.entries, config)


def margins_between(sold: Tariff, cost: Tariff, config: Config, at: int) -> jobs.CheckedMargins:
    """Compare what is sold with what a carrier asks at an instant."""
    guard = config.margin_guard_bp // _PERMILLE_BP
    report = check_margins(sold, cost, at=at, guard_permille=guard)
    return jobs.CheckedMargins(sold.name, cost.name, report)
