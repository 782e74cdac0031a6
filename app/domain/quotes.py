"""The price look-up: by number, by words of a destination, or by a country's name.

A `QuoteIndex` is made once for a tariff. It knows each destination with its price once, and the
prefixes in order, so that an answer takes a glance at some thousand destinations and never at
every prefix.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.domain.phone import NumberPlan, begun, country_of_prefix
from app.domain.tariff import Entry, Rate, Tariff

NAMES_SEPARATOR = "|"
"""Between several names of one country: `Germany|Allemagne`."""

_NUMBER = re.compile(r"\+?[0-9][0-9\s().\-/\u00a0\u202f]*\Z")
_WORDS = re.compile(r"[^\W_]+")
_TEXT_MAX = 100
_LONGER_MAX = 2_000
"""Prefixes looked at behind a begun number: who has typed one digit will type another."""


@functools.lru_cache(maxsize=65_536)
def folded(text: str) -> tuple[str, ...]:
    """Return the words of a text without accents and case: `Côte d'Ivoire` is cote, d, ivoire."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return tuple(_WORDS.findall(plain))


@dataclass(frozen=True, slots=True)
class _Group:
    """A destination at one price: its rate, the shortest of its prefixes, and whose that is."""

    words: tuple[str, ...]
    country: str
    entry: Entry


class QuoteIndex:
    """Answers questions about the prices of one tariff."""

    def __init__(self, tariff: Tariff) -> None:
        """Gather destinations and order prefixes."""
        self.tariff = tariff
        shortest: dict[Rate, Entry] = {}
        by_object: dict[int, Entry] = {}
        for entry in tariff.entries:
            known = by_object.get(id(entry.rate))
            if known is None or _is_shorter(entry, known):
                by_object[id(entry.rate)] = entry
        for entry in by_object.values():
            known = shortest.get(entry.rate)
            if known is None or _is_shorter(entry, known):
                shortest[entry.rate] = entry
        self._groups = tuple(
            _Group(folded(entry.rate.destination), country_at(entry), entry)
            for entry in shortest.values()
        )
        self._prefixes = sorted({entry.prefix for entry in tariff.entries})

    def search(
        self,
        text: str,
        plan: NumberPlan,
        limit: int,
        at: int,
        country_names: Mapping[str, str] | None = None,
    ) -> tuple[Entry, ...]:
        """Return at most `limit` entries for what a cashier typed, best first; never raises.

        Digits are a number, whole or begun (`+223`, `00223…`, `06…`). Anything else is words:
        each must begin a word of the destination or of its country's names; accents and case
        do not count. `country_names` gives the names in the languages people type, joined by
        `|`. Prefixes at the same price of the same destination come once; what is not in force
        at the instant `at` does not come.
        """
        typed = text.strip()[:_TEXT_MAX]
        if limit < 1 or not typed:
            return ()
        if _NUMBER.match(typed):
            return tuple(_once(self._by_number(begun(typed, plan), at), limit))
        words = folded(typed)
        found = self._by_words(words, country_names or {}, at)
        while not found and len(words) > 1:
            # A word too many: the nearest that is sold is a better answer than none.
            words = words[:-1]
            found = self._by_words(words, country_names or {}, at)
        return tuple(_once(found, limit))

    def _by_number(self, digits: str, at: int) -> Iterator[Entry]:
        """Yield the entry such a number has, then those of the numbers it may become."""
        exact = self.tariff.find(digits, at)
        if exact is not None:
            yield exact
        start = bisect_left(self._prefixes, digits)
        longer = []
        for prefix in self._prefixes[start : start + _LONGER_MAX]:
            if not prefix.startswith(digits):
                break
            longer += [entry for entry in self.tariff.all_of(prefix) if entry.holds_at(at)]
        yield from sorted(longer, key=lambda entry: (len(entry.prefix), entry.prefix))

    def _by_words(
        self, words: tuple[str, ...], country_names: Mapping[str, str], at: int
    ) -> list[Entry]:
        if not words:
            return []
        names = {
            country: tuple(folded(name) for name in joined.split(NAMES_SEPARATOR))
            for country, joined in country_names.items()
        }
        ranked = []
        for group in self._groups:
            rate = group.entry.rate
            rank = _rank(words, group.words, names.get(group.country, ()))
            if rank is not None and group.entry.holds_at(at):
                prefix = group.entry.prefix
                key = (rank, len(rate.destination), group.words, len(prefix), prefix)
                ranked.append((key, group.entry))
        ranked.sort(key=lambda one: one[0])
        return [entry for _, entry in ranked]


def country_at(entry: Entry) -> str:
    """Return the country (ISO) of an entry: what the deck says, else whose prefix it is."""
    return entry.rate.country or country_of_prefix(entry.prefix)


def _is_shorter(entry: Entry, known: Entry) -> bool:
    return (len(entry.prefix), entry.prefix) < (len(known.prefix), known.prefix)


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


def _once(entries: Iterable[Entry], limit: int) -> Iterator[Entry]:
    seen = set()
    for entry in entries:
        if entry.rate not in seen:
            seen.add(entry.rate)
            yield entry
            if len(seen) == limit:
                return
