r"""Make resources/tariffs/sample*.csv: a worldwide tariff with made-up prices.

The same rows in each language, with its own names of places: sample.csv in English.

Run it after an update of phonenumbers: `python .ci/make_sample_tariff.py`. Prefixes and kinds
come from the library's numbering plans, names from Babel, prices from the table below.

How prefixes are found: the patterns of all kinds of number of all regions of a calling code are
walked together, digit by digit. Under each prefix the whole numbers of each (region, kind) are
counted, and the fewest rows are chosen with which the longest prefix gives each number its own
pair. What only parts deeper than `_DEPTH` digits, or by its length, goes to the more frequent.
"""

from __future__ import annotations

import sys
import zlib
from collections import Counter
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import phonenumbers
from babel import Locale
from phonenumbers import PhoneMetadata

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.decks.export import write_deck  # noqa: E402 - needs the path
from app.domain.digit_patterns import DIGITS, DigitPattern, States  # noqa: E402
from app.domain.money import Price  # noqa: E402
from app.domain.tariff import Entry, Rate  # noqa: E402

_COLUMNS = (
    *("prefix", "destination", "price_per_minute", "connection_fee"),
    *("first_increment", "next_increment", "country"),
)
_DEPTH = 7
_ROWS_MAX = 500  # of one calling code; India's mobiles are scattered over 6,500 prefixes
_NANP = 1
_AREA_CODE_LENGTH = 3

_KINDS = {  # in the library's order: the first kind that fits a number is the number's kind
    "premium_rate": "premium",
    "toll_free": "",
    "shared_cost": "",
    "voip": "",
    "personal_number": "",
    "pager": "",
    "uan": "",
    "voicemail": "",
    "fixed_line": "fixed",
    "mobile": "mobile",
}

Label = tuple[str, str]
"""Region and kind of a number."""

_LANGUAGES = ("en", "fr")

_NAMES = {  # shorter than Babel's, for a line of paper
    "en": {
        "HK": "Hong Kong", "MO": "Macao", "MM": "Myanmar", "PS": "Palestine",
        "CD": "DR Congo", "CG": "Congo", "TR": "Turkey",
    },
    "fr": {
        "HK": "Hong Kong", "MO": "Macao", "MM": "Myanmar", "PS": "Palestine",
        "CD": "RD Congo", "CG": "Congo",
    },
}  # fmt: skip

_FRENCH = {  # of kinds and of what is no country
    "fixed": "fixe",
    "mobile": "mobile",
    "premium": "surtaxé",
    "International freephone": "Numéro vert international",
    "International shared cost": "Coûts partagés internationaux",
    "Inmarsat satellite": "Satellite Inmarsat",
    "Universal personal numbers": "Numéros personnels universels",
    "Satellite networks": "Réseaux de satellites",
    "Iridium satellite": "Satellite Iridium",
    "Globalstar satellite": "Satellite Globalstar",
    "International networks": "Réseaux internationaux",
    "Thuraya satellite": "Satellite Thuraya",
    "Disaster relief": "Secours en cas de catastrophe",
    "International premium": "International surtaxé",
    "North America toll-free": "Amérique du Nord, numéro vert",
}


def _word(language: str, english: str) -> str:
    return _FRENCH[english] if language == "fr" else english


_CENT = 10_000
_PRICES = {  # cents a minute: fixed, mobile
    "FR": (5, 17), "SN": (26, 29), "MA": (13, 35), "DZ": (12, 45), "TN": (35, 39),
    "ML": (27, 31), "CI": (28, 33), "CM": (26, 32), "CD": (38, 39), "CG": (39, 41),
    "GN": (45, 47), "MR": (44, 46), "MG": (48, 52), "KM": (55, 59), "NG": (12, 15),
    "GH": (24, 28), "EG": (13, 15), "ET": (29, 31), "TR": (7, 22), "LK": (16, 18),
    "IN": (4, 4), "PK": (9, 10), "BD": (6, 6), "CN": (3, 4), "VN": (8, 9), "PH": (14, 19),
    "US": (3, 3), "CA": (3, 3), "GB": (4, 14), "DE": (4, 13), "ES": (4, 12), "IT": (4, 14),
    "PT": (4, 13), "BE": (5, 15), "CH": (6, 28), "BR": (6, 14), "CO": (7, 9), "PE": (5, 9),
    "HT": (29, 33), "DO": (8, 14), "CU": (79, 85), "RU": (7, 12), "KZ": (9, 16), "RO": (5, 9),
}  # fmt: skip

