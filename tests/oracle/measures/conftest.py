"""The rows of each seed, counted once for all that count them again."""

import pytest

from tests.oracle.measures.kinds import ALL
from tests.oracle.measures.recount import WINDOW, Counted
from tests.oracle.measures.rows import AREAS, COVERS, made
from tests.spec.measuring import measure


@pytest.fixture(scope="session", params=[11, 12])
def counted(request: pytest.FixtureRequest) -> Counted:
    rows = made(request.param)
    return rows, measure(rows, *ALL, covers=str(COVERS), areas=AREAS, windows=[str(WINDOW)])
