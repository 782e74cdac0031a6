"""What stands on a booth's tile, as text: composed from the view, without painting.

A tile has a `TileFace`, which changes with events and is drawn once into a
pixmap, and a few figures that change every second. GUI thread; holds nothing.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.domain.calls import CallState
from app.domain.money import ZERO
from app.domain.sessions import BoothState, SessionState
from app.domain.tariff import Access
from app.messages.devices import DeviceState
from app.messages.views import Barred, BoothView, CallLine, LockProof, SessionView
from ui.counted import COUNTED
from ui.formatting import Formatter, duration

translate = QCoreApplication.translate

_FUNCTION_KEYS = 12

LIVE_STATES = frozenset({BoothState.DIALLING, BoothState.RINGING, BoothState.TALKING})

_PROVEN_STATES = frozenset({BoothState.LOCKED, BoothState.UNLOCKED, BoothState.DUE})
"""States in which the proof of the lock is shown; during a call it would only distract."""

ICONS = {
    BoothState.LOCKED: "lock",
    BoothState.UNLOCKED: "lock-open",
    BoothState.DIALLING: "dialpad",
    BoothState.RINGING: "phone-ringing",
    BoothState.TALKING: "phone",
    BoothState.DUE: "receipt",
    BoothState.OUT_OF_SERVICE: "tool",
    BoothState.UNKNOWN: "help-circle",
}


class Tone(enum.Enum):
    """How loud a note on a tile is."""

    QUIET = "QUIET"
    WARNING = "WARNING"
    FAULT = "FAULT"


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on a tile: icon, words, loudness."""

    icon: str
    text: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class TileFace:
    """The part of a tile that does not change by the second."""

    number: str
    state: BoothState
    icon: str
    word: str
    key_hint: str
    title: str
    subtitle: str
    price: str  # stands behind the subtitle and is never cut
    country: str
    notes: tuple[Note, ...]
    is_proven: bool
    is_faded: bool


@dataclass(frozen=True, slots=True)
class TileText:
    """All texts of one tile. `deposit_left` is the share of the deposit still there, 0 to 1."""

    face: TileFace
    clock: str
    amount: str
    total: str
    is_amount_quiet: bool
    deposit_left: float | None = None
    deposit_text: str = ""


def state_word(state: BoothState) -> str:
    """Name a booth's state for the operator."""
    words = {
        BoothState.LOCKED: translate("Tile", "Locked"),
        BoothState.UNLOCKED: translate("Tile", "Unlocked"),
        BoothState.DIALLING: translate("Tile", "Dialling"),
        BoothState.RINGING: translate("Tile", "Ringing"),
        BoothState.TALKING: translate("Tile", "On a call"),
        BoothState.DUE: translate("Tile", "To be paid"),
        BoothState.OUT_OF_SERVICE: translate("Tile", "Out of service"),
        BoothState.UNKNOWN: translate("Tile", "No news"),
    }
    return words[state]


def compose(booth: BoothView, formatter: Formatter, now: int) -> TileText:
    """Write all texts of a tile; `now` in microseconds UTC."""
    return figures(booth, compose_face(booth, formatter, now), formatter, now)


def compose_face(booth: BoothView, formatter: Formatter, now: int) -> TileFace:
    """Write the steady part of a tile."""
    title, subtitle, country = _lines(booth, formatter, now)
    price = _price(booth.live, formatter)
    hint = f"F{booth.booth}" if booth.booth <= _FUNCTION_KEYS else ""
    return TileFace(
        number=booth.name or str(booth.booth),
        state=booth.state,
        icon=_icon(booth),
        word=_word(booth),
        key_hint=hint,
        title=title,
        subtitle=subtitle,
        price=price,
        country=country,
        notes=_notes(booth, formatter),
        is_proven=booth.lock_proof is LockProof.CONFIRMED and booth.state in _PROVEN_STATES,
        is_faded=booth.is_stale or booth.state is BoothState.UNKNOWN,
    )


