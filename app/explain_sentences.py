"""Why a call costs what it costs, in sentences for paper, PDF and command line (gettext).

A leaf beside `app.formats`. The window says the same through its own catalogue
(`ui.explain_texts`); both take the figures from `figures`, so that they cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from babel.numbers import get_decimal_symbol

from app import formats
from app.domain.explain import Reason
from app.domain.money import Currency, Money, Price
from app.texts import catalogue


class FigureWriter(Protocol):
    """Writes figures in one language, currency and time zone."""

    def price(self, micro: int) -> str:
        """Write millionths of the currency."""

    def money(self, minor: int) -> str:
        """Write minor units of the currency."""

    def length(self, milliseconds: int) -> str:
        """Write a time as `mm:ss`, with the parts of a second it has."""

    def clock(self, at: int) -> str:
        """Write the time of day of an instant (microseconds UTC), with seconds."""

    def percent(self, basis_points: int) -> str:
        """Write hundredths of a per cent."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes figures for paper and command line, by Babel's tables."""

    language: str
    currency: Currency
    zone: str

    def price(self, micro: int) -> str:
        return formats.price(Price(micro), self.currency, self.language)

    def money(self, minor: int) -> str:
        return formats.amount(Money(minor), self.currency, self.language)

    def length(self, milliseconds: int) -> str:
        return exact_length(milliseconds, get_decimal_symbol(formats.locale_of(self.language)))

    def clock(self, at: int) -> str:
        return f"{formats.local(at, self.zone):%H:%M:%S}"

    def percent(self, basis_points: int) -> str:
        return formats.percent(basis_points, self.language)


def exact_length(milliseconds: int, point: str) -> str:
    """Write milliseconds as `mm:ss`, from an hour on `h:mm:ss`, with decimals where there are."""
    seconds, rest = divmod(max(0, milliseconds), 1000)
    text = formats.duration(seconds)
    return f"{text}{point}{rest:03}".rstrip("0") if rest else text


def figures(reason: Reason, writer: FigureWriter) -> dict[str, str]:
    """Return the figures of a reason as texts, by the names they have in a sentence."""
    found: dict[str, str] = {}
    for name, value in reason.values:
        match name, value:
            case (("seconds" | "billed"), int()):
                found[name] = writer.length(value * 1000)
            case "talked_ms", int():
                found["talked"] = writer.length(value)
            case "answered_at", int():
                found["clock"] = writer.clock(value)
            case "price_micro", int():
                found["price"] = writer.price(value)
            case "amount_micro", int():
                found["amount"] = writer.price(value)
            case "total_minor", int():
                found["total"] = writer.money(value)
            case "discount_bp", int():
                found["percent"] = writer.percent(value)
            case _:
                found[name] = str(value)
    return found


def sentence(reason: Reason, writer: Writer) -> str:
    """Return a reason as a sentence; a code nobody knows stays what it is."""
    _ = catalogue(writer.language).gettext
    said = figures(reason, writer)
    text = _sentences(writer.language).get(reason.code)
    if text is None:
        return " ".join((reason.code, *said.values()))
    if reason.code == "tariff" and said["name"]:
        text = _("By the tariff “{name}”, version {version}.")
    if said.get("band"):
        text += " " + _("Time band “{band}”.")
    return text.format(**said)


def _sentences(language: str) -> Mapping[str, str]:
    _ = catalogue(language).gettext
    return {
        "rang": _("It rang for {seconds}."),
        "answered": _("Answered at {clock}."),
        "not_answered": _("Nobody answered: there is nothing to pay."),
        "talked": _("Talked for {talked}."),
        "estimated": _("The end was not seen: this time is an estimate."),
        "unbilled": _("Emergency and free numbers cost nothing."),
        "rate": _("{destination} (+{prefix}): {price} a minute."),
        "tariff": _("By the tariff, version {version}."),
        "too_short": _("{seconds} is too short to be charged."),
        "free": _("Free of charge: {seconds}."),
        "fee": _("Connection fee: {amount}."),
        "first": _("First {increment} s at {price} a minute: {amount}."),
        "next": _("Then {count} × {increment} s at {price} a minute: {amount}."),
        "piece": _("{billed} at {price} a minute: {amount}."),
        "surcharge": _("Surcharge: {amount}."),
        "minimum": _("Added up to the minimum charge: {amount}."),
        "ceiling": _("Taken off above the ceiling: {amount}."),
        "discount": _("Discount of {percent}: {amount}."),
        "tax": _("Tax added: {amount}."),
        "manual": _("A manager set {price} a minute; {billed}: {amount}."),
        "rounding": _("Rounding: {amount}."),
        "billed": _("{seconds} talked, {billed} charged."),
        "total": _("The call costs {total}."),
    }
