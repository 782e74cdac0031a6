"""The margins between two files, without a shop."""

from __future__ import annotations

from app.config import Config
from app.decks.deck import Deck
from app.domain.margins import check_margins
from app.domain.money import MICRO
from app.domain.tariff import Tariff
from app.tariffs import jobs, versions
from app.tariffs.proposal import in_currency

_PERMILLE_BP = 10


def margins_between(sold: Deck, cost: Deck, config: Config, at: int) -> jobs.CheckedMargins:
    """Compare two files. Raises `TariffError`, and `UserError` `deck_currency`."""
    decks = [in_currency(deck, MICRO, config.currency.code) for deck in (sold, cost)]
    rules = (config.rules, versions.cost_rules(config.rules))
    sell, buy = (
        Tariff(deck.name, deck.entries, currency=config.currency, rules=rule)
        for deck, rule in zip(decks, rules, strict=True)
    )
    guard = config.margin_guard_bp // _PERMILLE_BP
    report = check_margins(sell, buy, at=at, guard_permille=guard)
    return jobs.CheckedMargins(sold.name, cost.name, report)
