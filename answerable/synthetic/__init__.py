"""A force that never was: extracts as a force would really send them, with planted truths."""
