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

from app import choices, logs
from app.clock import SystemClock
from app.config import Config, ConfigError, ExchangeConfig, load
from app.errors import CodedError
from app.first_views import first_board, first_status
from app.messages import commands as cmd
from app.messages.views import CommandDone, QuitReport, View
from app.passwords import read_password

if TYPE_CHECKING:
    from app.assembly import OpenShop, PasswordOf
    from app.messages.views import SessionView
    from ui.counter import Preview
    from ui.ui_settings import UiSettings

log = logging.getLogger(__name__)

LOCK_S = 4.0
"""How long leaving waits for the exchange to confirm the last locks."""

Opener = Callable[[ExitStack, Callable[[View], None]], "OpenShop"]
"""Starts the shop on a stack; runs in a thread of its own."""


def run_shop(folder: Path) -> int:
    """Open the counter on the shop in this folder."""
    try:
        config = load(folder)
    except ConfigError as error:
        if error.code == "no_file":
            return _first_start(folder)
        raise CodedError(
            "config", where=error.where, reason=error.code, value=error.value
        ) from error
    config = choices.applied(config, folder)

    def opener(stack: ExitStack, publish: Callable[[View], None]) -> OpenShop:
        from app.assembly import open_shop  # noqa: PLC0415 - after the first picture

        password_of = _stored_password(folder, config)
        return open_shop(stack, folder, config, publish=publish, password_of=password_of)

    return _counter(folder, config, opener)


def _stored_password(folder: Path, config: Config) -> PasswordOf:
    def password_of(exchange: ExchangeConfig) -> str:
        # Without one the exchange refuses the login, and the chip says so.
        return read_password(folder, config.shop_id, exchange.name) or ""

    return password_of


def _first_start(folder: Path) -> int:
    """Write the explained settings file and show what to do with it."""
    from app.commandline import language  # noqa: PLC0415 - on the first start only
    from ui.application import create_application, run  # noqa: PLC0415
    from ui.first_start import FirstStart  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "shop.toml.example"
    source = importlib.resources.files("resources") / "shop.toml"
    target.write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    create_application(sys.argv[:1], language=language(), theme="light", data_dir=folder)
    window = FirstStart(target)
    status = run(window)
    return run_demo() if window.wants_practice else status


def run_demo(*, speed: float = 1.0, seed: int | None = None, folder: Path | None = None) -> int:
    """Open the counter on the practice shop; without a folder nothing of it is kept."""
    from app.practice_shop import free_port, practice_config  # noqa: PLC0415 - in the demo only

    with ExitStack() as stack:
        if folder is None:
            folder = Path(tempfile.mkdtemp(prefix="callshop-practice-"))
            stack.callback(shutil.rmtree, folder, ignore_errors=True)
        shop_folder = folder
        config = choices.applied(practice_config(free_port()), folder)

        def opener(inner: ExitStack, publish: Callable[[View], None]) -> OpenShop:
            from app.practice_opening import open_practice  # noqa: PLC0415 - see above

            chance = seed if seed is not None else time.time_ns()
            return open_practice(
                inner, shop_folder, config, publish=publish, speed=speed, seed=chance
            )

        return _counter(folder, config, opener)


# ---- the window -----------------------------------------------------------------------------


def _counter(folder: Path, config: Config, opener: Opener) -> int:
    """Show the window, open the shop behind it and run until the operator leaves."""
    from ui.application import create_application, run  # noqa: PLC0415 - see app.commandline
    from ui.bridge import Bridge  # noqa: PLC0415
    from ui.main_window import MainWindow  # noqa: PLC0415
    from ui.opening import Opening  # noqa: PLC0415

    with ExitStack() as stack:
        handler = logs.set_up(folder / "logs")
        stack.callback(handler.close)
        create_application(
            sys.argv[:1], language=config.language, theme=config.theme, data_dir=folder
        )
        answers = Answers()
        opening: Opening[OpenShop] = Opening(lambda: opener(stack, publish))
        bridge = Bridge(
            lambda command: opening.result is not None and opening.result.desk.post(command)
        )

        def publish(view: View) -> None:
            answers.take(view)
            bridge.publish(view)

        window = MainWindow(bridge, _ui_settings(folder, config), preview=_preview(config))
        now = SystemClock().now_us()
        bridge.publish(first_board(config, now))
        bridge.publish(first_status(config))
        opening.failed.connect(window.agree_to_close)
        opening.start_after(window)
        status = run(window)
        opening.join()
        bridge.close()
        if opening.error is not None:
            return _say_why(opening.error)
        if opening.result is not None:
            _leave(opening.result, answers)
        return status


def _ui_settings(folder: Path, config: Config) -> UiSettings:
    from ui.ui_settings import UiSettings  # noqa: PLC0415 - see app.commandline

    return UiSettings(
        currency=config.currency,
        zone=config.zone,
        language=config.language,
        theme=config.theme,
        receipts=config.receipts,
        save=lambda name, value: choices.save(folder, name, value),
    )


def _preview(config: Config) -> Preview:
    def write(session: SessionView) -> str:
        from app.preview import preview  # noqa: PLC0415 - with the first checkout

        return preview(config, session, SystemClock().now_us())

    return write


def _say_why(error: BaseException) -> int:
    """Show why the shop could not be opened; nothing was changed."""
    from ui.application import run  # noqa: PLC0415 - when it happens only
    from ui.start_failed import StartFailed  # noqa: PLC0415

    log.error("start failed", exc_info=error)
    code, params = ("internal", {"detail": type(error).__name__})
    if isinstance(error, CodedError):
        code, params = error.code, {name: str(value) for name, value in error.params.items()}
    run(StartFailed(code, params))
    return 1


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
