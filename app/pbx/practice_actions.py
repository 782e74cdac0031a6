"""How the practice exchange answers the manager interface's actions: pure, one line at a time."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from app.pbx.ami_messages import format_instant, login_key
from app.pbx.practice_calls import PracticeCall, Switchboard

ALL_RIGHTS = frozenset({"system", "call", "cdr", "user", "reporting"})
RIGHTS: Mapping[str, frozenset[str]] = {
    "DBGet": frozenset({"system", "reporting"}),
    "DBGetTree": frozenset({"system", "reporting"}),
    "DBPut": frozenset({"system"}),
    "DBDel": frozenset({"system"}),
    "CoreShowChannels": frozenset({"system", "reporting"}),
    "Status": frozenset({"system", "call", "reporting"}),
    "Hangup": frozenset({"system", "call"}),
}
"""Which right an action needs, any one of them; the others need none (main/manager.c)."""

_VARIABLE = re.compile(r"[^,(]+(?:\([^)]*\))?")

Lines = list[str]
Action = Mapping[str, str]


@dataclass(slots=True)
class Account:
    """The practice exchange's one manager account, and what it lacks on purpose."""

    username: str = "callshop"
    secret: str = field(default="practice", repr=False)
    rights: frozenset[str] = ALL_RIGHTS
    unknown_actions: frozenset[str] = frozenset()
    loses_writes: bool = False


