"""The desk's thread: one inbox, one transaction a message, publish after the commit.

Commands commit alone and at once. News is taken in batches of at most `BATCH` pieces
or `BATCH_S` seconds into one transaction with a savepoint each: a piece that fails is
rolled back alone and reported, the others stand. When the database itself fails, the
news is kept and tried again and no money is taken meanwhile.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import uuid4

from sqlalchemy import Engine
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from app.desk import recovery
from app.desk.floor import Floor
from app.desk.handlers import READS, carry_out, check_rights
from app.desk.inbox import Inbox
from app.desk.locks import Locks
from app.desk.news import News, is_quiet, is_written, remember, write
from app.desk.work import Shop, Work
from app.domain.sessions import SessionState
from app.errors import UserError
from app.messages import commands as cmd
from app.messages.devices import MeterReading, PdfFailed, PdfWritten
from app.messages.pbx import LinkState, Reconnect
from app.messages.views import (
    BoardUpdate,
    CommandDone,
    CommandFailed,
    Crash,
    LockProof,
    QuitReport,
    StatusUpdate,
    View,
)
from app.ports import BoothMeter, PbxLink, ReceiptPrinter
from app.store import journal

log = logging.getLogger(__name__)

BATCH = 200
BATCH_S = 0.020
QUIET_S = 0.25
"""How long news that usually only confirms may wait for company: one commit less."""
TICK_S = 1.0
ALIVE_S = 10.0
"""How often the proof of life of an exchange with live calls is written down."""
RETRY_S = 1.0
"""Pause before the database is tried again after a failure."""


@dataclass(frozen=True)
class Peers:
    """Everything the desk speaks to. `publish` is called on the desk's thread."""

    publish: Callable[[View], None]
    links: Mapping[str, PbxLink] = field(default_factory=dict)
    printer: ReceiptPrinter | None = None
    meters: Mapping[int, BoothMeter] = field(default_factory=dict)


