"""Whatever results a force has: what is received is what was put in after protection, and the
office's own audit agrees that nothing can be worked out of it."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerable.chain.bundles import receive, received, sign, unseal
from answerable.chain.bundles.keys import public_of
from answerable.chain.disclosure import exposed, protect, recoverable
from answerable.chain.disclosure.audit import audit
from answerable.chain.measures import Result, Status
from tests import bundled
from tests.generative.test_suppression import APPETITE, KINDS, forces

SETTINGS = settings(
    max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


def drawn(data: st.DataObject, key: str) -> tuple[list[Result], tuple[Result, ...]]:
    """True and shown results of a random force."""
    _, parts, columns = KINDS[key]
    splits = max((len(names) for names in columns.values()), default=1)
    true = bundled.true_results(key, data.draw(forces(parts, splits)))
    return true, protect(true, {key: bundled.definition(key)}, APPETITE)


@pytest.mark.parametrize("key", KINDS)
@SETTINGS
@given(data=st.data())
def test_what_is_received_is_what_was_put_in(
    tmp_path_factory: pytest.TempPathFactory, key: str, data: st.DataObject
) -> None:
    _, shown = drawn(data, key)
    made = bundled.bundle(shown)
    body = bundled.office(tmp_path_factory.mktemp("office"), public_of(bundled.KEY))
    receive(body, unseal(bundled.data(made), "force.zip"))
    (found,) = received(body)
    assert found.bundle == made
    assert sign(found.bundle, bundled.KEY).data == bundled.data(made)


@pytest.mark.parametrize("key", KINDS)
@SETTINGS
@given(data=st.data())
def test_both_audits_agree(key: str, data: st.DataObject) -> None:
    """`audit` asks for each count by itself; `exposed` for many at once. And what passes it, a
    reader of the figures alone cannot work out either."""
    true, shown = drawn(data, key)
    definitions = {key: bundled.definition(key)}
    assert {e.where for e in exposed(true, shown, definitions, APPETITE)} == {
        e.where for e in audit(true, shown, definitions, APPETITE)
    }
    assert not [e for e in recoverable(shown, definitions, APPETITE) if e.low > 1e-6]


@pytest.mark.parametrize("key", KINDS)
@SETTINGS
@given(data=st.data())
def test_thresholds_alone_are_found_out_by_both(key: str, data: st.DataObject) -> None:
    """Withholding small cells and nothing else: every count that `audit` finds, so does
    `exposed`. This fails for an audit that finds nothing."""
    true, _ = drawn(data, key)
    alone = tuple(
        _withheld(r) if any(0 < (each or 0) < 5 for each in (r.n, r.count)) else r for r in true
    )
    definitions = {key: bundled.definition(key)}
    slow = {e.where for e in audit(true, alone, definitions, APPETITE) if not e.narrowed}
    assert slow <= {e.where for e in exposed(true, alone, definitions, APPETITE)}


@pytest.mark.parametrize("key", KINDS)
@SETTINGS
@given(data=st.data())
def test_an_office_may_protect_again_and_loses_nothing(key: str, data: st.DataObject) -> None:
    _, shown = drawn(data, key)
    assert protect(shown, {key: bundled.definition(key)}, APPETITE) == shown


def _withheld(result: Result) -> Result:
    return replace(
        result, value=None, n=None, count=None, lower=None, upper=None, status=Status.SUPPRESSED
    )


def test_a_bundle_is_deterministic(tmp_path: Path) -> None:
    assert bundled.data() == bundled.data()
