"""What was commanded, what needs somebody's eye, booths out of service, proof of life."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from app.store.tables import audit as audit_table
from app.store.tables import booth as booth_table
from app.store.tables import command_log, link_alive


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing for the audit list; a repeated `key` is kept once."""

    key: str
    code: str
    at: int
    booth: int | None = None
    call_key: int | None = None
    detail: str = ""


def logged_result(db: Connection, shop: str, command_id: str) -> str | None:
    """Return the kept result of a command that was carried out before."""
    return db.execute(
        select(command_log.c.result).where(
            command_log.c.shop_id == shop, command_log.c.command_id == command_id
        )
    ).scalar_one_or_none()


def log_command(db: Connection, shop: str, values: dict[str, str | int]) -> None:
    """Keep who commanded what, with its result, under the command's own key."""
    db.execute(insert(command_log).values(shop_id=shop, **values))


def add_finding(db: Connection, shop: str, finding: Finding) -> bool:
    """Put a finding on the audit list; False when it stands there already."""
    known = db.execute(
        select(audit_table.c.id).where(
            audit_table.c.shop_id == shop, audit_table.c.key == finding.key
        )
    ).first()
    if known is not None:
        return False
    db.execute(
        insert(audit_table).values(
            shop_id=shop,
            key=finding.key,
            at=finding.at,
            code=finding.code,
            booth=finding.booth,
            call_key=finding.call_key,
            detail=finding.detail,
            is_open=True,
            remark="",
        )
    )
    return True


def findings(db: Connection, shop: str, limit: int) -> list[RowMapping]:
    """Return the audit list, open ones first, then newest first."""
    query = (
        select(audit_table)
        .where(audit_table.c.shop_id == shop)
        .order_by(audit_table.c.is_open.desc(), audit_table.c.id.desc())
        .limit(limit)
    )
    return list(db.execute(query).mappings())


def open_findings(db: Connection, shop: str) -> int:
    """Count what still needs somebody's eye."""
    query = (
        select(func.count())
        .select_from(audit_table)
        .where(audit_table.c.shop_id == shop, audit_table.c.is_open)
    )
    return int(db.execute(query).scalar_one())


def close_finding(db: Connection, shop: str, key: int, remark: str) -> bool:
    """Mark a finding as seen; False when there is no such one."""
    result = db.execute(
        update(audit_table)
        .where(audit_table.c.shop_id == shop, audit_table.c.id == key)
        .values(is_open=False, remark=remark)
    )
    return bool(result.rowcount)


def close_by_key(db: Connection, shop: str, key: str, remark: str) -> None:
    """Mark the finding with this key as seen, if it stands there."""
    db.execute(
        update(audit_table)
        .where(audit_table.c.shop_id == shop, audit_table.c.key == key)
        .values(is_open=False, remark=remark)
    )


def booths_out(db: Connection, shop: str) -> dict[int, str]:
    """Return the booths that are out of service with the reason."""
    rows = db.execute(
        select(booth_table.c.number, booth_table.c.out_reason).where(
            booth_table.c.shop_id == shop, booth_table.c.is_out
        )
    )
    return {int(number): str(reason) for number, reason in rows}


def set_booth_out(db: Connection, shop: str, number: int, *, is_out: bool, reason: str) -> None:
    """Take a booth out of service or back."""
    key = (booth_table.c.shop_id == shop, booth_table.c.number == number)
    db.execute(delete(booth_table).where(*key))
    db.execute(
        insert(booth_table).values(shop_id=shop, number=number, is_out=is_out, out_reason=reason)
    )


def set_alive(db: Connection, shop: str, link: str, at: int) -> None:
    """Keep the last instant at which the exchange was heard."""
    key = (link_alive.c.shop_id == shop, link_alive.c.link == link)
    updated = db.execute(update(link_alive).where(*key).values(at=at))
    if updated.rowcount == 0:
        db.execute(insert(link_alive).values(shop_id=shop, link=link, at=at))


def last_alive(db: Connection, shop: str, link: str) -> int | None:
    """Return the last instant at which the exchange was heard."""
    return db.execute(
        select(link_alive.c.at).where(link_alive.c.shop_id == shop, link_alive.c.link == link)
    ).scalar_one_or_none()