class Desk:
    """The shop's truth and the one thread that may change it."""

    def __init__(self, engine: Engine, shop: Shop, peers: Peers) -> None:
        """Nothing is read or sent before `start` (or, in tests, `recover`)."""
        self._engine = engine
        self._shop = shop
        self._peers = peers
        self._inbox: Inbox[cmd.Command, News] = Inbox()
        locks = Locks(shop.config.booths, shop.config.lease_minutes * 60)
        self.floor = Floor(shop, locks, peers.meters)
        self._status: StatusUpdate | None = None
        self._next_tick = 0.0
        self._next_alive = 0.0
        self._retry_at = 0.0
        self._quiet: list[News] = []
        self._quiet_until = 0.0
        self._thread = threading.Thread(target=self._run, name="desk", daemon=True)

    # ---- any thread -------------------------------------------------------------------

    def post(self, command: cmd.Command) -> bool:
        """Hand over a command; False once the desk is closing."""
        return self._inbox.post_command(command)

    def post_news(self, news: News) -> bool:
        """Hand over news; False when the inbox is full: the link then resynchronises."""
        return self._inbox.post_news(news)

    def start(self) -> None:
        """Recover, publish the whole board and begin working; raises what recovery raises."""
        self.recover()
        self._thread.start()

    def stop(self, deadline_s: float) -> bool:
        """Write down what waits and end the thread; True when it ended in time."""
        self._inbox.close()
        self._thread.join(deadline_s)
        return not self._thread.is_alive()

    # ---- the desk's thread --------------------------------------------------------------

    def recover(self) -> None:
        """Bring memory in line with the database after a start."""
        now = self._shop.clock.now_us()
        with self._engine.begin() as db:
            work = Work(db, self._shop, now)
            recovery.recover(work)
            self._load(work, set(self.floor.tiles))
        self._peers.publish(
            BoardUpdate(tuple(self.floor.view(n, now) for n in self.floor.tiles), now)
        )
        self._after(work)

    def _run(self) -> None:
        while not self._inbox.is_drained:
            self.step()
        self._take_quiet()

    def step(self, timeout_s: float = TICK_S) -> bool:
        """Wait for the next message or tick and carry it out; False when nothing came.

        Public, like `pump`, for tests and tools that drive the desk without its thread.
        """
        now = self._shop.clock.monotonic()
        if now >= self._next_tick:
            self._next_tick = now + TICK_S
            self._guarded("tick", self._tick)
        wait = min(timeout_s, max(0.0, self._next_tick - now))
        if self._quiet:
            wait = min(wait, max(0.0, self._quiet_until - now))
        command, batch = self._inbox.take(wait, 0 if now < self._retry_at else BATCH)
        if command is not None:
            self._take_quiet()
            self._command(command)
        elif batch or self._quiet:
            self._take_batch(batch)
        return command is not None or bool(batch)

    def _take_batch(self, batch: list[News]) -> None:
        """Carry news out, or let what only confirms wait a moment for company."""
        waiting, self._quiet = self._quiet, []
        now = self._shop.clock.monotonic()
        if batch and all(is_quiet(news) for news in batch):
            if not waiting:
                self._quiet_until = now + QUIET_S
            if now < self._quiet_until:
                self._quiet = waiting + batch
                return
        if not batch and now < self._quiet_until:
            self._quiet = waiting
            return
        self._guarded("news", lambda: self._news(waiting + batch))

    def _take_quiet(self) -> None:
        waiting, self._quiet = self._quiet, []
        if waiting:
            self._guarded("news", lambda: self._news(waiting))

    def pump(self) -> None:
        """Carry out everything that waits, without waiting."""
        while self.step(0.0):
            pass
        self._take_quiet()
        while self.step(0.0):
            pass

    def _guarded(self, what: str, act: Callable[[], None]) -> None:
        try:
            act()
        except DBAPIError as error:
            self._database_failed(error)
        except Exception as error:  # noqa: BLE001 - the thread's outermost loop must not die
            self._crashed(what, error)

    # ---- commands -----------------------------------------------------------------------

    def _command(self, command: cmd.Command) -> None:
        try:
            answer: View | None = self._carried_out(command)
        except UserError as error:
            answer = CommandFailed(command.command_id, error.code, tuple(error.params.items()))
        except DBAPIError as error:
            self._database_failed(error)
            answer = CommandFailed(command.command_id, "database_failed")
        except Exception as error:  # noqa: BLE001 - the thread's outermost loop must not die
            incident = self._crashed(type(command).__name__, error)
            answer = CommandFailed(command.command_id, "internal", (("incident", incident),))
        if answer is not None:
            self._peers.publish(answer)

    def _carried_out(self, command: cmd.Command) -> View | None:
        now = self._shop.clock.now_us()
        approved_by = check_rights(self._engine, self._shop, command, now)
        with self._engine.connect() as db, db.begin() as transaction:
            work = Work(
                db,
                self._shop,
                now,
                operator=command.operator,
                till=command.till,
                approved_by=approved_by,
                command_id=command.command_id,
            )
            result = carry_out(work, command)
            if type(command) in READS:
                transaction.rollback()
        self._committed(work)
        match command:
            case cmd.SavePdf():
                return self._pdf_refused(command)
            case cmd.RetryLink(link=link):
                self._peers.links[link].send(Reconnect())
            case cmd.PrepareQuit():
                result = self._quit_report()
            case cmd.SetManagerPin():
                self.floor.has_pin = True
                self._publish_status()
        return CommandDone(command.command_id, result)

    def _pdf_refused(self, command: cmd.Command) -> View | None:
        # The printer's thread answers when the file is written; without one nobody would.
        if self._peers.printer is None:
            return CommandFailed(command.command_id, "no_printer")
        return None

    def _quit_report(self) -> QuitReport:
        tiles = self.floor.tiles

        def booths(state: SessionState) -> tuple[int, ...]:
            return tuple(
                number
                for number, tile in tiles.items()
                if tile.rows.session is not None and tile.rows.session.state is state
            )

        unconfirmed = tuple(
            number
            for number in tiles
            if self.floor.locks.of(number).wanted is None
            and self.floor.locks.of(number).proof is not LockProof.CONFIRMED
        )
        live = tuple(self.floor.live_booths())
        due = booths(SessionState.DUE)
        return QuitReport(booths(SessionState.OPEN), live, due, unconfirmed)

    # ---- news ---------------------------------------------------------------------------

    def _news(self, batch: list[News]) -> None:
        if not any(is_written(news) for news in batch):
            self._remember(batch, set())
            return
        started = self._shop.clock.monotonic()
        done = 0
        try:
            with self._engine.connect() as db, db.begin() as transaction:
                work = Work(db, self._shop, self._shop.clock.now_us())
                for news in batch:
                    if done and self._shop.clock.monotonic() - started > BATCH_S:
                        break
                    self._piece(work, news)
                    done += 1
                if not work.has_written:
                    transaction.rollback()
        except DBAPIError:
            self._inbox.put_back(batch)
            raise
        if done < len(batch):
            self._inbox.put_back(batch[done:])
        for number, at in work.refused.items():
            self.floor.tiles[number].refused_at = at
        booths, work.booths = work.booths, set()
        self._reload(work, booths, is_news=True)
        self._remember(batch[:done], booths)
        self._after(work)

    def _piece(self, work: Work, news: News) -> None:
        if not is_written(news):
            return
        piece = Work(work.db, self._shop, work.now)
        try:
            with work.db.begin_nested():
                write(piece, news)
        except (IntegrityError, DataError) as error:
            self._crashed(type(news).__name__, error)
        except DBAPIError:
            raise
        except Exception as error:  # noqa: BLE001 - one bad piece of news must not stop the others
            self._crashed(type(news).__name__, error)
        else:
            work.merge(piece)

    def _remember(self, batch: list[News], booths: set[int]) -> None:
        now = self._shop.clock.now_us()
        for news in batch:
            booths.update(remember(self.floor, news, now))
            match news:
                case PdfWritten(command_id, path):
                    self._peers.publish(CommandDone(command_id, path))
                case PdfFailed(command_id, code):
                    self._peers.publish(
                        CommandFailed(command_id, "pdf_failed", (("reason", code),))
                    )
        self._publish_board(booths)
        self._push_locks()
        self._publish_status()

    # ---- after a commit -----------------------------------------------------------------

    def _committed(self, work: Work) -> None:
        booths, work.booths = work.booths, set()
        self._reload(work, booths)
        self._publish_board(booths)
        self._push_locks()
        self._after(work)

    def _reload(self, work: Work, booths: set[int], *, is_news: bool = False) -> None:
        is_figure = work.has_job_changes or work.has_new_findings or work.has_new_receipts
        if not booths and not is_figure:
            return
        # Only read: closing without a commit costs the disk nothing.
        with self._engine.connect() as db:
            fresh = Work(db, self._shop, work.now)
            if booths:
                self.floor.load(db, booths, is_news=is_news)
            if not is_news:
                self.floor.load_out_of_service(db)
            if is_figure:
                self.floor.load_figures(fresh)

    def _load(self, work: Work, booths: set[int]) -> None:
        self.floor.load(work.db, booths)
        self.floor.load_out_of_service(work.db)
        self.floor.load_figures(work)

    def _after(self, work: Work) -> None:
        self._database_works()
        for link, action in work.actions:
            if link in self._peers.links:
                self._peers.links[link].send(action)
        if self._peers.printer is not None:
            for order in work.orders:
                self._peers.printer.submit(order)
            for job_id in work.go_on:
                self._peers.printer.go_on(job_id)
        self._publish_status()

    def _publish_board(self, booths: set[int]) -> None:
        now = self._shop.clock.now_us()
        update = self.floor.changes(booths, now)
        if update is not None:
            self._peers.publish(update)
            self.floor.show_meters(booths, now, self._show)

    def _show(self, reading: MeterReading) -> None:
        self._peers.meters[reading.booth].show(reading)

    def _publish_status(self) -> None:
        status = self.floor.status()
        if status != self._status:
            self._status = status
            self._peers.publish(status)

    def _push_locks(self) -> None:
        now = self._shop.clock.monotonic()
        for name, link in self._peers.links.items():
            if self.floor.links[name].state is LinkState.UP:
                for action in self.floor.locks.due(name, now):
                    link.send(action)

    # ---- the clock ----------------------------------------------------------------------

    def _tick(self) -> None:
        now = self._shop.clock.now_us()
        update = self.floor.changes(self.floor.live_booths(), now)
        if update is not None:
            self._peers.publish(update)
        self.floor.show_meters(self.floor.meters, now, self._show)
        self._push_locks()
        if now >= self.floor.takings_until:
            with self._engine.connect() as db:
                self.floor.load_takings(Work(db, self._shop, now))
        self._keep_alive(now)
        self._publish_status()

    def _keep_alive(self, now: int) -> None:
        monotonic = self._shop.clock.monotonic()
        if monotonic < self._next_alive:
            return
        self._next_alive = monotonic + ALIVE_S
        exchanges = {
            self.floor.tiles[number].rows.booth.exchange for number in self.floor.live_booths()
        }
        heard = [name for name in exchanges if self.floor.links[name].state is LinkState.UP]
        if not heard:
            return
        with self._engine.begin() as db:
            for name in heard:
                at = now + self.floor.links[name].clock_offset_us
                journal.set_alive(db, self._shop.shop_id, name, at)

    # ---- faults -------------------------------------------------------------------------

    def _database_failed(self, error: DBAPIError) -> None:
        if not self.floor.money_stopped:
            log.error("database failed error=%s", error.orig)
        self.floor.money_stopped = "database_failed"
        self._retry_at = self._shop.clock.monotonic() + RETRY_S
        self._publish_status()

    def _database_works(self) -> None:
        if self.floor.money_stopped:
            log.warning("database works again")
            self.floor.money_stopped = ""

    def _crashed(self, where: str, error: BaseException) -> str:
        incident = uuid4().hex[:8]
        log.error("bug incident=%s where=%s", incident, where, exc_info=error)
        self._peers.publish(Crash(incident, where))
        return incident
