"""A visitor at the desk, without a browser."""

from collections.abc import Iterator

import pytest

from tests.visitor import Visitor, opened


@pytest.fixture
def visitor() -> Iterator[Visitor]:
    with opened() as visitor:
        yield visitor
