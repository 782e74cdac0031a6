"""The lines of a price list: destinations by country, or a country's lowest and highest price."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from app.domain.money import Price
from app.domain.pieces import band_price
from app.domain.tariff import Access, Rate
from app.tariffs.offers import Names, Offer
from app.tariffs.price_terms import Terms, TermsWords, is_one_fee, terms_of
from app.tariffs.price_words import PriceWords
from printing.price_document import PriceLine


def common_terms(offers: Iterable[Offer], bands: tuple[str, ...]) -> tuple[Terms, bool]:
    """Return the terms that most offers have, and whether fees differ and want a column."""
    counted = Counter(terms_of(offer.rate, bands) for offer in offers)
    has_fee_column = len({terms.fees for terms in counted}) > 1
    if not counted:
        return terms_of(Rate("-", Price(0)), bands), False
    return counted.most_common(1)[0][0], has_fee_column


@dataclass(slots=True)
class Notes:
    """The numbered notes of a list, in the order in which they are needed."""

    by_sentence: dict[str, str] = field(default_factory=dict)

    def mark(self, sentence: str) -> str:
        """Return the number of a note."""
        return self.by_sentence.setdefault(sentence, str(len(self.by_sentence) + 1))


@dataclass(frozen=True, slots=True)
class Columns:
    """What the cells of a line hold: a price a band, then the fee where it has a column.

    Where `is_stacked`, a destination has a line a band instead.
    """

    bands: tuple[str, ...]
    names: tuple[str, ...]
    has_fee: bool
    is_stacked: bool = False


class DetailLines:
    """Writes every destination."""

    def __init__(
        self, words: PriceWords, columns: Columns, terms_words: TermsWords, common: Terms
    ) -> None:
        """Take the words and what is said of all destinations at once."""
        self.notes = Notes()
        self._words = words
        self._columns = columns
        self._terms_words = terms_words
        self._common = common
        self._names = Names(words.country)

    def national(self, offers: list[Offer]) -> Iterator[PriceLine]:
        """Yield the lines of the shop's own country."""
        for line in self._of_country(offers):
            if line.level or any(line.cells):
                yield PriceLine(line.label, line.cells, "", 0, line.marks)

    def abroad(self, offers: list[Offer]) -> Iterator[PriceLine]:
        """Yield the lines of a country, its name first."""
        return self._of_country(offers)

    def elsewhere(self, offers: list[Offer]) -> Iterator[PriceLine]:
        """Yield the lines of networks that belong to no country."""
        for label, offer in self._labelled(offers):
            yield from self._lines(label, "", 0, offer)

    def _of_country(self, offers: list[Offer]) -> Iterator[PriceLine]:
        country = offers[0].country
        name = self._words.country(country)
        if len({self._shown(offer) for offer in offers}) == 1:
            yield from self._lines(name, country, 0, offers[0])
            return
        whole = [offer for offer in offers if self._names.is_whole_country(offer)]
        if len(whole) == 1:
            yield from self._lines(name, country, 0, whole[0])
            offers = [offer for offer in offers if offer is not whole[0]]
        else:
            yield PriceLine(name, (), country)
        for label, offer in self._labelled(offers):
            yield from self._lines(label, "", 1, offer)

    def _labelled(self, offers: list[Offer]) -> list[tuple[str, Offer]]:
        """Return offers with their names, in order; those of one name with their numbers."""
        named = [(self._names.within(offer), offer) for offer in offers]
        repeated = Counter(name for name, _ in named)
        named.sort(key=lambda pair: (self._words.order(pair[0]), len(pair[1].prefixes[0])))
        return [
            (f"{name} ({offer.numbers()})" if repeated[name] > 1 else name, offer)
            for name, offer in named
        ]

    def _shown(self, offer: Offer) -> tuple[tuple[str, ...], Terms, Access]:
        terms = terms_of(offer.rate, self._columns.bands)
        return self._cells(offer.rate, terms), terms, offer.rate.access

    def _cells(self, rate: Rate, terms: Terms) -> tuple[str, ...]:
        prices = tuple(
            self._words.figure(band_price(rate, band).price_per_minute)
            for band in self._columns.bands
        )
        if not self._columns.has_fee:
            return prices
        fee = self._words.figure(min(terms.fees))
        if not is_one_fee(terms):
            fee = f"{fee}–{self._words.figure(max(terms.fees))}"
        return (*prices, fee)

    def _lines(self, label: str, country: str, level: int, offer: Offer) -> Iterator[PriceLine]:
        terms = terms_of(offer.rate, self._columns.bands)
        cells = self._cells(offer.rate, terms)
        marks = self._marks(offer, terms)
        if not self._columns.is_stacked:
            yield PriceLine(label, cells, country, level, marks)
            return
        fee = cells[len(self._columns.bands) :]
        for name, cell in zip(self._columns.names, cells, strict=False):
            yield PriceLine(f"{label} – {name}", (cell, *fee), country, level, marks)

    def _marks(self, offer: Offer, terms: Terms) -> tuple[str, ...]:
        sentences = []
        note = self._terms_words.note(terms, self._common)
        if note:
            sentences.append(note)
        if offer.rate.access is Access.KEY:
            sentences.append(self._words.gettext("Only after asking at the counter."))
        return tuple(self.notes.mark(sentence) for sentence in sentences)


class RangeLines:
    """Writes the lowest and the highest price, where there are too many destinations to name."""

    def __init__(self, words: PriceWords, columns: Columns, national_max: int) -> None:
        """Take the words; a country of more than `national_max` destinations has one line."""
        self.notes = Notes()
        self._words = words
        self._columns = columns
        self._national_max = national_max
        self._names = Names(words.country)

    def national(self, offers: list[Offer]) -> Iterator[PriceLine]:
        """Yield a line a destination of the shop's own country, or one for all of them."""
        by_name: dict[str, list[Offer]] = {}
        for offer in offers:
            by_name.setdefault(self._names.within(offer), []).append(offer)
        if len(by_name) > self._national_max:
            yield from self.abroad(offers)
            return
        for label in sorted(by_name, key=self._words.order):
            yield PriceLine(label, self._range(by_name[label]))

    def abroad(self, offers: list[Offer]) -> Iterator[PriceLine]:
        """Yield the line of a country."""
        country = offers[0].country
        yield PriceLine(self._words.country(country), self._range(offers), country)

    def elsewhere(self, offers: list[Offer]) -> Iterator[PriceLine]:
        """Yield the line of networks that belong to no country."""
        yield PriceLine(self._words.gettext("All of them"), self._range(offers))

    def _range(self, offers: list[Offer]) -> tuple[str, ...]:
        terms = [band_price(offer.rate, band) for offer in offers for band in self._columns.bands]
        prices = [one.price_per_minute for one in terms]
        cells = (self._words.figure(min(prices)), self._words.figure(max(prices)))
        if not self._columns.has_fee:
            return cells
        return (*cells, self._words.figure(max(one.connection_fee for one in terms)))
