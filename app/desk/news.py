"""News from links and devices: what is written down, and what is only remembered."""

from __future__ import annotations

from dataclasses import replace

from app.desk.calls import take_news, take_snapshot
from app.desk.floor import Floor
from app.desk.papers import take_print_news
from app.desk.work import Work
from app.domain.calls import (
    CallAnswered,
    CallRecord,
    CallRinging,
    CallStarted,
    CallStored,
    CallTagged,
)
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


_LIGHT = (CallStarted, CallRinging, CallAnswered, CallTagged, CallRecord, CallStored)


def is_written(news: News) -> bool:
    """Tell whether this piece of news needs a transaction."""
    return isinstance(news, _WRITTEN)


def is_light(news: News) -> bool:
    """Tell whether this may wait a moment for company: no money depends on it yet.

    What a phone does is shown at once (`Floor.foresee`); after a crash the exchange says it
    again. That a call has ended is not light: it makes a charge.
    """
    return isinstance(news, CallNews) and isinstance(news.event, _LIGHT)


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