class ManagerSession:
    """One client's side of the conversation: logged in or not, and what it may do."""

    def __init__(
        self, account: Account, switchboard: Switchboard, now_us: Callable[[], int]
    ) -> None:
        self.is_logged_in = False
        self.wants_events = False
        self.is_closing = False
        self.afterwards: list[Callable[[], None]] = []  # to do once the answer is on its way
        self._account = account
        self._switchboard = switchboard
        self._now_us = now_us
        self._challenge = ""
        self._answers: dict[str, Callable[[Action], list[Lines]]] = {
            "challenge": self._challenged,
            "login": self._log_in,
            "logoff": self._log_off,
            "ping": self._ping,
            "coreshowchannels": self._core_show_channels,
            "status": self._status,
            "dbget": self._db_get,
            "dbgettree": self._db_get_tree,
            "dbput": self._db_put,
            "dbdel": self._db_del,
            "hangup": self._hang_up,
        }

    def answer(self, action: Action) -> list[Lines]:
        """Return the packets that answer an action, its ActionID in each."""
        name = action.get("action", "")
        reply = self._answers.get(name.lower())
        needed = next((v for k, v in RIGHTS.items() if k.lower() == name.lower()), None)
        if not self.is_logged_in and name.lower() not in {"challenge", "login", "logoff"}:
            packets = [_error("Permission denied")]
        elif reply is None or name in self._account.unknown_actions:
            packets = [_error(f"Invalid/unknown command: {name}. Use Action: ListCommands to list")]
        elif needed is not None and not needed & self._account.rights:
            packets = [_error("Permission denied")]
        else:
            packets = reply(action)
        mark = action.get("actionid")
        if mark is None:
            return packets
        return [[lines[0], f"ActionID: {mark}", *lines[1:]] for lines in packets]

    def _challenged(self, action: Action) -> list[Lines]:
        if action.get("authtype", "").upper() != "MD5":
            return [_error("Must specify AuthType")]
        self._challenge = str(secrets.randbelow(1_000_000_000))
        return [["Response: Success", f"Challenge: {self._challenge}"]]

    def _log_in(self, action: Action) -> list[Lines]:
        account = self._account
        expected = login_key(self._challenge, account.secret)
        given, wanted = action.get("secret"), account.secret
        if action.get("authtype", "").upper() == "MD5" and self._challenge:
            given, wanted = action.get("key"), expected
        if action.get("username") != account.username or given != wanted:
            self.is_closing = True
            return [_error("Authentication failed")]
        self.is_logged_in = True
        self.wants_events = action.get("events", "on") != "off"
        return [["Response: Success", "Message: Authentication accepted"]]

    def _log_off(self, _action: Action) -> list[Lines]:
        self.is_closing = True
        return [["Response: Goodbye", "Message: Thanks for all the fish."]]

    def _ping(self, _action: Action) -> list[Lines]:
        return [["Response: Success", "Ping: Pong", f"Timestamp: {format_instant(self._now_us())}"]]

    def _core_show_channels(self, _action: Action) -> list[Lines]:
        found = []
        for call in self._switchboard.calls.values():
            for leg in (call.booth, call.far):
                if leg is not None:
                    more = ["Application: Dial", "Duration: 00:00:01", f"BridgeId: {call.bridge}"]
                    found.append(["Event: CoreShowChannel", *leg.lines(), *more])
        return _listing("Channels will follow", found, "CoreShowChannelsComplete")

    def _status(self, action: Action) -> list[Lines]:
        names = _VARIABLE.findall(action.get("variables", ""))
        found = []
        for call in self._switchboard.calls.values():
            for leg in (call.booth, call.far):
                if leg is not None and action.get("channel", leg.name) == leg.name:
                    values = _variables(call, is_booth=leg is call.booth)
                    head = ["Event: Status", "Privilege: Call", *leg.lines(), "Type: PJSIP"]
                    body = [f"DNID: {call.dialled if leg is call.booth else ''}", "Seconds: 1"]
                    shown = [f"Variable: {name}={values.get(name, '')}" for name in names]
                    found.append([*head, *body, *shown])
        if "channel" in action and not found:
            return [_error("No such channel")]
        return _listing("Channel status will follow", found, "StatusComplete")

    def _db_get(self, action: Action) -> list[Lines]:
        family, key = action.get("family", ""), action.get("key", "")
        value = self._switchboard.database.get(f"/{family}/{key}")
        if value is None:
            return [_error("Database entry not found")]
        entry = ["Event: DBGetResponse", f"Family: {family}", f"Key: {key}", f"Val: {value}"]
        return _listing("Result will follow", [entry], "DBGetComplete")

    def _db_get_tree(self, action: Action) -> list[Lines]:
        start = f"/{action.get('family', '')}/"
        found = [
            ["Event: DBGetTreeResponse", f"Key: {key}", f"Val: {value}"]
            for key, value in sorted(self._switchboard.database.items())
            if key.startswith(start)
        ]
        return _listing("Result will follow", found, "DBGetTreeComplete")

    def _db_put(self, action: Action) -> list[Lines]:
        family, key = action.get("family", ""), action.get("key", "")
        if not family or not key:
            return [_error("No family specified" if not family else "No key specified")]
        if not self._account.loses_writes:
            self._switchboard.database[f"/{family}/{key}"] = action.get("val", "")
        return [["Response: Success", "Message: Updated database successfully"]]

    def _db_del(self, action: Action) -> list[Lines]:
        key = f"/{action.get('family', '')}/{action.get('key', '')}"
        if self._switchboard.database.pop(key, None) is None:
            return [_error("Database entry could not be deleted")]
        return [["Response: Success", "Message: Key deleted successfully"]]

    def _hang_up(self, action: Action) -> list[Lines]:
        name = action.get("channel", "")
        for call in list(self._switchboard.calls.values()):
            if name in {call.booth.name, call.far.name if call.far is not None else ""}:
                cause = action.get("cause", "")
                number = int(cause) if cause.isdecimal() else 16
                end = partial(self._switchboard.hang_up, call.call_id, "exchange", number)
                self.afterwards.append(end)
                return [["Response: Success", "Message: Channel Hungup"]]
        return [_error("No such channel")]


def _variables(call: PracticeCall, *, is_booth: bool) -> dict[str, str]:
    if not is_booth:
        return {}
    answered = "" if call.answered_at is None else format_instant(call.answered_at)
    return {
        "CDR(start,u)": format_instant(call.started_at),
        "CDR(answer,u)": answered or "0.000000",
        "CALLSHOP_SESSION": call.session,
        "CALLSHOP_NUMBER": call.dialled,
        "CALLSHOP_START": format_instant(call.started_at),
        "CALLSHOP_ANSWER": answered,
    }


def _error(message: str) -> Lines:
    return ["Response: Error", f"Message: {message}"]


def _listing(message: str, events: list[Lines], ends_with: str) -> list[Lines]:
    head = ["Response: Success", "EventList: start", f"Message: {message}"]
    tail = [f"Event: {ends_with}", "EventList: Complete", f"ListItems: {len(events)}"]
    return [head, *events, tail]
