"""One call: what an exchange can say about it, its states, and how the news is applied.

An exchange may repeat, reorder or lose what it says. `apply` therefore never
raises on news: a repeat changes nothing, and what cannot be true comes back as
an `Anomaly` beside the unchanged call. Our own code uses `advance`, where an
illegal step is a bug. All instants are microseconds since the epoch, UTC, from
the exchange's own stamps where it gives them.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace


class CallState(enum.Enum):
    """What is true of a call; stored by name."""

    DIALING = "DIALING"  # the booth's channel exists; nobody was reached yet
    RINGING = "RINGING"  # the far phone rings
    ANSWERED = "ANSWERED"  # the far end answered; the clock runs
    ENDED = "ENDED"  # the booth's channel is gone; not priced yet
    CHARGED = "CHARGED"  # priced, also at zero
    UNRATED = "UNRATED"  # answered, but no rate is known: a person decides


STEPS: dict[CallState, frozenset[CallState]] = {
    CallState.DIALING: frozenset({CallState.RINGING, CallState.ANSWERED, CallState.ENDED}),
    CallState.RINGING: frozenset({CallState.ANSWERED, CallState.ENDED}),
    CallState.ANSWERED: frozenset({CallState.ENDED}),
    CallState.ENDED: frozenset({CallState.CHARGED, CallState.UNRATED}),
    CallState.UNRATED: frozenset({CallState.CHARGED}),
    # A better record may arrive before checkout: the call is then rated again.
    CallState.CHARGED: frozenset({CallState.UNRATED, CallState.CHARGED}),
}

LIVE = frozenset({CallState.DIALING, CallState.RINGING, CallState.ANSWERED})
"""States in which the booth's line is in use."""


class EndedBy(enum.Enum):
    """Who hung up, as far as the exchange tells."""

    CUSTOMER = "CUSTOMER"
    FAR_END = "FAR_END"
    EXCHANGE = "EXCHANGE"  # a limit, our own hang-up or the exchange itself
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class CallStarted:
    """A booth's channel came up. `call_id` is the exchange's own id of that channel."""

    call_id: str
    extension: str
    dialled: str
    at: int


@dataclass(frozen=True, slots=True)
class CallTagged:
    """The exchange says for which of our sessions the call was dialled."""

    call_id: str
    session_id: str


@dataclass(frozen=True, slots=True)
class CallRinging:
    """The far phone rings."""

    call_id: str
    at: int


@dataclass(frozen=True, slots=True)
class CallAnswered:
    """The far end answered."""

    call_id: str
    at: int


@dataclass(frozen=True, slots=True)
class CallRefused:
    """The dialplan refused the call (`reason`: locked, expired, forbidden …)."""

    call_id: str
    extension: str
    dialled: str
    at: int
    reason: str


