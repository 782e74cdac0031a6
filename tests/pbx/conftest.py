"""An exchange to talk to, a desk's inbox, and links between the two."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

import pytest

from app.pbx.practice import PracticeExchange
from tests.fakes.inbox import Inbox, World


@pytest.fixture
def exchange() -> Iterator[PracticeExchange]:
    exchange = PracticeExchange()
    exchange.start()
    yield exchange
    assert exchange.stop()


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def world(exchange: PracticeExchange, expected_logs: Callable[[str, str], None]) -> Iterator[World]:
    """A practice exchange and links to it; each link is stopped at the end."""
    world = World(exchange, expected_logs)
    yield world
    world.close()


@pytest.fixture
def quiet_world(exchange: PracticeExchange, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A world in which a link with a planted bug may complain, or not."""
    monkeypatch.setattr(logging.getLogger("app.pbx.link"), "disabled", True)
    world = World(exchange, lambda _logger, _text: None)
    yield world
    world.close()