def face_key(booth: BoothView) -> tuple[object, ...]:
    """Return what a face of a live call is made of: equal keys mean an equal face."""
    live = booth.live
    return (
        booth.state,
        booth.name,
        booth.lock_proof,
        booth.lock_code,
        booth.wants_unlocked,
        booth.is_stale,
        booth.meter,
        booth.refused_at,
        live
        and (live.number, live.country, live.destination, live.price_per_minute, live.is_unpriced),
        live and live.is_emergency,
        live and live.is_below_cost,
        booth.barred,
    )


def figures(booth: BoothView, face: TileFace, formatter: Formatter, now: int) -> TileText:
    """Write the figures that change by the second onto a face."""
    live, session = booth.live, booth.session
    amount, total, is_quiet = "", "", False
    if live is not None and live.state is CallState.ANSWERED:
        amount = formatter.money(live.amount) if live.amount is not None else "?"
        if live.is_emergency:
            amount = ""
        elif session is not None and booth.total != (live.amount or ZERO):
            total = translate("Tile", "total %1").replace("%1", formatter.money(booth.total))
    elif session is not None:
        amount = formatter.money(booth.total)
        is_quiet = not booth.total
    left, deposit_text = _deposit(booth, formatter)
    return TileText(
        face, _clock(booth, formatter, now), amount, total, is_quiet, left, deposit_text
    )


def spoken(tile: TileText) -> str:
    """Read a tile aloud: the name of the tile for a screen reader."""
    face = tile.face
    booth_word = translate("Tile", "Booth %1").replace("%1", face.number)
    parts = [booth_word, face.word, face.title, face.subtitle, face.price]
    parts += [note.text for note in face.notes]
    parts += [tile.clock, tile.amount, tile.total, tile.deposit_text]
    return ", ".join(part for part in parts if part)


def _icon(booth: BoothView) -> str:
    if booth.live is not None and booth.live.is_emergency:
        return "urgent"
    return ICONS[booth.state]


def _word(booth: BoothView) -> str:
    if booth.live is not None and booth.live.is_emergency:
        return translate("Tile", "Emergency call")
    if booth.lock_proof is LockProof.PENDING and not booth.is_stale:
        if booth.state is BoothState.LOCKED:
            return translate("Tile", "Locking…")
        if booth.state is BoothState.UNLOCKED:
            return translate("Tile", "Unlocking…")
    word = state_word(booth.state)
    if booth.session is not None and booth.session.deposit is not None:
        return translate("Tile", "%1 · deposit").replace("%1", word)
    return word


def _lines(booth: BoothView, formatter: Formatter, now: int) -> tuple[str, str, str]:
    """Return title, subtitle and country."""
    if booth.live is not None:
        return _call_lines(booth.live, formatter)
    if booth.state is BoothState.OUT_OF_SERVICE:
        since = translate("Tile", "since %1").replace("%1", formatter.time(booth.since))
        return booth.out_reason or translate("Tile", "Taken out of service"), since, ""
    if booth.state is BoothState.UNKNOWN:
        since = translate("Tile", "since %1").replace("%1", formatter.time(booth.since))
        return translate("Tile", "The exchange is away"), since, ""
    if booth.session is None:
        return "", "", ""
    barred = booth.barred
    if barred is not None:
        return formatter.number(barred.number), barred.destination, ""
    used = used_text(booth.session)
    if booth.state is BoothState.DUE:
        ago = formatter.since(booth.since, now)
        ended = (
            translate("Tile", "ended %1 ago").replace("%1", ago)
            if ago
            else translate("Tile", "just ended")
        )
        return used or translate("Tile", "Nothing used"), ended, ""
    waiting = translate("Tile", "Waiting for a number")
    if used:
        return waiting, used, ""
    if booth.session.deposit is not None:
        return waiting, translate("Tile", "Deposit"), ""
    return waiting, translate("Tile", "Postpaid"), ""


def _call_lines(live: CallLine, formatter: Formatter) -> tuple[str, str, str]:
    number = formatter.number(live.number)
    if live.is_emergency:
        return number, translate("Tile", "Free and never blocked"), live.country
    return number, destination_words(live), live.country


