"""A real Asterisk with the repository's own configuration, its phones and its carrier, on loopback.

Everything lies in one folder. Modules come from where the binary was built to look for them,
or from the folder that CALLSHOP_ASTERISK_MODULES names.
"""

from __future__ import annotations

import itertools
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from tests.real import phones
from tests.real.process import PATIENCE_S, Process

BINARIES = ("asterisk", "sipp")
CONFIGURATION = Path(__file__).parents[2] / "resources" / "asterisk"
USERNAME = "callshop"
PASSWORD = "on-loopback-only"
EXTENSIONS = ("101", "102", "103", "104")
RTP_PORTS = (31_000, 31_400)
"""Asterisk takes any of them that is free, so that two may share the range."""

BARE_MODULES = (
    "res_timing_timerfd res_sorcery_config res_sorcery_memory res_sorcery_astdb res_rtp_asterisk "
    "res_pjproject res_pjsip res_pjsip_session res_pjsip_pubsub res_pjsip_sdp_rtp "
    "res_pjsip_endpoint_identifier_user res_pjsip_endpoint_identifier_ip res_pjsip_caller_id "
    "res_pjsip_rfc3326 chan_pjsip codec_alaw codec_ulaw bridge_simple bridge_holding pbx_config "
    "app_dial"
)
"""What any phone and any line need."""
MODULES = (
    f"{BARE_MODULES} app_stack app_userevent func_db func_cdr func_channel func_strings func_logic "
    "func_math func_module cdr_manager"
)
"""And what docs/asterisk.md names, no more: each that is missing there fails a test here."""
EMPTY = ("acl", "ccss", "cel", "features", "http", "indications", "pjproject", "stasis", "udptl")

FAILOVER = """
[callshop-route](+)
exten => _004420794602XX,1,Dial(PJSIP/${EXTEN}486@carrier,30,i)
 same => n,Dial(PJSIP/${EXTEN}@carrier,60,i)
 same => n,Hangup()
exten => _004420794603XX,1,Dial(PJSIP/${EXTEN}777@carrier,2,i)
 same => n,Hangup()
"""
"""Two routes more: the first carrier is busy; the only one rings for two seconds in vain."""


def missing() -> str:
    """Name what is not installed here; "" when all is there."""
    absent = [name for name in BINARIES if shutil.which(name) is None]
    return f"not on PATH: {', '.join(absent)}" if absent else ""


def until(condition: Callable[[], bool], what: str = "") -> None:
    """Wait for a condition that something outside this process brings about."""
    end = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"waited in vain for {what or condition}")
        time.sleep(0.02)


# Below the ports that systems hand out by themselves; each process begins somewhere else.
_PORTS = itertools.cycle(range(12_000, 30_000))
for _ in range(os.getpid() * 701 % 18_000):
    next(_PORTS)


def free_port(kind: socket.SocketKind = socket.SOCK_DGRAM, in_a_row: int = 1) -> int:
    """Return a port of loopback that nobody uses, the first of so many."""
    row: list[int] = []
    for port in _PORTS:
        row = [*row, port] if _can_bind(kind, port) else []
        if len(row) == in_a_row:
            return row[0]
    raise AssertionError("no free port")


def _can_bind(kind: socket.SocketKind, port: int) -> bool:
    with socket.socket(socket.AF_INET, kind) as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


