"""The command itself, and how every mistake ends: one clear message, a status, no traceback."""

import importlib
import os
import sys

import typer

from ..chain.body import InputMistake
from .usage import WRONG, problem_of

MISTAKE = 2
"""Exit status for a mistake in the input."""
OUR_FAULT = 3
"""Exit status for a defect of ours."""

app = typer.Typer(
    name="answerable",
    help="Hold a police force to account on evidence, in public.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

NOUNS: tuple[str, ...] = (
    "try_",
    "demo",
    "init",
    "importing",
    "map",
    "figures",
    "measure",
    "check",
    "publish",
    "verify",
    "compare",
    "bundle",
    "receive",
    "look",
    "chart",
    "funnel",
    "judge",
    "may_say",
    "read",
    "synthesise",
)
"""Modules of this package that add commands to `app`, in the order of the help page."""


def load() -> typer.Typer:
    """The app with every noun's commands."""
    for noun in NOUNS:
        importlib.import_module(f".{noun}", __package__)
    return app


def main() -> None:
    """Entry point. Mistakes in the input end with status 2, our own with 3."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # locked Windows consoles
    try:
        status = load()(prog_name=app.info.name, standalone_mode=False)
        sys.exit(status if isinstance(status, int) else 0)
    except WRONG as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            error.show()  # type: ignore[attr-defined]
        else:
            print(problem_of(error), file=sys.stderr)
        sys.exit(MISTAKE)
    except InputMistake as mistake:
        for problem in mistake.problems:
            print(problem, file=sys.stderr)
        sys.exit(MISTAKE)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except (KeyboardInterrupt, typer.Abort):
        print("Stopped.", file=sys.stderr)
        sys.exit(130)
    except Exception as error:
        if os.environ.get("ANSWERABLE_DEBUG"):
            raise
        # The error's own text may quote a record, so only its kind is told.
        print(
            f"Answerable itself failed ({type(error).__name__}). Nothing that was there before"
            " has been changed. Run again with ANSWERABLE_DEBUG=1 to see where, on a machine"
            " where personal data may be shown.",
            file=sys.stderr,
        )
        sys.exit(OUR_FAULT)
