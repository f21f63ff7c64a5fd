"""What stands beside a result, in words that the figures bear and no more."""

from ..measures import Definition, Result, shown
from .beside import Beside, Grouped, Line

NO_RANKS = (
    "Forces differ in size, in the cases they meet and in how they count. They are listed by"
    " name; a higher or lower figure is not by itself a finding."
)


def together_sentence(grouped: Grouped, definition: Definition) -> str:
    """What the members of a group that count as we do come to, as if they were one force."""
    of = len(grouped.group.members)
    if grouped.together is None:
        return (
            f"{grouped.group.name}: not put together, because fewer than two of the {of} give"
            " counts for these months that are counted as ours are."
        )
    who = f"all {of} members" if grouped.added == of else f"{grouped.added} of {of} members"
    value = figure_words(grouped.together, definition)
    return f"{grouped.group.name}: {value} for {who} together, their counts added up."


def figure_words(result: Result, definition: Definition) -> str:
    """'61.2% (95% interval 60.1% to 62.3%)', or the word for why there is none."""
    if result.value is None:
        return "withheld or not given"
    value = shown(result.value, result.unit, definition.per)
    if result.lower is None or result.upper is None:
        return value
    ends = (shown(end, result.unit, definition.per) for end in (result.lower, result.upper))
    return f"{value} (95% interval {' to '.join(ends)})"


def line_sentence(line: Line, definition: Definition) -> str:
    """One other's figure and how it is counted, in a line."""
    like = {
        "same": "counted as ours is",
        "differs": f"not like for like: {line.differs.rstrip('.')}",
        "unknown": "not like for like: how it is counted is not known to be ours",
    }[line.same]
    return f"{line.name}: {figure_words(line.result, definition)} – {like}. {line.source}"


def told(found: Beside, definition: Definition, ours: str) -> str:
    """One statistic beside others' as text.

    ours   the name under which our own figure stands
    """
    lines = [
        f"{definition.title}, {found.statistic.replace('_', ' ')}, {found.period.plain()}",
        f"  {ours}: {figure_words(found.ours, definition)}",
    ]
    lines += [f"  {line_sentence(line, definition)}" for line in found.nations]
    for grouped in found.groups:
        lines.append(f"  {together_sentence(grouped, definition)}")
        lines += [f"    {line_sentence(line, definition)}" for line in grouped.lines]
        lines += [f"    {name}: {why}." for name, why in grouped.left_out]
        if grouped.note:
            lines.append(f"    {grouped.note}")
    return "\n".join(lines)
