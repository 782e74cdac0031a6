"""The price list of a shop or a booth, from the tariff in force, in any of its languages.

What French law wants at each telephone (order of 31 October 1994): the fee, the price with tax
by the operator's time step, by kind of destination, what is cheaper and dearer when, and that
emergency calls are free.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app import formats
from app.config import Config
from app.domain.tariff import Access, Tariff
from app.tariffs import band_words
from app.tariffs.free_numbers import free_calls
from app.tariffs.neighbours import NEIGHBOURS
from app.tariffs.offers import Offer, of_countries, offers_at
from app.tariffs.price_lines import Columns, DetailLines, RangeLines, common_terms
from app.tariffs.price_terms import TermsWords
from app.tariffs.price_words import PriceWords
from printing.price_document import PriceLine, PriceList, PriceSection
from printing.price_list import is_large, write_price_list

LINES_MAX = 2_000
POSTER_LINES_MAX = 120
"""A longer list is read by nobody: it names countries with their lowest and highest price."""

_FILLED_LINES = (48, 42, 36, 32, 28, 25, 22, 19, 16, 13, 10)
"""So many lines a poster is tried with, until its letters are large enough."""

NOTES_MAX = 60
_BANDS_MAX = 4
_NATIONAL_MAX = 100
_POSTER_NATIONAL_MAX = 20


@dataclass(frozen=True, slots=True)
class PriceListOrder:
    """Which list is wanted. `at` in microseconds UTC.

    A poster shows the shop's own country and some others: those of the settings, else
    `countries` (ISO alpha-2, for instance those most called), else the neighbours. Where the
    settings choose none, more countries follow while there is room in large letters.
    `valid_from` is when the tariff began to hold, None where unknown.
    """

    at: int
    language: str = "en"
    booth: int | None = None
    is_poster: bool = False
    countries: tuple[str, ...] = ()
    valid_from: int | None = None


def make_price_list(path: Path, tariff: Tariff, config: Config, order: PriceListOrder) -> int:
    """Write the list as a PDF; returns its pages.

    Raises `CodedError` (`folder_missing`, `not_writable`, `disk_full`, `write_failed`).
    """
    return write_price_list(path, price_list(tariff, config, order))


def price_list(tariff: Tariff, config: Config, order: PriceListOrder) -> PriceList:
    """Make the list of what holds at the order's instant."""
    offers = offers_at(tariff, order.at)
    if order.is_poster:
        return _poster(tariff, config, order, offers)
    return _Maker(tariff, config, order, offers).list()


def _poster(
    tariff: Tariff, config: Config, order: PriceListOrder, offers: tuple[Offer, ...]
) -> PriceList:
    """Make a poster; where nobody chose its countries, others fill what room there is."""
    first = poster_countries(config, order)
    # A tariff that has none of these countries is shown as it is: an empty poster says nothing.
    shown = of_countries(offers, first) or offers
    if len(shown) < len(offers) and not config.poster_countries:
        words = PriceWords(tariff, order.language)
        for lines in _FILLED_LINES:
            filled = of_countries(offers, _filled(words, config, order, offers, lines))
            if len(filled) <= len(shown):
                break
            poster = _Maker(tariff, config, order, filled, is_whole=len(filled) == len(offers))
            document = poster.list()
            if is_large(document):
                return document
    return _Maker(tariff, config, order, shown, is_whole=len(shown) == len(offers)).list()


def _filled(
    words: PriceWords, config: Config, order: PriceListOrder, offers: tuple[Offer, ...], lines: int
) -> list[str]:
    """Return a poster's countries and others in their order, as many as have so many lines."""
    named: dict[str, set[str]] = {}
    for offer in offers:
        named.setdefault(offer.country, set()).add(offer.destination)
    others = sorted(named.keys() - {""}, key=lambda one: words.order(words.country(one)))
    taken = list(poster_countries(config, order))
    left = lines - sum(_lines_of(named[one]) for one in taken if one in named)
    for country in (*order.countries, *NEIGHBOURS.get(config.country, ()), *others):
        if country in named and country not in taken and _lines_of(named[country]) <= left:
            taken.append(country)
            left -= _lines_of(named[country])
    return taken


def _lines_of(destinations: set[str]) -> int:
    """Return how many lines a country has at most: its name stands above several."""
    return len(destinations) + (len(destinations) > 1)


def poster_countries(config: Config, order: PriceListOrder) -> tuple[str, ...]:
    """Return the countries of a poster, the shop's own first."""
    chosen = config.poster_countries or order.countries or NEIGHBOURS.get(config.country, ())
    return (config.country, *chosen)


