"""The manifest: what a bundle holds and rests on. It is the manifest that is signed."""

import json
import re
from typing import Literal

from pydantic import Field, field_validator, model_validator

from ..body import Appetite, InputMistake, Schema, from_values
from ..records.store import canonical
from .archive import refused
from .asked import Asked
from .keys import public_bytes

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
FORMAT = "answerable-bundle/1"
MOST = 1_000_000
"""Bytes of a manifest: about 300 for each measure."""

SHA256 = r"^[0-9a-f]{64}$"
CODE = r"^[a-z0-9][a-z0-9_]*$"
MEMBER = (
    r"results/[a-z][a-z0-9_]*\.json\.gz|definitions/[a-z][a-z0-9_]*\.toml"
    r"|(codes|covers|letter|papers)\.json"
)
PAPERS = "papers.json"
"""Only where figures were given."""
ALWAYS = ("codes.json", "covers.json", "letter.json")


class Member(Schema):
    """One file of a bundle. `unpacked` is the sha256 of the content of one that is packed."""

    sha256: str = Field(pattern=SHA256)
    bytes: int = Field(ge=0)
    unpacked: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")


class Named(Schema):
    """A force or an area: its code and its name."""

    code: str = Field(pattern=CODE)
    name: str = Field(max_length=200)


class Manifest(Schema):
    """What stands in `manifest.json`. See `Bundle` for what the keys mean."""

    format: Literal["answerable-bundle/1"]
    force: Named
    areas: tuple[Named, ...]
    number: int = Field(ge=1)
    follows: str = Field(pattern=r"^([0-9a-f]{64})?$")
    software: str = Field(pattern=r"^[0-9A-Za-z.+-]{1,40}$")
    source: str = Field(pattern=SHA256)
    results: str = Field(pattern=SHA256)
    appetite: Appetite
    asked: Asked | None
    public_key: str
    members: dict[str, Member]

    @field_validator("public_key")
    @classmethod
    def _is_a_key(cls, public_key: str) -> str:
        public_bytes(public_key)
        return public_key

    @field_validator("members")
    @classmethod
    def _are_known(cls, members: dict[str, Member]) -> dict[str, Member]:
        strays = [name for name in members if not re.fullmatch(MEMBER, name)]
        if strays:
            raise ValueError(f"{len(strays)} members that no bundle has")
        missing = [name for name in ALWAYS if name not in members]
        if missing:
            raise ValueError(f"without {', '.join(missing)}")
        return members

    @model_validator(mode="after")
    def _follows_from_its_number(self) -> "Manifest":
        if (self.number == 1) != (self.follows == ""):
            raise ValueError("the first bundle follows none, and every other follows one")
        return self

    def written(self) -> bytes:
        """The manifest's bytes: one way of writing for one content."""
        return canonical(self.model_dump(mode="json"))


def read_manifest(data: bytes, where: str) -> Manifest:
    """Read a manifest. Raises InputMistake unless its bytes are those that `written` gives."""
    if len(data) > MOST:
        raise refused(where, f"its manifest is larger than {MOST:,} bytes")
    try:
        values = json.loads(data)
    except (ValueError, RecursionError):
        raise refused(where, "its manifest is not readable as JSON") from None
    named = values.get("format") if isinstance(values, dict) else None
    if named != FORMAT:
        raise refused(
            where,
            "its manifest is not of the form answerable-bundle/1",
            "Nothing was taken in. If the force's software is newer than yours, update yours.",
        )
    try:
        manifest = from_values(values, Manifest, where)
    except InputMistake as mistake:
        first = mistake.problems[0]
        raise refused(
            where, f"its manifest is not as it should be ({first.key}: {first.found})"
        ) from None
    if manifest.written() != data:
        raise refused(where, "its manifest is not written in the one way that it can be")
    return manifest
