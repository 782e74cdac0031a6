"""How calls are counted, in sentences: what nearly all destinations share, and who differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app import formats
from app.domain.money import Money, Price, Rounding
from app.domain.pieces import band_price
from app.domain.tariff import (
    BlockRule,
    FreeRule,
    Rate,
    RoundingOrder,
    Step,
    TariffRules,
)
from app.tariffs.price_words import PriceWords

_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything of a rate but its prices per minute. `later` and `fees` are by column."""

    first: int
    next: int
    fees: tuple[Price, ...]
    free_seconds: int
    free_below: int
    minimum: Price
    surcharge: Price
    ceiling: Price | None
    later: tuple[tuple[Step, ...], ...]


def terms_of(rate: Rate, bands: tuple[str, ...]) -> Terms:
    """Return the terms of a rate, for the bands ("" outside of all) that the list shows."""
    priced = [band_price(rate, band) for band in bands]
    return Terms(
        rate.first_increment,
        rate.next_increment,
        tuple(one.connection_fee for one in priced),
        rate.free_seconds,
        rate.free_below,
        rate.minimum_charge,
        rate.surcharge,
        rate.ceiling,
        tuple(one.steps for one in priced),
    )


def is_one_fee(terms: Terms) -> bool:
    """Tell whether the fee is the same at all hours."""
    return len(set(terms.fees)) == 1


class TermsWords:
    """Puts terms into sentences. `names` are the columns' names, in the order of the bands."""

    def __init__(
        self, words: PriceWords, rules: TariffRules, names: tuple[str, ...], *, has_fee_column: bool
    ) -> None:
        """Take the rules of the tariff; a column of fees makes sentences about them needless."""
        self._words = words
        self._rules = rules
        self._names = names
        self._has_fee_column = has_fee_column

    def common(self, terms: Terms) -> tuple[str, ...]:
        """Say what holds for nearly all: the time step always, the fee, the rest where there is."""
        plain = Terms(0, 0, (), 0, 0, Price(0), Price(0), None, ((),) * len(terms.later))
        return tuple(self._differing(terms, plain))

    def note(self, terms: Terms, common: Terms) -> str:
        """Say in what a destination's terms differ from the common ones, "" where in nothing."""
        return " ".join(self._differing(terms, common))

    def rounding(self) -> Iterator[str]:
        """Say how a call and a bill are rounded."""
        _, rules = self._words.gettext, self._rules
        unit = Money(1)
        if rules.order is RoundingOrder.CALL:
            yield {
                Rounding.UP: _("Each call is rounded up to {step}."),
                Rounding.HALF_UP: _("Each call is rounded to the nearest {step}."),
                Rounding.DOWN: _("Each call is rounded down to {step}."),
            }[rules.rounding].format(step=self._amount(unit))
        if rules.order is RoundingOrder.SUM or rules.bill_step != unit:
            yield {
                Rounding.UP: _("The bill is rounded up to {step}."),
                Rounding.HALF_UP: _("The bill is rounded to the nearest {step}."),
                Rounding.DOWN: _("The bill is rounded down to {step}."),
            }[rules.bill_rounding].format(step=self._amount(rules.bill_step))

    def _amount(self, money: Money) -> str:
        return formats.amount(money, self._words.currency, self._words.language)

    def _differing(self, terms: Terms, other: Terms) -> Iterator[str]:
        if (terms.first, terms.next) != (other.first, other.next):
            yield self._time_step(terms.first, terms.next)
        if terms.fees != other.fees:
            yield from self._fees(terms)
        if terms.free_seconds != other.free_seconds:
            yield self._free(terms)
        if terms.free_below != other.free_below:
            yield self._too_short(terms.free_below)
        yield from self._amounts(terms, other)
        if terms.later != other.later:
            yield from self._later(terms)

    def _time_step(self, first: int, following: int) -> str:
        _ = self._words.gettext
        if first == following:
            return self._steps(following)
        length = self._words.seconds(first)
        if self._rules.block_rule is BlockRule.FROM_ANSWER:
            sentence = _("At least {length}; {steps}, counted from the answer.")
        else:
            sentence = _("At least {length}, then {steps}.")
        return sentence.format(length=length, steps=self._step_words(following))

    def _steps(self, seconds: int) -> str:
        _ = self._words.gettext
        if seconds == 1:
            return _("Charged by the second.")
        if seconds == _MINUTE:
            return _("Charged per started minute.")
        return _("Charged per started {length}.").format(length=self._words.seconds(seconds))

    def _step_words(self, seconds: int) -> str:
        _ = self._words.gettext
        if seconds == 1:
            return _("by the second")
        if seconds == _MINUTE:
            return _("per started minute")
        return _("per started {length}").format(length=self._words.seconds(seconds))

    def _fees(self, terms: Terms) -> Iterator[str]:
        _ = self._words.gettext
        if not is_one_fee(terms):
            figures = " · ".join(
                f"{name} {self._words.price(fee)}"
                for name, fee in zip(self._names, terms.fees, strict=True)
            )
            yield _("Connection fee: {fees}.").format(fees=figures)
        elif not self._has_fee_column:
            fee = terms.fees[0]
            sentence = _("Connection fee: {fees}.") if fee else _("No connection fee.")
            yield sentence.format(fees=self._words.price(fee))

    def _free(self, terms: Terms) -> str:
        _ = self._words.gettext
        if not terms.free_seconds:
            return _("No free seconds.")
        length = self._words.seconds(terms.free_seconds)
        if self._rules.free_rule is FreeRule.AFTER_FIRST:
            return _("The first {length} are free in calls of {least} and more.").format(
                length=length, least=self._words.seconds(terms.first)
            )
        return _("The first {length} are free.").format(length=length)

    def _too_short(self, seconds: int) -> str:
        _ = self._words.gettext
        if not seconds:
            return _("Short calls are charged too.")
        return _("Calls of less than {length} are free.").format(
            length=self._words.seconds(seconds)
        )

    def _amounts(self, terms: Terms, other: Terms) -> Iterator[str]:
        _, price = self._words.gettext, self._words.price
        if terms.minimum != other.minimum:
            sentence = _("At least {amount} a call.") if terms.minimum else _("No minimum charge.")
            yield sentence.format(amount=price(terms.minimum))
        if terms.surcharge != other.surcharge:
            sentence = _("Surcharge of {amount} a call.") if terms.surcharge else _("No surcharge.")
            yield sentence.format(amount=price(terms.surcharge))
        if terms.ceiling != other.ceiling:
            if terms.ceiling is None:
                yield _("No highest charge.")
            else:
                yield _("At most {amount} a call.").format(amount=price(terms.ceiling))

    def _later(self, terms: Terms) -> Iterator[str]:
        _ = self._words.gettext
        if len(set(terms.later)) == 1:
            steps = terms.later[0]
            yield (
                self._steps_of(steps)
                if steps
                else _("One price from the first minute to the last.")
            )
            return
        for name, steps in zip(self._names, terms.later, strict=True):
            if steps:
                yield f"{name}\u00a0– {self._steps_of(steps)}"

    def _steps_of(self, steps: tuple[Step, ...]) -> str:
        _ = self._words.gettext
        parts = []
        for step in steps:
            text = _("after {length} {price} per minute").format(
                length=self._words.seconds(step.after_seconds),
                price=self._words.price(step.price_per_minute),
            )
            if step.next_increment:
                text += f" ({self._step_words(step.next_increment)})"
            parts.append(text)
        joined = ", ".join(parts)
        return f"{joined[:1].upper()}{joined[1:]}."
