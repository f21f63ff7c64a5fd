"""What happened: contracts, mappings, checks, snapshots, the letter to the data owner."""

from .catalogue import FINDINGS, Defect
from .contract import Contract, Field, contracts
from .expressions import check_expression
from .finding import Finding, Weight
from .importing import Import, import_body, last_import
from .letter import Letter, as_text, write_letter
from .mapping import Mapping
from .mappings import load_mappings
from .reading import Source
from .snapshot import Cover, Part, Snapshot, current_snapshot, read_snapshot

__all__ = [
    "FINDINGS",
    "Contract",
    "Cover",
    "Defect",
    "Field",
    "Finding",
    "Import",
    "Letter",
    "Mapping",
    "Part",
    "Snapshot",
    "Source",
    "Weight",
    "as_text",
    "check_expression",
    "contracts",
    "current_snapshot",
    "import_body",
    "last_import",
    "load_mappings",
    "read_snapshot",
    "write_letter",
]
