"""What can go wrong on the line, each as a check of a link against the practice exchange.

Every check fails with `AssertionError` when the link does not cope. `planted.py` holds for each
of them a bug that it must find.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from app.domain.calls import CallState
from app.messages.pbx import (
    LinkSnapshot,
    LinkState,
    Reconnect,
    SetLock,
    StreamFault,
)
from app.pbx.practice import PracticeExchange
from tests.fakes.inbox import TIMES, Inbox, World

NUMBER = "00221771234567"


@dataclass(frozen=True)
class Truth:
    """What really happened at the exchange."""

    call_id: str
    dialled: str
    is_answered: bool


def make_call(exchange: PracticeExchange, extension: str = "101", by: str = "customer") -> Truth:
    """Make one answered call from its beginning to its end."""
    call_id = exchange.dial(extension, NUMBER)
    exchange.ring(call_id)
    exchange.answer(call_id)
    exchange.hang_up(call_id, by)
    return Truth(call_id, NUMBER, is_answered=True)


def agree(inbox: Inbox, *truths: Truth) -> bool:
    """Tell whether the desk knows these calls, all over, and no others."""
    calls = inbox.calls()
    return calls.keys() == {truth.call_id for truth in truths} and all(
        not calls[truth.call_id].is_live
        and not calls[truth.call_id].is_estimated
        and calls[truth.call_id].dialled == truth.dialled
        and (calls[truth.call_id].answered_at is not None) == truth.is_answered
        for truth in truths
    )


def is_talking(inbox: Inbox, call_id: str) -> bool:
    call = inbox.calls().get(call_id)
    return call is not None and call.state is CallState.ANSWERED


def garbage(world: World) -> None:
    world.unlock("101")
    _, inbox = world.link_up()
    call_id = world.exchange.dial("101", NUMBER)
    world.exchange.ring(call_id)
    world.exchange.send_raw(b"\x00\xffnonsense\r\n: :\r\n\r\n")
    world.exchange.answer(call_id)
    world.exchange.hang_up(call_id)
    world.wait(inbox, lambda: agree(inbox, Truth(call_id, NUMBER, is_answered=True)))
    world.wait(inbox, lambda: bool(inbox.of(StreamFault)))
    world.wait_up(inbox, 2)


def half_packets(world: World) -> None:
    world.unlock("101")
    world.exchange.faults.chunk_bytes = 7
    _, inbox = world.link_up()
    truth = make_call(world.exchange)
    world.wait(inbox, lambda: agree(inbox, truth))
    assert not inbox.of(StreamFault)
    assert len(inbox.of(LinkSnapshot)) == 1


def endless(world: World) -> None:
    world.unlock("101")
    _, inbox = world.link_up()
    world.exchange.send_raw(b"Event: Newchannel\r\nChannel: " + b"x" * 1_000_000)
    world.wait(inbox, lambda: any(f.code == "too_long" for f in inbox.of(StreamFault)))
    world.exchange.send_raw(b"\r\n\r\n")
    world.wait_up(inbox, 2)
    truth = make_call(world.exchange)
    world.wait(inbox, lambda: agree(inbox, truth))


def twice(world: World) -> None:
    world.unlock("101")
    world.exchange.keep_calls(is_on=False)
    world.exchange.faults.repeat(2)
    _, inbox = world.link_up()
    truth = make_call(world.exchange)
    world.wait(inbox, lambda: agree(inbox, truth))
    world.wait(inbox, lambda: len(inbox.calls()[truth.call_id].cdr_keys) == 1)
    # A second call ends the first one's packets: nothing of it can still be on its way.
    second = make_call(world.exchange)
    world.wait(inbox, lambda: agree(inbox, truth, second))
    assert len(inbox.calls()[truth.call_id].cdr_keys) == 1


def reordered(world: World) -> None:
    world.unlock("101", "102")
    world.exchange.keep_calls(is_on=False)
    _, inbox = world.link_up()
    world.exchange.faults.hold()
    backwards = make_call(world.exchange)
    world.exchange.release(lambda held: held[::-1])
    world.wait(inbox, lambda: agree(inbox, backwards))
    world.wait(inbox, lambda: bool(inbox.calls()[backwards.call_id].cdr_keys))
    truths = [backwards]
    for seed in range(10):
        world.exchange.faults.hold()
        truths.append(make_call(world.exchange, "102"))
        world.exchange.release(partial(_shuffled, seed))
        world.wait(inbox, lambda: agree(inbox, *truths))


def _shuffled(seed: int, held: list[list[str]]) -> list[list[str]]:
    shuffled = list(held)
    random.Random(seed).shuffle(shuffled)
    return shuffled


def delayed(world: World) -> None:
    world.unlock("101")
    _, inbox = world.link_up()
    world.exchange.faults.hold()
    truth = make_call(world.exchange)
    happened_by = world.exchange.now_us()
    # The exchange's clock goes on: whoever takes the moment of hearing is an hour off.
    world.exchange.clock_offset_us += 3_600_000_000
    world.exchange.release()
    world.wait(inbox, lambda: agree(inbox, truth))
    call = inbox.calls()[truth.call_id]
    assert call.started_at < happened_by
    assert call.ended_at is not None
    assert call.ended_at < happened_by


def lost_beginning(world: World) -> None:
    world.unlock("101")
    _, inbox = world.link_up()
    world.exchange.faults.drop("Newchannel")
    call_id = world.exchange.dial("101", NUMBER)
    world.exchange.ring(call_id)
    world.wait(inbox, lambda: call_id in inbox.calls())
    world.exchange.answer(call_id)
    world.wait(inbox, lambda: is_talking(inbox, call_id))
    world.exchange.hang_up(call_id)
    world.wait(inbox, lambda: agree(inbox, Truth(call_id, NUMBER, is_answered=True)))


def lost_answer(world: World) -> None:
    world.unlock("101")
    _, inbox = world.link_up()
    world.exchange.faults.drop("DialEnd")
    truth = make_call(world.exchange)
    world.wait(inbox, lambda: agree(inbox, truth))


def lost_end(world: World) -> None:
    world.unlock("101")
    _, inbox = world.link_up()
    world.exchange.faults.drop("Hangup", 2)
    truth = make_call(world.exchange)
    world.wait(inbox, lambda: agree(inbox, truth))


def lost_line(world: World) -> None:
    """Cut the line after each packet of a call in turn, also in the middle of the next one."""
    world.unlock("101")
    world.expect_failure()
    _, inbox = world.link_up()
    truths: list[Truth] = []
    for left in range(32):
        world.wait_up(inbox)
        world.exchange.faults.packets_left = left
        truths.append(make_call(world.exchange))
        world.wait(inbox, partial(agree, inbox, *truths))


def restarted(world: World) -> None:
    world.unlock("101", "102")
    world.expect_failure()
    link, inbox = world.link_up()
    call_id = world.exchange.dial("101", NUMBER)
    world.exchange.ring(call_id)
    world.exchange.answer(call_id)
    world.exchange.restart()
    world.wait_up(inbox, 2)
    world.wait(inbox, lambda: agree(inbox, Truth(call_id, NUMBER, is_answered=True)))
    link.send(SetLock(7, "101", None))
    world.wait(inbox, lambda: not world.exchange.is_unlocked("101"))


def killed(world: World) -> None:
    world.unlock("101")
    world.expect_failure()
    _, inbox = world.link_up()
    call_id = world.exchange.dial("101", NUMBER)
    world.exchange.answer(call_id)
    world.wait(inbox, lambda: is_talking(inbox, call_id))
    world.exchange.restart(is_killed=True)
    world.wait_up(inbox, 2)
    # No Hangup, no record: only the empty snapshot says that the call is over.
    assert inbox.of(LinkSnapshot)[-1].live == ()
    assert inbox.calls()[call_id].is_estimated
    # Channel names begin again; the next call is still another one.
    truth = make_call(world.exchange)
    world.wait(inbox, lambda: truth.call_id in inbox.calls())
    world.wait(inbox, lambda: not inbox.calls()[truth.call_id].is_live)


def silence(world: World) -> None:
    world.expect_failure()
    times = replace(TIMES, ping_every_s=0.05, answer_s=0.4)
    _, inbox = world.link_up(times=times)
    world.exchange.faults.is_stalled = True
    world.wait(inbox, lambda: (LinkState.DOWN, "no_answer") in inbox.codes())
    world.exchange.resume()
    world.wait_up(inbox, 2)


def wrong_password(world: World) -> None:
    world.expect_failure()
    link, inbox = world.link(secret="wrong")
    world.wait(inbox, lambda: (LinkState.REFUSED, "refused_login") in inbox.codes())
    world.exchange.account.secret = "wrong"
    # Right by now, and nothing happens until somebody asks: fifty retries would fit in here.
    assert not _changes_within(inbox, 1.0)
    link.send(Reconnect())
    world.wait_up(inbox)


def missing_right(world: World) -> None:
    world.expect_failure()
    world.exchange.account.rights = frozenset({"call", "cdr", "user", "reporting"})
    link, inbox = world.link()
    world.wait(inbox, lambda: inbox.state is LinkState.REFUSED)
    assert inbox.codes()[-1] == (LinkState.REFUSED, "missing_right")
    world.exchange.account.rights |= {"system"}
    link.send(Reconnect())
    world.wait_up(inbox)


def _changes_within(inbox: Inbox, seconds: float) -> bool:
    before = len(inbox.news)
    try:
        inbox.wait(lambda: len(inbox.news) > before, seconds)
    except AssertionError:
        return False
    return True


def inbox_full(world: World) -> None:
    world.unlock("101", "102")
    _, inbox = world.link_up()
    inbox.room = 2
    first, second = make_call(world.exchange), make_call(world.exchange, "102")
    world.wait(inbox, lambda: inbox.refused >= 1)
    inbox.room = None
    world.wait(inbox, lambda: agree(inbox, first, second))
    world.wait_up(inbox, 2)


def lost_write(world: World) -> None:
    """The exchange says that it wrote and did not."""
    link, inbox = world.link_up()
    world.exchange.account.loses_writes = True
    link.send(SetLock(1, "101", "s-1"))
    world.wait(inbox, lambda: any(getattr(news, "code", "") == "not_kept" for news in inbox.news))


SCENARIOS: dict[str, Callable[[World], Any]] = {
    check.__name__: check
    for check in (
        garbage,
        half_packets,
        endless,
        twice,
        reordered,
        delayed,
        lost_beginning,
        lost_answer,
        lost_end,
        lost_line,
        restarted,
        killed,
        silence,
        wrong_password,
        missing_right,
        inbox_full,
        lost_write,
    )
}
