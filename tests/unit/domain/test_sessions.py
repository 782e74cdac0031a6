"""The steps of a visit, and what a booth's tile shows in every combination."""

from __future__ import annotations

import itertools

import pytest

from app.domain.calls import LIVE, CallState
from app.domain.sessions import (
    ON_BOOTH,
    STEPS,
    BoothState,
    IllegalStep,
    SessionState,
    advance,
    booth_state,
)

ALLOWED = {
    (SessionState.OPEN, SessionState.DUE),
    (SessionState.OPEN, SessionState.CANCELLED),
    (SessionState.DUE, SessionState.OPEN),
    (SessionState.DUE, SessionState.SETTLED),
    (SessionState.DUE, SessionState.CANCELLED),
    (SessionState.DUE, SessionState.WRITTEN_OFF),
}


@pytest.mark.parametrize(("state", "to"), [*itertools.product(SessionState, SessionState)])
def test_every_step_of_a_session(state: SessionState, to: SessionState) -> None:
    if (state, to) in ALLOWED:
        assert advance(state, to) is to
    else:
        with pytest.raises(IllegalStep, match=f"{state.name} -> {to.name}"):
            advance(state, to)


def test_a_session_that_left_its_booth_never_comes_back() -> None:
    assert {state for state, steps in STEPS.items() if steps} == ON_BOOTH


@pytest.mark.parametrize(
    ("session", "call", "expected"),
    [
        (None, None, BoothState.LOCKED),
        (SessionState.OPEN, None, BoothState.UNLOCKED),
        (SessionState.DUE, None, BoothState.DUE),
        (SessionState.OPEN, CallState.DIALING, BoothState.DIALLING),
        (SessionState.OPEN, CallState.RINGING, BoothState.RINGING),
        (SessionState.OPEN, CallState.ANSWERED, BoothState.TALKING),
        (SessionState.DUE, CallState.ANSWERED, BoothState.TALKING),
        (None, CallState.ANSWERED, BoothState.TALKING),
        (SessionState.OPEN, CallState.ENDED, BoothState.UNLOCKED),
        (SessionState.SETTLED, None, BoothState.LOCKED),
    ],
)
def test_a_booth_while_the_link_is_up(
    session: SessionState | None, call: CallState | None, expected: BoothState
) -> None:
    shown = booth_state(link_is_up=True, is_out_of_service=False, session=session, call=call)
    assert shown is expected


def test_out_of_service_holds_only_for_an_empty_booth() -> None:
    def shown(
        session: SessionState | None, call: CallState | None, *, link: bool = True
    ) -> BoothState:
        return booth_state(link_is_up=link, is_out_of_service=True, session=session, call=call)

    assert shown(None, None) is BoothState.OUT_OF_SERVICE
    assert shown(None, None, link=False) is BoothState.OUT_OF_SERVICE
    assert shown(SessionState.OPEN, None) is BoothState.UNLOCKED
    assert shown(None, CallState.RINGING) is BoothState.RINGING


@pytest.mark.parametrize(
    ("session", "call"), [*itertools.product([None, *SessionState], [None, *CallState])]
)
def test_without_the_link_a_booth_is_never_called_free(
    session: SessionState | None, call: CallState | None
) -> None:
    shown = booth_state(link_is_up=False, is_out_of_service=False, session=session, call=call)
    is_due = session is SessionState.DUE and call not in LIVE
    assert shown is (BoothState.DUE if is_due else BoothState.UNKNOWN)
