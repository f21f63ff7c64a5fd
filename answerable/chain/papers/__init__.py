"""Papers: a page, a letter or a table that leaves as a document."""
