"""A deck that is to become a tariff: what would change, row by row. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from app.config import Config
from app.decks.deck import Deck
from app.domain.margins import MarginReport, MarginRow, Margins, Verdict, check_margins
from app.domain.markup import price_for_margin
from app.domain.money import MICRO, Price, Rounding, divide
from app.domain.phone import country_of_prefix
from app.domain.tariff import BandPrice, Entry, Rate, Step, Tariff, TaxMode
from app.domain.tariff_diff import Change, Diff, DiffRow, Mark, compare, marked, merge
from app.domain.tariff_kinds import Kind
from app.errors import UserError
from app.tariffs.versions import check_bands, cost_rules

_DOUBTFUL = frozenset({Mark.ABSURD})
"""Marks of rows that a person must tick himself."""

_MARK_OF = {
    Verdict.BELOW_COST: Mark.BELOW_COST,
    Verdict.BELOW_GUARD: Mark.BELOW_GUARD,
}
_PERMILLE_BP = 10


@dataclass(frozen=True, slots=True)
class Wish:
    """What a file is to become.

    `tariff` is the key of the tariff, `at` the instant (microseconds UTC) from which the
    version is to hold; a deck that is not `is_full` changes only what it names. `exchange_ppm`
    turns the file's currency into the shop's (millionths; 1,000,000: the same).
    """

    tariff: str
    kind: Kind
    at: int
    is_full: bool
    exchange_ppm: int = MICRO


class ProposalRow(NamedTuple):
    """One row of the dry run: prefixes of one line of the file that change alike.

    `other` is the other side's price per minute: what customers pay where a cost is imported,
    what the carrier asks where a price is. `suggested` is a price with the wanted margin.
    `can_take` False: refused by its dates or as a duplicate.
    """

    number: int
    line: int
    prefixes: tuple[str, ...]
    destination: str
    change: Change
    old: Rate | None
    new: Rate | None
    permille: int | None
    terms: tuple[str, ...]
    marks: frozenset[Mark]
    other: Price | None = None
    margin_permille: int | None = None
    suggested: Price | None = None
    starts_at: int = 0
    can_take: bool = True

    @property
    def country(self) -> str:
        """The country (ISO): what the file says, else whose prefix it is."""
        # Not settled for each row beforehand: it takes longer than all the rest of a first import.
        rate = self.new or self.old
        return rate.country or country_of_prefix(self.prefixes[0]) if rate is not None else ""

    @property
    def is_doubtful(self) -> bool:
        """Tell whether a person must look before the row is taken."""
        return bool(self.marks & _DOUBTFUL)


class Losses(NamedTuple):
    """Prefixes sold below cost: by what the deck changes, and without it already."""

    changed: int
    already: int

    @property
    def all(self) -> int:
        """Both together."""
        return self.changed + self.already


@dataclass(frozen=True, slots=True)
class Proposal:
    """A deck beside what holds now. `at` is when its version is to start."""

    deck: Deck
    wish: Wish
    old: tuple[Entry, ...]
    old_version: int
    rows: tuple[ProposalRow, ...]
    diff: Diff
    alarms: tuple[MarginRow, ...] = ()

    def left_out(self, rows: Iterable[int]) -> frozenset[str]:
        """Return the prefixes of rows by their numbers."""
        numbers = set(rows)
        return frozenset(
            prefix for row in self.rows if row.number in numbers for prefix in row.prefixes
        )

    @property
    def doubtful(self) -> frozenset[int]:
        """The numbers of the rows that are not taken unless somebody says so."""
        return frozenset(row.number for row in self.rows if row.is_doubtful)

    def losses(self, left_out: Iterable[int] = ()) -> Losses:
        """Return how many prefixes of a sell tariff would be sold below cost once it is live."""
        if self.wish.kind is Kind.COST:
            return Losses(0, 0)
        changed = self._changed_at_a_loss(left_out)
        return Losses(len(changed), len(self.lost_already(left_out)))

    def lost_already(self, left_out: Iterable[int] = ()) -> tuple[MarginRow, ...]:
        """Return the prefixes sold below cost by no row of the deck, the worst margin of each."""
        if self.wish.kind is Kind.COST:
            return ()
        left_out = frozenset(left_out)
        told = self._changed_at_a_loss(left_out) | self.left_out(left_out)
        worst: dict[str, MarginRow] = {}
        for row in self.alarms:
            # What a row sells by a shorter prefix is that row's loss.
            if row.verdict is Verdict.BELOW_COST and told.isdisjoint((row.prefix, row.sell_prefix)):
                known = worst.setdefault(row.prefix, row)
                if (known.margin_permille or 0) > (row.margin_permille or 0):
                    worst[row.prefix] = row
        return tuple(worst.values())

    def _changed_at_a_loss(self, left_out: Iterable[int]) -> frozenset[str]:
        numbers = frozenset(left_out)
        return frozenset(
            prefix
            for row in self.rows
            if Mark.BELOW_COST in row.marks and row.number not in numbers
            for prefix in row.prefixes
        )

    def entries(self, left_out: Iterable[int] = ()) -> tuple[Entry, ...]:
        """Return what the version will hold, these rows left as they were."""
        return merge(
            self.old,
            self.deck.entries,
            at=self.wish.at,
            is_full=self.wish.is_full,
            deleted=self.deck.deleted,
            left_out=self.left_out(left_out),
        )


@dataclass(frozen=True, slots=True)
class Other:
    """The other side of a margin: the carriers' decks, or the tariff that is sold."""

    tariffs: tuple[Tariff, ...] = ()


