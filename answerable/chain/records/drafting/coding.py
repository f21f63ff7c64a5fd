"""A coded column. A code is matched only where it is spelled as a code of the contract or as
that code's plain name; what a code of the force means is the force's to say.
"""

import re
import tomllib
from functools import cache

from ...body import Body, shipped
from ..contract import Contract, Field
from .contents import Column
from .guess import Filled

BY_CONTENTS = 0.5
MOST_SPELLINGS = 2_000
"""A column with more different values than this is not coded."""
BLANK = re.compile(r"[\W_]+")


def as_code(
    made: Filled, contract: Contract, wanted: Field, column: Column, like: float, body: Body | None
) -> Filled | None:
    """Codes are matched by their spelling alone."""
    if column.distinct > MOST_SPELLINGS:
        return None
    known = _spellings(contract, wanted, body)
    plainly = column.spelled(_plain)
    matched = {value: known[key] for value, key in plainly.items() if key in known}
    share = sum(column.counts[value] for value in matched) / column.filled
    if not like and not (share >= 0.8 and len(set(matched.values())) > 1 and wanted.name != "area"):
        return None
    if column.times:
        return None
    if not like:
        made.why.append("its values are codes of the table")
    made.unknown = {v: column.counts[v] for v in column.commonest() if v not in matched}
    made.told, made.filled = column.may_be_told, column.filled
    if any(value != code for value, code in matched.items()):
        made.codes = dict(sorted(matched.items(), key=lambda item: (item[1], item[0])))
    elif made.unknown:
        made.codes = {value: value for value in sorted(matched)}
    if matched:
        made.why.append(f"{share:.0%} of its values are spelled as codes or their names")
    weight = 0.6 + 0.4 * share if column.may_be_told else 0.5 + 0.5 * share
    made.score = like * weight if like else BY_CONTENTS * share
    return made


def has_names(contract: Contract, wanted: Field) -> bool:
    """Whether the codes of a column have plain names."""
    return f"{contract.name}.{wanted.name}" in _names()


@cache
def _names() -> dict[str, dict[str, str]]:
    """The plain names of codes by column: 'incidents.strand' → {name: code}."""
    named: dict[str, dict[str, str]] = {}
    for path in shipped("codes", ".toml").values():
        read = tomllib.loads(path.read_text(encoding="utf-8"))
        for column in read["columns"]:
            named[column] = {str(name): code for code, name in read["names"].items()}
    return named


def _spellings(contract: Contract, wanted: Field, body: Body | None) -> dict[str, str]:
    """Plain spelling → code, for each code and its name; a spelling of two codes is of none."""
    if wanted.name == "area":
        areas = body.areas if body else ()
        pairs = [(area.code, area.code) for area in areas] + [(a.name, a.code) for a in areas]
    else:
        names = _names().get(f"{contract.name}.{wanted.name}", {})
        codes = wanted.enum or tuple(names.values())
        pairs = [(code, code) for code in codes]
        pairs += [(name, code) for name, code in names.items() if code in codes]
    found: dict[str, str] = {}
    for spelled, code in pairs:
        key = _plain(spelled)
        if key:
            found[key] = code if found.get(key, code) == code else ""
    return {key: code for key, code in found.items() if code}


def _plain(spelled: str) -> str:
    """A spelling without regard to case, spaces, dashes and signs; `&` is 'and'."""
    return BLANK.sub(" ", spelled.casefold().replace("&", " and ")).strip()
