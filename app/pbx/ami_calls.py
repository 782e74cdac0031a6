"""Packets of Asterisk to news of the booths' calls: pure, bounded, in the link's thread.

A call is the booth's own channel, the one whose Uniqueid equals its Linkedid and whose name is
`TECH/<endpoint>-…` of a booth; everything is keyed by that Uniqueid, never by channel names
(they start again with the exchange). Local channels belong to nobody. The far end's answer is
`DialEnd` with `ANSWER`, not the state of the booth's channel. Nothing relies on the order in
which an exchange speaks: what comes before its call waits for it, for a while.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from app.domain.calls import (
    CallAnswered,
    CallEnded,
    CallEvent,
    CallRecord,
    CallRefused,
    CallRinging,
    CallSeen,
    CallStarted,
    CallTagged,
    EndedBy,
)
from app.pbx.ami_messages import (
    MAX_DIALLED,
    MAX_ID,
    clean,
    parse_cause,
    parse_instant,
    session_of,
)
from app.pbx.framing import Packet, header_key

TECHNOLOGIES = ("PJSIP", "SIP", "IAX2", "DAHDI")
MAX_REMEMBERED = 4096
"""Calls that ended, and calls known only by their middle, that are kept for late packets."""
_MAX_LATE = 32
"""Packets kept of one such call."""
MAX_LIVE = 10_000

_CHANNEL = header_key("Channel")
_UNIQUEID = header_key("Uniqueid")
_LINKEDID = header_key("Linkedid")
_EXTEN = header_key("Exten")
_TIMESTAMP = header_key("Timestamp")
_DEST_UNIQUEID = header_key("DestUniqueid")
_DIAL_STATUS = header_key("DialStatus")
_CAUSE = header_key("Cause")
_USER_EVENT = header_key("UserEvent")
_SESSION = header_key("Session")
_DIALLED = header_key("Dialled")
_NUMBER = header_key("Number")
_REASON = header_key("Reason")
_NEW_NAME = header_key("NewName")
_DESTINATION_CHANNEL = header_key("DestinationChannel")
_BILLABLE_SECONDS = header_key("BillableSeconds")
_DISPOSITION = header_key("Disposition")
_SEQUENCE = header_key("Sequence")
_DERIVED_SEQUENCE = tuple(
    header_key(name)
    for name in ("DestinationChannel", "LastApplication", "StartTime", "AnswerTime", "EndTime")
)
_UNDIALLED = frozenset({b"", b"s"})
_NOTHING: tuple[CallEvent, ...] = ()
_MAX_SECONDS_DIGITS = 8

News = tuple[CallEvent, ...]
V = TypeVar("V")


@dataclass(slots=True)
class _Followed:
    """What the link must know of a live call to read the next packets and to cut it."""

    call_id: str
    channel: str
    extension: str
    born_at: int
    is_announced: bool = True
    ended_by: EndedBy = EndedBy.EXCHANGE
    far_legs: list[str] = field(default_factory=list)


class CallFollower:
    """Follows the booths' calls of one exchange.

    `endpoints` maps the name of a phone in channel names to the booth's extension. `is_lost`
    is set when a packet speaks of a call whose beginning was never seen: read the whole picture.
    """

    def __init__(
        self, endpoints: Mapping[str, str], technologies: tuple[str, ...] = TECHNOLOGIES
    ) -> None:
        self.is_lost = False
        self._booths = {
            f"{technology}/{endpoint}": extension
            for technology in technologies
            for endpoint, extension in endpoints.items()
        }
        self._live: dict[str, _Followed] = {}
        self._far: dict[str, str] = {}
        self._ended: dict[str, CallEnded] = {}
        self._late: dict[str, list[CallEvent]] = {}
        self._handlers: dict[bytes, Callable[[Packet, int], News]] = {
            b"Newchannel": self._on_new_channel,
            b"DialBegin": self._on_dial_begin,
            b"DialState": self._on_dial_state,
            b"DialEnd": self._on_dial_end,
            b"HangupRequest": self._on_hangup_request,
            b"Hangup": self._on_hangup,
            b"Cdr": self._on_cdr,
            b"UserEvent": self._on_user_event,
            b"Rename": self._on_rename,
        }

    def follow(self, packet: Packet, now_us: int) -> News:
        """Return what an event says of booths' calls; `now_us` for events without a stamp."""
        handler = self._handlers.get(packet.event)
        return handler(packet, now_us) if handler is not None else _NOTHING

    def adopt(self, seen: Mapping[str, CallSeen]) -> None:
        """Take the calls of a snapshot, by channel name, for all that is up now."""
        self._live = {
            call.call_id: _Followed(call.call_id, channel, call.extension, call.started_at)
            for channel, call in seen.items()
        }
        self._far.clear()
        self.is_lost = False

    def channel_of(self, call_id: str) -> str | None:
        """Return the name of a live call's channel, to hang it up."""
        call = self._live.get(call_id)
        return call.channel if call is not None else None

    def extension_of(self, channel: bytes) -> str | None:
        """Return the extension of the booth a channel belongs to, None for all others."""
        name, dash, _ = channel.rpartition(b"-")
        return self._booths.get(name.decode("utf-8", "replace")) if dash else None

    def _id_of_unknown(self, packet: Packet) -> str:
        """Return the call's id when the packet is about a booth's own outgoing call, else ""."""
        if self.extension_of(packet.value(_CHANNEL)) is None:
            return ""
        call_id = packet.value(_UNIQUEID)
        return clean(call_id, MAX_ID) if call_id == packet.value(_LINKEDID) else ""

    def _tell(self, packet: Packet, call_id: str, event: CallEvent) -> News:
        """Tell of a call; what comes before its beginning is also kept until that comes."""
        call = self._live.get(call_id)
        if call is not None:
            return (event,) if call.is_announced else _NOTHING
        if call_id in self._ended:
            if call_id in self._late:
                self._keep(call_id, event, is_loss=False)
            return (event,)
        if not self._id_of_unknown(packet):
            return _NOTHING
        self._keep(call_id, event, is_loss=True)
        return (event,)

    def _keep(self, call_id: str, event: CallEvent, *, is_loss: bool) -> None:
        if call_id not in self._late:
            _remember(self._late, call_id, [], MAX_REMEMBERED)
            self.is_lost |= is_loss
        if len(self._late[call_id]) < _MAX_LATE:
            self._late[call_id].append(event)

    def _on_new_channel(self, packet: Packet, now_us: int) -> News:
        call_id = self._id_of_unknown(packet)
        if not call_id or call_id in self._live:
            return _NOTHING
        channel = packet.value(_CHANNEL)
        extension = self.extension_of(channel) or ""
        at = _stamp(packet, now_us)
        dialled = packet.value(_EXTEN)
        started = CallStarted(call_id, extension, clean(dialled, MAX_DIALLED), at)
        ended = self._ended.get(call_id)
        if ended is not None:
            return (started, *self._late.pop(call_id, ()), ended)
        call = _Followed(call_id, clean(channel, MAX_ID), extension, at)
        _remember(self._live, call_id, call, MAX_LIVE)
        if dialled in _UNDIALLED:
            # A handset was lifted, or the exchange calls the phone first: no number yet.
            call.is_announced = False
            return _NOTHING
        return (started, *self._late.pop(call_id, ()))

    def _on_dial_begin(self, packet: Packet, _now_us: int) -> News:
        call = self._live.get(clean(packet.value(_UNIQUEID), MAX_ID))
        if call is None:
            return _NOTHING
        far = clean(packet.value(_DEST_UNIQUEID), MAX_ID)
        if far and far not in self._far and len(call.far_legs) < _MAX_LATE:
            call.far_legs.append(far)
            _remember(self._far, far, call.call_id, MAX_LIVE)
        dialled = packet.value(_EXTEN)
        if call.is_announced or dialled in _UNDIALLED:
            return _NOTHING
        call.is_announced = True
        number = clean(dialled, MAX_DIALLED)
        return (CallStarted(call.call_id, call.extension, number, call.born_at),)

    def _on_dial_state(self, packet: Packet, now_us: int) -> News:
        if packet.value(_DIAL_STATUS) != b"RINGING":
            return _NOTHING
        call_id = clean(packet.value(_UNIQUEID), MAX_ID)
        return self._tell(packet, call_id, CallRinging(call_id, _stamp(packet, now_us)))

    def _on_dial_end(self, packet: Packet, now_us: int) -> News:
        if packet.value(_DIAL_STATUS) != b"ANSWER":
            return _NOTHING
        call_id = clean(packet.value(_UNIQUEID), MAX_ID)
        return self._tell(packet, call_id, CallAnswered(call_id, _stamp(packet, now_us)))

    def _on_hangup_request(self, packet: Packet, _now_us: int) -> News:
        channel_id = clean(packet.value(_UNIQUEID), MAX_ID)
        call, ended_by = self._live.get(channel_id), EndedBy.CUSTOMER
        if call is None:
            linked = self._far.get(channel_id) or clean(packet.value(_LINKEDID), MAX_ID)
            call, ended_by = self._live.get(linked), EndedBy.FAR_END
        if call is not None and call.ended_by is EndedBy.EXCHANGE:
            call.ended_by = ended_by
        return _NOTHING

    def _on_hangup(self, packet: Packet, now_us: int) -> News:
        call_id = clean(packet.value(_UNIQUEID), MAX_ID)
        call = self._live.pop(call_id, None)
        if call is None:
            self._far.pop(call_id, None)
            if not self._id_of_unknown(packet) or call_id in self._ended:
                return _NOTHING
            if call_id not in self._late:
                _remember(self._late, call_id, [], MAX_REMEMBERED)
        cause = parse_cause(packet.value(_CAUSE))
        ended_by = call.ended_by if call is not None else EndedBy.UNKNOWN
        ended = CallEnded(call_id, _stamp(packet, now_us), cause, ended_by)
        for far in call.far_legs if call is not None else ():
            self._far.pop(far, None)
        if call is not None and not call.is_announced:
            return _NOTHING
        _remember(self._ended, call_id, ended, MAX_REMEMBERED)
        return (ended,)

    def _on_cdr(self, packet: Packet, _now_us: int) -> News:
        if self.extension_of(packet.value(_CHANNEL)) is None:
            return _NOTHING
        call_id = clean(packet.value(_UNIQUEID), MAX_ID)
        seconds = packet.value(_BILLABLE_SECONDS)
        if not call_id or not seconds.isdigit() or len(seconds) > _MAX_SECONDS_DIGITS:
            return _NOTHING
        sequence = packet.value(_SEQUENCE) or b"|".join(
            packet.value(key) for key in _DERIVED_SEQUENCE
        )
        record = CallRecord(
            call_id,
            clean(sequence, MAX_ID),
            int(seconds),
            clean(packet.value(_DISPOSITION), MAX_ID),
            has_far_leg=bool(packet.value(_DESTINATION_CHANNEL)),
        )
        is_begun = call_id in self._live or call_id in self._ended
        if not is_begun or call_id in self._late:
            self._keep(call_id, record, is_loss=False)
        return (record,)

    def _on_user_event(self, packet: Packet, now_us: int) -> News:
        name = packet.value(_USER_EVENT)
        call_id = clean(packet.value(_UNIQUEID), MAX_ID)
        if name == b"BoothCall":
            tagged = CallTagged(call_id, session_of(packet.value(_SESSION)))
            return self._tell(packet, call_id, tagged)
        extension = self.extension_of(packet.value(_CHANNEL))
        if name != b"BoothRefused" or extension is None or not call_id:
            return _NOTHING
        # A dialplan of the shop's own may say Number instead of Dialled.
        dialled = packet.value(_DIALLED) or packet.value(_NUMBER) or packet.value(_EXTEN)
        reason = clean(packet.value(_REASON), MAX_ID)
        number = clean(dialled, MAX_DIALLED)
        return (CallRefused(call_id, extension, number, _stamp(packet, now_us), reason),)

    def _on_rename(self, packet: Packet, _now_us: int) -> News:
        call = self._live.get(clean(packet.value(_UNIQUEID), MAX_ID))
        name = clean(packet.value(_NEW_NAME), MAX_ID)
        if call is not None and name:
            call.channel = name
        return _NOTHING


def _stamp(packet: Packet, now_us: int) -> int:
    return parse_instant(packet.value(_TIMESTAMP)) or now_us


def _remember(kept: dict[str, V], key: str, value: V, limit: int) -> None:
    """Keep a value; the oldest makes room."""
    kept[key] = value
    if len(kept) > limit:
        del kept[next(iter(kept))]
