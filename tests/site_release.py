"""A release made up for the tests of the site: real definitions, invented figures."""

from datetime import date
from math import sin

from answerable.chain.body import BodyFile, Month, Period, open_body, shipped
from answerable.chain.claims import (
    LABELS,
    CheckedClaim,
    CheckedReading,
    Claim,
    Reading,
    Verdict,
    VerdictKind,
)
from answerable.chain.measures import (
    Definition,
    Grain,
    Result,
    Status,
    Unit,
    read_definition,
    unit_of,
)
from answerable.chain.measures.codes import load_codes
from answerable.chain.records import Letter
from answerable.chain.records.letter import Arrived, Blocked, Unusable
from answerable.site import Release
from tests.conftest import ROOT

FIRST, LAST = Month(2021, 7), Month(2024, 6)
MONTHS = [FIRST + i for i in range(LAST - FIRST + 1)]
YEARS = ("2021-12..2022-11", "2022-12..2023-11")
SOURCE = "5f" * 32


def made_up(measures: tuple[str, ...] = (), **changes: object) -> Release:
    """A release over some of the shipped measures; all of them when none is named."""
    paths = shipped("measures", ".toml")
    keys = measures or tuple(paths)
    definitions = tuple(read_definition(paths[key]) for key in keys)
    body = open_body(ROOT / "demo" / "severnshire").file
    given = {
        "body": body,
        "definitions": definitions,
        "texts": {key: paths[key].read_text(encoding="utf-8") for key in keys},
        "results": tuple(r for d in definitions for r in results_of(d, body)),
        "claims": claims(),
        "letter": letter(),
        "source": SOURCE,
        "results_digest": "ab" * 32,
        "made_on": date(2024, 7, 15),
        "version": "0.1.0",
        "codes": {name: codes.names for name, codes in load_codes().items()},
    }
    return Release(**(given | changes))  # type: ignore[arg-type]


def results_of(definition: Definition, body: BodyFile) -> list[Result]:
    """Months for the whole and every area, two claim years, and splits of the first figure."""
    areas = ["all", *(area.code for area in body.areas)]
    made = []
    for statistic in definition.statistics:
        for number, area in enumerate(areas):
            for i, month in enumerate(MONTHS):
                made.append(_result(definition, statistic, area, str(month), i, number))
            for j, year in enumerate(YEARS):
                made.append(_result(definition, statistic, area, year, j, number))
    for column in definition.splits:
        for j, value in enumerate(_values_of(column)):
            for year in YEARS:
                made.append(
                    _result(
                        definition, definition.statistics[0], "all", year, j, 1, f"{column}={value}"
                    )
                )
    return made


def _values_of(column: str) -> tuple[str, ...]:
    return {
        "response_method": ("attended", "video", "telephone"),
        "risk_level": ("standard", "medium", "high"),
    }.get(column, ("one", "two"))


