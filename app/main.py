"""The composition root: shows the window, puts the shop together behind it, and leaves in order.

What the first picture does not need is imported after it: the board is painted from the
settings alone, every booth *unknown*, while a thread opens the database and the desk.
"""

from __future__ import annotations

import importlib.resources
import logging
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from app import choices, logs, sentences
from app.clock import SystemClock
from app.config import Config, ConfigError, ExchangeConfig, load
from app.domain.receipts import Tender
from app.errors import CodedError
from app.first_views import first_board, first_status
from app.messages import commands as cmd
from app.messages.views import CommandDone, QuitReport, View
from app.passwords import read_password
from app.stop_signals import StopSignals

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.assembly import OpenShop, PasswordOf
    from app.messages.views import PaymentDone, SessionView
    from app.preview import Reasons
    from ui.counter import Preview
    from ui.ui_settings import UiSettings

log = logging.getLogger(__name__)

LOCK_S = 4.0
"""How long leaving waits for the exchange to confirm the last locks."""

EXIT_UNCONFIRMED = 3
"""Exit status after leaving with booths whose lock the exchange has not confirmed."""

Opener = Callable[[ExitStack, Callable[[View], None]], "OpenShop"]
"""Starts the shop on a stack; runs in a thread of its own."""


def run_shop(folder: Path) -> int:
    """Open the counter on the shop in this folder."""
    with StopSignals() as signals:
        try:
            config = load(folder)
        except ConfigError as error:
            if error.code == "no_file":
                return _first_start(folder, signals)
            return _wrong_settings(folder, error, signals)
        config = choices.applied(config, folder)

        def opener(stack: ExitStack, publish: Callable[[View], None]) -> OpenShop:
            from app.assembly import open_shop  # noqa: PLC0415 - after the first picture

            password_of = _stored_password(folder, config)
            return open_shop(stack, folder, config, publish=publish, password_of=password_of)

        return _counter(folder, config, opener, signals)


def _wrong_settings(folder: Path, error: ConfigError, signals: StopSignals) -> int:
    signals.is_held = True
    sys.stderr.write(sentences.of_config(error) + "\n")
    if isinstance(error.__cause__, NotADirectoryError):
        found = sentences.folder_not_writable(folder, error.__cause__)
    else:
        found = CodedError("config", where=error.where, reason=error.code, value=error.value)
    _create_plain_application(folder)
    return _say_why(found, signals)


def _create_plain_application(folder: Path) -> None:
    """Make the application where no settings say how it looks."""
    from ui.application import create_application  # noqa: PLC0415 - see app.commandline

    create_application(sys.argv[:1], language=sentences.language(), theme="light", data_dir=folder)


def _stored_password(folder: Path, config: Config) -> PasswordOf:
    def password_of(exchange: ExchangeConfig) -> str:
        # Without one the exchange refuses the login, and the chip says so.
        return read_password(folder, config.shop_id, exchange.name) or ""

    return password_of


def _first_start(folder: Path, signals: StopSignals) -> int:
    """Write the explained settings file and show what to do with it."""
    from ui.first_start import FirstStart  # noqa: PLC0415 - on the first start only

    signals.is_held = True
    _create_plain_application(folder)
    target = folder / "shop.toml.example"
    source = importlib.resources.files("resources") / "shop.toml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target.write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    except OSError as error:
        return _say_why(sentences.folder_not_writable(folder, error), signals)
    window = FirstStart(target)
    status = _run(window, window.close, signals)
    return run_demo() if window.wants_practice else status


def run_demo(*, speed: float = 1.0, seed: int | None = None, folder: Path | None = None) -> int:
    """Open the counter on the practice shop; without a folder nothing of it is kept."""
    from app.practice_shop import free_port, practice_config  # noqa: PLC0415 - in the demo only
    from printing.practice_printer import PracticePrinter  # noqa: PLC0415 - see above

    with ExitStack() as stack:
        signals = stack.enter_context(StopSignals())
        if folder is None:
            folder = Path(tempfile.mkdtemp(prefix="callshop-practice-"))
            stack.callback(shutil.rmtree, folder, ignore_errors=True)
        shop_folder = folder
        # Outlives the shop: what is in the spooler's hands at the end still gets its paper.
        printer = PracticePrinter(folder / "papers")
        stack.callback(printer.stop)
        printer.start()
        plain = practice_config(free_port(), printer.port, language=sentences.language())
        config = choices.applied(plain, folder)

        def opener(inner: ExitStack, publish: Callable[[View], None]) -> OpenShop:
            from app.practice_opening import open_practice  # noqa: PLC0415 - see above

            chance = seed if seed is not None else time.time_ns()
            return open_practice(
                inner, shop_folder, config, publish=publish, speed=speed, seed=chance
            )

        return _counter(folder, config, opener, signals)


