"""Why a call costs what it costs, in the window's language.

The same sentences as on paper (`app.explain_sentences`), with the same figures.
"""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.explain import Reason
from app.domain.money import Money, Price
from app.explain_sentences import exact_length, figures
from ui.formatting import Formatter

_CONTEXT = "Explain"

SENTENCES: dict[str, object] = {
    "rang": QT_TRANSLATE_NOOP("Explain", "It rang for {seconds}."),
    "answered": QT_TRANSLATE_NOOP("Explain", "Answered at {clock}."),
    "not_answered": QT_TRANSLATE_NOOP("Explain", "Nobody answered: there is nothing to pay."),
    "talked": QT_TRANSLATE_NOOP("Explain", "Talked for {talked}."),
    "estimated": QT_TRANSLATE_NOOP("Explain", "The end was not seen: this time is an estimate."),
    "unbilled": QT_TRANSLATE_NOOP("Explain", "Emergency and free numbers cost nothing."),
    "rate": QT_TRANSLATE_NOOP("Explain", "{destination} (+{prefix}): {price} a minute."),
    "tariff": QT_TRANSLATE_NOOP("Explain", "By the tariff, version {version}."),
    "too_short": QT_TRANSLATE_NOOP("Explain", "{seconds} is too short to be charged."),
    "free": QT_TRANSLATE_NOOP("Explain", "Free of charge: {seconds}."),
    "fee": QT_TRANSLATE_NOOP("Explain", "Connection fee: {amount}."),
    "first": QT_TRANSLATE_NOOP("Explain", "First {increment} s at {price} a minute: {amount}."),
    "next": QT_TRANSLATE_NOOP(
        "Explain", "Then {count} × {increment} s at {price} a minute: {amount}."
    ),
    "piece": QT_TRANSLATE_NOOP("Explain", "{billed} at {price} a minute: {amount}."),
    "surcharge": QT_TRANSLATE_NOOP("Explain", "Surcharge: {amount}."),
    "minimum": QT_TRANSLATE_NOOP("Explain", "Added up to the minimum charge: {amount}."),
    "ceiling": QT_TRANSLATE_NOOP("Explain", "Taken off above the ceiling: {amount}."),
    "discount": QT_TRANSLATE_NOOP("Explain", "Discount of {percent}: {amount}."),
    "tax": QT_TRANSLATE_NOOP("Explain", "Tax added: {amount}."),
    "manual": QT_TRANSLATE_NOOP("Explain", "A manager set {price} a minute; {billed}: {amount}."),
    "rounding": QT_TRANSLATE_NOOP("Explain", "Rounding: {amount}."),
    "billed": QT_TRANSLATE_NOOP("Explain", "{seconds} talked, {billed} charged."),
    "total": QT_TRANSLATE_NOOP("Explain", "The call costs {total}."),
}

_NAMED_TARIFF = QT_TRANSLATE_NOOP("Explain", "By the tariff “{name}”, version {version}.")
_BAND = QT_TRANSLATE_NOOP("Explain", "Time band “{band}”.")


class WindowWriter:
    """Writes figures as the window does."""

    def __init__(self, formatter: Formatter) -> None:
        self._formatter = formatter

    def price(self, micro: int) -> str:
        """Write millionths of the currency."""
        return self._formatter.price(Price(micro))

    def money(self, minor: int) -> str:
        """Write minor units of the currency."""
        return self._formatter.money(Money(minor))

    def length(self, milliseconds: int) -> str:
        """Write a time as `mm:ss`, with the parts of a second it has."""
        return exact_length(milliseconds, self._formatter.decimal_point)

    def clock(self, at: int) -> str:
        """Write the time of day of an instant (microseconds UTC), with seconds."""
        return self._formatter.exact_time(at)

    def percent(self, basis_points: int) -> str:
        """Write hundredths of a per cent."""
        return self._formatter.percent(basis_points)


def reason_text(reason: Reason, formatter: Formatter) -> str:
    """Return a reason as a sentence; a code nobody knows stays what it is."""
    said = figures(reason, WindowWriter(formatter))
    source = SENTENCES.get(reason.code)
    if source is None:
        return " ".join((reason.code, *said.values()))
    if reason.code == "tariff" and said["name"]:
        source = _NAMED_TARIFF
    text = _say(source)
    if said.get("band"):
        text += " " + _say(_BAND)
    return text.format(**said)


def _say(source: object) -> str:
    # The stubs give the marker no type; at run time it returns its text.
    return QCoreApplication.translate(_CONTEXT, str(source))
