"""The display in a booth: a `BoothMeter` on a serial line, with a thread of its own.

The desk gives readings and forgets them. Here the latest one becomes a screen, and only the cells
that changed are written. A display that is unplugged is reported once, tried again with growing
pauses, and gets the whole latest screen when it is back; nothing of this reaches the billing.
"""

from __future__ import annotations

import contextlib
import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from app.messages.devices import DeviceNews, DeviceState, MeterReading, MeterStatus
from hardware.meters import DEFAULT_DRIVER, DRIVERS
from hardware.meters.driver import Screen
from hardware.screens import screen_of
from hardware.serial_line import LineLost, SerialLine
from hardware.worker import LatestWorker

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class MeterSettings:
    """One display: pyserial's `url`, the `driver`'s name, `baud` 0 for the driver's own.

    `look` is the pause between looks whether it is still there, `first_retry` and
    `longest_retry` bound the pauses while it is not; seconds.
    """

    url: str
    driver: str = DEFAULT_DRIVER
    baud: int = 0
    look: float = 1.0
    first_retry: float = 1.0
    longest_retry: float = 30.0


class SerialBoothMeter:
    """A display in booth number `booth`. Raises `KeyError` for an unknown driver."""

    def __init__(self, settings: MeterSettings, booth: int) -> None:
        self._settings = settings
        self._booth = booth
        self._driver = DRIVERS[settings.driver]
        self._line = SerialLine(settings.url, baud=settings.baud or self._driver.baud)
        self._worker: LatestWorker[MeterReading] = LatestWorker(
            f"meter-{booth}", self._step, self._finish
        )
        self._post: Callable[[DeviceNews], bool] = lambda _: True
        # The rest belongs to the worker's thread.
        self._reading: MeterReading | None = None
        self._shown: Screen | None = None
        self._status = MeterStatus(booth, DeviceState.UNKNOWN)
        self._told: MeterStatus | None = None
        self._retry_pause = settings.first_retry
        self._retry_at = 0.0

    @property
    def booth(self) -> int:
        """Number of the booth."""
        return self._booth

    def start(self, post: Callable[[DeviceNews], bool]) -> None:
        """Start the thread; it opens the port at once."""
        self._post = post
        self._worker.start()

    def show(self, reading: MeterReading) -> None:
        """Replace what is to be shown; never waits."""
        self._worker.put(reading)

    def stop(self, deadline_s: float) -> bool:
        """Clear the display and close the port; True when the thread ended."""
        return self._worker.stop(deadline_s)

    # -- the thread

    def _step(self, reading: MeterReading | None) -> float:
        if reading is not None:
            self._reading = reading
        pause = self._retry_at - time.monotonic()
        if self._line.is_open or pause <= 0:
            pause = self._attend()
        self._tell()
        return max(0.0, pause)

    def _attend(self) -> float:
        """Open the line if need be, hear it and write what changed; return the pause after it."""
        try:
            if not self._line.is_open:
                self._line.open()
                self._line.write(self._driver.opening())
                self._shown = None
            # A display says nothing we need; reading shows whether it is still there.
            self._line.read()
            self._draw()
        except LineLost as lost:
            return self._lost(lost.code)
        self._retry_pause = self._settings.first_retry
        self._become(DeviceState.READY)
        return self._settings.look

    def _draw(self) -> None:
        if self._reading is None:
            return
        screen = screen_of(self._reading, columns=self._driver.columns, adapt=self._driver.adapt)
        data = self._driver.encode(screen, self._shown)
        if data:
            self._line.write(data)
            self._shown = screen

    def _lost(self, code: str) -> float:
        self._line.close()
        self._become(DeviceState.LOST, code)
        # Noise, so that twenty displays behind one hub do not come back in the same instant.
        pause = self._retry_pause * random.uniform(0.8, 1.2)
        self._retry_at = time.monotonic() + pause
        self._retry_pause = min(self._retry_pause * 2, self._settings.longest_retry)
        return pause

    def _become(self, state: DeviceState, code: str = "") -> None:
        status = MeterStatus(self._booth, state, code)
        if status.state is not self._status.state:
            log.info("meter status booth=%d state=%s code=%s", self._booth, state.name, code)
        self._status = status

    def _tell(self) -> None:
        # A full inbox is tried again at the next step.
        if self._status != self._told and self._post(self._status):
            self._told = self._status

    def _finish(self) -> None:
        with contextlib.suppress(LineLost):
            if self._line.is_open:
                self._line.write(self._driver.closing())
        self._line.close()
