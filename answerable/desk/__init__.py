"""The desk: a page on this machine that takes a spreadsheet to a verdict. Nothing is kept."""
