"""Actions of the Asterisk Manager Interface as bytes, and the values that travel in AstDB.

AstDB: `callshop/<extension>` is `unlocked` or locked; `callshop_until/<extension>` the lease's
end in epoch seconds; `callshop_session/<extension>` the session; `callshop_cdr/<uniqueid>` a
finished call, `v1|session|extension|number|start|answer|end|cause|dialstatus`, instants in epoch
seconds with six decimals. The dialplan in resources/asterisk writes and reads the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from app.domain.calls import CallStored

MAX_LINE_BYTES = 1023
"""Asterisk drops longer input lines (main/manager.c, `inbuf`)."""

LOCK_FAMILY = "callshop"
UNTIL_FAMILY = "callshop_until"
SESSION_FAMILY = "callshop_session"
STORED_FAMILY = "callshop_cdr"
UNLOCKED = "unlocked"
LOCKED = "locked"
NO_SESSION = "emergency"
"""What the dialplan writes for a call that belongs to no session."""

MAX_DIALLED = 80
MAX_ID = 150
_MAX_SECONDS_DIGITS = 11


class BadValue(ValueError):
    """A value that must not go on the wire: a line end in it, or a line too long."""


def encode_action(name: str, action_id: str, headers: Mapping[str, str]) -> bytes:
    """Return one action; raises `BadValue` for what would become another header or be cut off."""
    lines = [f"Action: {name}", f"ActionID: {action_id}"]
    lines += [f"{key}: {value}" for key, value in headers.items()]
    for line in lines:
        if any(ord(char) < ord(" ") for char in line) or len(line.encode()) > MAX_LINE_BYTES:
            raise BadValue(line.partition(":")[0])
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def login_key(challenge: str, secret: str) -> str:
    """Return the answer to an MD5 challenge; the protocol asks for MD5 (main/manager.c)."""
    return hashlib.md5((challenge + secret).encode(), usedforsecurity=False).hexdigest()


def parse_instant(value: bytes) -> int | None:
    """Read epoch seconds with up to six decimals as microseconds; None when it is none or zero."""
    seconds, _, fraction = value.partition(b".")
    if not seconds.isdigit() or len(seconds) > _MAX_SECONDS_DIGITS:
        return None
    if fraction and not fraction.isdigit():
        return None
    return int(seconds) * 1_000_000 + int(fraction[:6].ljust(6, b"0")) or None


def format_instant(instant_us: int) -> str:
    """Write microseconds as epoch seconds with six decimals."""
    return f"{instant_us // 1_000_000}.{instant_us % 1_000_000:06d}"


def parse_cause(value: bytes) -> int | None:
    """Read a Q.850 cause; None when it is none."""
    return int(value) if value.isdigit() and len(value) <= 3 else None  # noqa: PLR2004 -- 0 to 127


def clean(value: bytes, limit: int) -> str:
    """Return an id or number of the exchange as printable text of at most `limit` characters."""
    text = value.decode("utf-8", "replace")
    return text[:limit] if text.isprintable() else ""


def session_of(value: bytes) -> str:
    """Return the session a call was dialled for; empty when it belongs to none."""
    session = clean(value, MAX_ID)
    return "" if session in {NO_SESSION, "(null)"} else session


def parse_stored(call_id: str, value: bytes) -> CallStored | None:
    """Read a finished call as the dialplan kept it; None when it is not one."""
    fields = value.split(b"|")
    if len(fields) < 9 or fields[0] != b"v1" or not call_id:  # noqa: PLR2004 -- see the module
        return None
    ended_at = parse_instant(fields[6])
    if ended_at is None:
        return None
    return CallStored(
        call_id=call_id,
        session_id=session_of(fields[1]),
        extension=clean(fields[2], MAX_ID),
        dialled=clean(fields[3], MAX_DIALLED),
        started_at=parse_instant(fields[4]) or ended_at,
        answered_at=parse_instant(fields[5]),
        ended_at=ended_at,
        cause=parse_cause(fields[7]),
    )
