"""How much the desk takes in and holds. Beyond it, a request is refused in one sentence."""

from ..chain.sheets.limits import FILE, PASTED

MEGABYTE = 1 << 20
LARGEST_FILE = FILE
"""As much as `chain.sheets` opens."""
LARGEST_FORM = 2 * PASTED
"""All that is typed or pasted into one form."""
MOST_FIELDS = 2_000
LARGEST_REQUEST = LARGEST_FILE + LARGEST_FORM
"""By its Content-Length, before any of it is read."""
MOST_VISITORS = 4
MOST_ITEMS = 120
"""Things that one visitor has on the desk; the one not looked at for longest goes first."""
MOST_HELD = 600_000
"""Cells that one visitor has on the desk, in all files together; 20 characters of a text count
as a cell. A file that is larger by itself lies there alone."""
IDLE_SECONDS = 60 * 60
"""After so long without a request, all that a visitor had is forgotten."""
