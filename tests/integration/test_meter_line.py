"""The serial line and the meter on it, over ptys: what unplugging does to pyserial."""

from __future__ import annotations

import os
import pty
import socket
import termios
import threading
import time
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest
import serial

from app.domain.money import EUR, Money, Price
from app.messages.devices import DeviceNews, DeviceState, MeterPhase, MeterReading, MeterStatus
from hardware.booth_meter import MeterSettings, SerialBoothMeter
from hardware.serial_line import LINE_ERRORS, LineLost, SerialLine
from tests.fakes.meter import PtyMeter
from tests.fakes.printer import WAIT_SECONDS, wait_until

READING = MeterReading(
    booth=2,
    phase=MeterPhase.TALKING,
    currency=EUR,
    now=1_795_354_680_000_000,
    zone="Europe/Paris",
    language="fr",
    destination="Maroc mobile",
    price_per_minute=Price(350_000),
    seconds=724,
    amount=Money(421),
    total=Money(421),
)


class Terminal:
    """A pty whose other end nobody reads."""

    def __init__(self) -> None:
        self.master, slave = pty.openpty()
        tty.setraw(slave)
        self.url = os.ttyname(slave)
        os.close(slave)

    def unplug(self) -> None:
        os.close(self.master)
        self.master = -1


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    end = Terminal()
    yield end
    if end.master >= 0:
        end.unplug()


def opened(terminal: Terminal) -> SerialLine:
    line = SerialLine(terminal.url, write_seconds=0.2)
    line.open()
    return line


def test_both_ways(terminal: Terminal) -> None:
    line = opened(terminal)
    line.write(b"\x1b@\xd5")
    assert os.read(terminal.master, 10) == b"\x1b@\xd5"
    os.write(terminal.master, b"\x06")
    got = b""
    deadline = time.monotonic() + WAIT_SECONDS
    while not got and time.monotonic() < deadline:
        got = line.read()
    assert got == b"\x06"
    line.close()
    assert not line.is_open


def test_opening_again_lets_go_of_the_first(terminal: Terminal) -> None:
    line = opened(terminal)
    line.open()
    line.write(b"x")
    assert os.read(terminal.master, 10) == b"x"
    line.close()


def test_pyserial_still_raises_what_we_catch(terminal: Terminal) -> None:
    """The reason for LINE_ERRORS: each of its kinds is seen after an unplug."""
    port = serial.serial_for_url(terminal.url, timeout=0, write_timeout=0.2)
    terminal.unplug()
    seen = []
    for act in (
        lambda: port.read(1),
        lambda: port.write(b"x"),
        lambda: port.in_waiting,
        port.reset_output_buffer,
    ):
        try:
            act()
        except LINE_ERRORS as error:
            seen.append(type(error))
    port.close()
    port.fd, port.is_open = None, True
    with pytest.raises(TypeError):
        port.read(1)
    port.is_open = False
    assert OSError in seen
    assert termios.error in seen
    assert serial.SerialException in seen


def test_reading_an_unplugged_line(terminal: Terminal) -> None:
    line = opened(terminal)
    terminal.unplug()
    with pytest.raises(LineLost, match="unplugged"):
        line.read()
    assert not line.is_open


def test_writing_to_an_unplugged_line(terminal: Terminal) -> None:
    line = opened(terminal)
    terminal.unplug()
    with pytest.raises(LineLost, match="unplugged"):
        line.write(b"x")
    assert not line.is_open


def test_a_device_that_takes_nothing(terminal: Terminal) -> None:
    line = opened(terminal)
    with pytest.raises(LineLost, match="stalled"):
        line.write(b"x" * 1_000_000)
    assert not line.is_open


@pytest.mark.parametrize("act", ["read", "write"])
def test_a_closed_line(terminal: Terminal, act: str) -> None:
    line = opened(terminal)
    line.close()
    line.close()
    with pytest.raises(LineLost, match="unplugged"):
        line.read() if act == "read" else line.write(b"x")


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("/dev/no-such-device", "missing"),
        ("nothing://here", "bad_port"),
        ("socket://127.0.0.1:1", "missing"),
        ("socket://no-port", "missing"),
        ("", "missing"),
    ],
)
def test_a_line_that_is_not_there(url: str, code: str) -> None:
    with pytest.raises(LineLost) as caught:
        SerialLine(url).open()
    assert caught.value.code == code


def test_a_device_that_is_no_terminal(tmp_path: Path) -> None:
    plain = tmp_path / "file"
    plain.touch()
    with pytest.raises(LineLost, match="missing"):
        SerialLine(str(plain)).open()


def test_a_second_program_is_kept_out(terminal: Terminal) -> None:
    line = opened(terminal)
    with pytest.raises(LineLost, match="in_use"):
        SerialLine(terminal.url).open()
    line.close()
    again = SerialLine(terminal.url)
    again.open()
    again.close()


