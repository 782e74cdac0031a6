"""Puts a shop together: database, desk, links, printer, meters; and takes it apart in order.

Heavy to import, so the window is shown first. Everything that has a thread is put on
one `ExitStack`. Stop order: links first, then meters and printer finish what they hold,
the desk writes down what came in, and the database is closed last.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from app.clock import Clock, SystemClock
from app.config import Config, ExchangeConfig
from app.desk.loop import Desk
from app.desk.peers import Peers
from app.desk.work import Shop
from app.domain.phone import plan_for
from app.errors import CodedError
from app.messages.views import View
from app.opening_prices import FirstTariff, ensure_tariff, open_pricing
from app.pbx.ami import AmiLink, AmiSettings
from app.ports import BoothMeter, PbxLink
from app.store.db import folder_lock, open_writer
from printing.spooler import PrinterSettings, Spooler

if TYPE_CHECKING:
    from app.tariffs.jobs import JobNews
    from app.tariffs.worker import TariffWorker

log = logging.getLogger(__name__)

SWITCH_S = 0.001
"""Python's pause before another thread's turn: its 5 ms would show while the window paints."""

STOP_S = 5.0
"""Each thread's time to end; a printer may need it for the paper in its hands."""

PasswordOf = Callable[[ExchangeConfig], str]


class TariffBench:
    """Makes the shop's tariff worker when the owner first opens his window: most days nobody does.

    `open` and `stop` are called by the main thread.
    """

    def __init__(self, folder: Path, config: Config, clock: Clock) -> None:
        """Nothing is loaded and no thread is started yet."""
        self._folder, self._config, self._clock = folder, config, clock
        self._worker: TariffWorker | None = None

    def open(self, publish: Callable[[JobNews], None]) -> TariffWorker:
        """Start the worker; it tells `publish`, in its own thread. Once in the shop's life."""
        from app.tariffs.worker import TariffWorker  # noqa: PLC0415 - files, spreadsheets, mark-ups

        assert self._worker is None, "one window asks, and keeps its worker"
        self._worker = TariffWorker(self._folder, self._config, self._clock, publish)
        self._worker.start()
        return self._worker

    def stop(self, deadline_s: float) -> bool:
        """End the worker, if there is one; True when it ended in time."""
        return self._worker is None or self._worker.stop(deadline_s)


@dataclass
class OpenShop:
    """A running shop without its window."""

    desk: Desk
    config: Config
    shop: Shop
    tariffs: TariffBench
    late: list[str] = field(default_factory=list)


def open_shop(  # noqa: PLR0913 - what a shop is put together from
    stack: ExitStack,
    folder: Path,
    config: Config,
    *,
    publish: Callable[[View], None],
    password_of: PasswordOf,
    first: tuple[FirstTariff, ...] = (),
    clock: Clock | None = None,
) -> OpenShop:
    """Start the shop in this folder; `stack` closes it in the right order.

    `first` are given to a shop that has no tariffs of these keys. Raises `Unavailable`:
    `folder_in_use`, `database_damaged`, `database_newer`.
    """
    clock = clock or SystemClock()
    sys.setswitchinterval(SWITCH_S)
    stack.enter_context(folder_lock(folder))
    engine = open_writer(folder)
    stack.callback(engine.dispose)
    for tariff in first:
        ensure_tariff(engine, config, tariff, clock.now_us())
    with engine.begin() as db:
        pricing = open_pricing(db, folder, config, clock.now_us())
    printer = _printer(config)
    meters = _meters(config)
    links = {
        exchange.name: _link(config, exchange, password_of, clock) for exchange in config.exchanges
    }
    _check_numbering(config)
    shop = Shop(config, pricing, clock, has_printer=bool(config.printer.host))
    desk = Desk(engine, shop, Peers(publish, dict(links), printer, dict(meters)))
    opened = OpenShop(desk, config, shop, TariffBench(folder, config, clock))
    desk.start()
    stack.callback(_stop, opened, "desk", desk.stop)
    stack.callback(_stop, opened, "tariffs", opened.tariffs.stop)
    printer.start(desk.post_news)
    stack.callback(_stop, opened, "printer", printer.stop)
    for number, meter in meters.items():
        meter.start(desk.post_news)
        stack.callback(_stop, opened, f"meter {number}", meter.stop)
    for link in links.values():
        link.start(desk.post_news)
        stack.callback(_stop, opened, f"link {link.name}", link.stop)
    return opened


def _check_numbering(config: Config) -> None:
    """Refuse a country or access digits that would make every call unintelligible."""
    try:
        plan_for(config.country, access_digits=config.access_digits)
    except ValueError as error:
        raise CodedError(
            "config",
            where="shop.country, shop.access_digits",
            reason="unknown_country",
            value=f"{config.country} {config.access_digits}".strip(),
        ) from error


def _stop(opened: OpenShop, what: str, stop: Callable[[float], bool]) -> None:
    if not stop(STOP_S):
        opened.late.append(what)
        log.error("thread did not end what=%s seconds=%s", what, STOP_S)


def _link(
    config: Config, exchange: ExchangeConfig, password_of: PasswordOf, clock: Clock
) -> PbxLink:
    endpoints = {
        booth.endpoint or booth.extension: booth.extension
        for booth in config.booths
        if booth.exchange == exchange.name
    }
    return AmiLink(
        AmiSettings(
            exchange.name,
            exchange.host,
            exchange.port,
            exchange.username,
            password_of(exchange),
            endpoints,
            exchange.technologies,
        ),
        clock,
    )


def _printer(config: Config) -> Spooler:
    printer = config.printer
    if not printer.host:
        return Spooler(None)
    return Spooler(PrinterSettings(printer.host, printer.port, printer.columns))


def _meters(config: Config) -> dict[int, BoothMeter]:
    if not any(booth.meter for booth in config.booths):
        return {}
    # Serial lines and their texts take a while to load; most shops have none.
    from hardware.booth_meter import MeterSettings, SerialBoothMeter  # noqa: PLC0415

    return {
        booth.number: SerialBoothMeter(MeterSettings(booth.meter), booth.number)
        for booth in config.booths
        if booth.meter
    }
