"""A shop around a real desk for each test; its books must be in order at the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.shop import FakeShop


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[FakeShop]:
    shop = FakeShop(tmp_path)
    yield shop
    assert shop.findings() == []
    assert shop.crashes() == []
    shop.close()
