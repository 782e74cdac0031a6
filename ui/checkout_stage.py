"""Where a checkout stands."""

from __future__ import annotations

import enum


class Stage(enum.Enum):
    """The steps from a call that is up to the change."""

    CALL_UP = "CALL_UP"  # a call is up: end it or wait
    LOCKING = "LOCKING"  # asked the desk to end the session
    PAYING = "PAYING"
    SENT = "SENT"  # the payment is with the desk
    PAID = "PAID"
