"""Bytes of the Asterisk Manager Interface to packets: pure, capped, any chunking.

A packet is a run of `Key: value` lines ended by an empty line; lines end in CRLF or LF. The
first line of a connection is a greeting that follows no pattern (distributions change it).
Headers stay bytes until somebody asks for one: of a busy exchange's packets few matter here.
"""

from __future__ import annotations

import enum

MAX_GREETING_BYTES = 4096
MAX_PACKET_BYTES = 128 * 1024
MAX_HEADERS = 2000
MAX_FAULTS = 100
"""Faults kept between two `take_faults`; more of them say nothing new."""

_ENDS = b"\n\n"
_USUAL = (b"Event: ", b"Response: ")
_USUAL_BYTES = MAX_HEADERS
"""A packet of this length cannot have too many headers: it needs no closer look."""


def header_key(name: str) -> bytes:
    """Return the form in which `Packet.value` looks for a header: make it once, use it often."""
    return b"\n" + name.lower().encode("ascii") + b":"


class Kind(enum.Enum):
    """What a packet is, by its first line."""

    EVENT = b"event"
    RESPONSE = b"response"


class Packet:
    """One event or response: a multimap of headers, read on demand, names in any case."""

    __slots__ = ("_lower", "raw")

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self._lower: bytes | None = None

    def __repr__(self) -> str:
        return f"Packet({self.raw!r})"

    @property
    def is_event(self) -> bool:
        """Tell events from responses; an event may carry a `Response` header of its own."""
        return self.raw[:6].lower() == b"event:"

    @property
    def event(self) -> bytes:
        """Name of the event as it was sent; empty for a response."""
        raw = self.raw
        if raw.startswith(b"Event: "):
            end = raw.find(b"\n")
            return raw[7:end] if end >= 0 else raw[7:]
        if not self.is_event:
            return b""
        return raw.partition(b"\n")[0][6:].strip()

    def value(self, key: bytes) -> bytes:
        """Return the first value of a header made by `header_key`; empty when there is none."""
        lower = self._lower
        if lower is None:
            lower = self._lower = b"\n" + self.raw.lower()
        at = lower.find(key)
        if at < 0:
            return b""
        # `lower` has one byte more in front, which makes up for the line end in `key`.
        start = at + len(key) - 1
        end = self.raw.find(b"\n", start)
        return (self.raw[start:end] if end >= 0 else self.raw[start:]).strip()

    def text(self, name: str) -> str:
        """Return the first value of a header as text; what is no UTF-8 becomes U+FFFD."""
        return self.value(header_key(name)).decode("utf-8", "replace")

    def texts(self, name: str) -> list[str]:
        """Return every value of a repeated header, in order."""
        wanted = name.lower()
        return [value for key, value in self.headers() if key.lower() == wanted]

    def headers(self) -> list[tuple[str, str]]:
        """Return all headers in order; lines without a colon are left out."""
        parted = [line.partition(":") for line in self.raw.decode("utf-8", "replace").split("\n")]
        return [(name, value.strip()) for name, colon, value in parted if colon]


class AmiFraming:
    """Cuts one connection's bytes into packets; never holds more than one capped packet.

    What cannot be a packet is dropped and counted as a fault: `no_greeting`, `not_a_packet`,
    `too_long`, `too_many_headers`. After a fault reading goes on at the next empty line; until
    that comes `is_skipping` is set.
    """

    def __init__(self, *, expects_greeting: bool = True) -> None:
        self.greeting: str | None = None if expects_greeting else ""
        self._rest = b""
        self.is_skipping = False
        self._faults: list[tuple[str, str]] = []

    def take_faults(self) -> list[tuple[str, str]]:
        """Return the faults since the last call: code and the beginning of the bytes."""
        faults, self._faults = self._faults, []
        return faults

    def feed(self, data: bytes) -> list[Packet]:
        """Take the next bytes; return the packets that are complete now."""
        data = self._rest + data
        # A CR at the very end may be half of a line end.
        held = b""
        if data.endswith(b"\r"):
            data, held = data[:-1], b"\r"
        data = data.replace(b"\r\n", b"\n")
        if self.greeting is None:
            data = self._greet(data)
            if self.greeting is None:
                self._rest = data + held
                return []
        blocks = data.split(_ENDS)
        rest = blocks.pop()
        if blocks and self.is_skipping:
            del blocks[0]
            self.is_skipping = False
        if not self.is_skipping and len(rest) > MAX_PACKET_BYTES:
            self._fault("too_long", rest)
            self.is_skipping = True
        if self.is_skipping:
            # Of what is thrown away only the last line end matters: the next may end the skipping.
            rest = b"\n" if rest.endswith(b"\n") else b""
        self._rest = rest + held
        return self._packets(blocks)

    def _packets(self, blocks: list[bytes]) -> list[Packet]:
        packets = []
        for block in blocks:
            raw = block.lstrip(b"\n") if block[:1] == b"\n" else block
            if (len(raw) <= _USUAL_BYTES and raw.startswith(_USUAL)) or self._is_sound(raw):
                packets.append(Packet(raw))
        return packets

    def _is_sound(self, raw: bytes) -> bool:
        if not raw:
            return False
        if len(raw) > MAX_PACKET_BYTES:
            self._fault("too_long", raw)
        elif raw.count(b"\n") >= MAX_HEADERS:
            self._fault("too_many_headers", raw)
        elif raw[:9].lower().startswith((b"event:", b"response:")):
            return True
        else:
            self._fault("not_a_packet", raw)
        return False

    def _greet(self, data: bytes) -> bytes:
        line, end, rest = data.partition(b"\n")
        if end and len(line) <= MAX_GREETING_BYTES:
            self.greeting = line.decode("utf-8", "replace")
            return rest
        if len(data) > MAX_GREETING_BYTES:
            self._fault("no_greeting", data)
            self.greeting = ""
            self.is_skipping = True
        return data

    def _fault(self, code: str, data: bytes) -> None:
        if len(self._faults) < MAX_FAULTS:
            self._faults.append((code, data[:40].decode("ascii", "replace")))
