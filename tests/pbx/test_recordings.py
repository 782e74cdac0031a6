"""Streams of a real Asterisk through the real link, over a real socket."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from app.domain.calls import Call, EndedBy
from app.pbx.trace import replay
from tests.fakes.inbox import TIMES, Inbox, World
from tests.fakes.recordings import FOLDER, RECORDINGS, expected_calls, recorded_bytes

# A recording is over in no time: nothing in it may be doubted for being late.
UNHURRIED = replace(TIMES, doubt_s=60.0)


def play(world: World, name: str) -> Inbox:
    _, inbox = world.link_up(times=UNHURRIED)
    world.exchange.send_raw(recorded_bytes(name))
    # The end of the stream is a packet that every link answers with news.
    world.exchange.send_raw(b"the end\r\n\r\n")
    world.wait(inbox, lambda: any("the end" in str(news) for news in inbox.news))
    # The link then asks for the picture anew, in which the recorded calls do not stand.
    marked = next(n for n, news in enumerate(inbox.news) if "the end" in str(news))
    del inbox.news[marked:]
    return inbox


@pytest.mark.parametrize("name", RECORDINGS)
def test_a_recording_means_what_happened(name: str, world: World) -> None:
    assert play(world, name).concluded() == expected_calls(name)


@pytest.mark.parametrize("name", RECORDINGS)
def test_chunks_change_nothing(name: str, world: World) -> None:
    world.exchange.faults.chunk_bytes = random.Random(name).randint(1, 97)
    assert play(world, name).concluded() == expected_calls(name)


@pytest.mark.parametrize("name", RECORDINGS)
def test_replaying_a_file_means_the_same(name: str) -> None:
    with (FOLDER / f"{name}.jsonl").open() as lines:
        assert replay(lines) == expected_calls(name)


@pytest.mark.parametrize(
    ("name", "ended_by"),
    [
        ("answered-lean", EndedBy.CUSTOMER),
        ("far-end-hangs-up", EndedBy.FAR_END),
        ("ami-hangup", EndedBy.EXCHANGE),
        ("absolute-timeout", EndedBy.EXCHANGE),
        ("caller-gives-up", EndedBy.CUSTOMER),
        ("busy", EndedBy.FAR_END),
    ],
)
def test_who_hung_up(name: str, ended_by: EndedBy, world: World) -> None:
    first: Call = next(iter(play(world, name).calls().values()))
    assert first.ended_by is ended_by


def test_no_recording_is_missing() -> None:
    assert len(RECORDINGS) >= 24
