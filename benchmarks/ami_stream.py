"""Packets a second through the AMI framing and the follower, beside panoramisk's own parser.

Run it as `python -m benchmarks.ami_stream`. The stream is the recorded ones, one after the
other, in pieces as they come from a socket. "cut" is framing alone, headers unread, as the link
leaves most of them; "cut and read" also splits every header of every packet, which is what
panoramisk's parser does; "cut and followed" is what the link's thread does. Best of some rounds.
"""

from __future__ import annotations

import logging
import time
import warnings
from collections import deque
from collections.abc import Callable
from pathlib import Path

from app.domain.calls import Call, apply
from app.pbx.ami_calls import CallFollower
from app.pbx.framing import AmiFraming
from app.pbx.trace import read_trace
from benchmarks.report import note, row

RECORDINGS = Path(__file__).parent.parent / "tests" / "data" / "asterisk"
PIECE_BYTES = 4096
COPIES = 40
ROUNDS = 7
TARGET_FOLLOWED = 50_000
TARGET_RATIO = 1.5

with warnings.catch_warnings():
    # It names things that later versions of Python took away.
    warnings.simplefilter("ignore")
    from panoramisk.ami_protocol import AMIProtocol


def recorded_pieces() -> list[bytes]:
    """Return the recorded streams some times over, cut like reads from a socket."""
    stream = b"".join(
        packet.encode()
        for path in sorted(RECORDINGS.glob("*.jsonl"))
        for packet in read_trace(path.read_text().splitlines())
        if packet.is_from_exchange
    )
    stream *= COPIES
    return [stream[at : at + PIECE_BYTES] for at in range(0, len(stream), PIECE_BYTES)]


def cut(pieces: list[bytes]) -> int:
    """Cut into packets."""
    framing = AmiFraming(expects_greeting=False)
    return sum(len(framing.feed(piece)) for piece in pieces)


def cut_and_read(pieces: list[bytes]) -> int:
    """Cut into packets and split all their headers."""
    framing = AmiFraming(expects_greeting=False)
    count = 0
    for piece in pieces:
        for packet in framing.feed(piece):
            packet.headers()
            count += 1
    return count


def cut_and_follow(pieces: list[bytes]) -> int:
    """Cut into packets, follow the booths' calls and apply the news, as link and desk do."""
    framing = AmiFraming(expects_greeting=False)
    follower = CallFollower({f"10{number}": f"10{number}" for number in range(1, 5)})
    calls: dict[str, Call] = {}
    count = 0
    for piece in pieces:
        for packet in framing.feed(piece):
            count += 1
            for event in follower.follow(packet, 0):
                call, _ = apply(calls.get(event.call_id), event)
                if call is not None:
                    calls[event.call_id] = call
    return count


class _Counting(AMIProtocol):  # type: ignore[misc]  # panoramisk has no types
    """Its protocol with nobody behind it: what `data_received` parses is only counted."""

    def __init__(self) -> None:
        self.queue: deque[str] = deque()
        self.factory = None
        self.version = "known"
        self.encoding = "utf8"
        self.log = logging.getLogger("panoramisk")
        self.count = 0

    def handle_message(self, message: object) -> None:
        """Count a message instead of telling its callbacks."""
        self.count += message is not None


def panoramisk_parses(pieces: list[bytes]) -> int:
    """Let panoramisk parse the same bytes."""
    protocol = _Counting()
    for piece in pieces:
        protocol.data_received(piece)
    return protocol.count


def packets_a_second(parse: Callable[[list[bytes]], int], pieces: list[bytes]) -> tuple[float, int]:
    """Return the best of some rounds, and how many packets there were."""
    best, count = 0.0, 0
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        count = parse(pieces)
        best = max(best, count / (time.perf_counter() - begun))
    return best, count


def main() -> int:
    """Measure and print; returns how many limits were missed."""
    pieces = recorded_pieces()
    theirs, their_count = packets_a_second(panoramisk_parses, pieces)
    alone, count = packets_a_second(cut, pieces)
    read, _ = packets_a_second(cut_and_read, pieces)
    followed, _ = packets_a_second(cut_and_follow, pieces)
    note(f"{count:,} packets of recorded streams, {sum(map(len, pieces)) / count:,.0f} bytes each")
    note(f"panoramisk parses {their_count:,} of them, {theirs:,.0f} a second")
    held = [
        row("cut and followed", followed, TARGET_FOLLOWED, "packets/s", at_least=True),
        row("cut (1.5 x panoramisk)", alone, TARGET_RATIO * theirs, "packets/s", at_least=True),
        row(
            "cut, every header read (1.5 x panoramisk)",
            read,
            TARGET_RATIO * theirs,
            "packets/s",
            at_least=True,
        ),
    ]
    return held.count(False)


if __name__ == "__main__":
    main()
