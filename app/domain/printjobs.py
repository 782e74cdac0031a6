"""States of a paper that was asked for."""

from __future__ import annotations

import enum


class PrintJobState(enum.Enum):
    """What is true of the paper; stored by name."""

    QUEUED = "QUEUED"  # nothing was sent
    SENDING = "SENDING"  # bytes may have left
    PRINTED = "PRINTED"  # the printer proved it, or cannot prove anything
    FAILED = "FAILED"  # nothing was sent; may be queued again as it is
    UNCERTAIN = "UNCERTAIN"  # bytes left, no proof; may only be queued again as a COPY
    DROPPED = "DROPPED"  # given up by a person


STEPS: dict[PrintJobState, frozenset[PrintJobState]] = {
    PrintJobState.QUEUED: frozenset(
        {PrintJobState.SENDING, PrintJobState.FAILED, PrintJobState.DROPPED}
    ),
    PrintJobState.SENDING: frozenset(
        {PrintJobState.PRINTED, PrintJobState.FAILED, PrintJobState.UNCERTAIN}
    ),
    PrintJobState.PRINTED: frozenset(),
    PrintJobState.FAILED: frozenset({PrintJobState.QUEUED, PrintJobState.DROPPED}),
    PrintJobState.UNCERTAIN: frozenset({PrintJobState.QUEUED, PrintJobState.DROPPED}),
    PrintJobState.DROPPED: frozenset(),
}

OPEN = frozenset(
    {
        PrintJobState.QUEUED,
        PrintJobState.SENDING,
        PrintJobState.FAILED,
        PrintJobState.UNCERTAIN,
    }
)
"""States that the print queue shows."""


def may_step(state: PrintJobState, to: PrintJobState) -> bool:
    """Tell whether the table has this step."""
    return to in STEPS[state]
