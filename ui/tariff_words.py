"""A row of a dry run in words: prefixes grouped, difference, margin, what is remarkable about it.

Everything is written when a row comes into sight: a deck has a quarter of a million of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from PySide6.QtCore import QCoreApplication

from app.decks.deck import Deck, Note, RefusedRow
from app.domain.margins import Verdict
from app.domain.money import Price
from app.domain.numbering import calling_code, country_of_prefix
from app.domain.tariff import Rate
from app.domain.tariff_diff import Change, Mark
from app.tariffs.proposal import ProposalRow
from ui.formatting import Formatter
from ui.tariff_texts import field_text, note_text, row_text

translate = QCoreApplication.translate

NONE = "—"
PRICE_PLACES = 4
OTHER_PLACES = 2
_GROUPS_SHOWN = 6
_RANGE_LEAST = 3
_BP = 10
_TIMES_FROM = 10
"""From here on a factor is read more easily than per cents."""

_MOST_LOST = 9_990
"""Greater losses, in thousandths, are only said to be greater."""

_CODES = frozenset(("prefix", "country_code", "area_codes"))
"""Columns whose value stands in the place of a prefix."""

_VALUE_MOST = 40
"""Signs of a refused value that are shown."""

_INCREMENTS = ("first_increment", "next_increment")
_SAID_BY_ITSELF = frozenset(("destination", "price_per_minute", "starts_at", *_INCREMENTS))


def grouped_prefixes(prefixes: tuple[str, ...], most: int = _GROUPS_SHOWN) -> str:
    """Write prefixes by their calling code, neighbours as a range: `221 77, 78`, `1 204, 226–228`.

    Of more than `most` groups the rest is only counted.
    """
    code = _calling_code(prefixes[0]) if prefixes else ""
    if len(prefixes) == 1:
        return f"{code} {prefixes[0][len(code) :]}".strip()
    if not all(prefix.startswith(code) and prefix != code for prefix in prefixes):
        code = ""  # several countries, or a whole one beside parts of it
    rests = [prefix[len(code) :] for prefix in prefixes]
    groups = list(_ranges(rests))
    shown = ", ".join(text for text, _ in groups[:most])
    left = sum(count for _, count in groups[most:])
    if left:
        shown = f"{shown} … +{left}"
    return f"{code} {shown}".strip()


@lru_cache(maxsize=4096)
def _calling_code(prefix: str) -> str:
    country = country_of_prefix(prefix)
    code = calling_code(country) if country else ""
    return code if prefix.startswith(code) else ""


def _ranges(rests: list[str]) -> Iterator[tuple[str, int]]:
    """Yield a text and how many prefixes it stands for."""
    start = 0
    for at in range(1, len(rests) + 1):
        if at < len(rests) and _follows(rests[at - 1], rests[at]):
            continue
        count = at - start
        if count >= _RANGE_LEAST:
            yield f"{rests[start]}–{rests[at - 1]}", count
        else:
            for rest in rests[start:at]:
                yield rest, 1
        start = at


def _follows(one: str, other: str) -> bool:
    return len(one) == len(other) and bool(one) and int(other) == int(one) + 1


def difference(row: ProposalRow, formatter: Formatter) -> str:
    """Write how the price per minute changes: `+9.6 %`, `×100`, `new`, `=`."""
    if row.change is Change.NEW:
        return translate("Tariff", "new")
    if row.change is Change.DROPPED:
        return translate("Tariff", "dropped")
    if row.old is None or row.new is None or row.permille is None:
        return NONE
    if not row.permille and row.change in (Change.SAME, Change.CHANGED):
        return "="
    before, after = row.old.price_per_minute.micro, row.new.price_per_minute.micro
    if after >= before * _TIMES_FROM:
        return f"×{formatter.count(after // before)}"
    if after and before >= after * _TIMES_FROM:
        return f"÷{formatter.count(before // after)}"
    return signed_percent(row.permille, formatter)


def signed_percent(permille: int, formatter: Formatter) -> str:
    """Write thousandths as per cent with their sign: `+9.6 %`, `−2.9 %`."""
    text = formatter.percent(abs(permille) * _BP)
    return f"+{text}" if permille > 0 else f"−{text}" if permille < 0 else text


def margin_text(permille: int | None, formatter: Formatter) -> str:
    """Write a margin as whole per cent: `43 %`; a loss is never rounded away."""
    if permille is None:
        return NONE
    if permille < -_MOST_LOST:
        return f"< −{formatter.percent(_MOST_LOST * _BP)}"
    whole = -max(1, (5 - permille) // 10) if permille < 0 else (permille + 5) // 10
    text = formatter.percent(abs(whole) * 100)
    return f"−{text}" if whole < 0 else text


def price_text(price: Price | None, formatter: Formatter, least: int = PRICE_PLACES) -> str:
    """Write a price without its currency, which stands in the heading."""
    return NONE if price is None else formatter.bare_price(price, least)


def verdict_text(verdict: Verdict) -> str:
    """Name what a margin means."""
    return {
        Verdict.BELOW_COST: translate("Tariff", "sold at a loss"),
        Verdict.BELOW_GUARD: translate("Tariff", "under the guard"),
        Verdict.NO_COST: translate("Tariff", "cost not known"),
        Verdict.NO_PRICE: translate("Tariff", "not sold"),
        Verdict.OK: translate("Tariff", "in order"),
    }[verdict]


class Remarks:
    """Writes what is remarkable about the rows of one deck.

    `guard_bp` is the least margin wanted, in basis points; `at` when the version starts.
    """

    def __init__(self, deck: Deck, at: int, guard_bp: int) -> None:
        self._notes: dict[int, list[Note]] = {}
        for note in deck.notes:
            if note.code != "excel_number":
                self._notes.setdefault(note.line, []).append(note)
        self._at = at
        self._guard_bp = guard_bp

    def of(self, row: ProposalRow | RefusedRow, formatter: Formatter) -> str:
        """Return the remark, the gravest first; empty where there is nothing to say."""
        if isinstance(row, RefusedRow):
            return _of_refused(row, formatter)
        parts = [*self._of_marks(row, formatter), *_of_terms(row, formatter)]
        if row.starts_at > self._at:
            begins = translate("Tariff", "begins on {date}")
            parts.append(begins.replace("{date}", formatter.date(row.starts_at)))
        if row.line:
            parts.extend(note_text(note) for note in self._notes.get(row.line, ()))
        # Names are long, and matter least: what is graver is never pushed out of sight by one.
        if row.old is not None and "destination" in row.terms:
            was = translate("Tariff", "was called {name}")
            parts.append(was.replace("{name}", row.old.destination))
        return " · ".join(part for part in parts if part)

    def _of_marks(self, row: ProposalRow, formatter: Formatter) -> Iterator[str]:
        marks = row.marks
        if Mark.ABSURD in marks:
            yield _with_line(translate("Tariff", "decimal sign forgotten?"), row.line, formatter)
        if Mark.BELOW_COST in marks:
            yield _with_price(translate("Tariff", "sold at a loss"), row.suggested, formatter)
        elif Mark.BELOW_GUARD in marks:
            text = translate("Tariff", "under the guard of {guard}")
            text = text.replace("{guard}", formatter.percent(self._guard_bp))
            yield _with_price(text, row.suggested, formatter)
        plain = {
            Mark.UNKNOWN_COUNTRY: translate("Tariff", "unknown country"),
            Mark.FORBIDDEN: translate("Tariff", "will not be callable"),
            Mark.FREE: translate("Tariff", "price 0: an empty cell?"),
            Mark.NO_COST: translate("Tariff", "cost not known"),
        }
        yield from (text for mark, text in plain.items() if mark in marks)
        if Mark.DUPLICATE in marks:
            text = translate("Tariff", "twice in the file, not taken")
            yield _with_line(text, row.line, formatter)
        if Mark.ENDED in marks:
            yield _with_line(translate("Tariff", "its dates are over"), row.line, formatter)


def _of_terms(row: ProposalRow, formatter: Formatter) -> Iterator[str]:
    if row.old is None or row.new is None:
        return
    if set(row.terms) & set(_INCREMENTS):
        text = translate("Tariff", "increments {old} → {new}")
        text = text.replace("{old}", increments(row.old))
        yield text.replace("{new}", increments(row.new))
    for term in row.terms:
        if term not in _SAID_BY_ITSELF:
            yield _change_of(term, row.old, row.new, formatter)


def increments(rate: Rate) -> str:
    """Write the increments: `60/1`."""
    return f"{rate.first_increment}/{rate.next_increment}"


def _change_of(term: str, old: Rate, new: Rate, formatter: Formatter) -> str:
    before, after = (getattr(rate, term, None) for rate in (old, new))
    name = field_text(term)
    if isinstance(before, Price) and isinstance(after, Price):
        sums = (formatter.bare_price(price, OTHER_PLACES) for price in (before, after))
        return f"{name} {' → '.join(sums)}"
    if isinstance(before, int | str) and isinstance(after, int | str):
        return f"{name} {before or NONE} → {after or NONE}"
    return translate("Tariff", "{term} changed").replace("{term}", name)


def _of_refused(row: RefusedRow, formatter: Formatter) -> str:
    text = translate("Tariff", "line {line}, refused")
    text = text.replace("{line}", formatter.count(row.line))
    return f"{text} · {field_text(row.column)}" if row.column else text


def _with_line(text: str, line: int, formatter: Formatter) -> str:
    if not line:
        return text
    place = translate("Tariff", "line {line}").replace("{line}", formatter.count(line))
    return f"{text} {place}"


def _with_price(text: str, price: Price | None, formatter: Formatter) -> str:
    if price is None:
        return text
    wish = translate("Tariff", "propose {price}")
    return f"{text} · {wish.replace('{price}', formatter.bare_price(price, OTHER_PLACES))}"


def refused_prefix(row: RefusedRow) -> str:
    """Return what stands for the prefix of a refused row: what is written there, if anything."""
    return row.value if row.column in _CODES else NONE


def refusal(row: RefusedRow) -> str:
    """Say what is wrong with a refused row: column, the value it has, why."""
    reason = row_text(row)
    if row.column in _CODES or not row.value:
        return reason
    value = row.value if len(row.value) <= _VALUE_MOST else f"{row.value[: _VALUE_MOST - 1]}…"
    if not row.column:
        return f"{value} — {reason}"
    text = translate("Tariff", "{column}: {value} — {reason}").replace("{reason}", reason)
    return text.replace("{column}", field_text(row.column)).replace("{value}", value)


def count_words(notes: Iterable[Note]) -> list[str]:
    """Say what was understood all over the file, each kind once."""
    totals: dict[str, Note] = {}
    for note in notes:
        known = totals.get(note.code)
        count = note.count + (known.count if known is not None else 0)
        totals[note.code] = Note(note.line, note.code, count=count)
    return [note_text(note) for note in totals.values()]