@dataclass(frozen=True, slots=True)
class CallEnded:
    """The booth's channel is gone. `cause` is a Q.850 number, None when unknown."""

    call_id: str
    at: int
    cause: int | None = None
    ended_by: EndedBy = EndedBy.UNKNOWN


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One CDR of the call: whole billable `seconds` as the exchange counts them.

    `sequence` tells several records of one call apart; `has_far_leg` is False for
    the extra records an `h` extension or a Local channel leaves behind.
    """

    call_id: str
    sequence: str
    seconds: int
    disposition: str
    has_far_leg: bool


@dataclass(frozen=True, slots=True)
class CallStored:
    """The finished call as the exchange's own hangup handler kept it: the final word.

    `session_id` is empty for a call that belongs to none (emergency numbers).
    """

    call_id: str
    session_id: str
    extension: str
    dialled: str
    started_at: int
    answered_at: int | None
    ended_at: int
    cause: int | None


@dataclass(frozen=True, slots=True)
class CallSeen:
    """A live call found in a snapshot after (re)connecting."""

    call_id: str
    extension: str
    dialled: str
    state: CallState
    started_at: int
    answered_at: int | None
    session_id: str = ""


CallEvent = (
    CallStarted
    | CallTagged
    | CallRinging
    | CallAnswered
    | CallRefused
    | CallEnded
    | CallRecord
    | CallStored
    | CallSeen
)


@dataclass(frozen=True, slots=True)
class Call:
    """What is known of one call."""

    call_id: str
    extension: str
    dialled: str
    state: CallState
    started_at: int
    session_id: str = ""
    answered_at: int | None = None
    ended_at: int | None = None
    cause: int | None = None
    ended_by: EndedBy = EndedBy.UNKNOWN
    is_refused: bool = False
    refused_reason: str = ""
    is_estimated: bool = False  # the end was not seen but concluded
    is_stored: bool = False  # the exchange's own store confirmed it
    cdr_seconds: int = 0  # sum over its records that have a far leg
    cdr_keys: frozenset[str] = frozenset()

    @property
    def is_live(self) -> bool:
        """Tell whether the booth's line is in use by this call."""
        return self.state in LIVE

    @property
    def talked_ms(self) -> int:
        """Talked time in milliseconds from the exchange's stamps, halves up; 0 until it ended."""
        if self.answered_at is None or self.ended_at is None:
            return 0
        return max(0, (self.ended_at - self.answered_at + 500) // 1000)

    def talked_ms_until(self, now: int) -> int:
        """Talked time so far; `now` is the exchange's clock in microseconds."""
        if self.ended_at is not None or self.answered_at is None:
            return self.talked_ms
        return max(0, (now - self.answered_at + 500) // 1000)


@dataclass(frozen=True, slots=True)
class Anomaly:
    """News that cannot be true of the call as it is known; kept for the audit list."""

    code: str
    call_id: str
    detail: str = ""


class IllegalStep(RuntimeError):
    """Our own code asked for a step the table does not have: a bug."""


def advance(call: Call, to: CallState) -> Call:
    """Take a step of our own (rating); raises `IllegalStep` where the table has none."""
    if to not in STEPS[call.state]:
        raise IllegalStep(f"{call.state.name} -> {to.name}")
    return replace(call, state=to)


Applied = tuple[Call | None, Anomaly | None]
"""The call after the news (None if there is still none), and what was wrong with the news."""


def apply(call: Call | None, event: CallEvent) -> Applied:
    """Apply news to a call; never raises, never invents a call from news of its middle."""
    if isinstance(event, CallStored):
        return _apply_stored(call, event)
    if isinstance(event, CallSeen):
        return _apply_seen(call, event)
    if isinstance(event, CallStarted):
        return _apply_started(call, event)
    if isinstance(event, CallRefused):
        return _apply_refused(call, event)
    if call is None:
        return None, Anomaly("call_unknown", event.call_id, type(event).__name__)
    if isinstance(event, CallTagged):
        return _apply_tagged(call, event)
    if isinstance(event, CallRinging):
        return _apply_ringing(call), None
    if isinstance(event, CallAnswered):
        return _apply_answered(call, event)
    if isinstance(event, CallEnded):
        return _apply_ended(call, event)
    return _apply_record(call, event), None


def _apply_started(call: Call | None, event: CallStarted) -> Applied:
    if call is None:
        return Call(
            event.call_id, event.extension, event.dialled, CallState.DIALING, event.at
        ), None
    if (call.extension, call.dialled) != (event.extension, event.dialled):
        return call, Anomaly("call_started_differs", call.call_id, event.dialled)
    return call, None


def _apply_tagged(call: Call, event: CallTagged) -> Applied:
    if call.session_id and event.session_id != call.session_id and call.is_stored:
        return call, Anomaly("session_differs", call.call_id, event.session_id)
    return replace(call, session_id=event.session_id), None


def _apply_ringing(call: Call) -> Call:
    if call.state is CallState.DIALING:
        return replace(call, state=CallState.RINGING)
    return call


def _apply_answered(call: Call, event: CallAnswered) -> Applied:
    if call.answered_at is not None:
        return call, None
    if call.is_stored:
        return call, Anomaly("answer_after_stored", call.call_id, str(event.at))
    if event.at < call.started_at or (call.ended_at is not None and event.at > call.ended_at):
        return call, Anomaly("answer_outside_call", call.call_id, str(event.at))
    state = CallState.ANSWERED if call.is_live else call.state
    return replace(call, answered_at=event.at, state=state), None


def _apply_ended(call: Call, event: CallEnded) -> Applied:
    if not call.is_live and not call.is_estimated:
        return call, None
    ended_at = max(event.at, call.started_at, call.answered_at or 0)
    state = CallState.ENDED if call.is_live else call.state
    ended = replace(
        call,
        state=state,
        ended_at=ended_at,
        cause=event.cause,
        ended_by=event.ended_by,
        is_estimated=False,
    )
    anomaly = None
    if ended_at != event.at:
        anomaly = Anomaly("end_before_start", call.call_id, str(event.at))
    return ended, anomaly


def _apply_refused(call: Call | None, event: CallRefused) -> Applied:
    if call is None:
        call = Call(event.call_id, event.extension, event.dialled, CallState.DIALING, event.at)
    if call.answered_at is not None:
        return call, Anomaly("refused_after_answer", call.call_id, event.reason)
    return replace(call, is_refused=True, refused_reason=event.reason), None


def _apply_record(call: Call, event: CallRecord) -> Call:
    if event.sequence in call.cdr_keys:
        return call
    seconds = event.seconds if event.has_far_leg else 0
    return replace(
        call,
        cdr_keys=call.cdr_keys | {event.sequence},
        cdr_seconds=call.cdr_seconds + seconds,
    )


def _apply_seen(call: Call | None, event: CallSeen) -> Applied:
    if call is None:
        call = Call(
            event.call_id, event.extension, event.dialled, CallState.DIALING, event.started_at
        )
    elif not call.is_live and not call.is_estimated:
        return call, Anomaly("seen_after_end", call.call_id)
    answered_at = call.answered_at if event.answered_at is None else event.answered_at
    seen = replace(
        call,
        state=_seen_state(call, event, answered_at),
        answered_at=answered_at,
        ended_at=None,
        is_estimated=False,
        session_id=event.session_id or call.session_id,
    )
    return seen, None


def _seen_state(call: Call, event: CallSeen, answered_at: int | None) -> CallState:
    # The instant of the answer decides: without one the clock could not run, whatever is said.
    if answered_at is not None:
        return CallState.ANSWERED
    has_rung = call.state is CallState.RINGING or event.state is not CallState.DIALING
    return CallState.RINGING if has_rung else CallState.DIALING


def _apply_stored(call: Call | None, event: CallStored) -> Applied:
    answered_at, anomaly = event.answered_at, None
    if answered_at is not None and not event.started_at <= answered_at <= event.ended_at:
        # A stamp outside its own call cannot be believed; keep what was measured.
        anomaly = Anomaly("stored_answer_outside_call", event.call_id, str(answered_at))
        answered_at = call.answered_at if call is not None else None
    if call is None:
        call = Call(
            event.call_id, event.extension, event.dialled, CallState.DIALING, event.started_at
        )
    elif (call.extension, call.dialled) != (event.extension, event.dialled):
        anomaly = Anomaly("stored_differs", call.call_id, event.dialled)
    elif event.answered_at is None and call.answered_at is not None:
        # The word of the store holds, but a charge that was seen to grow does not vanish unsaid.
        anomaly = Anomaly("stored_not_answered", call.call_id, str(call.answered_at))
    stored = replace(
        call,
        state=CallState.ENDED if call.is_live else call.state,
        session_id=event.session_id or call.session_id,
        answered_at=answered_at,
        ended_at=max(event.ended_at, event.started_at),
        cause=event.cause if call.cause is None else call.cause,
        is_estimated=False,
        is_stored=True,
    )
    return stored, anomaly
