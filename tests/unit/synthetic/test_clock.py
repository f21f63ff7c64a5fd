"""Civil time over arrays agrees with the standard library at every change of the clock."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from answerable.synthetic.clock import to_local, to_utc, written

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize("day", ["2021-10-31", "2022-03-27", "2023-01-10", "2024-03-31"])
def test_to_and_from_the_clock_on_the_wall(day: str) -> None:
    start = np.datetime64(f"{day}T00:00", "s") - np.timedelta64(2, "h")
    times = start + np.arange(0, 8 * 3600, 600).astype("m8[s]")
    aware = [t.replace(tzinfo=UTC).astimezone(LONDON) for t in times.astype(datetime)]
    local = to_local(times)
    assert local.astype(datetime).tolist() == [a.replace(tzinfo=None) for a in aware]
    assert np.array_equal(to_utc(local, np.array([bool(a.fold) for a in aware])), times)


def test_written_as_the_british_write_it() -> None:
    times = np.array(["2023-03-07T14:05:09", "NaT"], dtype="datetime64[s]")
    assert written(times, "d/m/Y H:M").tolist() == ["07/03/2023 14:05", ""]
