"""Recorded streams of an exchange: one packet a line of JSON, for replay and for fault reports.

A line is `{"at": seconds since the first, "from": "exchange" | "client", "lines": [...]}`. Replay
feeds the packets as bytes through the same framing, follower and rules as a live line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.calls import Call, apply
from app.pbx.ami_calls import TECHNOLOGIES, CallFollower
from app.pbx.framing import AmiFraming, Packet

MAX_LINES = 2000


class TraceError(ValueError):
    """A line of a trace that is none: `line_number` from 1 and a stable `code`."""

    def __init__(self, line_number: int, code: str) -> None:
        super().__init__(f"line {line_number}: {code}")
        self.line_number = line_number
        self.code = code


@dataclass(frozen=True, slots=True)
class TracedPacket:
    """One packet of a trace; `at` in seconds since the first."""

    at: float
    is_from_exchange: bool
    lines: tuple[str, ...]

    def encode(self) -> bytes:
        """Return the packet as it was on the wire."""
        return ("\r\n".join(self.lines) + "\r\n\r\n").encode()


def read_trace(lines: Iterable[str]) -> Iterator[TracedPacket]:
    """Read a trace, empty lines left out; raises `TraceError` at the first line that is none."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _read_line(number, line)


def _read_line(number: int, text: str) -> TracedPacket:
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise TraceError(number, "not_json") from error
    if not isinstance(found, dict):
        raise TraceError(number, "not_an_object")
    at, sender, lines = found.get("at"), found.get("from"), found.get("lines")
    if isinstance(at, bool) or not isinstance(at, int | float) or not 0 <= at < float("inf"):
        raise TraceError(number, "bad_at")
    if sender not in {"exchange", "client"}:
        raise TraceError(number, "bad_from")
    if not isinstance(lines, list) or not 0 < len(lines) <= MAX_LINES:
        raise TraceError(number, "bad_lines")
    if not all(isinstance(line, str) and not set(line) & {"\r", "\n"} for line in lines):
        raise TraceError(number, "bad_lines")
    return TracedPacket(float(at), sender == "exchange", tuple(lines))


def replay(
    lines: Iterable[str],
    endpoints: Mapping[str, str] | None = None,
    technologies: tuple[str, ...] = TECHNOLOGIES,
) -> list[dict[str, Any]]:
    """Return the calls that a live line would have concluded, in the order they began.

    Seconds are floats, what is unknown is None. Without `endpoints` every phone that dials out
    in the trace is taken for a booth. Raises `TraceError`.
    """
    packets = [packet for packet in read_trace(lines) if packet.is_from_exchange]
    known = endpoints if endpoints is not None else find_endpoints(packets, technologies)
    follower = CallFollower(known, technologies)
    framing = AmiFraming(expects_greeting=False)
    calls: dict[str, Call] = {}
    for traced in packets:
        for packet in framing.feed(traced.encode()):
            for event in follower.follow(packet, round(traced.at * 1_000_000)):
                call, _ = apply(calls.get(event.call_id), event)
                if call is not None:
                    calls[event.call_id] = call
    return [conclude(call) for call in calls.values()]


def find_endpoints(
    packets: Iterable[TracedPacket], technologies: tuple[str, ...]
) -> dict[str, str]:
    """Return the phones that dial out in a trace, each its own extension."""
    found = {}
    for traced in packets:
        packet = Packet("\n".join(traced.lines).encode())
        if packet.event != b"Newchannel" or packet.text("Uniqueid") != packet.text("Linkedid"):
            continue
        technology, _, rest = packet.text("Channel").partition("/")
        endpoint = rest.rpartition("-")[0]
        if technology in technologies and endpoint:
            found[endpoint] = endpoint
    return found


def conclude(call: Call) -> dict[str, Any]:
    """Return a call as plain data; instants as epoch seconds."""
    return {
        "extension": call.extension,
        "dialled": call.dialled,
        "uniqueid": call.call_id,
        "started": call.started_at / 1_000_000,
        "answered": None if call.answered_at is None else call.answered_at / 1_000_000,
        "ended": None if call.ended_at is None else call.ended_at / 1_000_000,
        "talked_seconds": call.talked_ms / 1000,
        "cdr_seconds": call.cdr_seconds,
        "cause": call.cause,
        "refused": call.is_refused,
    }
