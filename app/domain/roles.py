"""Who may do what: roles in rising order."""

from __future__ import annotations

import enum


class Role(enum.IntEnum):
    """A person's role; stored by name. A higher role may do all that a lower one may."""

    OPERATOR = 1  # sells
    MANAGER = 2  # corrects
    OWNER = 3  # sets prices and sees costs


MIN_PIN_DIGITS = 4
MAX_PIN_DIGITS = 12
FREE_TRIES = 3


def is_good_pin(pin: str) -> bool:
    """Tell whether a PIN is 4 to 12 ASCII digits and not one digit repeated."""
    return (
        pin.isascii()
        and pin.isdigit()
        and MIN_PIN_DIGITS <= len(pin) <= MAX_PIN_DIGITS
        and len(set(pin)) > 1
    )


def throttle_seconds(failures: int) -> int:
    """How long a PIN is locked after so many wrong ones in a row: none for 3, then doubling."""
    if failures <= FREE_TRIES:
        return 0
    return int(min(30 * 2 ** (failures - FREE_TRIES - 1), 3600))
