"""The command line: one parser, one function a command. Runs in the main thread.

Everything is imported when it is needed, so that `callshop --version` is at once there
and a trace can be replayed without a window. Texts come from the gettext catalogue.
"""

from __future__ import annotations

import argparse
import getpass
import json
import locale
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app import __version__
from app.errors import CodedError

if TYPE_CHECKING:
    from app.domain.tariff_csv import BadRow

EXIT_OK = 0
EXIT_FAILED = 1
EXIT_USAGE = 2

Command = Callable[[argparse.Namespace], int]


def language() -> str:
    """Return the user's language from the environment, `en` where it names none of ours."""
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    if not name:
        name = locale.getlocale()[0] or ""
    return "fr" if name.lower().startswith("fr") else "en"


def _(message: str) -> str:
    """Translate a sentence of the command line."""
    from app.texts import catalogue  # noqa: PLC0415 - see the module's docstring

    return catalogue(language()).gettext(message)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def _complain(text: str) -> None:
    sys.stderr.write(text + "\n")


def default_folder() -> Path:
    """Return the folder of the user's own shop."""
    from platformdirs import user_data_path  # noqa: PLC0415

    return user_data_path("callshop", appauthor=False)


def _folder(options: argparse.Namespace) -> Path:
    return Path(options.data) if options.data else default_folder()


def parser() -> argparse.ArgumentParser:
    """Build the parser of every command."""
    top = argparse.ArgumentParser(prog="callshop", description=_("The counter of a call shop."))
    top.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    top.add_argument("--data", metavar="DIR", help=_("folder of the shop"))
    top.set_defaults(run=_counter)
    commands = top.add_subparsers(title=_("commands"), metavar="")
    demo = commands.add_parser("demo", help=_("open the counter on a practice shop"))
    demo.add_argument("--speed", type=float, default=1.0, help=_("how fast customers live"))
    demo.add_argument("--seed", type=int, default=None, help=argparse.SUPPRESS)
    demo.set_defaults(run=_demo)
    _add_tariff(commands)
    _add_password(commands)
    _add_trace(commands)
    return top


