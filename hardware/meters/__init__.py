"""The kinds of booth displays, by the name a shop's settings give them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hardware.meters.dm_d import DmD
from hardware.meters.driver import MeterDriver

_ALL: tuple[MeterDriver, ...] = (DmD(),)

DRIVERS: Mapping[str, MeterDriver] = MappingProxyType({driver.name: driver for driver in _ALL})
"""Every driver by its name; one of them stands for all displays of its kind, having no state."""

DEFAULT_DRIVER = DmD.name
