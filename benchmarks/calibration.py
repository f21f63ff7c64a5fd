"""How often verdicts are wrong, and how often they find what is there.

Thousands of made histories in which nothing changed, of the kinds that fool people: months that
lean on each other, season, more noise than counting gives, small shares, medians, one odd
month, a moving mix. Beside the shipped rule stand what is done instead: comparing two
figures, a t test on the records, and the NHS icon read as a verdict. Then every other form of
claim. The rules were chosen on other seeds than those used here.

    python benchmarks/calibration.py [--histories 20000] [--seed 2] [--to FILE.json]
    python benchmarks/calibration.py --only standing --to FILE.json

With `--to docs/reference/calibration.json` the page of the manual is made from it by
`docs/generate.py`.
"""

import argparse
import json
import math
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from answerable.chain.statistics import Moved, check_mix
from answerable.chain.statistics.mix import Mix
from benchmarks.forms import FORMS, INSTEAD, ON_STANDING, YEAR, Form, months_of
from benchmarks.histories import KINDS, OUTSIDE, STANDING, Histories
from benchmarks.levels import outliers, surveys
from benchmarks.machine import busy, described

BAR = 0.025
AFRESH = "as if counted afresh each month: 12 months against the 12 before, 24 on record"
POWER = (
    ("independent months", 1.5), ("months that lean 0.3", 1.5),
    ("season, months lean 0.3", 1.5), ("months that lean 0.3", 2.0),
)  # fmt: skip
SIZES = (1.5, 2.0, 3.0)
LEANING = "months that lean 0.3"
STEPS = (3.0, 6.0, 10.0)
DRAWN_BACK, TOTAL = "months lean 0.9", "a running total, steps lean 0.3"


def made(form: Form, histories: int, seed: int) -> dict[str, Histories]:
    """Histories of every kind, of the length that a form needs."""
    return {
        name: kind(np.random.default_rng([seed, form.months, i]), histories, form.months,
                   form.length)
        for i, (name, kind) in enumerate((KINDS | OUTSIDE).items())
    }  # fmt: skip


def rate(flags: Any) -> float:
    return round(float(np.mean(flags)), 5)


def on_form(form: Form, histories: int, seed: int) -> dict[str, Any]:
    """False 'supported' by kind, and power by the size of a true change where months lean."""
    given = made(form, histories, seed)
    return {
        "form": form.name,
        "false": {name: rate(form.rose(each)) for name, each in given.items()},
        "power": {
            f"{by:g}": rate(form.rose(given[LEANING].shifted(by, form.length))) for by in SIZES
        },
    }


def beside(histories: int, seed: int) -> list[dict[str, Any]]:
    """The shipped rule and what is done instead, on the same histories of two years."""
    given = made(YEAR, histories, seed)
    found = []
    for name, said in (*INSTEAD.items(), ("shipped: like months paired", YEAR.rose)):
        found.append(
            {
                "rule": name,
                "false": {kind: rate(said(each)) for kind, each in given.items()},
                "power": {
                    f"{kind}, {by:g}": rate(said(given[kind].shifted(by, YEAR.length)))
                    for kind, by in POWER
                },
            }
        )
    return found


def standing(histories: int, seed: int) -> list[dict[str, Any]]:
    """Figures that stand at a day, judged as if they were counted afresh each month and as they
    are judged; power by the size of a true change in standard deviations of a month's step."""
    found = []
    for form in (replace(YEAR, name=AFRESH), *ON_STANDING):
        given = {
            name: kind(np.random.default_rng([seed, 200 + i, form.months]), histories,
                       form.months, form.length)
            for i, (name, kind) in enumerate(STANDING.items())
        }  # fmt: skip
        found.append(
            {
                "form": form.name,
                "false": {name: rate(form.rose(each)) for name, each in given.items()},
                "power": {
                    f"{name}: {by:g}": rate(form.rose(given[name].shifted(by, form.length)))
                    for name in (DRAWN_BACK, TOTAL)
                    for by in STEPS
                },
            }
        )
    return found


def moving_mix(histories: int, seed: int) -> dict[str, float]:
    """Raw and plain 'supported' where only the mix of two kinds of case moves."""
    rng = np.random.default_rng([seed, 99])
    harder = np.concatenate([np.full(12, 0.3), np.full(12, 0.5)])
    raw_rose = plain = 0
    for _ in range(histories):
        rates = 0.5 + 0.02 * rng.standard_normal(24), 0.8 + 0.02 * rng.standard_normal(24)
        raw = (1 - harder) * rates[0] + harder * rates[1]
        fixed = 0.6 * rates[0] + 0.4 * rates[1]
        found = check_mix(months_of(raw), months_of(fixed), YEAR.period, YEAR.period.earlier(12))
        rose = found.raw.moved == Moved.ROSE
        raw_rose += rose
        plain += rose and found.mix == Mix.HOLDS
    return {"as recorded": round(raw_rose / histories, 5), "plainly": round(plain / histories, 5)}


