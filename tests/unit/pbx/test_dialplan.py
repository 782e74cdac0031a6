"""The dialplan that shops copy: what an emergency call may depend on."""

from __future__ import annotations

import importlib.resources
import re

# Part of Asterisk itself, whatever modules are loaded; Dial is what every shop has.
OF_THE_CORE = {"Set", "Goto", "GotoIf", "Hangup", "Dial"}


def applications(context: str) -> list[str]:
    """The applications that a context calls, in order."""
    source = importlib.resources.files("resources") / "asterisk" / "extensions-callshop.conf"
    _, _, rest = source.read_text(encoding="utf-8").partition(f"\n[{context}]\n")
    text = rest.partition("\n[")[0]
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith(";")]
    return [re.split(r"[,>]\s*(?:n|1)(?:\([a-z]+\))?,", line, maxsplit=1)[1] for line in lines]


def test_an_emergency_call_needs_nothing_that_a_module_brings() -> None:
    steps = [
        step
        for context in ("callshop-emergency", "callshop-open", "callshop-route-emergency")
        for step in applications(context)
    ]
    called = {step.partition("(")[0] for step in steps}
    assert called >= {"Set", "Goto", "Dial"}
    assert called - OF_THE_CORE == {"UserEvent"}


def test_the_event_of_an_emergency_call_is_left_out_where_nobody_can_raise_it() -> None:
    steps = applications("callshop-open")
    [at] = [place for place, step in enumerate(steps) if step.startswith("UserEvent(")]
    assert steps[at - 1] == 'GotoIf($["${IFMODULE(app_userevent.so)}" = "1"]?:dial)'
    assert steps[at + 1].startswith("Goto(callshop-route-emergency,")
