"""Why a call costs what it costs: a charge and its call as facts to put into sentences.

A `Reason` is a code with figures; `ui` and the paper put it into words. Amounts and prices are
millionths (`_micro`), instants microseconds UTC (`_at`), everything else as the name says.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.money import Price
from app.domain.rating import Charge, ChargeLine, ChargeSource

Value = int | str

CODES = (
    "rang",
    "answered",
    "not_answered",
    "talked",
    "estimated",
    "unbilled",
    "rate",
    "tariff",
    "too_short",
    "free",
    "fee",
    "first",
    "next",
    "piece",
    "surcharge",
    "minimum",
    "ceiling",
    "discount",
    "tax",
    "manual",
    "rounding",
    "billed",
    "total",
)
"""Every code of a `Reason`."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence to be: its code (see `CODES`) and its figures."""

    code: str
    values: tuple[tuple[str, Value], ...] = ()

    def value(self, name: str) -> Value:
        """Return one of the figures."""
        return dict(self.values)[name]


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What is known of a call beside its price; all instants microseconds UTC."""

    started_at: int
    answered_at: int | None
    ended_at: int | None
    talked_ms: int
    is_estimated: bool = False
    is_unbilled: bool = False
    tariff_name: str = ""


def explain(charge: Charge, facts: CallFacts | None = None) -> tuple[Reason, ...]:
    """Return the reasons of a price in the order in which it was worked out."""
    reasons = list(_of_call(facts)) if facts is not None else []
    if facts is not None and facts.is_unbilled:
        return (*reasons, Reason("unbilled"))
    if facts is not None and facts.answered_at is None:
        return tuple(reasons)
    reasons += _of_rate(charge, facts)
    reasons += [_of_line(charge, line) for line in _run_together(charge.lines)]
    return (*reasons, *_of_total(charge))


def _of_call(facts: CallFacts) -> list[Reason]:
    if facts.answered_at is None:
        return [Reason("not_answered")]
    rang = max(0, facts.answered_at - facts.started_at) // 1_000_000
    reasons = [
        Reason("rang", (("seconds", rang),)),
        Reason("answered", (("answered_at", facts.answered_at),)),
        Reason("talked", (("talked_ms", facts.talked_ms),)),
    ]
    if facts.is_estimated:
        reasons.append(Reason("estimated"))
    return reasons


def _of_rate(charge: Charge, facts: CallFacts | None) -> list[Reason]:
    if charge.source is ChargeSource.MANUAL or not charge.prefix:
        return []
    reasons = [
        Reason(
            "rate",
            (
                ("prefix", charge.prefix),
                ("destination", charge.destination),
                ("price_micro", charge.price_per_minute.micro),
            ),
        )
    ]
    if charge.tariff_version:
        name = facts.tariff_name if facts is not None else ""
        reasons.append(Reason("tariff", (("version", charge.tariff_version), ("name", name))))
    return reasons


def _run_together(lines: tuple[ChargeLine, ...]) -> list[ChargeLine]:
    """Join what is charged by the second: a first increment of one second is no news."""
    joined: list[ChargeLine] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last is not None and last.increment == line.increment == 1 and _is_same(last, line):
            joined[-1] = line._replace(
                seconds=last.seconds + line.seconds,
                billed=last.billed + line.billed,
                amount=Price(last.amount.micro + line.amount.micro),
            )
        else:
            joined.append(line)
    return joined


def _is_same(one: ChargeLine, other: ChargeLine) -> bool:
    return one.code != "manual" and (one.price, one.band) == (other.price, other.band)


def _of_line(charge: Charge, line: ChargeLine) -> Reason:
    amount = ("amount_micro", line.amount.micro)
    match line.code:
        case "too_short" | "free":
            return Reason(line.code, (("seconds", line.seconds),))
        case "first" | "next" | "manual":
            return _of_piece(line)
        case "discount":
            return Reason("discount", (("discount_bp", charge.discount_bp), amount))
        case _:
            return Reason(line.code, (amount,))


def _of_piece(line: ChargeLine) -> Reason:
    values: tuple[tuple[str, Value], ...] = (
        ("seconds", line.seconds),
        ("billed", line.billed),
        ("price_micro", line.price.micro),
        ("amount_micro", line.amount.micro),
        ("band", line.band),
    )
    if line.code == "manual":
        return Reason("manual", values)
    # Charges written before tariffs had versions do not say how long their increments were.
    increment = line.increment or line.billed or 1
    count, rest = divmod(line.billed, increment)
    # An increment was cut where a time band ends, or there are none: it is charged by the second.
    if rest or (increment == 1 and line.billed > 1):
        return Reason("piece", values)
    return Reason(line.code, (*values, ("count", count), ("increment", increment)))


def _of_total(charge: Charge) -> list[Reason]:
    return [
        Reason("billed", (("seconds", charge.seconds), ("billed", charge.billed_seconds))),
        Reason("total", (("total_minor", charge.total.minor),)),
    ]
