"""What the tariffs of a shop are for."""

from __future__ import annotations

import enum

SHOP = "shop"
"""Key of the tariff that is sold wherever a booth names no other."""


class Kind(enum.Enum):
    """What the prices of a tariff are; stored by name."""

    SELL = "SELL"  # what customers pay
    COST = "COST"  # what a carrier asks
