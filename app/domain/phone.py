"""Dialled digits -> a number: international form, country, emergency and free numbers.

`normalise` is total: any text gives a `Number`, the unintelligible ones of kind UNKNOWN.
Plans come from `plan_for`; what the world's numbering plans say is asked in `numbering`,
which is loaded with the first number.
"""

from __future__ import annotations

import enum
import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.domain.numbering import Parsed


class NumberKind(enum.Enum):
    """What kind of number was dialled; stored by name."""

    INTERNATIONAL = "INTERNATIONAL"  # has an E.164 form and is rated by prefix
    EMERGENCY = "EMERGENCY"  # never blocked, never billed, belongs to no session
    FREE = "FREE"  # free to the caller by the country's plan: never blocked, never billed
    SHORT = "SHORT"  # a national short or service number without E.164 form
    INTERNAL = "INTERNAL"  # an extension of the exchange
    UNKNOWN = "UNKNOWN"  # could not be understood


@dataclass(frozen=True, slots=True)
class Number:
    """A dialled number. `digits` is the E.164 form without `+` where there is one."""

    dialled: str
    kind: NumberKind
    digits: str = ""
    country: str = ""  # ISO 3166 alpha-2, empty where unknown or shared


@dataclass(frozen=True, slots=True)
class NumberPlan:
    """How people dial in this shop.

    `free` are beginnings of E.164 digits, `free_short` whole short numbers. `access_digits`
    (the exchange's outside line, often "0" or "9", "" for none) are taken off first where what
    is left can be dialled. `internal_max` is the length of the longest extension; `extensions`
    are certainly ones, also where the country has such a short number.
    """

    country: str
    emergency: frozenset[str]
    free: tuple[str, ...] = ()
    international_prefixes: tuple[str, ...] = ("00",)
    access_digits: str = ""
    internal_max: int = 4
    free_short: frozenset[str] = frozenset()
    extensions: frozenset[str] = frozenset()


MASK = "•"

_SEPARATORS = re.compile(r"[\s().\-/\u00a0\u202f]+")
_DIALLED = re.compile(r"\+?[0-9]{1,40}\Z")
_MASKED_DIGITS = 4
_E164_MIN = 5
_E164_MAX = 15
_CACHED_NUMBERS = 8192


def plan_for(
    country: str,
    *,
    access_digits: str = "",
    extra_emergency: Iterable[str] = (),
    internal_max: int = 4,
    extensions: Iterable[str] = (),
) -> NumberPlan:
    """Build a country's plan (ISO 3166 alpha-2). Raises `ValueError` for an unknown country."""
    if access_digits and not re.fullmatch("[0-9]+", access_digits):
        raise ValueError(f"access digits {access_digits!r}")
    plan = _country_plan(country)
    return replace(
        plan,
        emergency=plan.emergency | frozenset(extra_emergency),
        access_digits=access_digits,
        internal_max=internal_max,
        extensions=frozenset(extensions),
    )


@functools.lru_cache(maxsize=16)
def _country_plan(country: str) -> NumberPlan:
    facts = _numbering().facts(country)
    return NumberPlan(
        country=country,
        emergency=facts.emergency,
        free=facts.free,
        free_short=facts.free_short,
        international_prefixes=facts.international_prefixes,
    )


@functools.lru_cache(maxsize=_CACHED_NUMBERS)
def normalise(dialled: str, plan: NumberPlan) -> Number:
    """Understand what was dialled; never raises.

    The order: emergency (with and without the access digits), known extensions, free and other
    short numbers, extensions by length, then numbers of the world: `+` or an international
    prefix, national as in `plan.country`, at last E.164 digits without any prefix.
    """
    text = _SEPARATORS.sub("", dialled)
    # Some phones send the key that ends dialling along.
    text = text.removesuffix("#")
    if not _DIALLED.match(text):
        return Number(dialled, NumberKind.UNKNOWN)
    outside = _without_access(text, plan)
    for candidate in (text, outside):
        if candidate in plan.emergency:
            return Number(dialled, NumberKind.EMERGENCY, country=plan.country)
    if text in plan.extensions:
        return Number(dialled, NumberKind.INTERNAL)
    kind = _short_kind(text, outside, plan)
    if kind is not None:
        country = "" if kind is NumberKind.INTERNAL else plan.country
        return Number(dialled, kind, country=country)
    # With access digit 0, `0033…` is `0` and `033…` or, where the exchange took the digit off
    # already, `00` and `33…`: the reading that makes a number is right.
    parsed = _of_the_world(outside, plan) or (
        _of_the_world(text, plan) if outside != text else None
    )
    if parsed is None:
        return Number(dialled, NumberKind.UNKNOWN)
    is_home = parsed.digits.startswith(plan.free) if plan.free else False
    is_free = is_home or (parsed.is_free and parsed.country == plan.country)
    kind = NumberKind.FREE if is_free else NumberKind.INTERNATIONAL
    return Number(dialled, kind, parsed.digits, parsed.country)


