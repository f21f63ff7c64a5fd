"""What the manual says of the desk's limits is what the code holds."""

from pathlib import Path

import pytest

from answerable.desk import limits, server
from answerable.desk.forms.typed import MOST

PAGE = (Path(__file__).resolve().parents[2] / "docs/reference/try.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words",
    [
        f"| a file | {limits.LARGEST_FILE // limits.MEGABYTE} MB;",
        f"{limits.MOST_HELD:,} cells",
        f"{limits.MOST_ITEMS} pages",
        f"| visitors at once | {limits.MOST_VISITORS} |",
        f"| typed figures in one line | {MOST} |",
        f"{limits.IDLE_SECONDS // 60} minutes without use",
        f"http://{server.HOST}:{server.PORT}/",
    ],
)
def test_the_reference_tells_the_limits(words: str) -> None:
    assert words in PAGE
