"""What the command line says of a file: what was left out of it, and how it was understood."""

from __future__ import annotations

from typing import Any

from app import deck_sentences
from app.decks.deck import Deck, Note, RefusedRow
from app.sentences import gettext as _
from app.sentences import ngettext
from app.terminal import complain, say, say_json

_NOTES_SHOWN = 20


def refused_body(row: RefusedRow) -> dict[str, Any]:
    """Return a refused row for programs."""
    return {
        "file": row.file,
        "sheet": row.sheet,
        "row": row.line,
        "column": row.column,
        "code": row.code,
        "reason": deck_sentences.of_bad_row(row.code),
        "value": row.value,
        "other_row": row.other_line or None,
    }


def tell_left_out(deck: Deck) -> None:
    """Name what is left out and what was understood rather than read, on standard error."""
    for column in deck.ignored:
        complain(_("unknown column, left out: {column}").format(column=column or "-"))
    for line in deck.repeated:
        complain(_("line {line}: said before, left out").format(line=line))
    for row in deck.refused:
        complain(_refused_text(row))
    tell_notes(deck)


def _refused_text(row: RefusedRow) -> str:
    text = _("{file}, line {line}: {column}: {reason} ({value})").format(
        file=row.file or "-",
        line=row.line,
        column=row.column or "-",
        reason=deck_sentences.of_bad_row(row.code),
        value=row.value,
    )
    if row.other_line:
        other = _("see line {line}").format(line=row.other_line)
        return f"{text}, {other}"
    return text


def tell_deck(deck: Deck, *, as_json: bool = False, is_silent: bool = False) -> None:
    """Say what a file holds; `is_silent` only what is left out of it."""
    if as_json:
        say_json(
            {
                "file": deck.name,
                "prefixes": len(deck.entries),
                "refused": [refused_body(row) for row in deck.refused],
                "notes": notes_body(deck),
                "repeated": list(deck.repeated),
                "ignored_columns": list(deck.ignored),
            }
        )
        return
    tell_left_out(deck)
    if is_silent:
        return
    good = ngettext("{count} good prefix", "{count} good prefixes", len(deck.entries))
    bad = ngettext("{count} bad row", "{count} bad rows", len(deck.refused))
    say(f"{good}, {bad}")


def tell_notes(deck: Deck) -> None:
    """Say what was understood rather than read, of each kind the first lines (errors)."""
    kinds: dict[str, list[Note]] = {}
    for note in deck.notes:
        kinds.setdefault(note.code, []).append(note)
    for notes in kinds.values():
        for note in notes[:_NOTES_SHOWN]:
            complain(_("line {line}: {note}").format(line=note.line, note=_note_text(note)))
        more = len(notes) - _NOTES_SHOWN
        if more > 0:
            complain(ngettext("… and {count} more row", "… and {count} more rows", more))


def _note_text(note: Note) -> str:
    text = deck_sentences.of_note(note.code, note.count)
    return f"{text} ({note.value})" if note.value else text


def notes_body(deck: Deck) -> list[dict[str, Any]]:
    """Return for programs what was understood rather than read."""
    return [
        {
            "row": note.line,
            "column": note.column,
            "code": note.code,
            "note": deck_sentences.of_note(note.code, note.count),
            "value": note.value,
            "count": note.count,
        }
        for note in deck.notes
    ]
