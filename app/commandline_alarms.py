"""What the command line says of margins: what is sold below cost or below the guard."""

from __future__ import annotations

from typing import Any

from app.config import Config
from app.domain.margins import MarginRow, Verdict
from app.domain.money import Price, plain_price
from app.sentences import gettext as _
from app.sentences import ngettext
from app.tariffs.jobs import CheckedMargins
from app.terminal import EXIT_FAILED, EXIT_OK, say, say_json

_PERMILLE_DIGITS = 10

_ALARMS = (Verdict.BELOW_COST, Verdict.BELOW_GUARD)


def percent_text(permille: int, *, sign: bool = False) -> str:
    """Write thousandths as a percentage."""
    whole, tenth = divmod(abs(permille), _PERMILLE_DIGITS)
    minus = "-" if permille < 0 else "+" if sign else ""
    return f"{minus}{whole}.{tenth} %"


def price_text(price: Price | None) -> str | None:
    """Write a price, None where there is none."""
    return None if price is None else plain_price(price)


def tell_margins(checked: tuple[CheckedMargins, ...], config: Config, *, as_json: bool) -> int:
    """Say what is sold below cost or below the guard; the status is 1 where anything is."""
    alarms = [
        (one.cost, row) for one in checked for row in one.report.rows if row.verdict in _ALARMS
    ]
    if as_json:
        say_json(_margins_body(checked, config))
        return EXIT_FAILED if alarms else EXIT_OK
    for cost, row in alarms:
        say(alarm_text(cost, row))
    for one in checked:
        counts = one.report.counts
        below, guarded = counts[Verdict.BELOW_COST], counts[Verdict.BELOW_GUARD]
        unknown, good = counts[Verdict.NO_COST], counts[Verdict.OK]
        texts = (
            ngettext("{count} below cost", "{count} below cost", below),
            ngettext("{count} below the guard", "{count} below the guard", guarded),
            ngettext("{count} without a known cost", "{count} without a known cost", unknown),
            ngettext("{count} in order", "{count} in order", good),
        )
        pair = f"{one.sold} / {one.cost}"
        say(_("{where}: {reason}").format(where=pair, reason=", ".join(texts)))
    return EXIT_FAILED if alarms else EXIT_OK


def alarm_text(cost: str, row: MarginRow) -> str:
    """Say that a prefix is sold too cheaply; `cost` names the carrier's deck, "" none."""
    verdict = _("below cost") if row.verdict is Verdict.BELOW_COST else _("below the guard")
    text = (
        _("{prefix}  {destination}  price {price} (net {net}), cost {cost} at {deck}: {verdict}")
        if cost
        else _("{prefix}  {destination}  price {price} (net {net}), cost {cost}: {verdict}")
    )
    return text.format(
        prefix=row.prefix,
        destination=row.destination,
        price=price_text(row.price) or "-",
        net=price_text(row.net_price) or "-",
        cost=price_text(row.cost) or "-",
        deck=cost,
        verdict=f"{verdict} ({percent_text(row.margin_permille or 0)})",
    )


def _margins_body(checked: tuple[CheckedMargins, ...], config: Config) -> list[dict[str, Any]]:
    return [
        {
            "tariff": one.sold,
            "cost": one.cost,
            "currency": config.currency.code,
            "guard_permille": one.report.guard_permille,
            "counts": {verdict.name.lower(): n for verdict, n in one.report.counts.items()},
            "rows": [margin_body(row) for row in one.report.rows],
        }
        for one in checked
    ]


def margin_body(row: MarginRow) -> dict[str, Any]:
    """Return the margin of a prefix for programs."""
    return {
        "prefix": row.prefix,
        "destination": row.destination,
        "country": row.country,
        "price": price_text(row.price),
        "net_price": price_text(row.net_price),
        "cost": price_text(row.cost),
        "margin_permille": row.margin_permille,
        "verdict": row.verdict.name.lower(),
        "band": row.band,
    }
