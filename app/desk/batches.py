"""A batch of news in one transaction, as cheap as it can be and as safe as it must be.

First all pieces are written straight, since almost always all are good. When one fails,
everything is rolled back and the batch is written again with a savepoint a piece: the bad
piece alone is left out and reported. A failure of the database itself is passed on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from app.desk.board import BoothRows
from app.desk.floor import Floor
from app.desk.news import News, is_written, write
from app.desk.work import Work

Report = Callable[[str, BaseException], object]
"""Tells of a bug: where, and what."""

Along = Callable[[Connection], None]
"""Written along with a batch that is committed anyway."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a committed batch leaves: its consequences, how many pieces, the booths' new rows."""

    work: Work
    done: int
    rows: dict[int, BoothRows]


@dataclass(frozen=True, slots=True)
class BatchWriter:
    """Writes batches for one desk. `longest_s` bounds the time before the commit."""

    engine: Engine
    floor: Floor
    report: Report
    along: Along
    longest_s: float

    def write(self, batch: list[News]) -> Written:
        """Write a batch and commit. Raises `DBAPIError` when the database fails."""
        try:
            return self._transaction(batch, self._straight)
        except _PieceFailed:
            return self._transaction(batch, self._guarded)

    def _transaction(self, batch: list[News], put: Callable[[Work, News], None]) -> Written:
        shop = self.floor.shop
        started = shop.clock.monotonic()
        done = 0
        with self.engine.connect() as db, db.begin() as transaction:
            work = Work(db, shop, shop.clock.now_us())
            for news in batch:
                if done and shop.clock.monotonic() - started > self.longest_s:
                    break
                if is_written(news):
                    put(work, news)
                done += 1
            rows = self.floor.read(db, work.booths)
            if work.has_written:
                self.along(db)
            else:
                transaction.rollback()  # nothing to commit: the disk is spared
        return Written(work, done, rows)

    def _straight(self, work: Work, news: News) -> None:
        try:
            write(work, news)
        except (IntegrityError, DataError) as error:
            raise _PieceFailed from error
        except DBAPIError:
            raise
        except Exception as error:
            raise _PieceFailed from error

    def _guarded(self, work: Work, news: News) -> None:
        piece = Work(work.db, work.shop, work.now)
        try:
            with work.db.begin_nested():
                write(piece, news)
        except (IntegrityError, DataError) as error:
            self.report(type(news).__name__, error)
        except DBAPIError:
            raise
        except Exception as error:  # noqa: BLE001 - one bad piece must not stop the others
            self.report(type(news).__name__, error)
        else:
            work.merge(piece)


class _PieceFailed(Exception):
    """A piece of the batch cannot be written."""
