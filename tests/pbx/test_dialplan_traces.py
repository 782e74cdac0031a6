"""Streams of a real Asterisk with our dialplan: sessions, refusals, kept calls, reconnects."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.domain.calls import Call, CallEvent, apply
from app.pbx.ami_calls import CallFollower
from app.pbx.ami_messages import parse_stored, session_of
from app.pbx.ami_snapshot import read_live, read_stored, read_tree
from app.pbx.framing import AmiFraming, Packet
from app.pbx.trace import conclude, read_trace
from tests.fakes.inbox import EXTENSIONS

FOLDER = Path(__file__).parent.parent / "data" / "asterisk-dialplan"
SCENARIOS = sorted(path.name.removesuffix(".expected.json") for path in FOLDER.glob("*.expected.*"))
# The dialplan's clock readings against the events' stamps, as measured on the real exchange.
STORED_DIFFERS_MS = 10


def expected(name: str) -> list[dict[str, Any]]:
    calls: list[dict[str, Any]] = json.loads((FOLDER / f"{name}.expected.json").read_text())
    return calls


def connections(name: str) -> list[list[Packet]]:
    paths = [FOLDER / f"{name}{part}.jsonl" for part in ("", "-1", "-2")]
    heard = []
    for path in paths:
        if path.exists():
            framing = AmiFraming(expects_greeting=False)
            traced = read_trace(path.read_text().splitlines())
            data = b"".join(packet.encode() for packet in traced if packet.is_from_exchange)
            heard.append(framing.feed(data))
    assert heard
    return heard


class Desk:
    """Applies news to calls."""

    def __init__(self) -> None:
        self.calls: dict[str, Call] = {}

    def take(self, *events: CallEvent) -> None:
        for event in events:
            call, _ = apply(self.calls.get(event.call_id), event)
            if call is not None:
                self.calls[event.call_id] = call


def live_desk(name: str) -> Desk:
    """Follow a scenario as a link does: events, and the picture of the second connection."""
    desk, follower = Desk(), CallFollower(EXTENSIONS)
    for number, packets in enumerate(connections(name)):
        if number:
            live = read_live(packets, follower.extension_of)
            follower.adopt(live)
            desk.take(*live.values(), *read_stored(read_tree(packets)))
        for packet in packets:
            desk.take(*follower.follow(packet, 0))
    return desk


@pytest.mark.parametrize("name", SCENARIOS)
def test_calls_sessions_and_refusals(name: str) -> None:
    calls = live_desk(name).calls
    for call in expected(name):
        known = calls.pop(call["uniqueid"])
        assert known.session_id == session_of((call["session"] or "").encode())
        assert known.is_refused == call["refused"]
        assert known.refused_reason == (call["reason"] or "")
        assert known.dialled == call["dialled"]
        assert abs(known.talked_ms - 1000 * call["talked_seconds"]) <= STORED_DIFFERS_MS
        assert known.cdr_seconds in {call["cdr_seconds"], 0}
    assert not calls


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_kept_record_says_what_the_events_said(name: str) -> None:
    for call in expected(name):
        if call["stored"] is None:
            continue
        stored = parse_stored(call["uniqueid"], call["stored"].encode())
        assert stored is not None
        known, anomaly = apply(None, stored)
        assert anomaly is None
        assert known is not None
        assert (known.extension, known.dialled) == (call["extension"], call["dialled"])
        assert known.cause == call["cause"]
        assert abs(known.talked_ms - 1000 * call["talked_seconds"]) <= STORED_DIFFERS_MS


@pytest.mark.parametrize("name", [n for n in SCENARIOS if (FOLDER / f"{n}.jsonl").exists()])
def test_events_alone_give_the_exact_seconds(name: str) -> None:
    found = [conclude(call) for call in live_desk(name).calls.values()]
    beyond = {"cdrs", "session", "reason", "stored"}
    wanted = [{key: call[key] for key in call.keys() - beyond} for call in expected(name)]
    assert found == wanted


def test_no_scenario_is_missing() -> None:
    assert len(SCENARIOS) >= 16
