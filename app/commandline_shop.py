"""What the commands about tariffs share: the shop's database, its lock, and files as decks."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app import sentences
from app.errors import CodedError
from app.sentences import gettext as _
from app.terminal import factor_of, folder_of, shop_of

if TYPE_CHECKING:
    from app.config import Config
    from app.decks.deck import Deck
    from app.domain.tariff import Tariff
    from app.domain.tariff_kinds import Kind
    from app.tariffs.acts import Acts


def now_us() -> int:
    """Return the time, microseconds UTC."""
    from app.clock import SystemClock  # noqa: PLC0415

    return SystemClock().now_us()


def add_reading(parser: argparse.ArgumentParser) -> None:
    """Add how a file is to be read."""
    parser.add_argument("--template", default="", help=_("how the file is to be read"))
    parser.add_argument(
        "--exchange-rate", default="1", help=_("one unit of the file in the shop's")
    )


@contextmanager
def acts_of(options: argparse.Namespace) -> Iterator[tuple[Path, Config, Acts]]:
    """Open the shop's tariffs for reading; nothing is written but a schema brought up to date.

    Raises `ConfigError`, `Unavailable` and `CodedError` `database_failed`.
    """
    folder, config = shop_of(options)
    with database_errors():
        _bring_up_to_date(folder)
        acts = acts_in(folder, config)
        try:
            yield folder, config, acts
        finally:
            acts.close()


def acts_in(folder: Path, config: Config) -> Acts:
    """Return the acts of the shop in this folder."""
    from app.clock import SystemClock  # noqa: PLC0415
    from app.tariffs.acts import Acts  # noqa: PLC0415

    return Acts(folder, config, SystemClock())


@contextmanager
def database_errors() -> Iterator[None]:
    """Say a failure of the database as `database_failed`."""
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415

    try:
        yield
    except DBAPIError as error:
        raise CodedError("database_failed", detail=str(error.orig)) from error


def _bring_up_to_date(folder: Path) -> None:
    """Let a shop of an older release be read; a shop without a database stays without."""
    from app.store.db import DATABASE_FILE, LATEST, reader_engine, revision  # noqa: PLC0415

    if not (folder / DATABASE_FILE).exists():
        return
    engine = reader_engine(folder / DATABASE_FILE)
    try:
        is_latest = revision(engine) == LATEST
    finally:
        engine.dispose()
    if not is_latest:
        with locked(folder):
            pass


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder with its database ready; refuse while a counter is open on it."""
    from app.store.db import folder_lock, open_writer  # noqa: PLC0415

    with ExitStack() as stack:
        try:
            stack.enter_context(folder_lock(folder))
        except OSError as error:
            raise sentences.folder_not_writable(folder, error) from error
        open_writer(folder).dispose()
        yield


def deck_at(options: argparse.Namespace, config: Config, path: str) -> Deck:
    """Read a file as the options say. Raises `CodedError` `deck_refused`, and `DeckError`."""
    from app.decks.deck import DeckError  # noqa: PLC0415
    from app.decks.read import read_deck  # noqa: PLC0415
    from app.decks.templates import template_named  # noqa: PLC0415

    template = template_named(folder_of(options), options.template) if options.template else None
    try:
        return read_deck(Path(path), template=template, zone=config.zone)
    except DeckError as error:
        params = dict(error.params)
        cause = IsADirectoryError() if Path(path).is_dir() else error.__cause__
        if isinstance(cause, OSError):
            params["detail"] = sentences.of_os_error(cause)
        elif error.code == "unreadable":
            params["detail"] = params.get("detail") or _("it is no ordinary file")
        reason = sentences.of_error(error.code, params)
        raise CodedError("deck_refused", file=path, reason=reason) from error


def tariff_at(
    options: argparse.Namespace, config: Config, path: str, kind: Kind | None = None
) -> Tariff:
    """Return a file as a tariff; what is left out is named on standard error.

    Raises `CodedError`, `TariffError`.
    """
    from app.commandline_deck import tell_left_out  # noqa: PLC0415
    from app.domain.tariff_kinds import Kind  # noqa: PLC0415
    from app.tariffs.deck_margins import tariff_of  # noqa: PLC0415

    deck = deck_at(options, config, path)
    tell_left_out(deck)
    exchange = factor_of(options.exchange_rate, "--exchange-rate")
    return tariff_of(deck, config, kind=kind or Kind.SELL, exchange_ppm=exchange)


def write_out(text: str, path: str) -> None:
    """Write a text into a file, or to standard output where none is named."""
    from app.tariffs.files import write_text  # noqa: PLC0415

    if path:
        write_text(Path(path), text)
    else:
        sys.stdout.write(text)
