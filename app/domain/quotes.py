"""The price look-up: by number, by words of a destination, or by a country's name."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from app.domain.phone import NumberPlan, begun
from app.domain.tariff import Rate, Tariff

NAMES_SEPARATOR = "|"
"""Between several names of one country: `Germany|Allemagne`."""

_NUMBER = re.compile(r"\+?[0-9][0-9\s().\-/\u00a0\u202f]*\Z")
_WORDS = re.compile(r"[^\W_]+")
_TEXT_MAX = 100


def search(
    tariff: Tariff,
    text: str,
    plan: NumberPlan,
    limit: int,
    country_names: Mapping[str, str] | None = None,
) -> tuple[Rate, ...]:
    """Return at most `limit` rates for what a cashier typed, best first; never raises.

    Digits are a number, whole or begun (`+223`, `00223…`, `06…`). Anything else is words: each
    must begin a word of the destination or of its country's names; accents and case do not
    count. `country_names` gives the names in the languages people type, joined by `|`.
    Prefixes at the same price of the same destination come once.
    """
    typed = text.strip()[:_TEXT_MAX]
    if limit < 1 or not typed:
        return ()
    if _NUMBER.match(typed):
        found = _by_number(tariff, typed, plan)
    else:
        found = _by_words(tariff, folded(typed), country_names or {})
    return tuple(_once(found))[:limit]


@functools.lru_cache(maxsize=65_536)
def folded(text: str) -> tuple[str, ...]:
    """Return the words of a text without accents and case: `Côte d'Ivoire` is cote, d, ivoire."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return tuple(_WORDS.findall(plain))


def _by_number(tariff: Tariff, typed: str, plan: NumberPlan) -> list[Rate]:
    """Return the rate such a number has, then those of the numbers it may become."""
    digits = begun(typed, plan)
    exact = tariff.find(digits)
    longer = sorted(
        (rate for rate in tariff.rates if rate.prefix.startswith(digits) and rate is not exact),
        key=lambda rate: (len(rate.prefix), rate.prefix),
    )
    return [exact, *longer] if exact is not None else longer


def _by_words(
    tariff: Tariff, words: tuple[str, ...], country_names: Mapping[str, str]
) -> list[Rate]:
    if not words:
        return []
    names = {
        country: tuple(folded(name) for name in joined.split(NAMES_SEPARATOR))
        for country, joined in country_names.items()
    }
    ranked = [
        (rank, len(rate.destination), folded(rate.destination), len(rate.prefix), rate.prefix, rate)
        for rate in tariff.rates
        if (rank := _rank(words, folded(rate.destination), names.get(rate.country, ()))) is not None
    ]
    # The prefix is unique, so the comparison never reaches the rate itself.
    return [entry[-1] for entry in sorted(ranked)]


def _rank(
    words: tuple[str, ...], destination: tuple[str, ...], names: tuple[tuple[str, ...], ...]
) -> int | None:
    """Return how well the words fit, 0 best, None where they do not.

    0: the whole destination or a country's whole name; 1: the beginning of one; 2: some words.
    """
    if words == destination or words in names:
        return 0
    if any(_begins(words, text) for text in (destination, *names)):
        return 1
    texts = {word for text in (destination, *names) for word in text}
    if all(any(known.startswith(word) for known in texts) for word in words):
        return 2
    return None


def _begins(words: tuple[str, ...], text: tuple[str, ...]) -> bool:
    """Tell whether a text begins with the words, the last of them perhaps unfinished."""
    return text[: len(words) - 1] == words[:-1] and (
        len(text) >= len(words) and text[len(words) - 1].startswith(words[-1])
    )


def _once(rates: Iterable[Rate]) -> Iterator[Rate]:
    seen = set()
    for rate in rates:
        key = (
            rate.destination,
            rate.country,
            rate.price_per_minute,
            rate.connection_fee,
            rate.first_increment,
            rate.next_increment,
        )
        if key not in seen:
            seen.add(key)
            yield rate
