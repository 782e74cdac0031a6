"""What an Asterisk holds right now, read from its lists: live calls, kept calls, open booths."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.domain.calls import CallSeen, CallState, CallStored
from app.pbx.ami_messages import (
    LOCK_FAMILY,
    MAX_DIALLED,
    MAX_ID,
    SESSION_FAMILY,
    STORED_FAMILY,
    UNLOCKED,
    UNTIL_FAMILY,
    clean,
    parse_instant,
    parse_stored,
    session_of,
)
from app.pbx.framing import Packet, header_key

STATUS_VARIABLES = (
    "CDR(start,u)",
    "CDR(answer,u)",
    "CALLSHOP_SESSION",
    "CALLSHOP_NUMBER",
    "CALLSHOP_START",
    "CALLSHOP_ANSWER",
)
"""Channel variables asked for with Status; the CALLSHOP ones are set by our dialplan."""

_CHANNEL = header_key("Channel")
_UNIQUEID = header_key("Uniqueid")
_LINKEDID = header_key("Linkedid")
_CHANNEL_STATE = header_key("ChannelState")
_EXTEN = header_key("Exten")
_DNID = header_key("DNID")
_KEY = header_key("Key")
_VAL = header_key("Val")
_RINGING = b"5"
_NOT_DIALLED = frozenset({"", "s", "h", "(null)", "<unknown>"})

ExtensionOf = Callable[[bytes], str | None]


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """One key of AstDB below its family."""

    family: str
    key: str
    value: bytes


def read_tree(events: Iterable[Packet]) -> list[TreeEntry]:
    """Read the events of DBGetTree or DBGet; entries that are none are left out."""
    entries = []
    for packet in events:
        if packet.event == b"DBGetTreeResponse":
            family, _, key = clean(packet.value(_KEY), MAX_ID).strip("/").partition("/")
            entries.append(TreeEntry(family, key, packet.value(_VAL)))
    return entries


def read_stored(entries: Iterable[TreeEntry]) -> tuple[CallStored, ...]:
    """Return the finished calls among AstDB entries."""
    found = (
        parse_stored(entry.key, entry.value) for entry in entries if entry.family == STORED_FAMILY
    )
    return tuple(stored for stored in found if stored is not None)


def read_unlocked(entries: Iterable[TreeEntry], exchange_now_us: int) -> dict[str, str]:
    """Return extension -> session of every booth that the dialplan lets dial now."""
    values = {(entry.family, entry.key): entry.value for entry in entries}
    unlocked = {}
    for (family, extension), value in values.items():
        if family != LOCK_FAMILY or value != UNLOCKED.encode():
            continue
        until = parse_instant(values.get((UNTIL_FAMILY, extension), b""))
        if until is not None and until > exchange_now_us:
            session = values.get((SESSION_FAMILY, extension), b"")
            unlocked[extension] = session_of(session)
    return unlocked


def read_live(packets: Iterable[Packet], extension_of: ExtensionOf) -> dict[str, CallSeen]:
    """Return the booths' live calls by channel name, from two lists.

    A channel may end or begin between CoreShowChannels and Status, and only Status knows
    variables: the later packet of a channel wins.
    """
    channels: dict[bytes, Packet] = {}
    ringing: set[bytes] = set()
    for packet in packets:
        if packet.event not in {b"CoreShowChannel", b"Status"}:
            continue
        channel, linked = packet.value(_CHANNEL), packet.value(_LINKEDID)
        if packet.value(_UNIQUEID) != linked:
            if packet.value(_CHANNEL_STATE) == _RINGING:
                ringing.add(linked)
        elif extension_of(channel) is not None:
            channels[channel] = packet
    seen = {}
    for channel, packet in channels.items():
        is_ringing = packet.value(_UNIQUEID) in ringing
        call = _read_call(packet, extension_of(channel) or "", is_ringing=is_ringing)
        if call is not None:
            seen[clean(channel, MAX_ID)] = call
    return seen


def _read_call(packet: Packet, extension: str, *, is_ringing: bool) -> CallSeen | None:
    call_id = clean(packet.value(_UNIQUEID), MAX_ID)
    variables = _variables(packet)
    dialled = _first_dialled(
        variables.get("CALLSHOP_NUMBER", ""),
        clean(packet.value(_DNID), MAX_DIALLED),
        clean(packet.value(_EXTEN), MAX_DIALLED),
    )
    # A Uniqueid begins with the second of the channel's birth.
    born_at = parse_instant(packet.value(_UNIQUEID).partition(b".")[0])
    started_at = _instant(variables, "CDR(start,u)", "CALLSHOP_START") or born_at
    if not call_id or not dialled or started_at is None:
        return None
    answered_at = _instant(variables, "CALLSHOP_ANSWER", "CDR(answer,u)")
    state = CallState.RINGING if is_ringing else CallState.DIALING
    if answered_at is not None:
        state = CallState.ANSWERED
    session = session_of(variables.get("CALLSHOP_SESSION", "").encode())
    return CallSeen(call_id, extension, dialled, state, started_at, answered_at, session)


def _variables(packet: Packet) -> dict[str, str]:
    pairs = (text.partition("=") for text in packet.texts("Variable"))
    return {name: value for name, _, value in pairs}


def _instant(variables: dict[str, str], *names: str) -> int | None:
    for name in names:
        instant = parse_instant(variables.get(name, "").encode())
        if instant is not None:
            return instant
    return None


def _first_dialled(*candidates: str) -> str:
    return next((text for text in candidates if text not in _NOT_DIALLED), "")
