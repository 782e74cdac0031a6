"""What the owner's window asks of the tariff worker, and what comes back.

All frozen: they cross threads. Every job is answered by exactly one `JobDone`, `JobFailed` or
`JobCancelled`; before that any number of `JobProgress`.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.decks.deck import Template
from app.domain.margins import MarginReport
from app.domain.markup import Markup
from app.domain.money import MICRO
from app.domain.tariff import Tariff
from app.tariffs.proposal import Proposal
from app.tariffs.what_if import WhatIf

SAME_CURRENCY = MICRO
"""`exchange_ppm` of a file in the shop's own currency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Something to do beside the counter."""

    job_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile(Job):
    """Read a deck and compare it with the tariff it is to become; the result is a `Proposal`.

    `starts_at` None: from now on. `template` gives columns and formats, where a person has
    chosen them; None finds them out.
    """

    path: str
    tariff: str
    is_cost: bool
    is_full: bool
    starts_at: int | None = None
    exchange_ppm: int = SAME_CURRENCY
    template: Template | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestPrices(Job):
    """Make sell prices of a carrier's deck and compare; the result is a `Proposal`.

    The costs are those of the tariff `cost` in force, or of the proposal `of_proposal`. With
    `only_alarms` only prices below cost or below the guard are changed.
    """

    cost: str
    tariff: str
    markup: Markup
    only_alarms: bool = False
    of_proposal: str = ""
    starts_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptProposal(Job):
    """Write a proposal as a draft, rows by number left out; the result is a `DraftReady`."""

    proposal_id: str
    left_out: frozenset[int]
    operator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DropDraft(Job):
    """Delete a draft whose activation was refused; the result is an empty text.

    Nothing is done to a version that is no draft (any more).
    """

    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckMargins(Job):
    """Compare what is sold with what carriers ask; the result is a tuple of `CheckedMargins`."""

    tariff: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TryTariff(Job):
    """Rate the calls of `[start, end)` by a proposal or a version; the result is a `WhatIf`."""

    start: int
    end: int
    proposal_id: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WritePriceList(Job):
    """Write the price list of the shop, or of a booth, as PDF; the result is the path."""

    path: str
    language: str
    booth: int | None = None
    is_poster: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportVersion(Job):
    """Write a version as CSV; the result is the path."""

    version: int
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepTemplate(Job):
    """Keep how a proposal's file was read under a name; the result is the name."""

    proposal_id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskTemplates(Job):
    """List the templates, the built-in ones first; the result is a tuple of `Template`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskFirstRows(Job):
    """Look at the first rows of a file as they stand; the result is a `FirstRows`.

    `template` tells delimiter, encoding and sheet where a person has chosen them.
    """

    path: str
    template: Template | None = None


AnyJob = (
    ReadFile
    | SuggestPrices
    | AcceptProposal
    | DropDraft
    | CheckMargins
    | TryTariff
    | WritePriceList
    | ExportVersion
    | KeepTemplate
    | AskTemplates
    | AskFirstRows
)


@dataclass(frozen=True, slots=True)
class DraftReady:
    """A draft is written: activate it with `commands.ActivateTariff`."""

    version: int
    tariff: Tariff
    starts_at: int
    is_from_now: bool
    replaces: int  # the version it was compared with, 0 none


@dataclass(frozen=True, slots=True)
class CheckedMargins:
    """A tariff against one carrier's deck."""

    sold: str
    cost: str
    report: MarginReport


@dataclass(frozen=True, slots=True)
class FirstRows:
    """The first rows of a file, for a person who maps its columns."""

    path: str
    rows: tuple[tuple[str, ...], ...]


Result = (
    Proposal
    | DraftReady
    | tuple[CheckedMargins, ...]
    | WhatIf
    | tuple[Template, ...]
    | FirstRows
    | str
)


@dataclass(frozen=True, slots=True)
class JobProgress:
    """How far a job is; the unit is not said."""

    job_id: str
    done: int
    of: int


@dataclass(frozen=True, slots=True)
class JobDone:
    """The job is done."""

    job_id: str
    result: Result


@dataclass(frozen=True, slots=True)
class JobFailed:
    """Nothing was changed; `code` and `params` say why."""

    job_id: str
    code: str
    params: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True)
class JobCancelled:
    """A person ended the job; nothing was changed."""

    job_id: str


JobNews = JobProgress | JobDone | JobFailed | JobCancelled
