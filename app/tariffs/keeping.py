"""Writing a version: as a draft in slices, so that no payment waits, then ready in one row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Engine

from app.config import Config
from app.domain.tariff import Entry, Tariff
from app.domain.tariff_kinds import Kind
from app.errors import Cancelled, UserError
from app.store import tariffs
from app.store.tariffs import VersionRow, VersionState
from app.tariffs import versions

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

    Each slice is a transaction of its own. Raises `Cancelled` (the draft is deleted),
    `TariffError`, and `UserError` `tariff_is_empty`.
    """
    if not entries:
        raise UserError("tariff_is_empty")
    # Checked before anything is written.
    tariff = versions.made(head, entries, config)
    with engine.begin() as db:
        key = tariffs.add_draft(db, config.shop_id, replace(head, prefixes=len(entries)))
    for done, one in enumerate(tariffs.slices(key, entries), 1):
        if is_cancelled():
            with engine.begin() as db:
                tariffs.drop_draft(db, key)
            raise Cancelled
        with engine.begin() as db:
            one.write(db)
        progress(min(done * tariffs.SLICE, len(entries)), len(entries))
    return tariff.numbered(key)
