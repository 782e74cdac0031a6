"""Takes secrets, names and subscribers' numbers out of a recorded stream.

A number becomes the same made-up number of the same length wherever it stands, and keeps the
digits that decide its price: the international prefix, the country code and a little more.
Nothing outside one recording can undo it: the made-up digits come from a key that is thrown away.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

SHORTEST_NUMBER = 7
"""Digits from which on something is a subscriber's number; 116117 and 112 are not."""
KEPT_DIGITS = (("011", 8), ("00", 7), ("+", 6))
"""What an international number keeps, by its prefix: that, the country code and a little more."""
KEPT_NATIONAL = 3
KEPT_LONG = 8
LONGEST_NATIONAL = 11
"""A longer number has an access prefix of the shop before the international one."""
LEAST_MADE_UP = 4

# Times and ids are needed as they are: they tell which packets belong together.
_UNTOUCHED = frozenset(
    {
        "event",
        "timestamp",
        "privilege",
        "actionid",
        "uniqueid",
        "linkedid",
        "destuniqueid",
        "destlinkedid",
        "bridgeuniqueid",
        "bridgeid",
        "swapuniqueid",
        "eventtv",
        "starttime",
        "answertime",
        "endtime",
        "sequence",
    }
)
_NAMES = frozenset(
    {
        "calleridname",
        "connectedlinename",
        "destcalleridname",
        "destconnectedlinename",
        "effectiveconnectedlinename",
    }
)
_NO_NAME = frozenset({"", "<unknown>"})
_SECRET_WORD = re.compile(
    r"secret|passw|token|credential|challenge|nonce|authorization", re.IGNORECASE
)
_NAME_WORD = re.compile(r"name", re.IGNORECASE)
# A run of digits, perhaps with a + before; not one inside a word or after a point.
_RUN = re.compile(rf"(?<![0-9A-Za-z.])(\+?[0-9]{{{SHORTEST_NUMBER},}})(?![A-Za-z])(\.[0-9]+)?")
_QUOTED_NAME = re.compile(r'"[^"]*"(?= *<)')
_EPOCH_DIGITS = 10
_CHANNEL_COUNTER_DIGITS = 8


class Privacy:
    """Makes one recording's packets fit to be sent to somebody else."""

    def __init__(self, key: bytes | None = None) -> None:
        self._key = key or secrets.token_bytes(16)
        self._made_up: dict[str, str] = {}

    def clean(self, lines: list[str]) -> list[str]:
        """Return a packet's lines without what is nobody's business."""
        is_login = any(line.lower().startswith("action: login") for line in lines)
        cleaned, variable = [], ""
        for line in lines:
            name, _, value = line.partition(":")
            key, value = name.strip().lower(), value.strip()
            if is_login and key == "key":
                value = ""
            elif key in {"variable", "chanvariable"}:
                variable, equals, content = value.partition("=")
                value = variable + equals + self._content(variable, content)
            elif key == "value":
                value = self._content(variable, value)
            else:
                value = self._value(key, value)
            cleaned.append(f"{name}: {value}")
        return cleaned

    def number(self, digits: str) -> str:
        """Return the made-up number that stands for this one."""
        known = self._made_up.get(digits)
        if known is None:
            known = self._made_up[digits] = self._make_up(digits)
        return known

    def _value(self, key: str, value: str) -> str:
        if key in _UNTOUCHED:
            return value
        if _SECRET_WORD.search(key):
            return ""
        if key in _NAMES:
            return value if value in _NO_NAME else ""
        return self._numbers(_QUOTED_NAME.sub('""', value))

    def _content(self, variable: str, value: str) -> str:
        """Return what may be shown of a channel variable."""
        if _SECRET_WORD.search(variable) or _NAME_WORD.search(variable):
            return ""
        return self._numbers(_QUOTED_NAME.sub('""', value))

    def _numbers(self, text: str) -> str:
        return _RUN.sub(self._replace, text)

    def _replace(self, match: re.Match[str]) -> str:
        digits, fraction = match.group(1), match.group(2) or ""
        before = match.string[match.start() - 1 : match.start()]
        is_instant = fraction and len(digits) == _EPOCH_DIGITS
        is_counter = before == "-" and len(digits) == _CHANNEL_COUNTER_DIGITS
        if is_instant or is_counter:
            return match.group(0)
        return self.number(digits) + fraction

    def _make_up(self, digits: str) -> str:
        is_long = len(digits) > LONGEST_NATIONAL
        usual = KEPT_LONG if is_long else KEPT_NATIONAL
        kept = next((kept for start, kept in KEPT_DIGITS if digits.startswith(start)), usual)
        kept = min(kept, len(digits) - LEAST_MADE_UP)
        chance = int.from_bytes(hmac.digest(self._key, digits.encode(), hashlib.sha256), "big")
        size = len(digits) - kept
        return digits[:kept] + str(chance % 10**size).zfill(size)
