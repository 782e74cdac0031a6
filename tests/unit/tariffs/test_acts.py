"""Proposals over a real database: compared, accepted, taken back, given up."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.config import Config
from app.decks.deck import Deck
from app.domain.bands import TimeBand, parse_window
from app.domain.markup import Markup
from app.domain.money import Price
from app.domain.tariff import BandPrice, Entry, Rate
from app.domain.tariff_diff import Change, Mark
from app.domain.tariff_kinds import SHOP, Kind
from app.errors import Cancelled, CodedError, UserError
from app.opening_prices import DRAFTS_KEPT_US, open_pricing
from app.store import tariffs
from app.store.db import open_writer
from app.tariffs import jobs, keeping, versions
from app.tariffs.acts import Acts
from app.tariffs.proposal import Proposal, Wish
from tests.fakes.clock import FakeClock

HOUR_US = 3_600_000_000


def entry(prefix: str, micro: int, name: str = "Senegal") -> Entry:
    return Entry(prefix, Rate(name, Price(micro)))


OLD = (entry("221", 290_000), entry("22177", 350_000, "Senegal mobile"), entry("223", 250_000))


class Bench:
    """Acts over a shop's folder, with short ways to propose and accept."""

    def __init__(self, folder: Path, config: Config) -> None:
        self.folder = folder
        self.clock = FakeClock()
        self.config = config
        self.acts = Acts(folder, config, self.clock)

    def propose(
        self,
        *entries: Entry,
        tariff: str = SHOP,
        kind: Kind = Kind.SELL,
        after_us: int = 0,
        is_full: bool = True,
    ) -> Proposal:
        deck = Deck("deck.csv", entries, tuple(range(1, len(entries) + 1)))
        return self.acts.propose(deck, Wish(tariff, kind, self.clock.us + after_us, is_full))

    def take(self, *entries: Entry, **wish: object) -> int:
        proposal = self.propose(*entries, **wish)  # type: ignore[arg-type]  # of `propose`
        ready = self.acts.accept(proposal, frozenset(), "1")
        self.acts.make_ready(ready)
        self.clock.advance(1)
        return ready.version

    def held(self, tariff: str = SHOP, after_us: int = 0) -> tuple[Entry, ...]:
        return self.acts.held.in_force(tariff, self.clock.us + after_us)[1].entries

    def rows(self) -> dict[str, int]:
        with sqlite3.connect(self.folder / "shop.sqlite3") as db:
            found = {
                name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608
                for name in ("tariff_version", "rate", "rate_prefix")
            }
        db.close()
        return found


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    open_writer(tmp_path).dispose()
    made = Bench(tmp_path, Config())
    yield made
    made.acts.close()


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(CodedError) as found:
        act()
    return found.value.code


def test_a_proposal_becomes_what_is_in_force_and_is_taken_back(bench: Bench) -> None:
    assert bench.held() == ()
    first = bench.take(*OLD)
    assert bench.held() == OLD
    second = bench.take(entry("221", 300_000))
    assert bench.held() == (entry("221", 300_000),)
    undone, held = bench.acts.undo_last(SHOP)
    assert undone.key == second
    assert held is not None
    assert held.key == first
    assert bench.held() == OLD
    bench.acts.undo_last(SHOP)
    assert refusal(lambda: bench.acts.undo_last(SHOP)) == "tariff_unknown"


def test_an_undone_version_can_still_be_read(bench: Bench) -> None:
    version = bench.take(*OLD)
    bench.acts.undo_last(SHOP)
    assert "221,Senegal,0.29" in bench.acts.export_text(version)


def test_rows_left_out_stay_as_they_were(bench: Bench) -> None:
    bench.take(*OLD)
    proposal = bench.propose(entry("221", 999_000), entry("224", 1_000, "Guinea"))
    numbers = {row.prefixes[0]: row.number for row in proposal.rows}
    left_out = frozenset({numbers["221"], numbers["22177"]})
    ready = bench.acts.accept(proposal, left_out, "1")
    assert set(ready.tariff.entries) == {OLD[0], OLD[1], entry("224", 1_000, "Guinea")}


def test_a_stale_proposal_is_refused(bench: Bench) -> None:
    bench.take(*OLD)
    before = bench.propose(entry("221", 300_000))
    bench.take(entry("221", 310_000))
    rows = bench.rows()
    assert refusal(lambda: bench.acts.accept(before, frozenset(), "1")) == "tariff_changed"
    assert bench.rows() == rows


