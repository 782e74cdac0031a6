"""The telephony of the practice exchange: channels, dialplan, AstDB, and what Asterisk would say.

Modelled on recorded streams of an Asterisk 20 and on the dialplan in resources/asterisk: the same
events with the same headers in the same order. Pure: what is said goes to `say`, time comes from
`now_us`. Not a telephone: nobody is heard.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from app.pbx.ami_messages import (
    LOCK_FAMILY,
    NO_SESSION,
    SESSION_FAMILY,
    STORED_FAMILY,
    UNLOCKED,
    UNTIL_FAMILY,
    format_instant,
)

EMERGENCY = ("112", "15", "17", "18", "114", "115", "119", "191", "196", "197", "116000", "116117")
FREE = re.compile(r"080[0-5][0-9]{6}")
_DIALABLE = re.compile(r"\+?[0-9]{1,32}")

DOWN, RING, RINGING, UP = 0, 4, 5, 6
_STATES = {DOWN: "Down", RING: "Ring", RINGING: "Ringing", UP: "Up"}
CAUSES = {
    0: "Unknown",
    1: "Unallocated (unassigned) number",
    16: "Normal Clearing",
    17: "User busy",
    21: "Call Rejected",
    34: "Circuit/channel congestion",
    127: "Interworking, unspecified",
}
_DIAL_STATUS = {17: "BUSY", 1: "NOANSWER", 0: "NOANSWER", 34: "CONGESTION", 127: "CANCEL"}
_DISPOSITION = {"BUSY": "BUSY", "CONGESTION": "FAILED", "ANSWER": "ANSWERED"}
_CANCEL_CAUSE = 127

Say = Callable[[list[str]], None]


@dataclass(slots=True)
class Channel:
    """One leg, with what Asterisk says of every channel in every event."""

    name: str
    uniqueid: str
    linkedid: str
    state: int
    exten: str
    context: str
    number: str = "<unknown>"
    caller: str = "<unknown>"
    connected: str = "<unknown>"
    account: str = ""

    def lines(self, prefix: str = "") -> list[str]:
        """Return the headers of a channel snapshot; `prefix` is `Dest` for the far leg."""
        values = (
            ("Channel", self.name),
            ("ChannelState", str(self.state)),
            ("ChannelStateDesc", _STATES[self.state]),
            ("CallerIDNum", self.number),
            ("CallerIDName", self.caller),
            ("ConnectedLineNum", self.connected),
            ("ConnectedLineName", "<unknown>"),
            ("Language", "en"),
            ("AccountCode", self.account),
            ("Context", self.context),
            ("Exten", self.exten),
            ("Priority", "1"),
            ("Uniqueid", self.uniqueid),
            ("Linkedid", self.linkedid),
        )
        return [f"{prefix}{key}: {value}" for key, value in values]


@dataclass(slots=True)
class PracticeCall:
    """A call of a booth: its two legs and what the dialplan noted."""

    booth: Channel
    far: Channel | None
    extension: str
    dialled: str
    session: str
    started_at: int
    answered_at: int | None = None
    bridge: str = ""
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def call_id(self) -> str:
        """The Uniqueid of the booth's channel."""
        return self.booth.uniqueid


