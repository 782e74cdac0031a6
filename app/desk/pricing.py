"""Which tariff holds where and when, and what carriers ask: kept by the desk in memory.

Each tariff has versions that start at a date. A call is rated by the version that is in force
when it is answered, also when the next one has started since.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field

from app.domain.margins import Margins
from app.domain.quotes import QuoteIndex
from app.domain.tariff import Tariff
from app.domain.tariff_kinds import SHOP

_INDEXES_KEPT = 4
_MARGINS_KEPT = 12

Load = Callable[[int], Tariff]
"""Reads a version from the database."""


@dataclass(frozen=True, slots=True)
class Span:
    """A version of a tariff from an instant on; `tariff` None: not yet read."""

    starts_at: int
    version: int
    tariff: Tariff | None = None


@dataclass
class Pricing:
    """The versions of every tariff. Only the desk changes it, after a commit."""

    empty: Tariff
    load: Load | None = None
    sold: dict[str, list[Span]] = field(default_factory=dict)
    costs: dict[str, list[Span]] = field(default_factory=dict)
    _indexes: list[QuoteIndex] = field(default_factory=list)
    _margins: list[tuple[Tariff, Tariff, Margins]] = field(default_factory=list)

    @classmethod
    def of(cls, tariff: Tariff) -> Pricing:
        """Return the pricing of a shop with one tariff that always holds."""
        return cls(tariff, sold={SHOP: [Span(0, tariff.version, tariff)]})

    def tariff(self, name: str, at: int) -> Tariff:
        """Return what is sold under this name at an instant.

        The shop's own tariff where there is none of this name; an empty one where there is
        none at all: its calls are unpriced and wait for a manager.
        """
        found = self._held(self.sold, name or SHOP, at)
        if found is None and name not in {"", SHOP}:
            found = self._held(self.sold, SHOP, at)
        return self.empty if found is None else found

    def costs_at(self, at: int) -> tuple[Tariff, ...]:
        """Return the carriers' decks that hold at an instant."""
        held = (self._held(self.costs, name, at) for name in self.costs)
        return tuple(tariff for tariff in held if tariff is not None)

    def install(self, name: str, span: Span, *, is_cost: bool) -> None:
        """Let a version be known."""
        spans = (self.costs if is_cost else self.sold).setdefault(name, [])
        spans.append(span)
        spans.sort(key=lambda one: (one.starts_at, one.version))

    def remove(self, version: int) -> None:
        """Forget a version that was taken back."""
        for spans in (*self.sold.values(), *self.costs.values()):
            spans[:] = [span for span in spans if span.version != version]

    def index(self, tariff: Tariff) -> QuoteIndex:
        """Return the index for price questions, made once for each tariff that is asked."""
        # By identity: hashing a tariff would walk all of it.
        for index in self._indexes:
            if index.tariff is tariff:
                return index
        index = QuoteIndex(tariff)
        self._indexes = [index, *self._indexes][:_INDEXES_KEPT]
        return index

    def margins(self, sold: Tariff, cost: Tariff) -> Margins:
        """Return the margins between two tariffs, worked out once for each pair of prices."""
        for one, other, margins in self._margins:
            if one is sold and other is cost:
                return margins
        margins = Margins(sold, cost)
        self._margins = [(sold, cost, margins), *self._margins][:_MARGINS_KEPT]
        return margins

    def _held(self, known: dict[str, list[Span]], name: str, at: int) -> Tariff | None:
        spans = known.get(name, ())
        index = bisect_right(spans, at, key=lambda span: span.starts_at) - 1
        if index < 0:
            return None
        span = spans[index]
        if span.tariff is None and self.load is not None:
            span = Span(span.starts_at, span.version, self.load(span.version))
            known[name][index] = span
        return span.tariff
