"""How well a text is read: precision and recall by kind and family on marked passages.

    python benchmarks/reading.py [FILE.json] [--show]

A marked file is a list of passages, each with the assertions that a person marked in it: text,
start, end, measure_family, kind, direction, value, unit, period, area. A mark is found when an
assertion of its kind shares at least half of the shorter one's characters with it; each answers
one mark. Direction, family, value and period are told of those that were found.
"""

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from answerable.chain.texts import Assertion, read_text  # noqa: E402  (runs from a checkout)

TUNED = ROOT / "tests" / "oracle" / "texts" / "tuned.json"
WIDE = ROOT / "tests" / "oracle" / "texts" / "tuned_wide.json"
HELD_OUT = ROOT / "tests" / "oracle" / "texts" / "held_out.json"
PARTS = ("family", "direction", "value", "unit", "period", "area")


@dataclass
class Score:
    """Counts of what was found, missed and marked too much, by kind and by family."""

    found: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    matched: int = 0
    alone: int = 0
    left_alone: int = 0
    lines: list[str] = field(default_factory=list)
    taken_for: Counter[tuple[str, str]] = field(default_factory=Counter)

    def precision(self, key: str) -> float:
        return _share(self.found[key], self.found[key] + self.extra[key])

    def recall(self, key: str) -> float:
        return _share(self.found[key], self.found[key] + self.missed[key])


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def score(passages: list[dict[str, Any]]) -> Score:
    """Read every passage and hold what was read against its marks."""
    total = Score()
    for passage in passages:
        _score(passage, list(read_text(passage["passage"])), total)
    return total


def _score(passage: dict[str, Any], read: list[Assertion], total: Score) -> None:
    marks, pairs = passage["assertions"], []
    for number, mark in enumerate(marks):
        for other, each in enumerate(read):
            shared = _shared(mark, each)
            if each.kind == mark["kind"] and shared >= 0.5:
                pairs.append((each.measure_family == mark["measure_family"], shared, number, other))
    taken: dict[int, int] = {}
    for _, _, number, other in sorted(pairs, reverse=True):
        if number not in taken and other not in taken.values():
            taken[number] = other
    total.alone += not marks
    total.left_alone += not marks and not read
    for number, mark in enumerate(marks):
        if number in taken:
            _compare(mark, read[taken[number]], total)
        else:
            _count(total.missed, mark["kind"], mark["measure_family"])
            over = [each.kind for each in read if _shared(mark, each) >= 0.5]
            total.taken_for[(mark["kind"], over[0] if over else "nothing")] += 1
            total.lines.append(f"missed  {mark['kind']}/{mark['measure_family']}: {mark['text']}")
    for other, each in enumerate(read):
        if other not in taken.values():
            _count(total.extra, each.kind, each.measure_family)
            total.lines.append(f"extra   {each.kind}/{each.measure_family}: {each.text}")


def _shared(mark: dict[str, Any], each: Assertion) -> float:
    both = min(mark["end"], each.end) - max(mark["start"], each.start)
    return both / max(1, min(mark["end"] - mark["start"], each.end - each.start))


def _compare(mark: dict[str, Any], each: Assertion, total: Score) -> None:
    _count(total.found, mark["kind"], mark["measure_family"])
    total.matched += 1
    given = {
        "family": (each.measure_family, mark["measure_family"]),
        "direction": (each.direction, mark["direction"]),
        "value": ([round(v, 3) for v in each.value], [round(v, 3) for v in mark["value"]]),
        "unit": (list(each.unit), mark["unit"]),
        "period": (each.period.lower(), mark["period"].lower()),
        "area": (each.area, mark.get("area", "")),
    }
    for part, (ours, theirs) in given.items():
        total.right[part] += ours == theirs
        if ours != theirs:
            total.lines.append(f"{part:<10}{ours!r} for {theirs!r}: {mark['text']}")


def _count(counter: Counter[str], kind: str, family: str) -> None:
    counter.update((kind, family, "all"))


def table(total: Score) -> str:
    """The figures as a table of Markdown."""
    keys = ["all", *sorted(k for k in {*total.found, *total.missed, *total.extra} if k != "all")]
    rows = ["| | marked | precision | recall |", "|---|---|---|---|"]
    for key in keys:
        marked = total.found[key] + total.missed[key]
        rows.append(f"| {key} | {marked} | {total.precision(key):.0%} | {total.recall(key):.0%} |")
    parts = [f"{part} {_share(total.right[part], total.matched):.0%}" for part in PARTS]
    rows.append(f"\nRight of those found: {', '.join(parts)}.")
    for (kind, other), times in sorted(total.taken_for.items()):
        rows.append(f"A {kind} was taken for {other}: {times}.")
    rows.append(
        f"Passages with nothing to mark that were left alone: {total.left_alone} of {total.alone}."
    )
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("file", nargs="*", type=Path, default=[TUNED, WIDE, HELD_OUT])
    parser.add_argument("--show", action="store_true", help="each mark that was missed or wrong")
    given = parser.parse_args()
    for file in given.file:
        total = score(json.loads(file.read_text(encoding="utf-8")))
        print(f"{file.name}\n\n{table(total)}\n")
        if given.show:
            print("\n".join(total.lines))


if __name__ == "__main__":
    main()
