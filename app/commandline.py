"""The command line: one parser, one function a command. Runs in the main thread.

Everything is imported when it is needed, so that `callshop --version` is at once there
and a trace can be replayed without a window. Texts come from the gettext catalogue.
"""

from __future__ import annotations

import argparse
import getpass
import json
import math
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app import __version__, sentences
from app.config import ConfigError
from app.errors import CodedError
from app.sentences import gettext as _
from app.sentences import ngettext

if TYPE_CHECKING:
    from app.domain.tariff_csv import BadRow, TariffFile

EXIT_OK = 0
EXIT_FAILED = 1
EXIT_INTERRUPTED = 130
"""As a shell says it: 128 and the number of the signal."""

Command = Callable[[argparse.Namespace], int]


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
    top.add_argument("--data", metavar="DIR", default="", help=_("folder of the shop"))
    top.set_defaults(run=_counter)
    commands = top.add_subparsers(title=_("commands"), metavar=_("command"))
    demo = commands.add_parser(
        "demo", parents=[_data()], help=_("open the counter on a practice shop")
    )
    demo.add_argument("--speed", type=_speed, default=1.0, help=_("how fast customers live"))
    demo.add_argument("--seed", type=int, default=None, help=argparse.SUPPRESS)
    demo.set_defaults(run=_demo)
    _add_tariff(commands)
    _add_password(commands)
    _add_trace(commands)
    return top


def _data() -> argparse.ArgumentParser:
    """Return the option that may also stand behind the command."""
    option = argparse.ArgumentParser(add_help=False)
    # Without a default of its own: it would undo what stands before the command.
    option.add_argument(
        "--data", metavar="DIR", default=argparse.SUPPRESS, help=_("folder of the shop")
    )
    return option


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not (math.isfinite(speed) and speed > 0):
        raise argparse.ArgumentTypeError(_("{value} is no number above 0").format(value=text))
    return speed


def _add_tariff(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    tariff = commands.add_parser("tariff", help=_("check or import a tariff file"))
    acts = tariff.add_subparsers(title=_("actions"), metavar=_("action"), required=True)
    check = acts.add_parser("check", help=_("name every bad row of a file; change nothing"))
    check.add_argument("file")
    check.set_defaults(run=_tariff_check)
    take = acts.add_parser("import", parents=[_data()], help=_("make a file the shop's tariff"))
    source = take.add_mutually_exclusive_group(required=True)
    source.add_argument("file", nargs="?")
    source.add_argument("--sample", action="store_true", help=_("the sample with made-up prices"))
    take.add_argument("--skip-bad", action="store_true", help=_("import without the bad rows"))
    take.set_defaults(run=_tariff_import)


def _add_password(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    password = commands.add_parser("password", help=_("keep the password of an exchange"))
    acts = password.add_subparsers(title=_("actions"), metavar=_("action"), required=True)
    keep = acts.add_parser(
        "set", parents=[_data()], help=_("read it from the keyboard or standard input")
    )
    keep.add_argument("exchange")
    keep.set_defaults(run=_password_set)


def _add_trace(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    trace = commands.add_parser("trace", help=_("record or replay what an exchange says"))
    acts = trace.add_subparsers(title=_("actions"), metavar=_("action"), required=True)
    replay = acts.add_parser("replay", help=_("print the calls that a recorded stream tells of"))
    replay.add_argument("file")
    replay.add_argument("--json", action="store_true", help=_("as JSON"))
    replay.set_defaults(run=_trace_replay)
    record = acts.add_parser(
        "record", parents=[_data()], help=_("write a stream from an exchange of the shop")
    )
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
        _complain(sentences.of_error(error.code, error.params))
    except ConfigError as error:
        _complain(sentences.of_config(error))
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    return EXIT_FAILED


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
    _describe(found)
    return EXIT_FAILED if found.bad else EXIT_OK


def _tariff_import(options: argparse.Namespace) -> int:
    from app.config import load  # noqa: PLC0415
    from app.tariff_import import read_file, sample_path, take  # noqa: PLC0415

    folder = _folder(options)
    config = load(folder)
    path = sample_path(config.receipt_language) if options.sample else Path(options.file)
    found = read_file(path, config.currency)
    # Before anything is taken: what is left out must not come as a surprise.
    _describe(found)
    count = take(folder, config, found, skip_bad=options.skip_bad)
    _say(ngettext("{count} rate imported", "{count} rates imported", count))
    return EXIT_OK


def _describe(found: TariffFile) -> None:
    """Name the columns and rows that are left out, then count."""
    for column in found.ignored:
        _complain(_("unknown column, left out: {column}").format(column=column or "-"))
    for line in found.repeated:
        _complain(_("line {line}: said before, left out").format(line=line))
    for row in found.bad:
        _complain(_bad_row(row))
    good = ngettext("{count} good row", "{count} good rows", len(found.rates))
    bad = ngettext("{count} bad row", "{count} bad rows", len(found.bad))
    _say(f"{good}, {bad}")


def _bad_row(row: BadRow) -> str:
    text = _("line {line}: {column}: {reason} ({value})").format(
        line=row.line,
        column=row.column or "-",
        reason=sentences.of_bad_row(row.code),
        value=row.value,
    )
    if row.other_line:
        return f"{text}, {_('see line {line}').format(line=row.other_line)}"
    return text


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
    try:
        where = write_password(folder, config.shop_id, options.exchange, password)
    except OSError as error:
        raise sentences.folder_not_writable(folder, error) from error
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
    except OSError as error:
        detail = sentences.of_os_error(error)
        raise CodedError("file_unreadable", file=options.file, detail=detail) from error
    except UnicodeDecodeError as error:
        raise CodedError("not_a_recording", file=options.file) from error
    except TraceError as error:
        line = error.line_number
        raise CodedError("bad_recording", file=options.file, line=line) from error
    if options.json:
        _say(json.dumps(calls, indent=1))
        return EXIT_OK
    for call in calls:
        _say("  ".join(f"{name}={value}" for name, value in call.items()))
    return EXIT_OK


def _trace_record(options: argparse.Namespace) -> int:
    from app.main import record_trace  # noqa: PLC0415

    count = record_trace(_folder(options), Path(options.file), options.exchange, options.seconds)
    _say(ngettext("{count} packet written", "{count} packets written", count))
    return EXIT_OK
