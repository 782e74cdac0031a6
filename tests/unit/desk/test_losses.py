"""Calls that are sold below what a carrier asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.money import Price
from app.domain.tariff import Entry
from app.domain.tariff_kinds import Kind
from app.messages import commands as cmd
from app.messages.views import AuditRow
from tests.fakes.selling import activate, buy, draft, sell
from tests.fakes.shop import ENTRIES, SENEGAL, UK, FakeShop

UNITED_KINGDOM, SENEGALESE, _ = ENTRIES


def at_cost(entry: Entry, micro: int) -> Entry:
    return entry._replace(rate=replace(entry.rate, price_per_minute=Price(micro)))


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[FakeShop]:
    made = FakeShop(tmp_path)
    made.set_pin()
    yield made
    assert made.findings() == []
    assert made.crashes() == []
    made.close()


def losses(shop: FakeShop) -> list[str]:
    rows = shop.ask(cmd.AskAudit(**shop.who()))
    assert isinstance(rows, tuple)
    found = [row for row in rows if isinstance(row, AuditRow) and row.code == "sold_below_cost"]
    return [row.detail for row in found]


def is_marked(shop: FakeShop, booth: int) -> bool:
    live = shop.view(booth).live
    assert live is not None
    return live.is_below_cost


def test_without_a_cost_deck_nothing_is_marked(shop: FakeShop) -> None:
    shop.unlock(1)
    shop.dial(1, UK)
    assert not is_marked(shop, 1)
    assert losses(shop) == []


def test_a_call_below_cost_is_marked_while_it_is_up_and_noted(shop: FakeShop) -> None:
    buy(shop, at_cost(UNITED_KINGDOM, 61_000))
    shop.unlock(1)
    call_id = shop.dial(1, UK)
    assert is_marked(shop, 1)
    shop.take_up(call_id)
    shop.advance(30)
    assert is_marked(shop, 1)
    shop.end(call_id)
    session = shop.view(1).session
    assert session is not None
    assert not session.calls[0].is_below_cost
    assert losses(shop) == ["United Kingdom 44"]


def test_the_tax_in_a_price_pays_no_carrier(shop: FakeShop) -> None:
    buy(shop, at_cost(UNITED_KINGDOM, 50_001))
    shop.unlock(1)
    shop.dial(1, UK)
    assert is_marked(shop, 1)


def test_a_loss_is_noted_once_for_each_price(shop: FakeShop) -> None:
    buy(shop, at_cost(UNITED_KINGDOM, 61_000))
    shop.unlock(1)
    shop.talk(1, 10)
    shop.talk(1, 10)
    assert len(losses(shop)) == 1
    sell(shop, at_cost(UNITED_KINGDOM, 50_000))
    shop.talk(1, 10)
    assert len(losses(shop)) == 2


def test_a_price_above_cost_and_one_without_cost_are_not_marked(shop: FakeShop) -> None:
    # Of 0.06 with 20 % tax inside, 0.05 is left to the shop.
    buy(shop, at_cost(UNITED_KINGDOM, 50_000))
    shop.unlock(1)
    shop.dial(1, UK)
    assert not is_marked(shop, 1)
    shop.unlock(2)
    shop.dial(2, SENEGAL)
    assert not is_marked(shop, 2)
    assert losses(shop) == []


def test_every_carrier_is_looked_at(shop: FakeShop) -> None:
    buy(shop, at_cost(UNITED_KINGDOM, 10_000), name="cheap")
    buy(shop, at_cost(UNITED_KINGDOM, 90_000), name="dear")
    shop.unlock(1)
    shop.dial(1, UK)
    assert is_marked(shop, 1)
    assert losses(shop) == ["United Kingdom 44"]


def test_a_deck_that_starts_tomorrow_says_nothing_today(shop: FakeShop) -> None:
    later = shop.clock.us + 86_400_000_000
    tomorrow = draft(shop, (at_cost(SENEGALESE, 900_000),), "carrier", Kind.COST)
    activate(shop, tomorrow, later)
    shop.unlock(1)
    shop.dial(1, SENEGAL)
    assert not is_marked(shop, 1)
    assert losses(shop) == []
