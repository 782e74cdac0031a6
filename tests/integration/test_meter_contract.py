"""What every `BoothMeter` keeps to, the true one over a pty and the fake of the desk's tests."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from app.domain.money import EUR, Money
from app.messages.devices import DeviceNews, DeviceState, MeterPhase, MeterReading, MeterStatus
from app.ports import BoothMeter
from hardware.booth_meter import MeterSettings, SerialBoothMeter
from tests.fakes.meter import FakeMeter, PtyMeter
from tests.fakes.printer import WAIT_SECONDS, wait_until

BOOTH = 7
READING = MeterReading(
    booth=BOOTH,
    phase=MeterPhase.TALKING,
    currency=EUR,
    now=1_795_354_680_000_000,
    zone="Europe/Paris",
    language="fr",
    destination="Maroc fixe",
    seconds=61,
    amount=Money(26),
)


@dataclass
class Rig:
    """A meter under contract with what its test needs around it."""

    meter: BoothMeter
    shows: Callable[[str], bool]
    unplug: Callable[[], None]
    plug_in: Callable[[], None]
    news: list[DeviceNews] = field(default_factory=list)
    posted_by: set[str] = field(default_factory=set)

    def post(self, news: DeviceNews) -> bool:
        self.posted_by.add(threading.current_thread().name)
        self.news.append(news)
        return True

    def states(self) -> list[DeviceState]:
        return [news.state for news in self.news if isinstance(news, MeterStatus)]


@pytest.fixture(params=["serial", "fake"])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    if request.param == "fake":
        fake = FakeMeter(BOOTH)
        yield Rig(fake, lambda text: text in f"{fake.latest}", fake.unplug, fake.plug_in)
        return
    with PtyMeter(tmp_path) as display:
        settings = MeterSettings(display.url, look=0.01, first_retry=0.01, longest_retry=0.05)
        meter = SerialBoothMeter(settings, BOOTH)
        yield Rig(
            meter,
            lambda text: text in "".join(display.screen.rows),
            display.unplug,
            display.plug_in,
        )
        assert meter.stop(WAIT_SECONDS)


def test_it_knows_its_booth(rig: Rig) -> None:
    assert rig.meter.booth == BOOTH


def test_it_says_that_it_is_ready(rig: Rig) -> None:
    rig.meter.start(rig.post)
    wait_until(lambda: rig.news == [MeterStatus(BOOTH, DeviceState.READY)])
    assert rig.meter.stop(WAIT_SECONDS)


def test_it_shows_the_latest_reading(rig: Rig) -> None:
    rig.meter.start(rig.post)
    for number in range(100):
        rig.meter.show(replace(READING, destination=f"Pays {number}"))
    wait_until(lambda: rig.shows("Pays 99"))
    assert rig.meter.stop(WAIT_SECONDS)


def test_it_reports_going_and_coming_back_once_each(rig: Rig) -> None:
    rig.meter.start(rig.post)
    wait_until(lambda: rig.states() == [DeviceState.READY])
    rig.unplug()
    wait_until(lambda: DeviceState.LOST in rig.states())
    rig.meter.show(replace(READING, destination="Pendant"))
    rig.plug_in()
    wait_until(lambda: rig.states()[-1] is DeviceState.READY)
    wait_until(lambda: rig.shows("Pendant"))
    lost = [status for status in rig.states() if status is DeviceState.LOST]
    assert rig.states()[0] is rig.states()[-1] is DeviceState.READY
    assert len(lost) == len(rig.states()) - 2
    assert rig.meter.stop(WAIT_SECONDS)


def test_a_meter_never_started_is_stopped(rig: Rig) -> None:
    assert rig.meter.stop(WAIT_SECONDS)
