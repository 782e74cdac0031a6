"""Simulated customers: they come when a booth is open, the same ones for the same seed."""

from __future__ import annotations

from app.pbx.practice import PracticeExchange
from app.pbx.practice_customers import PracticeCustomers
from tests.fakes.clock import FakeClock
from tests.fakes.inbox import World

DAY_S = 2 * 3600


def run_day(seed: int, *extensions: str) -> list[list[str]]:
    """Let customers come and go for two hours; returns the fields of the calls kept."""
    clock = FakeClock()
    exchange = PracticeExchange(clock=clock)
    world = World(exchange, lambda _logger, _text: None)
    customers = PracticeCustomers(exchange, ["101", "102", "103"], seed=seed)
    begun = clock.monotonic()
    while clock.monotonic() < begun + DAY_S:
        # Now and then the cashier takes the money: locked, and open for the next one.
        is_open = (clock.monotonic() - begun) % 600 > 60
        for extension in extensions:
            exchange.put("callshop", extension, "locked")
            if is_open:
                world.unlock(extension)
        due = customers.step(clock.monotonic())
        clock.advance(max(0.05, due - clock.monotonic()))
    assert exchange.stop()
    kept = [v for k, v in exchange.database().items() if k.startswith("/callshop_cdr/")]
    return [record.split("|") for record in kept]


def test_they_call_from_open_booths_only() -> None:
    calls = run_day(1, "101", "102")
    assert {call[2] for call in calls} == {"101", "102"}
    assert run_day(1) == []


def test_they_call_many_countries_and_not_everybody_answers() -> None:
    calls = run_day(2, "101", "102", "103")
    assert len(calls) > 30
    assert len({call[3][:5] for call in calls}) > 8
    outcomes = {call[8] for call in calls}
    assert outcomes >= {"ANSWER", "BUSY", "NOANSWER"}
    talked = [float(call[6]) - float(call[5]) for call in calls if call[5]]
    assert len(talked) > len(calls) / 2
    assert min(talked) >= 20
    assert max(talked) <= 361


def test_a_seed_makes_the_same_customers() -> None:
    def told(calls: list[list[str]]) -> list[tuple[str, str, str]]:
        return [(call[2], call[3], call[8]) for call in calls]

    assert told(run_day(3, "101", "102")) == told(run_day(3, "101", "102"))
    assert told(run_day(3, "101", "102")) != told(run_day(4, "101", "102"))


def test_a_call_that_was_cut_by_the_cashier_is_over() -> None:
    clock = FakeClock()
    exchange = PracticeExchange(clock=clock)
    World(exchange, lambda _logger, _text: None).unlock("101")
    customers = PracticeCustomers(exchange, ["101"], seed=5)
    cuts = 0
    for _ in range(2000):
        clock.advance(max(0.05, customers.step(clock.monotonic()) - clock.monotonic()))
        for call_id in exchange.live_calls():
            exchange.hang_up(call_id, "exchange")
            cuts += 1
    assert cuts > 0
    assert exchange.stop()


def test_they_run_in_the_exchanges_thread(world: World) -> None:
    _, inbox = world.link_up()
    world.unlock("101")
    PracticeCustomers(world.exchange, ["101"], seed=1, speed=500.0).start()
    world.wait(inbox, lambda: any(not call.is_live for call in inbox.calls().values()))
