"""Drafts of claims as a file for `BODY/claims/`: what is missing stands out, and is refused."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence

from ..body import Period
from ..claims import COMPARES
from .binding import Candidate, Draft

TO_FILL_IN = "# FILL IN: "
"""Begins a line that a person must finish. As a comment it leaves its key out, and the register
refuses a file in which a key is missing."""

_HEAD = """\
# Drafts of claims, made by reading a text. A person has to finish every line that says FILL IN,
# and the register refuses this file until it is done. Delete what is not worth testing.
"""


def draft_toml(drafts: Iterable[Draft], source: str = "") -> str:
    """The drafts as TOML. `source` names the text; where none is given it is left open."""
    used: Counter[str] = Counter()
    return "\n".join([_HEAD, *(_claim(draft, source, used) for draft in drafts)])


def _claim(draft: Draft, source: str, used: Counter[str]) -> str:
    used[draft.key] += 1
    key = draft.key if used[draft.key] == 1 else f"{draft.key}-{used[draft.key]}"
    each = draft.assertion
    lines = [
        "[[claim]]",
        f"key = {_text(key)}",
        f"words = {_text(' '.join(each.text.split()))}",
        _open("published_by", "the office or paper that published it"),
        f"attributed_to = {_text(each.speaker)}",
        f"said_on = {draft.key[:10]}",
        f"source = {_text(source)}" if source else _open("source", "where it stands"),
        f"as_worded = {_text(str(draft.as_worded))}",
        f"lacks = {json.dumps(list(draft.lacks))}",
        f"checked_by = {_text('')}",
        "# Read as: " + _read_as(draft),
        *(f"# To decide: {sentence}" for sentence in draft.decide),
    ]
    return "\n".join(lines) + "\n\n" + _reading(draft)


def _open(key: str, what: str) -> str:
    return f"{TO_FILL_IN}{key} = …  # {what}"


def _read_as(draft: Draft) -> str:
    each = draft.assertion
    words = [each.kind, each.measure_family, each.direction]
    return ", ".join(word for word in words if word != "none")


def _reading(draft: Draft) -> str:
    """The likeliest reading; the others stand beside it as comments."""
    if not draft.candidates:
        return ""
    first, *others = draft.candidates
    lines = ["[[claim.reading]]", *_named(draft.candidates)]
    lines += [f"# or: {each.says}, {each.measure}, {each.statistic}" for each in others]
    lines += [f"area = {_text(draft.area)}", *_when(first, draft)]
    if first.says == "value":
        lines.append(f"value = {_text(_value(draft))}")
    lines += [_open("bound_by", "who read it so"), _open("bound_on", "a day, without quotes")]
    lines.append(_open("why", "why it is read so, and over these periods"))
    return "\n".join(lines) + "\n"


def _named(candidates: Sequence[Candidate]) -> list[str]:
    """One measure is filled in; of several none is, because only a person can choose."""
    first = candidates[0]
    lines = []
    for key in ("says", "measure", "statistic"):
        values = {getattr(each, key) for each in candidates}
        likeliest = getattr(first, key)
        one = len(values) == 1
        lines.append(f"{key} = {_text(likeliest)}" if one else _open(key, f"likeliest {likeliest}"))
    return lines


def _when(first: Candidate, draft: Draft) -> list[str]:
    if first.says == "in_place":
        return [_open("on", "the day by which it was said to be in place, without quotes")]
    lines = [f"period = {_text(str(draft.period))}{_why(draft)}"]
    if first.says in COMPARES:
        lines.append(f"baseline = {_text(str(draft.baseline))}  # {_plain(draft.baseline)}")
    return lines


def _why(draft: Draft) -> str:
    said = "as the words have it" if draft.named else "the default; the words give none"
    return f"  # {said}: {_plain(draft.period)}"


def _plain(period: Period) -> str:
    return period.plain()


def _value(draft: Draft) -> str:
    each = draft.assertion
    number = f"{each.value[0]:g}" if each.value[0] < 1e6 else f"{each.value[0]:.0f}"
    unit = each.unit[0]
    return f"{number}%" if unit == "%" else f"{number} {unit}" if unit in _KEPT else number


_KEPT = ("minutes", "seconds", "hours", "days")


def _text(value: str) -> str:
    """A string of TOML."""
    return json.dumps(value, ensure_ascii=False)
