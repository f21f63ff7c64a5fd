"""Django's templates, alone: one engine, each template compiled once."""

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine, Template

HERE = Path(__file__).parent


@cache
def _engine() -> Engine:
    # Django formats numbers by its settings. They are named, not imported: `web` stands
    # above `site`, and a process that has chosen other settings keeps them.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "answerable.web.settings")
    return Engine(
        dirs=[str(HERE / "templates")],
        string_if_invalid="[MISSING %s]",
        autoescape=True,
    )


@cache
def _template(name: str) -> Template:
    return _engine().get_template(name)


class MissingText(Exception):
    """A template asked for something that its page did not give. A defect of ours."""


def rendered(name: str, values: Mapping[str, Any]) -> str:
    """A page's HTML. Raises MissingText rather than leave a hole in the page."""
    html: str = _template(name).render(Context(dict(values), autoescape=True))
    if "[MISSING " in html:
        hole = html.split("[MISSING ", 1)[1].split("]", 1)[0]
        raise MissingText(f"{name} has no value for {hole}")
    return html
