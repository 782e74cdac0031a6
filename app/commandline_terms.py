"""What a row of a proposal changes beside its price: each term before and after."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from app import deck_sentences
from app.domain.money import Price, plain_price
from app.domain.tariff import Access, BandPrice, Entry, Rate, Step
from app.domain.tariff_diff import DiffRow
from app.sentences import gettext as _
from app.tariffs.proposal import Proposal, ProposalRow
from app.terminal import clock_text, local_text

_INCREMENTS = ("first_increment", "next_increment")
_SAID_BY_ITSELF = ("price_per_minute", *_INCREMENTS)
_AFTER_DIGITS = ":"  # sorts after every digit


class RowDetails:
    """Looks up what the rows of one proposal change, and what they leave open."""

    def __init__(self, proposal: Proposal, zone: str) -> None:
        """Take the proposal and the shop's time zone."""
        self._proposal = proposal
        self._zone = zone

    def texts(self, row: ProposalRow) -> Iterator[str]:
        """Yield what changes beside the price, in words."""
        if row.old is not None and row.new is not None:
            if set(row.terms) & set(_INCREMENTS):
                yield _change("first_increment", _increments(row.old), _increments(row.new))
            for term in row.terms:
                if term == "ends_at":
                    yield _change(term, *(_end(one, self._zone) for one in self._ends(row)))
                elif term not in _SAID_BY_ITSELF:
                    yield _change(term, _text(row.old, term), _text(row.new, term))
        if row.starts_at > self._proposal.wish.at:
            yield _("from {date}").format(date=clock_text(row.starts_at, self._zone))

    def body(self, row: ProposalRow) -> dict[str, Any]:
        """Return old and new of each term for programs, and what stays open."""
        changes = {}
        for term in row.terms if row.old is not None and row.new is not None else ():
            old, new = (
                self._ends(row)
                if term == "ends_at"
                else (getattr(rate, term) for rate in (row.old, row.new))
            )
            changes[term] = {"old": self._plain(term, old), "new": self._plain(term, new)}
        is_later = row.starts_at > self._proposal.wish.at
        return {
            "changes": changes,
            "starts_at": local_text(row.starts_at, self._zone) if is_later else None,
            "longer_prefixes_open": self.longer_open(row),
        }

    def longer_open(self, row: ProposalRow) -> int:
        """Return how many longer prefixes stay open where the row closes its own."""
        if row.new is None or row.new.access is Access.OPEN:
            return 0
        if row.old is not None and row.old.access is row.new.access:
            return 0
        known = self._open_prefixes
        found: set[str] = set()
        for prefix in row.prefixes:
            found.update(
                known[bisect_right(known, prefix) : bisect_left(known, prefix + _AFTER_DIGITS)]
            )
        return len(found)

    @cached_property
    def _open_prefixes(self) -> list[str]:
        """What can be called without asking once the version is in force, sorted."""
        entries = self._proposal.entries()
        return sorted({entry.prefix for entry in entries if entry.rate.access is Access.OPEN})

    @cached_property
    def _firsts(self) -> list[DiffRow]:
        """The first row of the comparison for each row of the proposal."""
        firsts, at = [], 0
        for row in self._proposal.rows:
            firsts.append(self._proposal.diff.rows[at])
            at += len(row.prefixes)
        return firsts

    def _ends(self, row: ProposalRow) -> tuple[int | None, int | None]:
        first = self._firsts[row.number]
        return _end_of(first.old), _end_of(first.new)

    def _plain(self, term: str, value: object) -> object:
        """Return a value as JSON has it."""
        if term == "ends_at":
            return local_text(value, self._zone) if isinstance(value, int) else None
        if isinstance(value, Price):
            return plain_price(value)
        if isinstance(value, Access):
            return value.name.lower()
        if isinstance(value, tuple):
            return [_part_body(part) for part in value]
        return value


def _end_of(entry: Entry | None) -> int | None:
    return None if entry is None else entry.ends_at


def _end(instant: int | None, zone: str) -> str:
    return "-" if instant is None else clock_text(instant, zone)


def _change(term: str, old: str, new: str) -> str:
    return f"{deck_sentences.of_term(term)} {old} → {new}"


def _increments(rate: Rate) -> str:
    return f"{rate.first_increment}/{rate.next_increment}"


def _text(rate: Rate, term: str) -> str:
    """Write one term of a rate."""
    value = getattr(rate, term)
    if isinstance(value, Price):
        return plain_price(value)
    if isinstance(value, Access):
        return deck_sentences.of_access(value.name)
    if term == "bands":
        return " + ".join(_band_text(band) for band in rate.bands) or "-"
    if term == "steps":
        return _steps_text(rate.steps) or "-"
    return "-" if value is None or value == "" else str(value)


def _band_text(band: BandPrice) -> str:
    fee = f"{deck_sentences.of_term('connection_fee')} {plain_price(band.connection_fee)}"
    steps = _steps_text(band.steps)
    more = f", {steps}" if steps else ""
    return f"{band.band} {plain_price(band.price_per_minute)} ({fee}{more})"


def _steps_text(steps: tuple[Step, ...]) -> str:
    text = _("after {seconds} s {price}")
    return ", ".join(
        text.format(seconds=step.after_seconds, price=plain_price(step.price_per_minute))
        + (f" /{step.next_increment}" if step.next_increment else "")
        for step in steps
    )


def _part_body(part: Step | BandPrice) -> dict[str, object]:
    if isinstance(part, Step):
        return {
            "after_seconds": part.after_seconds,
            "price_per_minute": plain_price(part.price_per_minute),
            "next_increment": part.next_increment,
        }
    return {
        "band": part.band,
        "price_per_minute": plain_price(part.price_per_minute),
        "connection_fee": plain_price(part.connection_fee),
        "steps": [_part_body(step) for step in part.steps],
    }
