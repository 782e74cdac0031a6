"""News of a call in every order, and what a finished call says of itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import calls
from app.domain.calls import (
    Anomaly,
    Call,
    CallAnswered,
    CallEnded,
    CallEvent,
    CallRecord,
    CallRefused,
    CallRinging,
    CallSeen,
    CallStarted,
    CallState,
    CallStored,
    CallTagged,
    EndedBy,
    apply,
)

ID = "1700000000.1"
S = 1_000_000
STARTED = CallStarted(ID, "101", "00221775121234", 10 * S)


def after(*events: CallEvent) -> Call:
    call: Call | None = None
    for event in events:
        call, _ = apply(call, event)
    assert call is not None
    return call


def anomaly_of(event: CallEvent, *before: CallEvent) -> str:
    call = after(*before) if before else None
    changed, anomaly = apply(call, event)
    assert anomaly is not None
    assert changed == call
    return anomaly.code


def stored(
    *, answered_at: int | None = 12 * S, ended_at: int = 20 * S, session_id: str = "s1"
) -> CallStored:
    return CallStored(ID, session_id, "101", STARTED.dialled, 10 * S, answered_at, ended_at, 16)


def seen(
    state: CallState, answered_at: int | None = None, *, at: int = 10 * S, session_id: str = ""
) -> CallSeen:
    return CallSeen(ID, "101", STARTED.dialled, state, at, answered_at, session_id)


def test_a_call_from_dialling_to_its_end() -> None:
    call = after(STARTED)
    assert (call.state, call.started_at, call.dialled) == (
        CallState.DIALING,
        10 * S,
        STARTED.dialled,
    )
    call = after(STARTED, CallTagged(ID, "s1"), CallRinging(ID, 11 * S))
    assert (call.state, call.session_id, call.is_live) == (CallState.RINGING, "s1", True)
    call = after(STARTED, CallRinging(ID, 11 * S), CallAnswered(ID, 12 * S))
    assert (call.state, call.answered_at, call.talked_ms) == (CallState.ANSWERED, 12 * S, 0)
    assert call.talked_ms_until(15 * S) == 3000
    assert call.talked_ms_until(11 * S) == 0
    ended = CallEnded(ID, 19 * S + 400, 16, EndedBy.CUSTOMER)
    call = after(STARTED, CallAnswered(ID, 12 * S), ended)
    assert (call.state, call.cause, call.ended_by) == (CallState.ENDED, 16, EndedBy.CUSTOMER)
    assert (call.is_live, call.talked_ms, call.talked_ms_until(99 * S)) == (False, 7000, 7000)


@pytest.mark.parametrize(("micros", "ms"), [(499, 0), (500, 1), (1499, 1), (1500, 2)])
def test_talked_time_rounds_halves_of_a_millisecond_up(micros: int, ms: int) -> None:
    call = after(STARTED, CallAnswered(ID, 12 * S), CallEnded(ID, 12 * S + micros))
    assert call.talked_ms == ms


def test_an_unanswered_call_talked_nothing() -> None:
    call = after(STARTED, CallRinging(ID, 11 * S), CallEnded(ID, 20 * S, 127))
    assert (call.answered_at, call.talked_ms, call.talked_ms_until(30 * S)) == (None, 0, 0)


@pytest.mark.parametrize(
    "event",
    [
        CallTagged(ID, "s1"),
        CallRinging(ID, 1),
        CallAnswered(ID, 1),
        CallEnded(ID, 1),
        CallRecord(ID, "1", 5, "ANSWERED", has_far_leg=True),
    ],
)
def test_news_of_an_unknown_call_invents_none(event: CallEvent) -> None:
    assert apply(None, event) == (None, Anomaly("call_unknown", ID, type(event).__name__))


def test_a_start_that_differs_is_kept_out() -> None:
    other = CallStarted(ID, "102", STARTED.dialled, 10 * S)
    assert anomaly_of(other, STARTED) == "call_started_differs"


def test_ringing_after_the_answer_changes_nothing() -> None:
    answered = after(STARTED, CallAnswered(ID, 12 * S))
    assert apply(answered, CallRinging(ID, 13 * S)) == (answered, None)


def test_an_answer_outside_the_call_is_not_believed() -> None:
    assert anomaly_of(CallAnswered(ID, 9 * S), STARTED) == "answer_outside_call"
    ended = CallEnded(ID, 20 * S)
    assert anomaly_of(CallAnswered(ID, 21 * S), STARTED, ended) == "answer_outside_call"


def test_an_answer_may_come_after_the_end() -> None:
    call = after(STARTED, CallEnded(ID, 20 * S), CallAnswered(ID, 12 * S))
    assert (call.state, call.talked_ms) == (CallState.ENDED, 8000)


def test_an_end_before_the_start_is_moved_and_said() -> None:
    call, anomaly = apply(after(STARTED, CallAnswered(ID, 12 * S)), CallEnded(ID, 5 * S))
    assert call is not None
    assert (call.ended_at, call.talked_ms) == (12 * S, 0)
    assert anomaly == Anomaly("end_before_start", ID, str(5 * S))


def test_a_refused_call_is_one_with_or_without_a_start() -> None:
    refused = CallRefused(ID, "101", STARTED.dialled, 10 * S, "locked")
    for call in (after(refused), after(STARTED, refused)):
        assert (call.is_refused, call.refused_reason, call.state) == (
            True,
            "locked",
            CallState.DIALING,
        )
    answered = CallAnswered(ID, 12 * S)
    assert anomaly_of(refused, STARTED, answered) == "refused_after_answer"


def test_records_add_up_once_each_and_only_with_a_far_leg() -> None:
    call = after(
        STARTED,
        CallRecord(ID, "1", 3, "BUSY", has_far_leg=True),
        CallRecord(ID, "2", 5, "ANSWERED", has_far_leg=True),
        CallRecord(ID, "2", 5, "ANSWERED", has_far_leg=True),
        CallRecord(ID, "3", 7, "ANSWERED", has_far_leg=False),
    )
    assert (call.cdr_seconds, call.cdr_keys) == (8, frozenset("123"))


def test_a_live_call_found_after_connecting() -> None:
    call = after(seen(CallState.ANSWERED, 12 * S, session_id="s1"))
    assert (call.state, call.answered_at, call.session_id) == (CallState.ANSWERED, 12 * S, "s1")
    assert after(seen(CallState.DIALING, 12 * S)).state is CallState.ANSWERED
    assert after(seen(CallState.DIALING)).state is CallState.DIALING
    assert after(seen(CallState.RINGING)).state is CallState.RINGING


def test_a_live_call_without_an_answer_time_has_no_running_clock() -> None:
    """Stored rows may not be ANSWERED without the instant the clock starts from."""
    call = after(seen(CallState.ANSWERED))
    assert (call.state, call.answered_at, call.is_live) == (CallState.RINGING, None, True)


def test_a_snapshot_adds_and_takes_nothing_away() -> None:
    ringing = after(STARTED, CallTagged(ID, "s1"), CallRinging(ID, 11 * S))
    assert apply(ringing, seen(CallState.DIALING)) == (ringing, None)
    answered = after(STARTED, CallAnswered(ID, 12 * S))
    assert apply(answered, seen(CallState.RINGING)) == (answered, None)


def test_a_call_thought_ended_comes_back_when_it_is_seen() -> None:
    estimated = replace(
        after(STARTED, CallAnswered(ID, 12 * S)),
        state=CallState.CHARGED,
        ended_at=15 * S,
        is_estimated=True,
    )
    call, anomaly = apply(estimated, seen(CallState.ANSWERED, 12 * S))
    assert call is not None
    assert anomaly is None
    assert (call.state, call.ended_at, call.is_estimated) == (CallState.ANSWERED, None, False)
    ended, _ = apply(estimated, CallEnded(ID, 17 * S, 16))
    assert ended is not None
    assert (ended.state, ended.ended_at, ended.is_estimated) == (CallState.CHARGED, 17 * S, False)


def test_an_ended_call_does_not_come_back() -> None:
    assert anomaly_of(seen(CallState.ANSWERED), STARTED, CallEnded(ID, 20 * S)) == "seen_after_end"


def test_the_store_has_the_final_word() -> None:
    call = after(STARTED, CallAnswered(ID, 13 * S), CallEnded(ID, 30 * S), stored())
    assert (call.answered_at, call.ended_at, call.session_id) == (12 * S, 20 * S, "s1")
    assert (call.state, call.talked_ms, call.is_stored) == (CallState.ENDED, 8000, True)
    for late in (CallAnswered(ID, 11 * S), CallEnded(ID, 50 * S, 17), CallRinging(ID, 11 * S)):
        assert apply(call, late)[0] == call
    assert anomaly_of(CallTagged(ID, "s2"), STARTED, stored()) == "session_differs"
    unanswered = stored(answered_at=None)
    assert anomaly_of(CallAnswered(ID, 12 * S), STARTED, unanswered) == "answer_after_stored"


def test_a_stored_call_nobody_saw_is_a_call() -> None:
    call = after(stored())
    assert (call.state, call.talked_ms, call.cause) == (CallState.ENDED, 8000, 16)
    charged = calls.advance(call, CallState.CHARGED)
    assert apply(charged, stored()) == (charged, None)


def test_a_stored_answer_outside_its_call_is_not_believed() -> None:
    call, anomaly = apply(None, stored(answered_at=25 * S))
    assert call is not None
    assert call.answered_at is None
    assert anomaly == Anomaly("stored_answer_outside_call", ID, str(25 * S))
    call, _ = apply(after(STARTED, CallAnswered(ID, 12 * S)), stored(answered_at=9 * S))
    assert call is not None
    assert call.answered_at == 12 * S


def test_a_store_that_contradicts_what_was_seen_is_named() -> None:
    other = CallStored(ID, "s1", "101", "0033", 10 * S, None, 20 * S, 16)
    call, anomaly = apply(after(STARTED), other)
    assert anomaly == Anomaly("stored_differs", ID, "0033")
    assert call is not None
    assert call.dialled == STARTED.dialled
    answered = after(STARTED, CallAnswered(ID, 12 * S))
    call, anomaly = apply(answered, stored(answered_at=None))
    assert anomaly == Anomaly("stored_not_answered", ID, str(12 * S))
    assert call is not None
    assert call.answered_at is None


def test_our_own_steps_follow_the_table() -> None:
    ended = after(STARTED, CallEnded(ID, 20 * S))
    assert calls.advance(ended, CallState.UNRATED).state is CallState.UNRATED
    with pytest.raises(calls.IllegalStep, match="DIALING -> CHARGED"):
        calls.advance(after(STARTED), CallState.CHARGED)
    assert set(calls.STEPS) == set(CallState)


instants = st.integers(-S, 40 * S)
maybe = st.none() | instants
texts = st.sampled_from(["", "101", "102", "00221775121234"])
states = st.sampled_from(CallState)
ended_by = st.sampled_from(EndedBy)
events: st.SearchStrategy[CallEvent] = st.one_of(
    st.builds(CallStarted, st.just(ID), texts, texts, instants),
    st.builds(CallTagged, st.just(ID), texts),
    st.builds(CallRinging, st.just(ID), instants),
    st.builds(CallAnswered, st.just(ID), instants),
    st.builds(CallRefused, st.just(ID), texts, texts, instants, texts),
    st.builds(CallEnded, st.just(ID), instants, st.none() | st.just(16), ended_by),
    st.builds(
        CallRecord, st.just(ID), st.sampled_from("123"), st.integers(0, 9), texts, st.booleans()
    ),
    st.builds(CallStored, st.just(ID), texts, texts, texts, instants, maybe, instants, st.none()),
    st.builds(CallSeen, st.just(ID), texts, texts, states, instants, maybe, texts),
)


@given(st.lists(events, max_size=12))
def test_any_news_in_any_order_is_survived_and_repeats_change_nothing(
    news: list[CallEvent],
) -> None:
    call: Call | None = None
    for event in news:
        call, _ = apply(call, event)
        again, _ = apply(call, event)
        assert again == call
        if call is None:
            continue
        assert call.talked_ms >= 0
        assert call.is_live == (call.ended_at is None)
        if call.state is CallState.ANSWERED:
            assert call.answered_at is not None


@given(st.permutations([CallRinging(ID, 11 * S), CallAnswered(ID, 12 * S), CallEnded(ID, 20 * S)]))
def test_the_order_of_the_news_does_not_change_the_call(news: list[CallEvent]) -> None:
    in_order = after(STARTED, *sorted(news, key=lambda event: type(event).__name__))
    call = after(STARTED, *news, *news)
    assert (call.state, call.talked_ms) == (in_order.state, 8000)
