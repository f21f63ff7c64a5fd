"""Open data: each measure as CSV with CSVW metadata and as JSON, and the rest as JSON."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict, fields
from operator import attrgetter
from typing import Any

from ..chain.body import inert
from ..chain.measures import Definition, Grain, Result, Status
from ..chain.papers import Cell, Sheet, ods, values_xlsx
from . import forces_data, seals
from .public import Public

LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
ONCE = ("measure", "version", "definition", "source")
"""What all results of one file share: said once, beside them."""
COLUMNS = tuple(field.name for field in fields(Result) if field.name not in ONCE)

MEANS = {
    "statistic": ("string", "which figure: median, rate, count, …"),
    "area": ("string", "code of the area; 'all' is the whole, placed in an area or not"),
    "period": ("string", "2023-11, 2023-Q4, 2023/24, 2023/24-Q2 or A..B, both months included"),
    "grain": ("string", "month, calendar quarter, financial year, or another window of months"),
    "unit": ("string", "count, share (0 to 1), ratio, seconds or days"),
    "value": ("decimal", "the figure; empty where the status says why there is none"),
    "n": ("integer", "how many records it rests on; empty where withheld"),
    "status": ("string", "ok, zero, suppressed, missing, provisional, revised, not comparable"),
    "split": ("string", "empty for the whole, else column=value"),
    "basis": ("string", "raw, or standardised to the mix of the whole source"),
    "count": ("integer", "the numerator of a share or ratio"),
    "lower": ("decimal", "lower end of the 95% interval"),
    "upper": ("decimal", "upper end of the 95% interval"),
    "method": ("string", "how the interval was worked out"),
    "excluded": ("string", "records that fell out, as reason=number, separated by semicolons"),
    "grade": ("string", "grade of evidence: from rows, strata totals, monthly totals, two figures"),
    "rounded_to": ("integer", "counts are to the nearest so many; 1 where they are exact"),
}
"""Each column: its CSVW type and its meaning."""


def open_data(public: Public) -> dict[str, bytes]:
    """Every file of open data by its path in the site."""
    files: dict[str, bytes] = {}
    release = public.release
    for definition in public.measures:
        results, key = public.shelf.of(definition.key), definition.key
        files[f"data/{key}.csv"] = _csv(results)
        files[f"data/{key}.csv-metadata.json"] = _json(_metadata(public, definition))
        book = _book(public, definition)
        files[f"data/{key}.ods"] = ods(book, release.made_on)
        files[f"data/{key}.xlsx"] = values_xlsx(book, release.made_on)
        files[f"data/{key}.json"] = _json(
            {
                **_once(public, definition),
                "columns": COLUMNS,
                "results": [_values(result) for result in results],
            }
        )
    for key, text in release.texts.items():
        files[f"data/definitions/{key}.toml"] = text.encode()
    files["data/claims.json"] = _json([_claim(checked) for checked in release.claims])
    files["data/letter.json"] = _json(asdict(release.letter))
    files["data/comparators.json"] = _json(release.comparators.model_dump(mode="json"))
    files["data/body.json"] = _json(release.body.model_dump(mode="json"))
    files["data/sources.json"] = _json(
        {
            "sources": [asdict(source) for source in release.sources],
            "differing": list(release.differing),
        }
    )
    files["data/codes.json"] = _json({name: dict(names) for name, names in release.codes.items()})
    return files | seals.files(release) | forces_data.files(public)


def _csv(results: Iterable[Result]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for result in results:
        *cells, excluded, grade, rounded = _values(result)
        left_out = ";".join(f"{why}={n}" for why, n in excluded)
        writer.writerow([*map(inert, cells), left_out, grade, rounded])
    return out.getvalue().encode("utf-8")


def _book(public: Public, definition: Definition) -> tuple[Sheet, Sheet]:
    """A measure's workbook: what it is, and its figures by area and period.

    The whole, with intervals and splits, is in the CSV and the JSON; a workbook is for
    reading and pasting.
    """
    release = public.release
    about = Sheet(
        "About",
        ("what", "it says"),
        [
            ("Measure", definition.title),
            ("Question", definition.question),
            ("How it is counted", " ".join(definition.plain.split())),
            ("Publisher", release.body.name),
            ("Made on", release.made_on.isoformat()),
            ("Preview", "yes: not for quoting" if release.preview else "no"),
            ("Records", release.source),
            ("Licence", LICENCE),
            ("[c]", "withheld to protect people"),
            ("[x]", "the records do not cover the period"),
        ],
    )
    figures = Sheet("Figures", *_wide(public, definition))
    return about, figures


_MARKS = {Status.SUPPRESSED: "[c]", Status.MISSING: "[x]"}
"""What stands in a cell without a number: the usual shorthand of official statistics."""


def _wide(public: Public, definition: Definition) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """A row for each area and period, a column for each statistic of the whole."""
    statistics = public.statistics(definition)
    rows: dict[tuple[str, str], dict[str, Result]] = {}
    for result in public.shelf.of(definition.key):
        if not result.split and result.basis == "raw" and result.grain != Grain.WINDOW:
            rows.setdefault((result.area, result.period), {})[result.statistic] = result
    heading = ("area", "period", *statistics, "n", "note")
    return heading, [
        (*name, *(_wide_cell(found.get(s)) for s in statistics), *_last_cells(found, statistics))
        for name, found in rows.items()
    ]


def _wide_cell(result: Result | None) -> Cell:
    if result is None:
        return None
    return _MARKS.get(result.status, result.value)


def _last_cells(found: dict[str, Result], statistics: tuple[str, ...]) -> tuple[Cell, Cell]:
    first = next((found[s] for s in statistics if s in found), None)
    if first is None:
        return None, None
    return first.n, None if first.status == Status.OK else str(first.status)


_values = attrgetter(*COLUMNS)


def _once(public: Public, definition: Definition) -> dict[str, Any]:
    return {
        "measure": definition.key,
        "version": definition.version,
        "definition": definition.digest,
        "source": public.release.source,
    }


def _metadata(public: Public, definition: Definition) -> dict[str, Any]:
    """CSV on the Web (W3C): https://www.w3.org/TR/tabular-data-primer/."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": f"{definition.key}.csv",
        "dc:title": definition.title,
        "dc:description": definition.plain.strip(),
        "dc:publisher": public.release.body.name,
        "dc:issued": public.release.made_on.isoformat(),
        "dc:license": {"@id": LICENCE},
        "dc:source": public.release.source,
        "dc:identifier": f"{definition.key} {definition.version} {definition.digest}",
        "tableSchema": {
            "columns": [
                {
                    "name": name,
                    "titles": name,
                    "datatype": MEANS[name][0],
                    "dc:description": MEANS[name][1],
                }
                for name in COLUMNS
            ],
            "primaryKey": ["statistic", "area", "period", "split", "basis"],
        },
    }


def _claim(checked: Any) -> dict[str, Any]:
    return {
        "claim": checked.claim.model_dump(mode="json"),
        "readings": [
            {
                "reading": r.reading.model_dump(mode="json"),
                "verdict": asdict(r.verdict),
                "default": asdict(r.default) if r.default else None,
            }
            for r in checked.readings
        ],
    }


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
