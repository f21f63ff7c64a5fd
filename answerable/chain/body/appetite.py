"""A body's appetite for disclosure risk: one commented set of numbers."""

from typing import Literal

from pydantic import Field

from .toml import Schema


class Appetite(Schema):
    """How small is too small to publish.

    Defaults: domain notes, section 8 (public counts under 5, rates on fewer than 20).
    A body may be stricter than these; it may not be laxer, so the defaults are floors.
    """

    count_under: int = Field(default=5, ge=5)
    """Counts from 1 to one less than this are suppressed; so are counts within this of n."""
    rate_needs: int = Field(default=20, ge=20)
    """A rate is withheld when its denominator is smaller than this."""
    rate_width: int = Field(default=5, ge=1)
    """The numerator of a rate withheld for its small denominator must be able to be so many more
    than it is, for all that is shown: nobody may know it better than that."""
    quantile_needs: int = Field(default=20, ge=20)
    """A median or percentile is withheld when it rests on fewer observations."""
    quantile_beyond: int = Field(default=5, ge=5)
    """So many observations must lie beyond a published percentile."""
    round_to: Literal[1, 5] = 1
    """5 shows counts to the nearest 5, and rates as worked out from those; 1 leaves all exact."""

    def rounded(self, count: int) -> int:
        """A count as it is shown. Only none at all is shown as none: a zero says that nothing
        happened."""
        if self.round_to == 1 or count == 0:
            return count
        return max(self.round_to, self.round_to * round(count / self.round_to))
