"""What the command line says of decks and tariffs: one sentence a code, from the catalogue."""

from __future__ import annotations

from collections.abc import Mapping

from app.sentences import gettext as _
from app.sentences import language, ngettext
from app.texts import catalogue


def of_error(code: str, params: Mapping[str, str | int]) -> str | None:
    """Return the sentence of an error about a tariff, with its places to fill in; or None."""
    count = params.get("count", 0)
    if isinstance(count, int) and code in {
        "tariff_has_bad_rows",
        "tariff_has_doubtful_rows",
        "tariff_has_losses",
    }:
        return _counted(code, count)
    return _tariff().get(code) or _file().get(code) or _content().get(code)


def _counted(code: str, count: int) -> str:
    if code == "tariff_has_bad_rows":
        return ngettext(
            "{count} bad row; nothing was imported (see --skip-bad).",
            "{count} bad rows; nothing was imported (see --skip-bad).",
            count,
        )
    if code == "tariff_has_doubtful_rows":
        return ngettext(
            "{count} doubtful row; nothing was imported (see --skip-bad, --accept-doubtful).",
            "{count} doubtful rows; nothing was imported (see --skip-bad, --accept-doubtful).",
            count,
        )
    return catalogue(language()).ngettext(
        "{count} prefix would be sold below cost ({changed} by this file, {already} already); "
        "nothing was imported (see --accept-losses).",
        "{count} prefixes would be sold below cost ({changed} by this file, {already} already); "
        "nothing was imported (see --accept-losses).",
        count,
    )


def _tariff() -> dict[str, str]:
    return {
        "deck_refused": _("{file}: {reason}"),
        "tariff_is_empty": _("The file holds no rate; nothing was imported."),
        "tariff_mode_missing": _(
            "Say whether the file is the whole tariff (--full) or only what changes (--changes)."
        ),
        "tariff_in_the_past": _("A tariff cannot start in the past."),
        "tariff_not_a_draft": _("This version is in force already, or was taken back."),
        "tariff_unknown": _("There is no tariff {tariff} in force."),
        "tariff_other_kind": _("The tariff {tariff} is of the other kind (prices or costs)."),
        "tariff_changed": _("The tariff was changed meanwhile; compare again."),
        "bad_tariff_name": _("The name of a tariff is 1 to 40 signs."),
        "no_cost_deck": _("No carrier’s deck is known: import one with --cost, or name a file."),
        "deck_currency": _("The file is in {found}, the shop in {shop}: give --exchange-rate."),
        "deck_bands": _("The settings know no time band named {band}."),
        "bad_date": _("{value} is no date such as 2026-12-01 or 2026-12-01T08:00."),
        "bad_number": _("{name}: {value} is no number that fits."),
        "booth_unknown": _("There is no booth {booth}."),
    }


def _file() -> dict[str, str]:
    return {
        "unreadable": _("The file cannot be read: {detail}"),
        "empty": _("The file is empty."),
        "too_large": _("The file is too large for a tariff."),
        "not_text": _("The file is neither text nor a spreadsheet."),
        "bad_encoding": _("The file is not written in {encoding}."),
        "changed_while_read": _("The file was changed while it was read."),
        "not_a_spreadsheet": _("The file is no spreadsheet, whatever its name says."),
        "encrypted": _("The spreadsheet is locked with a password."),
        "zip_bomb": _("The spreadsheet would unpack to more than any tariff."),
        "unsafe_xml": _("The spreadsheet holds XML that is not safe to read."),
        "several_sheets": _("Several sheets hold rates: {sheets}. Name one in a template."),
        "unknown_sheet": _("There is no sheet {sheet}."),
        "line_too_long": _("A line of the file has no end."),
    }


def _content() -> dict[str, str]:
    return {
        "no_header": _("No line of column names was found (prefix, destination, price …)."),
        "missing_column": _("The column {column} is missing."),
        "repeated_column": _("The column {column} is there twice."),
        "no_rows": _("The file holds no rate, only column names."),
        "too_many_rows": _("The file has more than {limit} rows."),
        "too_many_columns": _("The file has more than {limit} columns."),
        "too_many_cells": _("The file has more than {limit} cells."),
        "too_many_prefixes": _("The file names more than {limit} prefixes."),
        "undecidable_decimal": _(
            "{column}, line {line}: {value} may be thousands or decimals; a template can say."
        ),
        "mixed_decimal": _(
            "{column}: {value} (line {line}) and {other} (line {other_line}) do not go together."
        ),
        "undecidable_dates": _(
            "{column}, line {line}: {value} may be day or month first; a template can say."
        ),
        "several_currencies": _("The file names several currencies: {value}, {other}."),
        "bad_band": _("{value} is no name of a time band."),
        "unknown_zone": _("There is no time zone {zone}."),
        "bad_template": _("The template {template} cannot be used: {value}"),
        "unknown_template": _("There is no template {template}."),
    }


def of_bad_row(code: str) -> str:
    """Return why a row of a deck cannot be taken."""
    return _rate_faults().get(code) or _cell_faults().get(code) or code


