"""Booth meters for tests: `FakeMeter` stands at the port and keeps every reading."""

from __future__ import annotations

from collections.abc import Callable

from app.messages.devices import DeviceNews, DeviceState, MeterReading, MeterStatus


class FakeMeter:
    """A `BoothMeter` without a line: `readings` are all it was shown, `latest` the last one."""

    def __init__(self, booth: int) -> None:
        self._booth = booth
        self.readings: list[MeterReading] = []
        self.stopped = False
        self._post: Callable[[DeviceNews], bool] | None = None

    @property
    def booth(self) -> int:
        return self._booth

    @property
    def latest(self) -> MeterReading | None:
        """What the customer sees."""
        return self.readings[-1] if self.readings else None

    def start(self, post: Callable[[DeviceNews], bool]) -> None:
        self._post = post
        post(MeterStatus(self._booth, DeviceState.READY))

    def unplug(self) -> None:
        """Say that the line is gone; readings are still taken."""
        assert self._post is not None, "not started"
        self._post(MeterStatus(self._booth, DeviceState.LOST, "unplugged"))

    def plug_in(self) -> None:
        """Say that the line is back."""
        assert self._post is not None, "not started"
        self._post(MeterStatus(self._booth, DeviceState.READY))

    def show(self, reading: MeterReading) -> None:
        self.readings.append(reading)

    def stop(self, deadline_s: float) -> bool:
        self.stopped = True
        return True
