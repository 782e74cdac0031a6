# ruff: noqa: ANN401 -- panoramisk says nothing of its types
"""The practice exchange as a client sees it that nobody of this project wrote (panoramisk)."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from app.pbx.practice import PracticeExchange
from app.pbx.practice_actions import ALL_RIGHTS
from tests.fakes.inbox import PATIENCE_S, World
from tests.pbx.scenarios import NUMBER, make_call

with warnings.catch_warnings():
    # It still names things that later versions of Python took away.
    warnings.simplefilter("ignore")
    import panoramisk

Talk = Callable[[Any], Coroutine[Any, Any, None]]


@pytest.fixture
def outside(exchange: PracticeExchange) -> Callable[[Talk], None]:
    """Run a conversation with a logged-in panoramisk `Manager`."""
    World(exchange, lambda _logger, _text: None).unlock("101")

    async def run(talk: Talk) -> None:
        manager = panoramisk.Manager(
            loop=asyncio.get_running_loop(),
            host=exchange.host,
            port=exchange.port,
            username="callshop",
            secret="practice",
            ping_delay=3600,
        )
        await manager.connect()
        try:
            async with asyncio.timeout(PATIENCE_S):
                await talk(manager)
        finally:
            manager.close()

    return lambda talk: asyncio.run(run(talk))


async def ask(manager: Any, **action: str) -> Any:
    return await manager.send_action({key.replace("_", ""): v for key, v in action.items()})


def test_it_logs_in_and_pings(outside: Callable[[Talk], None]) -> None:
    async def talk(manager: Any) -> None:
        answer = await ask(manager, Action="Ping")
        assert answer.success
        assert answer.ping == "Pong"
        assert float(answer.timestamp) > 1_700_000_000
        assert manager.authenticated

    outside(talk)


def test_a_wrong_password_is_refused(exchange: PracticeExchange) -> None:
    async def run() -> None:
        manager = panoramisk.Manager(
            loop=asyncio.get_running_loop(), host=exchange.host, port=exchange.port
        )
        await manager.connect()
        async with asyncio.timeout(PATIENCE_S):
            answer = await ask(manager, Action="Login", Username="callshop", Secret="wrong")
        assert not answer.success
        assert answer.message == "Authentication failed"
        manager.close()

    asyncio.run(run())


def test_it_hears_a_call_from_beginning_to_end(
    exchange: PracticeExchange, outside: Callable[[Talk], None]
) -> None:
    async def talk(manager: Any) -> None:
        heard: list[Any] = []
        is_over = asyncio.Event()

        def on_event(_manager: Any, event: Any) -> None:
            heard.append(event)
            if event.event == "Cdr":
                is_over.set()

        manager.register_event("*", on_event)
        await ask(manager, Action="Ping")
        call_id = make_call(exchange).call_id
        await is_over.wait()
        names = [event.event for event in heard]
        order = [names.index(name) for name in ("Newchannel", "DialBegin", "DialEnd", "Hangup")]
        assert order == sorted(order)
        assert names.count("Hangup") == 2
        (answer,) = [event for event in heard if event.event == "DialEnd"]
        assert (answer.uniqueid, answer.dialstatus) == (call_id, "ANSWER")
        cdr = heard[-1]
        assert (cdr.uniqueid, cdr.destination, cdr.disposition) == (call_id, NUMBER, "ANSWERED")

    outside(talk)


def test_its_database(exchange: PracticeExchange, outside: Callable[[Talk], None]) -> None:
    async def talk(manager: Any) -> None:
        entry = {"Family": "callshop", "Key": "102"}
        assert (await ask(manager, Action="DBPut", Val="unlocked", **entry)).success
        assert exchange.database()["/callshop/102"] == "unlocked"
        response, value, complete = await ask(manager, Action="DBGet", **entry)
        assert response.success
        assert (value.event, value.val) == ("DBGetResponse", "unlocked")
        assert complete.event == "DBGetComplete"
        assert (await ask(manager, Action="DBDel", **entry)).success
        assert not (await ask(manager, Action="DBDel", **entry)).success
        missing = await ask(manager, Action="DBGet", **entry)
        assert missing.message == "Database entry not found"
        tree = await ask(manager, Action="DBGetTree", Family="callshop_session")
        found = [(event.key, event.val) for event in tree if event.event == "DBGetTreeResponse"]
        assert found == [("/callshop_session/101", "s-1")]

    outside(talk)


def test_it_lists_channels_and_hangs_up(
    exchange: PracticeExchange, outside: Callable[[Talk], None]
) -> None:
    async def talk(manager: Any) -> None:
        call_id = exchange.dial("101", NUMBER)
        exchange.answer(call_id)
        channels = await ask(manager, Action="CoreShowChannels")
        booth = next(event for event in channels if event.uniqueid == call_id)
        assert booth.channelstatedesc == "Up"
        assert channels[-1].listitems == "2"
        variables = "CDR(answer,u),CALLSHOP_SESSION"
        status = await ask(manager, Action="Status", Channel=booth.channel, Variables=variables)
        values = status[1].getdict("variable")
        assert float(values["CDR(answer,u)"]) > 1_700_000_000
        assert values["CALLSHOP_SESSION"] == "s-1"
        assert (await ask(manager, Action="Hangup", Channel=booth.channel)).success
        assert (await ask(manager, Action="Hangup", Channel=booth.channel)).message == (
            "No such channel"
        )
        assert exchange.live_calls() == []

    outside(talk)


def test_a_missing_right_is_said_and_the_line_stays(
    exchange: PracticeExchange, outside: Callable[[Talk], None]
) -> None:
    async def talk(manager: Any) -> None:
        exchange.account.rights = ALL_RIGHTS - {"system"}
        denied = await ask(manager, Action="DBPut", Family="callshop", Key="102", Val="unlocked")
        assert denied.message == "Permission denied"
        assert (await ask(manager, Action="Ping")).success

    outside(talk)
