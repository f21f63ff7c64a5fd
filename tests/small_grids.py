"""Small sheets as text, for tests: one line a row, `|` between cells.

A cell is text as it stands; `#12` is the number 12, `@2023-04-01` a date, `%0.56` a number shown
as a percentage; `<>` continues the cell to its left (merged).
"""

from datetime import date

from answerable.chain.sheets import Cell, Correction, Grid, Pack, Understood, understand


def grid(text: str, name: str = "S") -> Grid:
    cells: dict[tuple[int, int], Cell] = {}
    merged: list[tuple[int, int, int, int]] = []
    lines = text.strip("\n").splitlines()
    for row, line in enumerate(lines, 1):
        start = 0
        parts = [part.strip() for part in line.split("|")]
        for column, part in enumerate(parts, 1):
            if part == "<>":
                merged = [one for one in merged if one[:2] != (row, start)]
                merged.append((row, start, row, column))
                continue
            start = column
            if part:
                cells[row, column] = cell(part)
    width = max(len(line.split("|")) for line in lines)
    return Grid(name, cells, len(lines), width, tuple(merged))


def cell(part: str) -> Cell:
    if part.startswith("#") and part[1:].replace(".", "").replace("-", "").isdigit():
        number = float(part[1:])
        return Cell(int(number) if number == int(number) else number, part[1:])
    if part.startswith("%") and part[1:].replace(".", "").isdigit():
        return Cell(float(part[1:]), f"{float(part[1:]):.1%}", "0.0%")
    if part.startswith("@"):
        return Cell(date.fromisoformat(part[1:]), part[1:], "dd/mm/yyyy")
    if part.startswith("**"):
        return Cell(part.strip("*"), part.strip("*"), bold=True)
    return Cell(part, part)


def read(text: str, *corrections: Correction) -> Understood:
    """The sheet, understood."""
    return understand(Pack("small.xlsx", "0" * 64, (grid(text),)), corrections)


def shown(found: Understood) -> list[str]:
    """Each line on one line: 'Arrests; North: 2023-04 12, 2023-05 –(suppressed)'."""
    told = []
    for line in found.lines:
        figures = [
            f"{f.period} {f.value:.10g}" if f.value is not None else f"{f.period} –({f.status})"
            for f in line.figures
        ]
        told.append(f"{line.name}; {line.area}: {', '.join(figures)}")
    return told
