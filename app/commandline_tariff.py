"""`callshop tariff …`: import, export, compare, undo, check margins, mark up, try out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from app import sentences
from app.errors import CodedError, UserError
from app.sentences import gettext as _
from app.sentences import ngettext
from app.terminal import (
    EXIT_FAILED,
    EXIT_OK,
    data_option,
    factor_of,
    instant_of,
    json_option,
    local_text,
    price_of,
    say,
    say_json,
    shop_of,
)

if TYPE_CHECKING:
    from app.config import Config
    from app.decks.deck import Deck
    from app.tariffs.acts import Acts
    from app.tariffs.jobs import CheckedMargins
    from app.tariffs.proposal import Proposal

_BP = 10_000
_MICRO_BP = 10_000
"""Millionths of a per cent in a basis point."""


def add_tariff(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its actions."""
    tariff = commands.add_parser("tariff", help=_("import, compare, check and export prices"))
    acts = tariff.add_subparsers(title=_("actions"), metavar=_("action"), required=True)
    shop = [data_option(), json_option()]
    take = acts.add_parser("import", parents=shop, help=_("make a file a tariff of the shop"))
    source = take.add_mutually_exclusive_group(required=True)
    source.add_argument("file", nargs="?", help=_("CSV, TSV, XLSX or XLS"))
    source.add_argument("--sample", action="store_true", help=_("the sample with made-up prices"))
    _add_reading(take)
    take.add_argument(
        "--dry-run", action="store_true", help=_("say what would change, write nothing")
    )
    take.add_argument("--from", dest="starts", metavar="DATE", help=_("in force from this date"))
    take.add_argument("--skip-bad", action="store_true", help=_("leave bad and doubtful rows out"))
    take.add_argument("--accept-doubtful", action="store_true", help=_("take doubtful rows too"))
    take.add_argument(
        "--accept-losses", action="store_true", help=_("also where a price is below cost")
    )
    take.set_defaults(run=_import)
    diff = acts.add_parser("diff", parents=shop, help=_("say what a file would change"))
    diff.add_argument("file")
    diff.add_argument("other", nargs="?", help=_("compare with this file, not with the shop"))
    _add_reading(diff)
    diff.set_defaults(run=_diff)
    _add_questions(acts)


