"""Versions in the database: what is written is read, and what holds is what a list would say."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from sqlalchemy import create_engine

from app.config import Config
from app.decks.deck import Deck
from app.decks.read import read_deck_bytes
from app.domain.money import Price
from app.domain.tariff import Entry, Rate, TariffRules
from app.domain.tariff_kinds import SHOP, Kind
from app.store import tariffs
from app.store.db import DATABASE_FILE, open_writer
from app.store.tables import metadata
from app.store.tariffs import VersionRow, VersionState
from app.tariffs import keeping
from app.tariffs.acts import Acts
from app.tariffs.proposal import Wish
from app.tariffs.versions import is_needed
from tests.fakes.clock import FakeClock
from tests.property.test_decks import RULES, ZONES, decks


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp())
    open_writer(folder).dispose()
    return folder


def config_of(zone: str, rules: TariffRules = RULES) -> Config:
    return Config(zone=zone, rules=replace(rules, zone=zone))


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(decks, st.sampled_from(ZONES))
def test_what_is_imported_is_exported(entries: tuple[Entry, ...], zone: str) -> None:
    """Bands, later prices, dates, ceilings and all: through the database and back."""
    clock = FakeClock()
    clock.us = 0  # before every date of the deck: none is over
    with tempfile.TemporaryDirectory() as name:
        shutil.copy(_folder() / DATABASE_FILE, name)
        acts = Acts(Path(name), config_of(zone), clock)
        deck = Deck("deck", entries, tuple(range(len(entries))))
        proposal = acts.propose(deck, Wish("any", Kind.SELL, clock.us, is_full=True))
        ready = acts.accept(proposal, frozenset(), "1")
        acts.make_ready(ready)
        text = acts.export_text(ready.version)
        row, held = acts.held.in_force("any", max(ready.starts_at, clock.us))
        assert row is not None
        assert row.key == ready.version
        assert held.entries == ready.tariff.entries == entries
        again = read_deck_bytes(text.encode(), "deck", zone=zone)
        assert (again.entries, again.refused) == (entries, ())
        acts.close()


@dataclass
class Known:
    """A version as a naive model keeps it."""

    key: int
    tariff: str
    starts_at: int
    is_undone: bool = False


TARIFFS = (SHOP, "vip")
INSTANTS = st.integers(0, 8)


class Versions(RuleBasedStateMachine):
    """Versions of two tariffs are scheduled and taken back in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.engine = create_engine("sqlite://")
        metadata.create_all(self.engine)
        self.known: list[Known] = []

    def teardown(self) -> None:
        self.engine.dispose()

    @rule(tariff=st.sampled_from(TARIFFS), starts_at=INSTANTS, shop=st.sampled_from(["shop", "b"]))
    def accept(self, tariff: str, starts_at: int, shop: str) -> None:
        head = VersionRow(
            0, tariff, Kind.SELL, VersionState.DRAFT, "", "EUR", 0, "1", None, ("a", "b c"), 1
        )
        with self.engine.begin() as db:
            key = tariffs.add_draft(db, shop, head)
            assert tariffs.make_ready(db, "shop", key, starts_at) == (shop == "shop")
            assert not tariffs.make_ready(db, "shop", key, starts_at)
        if shop == "shop":
            self.known.append(Known(key, tariff, starts_at))

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        known = data.draw(st.sampled_from(self.known))
        with self.engine.begin() as db:
            assert tariffs.undo(db, "shop", known.key) != known.is_undone
        known.is_undone = True

    @rule(tariff=st.sampled_from(TARIFFS), at=INSTANTS)
    def look(self, tariff: str, at: int) -> None:
        held = [
            one
            for one in self.known
            if one.tariff == tariff and not one.is_undone and one.starts_at <= at
        ]
        expected = max(held, key=lambda one: (one.starts_at, one.key), default=None)
        with self.engine.connect() as db:
            found = tariffs.in_force(db, "shop", tariff, at)
            rows = tariffs.versions(db, "shop")
        assert (None if found is None else found.key) == (expected and expected.key)
        assert found is None or found.columns == ("a", "b c")
        assert {row.key for row in rows} == {one.key for one in self.known}
        ready = tuple(row for row in rows if row.state is VersionState.READY)
        # What holds now or will is read when the shop opens, and nothing that is over.
        needed = {row.key for row in ready if is_needed(row, ready, at)}
        later = {one.key for one in self.known if not one.is_undone and one.starts_at > at}
        held_now = {
            row.key
            for name in TARIFFS
            for row in [max(
                (row for row in ready if row.tariff == name and (row.starts_at or 0) <= at),
                key=lambda row: (row.starts_at or 0, row.key),
                default=None,
            )]
            if row is not None
        }  # fmt: skip
        assert needed == later | held_now


TestVersions = Versions.TestCase


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 5)), min_size=1, max_size=6))
def test_imports_are_taken_back_in_reverse_order(prices: list[tuple[int, int]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(_folder() / DATABASE_FILE, folder)
        clock = FakeClock()
        acts = Acts(folder, Config(), clock)
        held: list[tuple[Entry, ...]] = [()]
        for price, _ in prices:
            entries = (Entry("221", Rate("Senegal", Price(price))),)
            wish = Wish(SHOP, Kind.SELL, clock.us, is_full=True)
            ready = acts.accept(
                acts.propose(Deck("d", entries, (1,)), wish),
                frozenset(),
                "1",
                progress=keeping.silent,
            )
            acts.make_ready(ready)
            held.append(entries)
            clock.advance(1)
        while len(held) > 1:
            assert acts.held.in_force(SHOP, clock.us)[1].entries == held.pop()
            acts.undo_last(SHOP)
        assert acts.held.in_force(SHOP, clock.us)[1].entries == ()
        acts.close()