def propose(deck: Deck, wish: Wish, old: Tariff, config: Config, other: Other) -> Proposal:
    """Compare a deck with what holds now. Raises `UserError`: `deck_currency`, `deck_bands`."""
    deck = with_countries(in_currency(deck, wish.exchange_ppm, config.currency.code), old.entries)
    diff = compare(
        old.entries,
        deck.entries,
        deck.lines,
        at=wish.at,
        is_full=wish.is_full,
        deleted=deck.deleted,
    )
    proposal = Proposal(deck, wish, old.entries, old.version, (), diff)
    check_bands(proposal.deck.entries, config.rules)
    if not other.tariffs:
        return replace(proposal, rows=tuple(_rows(diff, None)))
    sides = _Sides(proposal, config, other)
    diff = marked(diff, sides.marks)
    return replace(proposal, diff=diff, rows=tuple(_rows(diff, sides)), alarms=sides.alarms)


def with_countries(deck: Deck, old: tuple[Entry, ...]) -> Deck:
    """Return a deck that names no countries with those that its prefixes had."""
    if "country" in deck.columns:
        return deck
    known = {entry.prefix: entry.rate.country for entry in old if entry.rate.country}
    if not known:
        return deck
    named: dict[tuple[int, str], Rate] = {}
    entries = []
    for entry in deck.entries:
        country = known.get(entry.prefix, "")
        if country and not entry.rate.country:
            key = (id(entry.rate), country)
            rate = named.get(key)
            if rate is None:
                rate = named[key] = replace(entry.rate, country=country)
            entries.append(entry._replace(rate=rate))
        else:
            entries.append(entry)
    return replace(deck, entries=tuple(entries))


def in_currency(deck: Deck, exchange_ppm: int, currency: str) -> Deck:
    """Return a deck in the shop's currency.

    Raises `UserError` `deck_currency` where the file names another one and no rate is given.
    """
    if exchange_ppm == MICRO:
        if deck.currency and deck.currency != currency:
            raise UserError("deck_currency", found=deck.currency, shop=currency)
        return deck
    exchanged: dict[int, Rate] = {}
    entries = []
    for entry in deck.entries:
        rate = exchanged.get(id(entry.rate))
        if rate is None:
            rate = exchanged[id(entry.rate)] = _exchanged(entry.rate, exchange_ppm)
        entries.append(entry._replace(rate=rate))
    return replace(deck, entries=tuple(entries), currency=currency)


def _exchanged(rate: Rate, ppm: int) -> Rate:
    def to(price: Price) -> Price:
        return Price(divide(price.micro * ppm, MICRO, Rounding.HALF_UP))

    def steps(old: tuple[Step, ...]) -> tuple[Step, ...]:
        return tuple(replace(one, price_per_minute=to(one.price_per_minute)) for one in old)

    return replace(
        rate,
        price_per_minute=to(rate.price_per_minute),
        connection_fee=to(rate.connection_fee),
        minimum_charge=to(rate.minimum_charge),
        surcharge=to(rate.surcharge),
        ceiling=None if rate.ceiling is None else to(rate.ceiling),
        steps=steps(rate.steps),
        bands=tuple(
            BandPrice(one.band, to(one.price_per_minute), to(one.connection_fee), steps(one.steps))
            for one in rate.bands
        ),
    )


