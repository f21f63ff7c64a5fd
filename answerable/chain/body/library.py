"""Shipped definitions: data files only, read from here and nowhere else."""

from functools import cache
from pathlib import Path

LIBRARY = Path(__file__).resolve().parents[2] / "library"


@cache
def shipped(folder: str, ending: str) -> dict[str, Path]:
    """Files of a folder of the library by their stem: `shipped("tables", ".json")`."""
    found = sorted((LIBRARY / folder).glob(f"*{ending}"))
    return {path.stem: path for path in found}
