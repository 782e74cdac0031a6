"""News from links and devices: what is written down, and what is only remembered."""

from __future__ import annotations

from dataclasses import replace

from app.desk.calls import take_news, take_snapshot
from app.desk.floor import Floor
from app.desk.papers import take_print_news
from app.desk.work import Work
from app.domain.calls import CallRecord, CallRinging, CallStored, CallTagged
from app.messages.devices import (
    DeviceNews,
    MeterStatus,
    PrintDone,
    PrinterStatus,
    PrintFailed,
    PrintStarted,
    PrintUncertain,
)
from app.messages.pbx import (
    CallNews,
    ClockMeasured,
    HangUpFailed,
    LinkNews,
    LinkSnapshot,
    LinkStateChanged,
    LockConfirmed,
    LockFailed,
    StreamFault,
)
from app.store import journal
from app.store.journal import Finding

News = LinkNews | DeviceNews

_WRITTEN = (
    CallNews,
    LinkSnapshot,
    PrintStarted,
    PrintDone,
    PrintFailed,
    PrintUncertain,
    HangUpFailed,
    StreamFault,
)


_QUIET = (CallRecord, CallStored, CallTagged)


def is_written(news: News) -> bool:
    """Tell whether this piece of news needs a transaction.

    That a phone rings is not worth one: after a restart the exchange says it again.
    """
    if isinstance(news, CallNews):
        return not isinstance(news.event, CallRinging)
    return isinstance(news, _WRITTEN)


def is_quiet(news: News) -> bool:
    """Tell whether this usually only confirms what is known, and may wait for company."""
    return isinstance(news, CallNews) and isinstance(news.event, _QUIET)


def write(work: Work, news: News) -> None:
    """Write a piece of news down, inside a savepoint of its own."""
    match news:
        case CallNews(link, event):
            take_news(work, link, event)
        case LinkSnapshot():
            take_snapshot(work, news)
            journal.set_alive(work.db, work.shop_id, news.link, work.now + news.clock_offset_us)
        case PrintStarted() | PrintDone() | PrintFailed() | PrintUncertain():
            take_print_news(work, news)
        case HangUpFailed(link, call_id, code):
            _note(work, f"hang_up_failed:{link}:{call_id}:{work.now}", "hang_up_failed", code)
        case StreamFault(link, code, detail):
            # One entry an hour and kind: a peer that sends garbage does not fill the list.
            hour = work.now // 3_600_000_000
            _note(work, f"stream_fault:{link}:{code}:{hour}", "stream_fault", detail or code)


def _note(work: Work, key: str, code: str, detail: str) -> None:
    work.note(Finding(key=key, code=code, at=work.now, detail=detail[:200]))


def remember(floor: Floor, news: News, now: int) -> list[int]:
    """Take in what needs no transaction; returns the booths whose tiles may change."""
    match news:
        case CallNews(link, CallRinging(call_id)):
            return floor.set_ringing(link, call_id)
        case LinkStateChanged():
            return floor.set_link(news, now) if news.link in floor.links else []
        case LinkSnapshot() | ClockMeasured():
            return _set_clock(floor, news)
        case LockConfirmed() | LockFailed():
            return _set_lock(floor, news)
        case PrinterStatus():
            floor.printer = news
        case MeterStatus():
            floor.set_meter(news)
            return [news.booth] if news.booth in floor.tiles else []
        case _:
            pass
    return []


def _set_clock(floor: Floor, news: LinkSnapshot | ClockMeasured) -> list[int]:
    offset = news.offset_us if isinstance(news, ClockMeasured) else news.clock_offset_us
    if news.link in floor.links:
        floor.links[news.link] = replace(floor.links[news.link], clock_offset_us=offset)
    return []


def _set_lock(floor: Floor, news: LockConfirmed | LockFailed) -> list[int]:
    booth = floor.shop.by_extension.get((news.link, news.extension))
    if booth is None:
        return []
    if isinstance(news, LockConfirmed):
        floor.locks.confirmed(booth.number, news)
    else:
        floor.locks.failed(booth.number, news)
    return [booth.number]
