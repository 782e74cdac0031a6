"""The way of an import: file, reading, dry run, columns, prices, agreement. GUI thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.decks.deck import Template
from app.domain.markup import Markup
from app.domain.tariff_kinds import Kind
from app.tariffs import jobs
from app.tariffs.proposal import Proposal
from ui.tariff_agreement import Agreement
from ui.tariff_columns import ColumnsPage
from ui.tariff_dry_run import DryRun
from ui.tariff_file import FileForm, FileWish
from ui.tariff_jobs import Heard
from ui.tariff_markup import MarkupForm
from ui.tariff_owner import Owner
from ui.tariff_progress import ProgressCard, Runner
from ui.tariff_texts import FILE_CODES
from ui.tokens import Palette

_UNMAPPABLE = frozenset(
    ("unreadable", "empty", "too_large", "not_a_spreadsheet", "encrypted", "zip_bomb", "unsafe_xml")
)
"""Files that no mapping makes readable."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A proposal in sight, and how it came about."""

    proposal_id: str
    proposal: Proposal
    from_now: bool


class ImportPage(QStackedWidget):
    """`activated` carries the version that was made; `left` is the way back to the versions."""

    activated = Signal(int)
    left = Signal()
    what_if_wished = Signal(str)  # a proposal's key

    def __init__(self, owner: Owner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._owner = owner
        self._wish: FileWish | None = None
        self._template: Template | None = None
        self._sheets: tuple[str, ...] = ()
        self._keep_as = ""
        self._seen: list[Seen] = []  # the one in sight is the last
        self._cost = ""
        self.form, self.progress = FileForm(owner), ProgressCard()
        self.dry_run, self.columns = DryRun(owner), ColumnsPage(owner)
        self.markup = MarkupForm(owner)
        self._runner = Runner(owner, self, self.progress)
        self.agreement = Agreement(owner, self._runner, self.dry_run)
        for page in (self.form, self.progress, self.dry_run, self.columns, self.markup):
            self.addWidget(page)
        self._connect()

    def _connect(self) -> None:
        self.form.wished.connect(self._on_wish)
        self.form.columns_wished.connect(self._map)
        self.form.left.connect(self.left)
        self.agreement.activated.connect(self._on_activated)
        self.dry_run.left.connect(self.leave)
        self.dry_run.columns_wished.connect(self._map)
        self.dry_run.prices_wished.connect(self._ask_markup)
        self.dry_run.what_if_wished.connect(self._on_what_if)
        self.columns.wished.connect(self._on_mapped)
        self.columns.rows_wished.connect(self._ask_rows)
        self.columns.left.connect(self.leave)
        self.markup.wished.connect(self._on_markup)
        self.markup.left.connect(self.leave)

    @property
    def is_busy(self) -> bool:
        """Whether a job runs whose answer decides what is shown."""
        return self._runner.is_busy

    # ---- entering and leaving -------------------------------------------------------------

    def begin(self, path: str = "") -> None:
        """Ask for a file."""
        self._seen.clear()
        self._template = None
        self.form.clear()
        self.form.show_names()
        if path:
            self.form.take_file(path)
        self._show(self.form)
        if not self.form.path:
            self.form.zone.choose.setFocus()

    def begin_markup(self, cost: str) -> None:
        """Ask how prices are made of a carrier's deck in force."""
        self._seen.clear()
        self._cost = cost
        self.markup.begin(cost)
        self._show(self.markup)

    def _show(self, page: QWidget) -> None:
        self.setCurrentWidget(page)

    @Slot()
    def leave(self) -> None:
        """Go one step back, as Escape does."""
        page = self.currentWidget()
        if page is self.progress:
            self._runner.cancel()
        elif page is self.columns or (page is self.markup and self._seen):
            self._show(self.dry_run if self._seen else self.form)
        elif page is self.dry_run and len(self._seen) > 1:
            self._seen.pop()
            self._show_last()
        elif page is self.dry_run and self._cost and not self._wish:
            self._show(self.markup)
        elif page is self.dry_run:
            self._seen.clear()
            self._show(self.form)
        else:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def set_palette(self, palette: Palette) -> None:
        """Recolour for another theme."""
        self.dry_run.set_palette(palette)

    def speak(self) -> None:
        """Write everything again in another language."""
        for page in (self.form, self.dry_run, self.columns, self.markup):
            page.speak()

    # ---- reading ------------------------------------------------------------------------------

    @Slot(object)
    def _on_wish(self, wish: FileWish) -> None:
        self._wish, self._template, self._cost = wish, None, ""
        self._read()

    def _read(self) -> None:
        wish = self._wish
        if wish is None or self.is_busy:
            return
        job = jobs.ReadFile(
            job_id=self._owner.jobs.new_id(),
            path=wish.path,
            tariff=wish.tariff,
            is_cost=wish.is_cost,
            is_full=wish.is_full,
            starts_at=wish.starts_at,
            exchange_ppm=wish.exchange_ppm,
            template=self._template,
        )
        words = self.tr("Reading “%1”…").replace("%1", Path(wish.path).name)
        back = self.columns if self.currentWidget() is self.columns else self.form
        self._runner.run(job, words, self._on_read, self._not_read, back)

    def _on_read(self, result: jobs.Result) -> None:
        assert isinstance(result, Proposal), "what reading gives"
        wish = self._wish
        self._seen = [Seen(self._runner.last, result, wish is None or wish.starts_at is None)]
        self._show_last()
        if self._keep_as:
            name, self._keep_as = self._keep_as, ""
            keep = jobs.KeepTemplate(
                job_id=self._owner.jobs.new_id(), proposal_id=self._runner.last, name=name
            )
            self._owner.jobs.start(keep, Heard(self._on_kept, self._not_kept))

    def _not_read(self, failure: jobs.JobFailed) -> None:
        text = self._owner.refusal(failure)
        params = dict(failure.params)
        self._sheets = ()
        if failure.code == "several_sheets":
            self._sheets = tuple(str(params.get("sheets", "")).split(", "))
        if self.currentWidget() is self.columns:
            self.columns.show_error(text)
        elif failure.code == "deck_currency":
            self.form.ask_rate(text)
        else:
            can_map = failure.code in FILE_CODES and failure.code not in _UNMAPPABLE
            self.form.show_error(text, can_map=can_map)

    def _on_kept(self, result: jobs.Result) -> None:
        self._owner.said.emit(self.tr("Kept as template “%1”.").replace("%1", str(result)))

    def _not_kept(self, failure: jobs.JobFailed) -> None:
        self.dry_run.show_error(self._owner.refusal(failure))

    # ---- columns ------------------------------------------------------------------------------

    @Slot()
    def _map(self) -> None:
        if self._wish is None or self.is_busy:
            return
        layout = self._seen[-1].proposal.deck.layout if self._seen else None
        self.columns.begin(Path(self._wish.path).name, layout, self._sheets)
        ask = jobs.AskTemplates(job_id=self._owner.jobs.new_id())
        self._owner.jobs.start(ask, Heard(self._on_templates, self._not_kept))
        cut = Template("")
        if layout is not None:
            is_text = layout.kind == "csv"
            cut = Template(
                "",
                delimiter=layout.delimiter if is_text else "",
                encoding=layout.encoding if is_text else "",
                sheet=layout.sheet,
            )
        elif self._sheets:
            cut = Template("", sheet=self._sheets[0])
        self._show(self.columns)
        self._ask_rows(cut)

    def _on_templates(self, result: jobs.Result) -> None:
        if isinstance(result, tuple):
            self.columns.show_templates(tuple(one for one in result if isinstance(one, Template)))

    @Slot(object)
    def _ask_rows(self, cut: Template) -> None:
        assert self._wish is not None, "columns of a file only"

        def show(result: jobs.Result) -> None:
            if isinstance(result, jobs.FirstRows):
                self.columns.show_rows(result.rows)

        def refuse(failure: jobs.JobFailed) -> None:
            self.columns.show_error(self._owner.refusal(failure))

        ask = jobs.AskFirstRows(
            job_id=self._owner.jobs.new_id(), path=self._wish.path, template=cut
        )
        self._owner.jobs.start(ask, Heard(show, refuse))

    @Slot(object, str)
    def _on_mapped(self, template: Template, keep_as: str) -> None:
        self._template, self._keep_as = template, keep_as
        self._read()

    # ---- prices out of costs --------------------------------------------------------------------

    @Slot()
    def _ask_markup(self) -> None:
        if self._seen and not self.is_busy:
            self.markup.begin(self._seen[-1].proposal.wish.tariff)
            self._show(self.markup)

    @Slot(object, str, bool)
    def _on_markup(self, markup: Markup, tariff: str, only_alarms: bool) -> None:  # noqa: FBT001 - a signal's
        if self.is_busy:
            return
        of = next((one for one in self._seen if one.proposal.wish.kind is Kind.COST), None)
        self._seen = [of] if of is not None else []
        job = jobs.SuggestPrices(
            job_id=self._owner.jobs.new_id(),
            cost=of.proposal.wish.tariff if of is not None else self._cost,
            tariff=tariff,
            markup=markup,
            only_alarms=only_alarms,
            of_proposal=of.proposal_id if of is not None else "",
            starts_at=of.proposal.wish.at if of is not None and not of.from_now else None,
        )
        from_now = job.starts_at is None

        def show(result: jobs.Result) -> None:
            assert isinstance(result, Proposal), "what prices out of costs give"
            self._seen.append(Seen(self._runner.last, result, from_now))
            self._show_last()

        def refuse(failure: jobs.JobFailed) -> None:
            self.markup.show_error(self._owner.refusal(failure))

        self._runner.run(job, self.tr("Working out the prices…"), show, refuse, self.markup)

    @Slot()
    def _on_what_if(self) -> None:
        if self._seen:
            self.what_if_wished.emit(self._seen[-1].proposal_id)

    @Slot(int)
    def _on_activated(self, version: int) -> None:
        self._seen.clear()
        self.form.clear()
        self._owner.load()
        self.activated.emit(version)

    def _show_last(self) -> None:
        last = self._seen[-1]
        self.agreement.take(last.proposal_id, last.proposal)
        self.dry_run.show_proposal(last.proposal, from_now=last.from_now)
        self._show(self.dry_run)
        self.dry_run.table.setFocus()
