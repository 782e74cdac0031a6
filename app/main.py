"""The composition root: the only module that imports everything; start and stop order.

Everything that has a thread is made here and put on one `ExitStack`. Stop order: the
window first, then the links, the printer and the meters finish what they hold, the
desk writes down what came in, and the database is closed last.
"""

from __future__ import annotations

import logging
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from app import choices, logs
from app.clock import Clock, SystemClock
from app.config import Config, ConfigError, ExchangeConfig, load
from app.desk.loop import Desk, Peers
from app.desk.work import Shop
from app.domain.tariff import Rate, Tariff
from app.errors import CodedError
from app.messages import commands as cmd
from app.messages.views import CommandDone, QuitReport, View
from app.passwords import read_password
from app.pbx.ami import AmiLink, AmiSettings
from app.practice_shop import PASSWORD, USERNAME, practice_config
from app.ports import BoothMeter, PbxLink, ReceiptPrinter
from app.store import tariffs
from app.store.db import folder_lock, open_writer

log = logging.getLogger(__name__)

SWITCH_S = 0.001
"""Python's pause before another thread's turn: its 5 ms would show while the window paints."""

STOP_S = 5.0
"""Each thread's time to end; a printer may need it for the paper in its hands."""

LOCK_S = 4.0
"""How long leaving waits for the exchange to confirm the last locks."""

PasswordOf = Callable[[ExchangeConfig], str]


@dataclass
class OpenShop:
    """A running shop without its window."""

    desk: Desk
    config: Config
    shop: Shop
    late: list[str] = field(default_factory=list)


def open_shop(
    stack: ExitStack,
    folder: Path,
    config: Config,
    *,
    publish: Callable[[View], None],
    password_of: PasswordOf,
    clock: Clock | None = None,
) -> OpenShop:
    """Start the shop in this folder; `stack` closes it in the right order.

    Raises `Unavailable` (`folder_in_use`, `database_damaged`, `database_newer`).
    """
    clock = clock or SystemClock()
    sys.setswitchinterval(SWITCH_S)
    stack.enter_context(folder_lock(folder))
    engine = open_writer(folder)
    stack.callback(engine.dispose)
    with engine.begin() as db:
        tariff = _tariff(config, tariffs.active(db, config.shop_id))
    printer = _printer(config)
    meters = _meters(config)
    links = {exchange.name: _link(config, exchange, password_of) for exchange in config.exchanges}
    shop = Shop(config, tariff, clock, has_printer=bool(config.printer.host))
    desk = Desk(engine, shop, Peers(publish, dict(links), printer, dict(meters)))
    opened = OpenShop(desk, config, shop)
    printer.start(desk.post_news)
    for meter in meters.values():
        meter.start(desk.post_news)
    desk.start()
    stack.callback(_stop, opened, "desk", desk.stop)
    for number, meter in meters.items():
        stack.callback(_stop, opened, f"meter {number}", meter.stop)
    stack.callback(_stop, opened, "printer", printer.stop)
    for link in links.values():
        link.start(desk.post_news)
        stack.callback(_stop, opened, f"link {link.name}", link.stop)
    return opened


def _stop(opened: OpenShop, what: str, stop: Callable[[float], bool]) -> None:
    if not stop(STOP_S):
        opened.late.append(what)
        log.error("thread did not end what=%s seconds=%s", what, STOP_S)


def _tariff(config: Config, active: tuple[int, str, tuple[Rate, ...]] | None) -> Tariff:
    version, name, rates = active if active is not None else (0, "", ())
    return Tariff(
        name,
        rates,
        currency=config.currency,
        version=version,
        rounding=config.call_rounding,
        bill_step=config.bill_step,
        bill_rounding=config.bill_rounding,
        seconds_rule=config.seconds_rule,
    )


def _link(config: Config, exchange: ExchangeConfig, password_of: PasswordOf) -> PbxLink:
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
        )
    )


def _printer(config: Config) -> ReceiptPrinter:
    from printing.spooler import PrinterSettings, Spooler  # noqa: PLC0415 - see below

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


# ---- the window -----------------------------------------------------------------------------


def run_shop(folder: Path) -> int:
    """Open the counter on the shop in this folder."""
    try:
        config = load(folder)
    except ConfigError as error:
        if error.code != "no_file":
            raise CodedError(
                "config", where=error.where, reason=error.code, value=error.value
            ) from error
        return _first_start(folder)
    return _counter(folder, choices.applied(config, folder), _stored_password(folder, config))


def _stored_password(folder: Path, config: Config) -> PasswordOf:
    def password_of(exchange: ExchangeConfig) -> str:
        # Without one the exchange refuses the login, and the chip says so.
        return read_password(folder, config.shop_id, exchange.name) or ""

    return password_of


def _first_start(folder: Path) -> int:
    """Write the explained settings file and show what to do with it."""
    import importlib.resources  # noqa: PLC0415 - on the first start only

    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "shop.toml.example"
    source = importlib.resources.files("resources") / "shop.toml"
    target.write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    from app.commandline import language  # noqa: PLC0415
    from ui.application import create_application, run  # noqa: PLC0415
    from ui.first_start import FirstStart  # noqa: PLC0415

    create_application(sys.argv[:1], language=language(), theme="light", data_dir=folder)
    window = FirstStart(target)
    status = run(window)
    return run_demo() if window.wants_practice else status


