"""The numbers of a country that cost nothing, as they are dialled and said."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from app.config import Config
from app.domain import numbering
from app.domain.phone import plan_for
from app.tariffs.price_words import PriceWords
from printing.price_document import FreeCalls

_LARGE_MAX = 4
"""Longer ones are no number to know by heart; they stand in the small print."""

_RANGES_MAX = 8
_STEM = 4
_GROUPS = re.compile(r"(?<=[0-9])(?=(?:[0-9]{3})+\Z)")


def free_calls(words: PriceWords, config: Config) -> FreeCalls:
    """Say which calls are free: emergency numbers, and the country's free numbers."""
    _ = words.gettext
    try:
        plan = plan_for(config.country, extra_emergency=config.emergency)
    except ValueError:
        numbers = sorted(set(config.emergency), key=_by_length)
        return FreeCalls(_("Free calls"), tuple(numbers))
    emergency = sorted(plan.emergency, key=_by_length)
    large = tuple(number for number in emergency if len(number) <= _LARGE_MAX)
    sentences = []
    long = [_grouped(number) for number in emergency if len(number) > _LARGE_MAX]
    if long:
        sentences.append(_("Emergency services also: {numbers}.").format(numbers=", ".join(long)))
    stems = _ranges(_stems(plan.free, config.country))
    if stems:
        shown = _shown(stems)
        sentences.append(_("Free numbers begin with {numbers}.").format(numbers=shown))
    short = _ranges(plan.free_short)
    if 0 < len(short) <= _RANGES_MAX:
        sentences.append(_("Free short numbers: {numbers}.").format(numbers=_shown(short)))
    return FreeCalls(_("Free calls"), large, tuple(sentences))


def _by_length(number: str) -> tuple[int, str]:
    return len(number), number


def _grouped(number: str) -> str:
    return _GROUPS.sub("\u00a0", number) if len(number) > _LARGE_MAX else number


def _shown(numbers: list[str]) -> str:
    rest = "\u00a0…" if len(numbers) > _RANGES_MAX else ""
    return ", ".join(numbers[:_RANGES_MAX]) + rest


def _stems(free: Iterable[str], country: str) -> set[str]:
    """Return how free numbers begin when they are dialled at home: `0800`."""
    trunk = numbering.trunk_prefix(country)
    code = numbering.calling_code(country)
    return {(trunk + digits.removeprefix(code))[:_STEM] for digits in free}


def _ranges(numbers: Iterable[str]) -> list[str]:
    """Put neighbours together: `3000–3199`."""
    found = []
    for _, group in itertools.groupby(
        enumerate(sorted(numbers, key=_by_length)),
        key=lambda pair: (len(pair[1]), int(pair[1]) - pair[0]),
    ):
        members = [number for _, number in group]
        first, last = _grouped(members[0]), _grouped(members[-1])
        found.append(first if first == last else f"{first}–{last}")
    return found
