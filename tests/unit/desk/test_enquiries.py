"""Questions to the desk: prices, reasons, the audit list."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.desk.enquiries import country_names
from app.domain.money import Money, Price, Rounding
from app.domain.tariff import Entry, Rate, RoundingOrder, TariffRules
from app.messages import commands as cmd
from app.messages.views import AuditRow, Explanation, PaymentDone, QuoteRow
from tests.fakes.selling import choose, member, sell, visit
from tests.fakes.shop import PIN, SENEGAL, UK, UNPRICED, FakeShop, config


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[FakeShop]:
    made = FakeShop(tmp_path)
    made.set_pin()
    yield made
    assert made.findings() == []
    assert made.crashes() == []
    made.close()


def quotes(shop: FakeShop, text: str, **more: object) -> list[QuoteRow]:
    command = cmd.AskQuote(text=text, **shop.who(), **more)  # type: ignore[arg-type]  # by name
    rows = shop.ask(command)
    assert isinstance(rows, tuple)
    return [row for row in rows if isinstance(row, QuoteRow)]


def explanation(shop: FakeShop, booth: int = 1, place: int = 0) -> Explanation:
    line = visit(shop, booth).calls[place]
    answer = shop.ask(cmd.AskExplanation(call_key=line.key, **shop.who()))
    assert isinstance(answer, Explanation)
    return answer


@pytest.mark.parametrize("text", ["+221", "00221775", "senegal", "Sénégal", "SENE"])
def test_a_price_is_found_by_number_words_and_country(shop: FakeShop, text: str) -> None:
    assert [row.destination for row in quotes(shop, text)] == ["Senegal"]


def test_countries_have_their_names_in_both_languages() -> None:
    assert country_names()["GB"] == "United Kingdom | Royaume-Uni"
    assert "001" not in country_names()


def test_a_country_is_found_in_the_users_language(shop: FakeShop) -> None:
    assert [row.prefix for row in quotes(shop, "royaume-uni")] == ["44"]


def test_a_quote_says_how_long_an_amount_lasts_and_minds_its_limit(shop: FakeShop) -> None:
    (row,) = quotes(shop, "united", amount=Money(60))
    assert row.lasts == 600
    assert quotes(shop, "united")[0].lasts is None
    assert len(quotes(shop, "3", limit=-4)) <= 1
    assert quotes(shop, "no such place") == []


def test_the_examples_are_what_this_customer_pays(shop: FakeShop) -> None:
    member(shop, "7", 5000)
    choose(shop, shop.unlock(1), "7")
    (his,) = quotes(shop, "united", booth=1, amount=Money(60))
    (others,) = quotes(shop, "united", booth=2, amount=Money(60))
    assert (his.examples[2], his.lasts) == ((10, Money(30)), 1200)
    assert (others.examples[2], others.lasts) == ((10, Money(60)), 600)
    assert his.price_per_minute == others.price_per_minute


def test_a_call_is_explained(shop: FakeShop) -> None:
    sell(shop, Entry("221", Rate("Senegal", Price(290_000), Price(50_000), 60, 60, "SN")))
    member(shop, "7", 1000)
    choose(shop, shop.unlock(1), "7")
    shop.talk(1, 90, SENEGAL)
    answer = explanation(shop)
    codes = [reason.code for reason in answer.reasons]
    assert codes == [
        *("rang", "answered", "talked", "rate", "tariff", "fee", "first", "next"),
        *("discount", "rounding", "billed", "total"),
    ]
    by_code = {reason.code: dict(reason.values) for reason in answer.reasons}
    assert by_code["rang"] == {"seconds": 2}
    assert by_code["tariff"]["name"] == "deck of shop"
    assert by_code["total"] == {"total_minor": 57}
    assert answer.line.amount == Money(57)
    assert json.loads(answer.body)["amount"] == "0.57"


def test_a_call_that_nobody_answered_and_one_by_hand_are_explained(shop: FakeShop) -> None:
    shop.unlock(1)
    call_id = shop.dial(1)
    shop.advance(5)
    shop.end(call_id, 19)
    assert [reason.code for reason in explanation(shop).reasons] == ["not_answered"]
    shop.talk(1, 60, UNPRICED)
    key = visit(shop, 1).calls[1].key
    ask = cmd.AskExplanation(call_key=key, **shop.who())
    assert shop.refusal(ask) == "call_not_priced"
    price = cmd.PriceCall(
        call_key=key, price_per_minute=Price(100_000), manager_pin=PIN, **shop.who()
    )
    shop.ask(price)
    assert "manual" in [reason.code for reason in explanation(shop, place=1).reasons]


def test_an_emergency_call_is_explained(shop: FakeShop) -> None:
    shop.talk(1, 30, "112")
    answer = shop.ask(cmd.AskExplanation(call_key=1, **shop.who()))
    assert isinstance(answer, Explanation)
    assert answer.reasons[-1].code == "unbilled"


@pytest.mark.parametrize("key", [0, 99, -1])
def test_a_call_that_is_none_has_no_reasons(shop: FakeShop, key: int) -> None:
    assert shop.refusal(cmd.AskExplanation(call_key=key, **shop.who())) == "call_not_priced"


def test_a_call_that_is_up_has_no_reasons_yet(shop: FakeShop) -> None:
    shop.unlock(1)
    shop.take_up(shop.dial(1))
    line = visit(shop, 1).calls[0]
    assert shop.refusal(cmd.AskExplanation(call_key=line.key, **shop.who())) == "call_not_priced"


def test_the_receipt_keeps_the_reasons_and_the_paper_says_whether_to_print_them(
    shop: FakeShop,
) -> None:
    session_id = shop.unlock(1)
    shop.talk(1, 60)
    reasons = explanation(shop).reasons
    shop.lock(1)
    payment = cmd.TakePayment(
        session_id=session_id,
        tender=shop.payment(session_id, 6).tender,
        due=Money(6),
        received=Money(6),
        wants_receipt=True,
        is_explained=True,
        **shop.who(),
    )
    paid = shop.ask(payment)
    assert isinstance(paid, PaymentDone)
    (order,) = shop.printer.printed
    assert order.is_explained
    assert order.receipt.calls[0].reasons == reasons
    number = paid.receipt_number
    for is_explained in (False, True):
        again = cmd.ReprintReceipt(receipt_number=number, is_explained=is_explained, **shop.who())
        shop.ask(again)
        assert shop.printer.printed[-1].is_explained is is_explained
    assert shop.printer.printed[-1].receipt.calls[0].reasons == reasons


def test_where_the_sum_is_rounded_a_call_below_one_cent_is_not_lost(tmp_path: Path) -> None:
    rules = TariffRules(
        order=RoundingOrder.SUM, bill_step=Money(5), bill_rounding=Rounding.UP, tax_rate_bp=2000
    )
    shop = FakeShop(tmp_path, config(rules=rules))
    session_id = shop.unlock(1)
    shop.talk(1, 5, UK)  # half a cent
    assert visit(shop, 1).bill.calls == Money(0)
    assert shop.view(1).total == Money(5)
    shop.lock(1)
    assert shop.view(1).total == Money(5)
    shop.pay(session_id, 5)
    assert shop.findings() == []
    assert shop.crashes() == []
    shop.close()


def findings(shop: FakeShop) -> list[AuditRow]:
    rows = shop.ask(cmd.AskAudit(**shop.who()))
    assert isinstance(rows, tuple)
    return [row for row in rows if isinstance(row, AuditRow)]


def test_the_audit_list_is_marked_as_seen_by_a_manager(shop: FakeShop) -> None:
    shop.talk(1, 30, "112")
    (found,) = findings(shop)
    assert (found.code, found.is_open) == ("emergency_call", True)
    seen = cmd.ResolveAudit(audit_id=found.audit_id, manager_pin=PIN, **shop.who())
    shop.ask(seen)
    assert [row.is_open for row in findings(shop)] == [False]
    unknown = cmd.ResolveAudit(audit_id=999, manager_pin=PIN, **shop.who())
    assert shop.refusal(unknown) == "audit_unknown"
