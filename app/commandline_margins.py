"""`callshop tariff check`, `markup` and `whatif`: what is earned, and what would be."""

from __future__ import annotations

import argparse
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.commandline_shop import (
    acts_of,
    add_reading,
    deck_at,
    now_us,
    tariff_at,
    write_out,
)
from app.errors import CodedError, UserError
from app.sentences import gettext as _
from app.terminal import (
    EXIT_FAILED,
    EXIT_OK,
    config_of,
    data_option,
    factor_of,
    instant_of,
    json_option,
    local_text,
    price_of,
)

if TYPE_CHECKING:
    from app.config import Config
    from app.domain.markup import Markup
    from app.domain.tariff import Tariff
    from app.tariffs.acts import Acts
    from app.tariffs.jobs import CheckedMargins

_INCREMENTS = re.compile(r"([0-9]{1,5})/([0-9]{1,5})\Z")
_BP = 10_000
_MICRO_BP = 10_000
"""Millionths of a per cent in a basis point."""


def add_questions(acts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the three actions."""
    shop = [data_option(), json_option()]
    check = acts.add_parser("check", parents=shop, help=_("list what is sold below cost"))
    check.add_argument("file", nargs="?", help=_("check this file instead of the shop's tariff"))
    check.add_argument("--cost", metavar="FILE", help=_("a carrier's deck to compare with"))
    check.add_argument("--guard", metavar="PERCENT", help=_("the least margin wanted"))
    check.add_argument("--tariff", default="shop", help=_("this tariff; shop if none is named"))
    add_reading(check)
    check.set_defaults(run=_check)
    markup = acts.add_parser("markup", parents=[data_option()], help=_("make prices of costs"))
    markup.add_argument("file", help=_("a carrier's deck"))
    add_reading(markup)
    markup.add_argument("--factor", default="1", help=_("cost times this"))
    markup.add_argument("--add", default="0", help=_("plus this a minute"))
    markup.add_argument("--step", default="0.01", help=_("rounded up to this"))
    markup.add_argument(
        "--increments", default="", metavar="60/60", help=_("instead of the carrier's")
    )
    markup.add_argument(
        "-o", "--output", default="", metavar="FILE", help=_("standard output where none is named")
    )
    markup.set_defaults(run=_markup)
    trial = acts.add_parser("whatif", parents=shop, help=_("rate past calls by another tariff"))
    trial.add_argument("file", help=_("CSV, TSV, XLSX or XLS"))
    add_reading(trial)
    trial.add_argument("--from", dest="start", metavar="DATE", help=_("the first of last month"))
    trial.add_argument("--to", dest="end", metavar="DATE", help=_("the first of this month"))
    trial.set_defaults(run=_what_if)


def _check(options: argparse.Namespace) -> int:
    from app.commandline_alarms import tell_margins  # noqa: PLC0415

    if options.file:
        return _check_file(options, _guarded(options, config_of(options)))
    with acts_of(options) as (_folder, config, acts):
        guarded = _guarded(options, config)
        found = _margins_of_shop(options, guarded, acts)
    return tell_margins(found, guarded, as_json=options.json)


def _check_file(options: argparse.Namespace, config: Config) -> int:
    """Say what a file holds and, beside a carrier's, what it earns."""
    from app.commandline_alarms import tell_margins  # noqa: PLC0415
    from app.commandline_deck import tell_deck  # noqa: PLC0415
    from app.tariffs.deck_margins import margins_between, tariff_of  # noqa: PLC0415

    deck = deck_at(options, config, options.file)
    status = EXIT_FAILED if deck.refused else EXIT_OK
    if not options.cost:
        tell_deck(deck, as_json=options.json)
        return status
    tell_deck(deck, is_silent=options.json)
    exchange = factor_of(options.exchange_rate, "--exchange-rate")
    sold = tariff_of(deck, config, exchange_ppm=exchange)
    checked = margins_between(sold, _cost_of(options, config), config, now_us())
    return max(status, tell_margins((checked,), config, as_json=options.json))


def _cost_of(options: argparse.Namespace, config: Config) -> Tariff:
    from app.domain.tariff_kinds import Kind  # noqa: PLC0415

    return tariff_at(options, config, options.cost, Kind.COST)


def _margins_of_shop(
    options: argparse.Namespace, config: Config, acts: Acts
) -> tuple[CheckedMargins, ...]:
    if not options.cost:
        return acts.check_margins(options.tariff, config.margin_guard_bp)
    from app.tariffs.deck_margins import margins_between  # noqa: PLC0415

    now = now_us()
    row, sold = acts.held.in_force(options.tariff, now)
    if row is None:
        raise UserError("tariff_unknown", tariff=options.tariff)
    return (margins_between(sold, _cost_of(options, config), config, now),)


def _guarded(options: argparse.Namespace, config: Config) -> Config:
    """Return the settings with the guard that the command names, a percentage."""
    if options.guard is None:
        return config
    guard_bp = price_of(options.guard, "--guard").micro // _MICRO_BP
    if guard_bp >= _BP:
        raise CodedError("bad_number", name="--guard", value=options.guard)
    return replace(config, margin_guard_bp=guard_bp)


def _markup(options: argparse.Namespace) -> int:
    from app.commandline_deck import tell_left_out  # noqa: PLC0415
    from app.decks.export import write_deck  # noqa: PLC0415
    from app.domain.markup import marked_up  # noqa: PLC0415
    from app.domain.tariff import TariffError, TaxMode, fault_of, rates_of  # noqa: PLC0415
    from app.tariffs.proposal import in_currency  # noqa: PLC0415

    config = config_of(options)
    markup = _markup_of(options)
    exchange = factor_of(options.exchange_rate, "--exchange-rate")
    deck = in_currency(deck_at(options, config, options.file), exchange, config.currency.code)
    tell_left_out(deck)
    tax_bp = config.rules.tax_rate_bp if config.rules.tax_mode is TaxMode.INCLUDED else 0
    entries = marked_up(deck.entries, (), markup, tax_rate_bp=tax_bp)
    for rate in rates_of(entries):
        fault = fault_of(rate)
        if fault:
            raise TariffError(fault, rate.destination)
    write_out(write_deck(entries, zone=config.zone), options.output)
    return EXIT_FAILED if deck.refused else EXIT_OK


def _markup_of(options: argparse.Namespace) -> Markup:
    from app.domain.markup import Markup  # noqa: PLC0415

    first, following = _increments(options.increments)
    step = price_of(options.step, "--step")
    if not step:
        raise CodedError("bad_number", name="--step", value=options.step)
    return Markup(
        factor_of(options.factor, "--factor"),
        price_of(options.add, "--add"),
        step,
        first_increment=first,
        next_increment=following,
    )


def _increments(text: str) -> tuple[int | None, int | None]:
    """Read `60/60`; nothing leaves the carrier's own. Raises `CodedError` `bad_number`."""
    from app.domain.tariff import INCREMENT_MAX  # noqa: PLC0415

    if not text:
        return None, None
    found = _INCREMENTS.match(text)
    first, following = (int(found[1]), int(found[2])) if found else (0, 0)
    if not (1 <= first <= INCREMENT_MAX and 1 <= following <= INCREMENT_MAX):
        raise CodedError("bad_number", name="--increments", value=text)
    return first, following


def _what_if(options: argparse.Namespace) -> int:
    from app.commandline_proposal import tell_what_if  # noqa: PLC0415

    with acts_of(options) as (_folder, config, acts):
        now = now_us()
        this_month = date.fromisoformat(local_text(now, config.zone)[:10]).replace(day=1)
        last_month = (this_month - timedelta(days=1)).replace(day=1)
        start = instant_of(options.start or last_month.isoformat(), config.zone)
        end = instant_of(options.end or this_month.isoformat(), config.zone)
        tariff = tariff_at(options, config, options.file)
        found = acts.what_if(tariff, now, start, end)
    tell_what_if(found, config, as_json=options.json)
    return EXIT_OK
