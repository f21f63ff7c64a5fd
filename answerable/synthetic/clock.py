"""Civil time and UTC over whole arrays, and how a force's systems write times down."""

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

Times = NDArray[np.datetime64]
NEVER = np.datetime64("NaT", "s")
HOURLY = np.array(
    [56, 44, 34, 25, 18, 14, 13, 17, 25, 31, 35, 38, 42, 43, 44, 46, 50, 54, 59, 63, 67, 71, 72, 66]
)
"""How reports of domestic abuse spread over the hours of a day: few at dawn, most at night."""


@cache
def _changes(zone: str, first: int, last: int) -> tuple[Times, NDArray[np.int64]]:
    """The moments (UTC) at which the clock of a zone changes, and the seconds after each."""
    place, at = ZoneInfo(zone), datetime(first, 1, 1, tzinfo=UTC)
    moments, offsets = [at], [at.astimezone(place).utcoffset()]
    while at.year <= last:
        at += timedelta(hours=1)
        if (offset := at.astimezone(place).utcoffset()) != offsets[-1]:
            moments.append(at)
            offsets.append(offset)
    return (
        np.array([m.replace(tzinfo=None) for m in moments], dtype="datetime64[s]"),
        np.array([int(o.total_seconds()) for o in offsets if o is not None]),
    )


def _range(times: Times) -> tuple[int, int]:
    known = times[~np.isnat(times)]
    if not len(known):
        return 2020, 2020
    years = known.astype("datetime64[Y]").astype(int) + 1970
    return int(years.min()) - 1, int(years.max()) + 1


def to_local(times: Times, zone: str = "Europe/London") -> Times:
    """The clock on the wall at each moment."""
    moments, offsets = _changes(zone, *_range(times))
    at = np.searchsorted(moments, times, side="right") - 1
    return np.where(np.isnat(times), NEVER, times + offsets[np.clip(at, 0, None)].astype("m8[s]"))


def to_utc(local: Times, later: NDArray[np.bool_], zone: str = "Europe/London") -> Times:
    """The moment behind each time on the wall.

    later   which of the two moments is meant in the hour that comes twice in autumn.
    A time in the hour that spring leaves out becomes the moment an hour on.
    """
    moments, offsets = _changes(zone, *_range(local))
    wall = moments[1:] + np.maximum(offsets[1:], offsets[:-1]).astype("m8[s]")
    at = np.searchsorted(wall, local, side="right")
    utc = local - offsets[at].astype("m8[s]")
    twice = (at < len(wall)) & later
    ahead = np.minimum(at + 1, len(offsets) - 1)
    second = local - offsets[ahead].astype("m8[s]")
    return np.where(twice & (second >= moments[ahead]) & (second > utc), second, utc)


def moments_in(
    rng: np.random.Generator, days: NDArray[np.datetime64], zone: str = "Europe/London"
) -> Times:
    """A moment (UTC) on each civil day, by the hours at which people call."""
    share = np.cumsum(HOURLY) / HOURLY.sum()
    hours = np.searchsorted(share, rng.random(len(days)), side="right")
    seconds = hours * 3600 + rng.integers(0, 3600, len(days))
    local = days.astype("datetime64[s]") + seconds.astype("m8[s]")
    return to_utc(local, rng.random(len(days)) < 0.5, zone)


def plus(times: Times, minutes: NDArray[np.floating]) -> Times:
    """Moments so many minutes later, to the second; never where the minutes are not known."""
    known = np.isfinite(minutes)
    seconds = np.where(known, np.round(np.where(known, minutes, 0) * 60), 0).astype("m8[s]")
    return np.where(known, times + seconds, NEVER)


def days_of(times: Times, zone: str = "Europe/London") -> NDArray[np.datetime64]:
    """The civil day of each moment."""
    return to_local(times, zone).astype("datetime64[D]")


def written(times: Times, pattern: str) -> NDArray[np.str_]:
    """Times as text by a pattern of `Y m d H M S`; empty where there is none.

    `written(t, "d/m/Y H:M")` gives `07/03/2023 14:05`.
    """
    places = {"Y": (0, 1, 2, 3), "m": (5, 6), "d": (8, 9), "H": (11, 12), "M": (14, 15),
              "S": (17, 18)}  # fmt: skip
    iso = np.datetime_as_string(times.astype("datetime64[s]"))
    letters = np.ascontiguousarray(iso.astype("<U19")).view("<U1").reshape(len(iso), 19)
    parts = []
    for sign in pattern:
        if sign in places:
            parts += [letters[:, at] for at in places[sign]]
        else:
            parts.append(np.full(len(iso), sign, dtype="<U1"))
    text = np.ascontiguousarray(np.stack(parts, axis=1)).view(f"<U{len(parts)}")[:, 0]
    return np.where(np.isnat(times), "", text)
