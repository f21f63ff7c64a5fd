"""`answerable try` as a process of its own, watched."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]


class Running(NamedTuple):
    """A desk that answers: its address, what it has done to sockets and files, the process."""

    address: str
    notes: Path
    process: "subprocess.Popen[str]"

    @property
    def port(self) -> int:
        return int(self.address.rstrip("/").rpartition(":")[2])

    @property
    def peak(self) -> int:
        """The most memory that it has held, in bytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024


@contextmanager
def running(folder: Path, *options: str) -> Iterator[Running]:
    """Start it on a free port, wait until it answers, and end it."""
    notes = folder / "notes"
    process = subprocess.Popen(
        [sys.executable, "tests/watched.py", str(notes), "try", "--no-open", *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "TMPDIR": str(folder)},
    )
    assert process.stdout is not None and process.stderr is not None
    line = process.stdout.readline()
    assert "http://127.0.0.1:" in line, process.stderr.read()
    address = next(word for word in line.split() if word.startswith("http"))
    try:
        yield Running(address, notes, process)
    finally:
        process.terminate()
        process.communicate(timeout=20)
