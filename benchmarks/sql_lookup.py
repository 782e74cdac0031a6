"""The look-up of a rate in SQL, as A2Billing, ASTPP and MagnusBilling do it.

They ask the database for all prefixes that the number can have and take the longest that is
there. A PostgreSQL is started for it in a folder of its own, on a socket, as an unprivileged user
(it refuses to run as root), and `pgbench` asks from one connection.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from app.domain.tariff import PREFIX_MAX, Entry
from benchmarks.report import note

TOOLS = ("initdb", "pg_ctl", "psql", "pgbench")
SERVERS_OF_DEBIAN = "/usr/lib/postgresql"
UNPRIVILEGED = ("postgres", "nobody")
SECONDS = 5
ASKED = 1000  # different numbers in one script
DATABASE = "postgres"

_RATE = re.compile(r"^tps = ([0-9.]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL of our own: its tools, its folder, and who runs it (None: who runs this)."""

    tools: dict[str, str]
    folder: Path
    user: str | None

    def run(self, tool: str, *arguments: str, text: str = "") -> str:
        """Run one of its tools; return what it printed. Raises `CalledProcessError`."""
        return subprocess.run(  # noqa: S603 - found on PATH
            [self.tools[tool], *arguments],
            check=True,
            input=text,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            user=self.user,
            cwd=self.folder,
        ).stdout

    def ask(self, tool: str, *arguments: str, text: str = "") -> str:
        """Run a tool that talks to the server."""
        where = ("-h", str(self.folder), "-U", "bench")
        return self.run(tool, *where, *arguments, DATABASE, text=text)


def lookups_a_second(entries: tuple[Entry, ...], numbers: list[str]) -> float:
    """Return how many look-ups a second one client gets, 0 where there is no PostgreSQL."""
    tools = _tools()
    if tools is None:
        note("the look-up in SQL: left out, no PostgreSQL (initdb, pg_ctl, psql, pgbench)")
        return 0.0
    try:
        with _server(tools) as server:
            _fill(server, entries)
            return _ask(server, numbers)
    except (OSError, subprocess.CalledProcessError) as error:
        note(f"the look-up in SQL: left out, PostgreSQL did not run ({error})")
        return 0.0


def _tools() -> dict[str, str] | None:
    """Return where the tools are, None where one is missing."""
    newest_first = sorted(Path(SERVERS_OF_DEBIAN).glob("*/bin"), reverse=True)
    path = os.pathsep.join((os.environ.get("PATH", ""), *map(str, newest_first)))
    found = {tool: shutil.which(tool, path=path) for tool in TOOLS}
    return {tool: place for tool, place in found.items() if place} if all(found.values()) else None


@contextmanager
def _server(tools: dict[str, str]) -> Iterator[Server]:
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        is_root = os.name == "posix" and os.geteuid() == 0
        server = Server(tools, folder, _given_away(folder) if is_root else None)
        data = str(folder / "data")
        server.run("initdb", "-D", data, "-U", "bench", "-A", "trust", "-N")
        options = f"-k {folder} -c listen_addresses= -c fsync=off"
        # Without a log file the server would keep our pipe open for as long as it runs.
        server.run("pg_ctl", "-D", data, "-l", str(folder / "log"), "-w", "-o", options, "start")
        try:
            yield server
        finally:
            server.run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def _given_away(folder: Path) -> str:
    """Give a folder to the first of some users that exists. Raises `OSError` without one."""
    for name in UNPRIVILEGED:
        try:
            shutil.chown(folder, name)
        except LookupError:
            continue
        return name
    raise OSError("no unprivileged user")


def _fill(server: Server, entries: tuple[Entry, ...]) -> None:
    rows = "".join(
        f"{entry.prefix}\t{entry.rate.destination}\t{entry.rate.price_per_minute.micro}\n"
        for entry in entries
    )
    server.ask(
        "psql",
        "-q",
        "-v",
        "ON_ERROR_STOP=1",
        "-f",
        "-",
        text="CREATE TABLE rate (prefix text PRIMARY KEY, destination text, price bigint);\n"
        f"COPY rate FROM STDIN;\n{rows}\\.\nVACUUM ANALYZE rate;\n",
    )


def _ask(server: Server, numbers: list[str]) -> float:
    script = server.folder / "ask.sql"
    script.write_text("".join(map(_query, numbers[:ASKED])))
    script.chmod(0o644)
    printed = server.ask("pgbench", "-n", "-c", "1", "-T", str(SECONDS), "-f", str(script))
    found = _RATE.search(printed)
    return float(found[1]) * ASKED if found else 0.0


def _query(digits: str) -> str:
    prefixes = ",".join(
        f"'{digits[:length]}'" for length in range(1, min(len(digits), PREFIX_MAX) + 1)
    )
    return (
        "SELECT prefix, destination, price FROM rate "  # noqa: S608 - digits of our own
        f"WHERE prefix IN ({prefixes}) ORDER BY length(prefix) DESC LIMIT 1;\n"
    )
