"""Streams of a real Asterisk through the whole program, whole and in pieces of any size."""

from __future__ import annotations

import random

import pytest

from app.domain.sessions import BoothState
from tests.e2e.conftest import OpenCounter
from tests.fakes.recordings import RECORDINGS, expected_calls, recorded_bytes

# A refusal in booth 8, which no recording has, ends the stream: it is concluded after the others.
LAST = b"\r\n".join(
    (
        b"Event: UserEvent",
        b"Timestamp: 1999999999.000000",
        b"Channel: PJSIP/108-00000001",
        b"Uniqueid: 1999999999.1",
        b"Linkedid: 1999999999.1",
        b"UserEvent: BoothRefused",
        b"Extension: 108",
        b"Dialled: 1234",
        b"Reason: locked",
        b"",
        b"",
    )
)
REFUSED = {
    "uniqueid": "1999999999.1",
    "extension": "108",
    "dialled": "1234",
    "started": 1999999999.0,
    "answered": None,
    "ended": None,
    "cause": None,
    "cdr_seconds": 0,
    "refused": True,
    "talked_seconds": 0,
}


@pytest.mark.parametrize("in_pieces", [False, True], ids=["whole", "pieces"])
@pytest.mark.parametrize("name", RECORDINGS)
def test_a_recording_becomes_calls_in_the_database(
    name: str, in_pieces: bool, open_counter: OpenCounter
) -> None:
    counter = open_counter()
    if in_pieces:
        counter.exchange.faults.chunk_bytes = random.Random(name).randint(1, 97)
    counter.exchange.send_raw(recorded_bytes(name))
    counter.exchange.send_raw(LAST)
    counter.until(lambda: counter.calls()[-1:] == [REFUSED])
    counter.advance(1)  # what may wait for company has waited enough
    expected = expected_calls(name)
    counter.until(lambda: counter.calls() == [*expected, REFUSED])
    for concluded in expected:
        booth = int(concluded["extension"]) - 100
        is_up = concluded["ended"] is None
        counter.wait_state(booth, BoothState.TALKING if is_up else BoothState.LOCKED)
