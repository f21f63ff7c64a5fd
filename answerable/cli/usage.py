"""A command that was written wrongly, told as every other mistake is."""

import re
from typing import Any

import typer

from ..chain.body import Problem

WRONG: type[Exception] = typer.BadParameter.__mro__[1]
"""What is raised for an option or argument that is missing, unknown, or of no use."""


def problem_of(error: Any) -> Problem:
    """One mistake in a command, with what may stand there and where the options are told."""
    context = getattr(error, "ctx", None)
    command = getattr(context, "command_path", "answerable")
    step = f"See {command} --help."
    kind, param = type(error).__name__, getattr(error, "param", None)
    words = " ".join(error.format_message().split())
    if kind == "MissingParameter" and param is not None:
        return Problem(_name(param), "it is not given", _allowed(param, words), step)
    if kind == "NoSuchOption":
        near = ", ".join(getattr(error, "possibilities", None) or ())
        return Problem(str(error.option_name), "there is no such option", near, step)
    if param is not None:
        return Problem(_name(param), "this is not what it takes", _allowed(param, words), step)
    return Problem(command, words[:1].lower() + words[1:].rstrip("."), next_step=step)


def _name(param: Any) -> str:
    """The longest name of an option; an argument's as the help page has it."""
    options = [each for each in param.opts if each.startswith("-")]
    return max(options, key=len) if options else str(param.metavar or param.name).upper()


def _allowed(param: Any, words: str) -> str:
    """The values of a closed list, or the kind of number; else what the help page says of it."""
    listed = re.search(r"(?:Choose from:|is not one of) (.+?)\.?$", words)
    if listed:
        return listed[1].replace("'", "")
    if "integer" in words:
        return "a whole number"
    if "valid number" in words or "float" in words:
        return "a number"
    return str(getattr(param, "help", None) or "").rstrip(".")