class Exchange:
    """One Asterisk with four booths and a carrier."""

    def __init__(self, folder: Path, modules: str = MODULES) -> None:
        self.folder = folder
        self._modules = modules
        self.etc = folder / "etc"
        self.ami_port = free_port(socket.SOCK_STREAM)
        self.sip_port = free_port()
        self._carrier_port = free_port()
        self._calls = 0
        self._phones: list[Phone] = []
        for name in ("etc", "lib", "spool", "run", "log"):
            (folder / name).mkdir(parents=True)
        self._render()
        self._asterisk = Process(
            ["asterisk", "-f", "-n", "-C", self.etc / "asterisk.conf"],
            folder=folder,
            ready="^Asterisk Ready",
        )
        (folder / "carrier.xml").write_text(phones.carrier())
        self._carrier = Process(_sipp(folder / "carrier", self._carrier_port), folder=folder)

    # ---- the exchange itself ------------------------------------------------------------

    def start(self) -> None:
        """Start Asterisk, and with the first start the carrier."""
        if not self._carrier.is_running:
            self._carrier.start()
            until(lambda: not _can_bind(socket.SOCK_DGRAM, self._carrier_port), "the carrier")
        self._asterisk.start()

    def stop(self) -> None:
        """End everything that was started here."""
        for phone in self._phones:
            phone.process.stop()
        self._asterisk.stop()
        self._carrier.stop()

    def kill(self) -> None:
        """End Asterisk as a power cut would; phones and carrier do not notice."""
        self._asterisk.kill()

    def restart_now(self) -> None:
        """`core restart now`: calls are dropped, the process starts itself anew."""
        # The console is gone before it could answer.
        self._run("core restart now")
        self._asterisk.wait_for("^Asterisk Ready", count=2)

    def command(self, line: str) -> str:
        """Give a command on Asterisk's own console; returns its answer."""
        done = self._run(line)
        assert done.returncode == 0, done.stdout
        return done.stdout

    def _run(self, line: str) -> subprocess.CompletedProcess[str]:
        words = ["asterisk", "-C", str(self.etc / "asterisk.conf"), "-rx", line]
        return subprocess.run(words, capture_output=True, text=True, check=False, timeout=30)

    # ---- what it holds --------------------------------------------------------------------

    def entry(self, family: str, key: str) -> str | None:
        """Read one key of AstDB."""
        found = re.search(
            r"^Value: (.*)$", self.command(f"database get {family} {key}"), re.MULTILINE
        )
        return None if found is None else found.group(1)

    def put(self, family: str, key: str, value: str) -> None:
        """Write one key of AstDB, by hand."""
        assert "success" in self.command(f'database put {family} {key} "{value}"')

    def forget(self, family: str, key: str) -> None:
        """Delete one key of AstDB, by hand."""
        assert "removed" in self.command(f"database del {family} {key}")

    def kept(self) -> dict[str, str]:
        """Return the finished calls that it keeps for the till."""
        found = re.findall(
            r"^/callshop_cdr/(\S+)\s*: (\S*)", self.command("database show"), re.MULTILINE
        )
        return dict(found)

    def channels(self) -> list[str]:
        """Return the names of the channels that are up."""
        lines = self.command("core show channels concise").splitlines()
        return [line.partition("!")[0] for line in lines if "!" in line]

    def cut_manager(self) -> None:
        """Throw the till out, and nothing else."""
        for line in self.command("manager show connected").splitlines():
            words = line.split()
            if words and words[0] == USERNAME:
                self.command(f"manager kick session {words[4]}")

    # ---- phones ---------------------------------------------------------------------------

    def dial(self, extension: str, number: str) -> Phone:
        """Lift the receiver of a booth and dial."""
        self._calls += 1
        phone = Phone(self, extension, number, self._calls)
        self._phones.append(phone)
        phone.process.start()
        return phone

    # ---- configuration --------------------------------------------------------------------

    def _render(self) -> None:
        ours = {path.name: path.read_text() for path in CONFIGURATION.glob("*.conf")}
        assert "CHANGE_ME" in ours["manager-callshop.conf"]
        ours["manager-callshop.conf"] = ours["manager-callshop.conf"].replace("CHANGE_ME", PASSWORD)
        del ours["pjsip-callshop.conf"]  # an example with names that are not here
        files = {
            **{f"{name}.conf": "" for name in EMPTY},
            **ours,
            "asterisk.conf": self._asterisk_conf(),
            "modules.conf": "[modules]\nautoload = no\n"
            + "".join(f"load = {name}.so\n" for name in self._modules.split()),
            "logger.conf": "[general]\n[logfiles]\nconsole => warning,error\n",
            "rtp.conf": "[general]\nrtpstart = {}\nrtpend = {}\n".format(*RTP_PORTS),
            "cdr.conf": "[general]\nenable = yes\nendbeforehexten = yes\nbatch = no\n",
            "cdr_manager.conf": ours["cdr_manager-callshop.conf"],
            "manager.conf": f"[general]\nenabled = yes\nport = {self.ami_port}\n"
            'bindaddr = 127.0.0.1\ntimestampevents = yes\n#include "manager-callshop.conf"\n',
            "extensions.conf": f'[from-carrier]\n#include "extensions-callshop.conf"\n{FAILOVER}',
            "pjsip.conf": self._pjsip_conf(),
        }
        for name, text in files.items():
            (self.etc / name).write_text(text)

    def _asterisk_conf(self) -> str:
        folders = {
            "astetcdir": self.etc,
            "astvarlibdir": self.folder / "lib",
            "astdbdir": self.folder / "lib",
            "astkeydir": self.folder / "lib",
            "astagidir": self.folder / "lib",
            "astspooldir": self.folder / "spool",
            "astrundir": self.folder / "run",
            "astlogdir": self.folder / "log",
        }
        if modules := os.environ.get("CALLSHOP_ASTERISK_MODULES"):
            folders["astmoddir"] = Path(modules)
        return "[directories]\n" + "".join(f"{key} => {path}\n" for key, path in folders.items())

    def _pjsip_conf(self) -> str:
        booths = "".join(
            f"[{extension}]\ntype = endpoint\ncontext = callshop-booths\nallow = !all,alaw\n"
            f"aors = {extension}\naccountcode = {extension}\ndirect_media = no\n"
            f"set_var = CALLSHOP_BOOTH={extension}\nallow_transfer = no\n"
            f"[{extension}]\ntype = aor\n"
            for extension in EXTENSIONS
        )
        return (
            "[global]\ntype = global\nendpoint_identifier_order = username,ip\n"
            "[udp]\ntype = transport\nprotocol = udp\n"
            f"bind = 127.0.0.1:{self.sip_port}\n{booths}"
            "[carrier]\ntype = endpoint\ncontext = from-carrier\nallow = !all,alaw\n"
            "aors = carrier\ndirect_media = no\nallow_transfer = no\n"
            f"[carrier]\ntype = aor\ncontact = sip:127.0.0.1:{self._carrier_port}\n"
        )


