"""The local page of `answerable try`: on this machine alone, and nothing kept unless told."""
