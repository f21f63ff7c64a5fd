"""The desk as a WSGI application."""

import os
from typing import Any


def application() -> Any:
    """Django, with the desk's own settings, once a process."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "answerable.desk.settings"
    import django
    from django.core.handlers.wsgi import WSGIHandler

    django.setup()
    return WSGIHandler()
