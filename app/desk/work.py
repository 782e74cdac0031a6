"""What a use case is given: the shop's fixed facts, and one transaction with its consequences.

A use case writes through `work.db` and notes what is to happen once the commit
stands: tiles to draw again, actions for an exchange, papers. A roll-back forgets
both together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy import Connection

from app.clock import Clock
from app.config import BoothConfig, Config
from app.desk.pricing import Pricing
from app.domain.phone import NumberPlan, plan_for
from app.domain.tariff import Tariff
from app.messages.devices import PdfOrder, PrintOrder
from app.messages.pbx import LinkAction
from app.messages.views import Barred
from app.store import journal


@dataclass
class Shop:
    """Fixed facts of the shop; only the pricing changes, by an import."""

    config: Config
    pricing: Pricing
    clock: Clock
    has_printer: bool = False
    booths: dict[int, BoothConfig] = field(default_factory=dict)
    by_extension: dict[tuple[str, str], BoothConfig] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index the booths by number and by what the exchange calls them."""
        self.booths = {booth.number: booth for booth in self.config.booths}
        self.by_extension = {
            (booth.exchange, booth.extension): booth for booth in self.config.booths
        }

    @property
    def shop_id(self) -> str:
        """Key of the shop in every table."""
        return self.config.shop_id

    def tariff_at(self, booth: int, at: int) -> Tariff:
        """Return what is sold in a booth at an instant (microseconds UTC)."""
        known = self.booths.get(booth)
        return self.pricing.tariff(known.tariff if known is not None else "", at)

    @cached_property
    def plan(self) -> NumberPlan:
        """How people dial here; made with the first number, since the plans take time to load."""
        return plan_for(
            self.config.country,
            access_digits=self.config.access_digits,
            extra_emergency=self.config.emergency,
            extensions=tuple(booth.extension for booth in self.config.booths),
        )


@dataclass
class Work:
    """One transaction: the connection, the instant, who asks, and what follows the commit."""

    db: Connection
    shop: Shop
    now: int
    operator: str = ""
    till: str = ""
    approved_by: str = ""
    command_id: str = ""
    booths: set[int] = field(default_factory=set)
    refused: dict[int, int] = field(default_factory=dict)
    barred: dict[int, Barred] = field(default_factory=dict)
    repriced: list[Callable[[Pricing], None]] = field(default_factory=list)
    actions: list[tuple[str, LinkAction]] = field(default_factory=list)
    orders: list[PrintOrder | PdfOrder] = field(default_factory=list)
    go_on: list[int] = field(default_factory=list)
    has_new_findings: bool = False
    has_new_receipts: bool = False
    has_job_changes: bool = False
    has_written: bool = False

    @property
    def shop_id(self) -> str:
        """Key of the shop in every table."""
        return self.shop.shop_id

    def note(self, finding: journal.Finding) -> None:
        """Put something on the audit list, once."""
        if journal.add_finding(self.db, self.shop_id, finding):
            self.has_new_findings = True
            self.has_written = True

    def merge(self, other: Work) -> None:
        """Take over the consequences of a savepoint that held."""
        self.booths |= other.booths
        self.refused |= other.refused
        self.barred |= other.barred
        self.repriced += other.repriced
        self.actions += other.actions
        self.orders += other.orders
        self.go_on += other.go_on
        self.has_new_findings |= other.has_new_findings
        self.has_new_receipts |= other.has_new_receipts
        self.has_job_changes |= other.has_job_changes
        self.has_written |= other.has_written
