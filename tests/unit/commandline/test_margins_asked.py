"""`callshop tariff check`, `markup` and `whatif`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.config import load
from app.domain.money import Price
from app.domain.tariff import Entry, Rate
from tests.fakes.selling import draft
from tests.fakes.shop import SENEGAL, UK, FakeShop, config
from tests.unit.commandline.conftest import Run

HEAD = "prefix,destination,price_per_minute\n"
SOLD = f"{HEAD}221,Senegal,0.29\n22177,Senegal mobile,0.36\n223,Mali,0.25\n33,France,0.05\n"
COST = f"{HEAD}221,Senegal,0.20\n22177,Senegal mobile,0.31\n223,Mali,0.20\n"

File = Callable[..., str]


@pytest.fixture
def sold(run: Run, file: File) -> None:
    assert run("tariff", "import", file(SOLD, "sold.csv")).status == 0


def test_without_costs_nothing_can_be_checked(run: Run, file: File, sold: None) -> None:
    assert "No carrier’s deck is known" in run("tariff", "check").err
    assert "There is no tariff vip" in run("tariff", "check", "--tariff", "vip").err


@pytest.mark.parametrize("how", ["shop", "shop and file", "files"])
def test_alarms_are_listed_and_the_status_is_1(how: str, run: Run, file: File, sold: None) -> None:
    cost = file(COST, "acme")
    words = {
        "shop": [],
        "shop and file": ["--cost", cost],
        "files": [file(SOLD, "sold.csv"), "--cost", cost],
    }[how]
    if how == "shop":
        taken = run("tariff", "import", "--cost", "--tariff", "acme", "--accept-losses", cost)
        assert taken.status == 0
    said = run("tariff", "check", *words)
    assert said.status == 1
    # 0.36 with 20 % tax inside leaves 0.30.
    alarm = "22177  Senegal mobile  price 0.36 (net 0.30), cost 0.31 at acme: below cost (-3.4 %)"
    assert alarm in said.lines
    counts = "1 below cost, 0 below the guard, 1 without a known cost, 2 in order"
    assert said.lines[-1].endswith(f"acme: {counts}")
    said = run("tariff", "check", *words, "--guard", "10")
    assert "223  Mali  price 0.25 (net 0.208333)" in said.out
    assert "below the guard (3.9 %)" in said.out
    (body,) = run("tariff", "check", "--json", *words, "--guard", "10").body
    assert (body["cost"], body["guard_permille"]) == ("acme", 100)
    assert body["counts"]["below_cost"] == body["counts"]["below_guard"] == 1
    assert {row["prefix"]: row["verdict"] for row in body["rows"]} == {
        "22177": "below_cost", "223": "below_guard", "33": "no_cost",
    }  # fmt: skip


def test_where_all_is_well_the_status_is_0(run: Run, file: File, sold: None) -> None:
    said = run("tariff", "check", "--cost", file(f"{HEAD}221,Senegal,0.1\n", "cheap.csv"))
    assert said.status == 0
    assert "0 below cost" in said.out


@pytest.mark.parametrize("guard", ["100", "-1", "x", "nan", "1e2"])
def test_a_guard_is_a_percentage_below_a_hundred(guard: str, run: Run, sold: None) -> None:
    said = run("tariff", "check", f"--guard={guard}")
    assert (said.status, said.err) == (1, f"--guard: {guard} is no number that fits.\n")


def test_a_mark_up_makes_prices_with_tax_and_a_step(run: Run, file: File, shop: Path) -> None:
    path = file(f"{HEAD}221,Senegal,0.20\n223,Mali,0.1\n")
    words = ["markup", path, "--factor", "1.4", "--add", "0.01", "--step", "0.05"]
    out = run("tariff", *words, "--increments", "60/6").out
    # (0.20 × 1.4 + 0.01) × 1.2 = 0.348; (0.1 × 1.4 + 0.01) × 1.2 = 0.18
    assert out.splitlines()[1:] == [
        "221,Senegal,0.35,0.00,60,6,0,0.00,",
        "223,Mali,0.20,0.00,60,6,0,0.00,",
    ]
    target = shop / "prices.csv"
    assert run("tariff", *words, "-o", str(target)).out == ""
    assert run("tariff", "import", str(target)).status == 0
    assert run("tariff", "check", "--cost", path).status == 0


@pytest.mark.parametrize(
    "words",
    [
        ["--factor", "0"], ["--factor", "nan"], ["--factor=-1"], ["--add=-0.1"], ["--step", "0"],
        ["--increments", "60"], ["--increments", "0/0"], ["--increments", "60/60/60"],
        ["--increments", "3601/1"], ["--increments", "٣/٣"], ["--exchange-rate", "0"],
    ],
)  # fmt: skip
def test_a_mark_up_that_makes_no_price(words: list[str], run: Run, file: File) -> None:
    said = run("tariff", "markup", file(COST), *words)
    assert (said.status, said.out) == (1, "")
    assert "is no number that fits" in said.err


def test_a_price_that_no_tariff_takes_is_not_written(run: Run, file: File, shop: Path) -> None:
    target = shop / "out.csv"
    said = run("tariff", "markup", file(COST), "--factor", "1000000", "-o", str(target))
    assert (said.status, said.err) == (1, "Senegal: the price is too large\n")
    assert not target.exists()


def test_bad_rows_of_costs_are_named_and_the_status_is_1(run: Run, file: File) -> None:
    said = run("tariff", "markup", file(f"{COST}224,,1\n"))
    assert said.status == 1
    assert "line 5: destination" in said.err
    assert "223,Mali" in said.out


@pytest.fixture
def with_calls(shop: Path, run: Run) -> FakeShop:
    settings = shop / "shop.toml"
    text = settings.read_text().replace('number = 2\nextension = "102"\ntariff = "vip"', "")
    settings.write_text(text.replace("[[booths]]\n\n", ""))
    made = FakeShop(shop, config(booths=2, rules=load(shop).rules))
    made.unlock(1)
    for number, seconds in ((SENEGAL, 60), (SENEGAL, 61), (UK, 120)):
        made.talk(1, seconds, number)
    made.close()
    return made


def test_past_calls_are_rated_by_another_tariff(
    run: Run, file: File, with_calls: FakeShop, shop: Path
) -> None:
    day = with_calls.clock.us // 86_400_000_000
    around = ["--from", _date(day - 1), "--to", _date(day + 2)]
    path = file(f"{HEAD}221,Senegal,0.60\n")
    said = run("tariff", "whatif", path, *around)
    # Held: 0.29 a minute and 0.05 a call by full minutes; then 0.60 a minute by the second.
    assert said.status == 0, said.err
    assert said.lines == [
        "Senegal: 2 calls, 0.97 → 1.21 (0.24)",
        "in all: 2 calls, 0.97 → 1.21 (0.24)",
        "1 call has no price",
    ]
    body = run("tariff", "whatif", "--json", path, *around).body
    assert body["total"]["difference"] == "0.24"
    assert body["unpriced_calls"] == 1
    assert run("tariff", "whatif", path).lines == ["in all: 0 calls, 0.00 → 0.00 (0.00)"]


def _date(day: int) -> str:
    from datetime import UTC, datetime  # noqa: PLC0415

    return datetime.fromtimestamp(day * 86_400, UTC).date().isoformat()


def test_a_shop_without_calls_is_tried_without_making_a_database(
    run: Run, file: File, shop: Path
) -> None:
    assert run("tariff", "whatif", file(SOLD)).status == 0
    assert not (shop / "shop.sqlite3").exists()


def test_a_draft_is_no_version(shop: Path, run: Run) -> None:
    made = FakeShop(shop, config(booths=2))
    tariff = draft(made, (Entry("44", Rate("UK", Price(1))),))
    made.close()
    assert run("tariff", "list").lines == ["The shop has no tariff."]
    assert run("tariff", "export", "--version", str(tariff.version)).status == 1
