"""Versions of tariffs while the shop is open: in force now or at a date, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.config import BoothConfig
from app.domain.money import Money, Price
from app.domain.tariff import Entry, Rate
from app.domain.tariff_kinds import Kind
from app.messages import commands as cmd
from app.messages.views import Explanation, QuoteRow
from tests.fakes.selling import activate, activation, draft, sell, versions, visit
from tests.fakes.shop import PIN, FakeShop, config

MINUTE_US = 60_000_000


def uk(micro: int) -> Entry:
    return Entry("44", Rate("United Kingdom", Price(micro), country="GB"))


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[FakeShop]:
    booths = (BoothConfig(1, "101"), BoothConfig(2, "102", "VIP", tariff="vip"))
    made = FakeShop(tmp_path, replace(config(), booths=booths))
    made.set_pin()
    yield made
    assert made.findings() == []
    assert made.crashes() == []
    made.close()


def talk(shop: FakeShop, booth: int = 1) -> Money:
    """Talk for ten minutes; returns what this call cost."""
    before = shop.view(booth).total
    shop.talk(booth, 600)
    return shop.view(booth).total - before


def undo(shop: FakeShop, version: int) -> cmd.UndoTariff:
    return cmd.UndoTariff(version=version, manager_pin=PIN, **shop.who())


def test_a_version_that_starts_in_mid_call_holds_for_the_next_one(shop: FakeShop) -> None:
    shop.unlock(1)
    call_id = shop.dial(1)
    shop.take_up(call_id)
    shop.advance(60)
    sell(shop, uk(600_000))
    shop.advance(540)
    live = shop.view(1).live
    assert live is not None
    assert (live.amount, live.price_per_minute) == (Money(60), Price(60_000))
    shop.end(call_id)
    assert shop.view(1).total == Money(60)
    assert talk(shop) == Money(600)
    answers = [
        shop.ask(cmd.AskExplanation(call_key=line.key, **shop.who()))
        for line in visit(shop, 1).calls
    ]
    rates = [
        reason.value("price_micro")
        for answer in answers
        if isinstance(answer, Explanation)
        for reason in answer.reasons
        if reason.code == "rate"
    ]
    assert rates == [60_000, 600_000]


def test_a_version_taken_back_gives_way_to_the_one_before(shop: FakeShop) -> None:
    shop.unlock(1)
    tariff = sell(shop, uk(600_000))
    assert talk(shop) == Money(600)
    shop.ask(undo(shop, tariff.version))
    assert talk(shop) == Money(60)
    assert visit(shop, 1).calls[0].amount == Money(600)
    assert [(row.is_undone, row.is_in_force) for row in versions(shop)] == [(True, False)]
    assert shop.refusal(undo(shop, tariff.version)) == "tariff_not_in_use"
    assert shop.refusal(undo(shop, 999)) == "tariff_not_in_use"


def test_a_version_may_start_later(shop: FakeShop) -> None:
    shop.unlock(1)
    tariff = draft(shop, (uk(600_000),))
    starts_at = shop.clock.us + 30 * MINUTE_US
    activate(shop, tariff, starts_at)
    (row,) = versions(shop)
    assert (row.starts_at, row.is_in_force, row.prefixes) == (starts_at, False, 1)
    assert talk(shop) == Money(60)
    shop.advance(30 * 60)
    assert versions(shop)[0].is_in_force
    assert talk(shop) == Money(600)


def test_a_scheduled_version_can_be_taken_back_before_it_starts(shop: FakeShop) -> None:
    shop.unlock(1)
    tariff = draft(shop, (uk(600_000),))
    activate(shop, tariff, shop.clock.us + 30 * MINUTE_US)
    shop.ask(undo(shop, tariff.version))
    shop.advance(60 * 60)
    assert talk(shop) == Money(60)


def test_a_booth_may_have_its_own_tariff(shop: FakeShop) -> None:
    for booth in (1, 2):
        shop.unlock(booth)
    assert talk(shop, 2) == Money(60)
    sell(shop, uk(120_000), name="vip")
    assert talk(shop, 2) == Money(120)
    assert talk(shop, 1) == Money(60)

    def price(booth: int) -> Price:
        rows = shop.ask(cmd.AskQuote(text="+44", booth=booth, **shop.who()))
        assert isinstance(rows, tuple)
        row = rows[0]
        assert isinstance(row, QuoteRow)
        return row.price_per_minute

    assert [price(0), price(1), price(2)] == [Price(60_000), Price(60_000), Price(120_000)]


def test_a_number_the_own_tariff_does_not_know_has_no_price(shop: FakeShop) -> None:
    sell(shop, Entry("33", Rate("France", Price(10_000))), name="vip")
    shop.unlock(2)
    shop.talk(2, 60)
    assert visit(shop, 2).bill.unpriced == 1


def test_no_version_starts_in_the_past(shop: FakeShop) -> None:
    tariff = draft(shop, (uk(600_000),))
    early = activation(shop, tariff, shop.clock.us - 61_000_000)
    assert shop.refusal(early) == "tariff_in_the_past"
    activate(shop, tariff, shop.clock.us - 59_000_000)


def test_only_a_draft_is_activated_and_only_with_what_it_holds(shop: FakeShop) -> None:
    tariff = draft(shop, (uk(600_000),))
    two = replace(tariff, entries=(uk(1), Entry("33", uk(1).rate)))
    assert shop.refusal(activation(shop, two)) == "tariff_not_a_draft"
    other = cmd.ActivateTariff(
        version=tariff.version,
        tariff=replace(tariff, version=999),
        manager_pin=PIN,
        **shop.who(),
    )
    assert shop.refusal(other) == "tariff_not_a_draft"
    assert shop.refusal(activation(shop, replace(tariff, version=999))) == "tariff_not_a_draft"
    assert versions(shop) == []
    activate(shop, tariff)
    assert shop.refusal(activation(shop, tariff)) == "tariff_not_a_draft"


def test_cost_decks_stand_in_the_list_as_such(shop: FakeShop) -> None:
    activate(shop, draft(shop, (uk(10_000),), "carrier", Kind.COST))
    (row,) = versions(shop)
    assert (row.tariff, row.is_cost, row.is_in_force) == ("carrier", True, True)
    shop.unlock(1)
    assert talk(shop) == Money(60)


def test_a_draft_compared_with_another_version_is_refused(shop: FakeShop) -> None:
    first = draft(shop, (uk(600_000),))
    second = draft(shop, (uk(700_000),))
    stale = replace(activation(shop, second), replaces=0)
    activate(shop, first)
    assert shop.refusal(stale) == "tariff_changed"
    shop.ask(replace(activation(shop, second), replaces=first.version))
    (held,) = [row for row in versions(shop) if row.is_in_force]
    assert held.version == second.version
