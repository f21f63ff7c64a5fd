"""What a benchmark ran on, for the line above its figures."""

import os
import platform
from pathlib import Path

import duckdb


def described() -> str:
    """'Linux x86_64, AMD EPYC …, 2 cores, 8 GiB, Python 3.11.9, DuckDB 2.0.0'."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    parts = [
        f"{platform.system()} {platform.machine()}",
        _processor(),
        f"{cores} cores",
        _memory(),
        f"Python {platform.python_version()}",
        f"DuckDB {duckdb.__version__}",
    ]
    return ", ".join(part for part in parts if part)


def busy() -> str:
    """How many processes wanted a core in the last minute, these among them."""
    try:
        return f"load {os.getloadavg()[0]:.1f}"
    except (AttributeError, OSError):
        return "load not known"


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    if not path.is_file():
        return platform.processor()
    named = [line for line in path.read_text().splitlines() if line.startswith("model name")]
    return named[0].split(":", 1)[1].strip() if named else platform.processor()


def _memory() -> str:
    try:
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return ""
    return f"{size / 2**30:.0f} GiB"