_ZONES = {  # by the first digit of the calling code, cents a minute: fixed, mobile
    "1": (26, 28), "2": (31, 36), "3": (7, 19), "4": (7, 18), "5": (16, 24), "6": (12, 16),
    "7": (9, 14), "8": (11, 14), "9": (17, 23),
}  # fmt: skip

_PREMIUM_CENTS = 250
_OCEANIA = range(670, 693)
_OCEANIA_CENTS = (89, 95)

_WORLD = (  # prefix, destination, cents a minute, fee in cents
    ("800", "International freephone", 9, 0),
    ("808", "International shared cost", 60, 0),
    ("870", "Inmarsat satellite", 690, 0),
    ("878", "Universal personal numbers", 150, 0),
    ("881", "Satellite networks", 650, 50),
    ("8816", "Iridium satellite", 590, 50),
    ("8817", "Iridium satellite", 590, 50),
    ("8818", "Globalstar satellite", 490, 50),
    ("8819", "Globalstar satellite", 490, 50),
    ("882", "International networks", 450, 0),
    ("88216", "Thuraya satellite", 390, 50),
    ("883", "International networks", 350, 0),
    ("888", "Disaster relief", 300, 0),
    ("979", "International premium", 999, 0),
)

_NANP_FREE = ("1800", "1833", "1844", "1855", "1866", "1877", "1888")


@dataclass(frozen=True)
class _Region:
    """One region's patterns: leading digits (None where it has none), any number, each kind."""

    region: str
    leading: DigitPattern | None
    general: DigitPattern
    kinds: tuple[tuple[str, DigitPattern], ...]

    @classmethod
    def of(cls, region: str) -> _Region:
        metadata = PhoneMetadata.metadata_for_region(region)
        texts = {
            kind: getattr(getattr(metadata, kind), "national_number_pattern", None)
            for kind in ("general_desc", *_KINDS)
        }
        leading = getattr(metadata, "leading_digits", None)
        return cls(
            region,
            DigitPattern(leading) if leading else None,
            DigitPattern(texts.pop("general_desc") or ""),
            tuple((kind, DigitPattern(text)) for kind, text in texts.items() if text),
        )

    def patterns(self) -> list[DigitPattern]:
        """Return the patterns walked for whole numbers, general first."""
        return [self.general, *(pattern for _, pattern in self.kinds)]

    def kind(self, states: tuple[States, ...]) -> str:
        """Return the kind of the whole number walked to, "" for none or one not told apart."""
        if not DigitPattern.accepts(states[0]):
            return ""
        for (kind, _), reached in zip(self.kinds, states[1:], strict=True):
            if DigitPattern.accepts(reached):
                return _KINDS[kind]
        return ""


@dataclass(frozen=True)
class _Place:
    """Where a walk stands: the states of all patterns, and which leading digits were met."""

    states: tuple[tuple[States, ...], ...]
    leading: tuple[States | None, ...]  # None: met, or the region has none
    is_dead: bool = field(compare=False, default=False)


@dataclass(frozen=True)
class _Cheapest:
    """Fewest rows below a place: by the label inherited there, and with a row of its own."""

    label: Label | None
    own: int
    inherited: dict[Label, int]
    is_leaf: bool


