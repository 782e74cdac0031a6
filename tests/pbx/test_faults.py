"""Each fault of the stand-in is coped with, and each check finds the bug planted for it."""

from __future__ import annotations

import pytest

from tests.fakes.inbox import World
from tests.pbx.planted import PLANTED
from tests.pbx.scenarios import SCENARIOS

# The same checks pass within a fraction of this when no bug is planted.
PLANTED_PATIENCE_S = 1.0


@pytest.mark.parametrize("name", sorted(SCENARIOS))
def test_the_link_copes(name: str, world: World) -> None:
    SCENARIOS[name](world)


@pytest.mark.parametrize("name", sorted(SCENARIOS))
def test_the_check_finds_its_planted_bug(
    name: str, quiet_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    PLANTED[name](monkeypatch)
    quiet_world.patience_s = PLANTED_PATIENCE_S
    with pytest.raises(AssertionError):
        SCENARIOS[name](quiet_world)


def test_every_scenario_has_its_bug() -> None:
    assert SCENARIOS.keys() == PLANTED.keys()
