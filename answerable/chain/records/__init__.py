"""What happened: contracts, mappings, checks, snapshots, the letter to the data owner."""

from .finding import Finding, Weight
from .snapshot import Cover, Part, Snapshot, current_snapshot, read_snapshot

__all__ = ["Cover", "Finding", "Part", "Snapshot", "Weight", "current_snapshot", "read_snapshot"]