class _CallingCode:
    """One calling code with all its regions, main region first."""

    def __init__(self, code: int, regions: tuple[str, ...]) -> None:
        self.code = code
        self.regions = [_Region.of(region) for region in regions]
        self._counts: dict[_Place, Counter[Label]] = {}
        self._cheapest: dict[tuple[_Place, int], _Cheapest] = {}

    @cached_property
    def start(self) -> _Place:
        return _Place(
            tuple(tuple(p.start for p in region.patterns()) for region in self.regions),
            tuple(region.leading.start if region.leading else None for region in self.regions),
        )

    def step(self, place: _Place, digit: str) -> _Place:
        states, leading = [], []
        for region, reached, lead in zip(self.regions, place.states, place.leading, strict=True):
            after = [p.step(s, digit) for p, s in zip(region.patterns(), reached, strict=True)]
            met = lead
            if lead is not None and region.leading is not None:
                met = region.leading.step(lead, digit)
                if not met:
                    # Other leading digits: no number below belongs to this region.
                    after = [frozenset() for _ in after]
                elif DigitPattern.accepts(met):
                    met = None
            states.append(tuple(after))
            leading.append(met)
        return _Place(tuple(states), tuple(leading), not any(any(s) for s in states))

    def counts(self, place: _Place) -> Counter[Label]:
        """Count the whole numbers below a place by label."""
        known = self._counts.get(place)
        if known is None:
            known = Counter[Label]()
            if not place.is_dead:
                label = self._label(place)
                known.update([label] if label else [])
                for digit in DIGITS:
                    known.update(self.counts(self.step(place, digit)))
            self._counts[place] = known
        return known

    def _label(self, place: _Place) -> Label | None:
        # As region_code_for_number: by leading digits where a region has them, else by its kinds.
        for region, states, lead in zip(self.regions, place.states, place.leading, strict=True):
            kind = region.kind(states) if lead is None else ""
            if kind:
                return region.region, kind
        return None

    def cheapest(self, place: _Place, left: int) -> _Cheapest:
        """Find the fewest rows below a place that may part `left` digits deeper."""
        key = (place, left)
        if key not in self._cheapest:
            self._cheapest[key] = self._find_cheapest(place, left)
        return self._cheapest[key]

    def _find_cheapest(self, place: _Place, left: int) -> _Cheapest:
        counts = self.counts(place)
        if not counts:
            return _Cheapest(None, 0, {}, is_leaf=True)
        if len(counts) == 1 or not left:
            label = min(counts, key=lambda label: (-counts[label], label))
            return _Cheapest(label, 1, {label: 0}, is_leaf=True)
        below = [self.cheapest(self.step(place, digit), left - 1) for digit in DIGITS]
        rows = {label: sum(b.inherited.get(label, b.own) for b in below) for label in counts}
        label = min(rows, key=lambda label: (rows[label], label))
        own = rows[label] + 1
        inherited = {other: min(count, own) for other, count in rows.items()}
        return _Cheapest(label, own, inherited, is_leaf=False)

    def rows(self, prefix: str, place: _Place, left: int, given: Label | None) -> dict[str, Label]:
        """Write the rows below a place that inherits the label `given`."""
        best = self.cheapest(place, left)
        if best.label is None:
            return {}
        rows = {}
        if given is None or best.inherited.get(given, best.own) >= best.own:
            rows[prefix] = given = best.label
        if not best.is_leaf:
            for digit in DIGITS:
                rows |= self.rows(prefix + digit, self.step(place, digit), left - 1, given)
        return rows

    def tariff(self, depth: int) -> dict[str, Label]:
        """Return national prefix -> label; "" holds for all numbers that no other row names."""
        if self.code == _NANP:
            # Never one row for the whole of +1: new area codes appear, some of them dear islands.
            return self._area_codes("", self.start, depth)
        base = (self.regions[0].region, "fixed")
        counts = self.counts(self.start)
        if counts and base not in counts:
            base = min(counts)
        rows = {"": base}
        for digit in DIGITS:
            rows |= self.rows(digit, self.step(self.start, digit), depth - 1, base)
        return rows

    def _area_codes(self, prefix: str, place: _Place, depth: int) -> dict[str, Label]:
        if len(prefix) == _AREA_CODE_LENGTH:
            return self.rows(prefix, place, depth - len(prefix), None)
        rows: dict[str, Label] = {}
        for digit in DIGITS:
            rows |= self._area_codes(prefix + digit, self.step(place, digit), depth)
        return rows

    def pairs(self) -> set[Label]:
        """Return all labels of this calling code."""
        return set(self.counts(self.start))


