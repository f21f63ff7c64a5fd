"""A site's own open data, read back into the release that it says it is."""

import json
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ..chain.body import BodyFile, InputMistake, Problem, from_values
from ..chain.bundles.merging import Source
from ..chain.claims import CheckedClaim, CheckedReading, Claim, Reading, Verdict, VerdictKind
from ..chain.comparators import Comparators
from ..chain.measures import Definition, Grade, Grain, Result, Status, Unit, read_definition
from ..chain.records import Letter
from ..chain.records.letter import Arrived, Blocked, Unusable
from . import seals
from .open_data import ONCE
from .release import Release


def reread(site: Path, manifest: dict[str, Any]) -> Release:
    """The release out of `data/`. Raises InputMistake where something in it is not to be read."""
    definitions = tuple(_definition(site, key, manifest) for key in manifest["definitions"])
    try:
        return Release(
            body=from_values(_json(site, "body.json"), BodyFile, "data/body.json"),
            definitions=definitions,
            texts={
                d.key: (site / "data" / "definitions" / f"{d.key}.toml").read_text("utf-8")
                for d in definitions
            },
            results=tuple(r for d in definitions for r in results_of(site, d.key)),
            claims=claims_of(site),
            letter=_letter(_json(site, "letter.json")),
            source=manifest["source"],
            results_digest=manifest["results"],
            made_on=date.fromisoformat(manifest["made_on"]),
            number=manifest["number"],
            version=manifest["made_by"]["answerable"],
            comparators=from_values(
                _json(site, "comparators.json"), Comparators, "data/comparators.json"
            ),
            sources=tuple(
                Source(**{**each, "papers": tuple(each["papers"])})
                for each in _json(site, "sources.json")["sources"]
            ),
            differing=tuple(_json(site, "sources.json")["differing"]),
            codes=MappingProxyType(_json(site, "codes.json")),
            seals=seals.reread(site, manifest["bundles"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputMistake(
            Problem(
                "data",
                f"not in the form in which a site is published ({type(error).__name__})",
                next_step="Ask the publisher for the site as it was published.",
            )
        ) from None


def claims_of(site: Path) -> tuple[CheckedClaim, ...]:
    """The checked claims that a site publishes."""
    return tuple(_claim(each) for each in _json(site, "claims.json"))


def results_of(site: Path, key: str) -> tuple[Result, ...]:
    """The results of one measure, out of its JSON; none where it has no file."""
    if not (site / "data" / f"{key}.json").is_file():
        return ()
    text = _json(site, f"{key}.json")
    once = {name: text[name] for name in ONCE}
    return tuple(
        _result(once | dict(zip(text["columns"], row, strict=True))) for row in text["results"]
    )


def _definition(site: Path, key: str, manifest: dict[str, Any]) -> Definition:
    """One definition, which must be the very text that the manifest names."""
    name = f"data/definitions/{key}.toml"
    if not (site / name).is_file():
        raise InputMistake(Problem(name, "there is no such file"))
    definition = read_definition(site / name)
    if definition.digest != manifest["definitions"][key]["sha256"]:
        raise InputMistake(Problem(name, "not the definition that the manifest names"))
    return definition


def _result(row: dict[str, Any]) -> Result:
    return Result(
        **{
            **row,
            "grain": Grain(row["grain"]),
            "unit": Unit(row["unit"]),
            "status": Status(row["status"]),
            "grade": Grade(row["grade"]),
            "excluded": tuple((reason, number) for reason, number in row["excluded"]),
        }
    )


def _claim(text: dict[str, Any]) -> CheckedClaim:
    where = "data/claims.json"
    return CheckedClaim(
        from_values(text["claim"], Claim, where),
        tuple(
            CheckedReading(
                from_values(each["reading"], Reading, where),
                _verdict(each["verdict"]),
                _verdict(each["default"]) if each["default"] else None,
            )
            for each in text["readings"]
        ),
    )


def _verdict(text: dict[str, Any]) -> Verdict:
    return Verdict(
        **{**text, "verdict": VerdictKind(text["verdict"]), "notes": tuple(text["notes"])}
    )


def _letter(text: dict[str, Any]) -> Letter:
    return Letter(
        **{
            **text,
            "arrived": tuple(
                Arrived(**{**each, "files": tuple(each["files"])}) for each in text["arrived"]
            ),
            "unusable": tuple(Unusable(**each) for each in text["unusable"]),
            "blocked": tuple(
                Blocked(**{**each, "claims": tuple(each["claims"])}) for each in text["blocked"]
            ),
        }
    )


def _json(site: Path, name: str) -> Any:
    try:
        return json.loads((site / "data" / name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise InputMistake(Problem(f"data/{name}", "missing, or not readable as JSON")) from None
