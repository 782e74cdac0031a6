"""`callshop verify`: look through the books; change nothing."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from app.commandline_shop import acts_of
from app.sentences import gettext as _
from app.sentences import ngettext
from app.terminal import EXIT_FAILED, EXIT_OK, data_option, json_option, say, say_json

if TYPE_CHECKING:
    from app.store.checks import CheckFinding


def add_verify(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    verify = commands.add_parser(
        "verify",
        parents=[data_option(), json_option()],
        help=_("look through the books; exit status 1 where something does not hold"),
    )
    verify.set_defaults(run=_verify)


def _verify(options: argparse.Namespace) -> int:
    from app.store import checks  # noqa: PLC0415
    from app.store.db import DATABASE_FILE, reader_engine  # noqa: PLC0415

    all_checks = (*checks.CHECKS, *checks.ON_DEMAND)
    names = [check.__name__ for check in all_checks]
    findings: list[CheckFinding] = []
    with acts_of(options) as (folder, config, _acts):
        path = folder / DATABASE_FILE
        if path.exists():
            engine = reader_engine(path)
            try:
                with engine.connect() as db:
                    findings = checks.run(db, config.shop_id, all_checks)
            finally:
                engine.dispose()
    if options.json:
        bodies = [{"check": one.check, "detail": one.detail} for one in findings]
        say_json({"findings": bodies, "checked": names})
    else:
        for one in findings:
            sentence = _sentences().get(one.check, one.check)
            say(_("{what}: {where}").format(what=sentence, where=one.detail))
        found = ngettext("{count} finding", "{count} findings", len(findings))
        say(ngettext("{count} check", "{count} checks", len(names)) + ", " + found)
    return EXIT_FAILED if findings else EXIT_OK


def _sentences() -> dict[str, str]:
    return {
        "entries_balance": _("An entry of the ledger does not add up to zero"),
        "calls_match_entries": _("Calls and ledger do not say the same"),
        "settled_sessions_are_zero": _("A closed session still owes something"),
        "settled_sessions_have_a_receipt": _("A paid session has no receipt"),
        "receipts_have_no_gap": _("Receipt numbers have a gap"),
        "receipts_match_payments": _("A receipt and its payment do not say the same"),
        "wanted_papers_have_a_job": _("A receipt that was wanted was never given to the printer"),
        "tariffs_are_whole": _("A tariff is not whole"),
        "file_is_sound": _("The database’s file is damaged"),
    }
