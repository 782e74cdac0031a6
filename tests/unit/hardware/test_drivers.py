"""One walk over every registered display driver."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.domain.money import EUR, Money
from app.messages.devices import DeviceNews, DeviceState, MeterPhase, MeterReading, MeterStatus
from hardware.booth_meter import MeterSettings, SerialBoothMeter
from hardware.meters import DEFAULT_DRIVER, DRIVERS
from hardware.meters.driver import MeterDriver
from tests.fakes.meter import PtyMeter
from tests.fakes.printer import WAIT_SECONDS, wait_until

READING = MeterReading(
    booth=1,
    phase=MeterPhase.DUE,
    currency=EUR,
    now=0,
    zone="Europe/Paris",
    language="fr",
    total=Money(542),
)


@pytest.fixture(params=sorted(DRIVERS))
def driver(request: pytest.FixtureRequest) -> MeterDriver:
    return DRIVERS[request.param]


def open_descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def test_the_default_is_registered() -> None:
    assert DEFAULT_DRIVER in DRIVERS


def test_it_has_a_name_and_says_what_it_is(driver: MeterDriver) -> None:
    assert re.fullmatch("[a-z][a-z0-9_]*", driver.name)
    assert (type(driver).__doc__ or "").strip()
    assert driver.rows >= 1
    assert driver.columns >= 1
    assert driver.baud >= 300


def test_it_refuses_what_is_out_of_range(driver: MeterDriver) -> None:
    blank = (" " * driver.columns,) * driver.rows
    wrong = [
        (),
        blank[:-1],
        (*blank, blank[0]),
        (" " * (driver.columns - 1), *blank[1:]),
        (" " * (driver.columns + 1), *blank[1:]),
        ("中" * driver.columns, *blank[1:]),
        ("\n" * driver.columns, *blank[1:]),
        ("\x1b" * driver.columns, *blank[1:]),
    ]
    for screen in wrong:
        with pytest.raises(ValueError):  # noqa: PT011 - each driver has its own words
            driver.encode(screen, None)
    for before in wrong[:5]:
        with pytest.raises(ValueError):  # noqa: PT011
            driver.encode(blank, before)


def test_it_writes_nothing_for_nothing_new(driver: MeterDriver) -> None:
    screen = ("1" * driver.columns,) * driver.rows
    assert driver.encode(screen, screen) == b""
    assert driver.encode(screen, None)


def test_what_it_adapts_it_can_write(driver: MeterDriver) -> None:
    text = driver.adapt("€ œ ’ é Ж 中 \u202f\x07")
    assert text
    for sign in text:
        written = driver.encode((sign * driver.columns,) * driver.rows, None)
        assert written or sign == " ", sign  # a display is blank when it is switched on


def test_it_survives_garbage_and_closes_its_port(driver: MeterDriver, tmp_path: Path) -> None:
    news: list[DeviceNews] = []

    def post(status: DeviceNews) -> bool:
        news.append(status)
        return True

    with PtyMeter(tmp_path) as display:
        descriptors = open_descriptors()
        settings = MeterSettings(display.url, driver.name, look=0.01)
        meter = SerialBoothMeter(settings, 1)
        meter.start(post)
        display.say(bytes(range(256)) * 8)
        meter.show(READING)
        wait_until(lambda: len(display.received) > len(driver.opening()) and bool(news))
        display.say(b"\x00" * 100)
        meter.show(READING)
        assert meter.stop(WAIT_SECONDS)
        # The closing bytes come after all of this.
        wait_until(lambda: display.received.endswith(driver.closing()))
        assert news == [MeterStatus(1, DeviceState.READY)]
        assert open_descriptors() == descriptors
