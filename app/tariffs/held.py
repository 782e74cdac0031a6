"""What a shop's database holds of tariffs: versions, and which of them holds when. Only reads."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from sqlalchemy import Connection, Engine

from app.config import Config
from app.domain.tariff import Tariff
from app.domain.tariff_kinds import Kind
from app.errors import UserError
from app.store import tariffs
from app.store.db import DATABASE_FILE, reader_engine
from app.store.tariffs import VersionRow, VersionState
from app.tariffs import jobs, versions

_KEPT = 3


class HeldTariffs:
    """The tariffs of one shop. Used by one thread; `close` gives the database back."""

    def __init__(self, folder: Path, config: Config) -> None:
        """Nothing is opened yet."""
        self._folder = folder
        self._config = config
        self._read: OrderedDict[int, Tariff] = OrderedDict()

    @cached_property
    def _reader(self) -> Engine:
        return reader_engine(self._folder / DATABASE_FILE)

    def close(self) -> None:
        """Give the database back."""
        engine = self.__dict__.pop("_reader", None)
        if engine is not None:
            engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self._reader.connect() as db:
            yield db

    @property
    def exists(self) -> bool:
        """Tell whether there is anything to read: a look alone must not make a database."""
        return (self._folder / DATABASE_FILE).exists()

    def all_versions(self, tariff: str | None = None) -> tuple[VersionRow, ...]:
        """Return the versions of a tariff, or of every one, the newest first."""
        if not self.exists:
            return ()
        with self.reading() as db:
            return tariffs.versions(db, self._config.shop_id, tariff)

    def in_force_row(self, tariff: str, at: int) -> VersionRow | None:
        """Return which version of a tariff holds at an instant."""
        if not self.exists:
            return None
        with self.reading() as db:
            return tariffs.in_force(db, self._config.shop_id, tariff, at)

    def in_force(self, tariff: str, at: int) -> tuple[VersionRow | None, Tariff]:
        """Return the version of a tariff at an instant, an empty tariff where there is none."""
        row = self.in_force_row(tariff, at)
        if row is None:
            return None, Tariff("", (), currency=self._config.currency, rules=self._config.rules)
        with self.reading() as db:
            return row, self.version(db, row)

    def following(self, tariff: str, ready: jobs.DraftReady) -> tuple[VersionRow, ...]:
        """Return the versions that will replace one that was just taken, the next first."""
        later = [
            row
            for row in self.all_versions(tariff)
            if row.state is VersionState.READY
            and row.key != ready.version
            and (row.starts_at or 0) > ready.starts_at
        ]
        return tuple(reversed(later))

    def version_row(self, key: int) -> VersionRow:
        """Return a version that was accepted. Raises `UserError` `tariff_unknown`."""
        for row in self.all_versions():
            if row.key == key:
                return row
        raise UserError("tariff_unknown", tariff=str(key))

    def version(self, db: Connection, row: VersionRow) -> Tariff:
        known = self._read.get(row.key)
        if known is None:
            known = self._read[row.key] = versions.read(db, row, self._config)
            while len(self._read) > _KEPT:
                self._read.popitem(last=False)
        return known

    def tariffs_of(self, kind: Kind, at: int) -> dict[str, Tariff]:
        """Return the tariffs of a kind that hold at an instant, by their keys."""
        names = {row.tariff for row in self.all_versions() if row.kind is kind}
        held = {name: self.in_force(name, at) for name in sorted(names)}
        return {name: tariff for name, (row, tariff) in held.items() if row is not None}
