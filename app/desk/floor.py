"""What the desk remembers between messages: tiles, lines, devices, and what was published.

Nothing here decides about money; every figure comes from rows loaded after a commit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from app.desk import board, papers
from app.desk.barring import KEY, is_restricted
from app.desk.board import BoothRows, Tile
from app.desk.locks import Locks
from app.desk.readings import reading
from app.desk.rights import has_manager_pin
from app.desk.work import Shop, Work
from app.domain.calls import CallAnswered, CallEnded, CallRinging, CallStarted, CallState, apply
from app.domain.money import ZERO, Money
from app.domain.phone import normalise
from app.domain.sessions import BoothState, SessionState
from app.messages.devices import DeviceState, MeterReading, MeterStatus, PrinterStatus
from app.messages.pbx import CallNews, LinkState, LinkStateChanged
from app.messages.views import (
    BoardUpdate,
    BoothView,
    LinkView,
    LockProof,
    PrintJobView,
    StatusUpdate,
)
from app.store import journal, receipts
from app.store.calls import CallRow


class Floor:
    """The shop floor as the desk sees it."""

    def __init__(self, shop: Shop, locks: Locks, meters: Iterable[int]) -> None:
        """`meters`: numbers of the booths that have a display."""
        self.shop = shop
        self.locks = locks
        self.links = {
            exchange.name: LinkView(exchange.name, LinkState.DOWN)
            for exchange in shop.config.exchanges
        }
        self.tiles = {booth.number: Tile(BoothRows(booth)) for booth in shop.config.booths}
        self.meters = set(meters)
        for number in self.meters:
            self.tiles[number].meter = DeviceState.UNKNOWN
        absent = DeviceState.UNKNOWN if shop.has_printer else DeviceState.ABSENT
        self.printer = PrinterStatus(absent)
        self.jobs: tuple[PrintJobView, ...] = ()
        self.takings = ZERO
        self.takings_until = 0
        self.open_audit = 0
        self.has_pin = False
        self.money_stopped = ""

    def load(self, db: Connection, booths: Iterable[int]) -> None:
        """Read these booths again."""
        booths = set(booths)
        self.take({n: board.load(db, self.shop, self.tiles[n].rows.booth) for n in booths})

    def read(self, db: Connection, booths: Iterable[int]) -> dict[int, BoothRows]:
        """Return the booths' rows as news has changed them, without believing them yet."""
        return {
            number: board.load(
                db, self.shop, self.tiles[number].rows.booth, self.tiles[number].rows
            )
            for number in booths
        }

    def take(self, rows: dict[int, BoothRows]) -> None:
        """Believe rows that are committed, and set what each booth shall be."""
        for number, fresh in rows.items():
            tile = self.tiles[number]
            tile.rows = fresh
            session = fresh.session
            is_open = session is not None and session.state is SessionState.OPEN
            self.locks.want(number, session.session_id if session and is_open else None)
            if is_open:
                tile.refused_at = None
            if (
                session is None
                or not is_open
                or (session.key_by and tile.barred is not None and tile.barred.code == KEY)
            ):
                tile.barred = None

    def load_out_of_service(self, db: Connection) -> None:
        """Read which booths are out of service."""
        out = journal.booths_out(db, self.shop.shop_id)
        for number, tile in self.tiles.items():
            tile.out_reason = out.get(number)

    def load_figures(self, work: Work) -> None:
        """Read the sums and lists of the bars."""
        self.jobs = papers.job_views(work)
        self.open_audit = journal.open_findings(work.db, work.shop_id)
        self.has_pin = has_manager_pin(work.db, work.shop_id)
        self.load_takings(work)

    def load_takings(self, work: Work) -> None:
        """Add up what was taken since midnight in the shop."""
        zone = ZoneInfo(self.shop.config.zone)
        moment = datetime.fromtimestamp(work.now // 1_000_000, UTC).astimezone(zone)
        midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
        following = (midnight + timedelta(days=1)).replace(tzinfo=zone)
        self.takings_until = int(following.timestamp()) * 1_000_000
        since = int(midnight.timestamp()) * 1_000_000
        self.takings = Money(receipts.sum_since(work.db, work.shop_id, since))

    def link_is_up(self, number: int) -> bool:
        """Tell whether the booth's exchange is being heard."""
        link = self.links.get(self.tiles[number].rows.booth.exchange)
        return link is not None and link.state is LinkState.UP

    def set_link(self, news: LinkStateChanged, now: int) -> list[int]:
        """Note the state of a line; returns the booths whose tiles may change."""
        before = self.links[news.link]
        since = before.since if before.state is news.state else now
        self.links[news.link] = replace(
            before, state=news.state, code=news.code, params=news.params, since=since
        )
        if news.state is LinkState.UP:
            return self.on_exchange(news.link)
        self.locks.forget(news.link)
        return self.on_exchange(news.link)

    def foresee(self, news: CallNews) -> int | None:
        """Show what a phone does before it is written down.

        Returns the booth, 0 when nothing is to be shown, None when it cannot be shown from
        memory and should be written at once.
        """
        event = news.event
        if isinstance(event, CallStarted):
            return self._foresee_start(news.link, event)
        if not isinstance(event, CallRinging | CallAnswered | CallEnded):
            return 0
        for number, tile in self.tiles.items():
            row = tile.foreseen or tile.rows.live
            if row is not None and (row.link, row.call.call_id) == (news.link, event.call_id):
                call, anomaly = apply(row.call, event)
                if call is None or anomaly is not None:
                    return None
                tile.foreseen = replace(row, call=call)
                return number
        return None

    def _foresee_start(self, link: str, event: CallStarted) -> int | None:
        booth = self.shop.by_extension.get((link, event.extension))
        if booth is None:
            return None
        tile = self.tiles[booth.number]
        call, _ = apply(None, event)
        if tile.foreseen is not None or tile.rows.live is not None or call is None:
            return None
        number = normalise(event.dialled, self.shop.plan)
        if is_restricted(self.shop, booth.number, number, event.at):
            return None
        tile.barred = None
        tile.foreseen = CallRow(0, link, booth.number, call, number, None, None, None, 0)
        return booth.number

    def forget_foreseen(self, batch: Iterable[object]) -> set[int]:
        """Forget what this batch told: it is written down, or was not to be believed."""
        told = {(news.link, news.event.call_id) for news in batch if isinstance(news, CallNews)}
        changed = set()
        for number, tile in self.tiles.items():
            row = tile.foreseen
            if row is not None and (row.link, row.call.call_id) in told:
                tile.foreseen = None
                changed.add(number)
        return changed

    def may_close(self, number: int) -> bool:
        """Tell whether a locked session is over: nothing used, and the exchange agrees."""
        lock = self.locks.of(number)
        is_locked = lock.wanted is None and lock.proof is LockProof.CONFIRMED
        return is_locked and self.link_is_up(number) and self.tiles[number].rows.is_empty

    def on_exchange(self, exchange: str) -> list[int]:
        """Return the booths behind an exchange."""
        return [
            number for number, tile in self.tiles.items() if tile.rows.booth.exchange == exchange
        ]

    def set_meter(self, news: MeterStatus) -> None:
        """Note the state of a booth's display."""
        if news.booth in self.tiles:
            self.tiles[news.booth].meter = news.state

    def live_booths(self) -> list[int]:
        """Return the booths whose figures move by the clock."""
        return [n for n, tile in self.tiles.items() if tile.foreseen or tile.rows.live]

    def view(self, number: int, now: int) -> BoothView:
        """Draw one tile."""
        tile = self.tiles[number]
        link = self.links.get(tile.rows.booth.exchange)
        return board.view(
            self.shop,
            tile,
            self.locks.of(number),
            link_is_up=self.link_is_up(number),
            now=now,
            offset_us=link.clock_offset_us if link is not None else 0,
        )

    def changes(self, numbers: Iterable[int], now: int) -> BoardUpdate | None:
        """Draw these tiles and return those that look different from last time."""
        changed = []
        for number in sorted(set(numbers)):
            view = self.view(number, now)
            if view != self.tiles[number].last:
                self.tiles[number].last = view
                changed.append(view)
        return BoardUpdate(tuple(changed), now) if changed else None

    def show_meters(
        self, numbers: Iterable[int], now: int, show: Callable[[MeterReading], None]
    ) -> None:
        """Hand these booths' displays what they are to show."""
        for number in numbers:
            last = self.tiles[number].last
            if number in self.meters and last is not None:
                show(reading(self.shop.config, last, now))

    def status(self) -> StatusUpdate:
        """Draw the bars."""
        config = self.shop.config
        views = [tile.last for tile in self.tiles.values() if tile.last is not None]
        return StatusUpdate(
            shop=config.name,
            till=config.till,
            operator=config.operator,
            operator_name=config.operator_name,
            links=tuple(self.links.values()),
            printer=self.printer.state,
            printer_code=self.printer.code,
            print_jobs=self.jobs,
            meters_ready=sum(1 for n in self.meters if self.tiles[n].meter is DeviceState.READY),
            meters_total=len(self.meters),
            talking=sum(1 for view in views if view.live is not None and _is_up(view)),
            due_count=sum(1 for view in views if view.state is BoothState.DUE),
            takings=self.takings,
            open_audit=self.open_audit,
            is_practice=config.is_practice,
            has_manager_pin=self.has_pin,
            money_stopped=self.money_stopped,
            receipts_wanted=config.receipts,
        )


def _is_up(view: BoothView) -> bool:
    return view.live is not None and view.live.state is CallState.ANSWERED