def _add_tariff(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    tariff = commands.add_parser("tariff", help=_("check or import a tariff file"))
    acts = tariff.add_subparsers(metavar="", required=True)
    check = acts.add_parser("check", help=_("name every bad row of a file; change nothing"))
    check.add_argument("file")
    check.set_defaults(run=_tariff_check)
    take = acts.add_parser("import", help=_("make a file the shop's tariff"))
    source = take.add_mutually_exclusive_group(required=True)
    source.add_argument("file", nargs="?")
    source.add_argument("--sample", action="store_true", help=_("the sample with made-up prices"))
    take.add_argument("--skip-bad", action="store_true", help=_("import without the bad rows"))
    take.set_defaults(run=_tariff_import)


def _add_password(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    password = commands.add_parser("password", help=_("keep the password of an exchange"))
    acts = password.add_subparsers(metavar="", required=True)
    keep = acts.add_parser("set", help=_("read it from the keyboard or standard input"))
    keep.add_argument("exchange")
    keep.set_defaults(run=_password_set)


def _add_trace(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    trace = commands.add_parser("trace", help=_("record or replay what an exchange says"))
    acts = trace.add_subparsers(metavar="", required=True)
    replay = acts.add_parser("replay", help=_("print the calls that a recorded stream tells of"))
    replay.add_argument("file")
    replay.add_argument("--json", action="store_true", help=_("as JSON"))
    replay.set_defaults(run=_trace_replay)
    record = acts.add_parser("record", help=_("write a stream from an exchange of the shop"))
    record.add_argument("file")
    record.add_argument("--exchange", default="main")
    record.add_argument("--seconds", type=float, default=None)
    record.set_defaults(run=_trace_record)


def main(argv: list[str] | None = None) -> int:
    """Run one command line and return the exit status."""
    options = parser().parse_args(argv)
    try:
        return int(options.run(options))
    except CodedError as error:
        _complain(sentence(error.code, error.params))
        return EXIT_FAILED
    except KeyboardInterrupt:
        return EXIT_FAILED


def sentence(code: str, params: dict[str, str | int]) -> str:
    """Return an error's sentence; a code without one is shown as it is."""
    known = {
        "folder_in_use": _("Another counter is working in {folder}. Close it first."),
        "database_damaged": _("The database is damaged, nothing was changed: {detail}"),
        "database_newer": _("The database belongs to a newer release ({revision})."),
        "exchange_unknown": _("The shop has no exchange named {exchange}."),
        "no_password": _("No password is kept for the exchange {exchange}."),
        "tariff_has_bad_rows": _("{count} bad rows; nothing was imported (see --skip-bad)."),
        "tariff_is_empty": _("The file holds no rate; nothing was imported."),
        "file_unreadable": _("The file cannot be read: {detail}"),
        "config": _("{where}: {reason} ({value})"),
    }
    return known[code].format(**params) if code in known else f"{code} {params or ''}".strip()


def _counter(options: argparse.Namespace) -> int:
    from app.main import run_shop  # noqa: PLC0415

    return run_shop(_folder(options))


def _demo(options: argparse.Namespace) -> int:
    from app.main import run_demo  # noqa: PLC0415

    folder = Path(options.data) if options.data else None
    return run_demo(speed=options.speed, seed=options.seed, folder=folder)


def _tariff_check(options: argparse.Namespace) -> int:
    from app.tariff_import import read_file  # noqa: PLC0415

    found = read_file(Path(options.file))
    _name_bad_rows(found.bad)
    _say(_("{good} good rows, {bad} bad rows").format(good=len(found.rates), bad=len(found.bad)))
    return EXIT_FAILED if found.bad else EXIT_OK


def _tariff_import(options: argparse.Namespace) -> int:
    from app.tariff_import import TariffHasBadRows, import_file, sample_path  # noqa: PLC0415

    path = sample_path() if options.sample else Path(options.file)
    try:
        outcome = import_file(_folder(options), path, skip_bad=options.skip_bad)
    except TariffHasBadRows as error:
        _name_bad_rows(error.rows)
        raise
    _name_bad_rows(outcome.bad)
    _say(_("{count} rates imported").format(count=outcome.imported))
    return EXIT_OK


def _name_bad_rows(rows: tuple[BadRow, ...]) -> None:
    for row in rows:
        _complain(
            _("line {line}: {column}: {reason} ({value})").format(
                line=row.line,
                column=row.column or "-",
                reason=_row_reason(row.code),
                value=row.value,
            )
        )


def _row_reason(code: str) -> str:
    known = {
        "bad_prefix": _("the prefix is not 1 to 15 digits"),
        "missing_destination": _("the destination is missing"),
        "destination_too_long": _("the destination is too long"),
        "negative_price": _("the price is negative"),
        "price_too_large": _("the price is too large"),
        "negative_fee": _("the fee is negative"),
        "fee_too_large": _("the fee is too large"),
        "bad_first_increment": _("the first increment is no whole number of seconds"),
        "bad_next_increment": _("the next increment is no whole number of seconds"),
        "not_a_number": _("this is not a number"),
        "empty": _("the price is missing"),
        "too_precise": _("more than six decimals"),
        "too_large": _("the number is too large"),
        "bad_country": _("the country is not two letters"),
        "bad_text": _("signs that are no text"),
        "nul": _("a zero byte"),
        "wrong_columns": _("not as many columns as the header"),
        "bad_quotes": _("quotation marks do not close"),
        "duplicate_prefix": _("the same prefix with another price"),
    }
    return known.get(code, code)


def _password_set(options: argparse.Namespace) -> int:
    from app.config import load  # noqa: PLC0415
    from app.passwords import write_password  # noqa: PLC0415

    folder = _folder(options)
    config = load(folder)
    if options.exchange not in {exchange.name for exchange in config.exchanges}:
        raise CodedError("exchange_unknown", exchange=options.exchange)
    if sys.stdin.isatty():
        password = getpass.getpass(_("Password of {name}: ").format(name=options.exchange))
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    where = write_password(folder, config.shop_id, options.exchange, password)
    _say(
        _("Kept in the keyring.")
        if where == "keyring"
        else _("Kept in a file that only this account can read; it is not encrypted.")
    )
    return EXIT_OK


def _trace_replay(options: argparse.Namespace) -> int:
    from app.pbx.trace import TraceError, replay  # noqa: PLC0415

    try:
        with Path(options.file).open(encoding="utf-8") as lines:
            calls = replay(lines)
    except (OSError, UnicodeDecodeError, TraceError) as error:
        raise CodedError("file_unreadable", detail=str(error)) from error
    if options.json:
        _say(json.dumps(calls, indent=1))
        return EXIT_OK
    for call in calls:
        _say("  ".join(f"{name}={value}" for name, value in call.items()))
    return EXIT_OK


def _trace_record(options: argparse.Namespace) -> int:
    from app.main import record_trace  # noqa: PLC0415

    count = record_trace(_folder(options), Path(options.file), options.exchange, options.seconds)
    _say(_("{count} packets written").format(count=count))
    return EXIT_OK
