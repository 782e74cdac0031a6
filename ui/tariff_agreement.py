"""From the blue button to a version in force: losses named, draft written, PIN asked."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from app.messages.commands import ActivateTariff
from app.messages.views import CommandFailed
from app.tariffs import jobs
from app.tariffs.proposal import Losses, Proposal
from ui.tariff_counted import COUNTED
from ui.tariff_dry_run import DryRun
from ui.tariff_owner import Owner
from ui.tariff_progress import Runner


class Agreement(QObject):
    """Carries one agreement out, however often the button is pressed."""

    activated = Signal(int)  # the new version

    def __init__(self, owner: Owner, runner: Runner, dry_run: DryRun) -> None:
        super().__init__(dry_run)
        self._owner, self._runner, self._dry_run = owner, runner, dry_run
        self._proposal_id = ""
        self._proposal: Proposal | None = None
        self._is_asked = False  # the desk has the activation
        dry_run.agreed.connect(self._on_agreed)

    def take(self, proposal_id: str, proposal: Proposal) -> None:
        """Be about this proposal from now on."""
        self._proposal_id, self._proposal = proposal_id, proposal

    @Slot()
    def _on_agreed(self) -> None:
        if self._runner.is_busy or self._is_asked or self._owner.strip.is_open:
            return
        losses = self.losses()
        if losses.changed:
            yes = self._dry_run.activate.accessibleName()
            see = (self.tr("Show them"), self._dry_run.show_losses)
            self._owner.strip.confirm(self._question(losses), yes, self._accept, see)
        else:
            self._accept()

    def _question(self, losses: Losses) -> str:
        count = self._owner.formatter.count
        parts = [COUNTED.new_losses(losses.changed, count(losses.changed))]
        if losses.already:
            parts.append(COUNTED.so_already(losses.already, count(losses.already)))
        return self.tr("%1. Activate all the same?").replace("%1", ", ".join(parts))

    def losses(self) -> Losses:
        """Return how many prefixes would be sold below cost once what is ticked is live."""
        proposal, model = self._proposal, self._dry_run.model
        if proposal is None or model is None:
            return Losses(0, 0)
        return proposal.losses(model.rows.left_out)

    def _accept(self) -> None:
        model = self._dry_run.model
        if model is None:
            return
        job = jobs.AcceptProposal(
            job_id=self._owner.jobs.new_id(),
            proposal_id=self._proposal_id,
            left_out=frozenset(model.rows.left_out),
            operator=self._owner.manager,
        )
        self._dry_run.show_error("")
        words = self.tr("Writing the new version…")
        self._runner.run(job, words, self._on_draft, self._not_accepted, self._dry_run, writes=True)

    def _not_accepted(self, failure: jobs.JobFailed) -> None:
        self._dry_run.show_error(self._owner.refusal(failure))

    def _on_draft(self, draft: jobs.Result) -> None:
        assert isinstance(draft, jobs.DraftReady), "what acceptance gives"
        self._is_asked = True
        version = draft.version

        def done(_result: object) -> None:
            self._is_asked = False
            self.activated.emit(version)

        def failed(failure: CommandFailed) -> None:
            # The draft is thrown away: accepted again, it is compared again with what holds.
            self._is_asked = False
            self._owner.drop_draft(version)
            if failure.code:
                self._dry_run.show_error(self._owner.refusal(failure))
            self._dry_run.activate.setFocus()

        command = ActivateTariff(
            **self._owner.bridge.stamp(),
            version=version,
            tariff=draft.tariff,
            starts_at=None if draft.is_from_now else draft.starts_at,
            replaces=draft.replaces,
        )
        words = self._dry_run.activate.accessibleName()
        text = self.tr("“%1” is a manager's decision.").replace("%1", words)
        self._owner.ask(command, text, done, failed)
