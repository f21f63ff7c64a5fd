"""A body, and a reading judged on figures made by hand."""

from pathlib import Path
from typing import Any

import pytest

from answerable.chain.body import Body, BodyFile
from answerable.chain.claims import Verdict, judge_reading
from tests.unit.claims.ledger import Ledger, read


@pytest.fixture(scope="session")
def body() -> Body:
    file = BodyFile.model_validate(
        {
            "key": "somewhere",
            "name": "Somewhere",
            "forces": [{"key": "police", "name": "Somewhere Police"}],
            "areas": [{"code": "north", "name": "North", "force": "police"}],
        }
    )
    return Body(Path("somewhere"), file)


@pytest.fixture(scope="session")
def judged(body: Body):  # type: ignore[no-untyped-def]
    def judged(ledger: Ledger, **reading: Any) -> Verdict:
        return judge_reading(read(**reading), ledger.definition, ledger, body)

    return judged
