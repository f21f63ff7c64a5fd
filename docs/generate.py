"""Write the generated pages of the reference. Run it after changing a command or contract:

    .venv/bin/python docs/generate.py

A test holds the pages to what this makes.
"""

import json
from pathlib import Path
from typing import Any

import typer
from calibrated import page as calibration

from answerable.chain.body import shipped
from answerable.chain.figures import columns
from answerable.chain.records import FINDINGS
from answerable.cli.app import load

REFERENCE = Path(__file__).parent / "reference"


def commands() -> str:
    """Every command with its arguments and options, as the command itself tells them."""
    group = typer.main.get_command(load())
    parts = [
        "# Commands\n\nGenerated from the command itself. `./run WORD …` in a checkout is"
        " `answerable WORD …` where it is installed.\n"
    ]
    for name, command in sorted(group.commands.items()):
        parts.append(f"## answerable {name}\n\n{_plain(command.help)}\n\n{_parameters(command)}")
    return "\n".join(parts)


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())


def _parameters(command: Any) -> str:
    rows = ["| argument or option | meaning | default |", "|---|---|---|"]
    for parameter in command.params:
        option = parameter.param_type_name == "option"
        names = (
            [*parameter.opts, *parameter.secondary_opts]
            if option
            else [parameter.metavar or parameter.name.upper()]
        )
        default = parameter.default
        shown = (
            "required"
            if parameter.required
            else "–"
            if default in (None, (), [], "") or callable(default)
            else str(default)
        )
        help_text = _plain(getattr(parameter, "help", ""))
        rows.append(f"| `{'`, `'.join(names)}` | {help_text} | {shown} |".replace("|  |", "| – |"))
    return "\n".join(rows) + "\n"


def tables() -> str:
    """Every contract, column by column."""
    parts = [
        "# Tables\n\nGenerated from `answerable/library/tables`. Beside each `…_at` stands the"
        " civil date `…_on` in the body's zone, made at import.\n"
    ]
    for path in shipped("tables", ".json").values():
        table = json.loads(path.read_text(encoding="utf-8"))
        parts.append(f"## {table['name']}\n\n{table['description']}\n")
        parts.append("| column | type | sensitivity | meaning | codes |\n|---|---|---|---|---|")
        for field in table["fields"]:
            codes = field.get("constraints", {}).get("enum", [])
            listed = ", ".join(f"`{code}`" for code in codes) or "–"
            needed = " Required." if field.get("constraints", {}).get("required") else ""
            parts.append(
                f"| `{field['name']}` | {field['type']} | {field['sensitivity']} |"
                f" {field['description']}{needed} | {listed} |"
            )
        parts.append("")
    return "\n".join(parts)


def figure_columns() -> str:
    """The contract of figures as given, column by column."""
    parts = [
        "# Columns of figures as given\n\nGenerated from `answerable/library/figures`. Each line of"
        " `BODY/figures/*.csv` is one figure.\n",
        "| column | type | meaning | allowed |\n|---|---|---|---|",
    ]
    for each in columns():
        listed = ", ".join(f"`{code}`" for code in each.allowed) or "–"
        needed = " Required." if each.required else ""
        parts.append(f"| `{each.name}` | {each.type} | {each.description}{needed} | {listed} |")
    return "\n".join([*parts, ""])


def findings() -> str:
    """Every defect that an import can find."""
    parts = [
        "# Findings\n\nGenerated from `answerable/chain/records/catalogue.py`. *stops*: the import"
        " cannot be trusted, and the last good snapshot stands. *rejects*: records or values could"
        " not be used. *notes*: used, and worth knowing. A place where a finding is graver than"
        " usual says so.\n",
        "| name | weight | what was found | what to do |\n|---|---|---|---|",
    ]
    for name, defect in FINDINGS.items():
        parts.append(f"| `{name}` | {defect.weight} | {defect.words} | {defect.to_do} |")
    return "\n".join(parts) + "\n"


PAGES = {
    "calibration.md": calibration,
    "commands.md": commands,
    "figure-columns.md": figure_columns,
    "findings.md": findings,
    "tables.md": tables,
}


if __name__ == "__main__":
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")
