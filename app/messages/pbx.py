"""Between the desk and the exchange links: news up, actions down.

A link posts `LinkNews` into the desk's inbox and is given `LinkAction`s; neither
ever waits for the other. Instants are microseconds UTC on the exchange's clock.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from app.domain.calls import CallEvent, CallSeen, CallStored


class LinkState(enum.Enum):
    """State of the line to one exchange."""

    DOWN = "DOWN"
    CONNECTING = "CONNECTING"
    SYNCING = "SYNCING"  # logged in; reading live calls and kept records
    UP = "UP"
    REFUSED = "REFUSED"  # wrong password or no right: no automatic retry


@dataclass(frozen=True, slots=True)
class LinkStateChanged:
    """The line's state; `code` and `params` say why (`refused_login`, `unreachable` …)."""

    link: str
    state: LinkState
    code: str = ""
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LinkSnapshot:
    """What the exchange holds right after (re)connecting, posted once, just before UP.

    `live`: every live call of a booth. `stored`: finished calls the exchange kept for us.
    `unlocked`: extension -> session id for every booth that may dial now. `clock_offset_us`:
    exchange clock minus this computer's.
    """

    link: str
    live: tuple[CallSeen, ...]
    stored: tuple[CallStored, ...]
    unlocked: tuple[tuple[str, str], ...] = ()
    clock_offset_us: int = 0


@dataclass(frozen=True, slots=True)
class CallNews:
    """One piece of news of one call."""

    link: str
    event: CallEvent


@dataclass(frozen=True, slots=True)
class LockConfirmed:
    """The exchange was asked and agrees: the booth is (un)locked for this session."""

    link: str
    extension: str
    request_id: int
    session_id: str | None  # None = locked
    at: int


@dataclass(frozen=True, slots=True)
class LockFailed:
    """The exchange did not take the (un)lock; `code` says why (`permission_denied` …)."""

    link: str
    extension: str
    request_id: int
    code: str


@dataclass(frozen=True, slots=True)
class HangUpFailed:
    """The exchange refused to cut a call (a call that is already gone is no failure)."""

    link: str
    call_id: str
    code: str


@dataclass(frozen=True, slots=True)
class ClockMeasured:
    """Exchange clock minus this computer's, in microseconds, from a keep-alive."""

    link: str
    offset_us: int


@dataclass(frozen=True, slots=True)
class StreamFault:
    """Bytes that could not be read as the protocol: skipped, counted, never believed."""

    link: str
    code: str
    detail: str = ""


LinkNews = (
    LinkStateChanged
    | LinkSnapshot
    | CallNews
    | LockConfirmed
    | LockFailed
    | HangUpFailed
    | ClockMeasured
    | StreamFault
)


@dataclass(frozen=True, slots=True)
class SetLock:
    """Make the exchange hold this: unlocked for `session_id` for `lease_s` seconds, or locked.

    `session_id` None locks. The link turns the lease into an epoch of the exchange's own clock.
    """

    request_id: int
    extension: str
    session_id: str | None
    lease_s: int = 1800


@dataclass(frozen=True, slots=True)
class HangUp:
    """Cut this call."""

    call_id: str


@dataclass(frozen=True, slots=True)
class DropStored:
    """Our commit is done: the exchange may forget these kept calls."""

    call_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resync:
    """News was lost on the way: read the whole picture again."""


@dataclass(frozen=True, slots=True)
class Reconnect:
    """Try now; also ends the state REFUSED."""


LinkAction = SetLock | HangUp | DropStored | Resync | Reconnect


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a link can do; the screen shows what it cannot."""

    can_lock: bool = True
    can_hang_up: bool = True
    has_live_calls: bool = True
    has_answer_time: bool = True
    keeps_records: bool = True
    rates_calls: bool = False
    notes: tuple[str, ...] = field(default=())
