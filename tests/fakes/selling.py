"""Versions, members and bars of a `FakeShop`, as its manager sets them."""

from __future__ import annotations

from app.domain.tariff import Entry, Tariff, TariffRules
from app.domain.tariff_kinds import SHOP, Kind
from app.messages import commands as cmd
from app.messages.views import MemberView, SessionView, TariffRow
from app.store import tariffs
from app.store.tariffs import VersionRow, VersionState
from tests.fakes.shop import PIN, FakeShop


def draft(
    shop: FakeShop, entries: tuple[Entry, ...], name: str = SHOP, kind: Kind = Kind.SELL
) -> Tariff:
    """Write a draft as an import does, beside the desk; returns it with its version."""
    rules = shop.config.rules if kind is Kind.SELL else TariffRules()
    head = VersionRow(
        0, name, kind, VersionState.DRAFT, f"deck of {name}", "EUR", 0, "1", None, (), len(entries)
    )
    with shop.engine.begin() as db:
        # The first number is that of the tariff the shop was opened with.
        tariffs.add_draft(db, "other shop", head)
        version = tariffs.add_draft(db, "shop", head)
        for slice_ in tariffs.slices(version, entries):
            slice_.write(db)
    return Tariff(head.name, entries, version=version, rules=rules)


def activation(shop: FakeShop, tariff: Tariff, starts_at: int | None = None) -> cmd.ActivateTariff:
    """The manager's command that lets a draft be in force."""
    return cmd.ActivateTariff(
        version=tariff.version,
        tariff=tariff,
        starts_at=starts_at,
        manager_pin=PIN,
        **shop.who(),
    )


def activate(shop: FakeShop, tariff: Tariff, starts_at: int | None = None) -> None:
    shop.ask(activation(shop, tariff, starts_at))


def sell(shop: FakeShop, *entries: Entry, name: str = SHOP) -> Tariff:
    """Let these entries be sold from now on."""
    tariff = draft(shop, entries, name)
    activate(shop, tariff)
    return tariff


def buy(shop: FakeShop, *entries: Entry, name: str = "carrier") -> Tariff:
    """Let a carrier's deck hold from now on."""
    tariff = draft(shop, entries, name, Kind.COST)
    activate(shop, tariff)
    return tariff


def versions(shop: FakeShop) -> list[TariffRow]:
    rows = shop.ask(cmd.AskTariffs(**shop.who()))
    assert isinstance(rows, tuple)
    return list(rows)


def member(shop: FakeShop, number: str, discount_bp: int, name: str = "Awa Diop") -> None:
    save = cmd.SaveMember(
        member_id=number, name=name, discount_bp=discount_bp, manager_pin=PIN, **shop.who()
    )
    shop.ask(save)


def members(shop: FakeShop) -> list[MemberView]:
    rows = shop.ask(cmd.AskMembers(**shop.who()))
    assert isinstance(rows, tuple)
    return list(rows)


def choose(shop: FakeShop, session_id: str, number: str) -> None:
    shop.ask(cmd.SetMember(session_id=session_id, member_id=number, **shop.who()))


def allow(shop: FakeShop, session_id: str) -> None:
    shop.ask(cmd.AllowKeyed(session_id=session_id, manager_pin=PIN, **shop.who()))


def visit(shop: FakeShop, booth: int) -> SessionView:
    session = shop.view(booth).session
    assert session is not None
    return session