def test_a_scheduled_proposal_is_stale_where_another_will_hold_by_then(bench: Bench) -> None:
    bench.take(*OLD)
    later = bench.propose(entry("221", 300_000), after_us=10 * HOUR_US)
    bench.take(entry("221", 310_000), after_us=5 * HOUR_US)
    assert refusal(lambda: bench.acts.accept(later, frozenset(), "1")) == "tariff_changed"
    assert bench.held() == OLD
    assert bench.held(after_us=6 * HOUR_US) == (entry("221", 310_000),)


def test_an_empty_proposal_is_refused(bench: Bench) -> None:
    bench.take(OLD[0])
    proposal = bench.propose()
    rows = bench.rows()
    assert refusal(lambda: bench.acts.accept(proposal, frozenset(), "1")) == "tariff_is_empty"
    assert bench.rows() == rows


@pytest.mark.parametrize("slices", range(7))
def test_a_draft_given_up_leaves_nothing(
    slices: int, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tariffs, "SLICE", 2)
    bench.take(*OLD)
    before = bench.rows()
    proposal = bench.propose(*(entry(str(prefix), prefix * 100) for prefix in range(200, 206)))
    asked = 0

    def is_cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > slices

    if slices == 6:  # three slices of rates, three of prefixes: nobody is asked again
        bench.acts.accept(proposal, frozenset(), "1", is_cancelled=is_cancelled)
        assert bench.rows()["rate_prefix"] == before["rate_prefix"] + 6
        return
    with pytest.raises(Cancelled):
        bench.acts.accept(proposal, frozenset(), "1", is_cancelled=is_cancelled)
    assert bench.rows() == before
    assert bench.held() == OLD


def test_progress_goes_up_to_the_whole(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tariffs, "SLICE", 2)
    told: list[tuple[int, int]] = []
    proposal = bench.propose(*OLD)
    bench.acts.accept(proposal, frozenset(), "1", progress=lambda done, of: told.append((done, of)))
    assert told == [(2, 6), (3, 6), (5, 6), (6, 6)]


def test_a_draft_is_unseen_and_thrown_away_after_a_week(bench: Bench) -> None:
    bench.take(*OLD)
    before = bench.rows()
    bench.acts.accept(bench.propose(entry("221", 1)), frozenset(), "1")
    assert bench.held() == OLD
    engine = open_writer(bench.folder)
    for later, is_kept in ((DRAFTS_KEPT_US, True), (DRAFTS_KEPT_US + 1, False)):
        with engine.begin() as db:
            open_pricing(db, bench.folder, bench.config, bench.clock.us + later)
        assert (bench.rows() != before) == is_kept
    engine.dispose()


def test_a_refused_draft_is_dropped_and_nothing_else(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tariffs, "SLICE", 2)
    held = bench.take(*OLD)
    before = bench.rows()
    proposal = bench.propose(*(entry(str(prefix), prefix * 100) for prefix in range(200, 206)))
    draft = bench.acts.accept(proposal, frozenset(), "1").version

    def drop(version: int) -> None:
        job = jobs.DropDraft(job_id="drop", version=version)
        assert bench.acts.carry_out(job, keeping.silent, keeping.never) == ""

    drop(held)
    assert bench.held() == OLD
    drop(draft)
    assert bench.rows() == before
    drop(draft)
    assert bench.held() == OLD


def test_only_a_draft_is_made_ready_and_once(bench: Bench) -> None:
    ready = bench.acts.accept(bench.propose(*OLD), frozenset(), "1")
    bench.acts.make_ready(ready)
    assert refusal(lambda: bench.acts.make_ready(ready)) == "tariff_not_a_draft"
    assert refusal(lambda: bench.acts.make_ready(replace(ready, version=99))) != ""


def test_bands_must_be_known_to_the_settings(bench: Bench) -> None:
    night = Entry("221", Rate("Senegal", Price(9), bands=(BandPrice("night", Price(5)),)))
    assert refusal(lambda: bench.propose(night)) == "deck_bands"
    band = TimeBand("night", (parse_window("mon-sun 20:00-07:00"),))
    knows = replace(bench.config, rules=replace(bench.config.rules, bands=(band,)))
    other = Bench(bench.folder, knows)
    other.take(night)
    assert other.held() == (night,)
    other.acts.close()
    # The band is gone from the settings: nothing is sold at a price that nobody means.
    assert refusal(bench.held) == "deck_bands"
    engine = open_writer(bench.folder)
    with engine.begin() as db, pytest.raises(UserError, match="deck_bands"):
        open_pricing(db, bench.folder, bench.config, bench.clock.us)
    engine.dispose()


