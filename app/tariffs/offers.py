"""What a tariff offers at an instant: each destination at each of its prices once, by country."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app import formats
from app.domain import numbering
from app.domain.phone import grouped
from app.domain.tariff import Access, Rate, Tariff
from app.texts import languages

_COUNTRY_DIGITS = {"1": 4}
_COUNTRY_DIGITS_MAX = 7
"""No country shares its calling code so finely that more digits tell it."""

_SHOWN_PREFIXES = 3
_SEPARATORS = " \u00a0-–—,:·/"


@dataclass(frozen=True, slots=True)
class Offer:
    """A destination at a price: its rate, its country ("" none) and the prefixes that pay it."""

    country: str
    rate: Rate
    prefixes: tuple[str, ...]

    @property
    def destination(self) -> str:
        return self.rate.destination

    def numbers(self) -> str:
        """Write the first prefixes: `+221 77, +221 78 …`."""
        shown = ", ".join(grouped(prefix) for prefix in self.prefixes[:_SHOWN_PREFIXES])
        return f"{shown}\u00a0…" if len(self.prefixes) > _SHOWN_PREFIXES else shown


def offers_at(tariff: Tariff, at: int) -> tuple[Offer, ...]:
    """Return what can be called at an instant; forbidden destinations are none."""
    by_object: dict[int, tuple[Rate, list[str]]] = {}
    for entry in tariff.entries:
        if not entry.holds_at(at):
            continue
        known = by_object.get(id(entry.rate))
        if known is None:
            by_object[id(entry.rate)] = (entry.rate, [entry.prefix])
        else:
            known[1].append(entry.prefix)
    by_rate: dict[Rate, list[str]] = {}
    for rate, prefixes in by_object.values():
        if rate.access is not Access.FORBIDDEN:
            by_rate.setdefault(rate, []).extend(prefixes)
    return tuple(_offer(rate, prefixes) for rate, prefixes in by_rate.items())


def _offer(rate: Rate, prefixes: list[str]) -> Offer:
    ordered = tuple(sorted(prefixes, key=lambda prefix: (len(prefix), prefix)))
    shortest = ordered[0]
    digits = _COUNTRY_DIGITS.get(shortest[0], _COUNTRY_DIGITS_MAX)
    country = rate.country or _country_of(shortest[:digits])
    return Offer(country, rate, ordered)


@functools.lru_cache(maxsize=65_536)
def _country_of(prefix: str) -> str:
    return numbering.country_of_prefix(prefix)


def _plain(name: str) -> str:
    """Return a name as it is compared; as long as the name, for all but a few letters."""
    return name.replace("’", "'").lower()


class Names:
    """Takes the country's name off its destinations: under "Senegal" it is "Mobile"."""

    def __init__(self, country_name: Callable[[str], str]) -> None:
        """Take what names a country in the language of the list."""
        self._country_name = country_name
        self._locales = [formats.locale_of(language) for language in languages()]
        self._known: dict[str, tuple[str, ...]] = {}

    def is_whole_country(self, offer: Offer) -> bool:
        """Tell whether the destination is named as its country."""
        return _plain(offer.destination) in self._of(offer.country)

    def within(self, offer: Offer) -> str:
        """Return the destination's name below the name of its country."""
        text = offer.destination
        folded = _plain(text)
        for name in self._of(offer.country):
            rest = text[len(name) :]
            if folded.startswith(name) and rest[:1] and rest[0] in _SEPARATORS:
                text = rest.strip(_SEPARATORS) or text
                break
        return f"{text[:1].upper()}{text[1:]}"

    def _of(self, country: str) -> tuple[str, ...]:
        """Return the country's names, the longest first."""
        names = self._known.get(country)
        if names is None:
            found = {str(locale.territories.get(country, "")) for locale in self._locales}
            found.add(self._country_name(country))
            known = {_plain(name) for name in found if name}
            names = self._known[country] = tuple(sorted(known, key=len, reverse=True))
        return names


def of_countries(offers: Iterable[Offer], countries: Iterable[str]) -> tuple[Offer, ...]:
    """Return the offers for these countries alone."""
    wanted = frozenset(countries)
    return tuple(offer for offer in offers if offer.country in wanted)
