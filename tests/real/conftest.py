"""Tests on a real Asterisk; skipped, with the reason, where `asterisk` or `sipp` is not on PATH."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.real.exchange import Exchange, missing
from tests.real.process import Process
from tests.real.till import Till

ROOT = Path(__file__).parents[2]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    absent = missing()
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.real_pbx)
            if absent:
                item.add_marker(pytest.mark.skip(reason=f"no real exchange: {absent}"))


@pytest.fixture
def exchange(tmp_path: Path) -> Iterator[Exchange]:
    """A real Asterisk that is up."""
    exchange = Exchange(tmp_path / "exchange")
    try:
        exchange.start()
        yield exchange
    finally:
        exchange.stop()


OpenTill = Callable[[], Till]


@pytest.fixture
def open_till(exchange: Exchange, tmp_path: Path) -> Iterator[OpenTill]:
    """Open the shop in this process; the folder is the same each time."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(Till(tmp_path / "shop", exchange.ami_port).open())


@pytest.fixture
def till(open_till: OpenTill) -> Till:
    """An open shop whose booths are all locked and confirmed."""
    return open_till()


class Elsewhere:
    """The same shop in a process of its own, to be killed."""

    def __init__(self, folder: Path, ami_port: int, lease_minutes: int) -> None:
        words = [sys.executable, "-m", "tests.real.till"]
        words += [str(folder), str(ami_port), str(lease_minutes)]
        self.process = Process(
            words, folder=ROOT, ready='^{"ready"', environment={**os.environ, "PYTHONPATH": "."}
        )
        self.process.start()

    def unlock(self, booth: int) -> str:
        self.process.say(f"unlock {booth}")
        return str(json.loads(self.process.wait_for('^{"unlocked"'))["unlocked"])

    def wait_state(self, booth: int, state: str) -> None:
        self.process.wait_for(f'^{{"booth": {booth}, "state": "{state}"')


OpenElsewhere = Callable[..., Elsewhere]


@pytest.fixture
def open_elsewhere(exchange: Exchange, tmp_path: Path) -> Iterator[OpenElsewhere]:
    """Open the shop in another process: `open_elsewhere(lease_minutes=30)`."""
    opened: list[Elsewhere] = []

    def start(lease_minutes: int = 30) -> Elsewhere:
        opened.append(Elsewhere(tmp_path / "shop", exchange.ami_port, lease_minutes))
        return opened[-1]

    try:
        yield start
    finally:
        for elsewhere in opened:
            elsewhere.process.kill()
