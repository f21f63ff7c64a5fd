"""Figures set against a target, and against others."""

from collections import defaultdict

from .assertion import Direction
from .found import Before, Found, found, in_group, lower_is_better, negated, so, spoken_of
from .groups import Group
from .marks import Marked
from .matching import Match
from .ranking import extreme_of_a_place, times_as
from .vocabulary import Word

_BETTER, _WORSE = "better than", "worse than"


def against_target(group: Group, before: Before) -> Found | None:
    """How a figure stands against its target, where the words say or the numbers tell."""
    marked = group.marked
    anchors = in_group(group, "within_target") + in_group(group, "target")
    if not anchors or not so(group, anchors[0].first):
        return None
    measure = spoken_of(group) or before.spoken
    if measure is None and not any(atom.quantities for atom in group.atoms):
        return None
    if _only_sets(marked, anchors):
        return None
    side, because = _side(group, measure)
    words = marked.said(anchors[0].first, anchors[0].last)
    return found(group, "target", side, measure, words, because=because)


def _only_sets(marked: Marked, anchors: list[Match[Word]]) -> bool:
    """ "no target had been set", "there is a target for": nothing is held against it."""
    for each in anchors:
        after = marked.words[each.last : each.last + 4]
        if "set" in after and set(after) & {"is", "was", "has", "had", "been", "were", "are"}:
            return True
        if set(marked.words[max(0, each.first - 4) : each.first]) >= {"there", "a"}:
            return True
    return False


def _side(group: Group, measure: Match[Word] | None) -> tuple[Direction, str]:
    """On which side of its target a figure stands, and the words that say so."""
    for way in (_inside, _stance, _met):
        side, because = way(group, measure)
        if side != "none":
            return side, because
    side = by_numbers(group)
    if side != "none":
        return side, "the two figures"
    return ("below", "within") if "within" in group.words else ("none", "")


def _inside(group: Group, measure: Match[Word] | None) -> tuple[Direction, str]:
    timed = measure is not None and measure.entry.sort == "time"
    for each in in_group(group, "within_target"):
        within = each.entry.key == "inside"
        below = (timed or lower_is_better(measure)) == within
        return "below" if below else "above", group.marked.said(each.first, each.last)
    return "none", ""


def _stance(group: Group, measure: Match[Word] | None) -> tuple[Direction, str]:
    anchors = in_group(group, "target")
    for each in in_group(group, "stance"):
        if not any(0 <= anchor.first - each.last <= 7 for anchor in anchors):
            continue
        words, phrase = group.marked.said(each.first, each.last), each.entry.phrase
        if phrase in (_BETTER, _WORSE):
            above = (phrase == _BETTER) != lower_is_better(measure)
            return "above" if above else "below", words
        if each.entry.key in ("over", "under"):
            return "above" if each.entry.key == "over" else "below", words
    return "none", ""


def _met(group: Group, measure: Match[Word] | None) -> tuple[Direction, str]:
    marked = group.marked
    for each in in_group(group, "target_verb"):
        words = marked.said(each.first, each.last)
        refused = negated(marked, each.first, group.first) or _none_of(group)
        met = (each.entry.key == "met") != refused
        if each.entry.phrase.startswith("exceed") and lower_is_better(measure):
            return "above", words
        return "above" if met != lower_is_better(measure) else "below", words
    return "none", ""


def _none_of(group: Group) -> bool:
    return any(group.words[at : at + 2] in (("none", "of"), ("neither", "of")) for at in range(4))


def by_numbers(group: Group) -> Direction:
    """Which of two figures of one unit is the larger: the first is the one that is told of."""
    values: dict[str, list[float]] = defaultdict(list)
    told = ""
    for atom in (*group.lead, *group.atoms):
        for quantity in atom.quantities:
            for value, unit in zip(quantity.value, quantity.unit, strict=True):
                told = unit or told  # "367 arrests, against 402 in the month before"
                values[told].append(value)
    for unit, two in values.items():
        if unit != "percentage points" and len(two) >= 2 and two[0] != two[1]:
            return "above" if two[0] > two[1] else "below"
    return "none"


def against_others(group: Group, before: Before) -> Found | None:
    """How a figure stands beside other forces, the national figure, other areas or groups."""
    measure = spoken_of(group) or before.spoken
    roles = ("others", "people", "ranked", "beside")
    folded = times_as(group.marked, group.first, group.last)
    if measure is not None and folded is not None and so(group, folded[0]):
        words = group.marked.said(folded[0], folded[0] + 1)
        return found(group, "comparison", folded[1], measure, words, because=words)
    others = [m for role in roles for m in in_group(group, role)]
    ranked = extreme_of_a_place(group.marked, group.first, group.last)
    others = others or ([ranked] if ranked else [])
    if measure is None or not others or not so(group, others[0].first):
        return None
    side, because = _beside(group, measure)
    words = group.marked.said(others[0].first, others[0].last)
    return found(group, "comparison", side, measure, words, because=because)


def _beside(group: Group, measure: Match[Word]) -> tuple[Direction, str]:
    marked = group.marked
    sides: dict[str, Direction] = {"same": "flat", "over": "above", "under": "below"}
    for each in in_group(group, "beside"):
        good_is_above = not lower_is_better(measure)
        side: Direction = "above" if (each.entry.key == "good") == good_is_above else "below"
        return sides.get(each.entry.key, side), marked.said(each.first, each.last)
    for each in in_group(group, "extreme"):
        return (
            "above" if each.entry.key == "up" else "below",
            marked.said(each.first, each.last),
        )
    side = by_numbers(group)
    return side, "the two figures" if side != "none" else ""
