"""Writing a version: as a draft in slices, so that no payment waits, then ready in one row."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from app.config import Config
from app.domain.tariff import Entry, Tariff, rates_of
from app.domain.tariff_kinds import Kind
from app.errors import Cancelled, UserError
from app.store import tariffs
from app.store.tariffs import VersionRow, VersionState
from app.tariffs import versions

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
IsCancelled = Callable[[], bool]


def never() -> bool:
    """Say that nobody cancels."""
    return False


def silent(done: int, of: int) -> None:
    """Tell nobody."""


def draft_row(  # noqa: PLR0913 - the facts of a version
    config: Config,
    *,
    tariff: str,
    kind: Kind,
    name: str,
    operator: str,
    now: int,
    columns: tuple[str, ...] = (),
    prefixes: int = 0,
) -> VersionRow:
    """Return the head of a draft."""
    return VersionRow(
        key=0,
        tariff=tariff,
        kind=kind,
        state=VersionState.DRAFT,
        name=name,
        currency=config.currency.code,
        created_at=now,
        created_by=operator,
        starts_at=None,
        columns=columns,
        prefixes=prefixes,
    )


def write_draft(
    engine: Engine,
    config: Config,
    head: VersionRow,
    entries: tuple[Entry, ...],
    *,
    progress: Progress = silent,
    is_cancelled: IsCancelled = never,
) -> Tariff:
    """Write a draft and return the tariff it holds; its `version` is the draft's key.

    Each slice is a transaction of its own. Whatever ends the writing early, the draft is
    deleted. Raises `Cancelled`, `TariffError`, and `UserError` `tariff_is_empty`.
    """
    if not entries:
        raise UserError("tariff_is_empty")
    # Checked before anything is written.
    tariff = versions.made(head, entries, config)
    with engine.begin() as db:
        key = tariffs.add_draft(db, config.shop_id, replace(head, prefixes=len(entries)))
    is_whole = False
    try:
        _write_slices(engine, key, entries, progress, is_cancelled)
        is_whole = True
    finally:
        if not is_whole:
            _drop(engine, key)
    return tariff.numbered(key)


def _write_slices(
    engine: Engine,
    key: int,
    entries: tuple[Entry, ...],
    progress: Progress,
    is_cancelled: IsCancelled,
) -> None:
    written, of = 0, len(entries) + sum(1 for _ in rates_of(entries))
    for one in tariffs.slices(key, entries):
        if is_cancelled():
            raise Cancelled
        with engine.begin() as db:
            one.write(db)
        written += len(one.rows)
        progress(written, of)


def drop_draft(engine: Engine, shop: str, key: int) -> None:
    """Delete a draft that was refused; a version of any other state stays as it is."""
    _drop(engine, key, shop)


def _drop(engine: Engine, key: int, shop: str | None = None) -> None:
    """Delete a draft in slices too. What cannot be deleted now is when the shop is opened.

    With `shop` it is looked at before each slice whether it is a draft still.
    """
    try:
        is_gone = False
        while not is_gone:
            with engine.begin() as db:
                is_gone = shop is not None and not _is_draft(db, shop, key)
                is_gone = is_gone or tariffs.drop_some(db, key)
    except DBAPIError as error:
        log.warning("draft not deleted version=%s: %s", key, error.orig)


def _is_draft(db: Connection, shop: str, key: int) -> bool:
    row = tariffs.version(db, shop, key)
    return row is not None and row.state is VersionState.DRAFT