def _cents(code: int, region: str, kind: str) -> int:
    if kind == "premium":
        return _PREMIUM_CENTS
    column = 1 if kind == "mobile" else 0
    if region in _PRICES:
        return _PRICES[region][column]
    base = _OCEANIA_CENTS if code in _OCEANIA else _ZONES[str(code)[0]]
    return base[column] + zlib.crc32(region.encode()) % 7


def _increments(code: int, kind: str) -> tuple[int, int]:
    if kind == "premium" or code in _OCEANIA or code in {52, 53, 220, 232, 252}:
        return 60, 60
    if str(code)[0] == "5" or code in {261, 509, 7, 998}:
        return 30, 6
    return 1, 1


def _fee_cents(code: int, kind: str) -> int:
    return 5 if kind == "mobile" and str(code)[0] in "34" and code not in {33, 44} else 0


def _destination(region: str, kind: str, *, tells_mobile: bool, language: str) -> str:
    own = _NAMES[language].get(region)
    name = own or Locale(language).territories[region].replace("\u2019", "'")
    if kind == "premium" or tells_mobile:
        return f"{name} {_word(language, kind)}"
    return name


@cache
def _rows_of(code: int, regions: tuple[str, ...]) -> tuple[dict[str, Label], set[Label]]:
    """Return national prefix -> label, and all labels there are."""
    calling = _CallingCode(code, regions)
    rows = calling.tariff(_DEPTH)
    depth = _DEPTH
    while code != _NANP and len(rows) > _ROWS_MAX:
        depth -= 1
        rows = calling.tariff(depth)
    return rows, calling.pairs()


def _entries_of(code: int, regions: tuple[str, ...], language: str) -> list[Entry]:
    rows, pairs = _rows_of(code, regions)
    entries = []
    for prefix, (region, kind) in rows.items():
        tells_mobile = (region, "mobile") in pairs and (region, "fixed") in pairs
        first, following = _increments(code, kind)
        rate = Rate(
            destination=_destination(region, kind, tells_mobile=tells_mobile, language=language),
            price_per_minute=Price(_cents(code, region, kind) * _CENT),
            connection_fee=Price(_fee_cents(code, kind) * _CENT),
            first_increment=first,
            next_increment=following,
            country=region,
        )
        entries.append(Entry(f"{code}{prefix}", rate))
    return entries


def _entries(language: str) -> list[Entry]:
    entries = [
        Entry(
            prefix,
            Rate(_word(language, name), Price(cents * _CENT), Price(fee * _CENT), 60, 60),
        )
        for prefix, name, cents, fee in _WORLD
    ]
    free = Rate(
        _word(language, "North America toll-free"), Price(_PRICES["US"][0] * _CENT), country="US"
    )
    entries += [Entry(prefix, free) for prefix in _NANP_FREE]
    for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items():
        if regions != ("001",):
            entries += _entries_of(code, regions, language)
    return sorted(entries, key=lambda entry: entry.prefix)


def main() -> None:
    """Write the files."""
    for language in _LANGUAGES:
        entries = _entries(language)
        name = "sample.csv" if language == "en" else f"sample.{language}.csv"
        target = ROOT / "resources" / "tariffs" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        text = write_deck(entries, columns=_COLUMNS)
        target.write_text(text, encoding="utf-8", newline="")
        sys.stdout.write(f"{name}: {len(entries)} rates\n")


if __name__ == "__main__":
    main()