def chosen(histories: int, seed: int) -> dict[str, float]:
    """What choosing the period does to the shipped rule, where months lean and nothing changed."""
    rng = np.random.default_rng([seed, 77])
    values = KINDS[LEANING](rng, histories, 48, 12).values
    ends = [YEAR.rose(Histories(values[:, at - 24 : at], 1, 1)) for at in (39, 42, 45, 48)]
    baselines = [
        Form("", apart + 12, 12, apart=apart).rose(Histories(values[:, -apart - 12 :], 1, 1))
        for apart in (12, 24, 36)
    ]
    last = values[:, -3:].mean(1)
    return {
        "the period that was set beforehand": rate(ends[-1]),
        "the best of four end dates": rate(np.any(ends, axis=0)),
        "the best of three baselines": rate(np.any(baselines, axis=0)),
        "said only after a good quarter (the best one in four)": rate(
            ends[-1][last > np.quantile(last, 0.75)]
        ),
    }


def all_of(histories: int, seed: int) -> dict[str, Any]:
    """Every table. Rates are shares of 1."""
    began = monotonic()
    allowed = BAR + 2 * math.sqrt(BAR * (1 - BAR) / histories)
    found: dict[str, Any] = {
        "machine": f"{described()}; {busy()}",
        "histories": histories,
        "seed": seed,
        "bar": {"rate": BAR, "allowed": round(allowed, 5)},
        "beside": beside(histories, seed),
        "forms": [on_form(form, histories, seed) for form in FORMS],
        "standing": standing(histories, seed),
        "mix": moving_mix(histories, seed),
        "chosen": chosen(histories, seed),
        "outlier": {
            name: round(value, 5)
            for name, value in outliers(
                np.random.default_rng([seed, 55]), max(histories // 4, 1)
            ).items()
        },
        "survey": {
            name: {said: round(value, 5) for said, value in rates.items()}
            for name, rates in surveys().items()
        },
    }
    return found | {"beyond": beyond(found), "seconds": round(monotonic() - began)}


def beyond(found: dict[str, Any]) -> list[str]:
    """What is more often wrong than the bar allows."""
    allowed = found["bar"]["allowed"]
    wrong = [
        f"{form['form']}: {kind}"
        for form in found["forms"]
        for kind, value in form["false"].items()
        if kind in KINDS and value > allowed
    ]
    wrong += [
        f"what stands at a day, {form['form']}: {kind}"
        for form in found["standing"]
        for kind, value in form["false"].items()
        if form["form"] != AFRESH and value > allowed
    ]
    return wrong + (["moving mix"] if found["mix"]["plainly"] > allowed else [])


def lines(found: dict[str, Any]) -> Iterator[str]:
    """The tables as text."""
    yield found["machine"]
    yield f"{found['histories']:,} histories of each kind, seed {found['seed']}"
    for title, name, tables in (
        ("false 'supported', %", "rule", found["beside"]),
        ("every form, %", "form", found["forms"]),
        ("what stands at a day, %", "form", found["standing"]),
    ):  # fmt: skip
        yield ""
        yield title
        for each in tables:
            yield f"  {each[name]}"
            yield "    false: " + _row(each["false"])
            yield "    power: " + _row(each["power"])
    yield ""
    for title in ("mix", "chosen", "outlier"):
        yield f"{title}: {_row(found[title])}"
    for answers, rates in found["survey"].items():
        yield f"survey of {answers}: {_row(rates)}"
    allowed = f"{100 * found['bar']['allowed']:.2f}%"
    yield (
        f"bar: 2.5% and two standard errors ({allowed}). "
        + (f"NOT MET for {'; '.join(found['beyond'])}" if found["beyond"] else "Met throughout.")
    )
    yield f"{found['seconds']} s"


def _row(rates: dict[str, float]) -> str:
    return "; ".join(f"{name} {100 * value:.1f}" for name, value in rates.items())


def renew(file: Path, table: str) -> None:
    """One table of a file made anew, with as many histories and the seed of the others."""
    found = json.loads(file.read_text(encoding="utf-8"))
    found[table] = globals()[table](found["histories"], found["seed"])
    found["beyond"] = beyond(found)
    file.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--histories", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--to", type=Path, help="write the figures to this file as JSON")
    parser.add_argument(
        "--only", choices=["standing"], help="renew this table in the file, and leave the others"
    )
    options = parser.parse_args()
    if options.only:
        renew(options.to, options.only)
        return
    found = all_of(options.histories, options.seed)
    for line in lines(found):
        print(line, flush=True)
    if options.to is not None:
        options.to.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
