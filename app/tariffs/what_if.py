"""What calls of the past would have brought at another tariff."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from app.domain.money import ZERO, Money
from app.domain.rating import Charge, charge_for, whole_seconds
from app.domain.tariff import Tariff
from app.errors import Cancelled
from app.store.calls import RatedCall

_LOOK_EVERY = 1_000


@dataclass(frozen=True, slots=True)
class WhatIfRow:
    """One destination: calls, seconds talked, what they brought, would bring, and cost.

    `cost_micro` in millionths is None where no carrier's deck knows one of the calls.
    """

    destination: str
    calls: int
    seconds: int
    before: Money
    after: Money
    cost_micro: int | None = None

    @property
    def difference(self) -> Money:
        """What the other tariff brings more."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The answer: by destination, the greatest difference first, and in all.

    `unpriced` calls have no rate in the tariff that was tried; they are in no sum.
    """

    start: int
    end: int
    rows: tuple[WhatIfRow, ...]
    total: WhatIfRow
    unpriced: int


@dataclass(slots=True)
class _Tally:
    calls: int = 0
    seconds: int = 0
    before: int = 0
    after: int = 0
    cost: int | None = 0

    def row(self, destination: str) -> WhatIfRow:
        return WhatIfRow(
            destination,
            self.calls,
            self.seconds,
            Money(self.before),
            Money(self.after),
            self.cost,
        )


@dataclass(slots=True)
class Trial:
    """Calls being rated by entries of `tariff`, and of carriers' decks, that hold at an instant.

    The instant is that from which the tariff is to hold; bands are those of the calls.
    """

    tariff: Tariff
    hold_at: int
    costs: tuple[Tariff, ...] = ()
    by_destination: dict[str, _Tally] = field(default_factory=dict)
    total: _Tally = field(default_factory=_Tally)
    unpriced: int = 0

    def take(self, call: RatedCall) -> None:
        """Rate one call."""
        charge = self._charge(self.tariff, call)
        if charge is None:
            self.unpriced += 1
            return
        before = (call.amount or ZERO).minor
        cost = self._cost(call)
        for tally in (self.by_destination.setdefault(charge.destination, _Tally()), self.total):
            tally.calls += 1
            tally.seconds += charge.seconds
            tally.before += before
            tally.after += charge.total.minor
            tally.cost = None if cost is None or tally.cost is None else tally.cost + cost

    def _charge(self, tariff: Tariff, call: RatedCall) -> Charge | None:
        entry = tariff.find(call.digits, self.hold_at)
        if entry is None:
            return None
        rule = tariff.rules.seconds_rule
        seconds = whole_seconds(call.talked_ms, rule, call.cdr_seconds)
        return charge_for(tariff, entry, call.answered_at, seconds)

    def _cost(self, call: RatedCall) -> int | None:
        """Return what the dearest carrier that knows the number asks, in millionths."""
        charges = (self._charge(cost, call) for cost in self.costs)
        return max((charge.exact.micro for charge in charges if charge is not None), default=None)


def what_if(
    trial: Trial,
    calls: Iterable[RatedCall],
    start: int,
    end: int,
    is_cancelled: Callable[[], bool],
) -> WhatIf:
    """Rate the calls of a time again. Raises `Cancelled`."""
    for count, call in enumerate(calls):
        if count % _LOOK_EVERY == 0 and is_cancelled():
            raise Cancelled
        trial.take(call)
    rows = [tally.row(name) for name, tally in trial.by_destination.items()]
    rows.sort(key=lambda row: (-abs(row.difference.minor), row.destination))
    return WhatIf(start, end, tuple(rows), trial.total.row(""), trial.unpriced)