class _Maker:
    """The list while it is made."""

    def __init__(
        self,
        tariff: Tariff,
        config: Config,
        order: PriceListOrder,
        offers: tuple[Offer, ...],
        *,
        is_whole: bool = True,
    ) -> None:
        self.tariff = tariff
        self.is_whole = is_whole
        self.config = config
        self.order = order
        self.offers = offers
        self.words = PriceWords(tariff, order.language)
        bands = band_words.shown_bands(tariff.rules, [offer.rate for offer in offers])
        names = tuple(band_words.band_name(self.words, band) for band in bands)
        self.common, has_fee = common_terms(offers, bands)
        self.columns = Columns(bands, names, has_fee, is_stacked=len(bands) > _BANDS_MAX)
        self.terms_words = TermsWords(self.words, tariff.rules, names, has_fee_column=has_fee)

    def list(self) -> PriceList:
        detail = DetailLines(self.words, self.columns, self.terms_words, self.common)
        destinations = {(offer.country, offer.destination) for offer in self.offers}
        most = POSTER_LINES_MAX if self.order.is_poster else LINES_MAX
        if len(destinations) <= most:
            sections = tuple(self._sections(detail))
            lines = sum(len(section.lines) for section in sections)
            if lines <= most and len(detail.notes.by_sentence) <= NOTES_MAX:
                notes = tuple((mark, text) for text, mark in detail.notes.by_sentence.items())
                return self._document(sections, self._detail_columns(), notes)
        national = _POSTER_NATIONAL_MAX if self.order.is_poster else _NATIONAL_MAX
        ranges = RangeLines(self.words, self.columns, national)
        return self._document(tuple(self._sections(ranges)), self._range_columns(), None)

    def _sections(self, lines: DetailLines | RangeLines) -> Iterator[PriceSection]:
        _, home = self.words.gettext, self.config.country
        by_country: dict[str, list[Offer]] = {}
        for offer in self.offers:
            by_country.setdefault(offer.country, []).append(offer)
        national, elsewhere = by_country.pop(home, []), by_country.pop("", [])
        if national:
            title = _("National calls – {country}").format(country=self.words.country(home))
            yield PriceSection(title, tuple(lines.national(national)), home)
        abroad: list[PriceLine] = []
        for country in sorted(
            by_country, key=lambda code: self.words.order(self.words.country(code))
        ):
            abroad += lines.abroad(by_country[country])
        if abroad:
            yield PriceSection(_("International calls"), tuple(abroad))
        if elsewhere:
            yield PriceSection(_("Other networks"), tuple(lines.elsewhere(elsewhere)))

    def _detail_columns(self) -> tuple[str, ...]:
        _ = self.words.gettext
        is_plain = self.columns.is_stacked or len(self.columns.bands) == 1
        prices = (_("Price"),) if is_plain else self.columns.names
        return (*prices, _("Connection")) if self.columns.has_fee else prices

    def _range_columns(self) -> tuple[str, ...]:
        _ = self.words.gettext
        columns = (_("from"), _("to"))
        return (*columns, _("Connection up to")) if self.columns.has_fee else columns

    def _document(
        self,
        sections: tuple[PriceSection, ...],
        columns: tuple[str, ...],
        notes: tuple[tuple[str, str], ...] | None,
    ) -> PriceList:
        """Put the list together; `notes` None where it tells lowest and highest prices alone."""
        _, words, rules = self.words.gettext, self.words, self.tariff.rules
        bands = self.columns.bands
        has_bands = bands != ("",)
        return PriceList(
            language=self.order.language,
            shop=self.config.name,
            address=self.config.address,
            place=self._place(),
            title=_("Call prices"),
            facts=tuple(self._facts()),
            free=free_calls(words, self.config),
            terms_title=_("How calls are counted"),
            terms=tuple(self._terms(has_notes=notes is not None)),
            bands_title=_("Hours"),
            bands=band_words.legend(words, rules, bands) if has_bands else (),
            bands_note=band_words.legend_note(words, rules, bands, self.order.at)
            if has_bands
            else "",
            unit=_("Price per minute in {currency}").format(currency=words.currency_name()),
            columns=columns,
            sections=sections,
            notes=notes or (),
            source=self._source(),
            decimal=words.decimal,
            is_poster=self.order.is_poster,
        )

    def _place(self) -> str:
        if self.order.booth is None:
            return ""
        place = self.words.gettext("Booth {number}").format(number=self.order.booth)
        named = [one.name for one in self.config.booths if one.number == self.order.booth]
        return f"{place} · {named[0]}" if named and named[0] else place

    def _facts(self) -> Iterator[str]:
        _, order = self.words.gettext, self.order
        rate_bp = self.tariff.rules.tax_rate_bp
        if rate_bp:
            percent = formats.percent(rate_bp, order.language)
            yield _("All prices include tax ({percent})").format(percent=percent)
        else:
            yield _("All prices are final, no tax is added")
        if order.valid_from is None:
            yield _("In force on {day}").format(day=self.words.day(order.at))
        else:
            yield _("In force since {day}").format(day=self.words.day(order.valid_from))
        if self.tariff.version:
            yield _("Tariff {name}, version {version}").format(
                name=self.tariff.name, version=self.tariff.version
            )
        else:
            yield _("Tariff {name}").format(name=self.tariff.name)

    def _terms(self, *, has_notes: bool) -> Iterator[str]:
        _ = self.words.gettext
        yield from self.terms_words.common(self.common)
        yield from self.terms_words.rounding()
        if has_notes:
            return
        yield _("Some destinations have other terms: please ask at the counter.")
        if any(offer.rate.access is Access.KEY for offer in self.offers):
            yield _("Some destinations are open only after asking at the counter.")

    def _source(self) -> str:
        _ = self.words.gettext
        moment = self.words.moment(self.order.at)
        sentence = _("Made from the tariff in force on {moment}.").format(moment=moment)
        if not self.is_whole:
            sentence += " " + _("Prices of all other countries: at the counter.")
        return sentence
