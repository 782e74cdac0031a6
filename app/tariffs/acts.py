"""What each job of the tariff worker does; also used by the command line, without a thread."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from sqlalchemy import Engine

from app.clock import Clock
from app.config import Config
from app.decks import templates
from app.decks.deck import Deck, Template
from app.decks.export import fitting_columns, write_deck
from app.decks.read import first_rows, read_deck
from app.domain.margins import Verdict, check_margins
from app.domain.markup import marked_up
from app.domain.tariff import Tariff, TaxMode
from app.domain.tariff_kinds import SHOP, Kind
from app.errors import UserError
from app.store import calls, tariffs
from app.store.db import DATABASE_FILE, writer_engine
from app.store.tariffs import VersionRow, VersionState
from app.tariffs import jobs, keeping, versions
from app.tariffs.files import write_text
from app.tariffs.held import HeldTariffs
from app.tariffs.many_objects import many_objects
from app.tariffs.proposal import Other, Proposal, Wish, propose
from app.tariffs.what_if import Trial, WhatIf, what_if

Progress = Callable[[int, int], None]
IsCancelled = Callable[[], bool]

_TARIFF_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,40}\Z")
_PROPOSALS_KEPT = 3
_PERMILLE_BP = 10
_POSTER_COUNTRIES = 12
_POSTER_SINCE_US = 90 * 86_400 * 1_000_000


class Acts:
    """The acts of one shop. Used by one thread; `close` gives the database back."""

    def __init__(self, folder: Path, config: Config, clock: Clock) -> None:
        """Nothing is opened yet."""
        self._folder = folder
        self._config = config
        self._clock = clock
        self._proposals: OrderedDict[str, Proposal] = OrderedDict()
        self.held = HeldTariffs(folder, config)

    @cached_property
    def _writer(self) -> Engine:
        return writer_engine(self._folder / DATABASE_FILE)

    def close(self) -> None:
        """Give the database back."""
        self.held.close()
        engine = self.__dict__.pop("_writer", None)
        if engine is not None:
            engine.dispose()

    def carry_out(
        self, job: jobs.AnyJob, progress: Progress, is_cancelled: IsCancelled
    ) -> jobs.Result:
        """Do a job and return its result. Raises `CodedError`, `TariffError`, `Cancelled`."""
        match job:
            case jobs.ReadFile():
                return self._kept(job.job_id, self.read_file(job, progress, is_cancelled))
            case jobs.SuggestPrices():
                return self._kept(job.job_id, self.suggest_prices(job))
            case jobs.AcceptProposal():
                return self._accept(job, progress, is_cancelled)
            case jobs.DropDraft():
                keeping.drop_draft(self._writer, self._config.shop_id, job.version)
                return ""
            case jobs.CheckMargins():
                return self.check_margins(job.tariff)
            case jobs.TryTariff():
                return self._try(job, is_cancelled)
            case jobs.WritePriceList():
                return self._write_price_list(job)
            case jobs.ExportVersion():
                return self._export(job)
            case jobs.KeepTemplate() | jobs.AskTemplates() | jobs.AskFirstRows():
                return self._map(job)

    def _at(self, starts_at: int | None) -> int:
        return self._clock.now_us() if starts_at is None else starts_at

    # ---- proposals ------------------------------------------------------------------------

    def read_file(
        self, job: jobs.ReadFile, progress: Progress, is_cancelled: IsCancelled
    ) -> Proposal:
        """Read a file and compare it with what holds."""
        kind = Kind.COST if job.is_cost else Kind.SELL
        wish = Wish(job.tariff, kind, self._at(job.starts_at), job.is_full, job.exchange_ppm)
        with many_objects():
            deck = read_deck(
                Path(job.path),
                template=job.template,
                zone=self._config.zone,
                progress=progress,
                is_cancelled=is_cancelled,
            )
            return self.propose(deck, wish)

    def propose(self, deck: Deck, wish: Wish) -> Proposal:
        """Compare a deck with what holds when it is to start."""
        if not _TARIFF_NAME.match(wish.tariff) or wish.tariff != wish.tariff.strip():
            raise UserError("bad_tariff_name", tariff=wish.tariff)
        kinds = {
            row.kind
            for row in self.held.all_versions(wish.tariff)
            if row.state is VersionState.READY
        }
        if wish.kind is Kind.COST and wish.tariff == SHOP:
            kinds.add(Kind.SELL)
        if kinds - {wish.kind}:
            raise UserError("tariff_other_kind", tariff=wish.tariff)
        _row, old = self.held.in_force(wish.tariff, wish.at)
        return propose(deck, wish, old, self._config, self._other(wish))

    def _other(self, wish: Wish) -> Other:
        if wish.kind is Kind.SELL:
            return Other(tuple(self.held.tariffs_of(Kind.COST, wish.at).values()))
        row, sold = self.held.in_force(SHOP, wish.at)
        return Other((sold,) if row is not None else ())

    def suggest_prices(self, job: jobs.SuggestPrices) -> Proposal:
        """Make sell prices of costs and compare them with what is sold."""
        at = self._at(job.starts_at)
        if job.of_proposal:
            proposal = self._proposal(job.of_proposal)
            entries = proposal.entries(proposal.doubtful)
        else:
            row, cost = self.held.in_force(job.cost, at)
            if row is None or row.kind is not Kind.COST:
                raise UserError("tariff_unknown", tariff=job.cost)
            entries = cost.entries
        entries = marked_up(entries, (), job.markup, tax_rate_bp=self._tax_bp)
        deck = Deck("", entries, (0,) * len(entries))
        if job.only_alarms:
            deck = self._alarming(deck, job, at)
        is_full = not job.only_alarms
        return self.propose(deck, Wish(job.tariff, Kind.SELL, at, is_full))

    @property
    def _tax_bp(self) -> int:
        rules = self._config.rules
        return rules.tax_rate_bp if rules.tax_mode is TaxMode.INCLUDED else 0

    def _alarming(self, deck: Deck, job: jobs.SuggestPrices, at: int) -> Deck:
        """Keep only the prefixes whose price now is below cost or below the guard."""
        _, sold = self.held.in_force(job.tariff, at)
        costs = self._costs_for(job, at)
        alarms = {
            row.prefix
            for cost in costs
            for row in check_margins(sold, cost, at=at, guard_permille=self._guard).rows
            if row.verdict in {Verdict.BELOW_COST, Verdict.BELOW_GUARD}
        }
        entries = tuple(entry for entry in deck.entries if entry.prefix in alarms)
        return replace(deck, entries=entries, lines=(0,) * len(entries))

    def _costs_for(self, job: jobs.SuggestPrices, at: int) -> tuple[Tariff, ...]:
        if not job.of_proposal:
            return (self.held.in_force(job.cost, at)[1],)
        proposal = self._proposal(job.of_proposal)
        rules = versions.cost_rules(self._config.rules)
        entries = proposal.entries(proposal.doubtful)
        return (Tariff("", entries, currency=self._config.currency, rules=rules),)

    @property
    def _guard(self) -> int:
        return self._config.margin_guard_bp // _PERMILLE_BP

    def _kept(self, job_id: str, proposal: Proposal) -> Proposal:
        self._proposals[job_id] = proposal
        while len(self._proposals) > _PROPOSALS_KEPT:
            self._proposals.popitem(last=False)
        return proposal

    def _proposal(self, proposal_id: str) -> Proposal:
        proposal = self._proposals.get(proposal_id)
        if proposal is None:
            raise UserError("proposal_gone")
        return proposal

    def _accept(
        self, job: jobs.AcceptProposal, progress: Progress, is_cancelled: IsCancelled
    ) -> jobs.DraftReady:
        proposal = self._proposal(job.proposal_id)
        return self.accept(
            proposal, job.left_out, job.operator, progress=progress, is_cancelled=is_cancelled
        )

    def accept(
        self,
        proposal: Proposal,
        left_out: frozenset[int],
        operator: str,
        *,
        progress: Progress = keeping.silent,
        is_cancelled: IsCancelled = keeping.never,
    ) -> jobs.DraftReady:
        """Write a proposal as a draft. Raises `UserError` `tariff_changed` where it is stale."""
        wish, now = proposal.wish, self._clock.now_us()
        row = self.held.in_force_row(wish.tariff, max(wish.at, now))
        if (0 if row is None else row.key) != proposal.old_version:
            raise UserError("tariff_changed")
        head = keeping.draft_row(
            self._config,
            tariff=wish.tariff,
            kind=wish.kind,
            name=proposal.deck.name or wish.tariff,
            operator=operator,
            now=now,
            columns=proposal.deck.columns,
        )
        with many_objects():
            tariff = keeping.write_draft(
                self._writer,
                self._config,
                head,
                proposal.entries(left_out),
                progress=progress,
                is_cancelled=is_cancelled,
            )
        return jobs.DraftReady(
            tariff.version, tariff, max(wish.at, now), wish.at <= now, proposal.old_version
        )

    # ---- questions ------------------------------------------------------------------------

    def check_margins(
        self, tariff: str, guard_bp: int | None = None
    ) -> tuple[jobs.CheckedMargins, ...]:
        """Compare a tariff with every carrier's deck."""
        now = self._clock.now_us()
        row, sold = self.held.in_force(tariff, now)
        if row is None:
            raise UserError("tariff_unknown", tariff=tariff)
        costs = self.held.tariffs_of(Kind.COST, now)
        if not costs:
            raise UserError("no_cost_deck")
        guard = self._guard if guard_bp is None else guard_bp // _PERMILLE_BP
        return tuple(
            jobs.CheckedMargins(
                tariff, name, check_margins(sold, cost, at=now, guard_permille=guard)
            )
            for name, cost in costs.items()
        )

    def _try(self, job: jobs.TryTariff, is_cancelled: IsCancelled) -> WhatIf:
        if job.proposal_id:
            proposal = self._proposal(job.proposal_id)
            entries = proposal.entries(proposal.doubtful)
            tariff = Tariff("", entries, currency=self._config.currency, rules=self._config.rules)
            return self.what_if(tariff, proposal.wish.at, job.start, job.end, is_cancelled)
        row = self.held.version_row(job.version)
        with self.held.reading() as db:
            tariff = self.held.version(db, row)
        hold_at = max(row.starts_at or 0, self._clock.now_us())
        return self.what_if(tariff, hold_at, job.start, job.end, is_cancelled)

    def what_if(
        self,
        tariff: Tariff,
        hold_at: int,
        start: int,
        end: int,
        is_cancelled: IsCancelled = keeping.never,
    ) -> WhatIf:
        """Rate the calls of `[start, end)` as if the entries that hold at `hold_at` had held."""
        costs = tuple(self.held.tariffs_of(Kind.COST, hold_at).values())
        if not self.held.exists:
            return what_if(Trial(tariff, hold_at, costs), (), start, end, is_cancelled)
        with self.held.reading() as db:
            found = calls.rated_between(db, self._config.shop_id, start, end)
            return what_if(Trial(tariff, hold_at, costs), found, start, end, is_cancelled)

    def _write_price_list(self, job: jobs.WritePriceList) -> str:
        # Fonts and reportlab take a while to load.
        from app.tariffs.price_list import PriceListOrder, make_price_list  # noqa: PLC0415

        now = self._clock.now_us()
        booth = next((one for one in self._config.booths if one.number == job.booth), None)
        row, tariff = self.held.in_force(booth.tariff if booth and booth.tariff else SHOP, now)
        if row is None:
            row, tariff = self.held.in_force(SHOP, now)
        if row is None:
            raise UserError("tariff_unknown", tariff=SHOP)
        order = PriceListOrder(
            at=now,
            language=job.language,
            booth=job.booth,
            is_poster=job.is_poster,
            countries=self._countries_called(now),
            valid_from=row.starts_at or None,
        )
        make_price_list(Path(job.path), tariff, self._config, order)
        return job.path

    def _countries_called(self, now: int) -> tuple[str, ...]:
        with self.held.reading() as db:
            since = now - _POSTER_SINCE_US
            return calls.countries_called(db, self._config.shop_id, since, _POSTER_COUNTRIES)

    def _export(self, job: jobs.ExportVersion) -> str:
        write_text(Path(job.path), self.export_text(job.version))
        return job.path

    def export_text(self, version: int) -> str:
        """Return a version as the CSV file that gives it back."""
        row = self.held.version_row(version)
        with self.held.reading() as db:
            entries = tariffs.entries(db, row.key)
        columns = fitting_columns(row.columns, entries)
        return write_deck(entries, columns=columns, zone=self._config.zone)

    # ---- the command line's own acts, while no counter is open ----------------------------

    def make_ready(self, ready: jobs.DraftReady) -> None:
        """Let a draft be in force."""
        with self._writer.begin() as db:
            if not tariffs.make_ready(db, self._config.shop_id, ready.version, ready.starts_at):
                raise UserError("tariff_not_a_draft")

    def undo_last(self, tariff: str) -> tuple[VersionRow, VersionRow | None]:
        """Take the version of a tariff back that was imported last; also returns what holds."""
        now = self._clock.now_us()
        with self._writer.begin() as db:
            rows = tariffs.versions(db, self._config.shop_id, tariff)
            ready = [row for row in rows if row.state is VersionState.READY]
            if not ready:
                raise UserError("tariff_unknown", tariff=tariff)
            last = max(ready, key=lambda row: row.key)
            tariffs.undo(db, self._config.shop_id, last.key)
            return last, tariffs.in_force(db, self._config.shop_id, tariff, now)

    # ---- templates ------------------------------------------------------------------------

    def _map(self, job: jobs.KeepTemplate | jobs.AskTemplates | jobs.AskFirstRows) -> jobs.Result:
        match job:
            case jobs.KeepTemplate():
                return self._keep_template(job)
            case jobs.AskTemplates():
                return self.all_templates()
            case jobs.AskFirstRows():
                return jobs.FirstRows(job.path, first_rows(Path(job.path), template=job.template))

    def all_templates(self) -> tuple[Template, ...]:
        """Return the built-in templates and the shop's own."""
        return (*templates.BUILT_IN, *templates.load_templates(self._folder))

    def _keep_template(self, job: jobs.KeepTemplate) -> str:
        layout = self._proposal(job.proposal_id).deck.layout
        templates.save_template(self._folder, templates.template_of(layout, job.name))
        return job.name
