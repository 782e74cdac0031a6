"""Which prefixes are sold at a loss or too cheaply: a whole tariff checked, or one call.

What a margin is stands in `margin_pairs`.
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from app.domain.margin_pairs import Margin, PairMargins
from app.domain.medians import median
from app.domain.money import Price
from app.domain.tariff import Access, Entry, Rate, Tariff

_DIGITS = 10


class Verdict(enum.Enum):
    """What a margin means, the gravest last; stored by name."""

    NO_PRICE = "NO_PRICE"  # could be bought, but is not sold: no alarm
    OK = "OK"
    BELOW_GUARD = "BELOW_GUARD"  # less is left than the owner wants
    NO_COST = "NO_COST"  # sold, but nobody knows what it costs
    BELOW_COST = "BELOW_COST"  # a loss


_GRAVITY = {verdict: rank for rank, verdict in enumerate(Verdict)}


# A named tuple and not a frozen data class: a wrong deck has an alarm for each of its prefixes.
class MarginRow(NamedTuple):
    """The numbers that have one prefix and no longer one: what they sell for and cost.

    `sell_prefix` and `cost_prefix` are those of the entries by which they are rated; "", and
    None in the figures, where there is no such entry. For the figures see `Margin`.
    """

    prefix: str
    destination: str
    country: str
    sell_prefix: str
    cost_prefix: str
    price: Price | None
    net_price: Price | None
    cost: Price | None
    margin_permille: int | None
    verdict: Verdict
    band: str = ""
    cost_band: str = ""


@dataclass(frozen=True, slots=True)
class DestinationMargin:
    """All prefixes of one destination sold.

    The worst margin and the middle one are None where nothing of it has a cost.
    """

    destination: str
    country: str
    prefixes: int
    without_cost: int
    worst_permille: int | None
    typical_permille: int | None
    verdict: Verdict  # the gravest of its prefixes


@dataclass(frozen=True, slots=True)
class MarginReport:
    """The margins of a whole tariff at one instant, forbidden destinations left out.

    `rows` are the alarms and `unsold` what is not sold, both by prefix; `counts` counts every
    prefix to which numbers belong.
    """

    at: int
    guard_permille: int
    rows: tuple[MarginRow, ...]
    unsold: tuple[MarginRow, ...]
    destinations: tuple[DestinationMargin, ...]
    counts: Mapping[Verdict, int]


def verdict_of(margin: Margin, guard_permille: int) -> Verdict:
    """Judge a margin by the least that the owner wants."""
    if margin.permille < 0:
        return Verdict.BELOW_COST
    return Verdict.BELOW_GUARD if margin.permille < guard_permille else Verdict.OK


def check_margins(sell: Tariff, cost: Tariff, *, at: int, guard_permille: int) -> MarginReport:
    """Compare every prefix of either tariff at an instant (microseconds UTC).

    Prices that begin later are not seen: `dates_after` says when to look again. Raises
    `ValueError` for tariffs in two currencies.
    """
    return _Check(PairMargins(sell, cost), at, guard_permille).report(sell, cost)


def dates_after(sell: Tariff, cost: Tariff, at: int) -> tuple[int, ...]:
    """Return the instants after `at` at which an entry begins or ends, in order."""
    dates = {
        date
        for entry in (*sell.entries, *cost.entries)
        for date in (entry.starts_at, entry.ends_at)
    }
    return tuple(sorted(date for date in dates if date is not None and date > at))


def margin_at(
    sell: Tariff, cost: Tariff, digits: str, at: int, *, guard_permille: int = 0
) -> MarginRow | None:
    """Return the margin of one call to E.164 `digits`; see `Margins.at`, which is for many."""
    return Margins(sell, cost).at(digits, at, guard_permille=guard_permille)


class Margins:
    """The margins of calls under two tariffs: kept by who asks often, it works out each once.

    Raises `ValueError` for tariffs in two currencies.
    """

    def __init__(self, sell: Tariff, cost: Tariff) -> None:
        """Take the two tariffs; nothing is worked out yet."""
        self._sell, self._cost = sell, cost
        self._pairs = PairMargins(sell, cost)

    def at(
        self, digits: str, at: int, *, guard_permille: int = 0, discount_bp: int = 0
    ) -> MarginRow | None:
        """Return the margin of a call in the bands that hold at `at` (microseconds UTC).

        `discount_bp` is what a member is let off, in basis points.
        None where neither tariff knows the number, or its destination is forbidden.
        """
        sold = self._sell.find(digits, at)
        bought = _usable(self._cost.find(digits, at))
        if sold is None:
            return None if bought is None else _unsold(bought.prefix, bought)
        if sold.rate.access is Access.FORBIDDEN:
            return None
        if bought is None:
            return _row(sold.prefix, sold, None, None, Verdict.NO_COST)
        margin = self._pairs.now(sold.rate, bought.rate, at, discount_bp)
        prefix = max(sold.prefix, bought.prefix, key=len)
        return _row(prefix, sold, bought, margin, verdict_of(margin, guard_permille))


@dataclass(slots=True)
class _Tally:
    """A pair of rates in a report, and how many prefixes have it."""

    sell: Rate
    margin: Margin | None
    verdict: Verdict
    prefixes: int = 0


class _Check:
    """One run over all prefixes of both tariffs."""

    def __init__(self, pairs: PairMargins, at: int, guard_permille: int) -> None:
        self._pairs = pairs
        self._at = at
        self._guard = guard_permille
        self._tallies: dict[tuple[int, int], _Tally] = {}
        self._unsold: list[MarginRow] = []

    def report(self, sell: Tariff, cost: Tariff) -> MarginReport:
        rows = sorted(self._rows(_holding(sell, self._at), _holding(cost, self._at)), key=_prefix)
        counts = dict.fromkeys(Verdict, 0)
        counts[Verdict.NO_PRICE] = len(self._unsold)
        for tally in self._tallies.values():
            counts[tally.verdict] += tally.prefixes
        return MarginReport(
            self._at,
            self._guard,
            tuple(rows),
            tuple(sorted(self._unsold, key=_prefix)),
            tuple(_by_destination(self._tallies.values())),
            counts,
        )

    def _rows(self, sold: dict[str, Entry], bought: dict[str, Entry]) -> Iterator[MarginRow]:
        """Yield the alarms, and keep count of the rest."""
        prefixes = sold | bought
        covered = _covered(prefixes)
        sold_lengths, bought_lengths = _lengths(sold), _lengths(bought)
        for prefix in prefixes:
            if prefix in covered:
                continue
            sell = sold.get(prefix) or _shorter(sold, sold_lengths, prefix)
            cost = _usable(bought.get(prefix) or _shorter(bought, bought_lengths, prefix))
            if sell is None:
                if cost is not None:
                    self._unsold.append(_unsold(prefix, cost))
                continue
            if sell.rate.access is Access.FORBIDDEN:
                continue
            key = id(sell.rate), 0 if cost is None else id(cost.rate)
            tally = self._tallies.get(key)
            if tally is None:
                tally = self._tallies[key] = self._tally(sell.rate, cost)
            tally.prefixes += 1
            if tally.verdict is not Verdict.OK:
                yield _row(prefix, sell, cost, tally.margin, tally.verdict)

    def _tally(self, sell: Rate, cost: Entry | None) -> _Tally:
        if cost is None:
            return _Tally(sell, None, Verdict.NO_COST)
        margin = self._pairs.worst(sell, cost.rate, self._at)
        return _Tally(sell, margin, verdict_of(margin, self._guard))


def _holding(tariff: Tariff, at: int) -> dict[str, Entry]:
    """Return prefix -> the entry that holds at an instant."""
    return {
        entry.prefix: entry
        for entry in tariff.entries
        if entry.starts_at <= at and (entry.ends_at is None or at < entry.ends_at)
    }


def _lengths(prefixes: Iterable[str]) -> tuple[int, ...]:
    """Return the lengths that prefixes have, the longest first."""
    return tuple(sorted({len(prefix) for prefix in prefixes}, reverse=True))


def _shorter(known: Mapping[str, Entry], lengths: tuple[int, ...], digits: str) -> Entry | None:
    """Return the entry of the longest prefix that is shorter than the digits."""
    size = len(digits)
    for length in lengths:
        if length < size:
            entry = known.get(digits[:length])
            if entry is not None:
                return entry
    return None


def _usable(cost: Entry | None) -> Entry | None:
    """Return a cost entry, None where the carrier refuses its destination: its price is none."""
    return None if cost is None or cost.rate.access is Access.FORBIDDEN else cost


def _covered(prefixes: Iterable[str]) -> set[str]:
    """Return the prefixes whose every number has a longer one of them: no number is left."""
    known = set(prefixes)
    longer = Counter(prefix[:-1] for prefix in known)
    full = [prefix for prefix, count in longer.items() if count == _DIGITS]
    covered = set()
    while full:
        prefix = full.pop()
        covered.add(prefix)
        # One that is in the list was counted with its parent's already.
        if prefix and prefix not in known:
            longer[prefix[:-1]] += 1
            if longer[prefix[:-1]] == _DIGITS:
                full.append(prefix[:-1])
    return covered


def _row(
    prefix: str, sold: Entry, bought: Entry | None, margin: Margin | None, verdict: Verdict
) -> MarginRow:
    """Return the row of a prefix that is sold; without a cost there is no margin."""
    rate = sold.rate
    return MarginRow(
        prefix,
        rate.destination,
        rate.country or (bought.rate.country if bought is not None else ""),
        sold.prefix,
        bought.prefix if bought is not None else "",
        margin.price if margin is not None else rate.price_per_minute,
        margin.net_price if margin is not None else None,
        margin.cost if margin is not None else None,
        margin.permille if margin is not None else None,
        verdict,
        margin.band if margin is not None else "",
        margin.cost_band if margin is not None else "",
    )


def _unsold(prefix: str, bought: Entry) -> MarginRow:
    rate = bought.rate
    return MarginRow(
        prefix,
        rate.destination,
        rate.country,
        "",
        bought.prefix,
        None,
        None,
        rate.price_per_minute,
        None,
        Verdict.NO_PRICE,
    )


def _by_destination(tallies: Iterable[_Tally]) -> Iterator[DestinationMargin]:
    """Yield the summaries, in the order in which the destinations came."""
    groups: dict[tuple[str, str], list[_Tally]] = {}
    for tally in tallies:
        groups.setdefault((tally.sell.destination, tally.sell.country), []).append(tally)
    for (destination, country), group in groups.items():
        margins = [
            (tally.margin.permille, tally.prefixes) for tally in group if tally.margin is not None
        ]
        yield DestinationMargin(
            destination,
            country,
            prefixes=sum(tally.prefixes for tally in group),
            without_cost=sum(tally.prefixes for tally in group if tally.margin is None),
            worst_permille=min(margins)[0] if margins else None,
            typical_permille=median(margins) if margins else None,
            verdict=max((tally.verdict for tally in group), key=_GRAVITY.__getitem__),
        )


def _prefix(row: MarginRow) -> str:
    return row.prefix
