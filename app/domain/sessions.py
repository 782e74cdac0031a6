"""One customer's visit to a booth: its states, what is due, and what a booth's tile is.

A booth's state is derived here from session, call and link. It is stored
nowhere, so it can never disagree with them.
"""

from __future__ import annotations

import enum

from app.domain.calls import CallState


class SessionState(enum.Enum):
    """What is true of a visit; stored by name."""

    OPEN = "OPEN"  # the booth is (to be) unlocked for this customer
    DUE = "DUE"  # the booth is (to be) locked; the customer owes, or nothing was used
    SETTLED = "SETTLED"  # paid, a receipt exists
    CANCELLED = "CANCELLED"  # closed with no answered call and nothing to pay
    WRITTEN_OFF = "WRITTEN_OFF"  # a manager gave it up


STEPS: dict[SessionState, frozenset[SessionState]] = {
    SessionState.OPEN: frozenset({SessionState.DUE, SessionState.CANCELLED}),
    SessionState.DUE: frozenset(
        {
            SessionState.OPEN,
            SessionState.SETTLED,
            SessionState.CANCELLED,
            SessionState.WRITTEN_OFF,
        }
    ),
    SessionState.SETTLED: frozenset(),
    SessionState.CANCELLED: frozenset(),
    SessionState.WRITTEN_OFF: frozenset(),
}

ON_BOOTH = frozenset({SessionState.OPEN, SessionState.DUE})
"""States in which the session occupies its booth."""


class IllegalStep(RuntimeError):
    """Our own code asked for a step the table does not have: a bug."""


def advance(state: SessionState, to: SessionState) -> SessionState:
    """Return `to` when the table allows the step; raises `IllegalStep` otherwise."""
    if to not in STEPS[state]:
        raise IllegalStep(f"{state.name} -> {to.name}")
    return to


class BoothState(enum.Enum):
    """What a booth's tile shows."""

    LOCKED = "LOCKED"  # free: nobody there, the phone cannot dial
    UNLOCKED = "UNLOCKED"
    DIALLING = "DIALLING"
    RINGING = "RINGING"
    TALKING = "TALKING"
    DUE = "DUE"
    OUT_OF_SERVICE = "OUT_OF_SERVICE"
    UNKNOWN = "UNKNOWN"  # no news from the exchange


_BY_CALL = {
    CallState.DIALING: BoothState.DIALLING,
    CallState.RINGING: BoothState.RINGING,
    CallState.ANSWERED: BoothState.TALKING,
}


def booth_state(
    *,
    link_is_up: bool,
    is_out_of_service: bool,
    session: SessionState | None,
    call: CallState | None,
) -> BoothState:
    """Derive a booth's state; `session` is the one on the booth, `call` its live call.

    Money that is owed is known without the exchange, so a due booth stays DUE when the
    link is away; everything else is then UNKNOWN, never free.
    """
    has_live_call = call in _BY_CALL
    if link_is_up and call is not None and has_live_call:
        return _BY_CALL[call]
    if session is SessionState.DUE and not has_live_call:
        return BoothState.DUE
    if is_out_of_service and session is None and not has_live_call:
        return BoothState.OUT_OF_SERVICE
    if not link_is_up:
        return BoothState.UNKNOWN
    return BoothState.UNLOCKED if session is SessionState.OPEN else BoothState.LOCKED
