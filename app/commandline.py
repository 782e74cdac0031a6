"""The command line: one parser, one function a command. Runs in the main thread.

Everything is imported when it is needed, so that `callshop --version` is at once there
and a trace can be replayed without a window. Texts come from the gettext catalogue.
"""

from __future__ import annotations

import argparse
import getpass
import json
import math
import os
import sys
from collections.abc import Callable
from pathlib import Path

from app import __version__, deck_sentences, sentences
from app.commandline_prices import add_prices
from app.commandline_tariff import add_tariff
from app.commandline_verify import add_verify
from app.config import ConfigError
from app.domain.tariff import TariffError
from app.errors import CodedError
from app.sentences import gettext as _
from app.sentences import ngettext
from app.terminal import EXIT_FAILED, EXIT_OK, complain, data_option, folder_of, say

EXIT_INTERRUPTED = 130
"""As a shell says it: 128 and the number of the signal."""

Command = Callable[[argparse.Namespace], int]


def parser() -> argparse.ArgumentParser:
    """Build the parser of every command."""
    top = argparse.ArgumentParser(prog="callshop", description=_("The counter of a call shop."))
    top.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    top.add_argument("--data", metavar="DIR", default="", help=_("folder of the shop"))
    top.set_defaults(run=_counter)
    commands = top.add_subparsers(title=_("commands"), metavar=_("command"))
    demo = commands.add_parser(
        "demo", parents=[data_option()], help=_("open the counter on a practice shop")
    )
    demo.add_argument("--speed", type=_speed, default=1.0, help=_("how fast customers live"))
    demo.add_argument("--seed", type=int, default=None, help=argparse.SUPPRESS)
    demo.set_defaults(run=_demo)
    add_tariff(commands)
    add_prices(commands)
    add_verify(commands)
    _add_password(commands)
    _add_trace(commands)
    return top


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not (math.isfinite(speed) and speed > 0):
        raise argparse.ArgumentTypeError(_("{value} is no number above 0").format(value=text))
    return speed


def _add_password(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    password = commands.add_parser("password", help=_("keep the password of an exchange"))
    acts = password.add_subparsers(title=_("actions"), metavar=_("action"), required=True)
    keep = acts.add_parser(
        "set", parents=[data_option()], help=_("read it from the keyboard or standard input")
    )
    keep.add_argument("exchange", help=_("the name of an exchange of the shop"))
    keep.set_defaults(run=_password_set)


def _add_trace(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    trace = commands.add_parser("trace", help=_("record or replay what an exchange says"))
    acts = trace.add_subparsers(title=_("actions"), metavar=_("action"), required=True)
    replay = acts.add_parser("replay", help=_("print the calls that a recorded stream tells of"))
    replay.add_argument("file", help=_("the recorded stream"))
    replay.add_argument("--json", action="store_true", help=_("as JSON"))
    replay.set_defaults(run=_trace_replay)
    record = acts.add_parser(
        "record", parents=[data_option()], help=_("write a stream from an exchange of the shop")
    )
    record.add_argument("file", help=_("the file to write"))
    record.add_argument(
        "--exchange", default="main", help=_("the name of an exchange of the shop; main")
    )
    record.add_argument("--seconds", type=float, default=None, help=_("how long; until Ctrl+C"))
    record.set_defaults(run=_trace_record)


def main(argv: list[str] | None = None) -> int:
    """Run one command line and return the exit status."""
    options = parser().parse_args(argv)
    try:
        return int(options.run(options))
    except CodedError as error:
        complain(sentences.of_error(error.code, error.params))
    except ConfigError as error:
        complain(sentences.of_config(error))
    except TariffError as error:
        reason = deck_sentences.of_bad_row(error.code)
        complain(f"{error.prefix}: {reason}" if error.prefix else reason)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # Whoever read the lines has seen enough (`| head`). Nothing may be flushed at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_OK
    return EXIT_FAILED


def _counter(options: argparse.Namespace) -> int:
    from app.main import run_shop  # noqa: PLC0415

    return run_shop(folder_of(options))


def _demo(options: argparse.Namespace) -> int:
    from app.main import run_demo  # noqa: PLC0415

    folder = Path(options.data) if options.data else None
    return run_demo(speed=options.speed, seed=options.seed, folder=folder)


def _password_set(options: argparse.Namespace) -> int:
    from app.config import load  # noqa: PLC0415
    from app.passwords import write_password  # noqa: PLC0415

    folder = folder_of(options)
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
    say(
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
        say(json.dumps(calls, indent=1))
        return EXIT_OK
    for call in calls:
        say("  ".join(f"{name}={value}" for name, value in call.items()))
    return EXIT_OK


def _trace_record(options: argparse.Namespace) -> int:
    from app.main import record_trace  # noqa: PLC0415

    count = record_trace(folder_of(options), Path(options.file), options.exchange, options.seconds)
    say(ngettext("{count} packet written", "{count} packets written", count))
    return EXIT_OK
