"""A tariff file becomes the shop's tariff: all of it, or nothing. For the command line."""

from __future__ import annotations

import importlib.resources
from contextlib import ExitStack
from pathlib import Path

from app import sentences
from app.clock import SystemClock
from app.config import Config
from app.domain.money import EUR, Currency
from app.domain.tariff import Rate
from app.domain.tariff_csv import SIZE_MAX, TariffFile, TariffFileError, read_tariff
from app.errors import CodedError

SAMPLE_LANGUAGE = "en"


def sample_path(language: str = SAMPLE_LANGUAGE) -> Path:
    """Return the sample tariff (real prefixes, made-up prices) with names in this language.

    The English one where there is none in it.
    """
    tariffs = Path(str(importlib.resources.files("resources") / "tariffs"))
    own = tariffs / f"sample.{language}.csv"
    return own if own.is_file() else tariffs / "sample.csv"


def sample_rates(config: Config) -> tuple[Rate, ...]:
    """Return the sample tariff's rates, with the names that the shop's receipts use."""
    return read_file(sample_path(config.receipt_language), config.currency).rates


def read_file(path: Path, currency: Currency = EUR) -> TariffFile:
    """Read a file.

    Raises `CodedError`: `file_unreadable`, or `tariff_` and a code of `TariffFileError`.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(SIZE_MAX + 1)
        return read_tariff(content, currency=currency, name=path.name)
    except OSError as error:
        detail = sentences.of_os_error(error)
        raise CodedError("file_unreadable", file=str(path), detail=detail) from error
    except TariffFileError as error:
        raise CodedError(f"tariff_{error.code}", file=str(path), value=error.value) from error


def take(folder: Path, config: Config, found: TariffFile, *, skip_bad: bool) -> int:
    """Make what was found the active tariff of the shop in this folder; returns how many rates.

    Raises `CodedError`: `tariff_has_bad_rows` unless told to skip them, `tariff_is_empty`,
    `folder_in_use` while a counter is open on the folder, `folder_not_writable`.
    """
    # A check of a file needs no database.
    from app.store import tariffs  # noqa: PLC0415
    from app.store.db import folder_lock, open_writer  # noqa: PLC0415

    if found.bad and not skip_bad:
        raise CodedError("tariff_has_bad_rows", count=len(found.bad))
    if not found.rates:
        raise CodedError("tariff_is_empty")
    with ExitStack() as stack:
        try:
            stack.enter_context(folder_lock(folder))
        except OSError as error:
            raise sentences.folder_not_writable(folder, error) from error
        engine = open_writer(folder)
        stack.callback(engine.dispose)
        with engine.begin() as db:
            tariffs.add_version(
                db,
                config.shop_id,
                name=found.name,
                currency=config.currency.code,
                rates=found.rates,
                now=SystemClock().now_us(),
            )
    return len(found.rates)