def run_demo(*, speed: float = 1.0, seed: int | None = None, folder: Path | None = None) -> int:
    """Open the counter on the practice shop; without a folder nothing of it is kept."""
    from app.pbx.practice import PracticeExchange  # noqa: PLC0415 - in the demo only
    from app.pbx.practice_actions import Account  # noqa: PLC0415
    from app.pbx.practice_customers import PracticeCustomers  # noqa: PLC0415
    from app.tariff_import import sample_rates  # noqa: PLC0415

    with ExitStack() as stack:
        if folder is None:
            folder = Path(tempfile.mkdtemp(prefix="callshop-practice-"))
            stack.callback(shutil.rmtree, folder, ignore_errors=True)
        exchange = PracticeExchange(Account(USERNAME, PASSWORD))
        exchange.start()
        stack.callback(exchange.stop)
        config = practice_config(exchange.port)
        fill_practice(folder, config, sample_rates(config))
        extensions = [booth.extension for booth in config.booths]
        chance = seed if seed is not None else time.time_ns()
        PracticeCustomers(exchange, extensions, seed=chance, speed=speed).start()
        return _counter(folder, choices.applied(config, folder), lambda _exchange: PASSWORD)


def fill_practice(folder: Path, config: Config, rates: tuple[Rate, ...]) -> None:
    """Give the practice shop its tariff, once."""
    with folder_lock(folder):
        engine = open_writer(folder)
        try:
            with engine.begin() as db:
                if tariffs.active_version(db, config.shop_id) is None:
                    tariffs.add_version(
                        db,
                        config.shop_id,
                        name="sample.csv",
                        currency=config.currency.code,
                        rates=rates,
                        now=SystemClock().now_us(),
                    )
        finally:
            engine.dispose()


def _counter(folder: Path, config: Config, password_of: PasswordOf) -> int:
    """Open the shop with its window and run until the operator leaves."""
    from app.preview import preview  # noqa: PLC0415 - see app.commandline
    from ui.application import create_application, run  # noqa: PLC0415
    from ui.bridge import Bridge  # noqa: PLC0415
    from ui.main_window import MainWindow  # noqa: PLC0415
    from ui.ui_settings import UiSettings  # noqa: PLC0415

    clock = SystemClock()
    with ExitStack() as stack:
        handler = logs.set_up(folder / "logs")
        stack.callback(handler.close)
        create_application(
            sys.argv[:1], language=config.language, theme=config.theme, data_dir=folder
        )
        posting: list[Callable[[cmd.Command], bool]] = []
        answers = Answers()
        bridge = Bridge(lambda command: posting[0](command) if posting else False)

        def publish(view: View) -> None:
            answers.take(view)
            bridge.publish(view)

        settings = UiSettings(
            currency=config.currency,
            zone=config.zone,
            language=config.language,
            theme=config.theme,
            receipts=config.receipts,
            save=lambda name, value: choices.save(folder, name, value),
        )
        window = MainWindow(
            bridge,
            settings,
            preview=lambda session: preview(config, session, 0, clock.now_us()),
        )
        opened = open_shop(stack, folder, config, publish=publish, password_of=password_of)
        posting.append(opened.desk.post)
        status = run(window)
        bridge.close()
        _leave(opened, answers)
        return status


class Answers:
    """Keeps the newest answer to the commands of `_leave`; written on the desk's thread."""

    def __init__(self) -> None:
        self.newest: dict[str, object] = {}
        self.wanted: set[str] = set()

    def take(self, view: View) -> None:
        """Keep the answer to a command that somebody here waits for."""
        if isinstance(view, CommandDone) and view.command_id in self.wanted:
            self.newest[view.command_id] = view.result


def _leave(opened: OpenShop, answers: Answers) -> tuple[int, ...]:
    """Wait until every booth without a live session is locked and confirmed, or name the others."""
    report: QuitReport | None = None
    end = time.monotonic() + LOCK_S
    while time.monotonic() < end:
        asked = _ask_quit(opened, answers)
        if asked is None:
            break
        report = asked
        if not report.unconfirmed_booths:
            return ()
        time.sleep(0.1)
    left = report.unconfirmed_booths if report is not None else ()
    if left:
        log.warning("left with locks unconfirmed booths=%s", left)
    return left


def _ask_quit(opened: OpenShop, answers: Answers) -> QuitReport | None:
    config = opened.config
    command = cmd.PrepareQuit(command_id=uuid4().hex, operator=config.operator, till=config.till)
    answers.wanted.add(command.command_id)
    if not opened.desk.post(command):
        return None
    end = time.monotonic() + 1.0
    while time.monotonic() < end:
        result = answers.newest.pop(command.command_id, None)
        if isinstance(result, QuitReport):
            return result
        time.sleep(0.01)
    return None


def record_trace(folder: Path, path: Path, exchange_name: str, seconds: float | None) -> int:
    """Record an exchange's stream into a file; returns how many packets were written."""
    from app.pbx.trace_recorder import record  # noqa: PLC0415 - for this command only

    config = load(folder)
    for exchange in config.exchanges:
        if exchange.name == exchange_name:
            break
    else:
        raise CodedError("exchange_unknown", exchange=exchange_name)
    password = read_password(folder, config.shop_id, exchange.name)
    if password is None:
        raise CodedError("no_password", exchange=exchange.name)
    settings = AmiSettings(
        exchange.name,
        exchange.host,
        exchange.port,
        exchange.username,
        password,
        {booth.endpoint or booth.extension: booth.extension for booth in config.booths},
        exchange.technologies,
    )
    return record(settings, path, seconds)