def _result(
    definition: Definition,
    statistic: str,
    area: str,
    period: str,
    i: int,
    number: int,
    split: str = "",
) -> Result:
    unit = unit_of(definition, statistic)
    months = len(Period.parse(period))
    n = (900 if area == "all" else 260 // number) * months
    wave = sin(i * 1.7 + number) * 0.06
    value: float | None = {
        Unit.SECONDS: round(2400 * (1 + wave)),
        Unit.DAYS: round(12 * (1 + wave), 1),
        Unit.SHARE: round(0.62 + wave / 3, 6),
        Unit.RATIO: round(31 * (1 + wave), 4),
        Unit.COUNT: round(n * (1 + wave)),
    }[unit]
    status = Status.OK
    if area == "clunmoor" and months == 1 and i % 7 == 3:
        status, value = Status.SUPPRESSED, None
    elif period == str(LAST):
        status = Status.PROVISIONAL
    bare = value is None
    return Result(
        measure=definition.key,
        version=definition.version,
        definition=definition.digest,
        statistic=statistic,
        area=area,
        period=period,
        grain=Grain.MONTH if months == 1 else Grain.WINDOW,
        unit=unit,
        value=value,
        n=None if bare else n,
        status=status,
        source=SOURCE,
        split=split,
        count=round(value * n) if unit == Unit.SHARE and value is not None else None,
        lower=None if bare or unit == Unit.COUNT else round(value * 0.97, 6),  # type: ignore[operator]
        upper=None if bare or unit == Unit.COUNT else round(value * 1.03, 6),  # type: ignore[operator]
        method="" if bare else "made up",
    )


def claims() -> tuple[CheckedClaim, ...]:
    """One claim of each kind of verdict, one that cannot be tested, one that is no figure."""
    said = {
        "published_by": "Severnshire OPCC",
        "attributed_to": "the Chief Constable’s office",
        "said_on": date(2023, 12, 12),
        "source": "News release, 12 December 2023",
    }
    tested = tuple(
        CheckedClaim(
            Claim(
                key=f"claim-{kind.name.lower().replace('_', '-')}",
                words=words,
                as_worded="not testable as worded",
                lacks=("period", "size"),
                told_in=(
                    {
                        "source": "Wyreford Courier",
                        "words": "Officers now get there faster, whatever the call.",
                        "scope": "widened",
                        "note": "It drops “to priority incidents”.",
                    },
                ),
                reading=(_reading(),),
                **said,
            ),
            (CheckedReading(_reading(), _verdict(kind)),),
        )
        for kind, words in zip(VerdictKind, _WORDS, strict=True)
    )
    untold = Claim(
        key="best-practice",
        words="services are in line with national best practice",
        as_worded="not testable as worded",
        lacks=("measure", "period"),
        see=("reports",),
        **said,
    )
    hope = Claim(
        key="a-hope", words="we hope people feel safer", as_worded="not a matter of figures", **said
    )
    return (*tested, CheckedClaim(untold, ()), CheckedClaim(hope, ()))


_WORDS = (
    "officers reach priority incidents sooner",
    "people are first spoken to sooner",
    "more action is being taken against perpetrators",
    "satisfaction has risen in every part of the force",
    "five specialist officers were in place by May",
    "panels have been running since January",
    "survivors are only just less satisfied than the target asks",
)


def _reading() -> Reading:
    return Reading(
        says="improved",
        measure="response_time_priority",
        statistic="median",
        period=YEARS[1],
        baseline=YEARS[0],
        bound_by="Office of the Commissioner, scrutiny",
        bound_on=date(2024, 1, 10),
        why="The last twelve complete months before the release; the words give none.",
    )


def _verdict(kind: VerdictKind) -> Verdict:
    return Verdict(
        verdict=kind,
        label=LABELS[kind],
        recorded="Recorded: a median of 38 minutes, down from 44 minutes",
        ordinary="That is beyond ordinary variation.",
        rule="paired months",
        sentence="Recorded: a median of 38 minutes, down from 44 minutes. That is beyond"
        " ordinary variation. These data could have shown a change of 3 minutes.",
        size=-360.0,
        lower=-480.0,
        upper=-240.0,
        smallest_visible=180.0,
        may_say="The median time to reach priority incidents fell from 44 to 38 minutes.",
        to_settle="" if kind == VerdictKind.SUPPORTED else "Twelve more months.",
        grade="from rows",
        source=SOURCE,
        unit="seconds",
    )


def letter() -> Letter:
    """The public edition, with findings of two weights, one of them small."""
    return Letter(
        body="Severnshire OPCC",
        least=5,
        stopped=False,
        source=SOURCE,
        arrived=(
            Arrived(
                "command",
                "incidents",
                "July 2021 to June 2024",
                (),
                None,
                152_408,
                3_120,
                "other agencies",
            ),
            Arrived("crimes", "crimes", "July 2021 to June 2024", (), None, 98_112, 0, ""),
        ),
        unusable=(
            Unusable(
                "duplicate_key",
                "rejects",
                "incidents",
                "incident_id",
                412,
                "Two records have one reference.",
                "",
                "Send each record once.",
            ),
            Unusable(
                "unknown_code",
                "notes",
                "incidents",
                "area",
                None,
                "A code is in no list.",
                "",
                "Tell us what the code means.",
            ),
        ),
        blocked=(
            Blocked("complaints", "blocked", "no extract of complaints arrived", ()),
            Blocked("response_time_priority", "touched", "incidents.first_arrived_at", ()),
        ),
    )