class Switchboard:
    """Channels and AstDB of the practice exchange; `database` maps `/family/key` to values."""

    def __init__(self, say: Say, now_us: Callable[[], int]) -> None:
        self.database: dict[str, str] = {}
        self.calls: dict[str, PracticeCall] = {}
        self.keeps_calls = True  # whether the hangup handler is installed
        self._say = say
        self._now_us = now_us
        self._channels = 0
        self._ids = 0
        self._sequence = 0

    def restart(self) -> None:
        """Forget all channels; their names begin again, AstDB stays."""
        self.calls.clear()
        self._channels = 0

    def may_dial(self, extension: str) -> bool:
        """Tell whether a booth may dial a number that costs money now."""
        return not self._admit(extension, "1", self._now_us())[1]

    def dial(self, extension: str, number: str) -> str:
        """Let a booth dial; returns the call's id, also of a call that the dialplan refuses."""
        now = self._now_us()
        booth = self._channel(f"PJSIP/{extension}", now, RING, number, "callshop-booths")
        booth.number, booth.caller, booth.account = extension, f"Booth {extension}", extension
        self._tell("Newchannel", booth.lines())
        session, reason = self._admit(extension, number, now)
        if reason:
            self._refuse(booth, extension, number, reason)
            return booth.uniqueid
        call = PracticeCall(booth, None, extension, number, session, now)
        self.calls[call.call_id] = call
        booth_call = [f"Extension: {extension}", f"Session: {session}", f"Dialled: {number}"]
        self._user_event(booth, "BoothCall", booth_call)
        booth.context = "callshop-route"
        self._dial_far(call)
        return call.call_id

    def ring(self, call_id: str) -> None:
        """Let the far phone ring."""
        call, far = self._legs(call_id)
        far.state = RINGING
        self._tell("Newstate", far.lines())
        dial = [*call.booth.lines(), *far.lines("Dest"), "DialStatus: RINGING"]
        self._tell("DialState", dial)
        self._device(far, "RINGING")
        self._device(call.booth, "INUSE")

    def answer(self, call_id: str) -> None:
        """Let the far end answer."""
        call, far = self._legs(call_id)
        far.state, far.exten = UP, ""
        self._tell("Newstate", far.lines())
        dial = [*call.booth.lines(), *far.lines("Dest"), "DialStatus: ANSWER"]
        call.answered_at = self._tell("DialEnd", dial)
        call.booth.state = UP
        self._tell("Newstate", call.booth.lines())
        self._device(far, "INUSE")
        call.bridge = f"bridge-{call.call_id}"
        self._tell("BridgeCreate", self._bridge(call, 0))
        self._tell("BridgeEnter", [*self._bridge(call, 1), *far.lines()])
        self._tell("BridgeEnter", [*self._bridge(call, 2), *call.booth.lines()])

    def hang_up(self, call_id: str, by: str = "customer", cause: int = 16) -> None:
        """End a call by customer, far_end or exchange; `cause` says how an unanswered one fails."""
        call, far = self._legs(call_id)
        if by != "exchange":
            leg = call.booth if by == "customer" else far
            self._tell("HangupRequest", [*leg.lines(), f"Cause: {cause}"])
        if call.answered_at is None:
            self._end_unanswered(call, far, by, cause)
        else:
            self._end_answered(call, far, cause)
        del self.calls[call_id]

    # -- dialplan

    def _admit(self, extension: str, number: str, now: int) -> tuple[str, str]:
        """Return the session of the call and why it is refused, as the dialplan decides."""
        if number in EMERGENCY or FREE.fullmatch(number):
            return NO_SESSION, ""
        if not _DIALABLE.fullmatch(number):
            return "", "forbidden"
        until = self.database.get(f"/{UNTIL_FAMILY}/{extension}", "")
        if self.database.get(f"/{LOCK_FAMILY}/{extension}") != UNLOCKED or not until.isdecimal():
            return "", "locked"
        if now // 1_000_000 >= int(until):
            return "", "expired"
        return self.database.get(f"/{SESSION_FAMILY}/{extension}", ""), ""

    def _refuse(self, booth: Channel, extension: str, number: str, reason: str) -> None:
        refusal = [f"Extension: {extension}", f"Dialled: {number}", f"Reason: {reason}"]
        self._user_event(booth, "BoothRefused", refusal)
        self._tell("SoftHangupRequest", [*booth.lines(), "Cause: 16"])
        self._hang_up_leg(booth, 21, ["TechCause: 403"])

    def _dial_far(self, call: PracticeCall) -> None:
        booth, now = call.booth, self._now_us()
        far = self._channel("PJSIP/carrier", now, DOWN, "s", "from-carrier")
        far.linkedid = booth.uniqueid
        self._tell("Newchannel", far.lines())
        far.number, far.connected, far.exten = call.dialled, call.extension, call.dialled
        presentation = ["CID-CallingPres: 0 (Presentation Allowed, Not Screened)"]
        self._tell("NewCallerid", far.lines() + presentation)
        far.account = call.extension
        self._tell("NewAccountCode", [*far.lines(), "OldAccountCode: "])
        self._tell("NewConnectedLine", far.lines())
        string = f"DialString: carrier/sip:{call.dialled}@127.0.0.1"
        self._tell("DialBegin", [*booth.lines(), *far.lines("Dest"), string])
        booth.connected = call.dialled
        self._tell("NewConnectedLine", booth.lines())
        call.far = far

    def _end_answered(self, call: PracticeCall, far: Channel, cause: int) -> None:
        booth = call.booth
        self._tell("BridgeLeave", [*self._bridge(call, 1), *booth.lines()])
        self._tell("BridgeLeave", [*self._bridge(call, 0), *far.lines()])
        self._tell("SoftHangupRequest", [*booth.lines(), "Cause: 16"])
        self._tell("BridgeDestroy", self._bridge(call, 0))
        self._store(call, cause, "ANSWER")
        # Both orders occur, the booth's leg first more often.
        legs = (far, booth) if self._ids % 3 == 0 else (booth, far)
        for leg in legs:
            self._hang_up_leg(leg, cause)
        self._record(call, "ANSWER")

    def _end_unanswered(self, call: PracticeCall, far: Channel, by: str, cause: int) -> None:
        status = "CANCEL" if by == "customer" else _DIAL_STATUS.get(cause, "CANCEL")
        cause = _CANCEL_CAUSE if by == "customer" else cause
        dial = [*call.booth.lines(), *far.lines("Dest"), f"DialStatus: {status}"]
        self._tell("DialEnd", dial)
        self._hang_up_leg(far, cause)
        self._tell("SoftHangupRequest", [*call.booth.lines(), "Cause: 16"])
        self._store(call, cause, status)
        self._hang_up_leg(call.booth, cause)
        self._record(call, status)

    def _store(self, call: PracticeCall, cause: int, status: str) -> None:
        if not self.keeps_calls:
            return
        answered = "" if call.answered_at is None else format_instant(call.answered_at)
        started, ended = format_instant(call.started_at), format_instant(self._now_us())
        values = ("v1", call.session, call.extension, call.dialled, started, answered, ended)
        record = "|".join((*values, str(cause), status))
        self.database[f"/{STORED_FAMILY}/{call.call_id}"] = record

    # -- what is said

    def _record(self, call: PracticeCall, status: str) -> None:
        now = self._now_us()
        answered = call.answered_at
        far = call.far.name if call.far is not None else ""
        self._sequence += 2
        lines = [
            f"AccountCode: {call.extension}",
            f"Source: {call.extension}",
            f"Destination: {call.dialled}",
            "DestinationContext: callshop-booths",
            f'CallerID: "Booth {call.extension}" <{call.extension}>',
            f"Channel: {call.booth.name}",
            f"DestinationChannel: {far}",
            "LastApplication: Dial",
            f"LastData: PJSIP/{call.dialled}@carrier,60",
            f"StartTime: {_local(call.started_at)}",
            f"AnswerTime: {_local(answered) if answered is not None else ''}",
            f"EndTime: {_local(now)}",
            f"Duration: {(now - call.started_at) // 1_000_000}",
            f"BillableSeconds: {(now - answered) // 1_000_000 if answered is not None else 0}",
            f"Disposition: {_DISPOSITION.get(status, 'NO ANSWER')}",
            "AMAFlags: DOCUMENTATION",
            f"UniqueID: {call.call_id}",
            "UserField: ",
            f"LinkedID: {call.call_id}",
            f"Sequence: {self._sequence}",
        ]
        self._tell("Cdr", lines, "cdr")

    def _hang_up_leg(self, leg: Channel, cause: int, more: Iterable[str] = ()) -> None:
        text = CAUSES.get(cause, "Unknown")
        if leg.uniqueid == leg.linkedid:
            leg.exten = "h"
        lines = leg.lines()
        self._tell("Hangup", [*lines, f"Cause: {cause}", f"Cause-txt: {text}", *more])
        self._device(leg, "NOT_INUSE")

    def _user_event(self, channel: Channel, name: str, lines: list[str]) -> None:
        self._tell("UserEvent", [*channel.lines(), f"UserEvent: {name}", *lines], "user")

    def _device(self, channel: Channel, state: str) -> None:
        device = channel.name.rpartition("-")[0]
        self._tell("DeviceStateChange", [f"Device: {device}", f"State: {state}"])

    def _bridge(self, call: PracticeCall, count: int) -> list[str]:
        return [
            f"BridgeUniqueid: {call.bridge}",
            "BridgeType: basic",
            "BridgeTechnology: simple_bridge",
            "BridgeCreator: <unknown>",
            "BridgeName: <unknown>",
            f"BridgeNumChannels: {count}",
            "BridgeVideoSourceMode: none",
        ]

    def _tell(self, event: str, lines: list[str], privilege: str = "call") -> int:
        now = self._now_us()
        head = [
            f"Event: {event}",
            f"Privilege: {privilege},all",
            f"Timestamp: {format_instant(now)}",
        ]
        self._say([*head, *lines])
        return now

    def _channel(self, device: str, now: int, state: int, exten: str, context: str) -> Channel:
        uniqueid = f"{now // 1_000_000}.{self._ids}"
        name = f"{device}-{self._channels:08x}"
        self._ids += 1
        self._channels += 1
        return Channel(name, uniqueid, uniqueid, state, exten, context)

    def _legs(self, call_id: str) -> tuple[PracticeCall, Channel]:
        call = self.calls[call_id]
        assert call.far is not None, "a call that was not refused has a far leg"
        return call, call.far


def _local(instant_us: int) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(instant_us // 1_000_000))