def test_a_serial_server() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        line = SerialLine(f"socket://127.0.0.1:{server.getsockname()[1]}")
        line.open()
        client, _ = server.accept()
        with client:
            line.write(b"12:04")
            assert client.recv(10) == b"12:04"
        with pytest.raises(LineLost, match="unplugged"):
            wait_until(lambda: line.read() is None)
        line.close()


# -- the meter


class Counter:
    """Where the meter's news go."""

    def __init__(self, *, room: int = 1_000) -> None:
        self.news: list[DeviceNews] = []
        self.refused = 0
        self._room = room

    def post(self, news: DeviceNews) -> bool:
        if self._room == 0:
            self.refused += 1
            return False
        self._room -= 1
        self.news.append(news)
        return True

    def make_room(self) -> None:
        self._room = 1_000


def settings(url: str) -> MeterSettings:
    return MeterSettings(url, look=0.01, first_retry=0.01, longest_retry=0.05)


def test_a_visit_on_the_display(tmp_path: Path) -> None:
    counter = Counter()
    with PtyMeter(tmp_path) as display:
        meter = SerialBoothMeter(settings(display.url), 2)
        meter.start(counter.post)
        for phase, first, second in (
            (MeterPhase.CLOSED, "Cabine 2       14:38", "Voir à la caisse"),
            (MeterPhase.DIALLING, "Maroc mobile", "          0,35 €/min"),
            (MeterPhase.TALKING, "Maroc mobile", "12:04         4,21 €"),
            (MeterPhase.READY, "Prêt : composez", "Total         4,21 €"),
            (MeterPhase.DUE, "Total à payer", "              4,21 €"),
        ):
            meter.show(
                MeterReading(
                    **{
                        name: getattr(READING, name)
                        for name in READING.__slots__
                        if name != "phase"
                    },
                    phase=phase,
                )
            )
            display.wait_rows(first, second)
        assert meter.stop(WAIT_SECONDS)
        display.wait_rows("", "")
        assert display.screen.unknown == []


def test_unplugged_at_any_byte(tmp_path: Path) -> None:
    """However much of the first screen came, the next plug-in shows the whole of the latest."""
    counter = Counter()
    display = PtyMeter(tmp_path)
    meter = SerialBoothMeter(settings(display.url), 2)
    meter.start(counter.post)
    meter.show(READING)
    for length in range(0, 50, 7):
        display.plug_in()
        wait_until(lambda length=length: len(display.received) >= length)  # type: ignore[misc]
        display.unplug()
        display.received.clear()
        wait_until(lambda: counter.news[-1:] != [MeterStatus(2, DeviceState.READY)])
    display.plug_in()
    display.wait_rows("Maroc mobile", "12:04         4,21 €")
    assert meter.stop(WAIT_SECONDS)
    display.unplug()


def test_a_full_inbox_gets_the_news_later(tmp_path: Path) -> None:
    counter = Counter(room=0)
    with PtyMeter(tmp_path) as display:
        meter = SerialBoothMeter(settings(display.url), 2)
        meter.start(counter.post)
        wait_until(lambda: counter.refused > 1)
        counter.make_room()
        wait_until(lambda: counter.news == [MeterStatus(2, DeviceState.READY)])
        assert meter.stop(WAIT_SECONDS)


def test_a_display_that_takes_nothing_is_lost_and_stops_in_time(terminal: Terminal) -> None:
    counter = Counter()
    meter = SerialBoothMeter(settings(terminal.url), 2)
    # The pipe of a pty holds some thousand bytes; fill it first.
    filler = SerialLine(terminal.url, write_seconds=0.1)
    filler.open()
    with pytest.raises(LineLost, match="stalled"):
        filler.write(b"x" * 1_000_000)
    meter.start(counter.post)
    meter.show(READING)
    wait_until(lambda: bool(counter.news))
    assert meter.stop(WAIT_SECONDS)
    assert counter.news[0].state in {DeviceState.LOST, DeviceState.READY}  # type: ignore[union-attr]


def test_showing_never_waits_for_a_display_that_is_away(tmp_path: Path) -> None:
    counter = Counter()
    meter = SerialBoothMeter(settings(str(tmp_path / "nothing")), 2)
    meter.start(counter.post)
    main = threading.current_thread()
    for seconds in range(1_000):
        assert threading.current_thread() is main
        meter.show(
            MeterReading(2, MeterPhase.TALKING, EUR, 0, "Europe/Paris", "fr", seconds=seconds)
        )
    wait_until(lambda: counter.news == [MeterStatus(2, DeviceState.LOST, "missing")])
    assert meter.stop(WAIT_SECONDS)


def test_an_unknown_driver_is_refused() -> None:
    with pytest.raises(KeyError):
        SerialBoothMeter(MeterSettings("/dev/null", driver="abacus"), 1)
