"""What the commands of the command line share: speaking, the shop's folder, dates and amounts."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from app.config import Config, ConfigError, load
from app.domain.money import MICRO, MoneyError, Price, parse_price
from app.errors import CodedError
from app.sentences import gettext as _

EXIT_OK = 0
EXIT_FAILED = 1


def say(text: str) -> None:
    """Write a line to standard output."""
    sys.stdout.write(text + "\n")


def complain(text: str) -> None:
    """Write a line to standard error."""
    sys.stderr.write(text + "\n")


def say_json(body: object) -> None:
    """Write a body as JSON."""
    say(json.dumps(body, ensure_ascii=False, indent=2))


def default_folder() -> Path:
    """Return the folder of the user's own shop."""
    from platformdirs import user_data_path  # noqa: PLC0415 - only where it is asked

    return user_data_path("callshop", appauthor=False)


def folder_of(options: argparse.Namespace) -> Path:
    """Return the shop's folder."""
    return Path(options.data) if options.data else default_folder()


def shop_of(options: argparse.Namespace) -> tuple[Path, Config]:
    """Return the folder and the settings of the shop. Raises `ConfigError`."""
    folder = folder_of(options)
    return folder, load(folder)


def config_of(options: argparse.Namespace) -> Config:
    """Return the settings of the shop, those of a new one where there is no shop."""
    try:
        return load(folder_of(options))
    except ConfigError as error:
        if error.code == "no_file":
            return Config()
        raise


def data_option() -> argparse.ArgumentParser:
    """Return the option that may also stand behind the command."""
    option = argparse.ArgumentParser(add_help=False)
    # Without a default of its own: it would undo what stands before the command.
    option.add_argument(
        "--data", metavar="DIR", default=argparse.SUPPRESS, help=_("folder of the shop")
    )
    return option


def json_option() -> argparse.ArgumentParser:
    """Return the option for output that programs read."""
    option = argparse.ArgumentParser(add_help=False)
    option.add_argument("--json", action="store_true", help=_("as JSON"))
    return option


def instant_of(text: str, zone: str) -> int:
    """Read a date, or a date and a time, of the shop's clock; returns microseconds UTC.

    An offset that is written (`2026-12-01T08:00+01:00`) holds instead of the shop's zone.
    Raises `CodedError` `bad_date`.
    """
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=ZoneInfo(zone))
        seconds = int(moment.timestamp())
    except (ValueError, OverflowError) as error:
        raise CodedError("bad_date", value=text) from error
    return seconds * MICRO + moment.microsecond


def local_text(instant: int, zone: str) -> str:
    """Return an instant as date and time of the shop's clock with its offset, for JSON."""
    moment = datetime.fromtimestamp(instant // MICRO, UTC).astimezone(ZoneInfo(zone))
    return moment.isoformat(timespec="minutes")


def clock_text(instant: int, zone: str) -> str:
    """Return an instant as date and time of the shop's clock, for people: 2026-12-01 08:00."""
    moment = datetime.fromtimestamp(instant // MICRO, UTC).astimezone(ZoneInfo(zone))
    return f"{moment:%Y-%m-%d %H:%M}"


def factor_of(text: str, name: str) -> int:
    """Read a factor above zero such as `1.8`; returns millionths. Raises `CodedError`."""
    factor = price_of(text, name).micro
    if factor <= 0:
        raise CodedError("bad_number", name=name, value=text)
    return factor


def price_of(text: str, name: str) -> Price:
    """Read a price, zero or more. Raises `CodedError` `bad_number`."""
    try:
        price = parse_price(text)
    except MoneyError as error:
        raise CodedError("bad_number", name=name, value=text) from error
    if price.micro < 0:
        raise CodedError("bad_number", name=name, value=text)
    return price