# ---- the window -----------------------------------------------------------------------------


def _counter(folder: Path, config: Config, opener: Opener, signals: StopSignals) -> int:
    """Show the window, open the shop behind it and run until the operator or a signal ends it."""
    from ui.application import create_application  # noqa: PLC0415 - see app.commandline
    from ui.bridge import Bridge  # noqa: PLC0415
    from ui.main_window import MainWindow  # noqa: PLC0415
    from ui.opening import Opening  # noqa: PLC0415

    signals.is_held = True
    with ExitStack() as stack:
        create_application(
            sys.argv[:1], language=config.language, theme=config.theme, data_dir=folder
        )
        try:
            _prepare(folder, stack)
        except OSError as error:
            return _say_why(sentences.folder_not_writable(folder, error), signals)
        answers = Answers()

        def open_it() -> OpenShop:
            opened = opener(stack, publish)
            log.info("shop opened folder=%s", folder)
            return opened

        opening = Opening(open_it)
        bridge = Bridge(
            lambda command: opening.result is not None and opening.result.desk.post(command)
        )

        def publish(view: View) -> None:
            answers.take(view)
            bridge.publish(view)

        window = MainWindow(
            bridge,
            _ui_settings(folder, config),
            preview=_preview(config),
            open_worker=lambda news: (
                opening.result.tariffs.open(news) if opening.result is not None else None
            ),
        )
        bridge.publish(first_board(config, SystemClock().now_us()))
        bridge.publish(first_status(config))
        opening.failed.connect(window.agree_to_close)
        opening.start_after(window)
        status = _run(window, window.agree_to_close, signals)
        opening.join()
        bridge.close()
        if opening.error is not None:
            return _say_why(opening.error, signals)
        left = _leave(opening.result, answers) if opening.result is not None else ()
        return _left_open(left) if left else status


def _prepare(folder: Path, stack: ExitStack) -> None:
    """Start the log, and see that the folder takes what a shop writes. Raises `OSError`."""
    handler = logs.set_up(folder / "logs")
    stack.callback(handler.close)
    with tempfile.TemporaryFile(dir=folder):
        pass


def _run(window: QWidget, close: Callable[[], object], signals: StopSignals) -> int:
    """Run the window until it is closed or a signal closes it; returns the exit status."""
    from app.signal_watch import SignalWatch  # noqa: PLC0415 - needs Qt
    from ui.application import run  # noqa: PLC0415 - see app.commandline

    with SignalWatch(signals, close):
        status = run(window)
    return signals.exit_status or status


def _left_open(booths: tuple[int, ...]) -> int:
    sys.stderr.write(sentences.of_booths_left(booths) + "\n")
    return EXIT_UNCONFIRMED


def _ui_settings(folder: Path, config: Config) -> UiSettings:
    from ui.ui_settings import UiSettings  # noqa: PLC0415 - see app.commandline

    return UiSettings(
        currency=config.currency,
        zone=config.zone,
        language=config.language,
        theme=config.theme,
        receipts=config.receipts,
        quote_amount=choices.quote_amount(folder),
        booth_tariffs=tuple(dict.fromkeys(booth.tariff for booth in config.booths if booth.tariff)),
        margin_guard_bp=config.margin_guard_bp,
        tax_rate_bp=config.tax_rate_bp,
        save=lambda name, value: choices.save(folder, name, value),
    )


def _preview(config: Config) -> Preview:
    def write(
        session: SessionView,
        done: PaymentDone | None = None,
        tender: Tender = Tender.CASH,
        reasons: Reasons | None = None,
    ) -> str:
        from app.preview import preview  # noqa: PLC0415 - with the first checkout

        return preview(config, session, SystemClock().now_us(), done, tender, reasons)

    return write


def _say_why(error: BaseException, signals: StopSignals) -> int:
    """Show why the shop could not be opened; nothing was changed."""
    from ui.start_failed import StartFailed  # noqa: PLC0415

    log.error("start failed", exc_info=error)
    code, params = ("internal", {"detail": type(error).__name__})
    if isinstance(error, CodedError):
        code, params = error.code, {name: str(value) for name, value in error.params.items()}
    window = StartFailed(code, params)
    return _run(window, window.close, signals) or 1


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
    from app.pbx.ami_settings import AmiSettings  # noqa: PLC0415 - for this command only
    from app.pbx.trace_recorder import record  # noqa: PLC0415

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
