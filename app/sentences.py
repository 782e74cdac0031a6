"""What the command line says of an error: one sentence a code, from the gettext catalogue.

The user's language decides. A code without a sentence is shown as it is: better a strange word
than none.
"""

from __future__ import annotations

import locale
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from app.config import ConfigError
from app.errors import CodedError
from app.texts import catalogue


def language() -> str:
    """Return the user's language from the environment, `en` where it names none of ours."""
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    if not name:
        name = locale.getlocale()[0] or ""
    return "fr" if name.lower().startswith("fr") else "en"


def gettext(message: str) -> str:
    """Translate a sentence."""
    return catalogue(language()).gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Translate a sentence about `count` things and put the figure into its `{count}`."""
    return catalogue(language()).ngettext(one, many, count).format(count=count)


_ = gettext


def of_error(code: str, params: Mapping[str, str | int]) -> str:
    """Return the sentence of a `CodedError`."""
    known = {
        "folder_in_use": _("Another counter is working in {folder}. Close it first."),
        "folder_not_writable": _("The folder {folder} cannot be written to: {detail}"),
        "database_damaged": _("The database is damaged, nothing was changed: {detail}"),
        "database_failed": _("The database cannot be used, nothing was changed: {detail}"),
        "database_newer": _("The database belongs to a newer release ({revision})."),
        "exchange_unknown": _("The shop has no exchange named {exchange}."),
        "no_password": _("No password is kept for the exchange {exchange}."),
        "file_unreadable": _("{file} cannot be read: {detail}"),
        "file_exists": _("{path} exists already and was left as it is."),
        "file_unwritable": _("{path} cannot be written."),
        "folder_missing": _("{path} cannot be written: there is no such folder."),
        "not_writable": _("{path} cannot be written: it is a folder, or this account may not."),
        "disk_full": _("{path} cannot be written: the disk is full."),
        "write_failed": _("{path} cannot be written: the disk reports an error."),
        "not_a_recording": _("{file} is no recording of an exchange."),
        "bad_recording": _("{file} is no recording of an exchange: line {line} is no packet."),
        "unreachable": _("The exchange cannot be reached."),
        "refused_login": _("The exchange refuses the name or the password."),
        "not_an_exchange": _("What answers there is no exchange."),
        "line_lost": _("The exchange has hung up."),
        "silent": _("The exchange does not answer."),
    }
    # Loaded late: it needs this module's translations.
    from app import deck_sentences  # noqa: PLC0415

    sentence = known.get(code) or deck_sentences.of_error(code, params)
    return sentence.format(**params) if sentence else f"{code} {dict(params) or ''}".strip()


def of_config(error: ConfigError) -> str:
    """Return the sentence of a wrong setting."""
    if error.code == "no_file":
        return _("There is no shop in {folder} yet: start callshop once.").format(
            folder=error.value or error.where
        )
    reason = _config_reasons().get(error.code, error.code)
    if not error.value:
        return _("{where}: {reason}").format(where=error.where, reason=reason)
    return _("{where}: {reason} ({value})").format(
        where=error.where, reason=reason, value=error.value
    )


def _config_reasons() -> dict[str, str]:
    return {
        "unreadable": _("the file cannot be read"),
        "not_toml": _("the file is not valid TOML"),
        "missing": _("this setting is missing"),
        "wrong_type": _("a value of another kind belongs here"),
        "bad_text": _("the text is too long or holds control characters"),
        "out_of_range": _("the value is too small or too large"),
        "unknown_choice": _("there is no such choice"),
        "unknown_setting": _("there is no such setting"),
        "bad_currency": _("a currency is three capital letters"),
        "bad_amount": _("this is no amount"),
        "unknown_zone": _("there is no such time zone"),
        "bad_extension": _("an extension is letters, digits, - and _"),
        "unknown_exchange": _("there is no exchange of this name"),
        "twice": _("this stands there twice"),
        "unknown_country": _("a country is two capital letters that are known here"),
        "bad_date": _("this is no date such as 2026-12-24"),
        "bad_window": _("this is no window such as mon-fri 18:00-08:00"),
        "bad_days": _("the time band names no day"),
        "bad_minutes": _("these are no minutes of a day"),
        "bad_band_name": _("the name of a time band is 1 to 40 signs"),
    }


def of_os_error(error: OSError) -> str:
    """Return why the system refuses a file, in the user's language where it is a usual reason."""
    for kind, sentence in (
        (FileNotFoundError, _("there is no such file or folder")),
        (PermissionError, _("this account is not allowed to")),
        (IsADirectoryError, _("it is a folder")),
        (NotADirectoryError, _("it is not a folder")),
        (FileExistsError, _("it is not a folder")),
    ):
        if isinstance(error, kind):
            return sentence
    return error.strerror or type(error).__name__


def folder_not_writable(folder: Path, error: OSError) -> CodedError:
    """Return the coded error of a data folder that cannot be used."""
    return CodedError("folder_not_writable", folder=str(folder), detail=of_os_error(error))


def of_booths_left(booths: Sequence[int]) -> str:
    """Say which booths' locks nobody has confirmed."""
    numbers = ", ".join(str(booth) for booth in booths)
    return (
        catalogue(language())
        .ngettext(
            "The exchange has not confirmed the lock of booth {booths}: it may still be open.",
            "The exchange has not confirmed the locks of booths {booths}: they may still be open.",
            len(booths),
        )
        .format(booths=numbers)
    )
