"""What the command line says of a deck, a proposal, margins and a trial: as text or as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app import deck_sentences
from app.commandline_alarms import (
    alarm_text,
    margin_body,
    percent_text,
    price_text,
)
from app.commandline_deck import notes_body, refused_body, tell_left_out
from app.commandline_terms import RowDetails
from app.config import Config
from app.domain.money import Price, plain, plain_price
from app.domain.tariff_diff import Change, Mark
from app.domain.tariff_kinds import Kind
from app.sentences import gettext as _
from app.sentences import ngettext
from app.store.tariffs import VersionRow, VersionState
from app.tariffs.proposal import Losses, Proposal, ProposalRow
from app.tariffs.what_if import WhatIf, WhatIfRow
from app.terminal import clock_text, complain, local_text, say, say_json

_SIGNS = {
    Change.NEW: "+",
    Change.DROPPED: "-",
    Change.DEARER: ">",
    Change.CHEAPER: "<",
    Change.CHANGED: "~",
    Change.SAME: "=",
}
_ROWS_SHOWN = 20
_LEAST_PERMILLE = -100_000


def losses_of(proposal: Proposal, left_out: frozenset[int] = frozenset()) -> Losses:
    """Return how many prefixes would be sold below cost; by a carrier's deck all that it names."""
    if proposal.wish.kind is Kind.COST:
        return Losses(proposal.diff.marks[Mark.BELOW_COST], 0)
    return proposal.losses(left_out)


def tell_losses(proposal: Proposal, left_out: frozenset[int]) -> None:
    """Name every row taken that is below cost, then every prefix that is so already (errors)."""
    for row in proposal.rows:
        if Mark.BELOW_COST in row.marks and row.number not in left_out:
            complain(_row_text(row))
    for lost in proposal.lost_already(left_out):
        complain(alarm_text("", lost))


def tell_rows(rows: Iterable[ProposalRow]) -> None:
    """Show rows that somebody must agree to, the first of them, on standard error."""
    shown = list(rows)
    for row in shown[:_ROWS_SHOWN]:
        complain(_row_text(row))
    more = len(shown) - _ROWS_SHOWN
    if more > 0:
        complain(ngettext("… and {count} more row", "… and {count} more rows", more))


def version_line(row: VersionRow, zone: str, *, is_in_force: bool) -> str:
    """Return a version of a tariff as a line of the list."""
    if row.state is VersionState.UNDONE:
        state = _("taken back")
    elif is_in_force:
        state = _("in force")
    else:
        state = ""
    kind = _("costs") if row.kind is Kind.COST else _("prices")
    since = clock_text(row.starts_at or 0, zone)
    return (
        f"{row.key:>5}  {row.tariff:<12} {kind:<8} {since}  {row.prefixes:>8}  {row.name}"
        f"{f'  [{state}]' if state else ''}"
    )


def tell(
    proposal: Proposal,
    config: Config,
    *,
    as_json: bool,
    is_short: bool = False,
    version: int | None = None,
) -> None:
    """Say what would change (or has changed), row by row unless `is_short`."""
    if as_json:
        say_json(_proposal_body(proposal, config, version))
        return
    tell_left_out(proposal.deck)
    if not is_short:
        details = RowDetails(proposal, config.zone)
        for row in proposal.rows:
            say(_row_text(row, details))
        for lost in proposal.lost_already():
            say(alarm_text("", lost))
    say(_counts_text(proposal))


def _counts_text(proposal: Proposal) -> str:
    counts = proposal.diff.counts
    texts = [
        ngettext("{count} new", "{count} new", counts[Change.NEW]),
        ngettext("{count} dropped", "{count} dropped", counts[Change.DROPPED]),
        ngettext("{count} dearer", "{count} dearer", counts[Change.DEARER]),
        ngettext("{count} cheaper", "{count} cheaper", counts[Change.CHEAPER]),
        ngettext("{count} on other terms", "{count} on other terms", counts[Change.CHANGED]),
        ngettext("{count} unchanged", "{count} unchanged", counts[Change.SAME]),
        ngettext("{count} refused", "{count} refused", len(proposal.deck.refused)),
    ]
    losses = losses_of(proposal)
    if losses.changed:
        texts.append(ngettext("{count} below cost", "{count} below cost", losses.changed))
    if losses.already:
        texts.append(
            ngettext("{count} below cost already", "{count} below cost already", losses.already)
        )
    return ", ".join(texts)