def _add_questions(acts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    shop = [data_option(), json_option()]
    export = acts.add_parser("export", parents=[data_option()], help=_("write a tariff as CSV"))
    export.add_argument("file", nargs="?", help=_("standard output where none is named"))
    export.add_argument("--tariff", default="shop")
    export.add_argument("--version", type=int, default=0, help=_("a version by its number"))
    export.set_defaults(run=_export)
    undo = acts.add_parser("undo", parents=shop, help=_("take the last import back"))
    undo.add_argument("--tariff", default="shop")
    undo.set_defaults(run=_undo)
    listing = acts.add_parser("list", parents=shop, help=_("list the versions of every tariff"))
    listing.set_defaults(run=_list)
    check = acts.add_parser("check", parents=shop, help=_("list what is sold below cost"))
    check.add_argument("file", nargs="?", help=_("check this file instead of the shop's tariff"))
    check.add_argument("--cost", metavar="FILE", help=_("a carrier's deck to compare with"))
    check.add_argument("--guard", metavar="PERCENT", help=_("the least margin wanted"))
    check.add_argument("--tariff", default="shop")
    check.add_argument("--template", default="")
    check.set_defaults(run=_check)
    markup = acts.add_parser("markup", parents=[data_option()], help=_("make prices of costs"))
    markup.add_argument("file", help=_("a carrier's deck"))
    markup.add_argument("--template", default="")
    markup.add_argument("--factor", default="1", help=_("cost times this"))
    markup.add_argument("--add", default="0", help=_("plus this a minute"))
    markup.add_argument("--step", default="0.01", help=_("rounded up to this"))
    markup.add_argument("--increments", default="", metavar="60/60")
    markup.add_argument("-o", "--output", default="", metavar="FILE")
    markup.set_defaults(run=_markup)
    trial = acts.add_parser("whatif", parents=shop, help=_("rate past calls by another tariff"))
    trial.add_argument("file")
    trial.add_argument("--template", default="")
    trial.add_argument("--from", dest="start", metavar="DATE", help=_("the first of last month"))
    trial.add_argument("--to", dest="end", metavar="DATE", help=_("the first of this month"))
    trial.set_defaults(run=_what_if)


def _add_reading(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--template", default="", help=_("how the file is to be read"))
    parser.add_argument("--tariff", default="shop", help=_("shop, or the name of another tariff"))
    parser.add_argument(
        "--cost", action="store_true", help=_("what a carrier asks, not our prices")
    )
    parser.add_argument(
        "--exchange-rate", default="1", help=_("one unit of the file in the shop's")
    )
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument(
        "--full", action="store_true", help=_("what the file does not name is dropped")
    )
    mode.add_argument("--changes", action="store_true", help=_("what the file does not name stays"))


@contextmanager
def _acts(options: argparse.Namespace) -> Iterator[tuple[Path, Config, Acts]]:
    from app.clock import SystemClock  # noqa: PLC0415
    from app.store.db import DATABASE_FILE, open_writer  # noqa: PLC0415
    from app.tariffs.acts import Acts  # noqa: PLC0415

    folder, config = shop_of(options)
    if not (folder / DATABASE_FILE).exists():
        with _locked(folder):
            open_writer(folder).dispose()
    acts = Acts(folder, config, SystemClock())
    try:
        yield folder, config, acts
    finally:
        acts.close()


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder; refuse while a counter is open on it."""
    from app.store.db import folder_lock, open_writer  # noqa: PLC0415

    with ExitStack() as stack:
        try:
            stack.enter_context(folder_lock(folder))
        except OSError as error:
            raise sentences.folder_not_writable(folder, error) from error
        open_writer(folder).dispose()
        yield


def _deck(options: argparse.Namespace, config: Config, path: str) -> Deck:
    from app.decks.read import read_deck  # noqa: PLC0415
    from app.decks.templates import template_named  # noqa: PLC0415
    from app.terminal import folder_of  # noqa: PLC0415

    template = template_named(folder_of(options), options.template) if options.template else None
    return read_deck(Path(path), template=template, zone=config.zone)


def _proposal(
    options: argparse.Namespace, config: Config, acts: Acts, path: str, starts_at: int | None
) -> Proposal:
    from app.clock import SystemClock  # noqa: PLC0415
    from app.domain.tariff_kinds import Kind  # noqa: PLC0415
    from app.tariffs.proposal import Wish  # noqa: PLC0415

    now = SystemClock().now_us()
    at = now if starts_at is None else starts_at
    if at < now - 60_000_000:
        raise UserError("tariff_in_the_past")
    row, _held = acts.in_force(options.tariff, at)
    if row is not None and not (options.full or options.changes):
        raise UserError("tariff_mode_missing")
    kind = Kind.COST if options.cost else Kind.SELL
    exchange = factor_of(options.exchange_rate, "--exchange-rate")
    wish = Wish(options.tariff, kind, at, not options.changes, exchange)
    return acts.propose(_deck(options, config, path), wish)


def _import(options: argparse.Namespace) -> int:
    from app.commandline_proposal import losses_of, tell  # noqa: PLC0415
    from app.sample_tariff import sample_path  # noqa: PLC0415

    with _acts(options) as (folder, config, acts):
        path = str(sample_path(config.receipt_language)) if options.sample else options.file
        starts_at = instant_of(options.starts, config.zone) if options.starts else None
        proposal = _proposal(options, config, acts, path, starts_at)
        if options.dry_run:
            tell(proposal, config, as_json=options.json)
            return EXIT_FAILED if proposal.deck.refused else EXIT_OK
        left_out = frozenset() if options.accept_doubtful else proposal.doubtful
        if not options.json:
            tell(proposal, config, as_json=False, is_short=True)
        if proposal.deck.refused and not options.skip_bad:
            raise CodedError("tariff_has_bad_rows", count=len(proposal.deck.refused))
        if left_out and not options.skip_bad:
            raise CodedError("tariff_has_doubtful_rows", count=len(left_out))
        losses = losses_of(proposal)
        if losses and not options.accept_losses:
            raise CodedError("tariff_has_losses", count=losses)
        with _locked(folder):
            ready = acts.accept(proposal, left_out, config.operator)
            acts.make_ready(ready)
        if options.json:
            tell(proposal, config, as_json=True, version=ready.version)
        else:
            count = len(ready.tariff.entries)
            say(ngettext("{count} prefix in force", "{count} prefixes in force", count))
            if not ready.is_from_now:
                say(_("from {date}").format(date=local_text(ready.starts_at, config.zone)))
    return EXIT_OK


def _diff(options: argparse.Namespace) -> int:
    from app.commandline_proposal import tell  # noqa: PLC0415
    from app.domain.tariff import Tariff  # noqa: PLC0415
    from app.domain.tariff_kinds import Kind  # noqa: PLC0415
    from app.tariffs.proposal import Other, Wish, propose  # noqa: PLC0415
    from app.terminal import config_of  # noqa: PLC0415

    if not options.other:
        with _acts(options) as (_folder, config, acts):
            tell(_proposal(options, config, acts, options.file, None), config, as_json=options.json)
        return EXIT_OK
    from app.clock import SystemClock  # noqa: PLC0415

    config = config_of(options)
    old = _deck(options, config, options.file)
    held = Tariff(old.name, old.entries, currency=config.currency, rules=config.rules)
    exchange = factor_of(options.exchange_rate, "--exchange-rate")
    now = SystemClock().now_us()
    wish = Wish(options.tariff, Kind.SELL, now, not options.changes, exchange)
    proposal = propose(_deck(options, config, options.other), wish, held, config, Other())
    tell(proposal, config, as_json=options.json)
    return EXIT_OK


def _export(options: argparse.Namespace) -> int:
    from app.clock import SystemClock  # noqa: PLC0415

    with _acts(options) as (_folder, _config, acts):
        version = options.version
        if not version:
            row, _held = acts.in_force(options.tariff, SystemClock().now_us())
            if row is None:
                raise UserError("tariff_unknown", tariff=options.tariff)
            version = row.key
        text = acts.export_text(version)
    if options.file:
        from app.tariffs.files import write_text  # noqa: PLC0415

        write_text(Path(options.file), text)
    else:
        sys.stdout.write(text)
    return EXIT_OK


def _undo(options: argparse.Namespace) -> int:
    with _acts(options) as (folder, config, acts):
        with _locked(folder):
            undone, held = acts.undo_last(options.tariff)
        if options.json:
            body = {
                "undone": undone.key,
                "file": undone.name,
                "in_force": held.key if held else None,
            }
            say_json(body)
            return EXIT_OK
        say(_("{file} was taken back.").format(file=undone.name))
        if held is None:
            say(_("No tariff is in force now."))
        else:
            since = local_text(held.starts_at or 0, config.zone)
            say(_("{file} is in force again (from {date}).").format(file=held.name, date=since))
    return EXIT_OK


def _list(options: argparse.Namespace) -> int:
    from app.clock import SystemClock  # noqa: PLC0415

    with _acts(options) as (_folder, config, acts):
        now = SystemClock().now_us()
        rows = []
        for row in acts.all_versions():
            held, _tariff = acts.in_force_row(row.tariff, now), None
            rows.append(
                {
                    "version": row.key,
                    "tariff": row.tariff,
                    "kind": row.kind.name.lower(),
                    "state": row.state.name.lower(),
                    "in_force": held is not None and held.key == row.key,
                    "starts_at": local_text(row.starts_at or 0, config.zone),
                    "prefixes": row.prefixes,
                    "file": row.name,
                }
            )
    if options.json:
        say_json(rows)
        return EXIT_OK
    for body in rows:
        mark = "*" if body["in_force"] else "-" if body["state"] == "undone" else " "
        say(
            f"{mark} {body['version']:>5} {body['tariff']:<12} {body['kind']:<5}"
            f" {body['starts_at']:<22} {body['prefixes']:>8} {body['file']}"
        )
    return EXIT_OK


def _check(options: argparse.Namespace) -> int:
    from app.commandline_proposal import tell_deck, tell_margins  # noqa: PLC0415
    from app.terminal import config_of  # noqa: PLC0415

    if not options.file:
        with _acts(options) as (_folder, config, acts):
            found = _margins_of_shop(options, _guarded(options, config), acts)
        return tell_margins(found, config, as_json=options.json)
    config = _guarded(options, config_of(options))
    deck = _deck(options, config, options.file)
    checked: tuple[CheckedMargins, ...] = ()
    if options.cost:
        from app.clock import SystemClock  # noqa: PLC0415
        from app.tariffs.deck_margins import margins_between  # noqa: PLC0415

        costs = replace(_deck(options, config, options.cost), name=options.cost)
        checked = (margins_between(deck, costs, config, SystemClock().now_us()),)
    if not options.json:
        tell_deck(deck)
    elif not checked:
        tell_deck(deck, as_json=True)
    status = EXIT_FAILED if deck.refused else EXIT_OK
    if checked:
        status = max(status, tell_margins(checked, config, as_json=options.json))
    return status


def _margins_of_shop(
    options: argparse.Namespace, config: Config, acts: Acts
) -> tuple[CheckedMargins, ...]:
    guard = config.margin_guard_bp
    if not options.cost:
        return acts.check_margins(options.tariff, guard)
    from app.clock import SystemClock  # noqa: PLC0415
    from app.decks.deck import Deck  # noqa: PLC0415
    from app.tariffs.deck_margins import margins_between  # noqa: PLC0415

    now = SystemClock().now_us()
    row, sold = acts.in_force(options.tariff, now)
    if row is None:
        raise UserError("tariff_unknown", tariff=options.tariff)
    deck = Deck(row.name, sold.entries, (0,) * len(sold.entries))
    costs = replace(_deck(options, config, options.cost), name=options.cost)
    return (margins_between(deck, costs, config, now),)


def _guarded(options: argparse.Namespace, config: Config) -> Config:
    """Return the settings with the guard that the command names, a percentage."""
    if options.guard is None:
        return config
    guard_bp = price_of(options.guard, "--guard").micro // _MICRO_BP
    if guard_bp >= _BP:
        raise CodedError("bad_number", name="--guard", value=options.guard)
    return replace(config, margin_guard_bp=guard_bp)


def _markup(options: argparse.Namespace) -> int:
    from app.decks.export import write_deck  # noqa: PLC0415
    from app.domain.markup import Markup, marked_up  # noqa: PLC0415
    from app.domain.tariff import TaxMode  # noqa: PLC0415
    from app.terminal import config_of  # noqa: PLC0415

    config = config_of(options)
    deck = _deck(options, config, options.file)
    first, _slash, following = options.increments.partition("/")
    if options.increments and not (first.isdigit() and following.isdigit()):
        raise CodedError("bad_number", name="--increments", value=options.increments)
    step = price_of(options.step, "--step")
    if not step:
        raise CodedError("bad_number", name="--step", value=options.step)
    markup = Markup(
        factor_of(options.factor, "--factor"),
        price_of(options.add, "--add"),
        step,
        first_increment=int(first) if first else None,
        next_increment=int(following) if following else None,
    )
    tax_bp = config.rules.tax_rate_bp if config.rules.tax_mode is TaxMode.INCLUDED else 0
    entries = marked_up(deck.entries, (), markup, tax_rate_bp=tax_bp)
    text = write_deck(entries, zone=config.zone)
    if options.output:
        from app.tariffs.files import write_text  # noqa: PLC0415

        write_text(Path(options.output), text)
    else:
        sys.stdout.write(text)
    return EXIT_OK


def _what_if(options: argparse.Namespace) -> int:
    from app.clock import SystemClock  # noqa: PLC0415
    from app.commandline_proposal import tell_what_if  # noqa: PLC0415
    from app.domain.tariff import Tariff  # noqa: PLC0415

    with _acts(options) as (_folder, config, acts):
        now = SystemClock().now_us()
        this_month = date.fromisoformat(local_text(now, config.zone)[:10]).replace(day=1)
        last_month = (this_month - timedelta(days=1)).replace(day=1)
        start = instant_of(options.start or last_month.isoformat(), config.zone)
        end = instant_of(options.end or this_month.isoformat(), config.zone)
        deck = _deck(options, config, options.file)
        tariff = Tariff(deck.name, deck.entries, currency=config.currency, rules=config.rules)
        found = acts.what_if(tariff, now, start, end)
        tell_what_if(found, config, as_json=options.json)
    return EXIT_OK