def destination_words(call: CallLine) -> str:
    """Return the destination; the two codes of numbers that cost nothing become words."""
    words = {"free": translate("Tile", "Free number"), "emergency": translate("Tile", "Emergency")}
    is_code = not call.price_per_minute and call.destination in words
    return words[call.destination] if is_code else call.destination


def _price(live: CallLine | None, formatter: Formatter) -> str:
    if live is None or live.is_emergency or live.is_unpriced or live.price_per_minute is None:
        return ""
    return formatter.price_per_minute(live.price_per_minute)


def used_text(session: SessionView) -> str:
    """Count what a session has used: `3 calls · 1 item`; empty for nothing."""
    answered = sum(1 for call in session.calls if call.seconds or call.is_unpriced)
    parts = []
    if answered:
        parts.append(COUNTED.calls(answered))
    if session.extras:
        parts.append(COUNTED.items(len(session.extras)))
    return " · ".join(parts)


def _notes(booth: BoothView, formatter: Formatter) -> tuple[Note, ...]:
    notes = []
    if booth.lock_proof is LockProof.FAILED:
        text = (
            translate("Tile", "Unlock not confirmed")
            if booth.wants_unlocked
            else translate("Tile", "Lock not confirmed")
        )
        notes.append(Note("alert-triangle", text, Tone.FAULT))
    if _has_unpriced(booth):
        notes.append(
            Note("alert-triangle", translate("Tile", "No price: a manager decides"), Tone.WARNING)
        )
    if booth.barred is not None:
        notes.append(_barred_note(booth.barred))
    if booth.refused_at is not None and booth.session is None:
        text = translate("Tile", "Tried to dial at %1").replace(
            "%1", formatter.time(booth.refused_at)
        )
        notes.append(Note("phone-off", text, Tone.WARNING))
    if booth.meter is DeviceState.LOST:
        notes.append(
            Note("device-desktop", translate("Tile", "Display not answering"), Tone.WARNING)
        )
    if booth.live is not None and booth.live.is_below_cost:
        notes.append(Note("info-circle", translate("Tile", "Sold below cost"), Tone.QUIET))
    return tuple(notes)


def _barred_note(barred: Barred) -> Note:
    if barred.code == Access.KEY.name:
        return Note("key", translate("Tile", "Cut: needs the manager's key"), Tone.WARNING)
    return Note("ban", translate("Tile", "Cut: forbidden destination"), Tone.WARNING)


def _has_unpriced(booth: BoothView) -> bool:
    if booth.live is not None and booth.live.is_unpriced and not booth.live.is_emergency:
        return True
    return booth.session is not None and booth.session.bill.unpriced > 0


def _clock(booth: BoothView, formatter: Formatter, now: int) -> str:
    live, session = booth.live, booth.session
    if live is not None and live.state is CallState.ANSWERED:
        return duration(live.seconds)
    if booth.state is BoothState.LOCKED and session is None:
        length = formatter.since(booth.since, now)
        return (
            translate("Tile", "free for %1").replace("%1", length)
            if length
            else translate("Tile", "free")
        )
    passed = duration((now - booth.since) // 1_000_000)
    if booth.state is BoothState.RINGING:
        return translate("Tile", "rings %1").replace("%1", passed)
    if booth.state in (BoothState.UNLOCKED, BoothState.DIALLING):
        return passed
    if session is not None and session.state in (SessionState.DUE, SessionState.OPEN):
        return duration(session.talked_seconds)
    return ""


def _deposit(booth: BoothView, formatter: Formatter) -> tuple[float | None, str]:
    session = booth.session
    if session is None or session.deposit is None:
        return None, ""
    left = session.deposit - booth.total
    share = left.minor / session.deposit.minor if session.deposit.minor > 0 else 0.0
    text = translate("Tile", "deposit %1 · left %2")
    text = text.replace("%1", formatter.money(session.deposit))
    return min(1.0, max(0.0, share)), text.replace("%2", formatter.money(max(left, ZERO)))