def _row_text(row: ProposalRow, details: RowDetails | None = None) -> str:
    old = plain_price(row.old.price_per_minute) if row.old is not None else "-"
    new = plain_price(row.new.price_per_minute) if row.new is not None else "-"
    text = f"{_SIGNS[row.change]} {','.join(row.prefixes)}  {row.destination}  {old} → {new}"
    if row.permille is not None and row.permille:
        text += f"  ({percent_text(row.permille, sign=True)})"
    marks = [
        deck_sentences.of_mark(mark.name, is_new=row.old is None)
        for mark in sorted(row.marks, key=lambda one: one.name)
    ]
    # A price of nothing has no margin worth a figure.
    if row.margin_permille is not None and row.margin_permille > _LEAST_PERMILLE:
        marks.append(_("margin {percent}").format(percent=percent_text(row.margin_permille)))
    if row.suggested is not None:
        marks.append(_("proposed {price}").format(price=plain_price(row.suggested)))
    if details is not None:
        changes = ", ".join(details.texts(row))
        text += f"  {changes}" if changes else ""
        longer = details.longer_open(row)
        if longer:
            marks.append(
                ngettext(
                    "{count} longer prefix stays open", "{count} longer prefixes stay open", longer
                )
            )
    return f"{text}  [{', '.join(marks)}]" if marks else text


def _proposal_body(proposal: Proposal, config: Config, version: int | None) -> dict[str, Any]:
    layout = proposal.deck.layout
    details = RowDetails(proposal, config.zone)
    return {
        "file": proposal.deck.name,
        "tariff": proposal.wish.tariff,
        "kind": proposal.wish.kind.name.lower(),
        "mode": "full" if proposal.wish.is_full else "changes",
        "starts_at": local_text(proposal.wish.at, config.zone),
        "version": version,
        "layout": {
            "kind": layout.kind,
            "delimiter": layout.delimiter,
            "encoding": layout.encoding,
            "header_line": layout.header_line,
            "columns": dict(layout.columns),
            "decimal": layout.decimal,
            "date_order": layout.date_order,
        },
        "counts": {change.name.lower(): count for change, count in proposal.diff.counts.items()},
        "marks": {mark.name.lower(): count for mark, count in proposal.diff.marks.items()},
        "losses": losses_of(proposal)._asdict(),
        "lost_already": [margin_body(row) for row in proposal.lost_already()],
        "rows": [_row_body(row) | details.body(row) for row in proposal.rows],
        "refused": [refused_body(row) for row in proposal.deck.refused],
        "notes": notes_body(proposal.deck),
        "repeated": list(proposal.deck.repeated),
        "ignored_columns": list(proposal.deck.ignored),
    }


def _row_body(row: ProposalRow) -> dict[str, Any]:
    return {
        "line": row.line,
        "prefixes": list(row.prefixes),
        "destination": row.destination,
        "country": row.country,
        "change": row.change.name.lower(),
        "old_price": price_text(row.old.price_per_minute if row.old else None),
        "new_price": price_text(row.new.price_per_minute if row.new else None),
        "difference_permille": row.permille,
        "terms": list(row.terms),
        "marks": sorted(mark.name.lower() for mark in row.marks),
        "margin_permille": row.margin_permille,
        "proposed_price": price_text(row.suggested),
    }


def tell_what_if(found: WhatIf, config: Config, *, as_json: bool) -> None:
    """Say what calls would have brought."""
    if as_json:
        say_json(
            {
                "from": local_text(found.start, config.zone),
                "to": local_text(found.end, config.zone),
                "currency": config.currency.code,
                "total": _what_if_body(found.total, config),
                "unpriced_calls": found.unpriced,
                "rows": [_what_if_body(row, config) for row in found.rows],
            }
        )
        return
    for row in (*found.rows, found.total):
        name = row.destination or _("in all")
        calls = ngettext("{count} call", "{count} calls", row.calls)
        before, after = plain(row.before, config.currency), plain(row.after, config.currency)
        sums = f"{calls}, {before} → {after} ({plain(row.difference, config.currency)})"
        say(_("{where}: {reason}").format(where=name, reason=sums))
    if found.unpriced:
        say(ngettext("{count} call has no price", "{count} calls have no price", found.unpriced))


def _what_if_body(row: WhatIfRow, config: Config) -> dict[str, Any]:
    return {
        "destination": row.destination,
        "calls": row.calls,
        "talked_seconds": row.seconds,
        "before": plain(row.before, config.currency),
        "after": plain(row.after, config.currency),
        "difference": plain(row.difference, config.currency),
        "cost": None if row.cost_micro is None else plain_price(Price(row.cost_micro)),
    }
