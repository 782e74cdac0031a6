"""The desk's thread: one inbox, one transaction a message, publish after the commit.

Commands commit alone and at once. News is taken in batches of at most `BATCH` pieces
or `BATCH_S` seconds into one transaction with a savepoint each: a piece that fails is
rolled back alone and reported, the others stand. When the database itself fails, the
news is kept and tried again and no money is taken meanwhile.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from uuid import uuid4

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from app.desk import recovery
from app.desk.alive import ProofOfLife
from app.desk.batches import BatchWriter
from app.desk.calls import close_if_nothing_due
from app.desk.floor import Floor
from app.desk.handlers import READS, carry_out, check_rights
from app.desk.inbox import Inbox
from app.desk.leaving import quit_report
from app.desk.light import CallKey, LightNews, call_of, split
from app.desk.locks import Locks
from app.desk.news import News, is_written, remember
from app.desk.papers import requeue_failed
from app.desk.peers import Peers
from app.desk.work import Shop, Work
from app.errors import UserError
from app.messages import commands as cmd
from app.messages.devices import DeviceState, PdfFailed, PdfWritten
from app.messages.pbx import CallNews, Reconnect
from app.messages.views import (
    BoardUpdate,
    CommandDone,
    CommandFailed,
    Crash,
    StatusUpdate,
    View,
)

log = logging.getLogger(__name__)

BATCH = 200
BATCH_S = 0.020
TICK_S = 1.0
RETRY_S = 1.0
"""Pause before the database is tried again after a failure."""


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
        self._alive = ProofOfLife(engine, self.floor)
        self._writer = BatchWriter(engine, self.floor, self._crashed, self._alive.write, BATCH_S)
        self._status: StatusUpdate | None = None
        self._next_tick = 0.0
        self._retry_at = 0.0
        self._light = LightNews()
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
        self._take_light()

    def step(self, timeout_s: float = TICK_S) -> bool:
        """Wait for the next message or tick and carry it out; False when nothing came.

        Public, like `pump`, for tests and tools that drive the desk without its thread.
        """
        now = self._shop.clock.monotonic()
        if now >= self._next_tick:
            self._next_tick = now + TICK_S
            self._guarded("tick", self._tick)
        wait = min(timeout_s, max(0.0, self._next_tick - now))
        if self._light:
            wait = min(wait, self._light.seconds_left(now))
        command, batch = self._inbox.take(wait, 0 if now < self._retry_at else BATCH)
        if command is not None:
            self._take_light()
            self._command(command)
        elif batch or self._light:
            self._guarded("news", lambda: self._take_batch(batch))
        return command is not None or bool(batch)

    def _take_batch(self, batch: list[News]) -> None:
        """Carry out what is urgent; show and keep what may wait; write what has waited enough."""
        now = self._shop.clock.monotonic()
        urgent, patient = split(batch)
        hidden = self._foresee(patient)
        self._light.add(patient, now)
        calls = {call_of(news) for news in urgent} | hidden
        if calls:
            self._foresee(urgent)
            self._news(self._light.take_for(calls) + urgent)
        elif self._light and not self._light.seconds_left(now):
            self._news(self._light.take_some())

    def _foresee(self, batch: list[News]) -> set[CallKey | None]:
        """Show what phones do before it is written down; returns the calls that cannot be shown."""
        shown, hidden = set(), set()
        for news in batch:
            booth = self.floor.foresee(news) if isinstance(news, CallNews) else None
            if booth is None:
                hidden.add(call_of(news))
            elif booth:
                shown.add(booth)
        if shown:
            self._publish_board(shown)
            self._publish_status()
        return hidden

    def _take_light(self) -> None:
        if self._light:
            self._guarded("news", lambda: self._news(self._light.take()))

    def pump(self) -> None:
        """Carry out everything that waits, without waiting."""
        while self.step(0.0):
            pass
        self._take_light()
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
        if isinstance(command, cmd.PrepareQuit):
            self.floor.locks.doubt_old(self._shop.clock.monotonic())
        self._committed(work)
        match command:
            case cmd.SavePdf():
                return self._pdf_refused(command)
            case cmd.RetryLink(link=link):
                self._peers.links[link].send(Reconnect())
            case cmd.PrepareQuit():
                result = quit_report(self.floor)
            case cmd.SetManagerPin():
                self.floor.has_pin = True
                self._publish_status()
        return CommandDone(command.command_id, result)

    def _pdf_refused(self, command: cmd.Command) -> View | None:
        # The printer's thread answers when the file is written; without one nobody would.
        if self._peers.printer is None:
            return CommandFailed(command.command_id, "no_printer")
        return None

    # ---- news ---------------------------------------------------------------------------

    def _news(self, batch: list[News]) -> None:
        if not any(is_written(news) for news in batch):
            self._remember(batch, set())
            return
        try:
            written = self._writer.write(batch)
        except DBAPIError:
            self._inbox.put_back(batch)
            raise
        work, done = written.work, written.done
        if done < len(batch):
            self._inbox.put_back(batch[done:])
        for number, at in work.refused.items():
            self.floor.tiles[number].refused_at = at
        self.floor.take(written.rows)
        for number, barred in work.barred.items():
            self.floor.tiles[number].barred = barred
        self._reload_figures(work)
        booths = set(written.rows) | self.floor.forget_foreseen(batch[:done])
        self._remember(batch[:done], booths)
        self._after(work)

    def _remember(self, batch: list[News], booths: set[int]) -> None:
        now = self._shop.clock.now_us()
        was_ready = self.floor.printer.state is DeviceState.READY
        for news in batch:
            booths.update(remember(self.floor, news, now))
            match news:
                case PdfWritten(command_id, path):
                    self._peers.publish(CommandDone(command_id, path))
                case PdfFailed(command_id, code):
                    self._peers.publish(
                        CommandFailed(command_id, "pdf_failed", (("reason", code),))
                    )
        if not was_ready and self.floor.printer.state is DeviceState.READY:
            self._requeue_failed()
        self._publish_board(booths)
        self._push_locks()
        self._close_empty(booths)
        self._publish_status()

    def _requeue_failed(self) -> None:
        if not any(job.state == "FAILED" for job in self.floor.jobs):
            return
        with self._engine.begin() as db:
            work = Work(db, self._shop, self._shop.clock.now_us())
            requeue_failed(work)
        self._reload_figures(work)
        self._after(work)

    # ---- after a commit -----------------------------------------------------------------

    def _committed(self, work: Work) -> None:
        """Do what follows a command's commit; a fault here cannot undo it and is only told."""
        booths, work.booths = work.booths, set()
        self._after(work)
        try:
            if booths or work.has_job_changes or work.has_new_findings or work.has_new_receipts:
                self._reload(work, booths)
        except DBAPIError as error:
            self._database_failed(error)
        self._publish_board(booths)
        self._push_locks()
        self._close_empty(booths)

    def _close_empty(self, booths: set[int]) -> None:
        """Free the booths whose lock is confirmed and whose customer used nothing."""
        empty = [number for number in booths if self.floor.may_close(number)]
        if not empty:
            return
        with self._engine.begin() as db:
            work = Work(db, self._shop, self._shop.clock.now_us())
            for number in empty:
                session = self.floor.tiles[number].rows.session
                if session is not None:
                    close_if_nothing_due(work, session.session_id)
        self._reload(work, set(empty))
        self._publish_board(set(empty))

    def _reload(self, work: Work, booths: set[int]) -> None:
        # Only read: closing without a commit costs the disk nothing.
        with self._engine.connect() as db:
            self.floor.load(db, booths)
            self.floor.load_out_of_service(db)
        self._reload_figures(work)

    def _reload_figures(self, work: Work) -> None:
        if work.has_job_changes or work.has_new_findings or work.has_new_receipts:
            with self._engine.connect() as db:
                self.floor.load_figures(Work(db, self._shop, work.now))

    def _load(self, work: Work, booths: set[int]) -> None:
        self.floor.load(work.db, booths)
        self.floor.load_out_of_service(work.db)
        self.floor.load_figures(work)

    def _after(self, work: Work) -> None:
        self._database_works()
        for change in work.repriced:
            change(self._shop.pricing)
        self._peers.hand_over(work)
        self._publish_status()

    def _publish_board(self, booths: set[int]) -> None:
        now = self._shop.clock.now_us()
        update = self.floor.changes(booths, now)
        if update is not None:
            self._peers.publish(update)
            self.floor.show_meters(booths, now, self._peers.show)

    def _publish_status(self) -> None:
        status = self.floor.status()
        if status != self._status:
            self._status = status
            self._peers.publish(status)

    def _push_locks(self) -> None:
        self._peers.push_locks(self.floor, self._shop.clock.monotonic())

    # ---- the clock ----------------------------------------------------------------------

    def _tick(self) -> None:
        now = self._shop.clock.now_us()
        update = self.floor.changes(self.floor.live_booths(), now)
        if update is not None:
            self._peers.publish(update)
        self.floor.show_meters(self.floor.meters, now, self._peers.show)
        self._push_locks()
        if now >= self.floor.takings_until:
            with self._engine.connect() as db:
                self.floor.load_takings(Work(db, self._shop, now))
        self._alive.keep()
        self._publish_status()

    # ---- faults -------------------------------------------------------------------------

    def _database_failed(self, error: DBAPIError) -> None:
        if not self.floor.money_stopped:
            log.error("database failed error=%s", error.orig)
        is_full = "full" in str(error.orig)  # the driver's only way to tell
        self.floor.money_stopped = "disk_full" if is_full else "database_failed"
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
