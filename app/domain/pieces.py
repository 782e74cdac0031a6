"""The paid time of a call, cut into pieces of one price: increments, time bands, later prices.

Paid time begins after the free seconds. Positions are whole seconds of it. A piece is a run of
increments at one price, or under `BandPolicy.CUT` a part of one; a longer call has the pieces
of a shorter one and more, so a price never falls with time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from app.domain.bands import Stretch, clock_of
from app.domain.money import Price
from app.domain.tariff import (
    INCREMENT_MAX,
    BandPolicy,
    BandPrice,
    BlockRule,
    Rate,
    Step,
    TariffRules,
)

_FOR_EVER = 1 << 60


class Piece(NamedTuple):
    """A part of a call at one price, before rounding; `code` is `first` or `next`.

    `seconds` talked in it, `billed` seconds charged for it, `increment` the length of the
    increments it is made of.
    """

    code: str
    seconds: int
    billed: int
    price: Price
    band: str = ""
    increment: int = 0


class _Terms(NamedTuple):
    """What holds at a position: price and length of the increment that begins there."""

    price: Price
    increment: int
    until: int  # position from the answer at which a later price begins


def flat_pieces(rate: Rate, paid: int, *, from_answer: bool) -> list[Piece]:
    """Cut the paid seconds (at least 1) of a rate that has neither bands nor later prices."""
    first, price = rate.first_increment, rate.price_per_minute
    if paid <= first:
        return [Piece("first", paid, first, price, "", first)]
    step = rate.next_increment
    start = 0 if from_answer else first
    billed = start - (start - paid) // step * step - first
    return [
        Piece("first", first, first, price, "", first),
        Piece("next", paid - first, billed, price, "", step),
    ]


def band_price(rate: Rate, band: str) -> BandPrice | Rate:
    """Return what a rate costs in a band: its price there, or the rate itself."""
    for known in rate.bands:
        if known.band == band:
            return known
    return rate


def starting_band(rules: TariffRules, rate: Rate, answered_at: int) -> str:
    """Return the band that holds when the call is answered, "" where the rate knows none."""
    if not rate.bands:
        return ""
    return clock_of(rules).band_at(answered_at)


def cut_pieces(
    rules: TariffRules, rate: Rate, answered_at: int, free: int, paid: int
) -> list[Piece]:
    """Cut the paid seconds (at least 1) of any rate."""
    pieces: list[Piece] = []
    cutter = _Cutter(rules, rate, answered_at, free, paid)
    for piece in cutter.pieces():
        last = pieces[-1] if pieces else None
        if last is not None and _is_same(last, piece):
            pieces[-1] = last._replace(
                seconds=last.seconds + piece.seconds, billed=last.billed + piece.billed
            )
        else:
            pieces.append(piece)
    return pieces


def _is_same(one: Piece, other: Piece) -> bool:
    return (one.code, one.price, one.band, one.increment) == (
        other.code,
        other.price,
        other.band,
        other.increment,
    )


class _Cutter:
    """One call being cut. Positions of paid time; `free` more are positions from the answer."""

    def __init__(
        self, rules: TariffRules, rate: Rate, answered_at: int, free: int, paid: int
    ) -> None:
        self._rate = rate
        self._free = free
        self._paid = paid
        self._from_answer = rules.block_rule is BlockRule.FROM_ANSWER
        self._cuts = rules.band_policy is BandPolicy.CUT
        self._stretches = self._bands(rules, answered_at)

    def _bands(self, rules: TariffRules, answered_at: int) -> tuple[Stretch, ...]:
        """Return the bands from the answer to the end of the last increment that may be paid."""
        if not self._rate.bands:
            return (Stretch(0, _FOR_EVER, ""),)
        clock = clock_of(rules)
        if rules.band_policy is BandPolicy.START:
            return (Stretch(0, _FOR_EVER, clock.band_at(answered_at)),)
        end = self._free + self._paid + INCREMENT_MAX
        return tuple(clock.stretches(answered_at, end))

    def pieces(self) -> Iterator[Piece]:
        """Yield the pieces, the first increment first."""
        first = self._rate.first_increment
        yield from self._run("first", 0, first, 0, first)
        position = first
        while position < self._paid:
            stretch = self._stretch_at(position)
            terms = self._terms(stretch.band, position)
            last = min(stretch.end - self._free, terms.until - self._free, self._paid)
            end, begins = self._whole_increments(position, last, terms.increment)
            yield from self._run("next", position, end, begins, terms.increment)
            position = end

    def _whole_increments(self, position: int, last: int, increment: int) -> tuple[int, int]:
        """Return where the increments end that begin before `last`, and where the last begins."""
        start = position // increment * increment if self._from_answer else position
        count = -(-(last - start) // increment)
        end = start + count * increment
        return end, max(position, end - increment)

    def _run(
        self, code: str, start: int, end: int, last_begins: int, increment: int
    ) -> Iterator[Piece]:
        """Yield a run of increments: whole, or cut where the band changes in the last of them."""
        stretch = self._stretch_at(start)
        terms = self._terms(stretch.band, start)
        border = stretch.end - self._free
        while self._cuts and border < end:
            yield self._piece(code, start, border, terms, stretch.band, increment)
            start, stretch = border, self._stretch_at(border)
            # The increment goes on: it keeps the later price of the second in which it began.
            terms = self._terms(stretch.band, last_begins)
            border = stretch.end - self._free
        yield self._piece(code, start, end, terms, stretch.band, increment)

    def _piece(
        self, code: str, start: int, end: int, terms: _Terms, band: str, increment: int
    ) -> Piece:
        talked = max(0, min(end, self._paid) - start)
        return Piece(code, talked, end - start, terms.price, band, increment)

    def _stretch_at(self, position: int) -> Stretch:
        second = position + self._free
        return next(stretch for stretch in self._stretches if second < stretch.end)

    def _terms(self, band: str, position: int) -> _Terms:
        priced = band_price(self._rate, band)
        second = position + self._free
        price, increment, until = priced.price_per_minute, self._rate.next_increment, _FOR_EVER
        for step in priced.steps:
            if second < step.after_seconds:
                until = step.after_seconds
                break
            price, increment = step.price_per_minute, _length(step, self._rate)
        return _Terms(price, increment, until)


def _length(step: Step, rate: Rate) -> int:
    return step.next_increment or rate.next_increment