def _rate_faults() -> dict[str, str]:
    return {
        "bad_prefix": _("the prefix is not 1 to 15 digits"),
        "bad_dates": _("it ends before it begins"),
        "missing_destination": _("the destination is missing"),
        "destination_too_long": _("the destination is too long"),
        "negative_price": _("the price is negative"),
        "price_too_large": _("the price is too large"),
        "negative_fee": _("the fee is negative"),
        "fee_too_large": _("the fee is too large"),
        "negative_minimum": _("the minimum is negative"),
        "minimum_too_large": _("the minimum is too large"),
        "negative_surcharge": _("the surcharge is negative"),
        "surcharge_too_large": _("the surcharge is too large"),
        "negative_ceiling": _("the ceiling is negative"),
        "ceiling_too_large": _("the ceiling is too large"),
        "bad_first_increment": _("the first increment is no whole number of seconds"),
        "bad_next_increment": _("the next increment is no whole number of seconds"),
        "bad_free_seconds": _("the free seconds are no whole number up to a day"),
        "bad_free_below": _("the shortest paid call is no whole number of seconds up to a day"),
        "too_many_steps": _("more than three later prices"),
        "bad_step": _("a later price that fits nowhere"),
        "repeated_band": _("a time band twice"),
        "duplicate_prefix": _("the same prefix with another price"),
    }


def _cell_faults() -> dict[str, str]:
    return {
        "not_a_number": _("this is not a number"),
        "empty": _("nothing stands here"),
        "too_precise": _("more than six decimals"),
        "bad_country": _("the country is not two letters"),
        "bad_text": _("signs that are no text"),
        "bad_access": _("neither open, key nor forbidden"),
        "bad_flag": _("neither yes nor no"),
        "bad_date": _("this is no date"),
        "bad_range": _("this is no range of codes"),
        "range_too_long": _("too many codes in one range"),
        "excel_damage": _("a number that the spreadsheet has spoilt"),
        "date_for_code": _("the spreadsheet has made a date of a code"),
        "date_cell": _("a date where none belongs"),
        "formula": _("a formula; only values are taken"),
        "error_cell": _("an error of the spreadsheet"),
        "boolean_cell": _("true or false where neither belongs"),
        "nul": _("a zero byte"),
        "wrong_columns": _("not as many columns as the header"),
        "bad_quotes": _("quotation marks do not close"),
        "too_large": _("the number is too large"),
        "unsupported": _("this program cannot rate that"),
    }


def of_note(code: str, count: int) -> str:
    """Return what was understood rather than read, by the code of a `deck.Note`."""
    known = {
        "range_expanded": ngettext(
            "range expanded into {count} prefix", "range expanded into {count} prefixes", count
        ),
        "zero_perhaps_lost": _("was a leading zero lost?"),
        "excel_number": ngettext(
            "{count} prefix written as a number", "{count} prefixes written as numbers", count
        ),
        "leading_zeros": _("leading zeros by the format of the cell"),
        "increments_from_text": _("increments read out of a text"),
        "step_from_prices": _("first and next minutes at two prices"),
        "row_blocked": ngettext(
            "{count} row blocked by the file", "{count} rows blocked by the file", count
        ),
        "row_deleted": ngettext(
            "{count} row taken out by the file", "{count} rows taken out by the file", count
        ),
        "earlier_ended": ngettext(
            "{count} price ends where the next one of its prefix begins",
            "{count} prices end where the next one of their prefix begins",
            count,
        ),
    }
    return known.get(code, code)


def of_mark(mark: str, *, is_new: bool = False) -> str:
    """Return what is worth a look in a row, by the name of a `tariff_diff.Mark`."""
    known = {
        "ABSURD": _("far from the other prices of this destination: a decimal sign lost?")
        if is_new
        else _("a hundred times the price before, or a hundredth: a decimal sign lost?"),
        "UNKNOWN_COUNTRY": _("no country has this code"),
        "FORBIDDEN": _("may not be called"),
        "FREE": _("costs nothing"),
        "DUPLICATE": _("twice in the file, not taken"),
        "ENDED": _("over before it begins, not taken"),
        "BELOW_COST": _("below cost"),
        "BELOW_GUARD": _("below the guard"),
        "NO_COST": _("no known cost"),
    }
    return known.get(mark, mark)


def of_term(term: str) -> str:
    """Return what a field of a rate is called beside its value."""
    known = {
        "destination": _("called"),
        "connection_fee": _("fee"),
        "first_increment": _("increments"),
        "country": _("country"),
        "free_seconds": _("free seconds"),
        "free_below": _("free when shorter than"),
        "minimum_charge": _("minimum"),
        "surcharge": _("surcharge"),
        "ceiling": _("ceiling"),
        "steps": _("later prices"),
        "bands": _("time bands"),
        "access": _("access"),
        "ends_at": _("until"),
    }
    return known.get(term, term)


def of_access(access: str) -> str:
    """Return who may call, by the name of a `tariff.Access`."""
    known = {"OPEN": _("open"), "KEY": _("with the manager’s key"), "FORBIDDEN": _("forbidden")}
    return known.get(access, access)
