"""A measure taken apart: by what its records say, and by the steps of a pathway."""

from django.utils.safestring import SafeString

from ...chain.body import WHOLE
from ...chain.measures import Definition, Grain, Result, period_of
from ..drawing import steps_drawn
from ..markup import safe, table
from ..public import Public
from ..sentences import interval_words, rests_on, value_words
from ..words import split_title, split_words, statistic_of


def splits(
    public: Public, definition: Definition, whole: Result | None
) -> list[tuple[str, SafeString]]:
    """A table for each column that the measure is split by, over the headline's months.

    Where all of these are withheld, the last financial year of which one is shown stands there.
    """
    if whole is None:
        return []
    years = public.shelf.series(definition.key, whole.statistic, grain=Grain.YEAR)
    periods = [whole.period, *(year.period for year in reversed(years))]
    tables = []
    for statistic in public.statistics(definition):
        by_column: dict[str, list[str]] = {}
        for split in public.shelf.splits(definition.key, statistic):
            by_column.setdefault(split.partition("=")[0], []).append(split)
        for column, its in by_column.items():
            over = [
                [r for split in its
                 if (r := public.shelf.one(definition.key, statistic, period=period, split=split))]
                for period in periods
            ]  # fmt: skip
            if shown := next((each for each in over if any(r.value is not None for r in each)), []):
                tables.append(_split(public, definition, column, shown))
            elif over[0]:
                told = "Each of these figures is withheld or was not supplied."
                tables.append((_split_title(definition, column, statistic), safe(f"<p>{told}</p>")))
    return tables


def _split_title(definition: Definition, column: str, statistic: str) -> str:
    return f"{split_title(column)}: {statistic_of(statistic, definition).name.lower()}"


def _split(
    public: Public, definition: Definition, column: str, results: list[Result]
) -> tuple[str, SafeString]:
    """The results of one statistic and period, by the values of a column."""
    rows = [
        (
            split_words(r.split, definition, public.release.codes),
            value_words(r, definition),
            interval_words(r, definition),
            rests_on(r),
        )
        for r in _in_order(definition, results)
    ]
    title = _split_title(definition, column, results[0].statistic)
    when = period_of(results[0].period).plain()
    caption = f"{definition.title}, {title[:1].lower()}{title[1:]}, {when}"
    heading = split_title(column).removeprefix("By ").capitalize()
    name = statistic_of(results[0].statistic, definition).name
    return title, table(caption, (heading, name, "95% interval", "Rests on"), rows)


def steps(public: Public, definition: Definition, whole: Result | None) -> SafeString | None:
    """The drawing of a pathway's steps over the headline's months."""
    if definition.kind != "pathway" or whole is None:
        return None
    found = [
        public.shelf.one(definition.key, "reached", period=whole.period, split=split)
        for split in public.shelf.splits(definition.key, "reached")
    ]
    reached = _in_order(definition, [r for r in found if r])
    return steps_drawn(reached, definition, public.area_name(WHOLE)) if reached else None


def _in_order(definition: Definition, results: list[Result]) -> list[Result]:
    """Steps in the order of the pathway; the rest as they come."""
    steps = [f"step={step.key}" for step in definition.steps]
    return sorted(results, key=lambda r: steps.index(r.split) if r.split in steps else len(steps))
