"""Prices that are worked out again, where the exchange's record counts the seconds."""

from __future__ import annotations

from pathlib import Path

from app.domain.calls import CallRecord
from app.domain.money import Money, Price
from app.domain.tariff import SecondsRule, TariffRules
from app.messages import commands as cmd
from tests.fakes.selling import visit
from tests.fakes.shop import PIN, UNPRICED, FakeShop, config


def test_a_price_by_hand_counts_the_records_seconds_too(tmp_path: Path) -> None:
    rules = TariffRules(seconds_rule=SecondsRule.CDR, tax_rate_bp=2000, zone="Europe/Paris")
    shop = FakeShop(tmp_path, config(rules=rules))
    shop.set_pin()
    shop.unlock(1)
    call_id = shop.talk(1, 59.2, UNPRICED)
    shop.tell(CallRecord(call_id, "1", 60, "ANSWERED", has_far_leg=True))
    price = cmd.PriceCall(
        call_key=visit(shop, 1).calls[0].key,
        price_per_minute=Price(600_000),
        manager_pin=PIN,
        **shop.who(),
    )
    shop.ask(price)
    assert shop.view(1).total == Money(60)
    shop.tell(CallRecord(call_id, "2", 10, "ANSWERED", has_far_leg=True))
    assert shop.view(1).total == Money(70)
    assert shop.findings() == []
    assert shop.crashes() == []
    shop.close()
