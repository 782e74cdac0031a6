"""`callshop tariff …`: import, compare, list, undo and export the tariffs of a shop."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from app.commandline_margins import add_questions
from app.commandline_shop import acts_of, add_reading, deck_at, locked, now_us, write_out
from app.errors import CodedError, UserError
from app.sentences import gettext as _
from app.sentences import ngettext
from app.terminal import (
    EXIT_FAILED,
    EXIT_OK,
    clock_text,
    complain,
    config_of,
    data_option,
    factor_of,
    instant_of,
    json_option,
    local_text,
    say,
    say_json,
)

if TYPE_CHECKING:
    from app.config import Config
    from app.tariffs.acts import Acts
    from app.tariffs.jobs import DraftReady
    from app.tariffs.proposal import Losses, Proposal

_PATIENCE_US = 60_000_000
"""`--from` may be a minute ago: the clock went on while somebody was typing."""


def add_tariff(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its actions."""
    tariff = commands.add_parser("tariff", help=_("import, compare, check and export prices"))
    acts = tariff.add_subparsers(title=_("actions"), metavar=_("action"), required=True)
    _add_changes(acts)
    _add_versions(acts)
    add_questions(acts)


def _add_changes(acts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    shop = [data_option(), json_option()]
    take = acts.add_parser("import", parents=shop, help=_("make a file a tariff of the shop"))
    source = take.add_mutually_exclusive_group(required=True)
    source.add_argument("file", nargs="?", help=_("CSV, TSV, XLSX or XLS"))
    source.add_argument("--sample", action="store_true", help=_("the sample with made-up prices"))
    _add_target(take)
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
    diff.add_argument("file", help=_("CSV, TSV, XLSX or XLS"))
    diff.add_argument("other", nargs="?", help=_("compare with this file, not with the shop"))
    _add_target(diff)
    diff.set_defaults(run=_diff)


def _add_target(parser: argparse.ArgumentParser) -> None:
    add_reading(parser)
    parser.add_argument("--tariff", default="shop", help=_("shop, or the name of another tariff"))
    parser.add_argument(
        "--cost", action="store_true", help=_("what a carrier asks, not our prices")
    )
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument(
        "--full", action="store_true", help=_("what the file does not name is dropped")
    )
    mode.add_argument("--changes", action="store_true", help=_("what the file does not name stays"))


def _add_versions(acts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    shop = [data_option(), json_option()]
    export = acts.add_parser("export", parents=[data_option()], help=_("write a tariff as CSV"))
    export.add_argument("file", nargs="?", help=_("standard output where none is named"))
    export.add_argument("--tariff", default="shop", help=_("this tariff; shop if none is named"))
    export.add_argument("--version", type=int, default=0, help=_("a version by its number"))
    export.set_defaults(run=_export)
    undo = acts.add_parser("undo", parents=shop, help=_("take the last import back"))
    undo.add_argument("--tariff", default="shop", help=_("this tariff; shop if none is named"))
    undo.set_defaults(run=_undo)
    listing = acts.add_parser("list", parents=shop, help=_("list the versions of every tariff"))
    listing.set_defaults(run=_list)


def _proposal(
    options: argparse.Namespace, config: Config, acts: Acts, path: str, starts_at: int | None
) -> Proposal:
    from app.domain.tariff_kinds import Kind  # noqa: PLC0415
    from app.tariffs.proposal import Wish  # noqa: PLC0415

    now = now_us()
    at = now if starts_at is None else starts_at
    if at < now - _PATIENCE_US:
        raise UserError("tariff_in_the_past")
    row = acts.held.in_force_row(options.tariff, at)
    if row is not None and not (options.full or options.changes):
        raise UserError("tariff_mode_missing")
    kind = Kind.COST if options.cost else Kind.SELL
    exchange = factor_of(options.exchange_rate, "--exchange-rate")
    wish = Wish(options.tariff, kind, at, not options.changes, exchange)
    return acts.propose(deck_at(options, config, path), wish)


def _import(options: argparse.Namespace) -> int:
    from app.commandline_proposal import tell  # noqa: PLC0415
    from app.sample_tariff import sample_path  # noqa: PLC0415

    with acts_of(options) as (folder, config, acts):
        path = str(sample_path(config.receipt_language)) if options.sample else options.file
        starts_at = instant_of(options.starts, config.zone) if options.starts else None
        proposal = _proposal(options, config, acts, path, starts_at)
        if options.dry_run:
            tell(proposal, config, as_json=options.json)
            return EXIT_FAILED if proposal.deck.refused else EXIT_OK
        left_out = frozenset() if options.accept_doubtful else proposal.doubtful
        if not options.json:
            tell(proposal, config, as_json=False, is_short=True)
        _check_agreed(options, proposal, left_out)
        # Nothing may be kept of a database that the lock is about to make.
        acts.close()
        with locked(folder):
            ready = acts.accept(proposal, left_out, config.operator)
            acts.make_ready(ready)
        if options.json:
            tell(proposal, config, as_json=True, version=ready.version)
        else:
            _say_taken(ready, config)
        _say_hidden(acts, ready, config, options.tariff)
    return EXIT_OK


def _check_agreed(
    options: argparse.Namespace, proposal: Proposal, left_out: frozenset[int]
) -> None:
    """Refuse what nobody has agreed to, showing the rows: `CodedError`."""
    from app.commandline_proposal import tell_losses, tell_rows  # noqa: PLC0415

    if proposal.deck.refused and not options.skip_bad:
        raise CodedError("tariff_has_bad_rows", count=len(proposal.deck.refused))
    if left_out and not options.skip_bad:
        tell_rows(row for row in proposal.rows if row.number in left_out)
        raise CodedError("tariff_has_doubtful_rows", count=len(left_out))
    tell_losses(proposal, left_out)
    # What a carrier asks is a fact that is better known than not: it is said, not refused.
    if not (options.accept_losses or options.cost):
        _check_losses(proposal.losses(left_out), is_full=proposal.wish.is_full)


def _check_losses(losses: Losses, *, is_full: bool) -> None:
    """Refuse losses that the file makes, or keeps where it is the whole tariff: `CodedError`."""
    if losses.changed or (losses.already and is_full):
        raise CodedError("tariff_has_losses", count=losses.all, **losses._asdict())
    if losses.already:
        complain(
            ngettext(
                "{count} prefix is sold below cost already; this file does not change it.",
                "{count} prefixes are sold below cost already; this file does not change them.",
                losses.already,
            )
        )


def _say_taken(ready: DraftReady, config: Config) -> None:
    count = len(ready.tariff.entries)
    if ready.is_from_now:
        say(ngettext("{count} prefix in force", "{count} prefixes in force", count))
        return
    taken = ngettext("{count} prefix", "{count} prefixes", count)
    date = clock_text(ready.starts_at, config.zone)
    say(_("{taken} in force from {date}").format(taken=taken, date=date))


def _say_hidden(acts: Acts, ready: DraftReady, config: Config, tariff: str) -> None:
    """Warn where another version that was taken earlier will follow."""
    for row in acts.held.following(tariff, ready):
        date = clock_text(row.starts_at or 0, config.zone)
        text = _("From {date} {file} (version {version}) will hold, as it was imported before.")
        complain(text.format(date=date, file=row.name, version=row.key))


def _diff(options: argparse.Namespace) -> int:
    from app.commandline_proposal import tell  # noqa: PLC0415

    if options.other:
        return _diff_files(options)
    with acts_of(options) as (_folder, config, acts):
        tell(_proposal(options, config, acts, options.file, None), config, as_json=options.json)
    return EXIT_OK


def _diff_files(options: argparse.Namespace) -> int:
    from app.commandline_deck import tell_left_out  # noqa: PLC0415
    from app.commandline_proposal import tell  # noqa: PLC0415
    from app.domain.tariff_kinds import Kind  # noqa: PLC0415
    from app.tariffs.deck_margins import tariff_of  # noqa: PLC0415
    from app.tariffs.proposal import Other, Wish, propose  # noqa: PLC0415

    config = config_of(options)
    exchange = factor_of(options.exchange_rate, "--exchange-rate")
    old = deck_at(options, config, options.file)
    tell_left_out(old)
    held = tariff_of(old, config, exchange_ppm=exchange)
    wish = Wish(options.tariff, Kind.SELL, now_us(), not options.changes, exchange)
    proposal = propose(deck_at(options, config, options.other), wish, held, config, Other())
    tell(proposal, config, as_json=options.json)
    return EXIT_OK


def _export(options: argparse.Namespace) -> int:
    with acts_of(options) as (_folder, _config, acts):
        version = options.version
        if not version:
            row = acts.held.in_force_row(options.tariff, now_us())
            if row is None:
                raise UserError("tariff_unknown", tariff=options.tariff)
            version = row.key
        text = acts.export_text(version)
    write_out(text, options.file or "")
    return EXIT_OK


def _undo(options: argparse.Namespace) -> int:
    with acts_of(options) as (folder, config, acts):
        # A shop without any database has nothing to take back, and gets none by asking.
        if not acts.held.all_versions():
            raise UserError("tariff_unknown", tariff=options.tariff)
        with locked(folder):
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
            since = clock_text(held.starts_at or 0, config.zone)
            say(_("{file} is in force (since {date}).").format(file=held.name, date=since))
    return EXIT_OK


def _list(options: argparse.Namespace) -> int:
    with acts_of(options) as (_folder, config, acts):
        versions = acts.held.all_versions()
        now = now_us()
        held = {acts.held.in_force_row(name, now) for name in {row.tariff for row in versions}}
    in_force = {row.key for row in held if row is not None}
    if options.json:
        say_json(
            [
                {
                    "version": row.key,
                    "tariff": row.tariff,
                    "kind": row.kind.name.lower(),
                    "state": row.state.name.lower(),
                    "in_force": row.key in in_force,
                    "starts_at": local_text(row.starts_at or 0, config.zone),
                    "prefixes": row.prefixes,
                    "file": row.name,
                }
                for row in versions
            ]
        )
        return EXIT_OK
    from app.commandline_proposal import version_line  # noqa: PLC0415

    if not versions:
        say(_("The shop has no tariff."))
    for row in versions:
        say(version_line(row, config.zone, is_in_force=row.key in in_force))
    return EXIT_OK
