"""Every code of the tariff worker as words for the owner: what is wrong, where, what to do.

A code nobody knows shows a general sentence; the code stands in small print beside it.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.decks.deck import Note, RefusedRow
from ui.error_texts import PDF_CODES, USER_CODES, user_text

_CONTEXT = "Tariff"

FILE_CODES: dict[str, object] = {
    "unreadable": QT_TRANSLATE_NOOP("Tariff", "This file cannot be read: {detail}."),
    "empty": QT_TRANSLATE_NOOP("Tariff", "This file is empty."),
    "too_large": QT_TRANSLATE_NOOP("Tariff", "This file is too large for a rate deck."),
    "not_text": QT_TRANSLATE_NOOP(
        "Tariff", "This file is neither a text nor a spreadsheet that can be read."
    ),
    "no_header": QT_TRANSLATE_NOOP(
        "Tariff", "No row names the columns. Say under “Columns…” which is which."
    ),
    "missing_column": QT_TRANSLATE_NOOP(
        "Tariff", "No column was recognised for {column}. Say under “Columns…” which it is."
    ),
    "repeated_column": QT_TRANSLATE_NOOP(
        "Tariff", "Two columns could be {column}. Say under “Columns…” which one it is."
    ),
    "no_rows": QT_TRANSLATE_NOOP("Tariff", "No prices stand below the header."),
    "too_many_rows": QT_TRANSLATE_NOOP("Tariff", "This file has more than {limit} rows."),
    "too_many_columns": QT_TRANSLATE_NOOP("Tariff", "This file has more than {limit} columns."),
    "too_many_cells": QT_TRANSLATE_NOOP("Tariff", "This file has more than {limit} cells."),
    "too_many_prefixes": QT_TRANSLATE_NOOP("Tariff", "This file has more than {limit} prefixes."),
    "line_too_long": QT_TRANSLATE_NOOP(
        "Tariff", "A line of this file is longer than {limit} bytes: is it a rate deck?"
    ),
    "undecidable_decimal": QT_TRANSLATE_NOOP(
        "Tariff",
        "Line {line}, {column}: {value} may be thousands or decimals."
        " Say under “Columns…” which sign the decimals have.",
    ),
    "mixed_decimal": QT_TRANSLATE_NOOP(
        "Tariff",
        "{column}: the comma and the point are both used for decimals:"
        " {value} in line {line}, {other} in line {other_line}.",
    ),
    "undecidable_dates": QT_TRANSLATE_NOOP(
        "Tariff",
        "Line {line}, {column}: {value} may be day and month or month and day."
        " Say under “Columns…” which comes first.",
    ),
    "several_currencies": QT_TRANSLATE_NOOP(
        "Tariff", "This file has prices in {value} and in {other}. Split it by currency."
    ),
    "changed_while_read": QT_TRANSLATE_NOOP(
        "Tariff", "This file was changed while it was being read. Read it again."
    ),
    "not_a_spreadsheet": QT_TRANSLATE_NOOP(
        "Tariff",
        "This file has a spreadsheet's name, but is none."
        " Open it in the spreadsheet program and save it as XLSX or CSV.",
    ),
    "encrypted": QT_TRANSLATE_NOOP(
        "Tariff", "This spreadsheet is protected by a password. Save it without one."
    ),
    "zip_bomb": QT_TRANSLATE_NOOP(
        "Tariff", "This spreadsheet unpacks to far more than a rate deck holds. It was not opened."
    ),
    "unsafe_xml": QT_TRANSLATE_NOOP(
        "Tariff", "This spreadsheet contains what no spreadsheet program writes: {value}."
    ),
    "several_sheets": QT_TRANSLATE_NOOP(
        "Tariff", "Several sheets look like a deck: {sheets}. Choose one under “Columns…”."
    ),
    "unknown_sheet": QT_TRANSLATE_NOOP("Tariff", "This file has no sheet named {sheet}."),
    "bad_encoding": QT_TRANSLATE_NOOP(
        "Tariff", "This file cannot be read as {encoding}. Choose another encoding."
    ),
    "bad_band": QT_TRANSLATE_NOOP("Tariff", "“{value}” cannot be the name of a time band."),
    "unknown_zone": QT_TRANSLATE_NOOP("Tariff", "The time zone {zone} is not known."),
    "bad_template": QT_TRANSLATE_NOOP("Tariff", "The template {template} cannot be used: {value}."),
    "unknown_template": QT_TRANSLATE_NOOP("Tariff", "There is no template named {template}."),
}
"""What `DeckError` says of a file as a whole."""

JOB_CODES: dict[str, object] = {
    "tariff_other_kind": QT_TRANSLATE_NOOP(
        "Tariff",
        "“{tariff}” is already the name of the other kind of tariff. Choose another name.",
    ),
    "bad_tariff_name": QT_TRANSLATE_NOOP(
        "Tariff", "This cannot be the name of a tariff. Choose another one."
    ),
    "tariff_unknown": QT_TRANSLATE_NOOP("Tariff", "There is no tariff “{tariff}” in force yet."),
    "proposal_gone": QT_TRANSLATE_NOOP(
        "Tariff", "Other files were read meanwhile. Read this one again."
    ),
    "tariff_changed": QT_TRANSLATE_NOOP(
        "Tariff",
        "Another version came into force meanwhile. Read the file again to compare it with that.",
    ),
    "tariff_is_empty": QT_TRANSLATE_NOOP(
        "Tariff", "Not a single price is left. A tariff needs at least one."
    ),
    "tariff_not_a_draft": QT_TRANSLATE_NOOP(
        "Tariff", "This version can no longer be activated. Read the file again."
    ),
    "tariff_in_the_past": QT_TRANSLATE_NOOP(
        "Tariff", "This date has passed meanwhile. Choose a later one, or from now on."
    ),
    "tariff_not_in_use": QT_TRANSLATE_NOOP("Tariff", "This version is not in use any more."),
    "deck_currency": QT_TRANSLATE_NOOP(
        "Tariff",
        "This file is in {found}, the shop in {shop}. Say what one {found} is worth.",
    ),
    "deck_bands": QT_TRANSLATE_NOOP(
        "Tariff", "This file has prices for the time band “{band}”, which the shop does not know."
    ),
    "no_cost_deck": QT_TRANSLATE_NOOP(
        "Tariff", "No carrier's costs are in force yet. Import a cost deck first."
    ),
    "file_unwritable": QT_TRANSLATE_NOOP(
        "Tariff", "The file could not be written. Try another folder: {path}"
    ),
}
"""What the acts on a tariff are refused for."""

ROW_CODES: dict[str, object] = {
    "bad_prefix": QT_TRANSLATE_NOOP("Tariff", "unreadable: no prefix"),
    "missing_destination": QT_TRANSLATE_NOOP("Tariff", "unreadable: no destination"),
    "destination_too_long": QT_TRANSLATE_NOOP("Tariff", "the destination is too long"),
    "bad_text": QT_TRANSLATE_NOOP("Tariff", "unreadable: signs that cannot be shown"),
    "bad_country": QT_TRANSLATE_NOOP("Tariff", "unreadable: no country"),
    "bad_access": QT_TRANSLATE_NOOP("Tariff", "unreadable: neither open nor forbidden"),
    "bad_flag": QT_TRANSLATE_NOOP("Tariff", "unreadable: neither yes nor no"),
    "bad_date": QT_TRANSLATE_NOOP("Tariff", "unreadable: no date"),
    "bad_dates": QT_TRANSLATE_NOOP("Tariff", "ends before it begins"),
    "bad_range": QT_TRANSLATE_NOOP("Tariff", "unreadable: no range of prefixes"),
    "range_too_long": QT_TRANSLATE_NOOP("Tariff", "this range has too many prefixes"),
    "excel_damage": QT_TRANSLATE_NOOP("Tariff", "unreadable: number damaged by the spreadsheet"),
    "date_for_code": QT_TRANSLATE_NOOP("Tariff", "unreadable: prefix turned into a date"),
    "date_cell": QT_TRANSLATE_NOOP("Tariff", "a date where a number belongs"),
    "formula": QT_TRANSLATE_NOOP("Tariff", "a formula: save the values instead"),
    "error_cell": QT_TRANSLATE_NOOP("Tariff", "an error of the spreadsheet"),
    "boolean_cell": QT_TRANSLATE_NOOP("Tariff", "yes or no where a value belongs"),
    "nul": QT_TRANSLATE_NOOP("Tariff", "unreadable: broken signs"),
    "wrong_columns": QT_TRANSLATE_NOOP("Tariff", "more or fewer cells than the header"),
    "bad_quotes": QT_TRANSLATE_NOOP("Tariff", "unreadable: a quotation mark is missing"),
    "unsupported": QT_TRANSLATE_NOOP("Tariff", "a rule this program does not have"),
    "duplicate_prefix": QT_TRANSLATE_NOOP(
        "Tariff", "twice in the file with two prices, first in line {other_line}"
    ),
    "empty": QT_TRANSLATE_NOOP("Tariff", "unreadable: an empty cell"),
    "not_a_number": QT_TRANSLATE_NOOP("Tariff", "unreadable: no number"),
    "too_precise": QT_TRANSLATE_NOOP("Tariff", "more than six decimals"),
    "too_large": QT_TRANSLATE_NOOP("Tariff", "too large for a price"),
    "negative_price": QT_TRANSLATE_NOOP("Tariff", "a price below zero"),
    "price_too_large": QT_TRANSLATE_NOOP("Tariff", "too large for a price"),
    "negative_fee": QT_TRANSLATE_NOOP("Tariff", "a fee below zero"),
    "fee_too_large": QT_TRANSLATE_NOOP("Tariff", "too large for a fee"),
    "negative_minimum": QT_TRANSLATE_NOOP("Tariff", "a minimum below zero"),
    "minimum_too_large": QT_TRANSLATE_NOOP("Tariff", "too large for a minimum"),
    "negative_surcharge": QT_TRANSLATE_NOOP("Tariff", "a surcharge below zero"),
    "surcharge_too_large": QT_TRANSLATE_NOOP("Tariff", "too large for a surcharge"),
    "negative_ceiling": QT_TRANSLATE_NOOP("Tariff", "a ceiling below zero"),
    "ceiling_too_large": QT_TRANSLATE_NOOP("Tariff", "too large for a ceiling"),
    "bad_first_increment": QT_TRANSLATE_NOOP("Tariff", "a first increment that cannot be"),
    "bad_next_increment": QT_TRANSLATE_NOOP("Tariff", "an increment that cannot be"),
    "bad_free_seconds": QT_TRANSLATE_NOOP("Tariff", "free seconds that cannot be"),
    "bad_free_below": QT_TRANSLATE_NOOP("Tariff", "a shortest call that cannot be"),
    "too_many_steps": QT_TRANSLATE_NOOP("Tariff", "more than three later prices"),
    "bad_step": QT_TRANSLATE_NOOP("Tariff", "a later price that cannot be"),
    "repeated_band": QT_TRANSLATE_NOOP("Tariff", "two prices for one time band"),
    "unknown_band": QT_TRANSLATE_NOOP("Tariff", "a time band the shop does not know"),
}
"""Why a row was refused; `rate_` and a code of these is what a tariff as a whole says."""

NOTE_CODES: dict[str, object] = {
    "range_expanded": QT_TRANSLATE_NOOP("Tariff", "range expanded into {count} prefixes"),
    "zero_perhaps_lost": QT_TRANSLATE_NOOP("Tariff", "was a leading zero lost?"),
    "excel_number": QT_TRANSLATE_NOOP("Tariff", "prefix written as a number"),
    "leading_zeros": QT_TRANSLATE_NOOP("Tariff", "leading zeros by the cell's format"),
    "increments_from_text": QT_TRANSLATE_NOOP("Tariff", "increments read out of a text"),
    "step_from_prices": QT_TRANSLATE_NOOP("Tariff", "first and next minute at two prices"),
    "row_blocked": QT_TRANSLATE_NOOP("Tariff", "blocked by the file's status column"),
    "row_deleted": QT_TRANSLATE_NOOP("Tariff", "taken out by the file's status column"),
    "earlier_ended": QT_TRANSLATE_NOOP("Tariff", "ends where the next price begins"),
}
"""What was understood rather than read."""

FIELDS: dict[str, object] = {
    "prefix": QT_TRANSLATE_NOOP("Tariff", "prefix"),
    "destination": QT_TRANSLATE_NOOP("Tariff", "destination"),
    "price_per_minute": QT_TRANSLATE_NOOP("Tariff", "price per minute"),
    "connection_fee": QT_TRANSLATE_NOOP("Tariff", "connection fee"),
    "first_increment": QT_TRANSLATE_NOOP("Tariff", "first increment"),
    "next_increment": QT_TRANSLATE_NOOP("Tariff", "next increment"),
    "increments": QT_TRANSLATE_NOOP("Tariff", "increments (60/1)"),
    "free_seconds": QT_TRANSLATE_NOOP("Tariff", "free seconds"),
    "free_below": QT_TRANSLATE_NOOP("Tariff", "free when shorter than"),
    "minimum_charge": QT_TRANSLATE_NOOP("Tariff", "minimum charge"),
    "surcharge": QT_TRANSLATE_NOOP("Tariff", "surcharge after the call"),
    "ceiling": QT_TRANSLATE_NOOP("Tariff", "ceiling per call"),
    "effective_from": QT_TRANSLATE_NOOP("Tariff", "valid from"),
    "discontinued": QT_TRANSLATE_NOOP("Tariff", "valid until"),
    "country": QT_TRANSLATE_NOOP("Tariff", "country"),
    "country_code": QT_TRANSLATE_NOOP("Tariff", "country code"),
    "area_codes": QT_TRANSLATE_NOOP("Tariff", "area codes"),
    "access": QT_TRANSLATE_NOOP("Tariff", "access"),
    "forbidden": QT_TRANSLATE_NOOP("Tariff", "forbidden (yes/no)"),
    "status": QT_TRANSLATE_NOOP("Tariff", "status (new, deleted…)"),
    "currency": QT_TRANSLATE_NOOP("Tariff", "currency"),
    "price_next": QT_TRANSLATE_NOOP("Tariff", "price of the next minutes"),
    "steps": QT_TRANSLATE_NOOP("Tariff", "later prices"),
    "bands": QT_TRANSLATE_NOOP("Tariff", "time bands"),
    "ends_at": QT_TRANSLATE_NOOP("Tariff", "last day"),
}
"""The columns of a deck, in the order in which a person looks for them."""

_GENERAL = QT_TRANSLATE_NOOP("Tariff", "This did not work. Nothing was changed.")
_GENERAL_ROW = QT_TRANSLATE_NOOP("Tariff", "cannot be read")
_RATE = QT_TRANSLATE_NOOP("Tariff", "Prefix {prefix}: {reason}.")


def failure_text(code: str, params: Iterable[tuple[str, str | int]] = ()) -> str:
    """Say why a job or a command about tariffs was refused."""
    given = dict(params)
    if "column" in given:
        given["column"] = field_text(str(given["column"]))
    if code.startswith("rate_"):
        given["reason"] = _say(ROW_CODES.get(code.removeprefix("rate_"), _GENERAL_ROW))
        return _filled(_say(_RATE), given)
    for known in (FILE_CODES, JOB_CODES, PDF_CODES):
        if code in known:
            text = (
                _say(known[code])
                if known is not PDF_CODES
                else user_text("pdf_failed", [("reason", code)])
            )
            return _filled(text, given)
    return user_text(code, given.items()) if code in USER_CODES else _say(_GENERAL)


def row_text(row: RefusedRow) -> str:
    """Say why a row was refused."""
    text = _say(ROW_CODES.get(row.code, _GENERAL_ROW))
    return text.replace("{other_line}", str(row.other_line))


def note_text(note: Note) -> str:
    """Say what was understood rather than read."""
    text = _say(NOTE_CODES[note.code]) if note.code in NOTE_CODES else ""
    return text.replace("{count}", str(note.count))


def field_text(field: str) -> str:
    """Name a column; one of a time band with its name."""
    plain, _, band = field.partition("@")
    text = _say(FIELDS[plain]) if plain in FIELDS else plain.replace("_", " ")
    return f"{text} · {band}" if band else text


def _filled(text: str, given: dict[str, str | int]) -> str:
    for name, value in given.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text


def _say(source: object) -> str:
    # The stubs give the marker no type; at run time it returns its text.
    return QCoreApplication.translate(_CONTEXT, str(source))