class _Sides:
    """Margins of a proposal against the other side."""

    def __init__(self, proposal: Proposal, config: Config, other: Other) -> None:
        wish = proposal.wish
        self._is_cost = wish.kind is Kind.COST
        self._at = wish.at
        rules = cost_rules(config.rules) if self._is_cost else config.rules
        fresh = Tariff("", proposal.entries(), currency=config.currency, rules=rules)
        self._pairs = [(one, fresh) if self._is_cost else (fresh, one) for one in other.tariffs]
        self._margins = [Margins(sell, cost) for sell, cost in self._pairs]
        self._guard = config.margin_guard_bp // _PERMILLE_BP
        rules = config.rules
        self._tax_bp = rules.tax_rate_bp if rules.tax_mode is TaxMode.INCLUDED else 0
        self._step = Price(config.currency.micro_per_minor)
        self.alarms = tuple(self._alarms())
        self.marks: dict[str, set[Mark]] = {}
        self._worst: dict[str, MarginRow] = {}
        for row in self.alarms:
            mark = _MARK_OF.get(row.verdict)
            own = row.cost_prefix if self._is_cost else row.sell_prefix
            if mark is None or row.margin_permille is None:
                continue
            # Numbers that a dropped prefix had go by a shorter one now, perhaps at a loss.
            for prefix in {own, row.prefix}:
                known = self._worst.get(prefix)
                if known is None or (known.margin_permille or 0) > row.margin_permille:
                    self._worst[prefix] = row
                    self.marks[prefix] = {mark}

    def _alarms(self) -> Iterator[MarginRow]:
        for sell, cost in self._pairs:
            report: MarginReport = check_margins(
                sell, cost, at=self._at, guard_permille=self._guard
            )
            yield from report.rows

    def of(self, prefix: str, starts_at: int) -> MarginRow | None:
        """Return the worst margin of a prefix from the instant at which its row begins."""
        at = max(self._at, starts_at)
        worst = self._worst.get(prefix)
        if worst is not None and at == self._at:
            return worst
        rows = [margins.at(prefix, at, guard_permille=self._guard) for margins in self._margins]
        found = [row for row in rows if row is not None and row.margin_permille is not None]
        return min(found, key=lambda row: row.margin_permille or 0, default=None)

    def other_price(self, row: MarginRow) -> Price | None:
        """Return the price of the other side."""
        return row.price if self._is_cost else row.cost

    def suggested(self, row: MarginRow) -> Price | None:
        """Return a price that leaves the wanted margin, where this one does not."""
        if row.cost is None or row.verdict not in _MARK_OF:
            return None
        return price_for_margin(row.cost, self._guard, self._tax_bp, self._step)


def _rows(diff: Diff, sides: _Sides | None) -> Iterator[ProposalRow]:
    for number, group in enumerate(_groups(diff.rows)):
        yield _row(number, group, sides)


def _groups(rows: Iterable[DiffRow]) -> Iterator[list[DiffRow]]:
    """Gather neighbours that came from one line and change alike."""
    group: list[DiffRow] = []
    for row in rows:
        if group and not (row.line and _alike(group[-1], row)):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _alike(one: DiffRow, other: DiffRow) -> bool:
    return (
        one.line == other.line
        and one.change is other.change
        and one.marks == other.marks
        and (one.old and one.old.rate) == (other.old and other.old.rate)
        and (one.new and one.new.rate) == (other.new and other.new.rate)
    )


def _row(number: int, group: list[DiffRow], sides: _Sides | None) -> ProposalRow:
    first = group[0]
    entry = first.new or first.old
    margin = (
        sides.of(first.prefix, first.new.starts_at)
        if sides is not None and first.new is not None
        else None
    )
    is_taken = first.new is not None or first.change is Change.DROPPED
    return ProposalRow(
        number,
        first.line,
        tuple(row.prefix for row in group),
        entry.rate.destination if entry is not None else "",
        first.change,
        first.old.rate if first.old is not None else None,
        first.new.rate if first.new is not None else None,
        first.permille,
        first.terms,
        first.marks,
        sides.other_price(margin) if sides is not None and margin is not None else None,
        margin.margin_permille if margin is not None else None,
        sides.suggested(margin) if sides is not None and margin is not None else None,
        first.new.starts_at if first.new is not None else 0,
        is_taken,
    )
