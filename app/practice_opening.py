"""Opens the practice shop: its exchange, its customers, and a real shop around them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from app.assembly import OpenShop, open_shop
from app.config import Config
from app.domain.tariff_kinds import Kind
from app.messages.views import View
from app.opening_prices import FirstTariff
from app.pbx.practice import PracticeExchange
from app.pbx.practice_actions import Account
from app.pbx.practice_customers import PracticeCustomers
from app.practice_shop import PASSWORD, USERNAME
from app.sample_tariff import sample_costs, sample_entries


def open_practice(
    stack: ExitStack,
    folder: Path,
    config: Config,
    *,
    publish: Callable[[View], None],
    speed: float,
    seed: int,
) -> OpenShop:
    """Start everything; `stack` stops it. Raises what `open_shop` raises."""
    entries = sample_entries(config)
    exchange = PracticeExchange(Account(USERNAME, PASSWORD), port=config.exchanges[0].port)
    exchange.start()
    stack.callback(exchange.stop)
    opened = open_shop(
        stack,
        folder,
        config,
        publish=publish,
        password_of=lambda _exchange: PASSWORD,
        first=(
            FirstTariff(entries),
            FirstTariff(sample_costs(entries), "carrier.csv", "carrier", Kind.COST),
        ),
    )
    extensions = [booth.extension for booth in config.booths]
    PracticeCustomers(exchange, extensions, seed=seed, speed=speed).start()
    return opened