class Phone:
    """One call of a booth's phone."""

    def __init__(self, exchange: Exchange, extension: str, number: str, count: int) -> None:
        self._port = free_port()
        self._call_id = f"{extension}-{count}-1"
        self._path = exchange.folder / f"phone-{count}"
        self._path.with_suffix(".xml").write_text(phones.phone(number, extension))
        words = [*_sipp(self._path, self._port), "-m", "1"]
        words += ["-cid_str", f"{extension}-{count}-%u", f"127.0.0.1:{exchange.sip_port}"]
        self.process = Process(words, folder=exchange.folder)

    def hang_up(self) -> None:
        """Put the receiver down in mid-call, and wait until that is done."""
        # The till may know of the answer before the phone does.
        until(lambda: "ACK" in self.said(), "the phone's own answer")
        self._put_down()

    def give_up(self) -> None:
        """Put the receiver down while it rings, and wait until that is done."""
        until(lambda: "180" in self.said(), "the phone's own ringing")
        self._put_down()

    def _put_down(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as hand:
            hand.sendto(phones.hang_up(self._call_id), ("127.0.0.1", self._port))
        self.wait_end()

    def wait_end(self) -> None:
        """Wait until the phone is silent again."""
        assert self.process.wait_end() == 0, self.process.output

    def vanish(self) -> None:
        """Die without a word."""
        self.process.kill()

    def said(self) -> list[str]:
        """What was said on this line, in order: status codes and methods."""
        path = self._path.with_suffix(".messages")
        text = path.read_text(errors="replace") if path.exists() else ""
        return re.findall(r"^(?:SIP/2\.0 (?=\d)|(?=[A-Z]+ sip:))(\d{3}|[A-Z]+)", text, re.MULTILINE)


def _sipp(path: Path, port: int) -> list[str | Path]:
    return [
        *("sipp", "-sf", path.with_suffix(".xml"), "-nostdin"),
        *("-i", "127.0.0.1", "-mi", "127.0.0.1", "-p", str(port)),
        # It takes some ports from here on, and tries no others.
        *("-mp", str(free_port(in_a_row=8))),
        *("-trace_msg", "-message_file", path.with_suffix(".messages")),
        *("-trace_err", "-error_file", path.with_suffix(".errors")),
    ]
