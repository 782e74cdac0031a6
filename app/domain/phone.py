"""Dialled digits -> a number: international form, country, emergency and free numbers."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class NumberKind(enum.Enum):
    """What kind of number was dialled; stored by name."""

    INTERNATIONAL = "INTERNATIONAL"  # has an E.164 form and is rated by prefix
    EMERGENCY = "EMERGENCY"  # never blocked, never billed, belongs to no session
    FREE = "FREE"  # free to the caller by the country's plan: never blocked, never billed
    SHORT = "SHORT"  # a national short or service number without E.164 form
    INTERNAL = "INTERNAL"  # an extension of the exchange
    UNKNOWN = "UNKNOWN"  # could not be understood


@dataclass(frozen=True, slots=True)
class Number:
    """A dialled number. `digits` is the E.164 form without `+` where there is one."""

    dialled: str
    kind: NumberKind
    digits: str = ""
    country: str = ""  # ISO 3166 alpha-2, empty where unknown or shared