def test_another_currency_needs_a_rate(bench: Bench) -> None:
    deck = Deck("d", (entry("221", 100_000),), (1,), currency="USD")
    wish = Wish(SHOP, Kind.SELL, bench.clock.us, is_full=True)
    assert refusal(lambda: bench.acts.propose(deck, wish)) == "deck_currency"
    proposal = bench.acts.propose(deck, replace(wish, exchange_ppm=905_555))
    assert proposal.entries() == (entry("221", 90_556),)


# ---- margins ---------------------------------------------------------------------------------


@pytest.fixture
def with_costs(bench: Bench) -> Bench:
    bench.take(*OLD)
    costs = (entry("221", 200_000), entry("22177", 250_000), entry("223", 100_000))
    bench.take(*costs, tariff="acme", kind=Kind.COST)
    return bench


def test_a_price_is_seen_beside_what_it_costs(with_costs: Bench) -> None:
    proposal = with_costs.propose(entry("221", 230_000), OLD[1], OLD[2])
    (row,) = proposal.rows
    # Net of 20 % tax 0.19 is left for a cost of 0.20.
    assert row.marks == {Mark.BELOW_COST}
    assert (row.other, row.margin_permille) == (Price(200_000), -44)
    assert row.suggested == Price(240_000)
    assert proposal.diff.marks[Mark.BELOW_COST] == 1


def test_a_cost_is_seen_beside_what_is_sold(with_costs: Bench) -> None:
    proposal = with_costs.propose(
        entry("221", 250_000), tariff="acme", kind=Kind.COST, is_full=False
    )
    (row,) = proposal.rows
    assert row.change is Change.DEARER
    assert row.marks == {Mark.BELOW_COST}
    assert row.other == Price(290_000)
    assert row.suggested == Price(300_000)


def test_a_dropped_prefix_whose_numbers_are_then_sold_at_a_loss(with_costs: Bench) -> None:
    proposal = with_costs.propose(OLD[0], OLD[2])
    (row,) = proposal.rows
    assert row.change is Change.DROPPED
    assert row.marks == {Mark.BELOW_COST}
    assert [alarm.prefix for alarm in proposal.alarms] == ["22177"]


def test_prices_are_made_of_costs(with_costs: Bench) -> None:
    markup = Markup(1_500_000, step=Price(10_000))
    job = jobs.SuggestPrices(job_id="1", cost="acme", tariff=SHOP, markup=markup)
    proposal = with_costs.acts.suggest_prices(job)
    assert {one.prefix: one.rate.price_per_minute.micro for one in proposal.entries()} == {
        "221": 360_000, "22177": 450_000, "223": 180_000,
    }  # fmt: skip
    unknown = replace(job, cost="none")
    assert refusal(lambda: with_costs.acts.suggest_prices(unknown)) == "tariff_unknown"


def test_only_what_is_at_a_loss_gets_another_price(with_costs: Bench) -> None:
    with_costs.take(entry("221", 230_000), is_full=False)
    markup = Markup(1_500_000, step=Price(10_000))
    job = jobs.SuggestPrices(job_id="1", cost="acme", tariff=SHOP, markup=markup, only_alarms=True)
    proposal = with_costs.acts.suggest_prices(job)
    assert [(row.prefixes, row.change) for row in proposal.rows] == [(("221",), Change.DEARER)]
    assert len(proposal.entries()) == 3


def test_margins_of_what_is_sold(with_costs: Bench) -> None:
    (checked,) = with_costs.acts.check_margins(SHOP)
    assert (checked.sold, checked.cost, checked.report.rows) == (SHOP, "acme", ())
    (checked,) = with_costs.acts.check_margins(SHOP, guard_bp=3_000)
    assert {row.prefix for row in checked.report.rows} == {"221", "22177"}
    assert refusal(lambda: with_costs.acts.check_margins("vip")) == "tariff_unknown"


