"""The desk as a WSGI application."""

import os
from pathlib import Path
from typing import Any


def application(keep: Path | None = None) -> Any:
    """Django, with the desk's own settings, once a process.

    keep   the folder into which answers may be kept; None for nowhere
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = "answerable.desk.settings"
    import django
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler

    django.setup()
    settings.DESK_KEEP = keep
    return WSGIHandler()
