"""A tariff file becomes the shop's tariff: all of it, or nothing. For the command line."""

from __future__ import annotations

import importlib.resources
from dataclasses import dataclass
from pathlib import Path

from app.clock import SystemClock
from app.config import Config, load
from app.domain.money import EUR, Currency
from app.domain.tariff import Rate
from app.domain.tariff_csv import SIZE_MAX, BadRow, TariffFile, TariffFileError, read_tariff
from app.errors import CodedError


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """How many rates are in the shop's tariff now, and which rows were left out."""

    imported: int
    bad: tuple[BadRow, ...]


def sample_path() -> Path:
    """Return the file of the sample tariff: real prefixes, made-up prices."""
    return Path(str(importlib.resources.files("resources") / "tariffs" / "sample.csv"))


def read_file(path: Path, currency: Currency = EUR) -> TariffFile:
    """Read a file. Raises `CodedError` `file_unreadable`."""
    try:
        with path.open("rb") as stream:
            content = stream.read(SIZE_MAX + 1)
        return read_tariff(content, currency=currency, name=path.name)
    except (OSError, TariffFileError) as error:
        raise CodedError("file_unreadable", detail=str(error)) from error


def import_file(folder: Path, path: Path, *, skip_bad: bool) -> ImportOutcome:
    """Make the file the active tariff of the shop in this folder.

    Raises `CodedError`: `tariff_has_bad_rows` unless told to skip them, `folder_in_use`
    while a counter is open on the folder.
    """
    # A check of a file needs no database.
    from app.store import tariffs  # noqa: PLC0415
    from app.store.db import folder_lock, open_writer  # noqa: PLC0415

    config = load(folder)
    found = read_file(path, config.currency)
    if found.bad and not skip_bad:
        raise TariffHasBadRows(found.bad)
    if not found.rates:
        raise CodedError("tariff_is_empty")
    with folder_lock(folder):
        engine = open_writer(folder)
        try:
            with engine.begin() as db:
                tariffs.add_version(
                    db,
                    config.shop_id,
                    name=found.name,
                    currency=config.currency.code,
                    rates=found.rates,
                    now=SystemClock().now_us(),
                )
        finally:
            engine.dispose()
    return ImportOutcome(len(found.rates), found.bad)


class TariffHasBadRows(CodedError):
    """Rows that cannot be taken; nothing was imported."""

    def __init__(self, rows: tuple[BadRow, ...]) -> None:
        super().__init__("tariff_has_bad_rows", count=len(rows))
        self.rows = rows


def sample_rates(config: Config) -> tuple[Rate, ...]:
    """Return the sample tariff's rates."""
    return read_file(sample_path(), config.currency).rates
