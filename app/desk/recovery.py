"""After a start: people, checks, unfinished papers.

Calls are brought in line by the link's first snapshot (`app.desk.calls.take_snapshot`).
"""

from __future__ import annotations

import logging

from app.desk.papers import resume_jobs
from app.desk.work import Work
from app.domain.roles import Role
from app.store import checks, people
from app.store.journal import Finding

log = logging.getLogger(__name__)


def recover(work: Work) -> None:
    """Make sure the first operator exists, run the checks, take up the print queue."""
    config = work.shop.config
    if people.get(work.db, work.shop_id, config.operator) is None:
        people.add(
            work.db,
            work.shop_id,
            people.OperatorRow(config.operator, config.operator_name, Role.OPERATOR),
        )
    for finding in checks.run(work.db, work.shop_id):
        log.error("check failed check=%s detail=%s", finding.check, finding.detail)
        work.note(
            Finding(
                key=f"check:{finding.check}:{finding.detail}"[:160],
                code="check_failed",
                at=work.now,
                detail=f"{finding.check}: {finding.detail}"[:200],
            )
        )
    resume_jobs(work)