def _without_access(text: str, plan: NumberPlan) -> str:
    rest = text.removeprefix(plan.access_digits)
    return rest or text


def _short_kind(text: str, outside: str, plan: NumberPlan) -> NumberKind | None:
    if plan.access_digits and outside == text and len(text) <= plan.internal_max:
        return NumberKind.INTERNAL
    if outside in plan.free_short:
        return NumberKind.FREE
    if _numbering().is_short(outside, plan.country):
        return NumberKind.SHORT
    if len(text) <= plan.internal_max and text.isdigit():
        return NumberKind.INTERNAL
    return None


def _of_the_world(text: str, plan: NumberPlan) -> Parsed | None:
    """Return the first reading that is a valid number, else the first that is possible at all."""
    first: Parsed | None = None
    for parsed in _readings(text, plan):
        if parsed is not None and parsed.is_valid:
            return parsed
        first = first or parsed
    if first is None and not text.startswith("+"):
        whole: Parsed | None = _numbering().parse(f"+{text}", None)
        return whole if whole is not None and whole.is_valid else None
    return first


def _readings(text: str, plan: NumberPlan) -> Iterator[Parsed | None]:
    if text.startswith("+"):
        yield _international(text[1:])
        return
    for prefix in plan.international_prefixes:
        if text.startswith(prefix):
            yield _international(text.removeprefix(prefix))
    yield _numbering().parse(text, plan.country)


def _international(digits: str) -> Parsed | None:
    """Understand digits behind an international prefix; a plan that is out of date refuses nothing.

    No country code begins with 0, and E.164 ends at 15 digits.
    """
    if not _E164_MIN <= len(digits) <= _E164_MAX or digits.startswith("0"):
        return None
    numbering = _numbering()
    parsed: Parsed | None = numbering.parse(f"+{digits}", None)
    if parsed is None:
        country = numbering.country_of(digits)
        parsed = numbering.Parsed(digits, country, is_free=False, is_valid=False)
    return parsed


def begun(typed: str, plan: NumberPlan) -> str:
    """Return the E.164 digits of a number whose end may not be typed yet (`+22`, `0033`, `06`)."""
    number = normalise(typed, plan)
    if number.digits:
        return number.digits
    digits = re.sub(r"[^0-9]", "", typed)
    if typed.strip().startswith("+"):
        return digits
    for prefix in plan.international_prefixes:
        if digits.startswith(prefix):
            return digits.removeprefix(prefix)
    national: str = _numbering().begun_national(digits, plan.country)
    return national


@functools.lru_cache(maxsize=_CACHED_NUMBERS)
def country_of_prefix(prefix: str) -> str:
    """Return the country (ISO) of numbers that begin so, "" where it is of none."""
    country: str = _numbering().country_of_prefix(prefix)
    return country


@functools.lru_cache(maxsize=512)
def calling_code(country: str) -> str:
    """Return a country's calling code (`33`), "" for an unknown country."""
    code: str = _numbering().calling_code(country)
    return code


@functools.lru_cache(maxsize=_CACHED_NUMBERS)
def grouped(digits: str) -> str:
    """Write E.164 digits in groups: `+221 77 512 12 34`."""
    text: str = _numbering().grouped(digits)
    return text


def international(number: Number) -> str:
    """Write a number for people: `+221 77 512 12 34`, or as dialled where it has no such form."""
    return grouped(number.digits) if number.digits else number.dialled


@functools.lru_cache(maxsize=_CACHED_NUMBERS)
def masked(number_or_text: str) -> str:
    """Hide the last four digits and keep the groups: `+221 77 512 •• ••`.

    Four digits and fewer are a service or an extension, nobody's own number, and stay.
    """
    text = number_or_text
    if re.fullmatch(r"\+[0-9]+", text):
        text = grouped(text[1:])
    places = [index for index, character in enumerate(text) if character.isdecimal()]
    if len(places) <= _MASKED_DIGITS:
        return text
    characters = list(text)
    for index in places[-_MASKED_DIGITS:]:
        characters[index] = MASK
    return "".join(characters)


def _numbering() -> ModuleType:
    # Loaded late: the library's import must not stand in the start of the program.
    from app.domain import numbering  # noqa: PLC0415

    return numbering
