"""Writing a booth's lock into AstDB, and asking whether the exchange agrees."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator

from app.messages.pbx import SetLock
from app.pbx.ami_messages import (
    LOCK_FAMILY,
    LOCKED,
    SESSION_FAMILY,
    UNLOCKED,
    UNTIL_FAMILY,
)
from app.pbx.conversation import Answer, Ask, Wait
from app.pbx.framing import header_key

_VAL = header_key("Val")
# What the dialplan's FILTER() lets through; anything else would be read back changed.
_EXTENSION = re.compile(r"[A-Za-z0-9_-]{1,64}")
_SESSION = re.compile(r"[A-Za-z0-9-]{1,64}")


def is_writable(action: SetLock) -> bool:
    """Tell whether the dialplan will read exactly this extension and this session."""
    session = action.session_id
    return _EXTENSION.fullmatch(action.extension) is not None and (
        session is None or _SESSION.fullmatch(session) is not None
    )


def code_of(answer: Answer) -> str:
    """Return the stable code of an action that failed."""
    if "permission denied" in answer.message.lower():
        return "permission_denied"
    return "exchange_error"


def write_lock(
    action: SetLock, exchange_now_us: Callable[[], int]
) -> Generator[Ask | Wait, Answer, str]:
    """Write a lock and read it back; returns "" when the exchange agrees, else a code.

    Locking writes the lock first; unlocking writes it last, when session and lease stand: whatever
    is cut off in between leaves the booth shut or on its old lease.
    """
    if action.session_id is None or action.lease_s <= 0:
        values = [(LOCK_FAMILY, LOCKED), (UNTIL_FAMILY, "0")]
    else:
        until = exchange_now_us() // 1_000_000 + action.lease_s
        values = [
            (SESSION_FAMILY, action.session_id),
            (UNTIL_FAMILY, str(until)),
            (LOCK_FAMILY, UNLOCKED),
        ]
    for family, value in values:
        entry = {"Family": family, "Key": action.extension, "Val": value}
        answer = yield Ask("DBPut", entry)
        if not answer.is_ok:
            return code_of(answer)
    for family, value in values:
        entry = {"Family": family, "Key": action.extension}
        answer = yield Ask("DBGet", entry, b"DBGetResponse")
        if not answer.is_ok:
            code = code_of(answer)
            return code if code == "permission_denied" else "not_kept"
        if answer.events[-1].value(_VAL) != value.encode():
            return "not_kept"
    return ""
