"""The price look-up: by number, by words of a destination, or by a country's name.

A `QuoteIndex` is made once for a tariff. It knows each destination with its price once, so that
words are compared with some thousand destinations and not with every prefix.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from app.domain.phone import NumberPlan, begun, calling_code, country_of_prefix
from app.domain.tariff import PREFIX_MAX, Entry, Tariff

NAMES_SEPARATOR = "|"
"""Between several names of one country: `Germany|Allemagne`."""

_NUMBER = re.compile(r"\+?[0-9][0-9\s().\-/\u00a0\u202f]*\Z")
_WORDS = re.compile(r"[^\W_]+")
_TEXT_MAX = 100


@functools.lru_cache(maxsize=65_536)
def folded(text: str) -> tuple[str, ...]:
    """Return the words of a text without accents and case: `Côte d'Ivoire` is cote, d, ivoire."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return tuple(_WORDS.findall(plain))


class _Group(NamedTuple):
    """A destination at one price: the words of its name, and the shortest of its prefixes."""

    words: tuple[str, ...]
    entry: Entry


class QuoteIndex:
    """Answers questions about the prices of one tariff."""

    def __init__(self, tariff: Tariff) -> None:
        """Gather the destinations."""
        self.tariff = tariff
        lengths: dict[int, int] = {}
        shortest: dict[int, Entry] = {}
        for entry in tariff.entries:
            key, length = id(entry.rate), len(entry.prefix)
            if length < lengths.get(key, PREFIX_MAX + 1):
                lengths[key] = length
                shortest[key] = entry
        self._groups = [_Group(folded(one.rate.destination), one) for one in shortest.values()]

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
        # A look at each prefix takes a hundredth of a second where there are a quarter of a
        # million, and only while a number is being typed.
        longer = [
            entry
            for entry in self.tariff.entries
            if entry.prefix.startswith(digits) and entry.holds_at(at)
        ]
        yield from sorted(longer, key=lambda entry: (len(entry.prefix), entry.prefix))

    def _by_words(
        self, words: tuple[str, ...], country_names: Mapping[str, str], at: int
    ) -> list[Entry]:
        if not words:
            return []
        countries = _Countries(words, country_names)
        ranked = []
        for known, entry in self._groups:
            rank = _rank(words, known, countries.names(entry))
            if rank is not None and entry.holds_at(at):
                key = (rank, len(entry.rate.destination), known, len(entry.prefix), entry.prefix)
                ranked.append((key, entry))
        ranked.sort(key=lambda one: one[0])
        return [entry for _, entry in ranked]


class _Countries:
    """The countries that one of the words may mean, with the words of their names."""

    def __init__(self, words: tuple[str, ...], country_names: Mapping[str, str]) -> None:
        self._names: dict[str, tuple[tuple[str, ...], ...]] = {}
        for country, joined in country_names.items():
            names = tuple(folded(name) for name in joined.split(NAMES_SEPARATOR))
            if any(known.startswith(word) for name in names for known in name for word in words):
                self._names[country] = names
        codes = (calling_code(country) for country in self._names)
        self._codes = tuple(code for code in codes if code)

    def names(self, entry: Entry) -> tuple[tuple[str, ...], ...]:
        """Return the names of an entry's country where it may be meant."""
        country = entry.rate.country
        if not country and entry.prefix.startswith(self._codes):
            # Only now: to find the country of a prefix takes longer than all the rest.
            country = country_at(entry)
        return self._names.get(country, ())


def country_at(entry: Entry) -> str:
    """Return the country (ISO) of an entry: what the deck says, else whose prefix it is."""
    return entry.rate.country or country_of_prefix(entry.prefix)


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