def test_without_a_carriers_deck_there_is_no_margin(bench: Bench) -> None:
    bench.take(*OLD)
    assert refusal(lambda: bench.acts.check_margins(SHOP)) == "no_cost_deck"


# ---- rules -----------------------------------------------------------------------------------


def test_rules_are_written_down_only_when_they_change(bench: Bench) -> None:
    engine = open_writer(bench.folder)
    rules = bench.config.rules
    others = replace(rules, extra_holidays=frozenset({739_974}), tax_rate_bp=550)
    with engine.begin() as db:
        for now, kept in ((1, rules), (2, rules), (3, others), (4, others), (5, rules)):
            versions.keep_rules(db, "shop", kept, now)
        found = db.exec_driver_sql("SELECT since, rules FROM tariff_rules ORDER BY id").all()
    assert [row.since for row in found] == [1, 3, 5]
    assert found[0].rules == found[2].rules == versions.rules_text(rules)
    assert '"extra_holidays":[739974]' in found[1].rules
    engine.dispose()


def test_no_slice_is_larger_than_it_may_be(bench: Bench) -> None:
    rates = [Rate(f"Place {number}", Price(number)) for number in range(12_000)]
    entries = tuple(Entry(str(100_000 + n), rate) for n, rate in enumerate(rates))
    sizes = [len(one.rows) for one in tariffs.slices(1, entries)]
    assert sizes == [5_000, 5_000, 2_000] * 2
    assert tariffs.SLICE == 5_000


def test_what_ends_the_writing_early_takes_the_draft_along(bench: Bench) -> None:
    bench.take(*OLD)
    before = bench.rows()

    def interrupted(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bench.acts.accept(bench.propose(entry("221", 1)), frozenset(), "1", progress=interrupted)
    assert bench.rows() == before
    assert keeping.never() is False


def test_losses_are_counted_as_new_or_old(with_costs: Bench) -> None:
    with_costs.take(entry("221", 230_000), entry("22177", 310_000), OLD[2])
    proposal = with_costs.propose(
        entry("221", 230_000), entry("22177", 260_000), entry("223", 110_000)
    )
    assert proposal.losses() == (2, 1)
    assert proposal.losses().all == 3
    (dearest,) = [row.number for row in proposal.rows if row.prefixes == ("223",)]
    assert proposal.losses([dearest]) == (1, 1)
    costs = with_costs.propose(entry("221", 900_000), tariff="acme", kind=Kind.COST)
    assert costs.losses() == (0, 0)


def test_the_margin_of_a_later_price_is_that_of_its_day(with_costs: Bench) -> None:
    later = entry("221", 600_000)._replace(starts_at=with_costs.clock.us + 48 * HOUR_US)
    (row,) = with_costs.propose(later, is_full=False).rows
    assert row.margin_permille == 600  # 0.50 net, of which 0.20 is the cost


def test_countries_that_a_file_does_not_name_stay(bench: Bench) -> None:
    named = Entry("221", Rate("Senegal", Price(290_000), country="SN"))
    bench.take(named, entry("223", 250_000))
    proposal = bench.propose(entry("221", 290_000), entry("223", 250_000), entry("224", 1_000))
    assert [(row.prefixes, row.change) for row in proposal.rows] == [(("224",), Change.NEW)]
    assert proposal.entries()[0] == named
    # A file with a column of countries says what it means, also where it is empty.
    deck = Deck("deck.csv", (entry("221", 290_000),), (2,), columns=("prefix", "country"))
    proposal = bench.acts.propose(deck, Wish(SHOP, Kind.SELL, bench.clock.us, is_full=False))
    assert proposal.rows[0].terms == ("country",)


def test_a_version_of_the_past_is_read_without_bands_that_have_gone(bench: Bench) -> None:
    night = TimeBand("night", (parse_window("mon-sun 20:00-07:00"),))
    plain = bench.config
    bench.config = replace(plain, rules=replace(plain.rules, bands=(night,)))
    bench.acts = Acts(bench.folder, bench.config, bench.clock)
    banded = Rate("Mali", Price(250_000), bands=(BandPrice("night", Price(90_000)),))
    version = bench.take(Entry("223", banded), OLD[0])
    assert versions.reader(bench.folder, bench.config)(version).entries[0].rate == banded
    without = versions.reader(bench.folder, plain)(version)
    assert without.entries == (Entry("223", replace(banded, bands=())), OLD[0])
    assert without.version == version
