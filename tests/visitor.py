"""Someone at the desk without a browser: Django's test client, forms with their secret."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

HOST = "127.0.0.1:8010"


@contextmanager
def opened(**options: Any) -> Iterator["Visitor"]:
    """A visitor whose process has the desk's settings, and an empty desk."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "answerable.web.settings")
    from django.apps import apps
    from django.conf import settings as chosen
    from django.test import override_settings

    from answerable.desk import memory, settings

    ours = {name: getattr(settings, name) for name in dir(settings) if name.isupper()}
    for name in ("LOGGING", "INSTALLED_APPS", "DATABASES"):
        ours.pop(name)
    assert not chosen.DEBUG  # read once before any is overridden
    with override_settings(**ours):
        apps.populate(())
        yield Visitor(**options)
    memory.DESKS._desks.clear()


class Visitor:
    """Follows redirects, and posts forms as the page that was read last would."""

    def __init__(self, **options: Any) -> None:
        from django.test import Client

        self.client = Client(enforce_csrf_checks=True, HTTP_HOST=HOST, **options)
        self.at, self.page = "", ""

    def get(self, address: str, **more: Any) -> Any:
        return self._seen(address, self.client.get(address, **more))

    def post(self, address: str, values: dict[str, Any] | None = None, **more: Any) -> Any:
        """Post a form with the secret of the page that was read last, and go where it leads."""
        secret = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page)
        form = {"csrfmiddlewaretoken": secret[1] if secret else "", **(values or {})}
        response = self._seen(address, self.client.post(address, form, **more))
        if response.status_code in (301, 302, 303):
            return self.get(response.headers["Location"])
        return response

    def _seen(self, address: str, response: Any) -> Any:
        self.at, self.page = address, response.content.decode(errors="replace")
        return response

    @property
    def text(self) -> str:
        """The page's words, without its markup."""
        plain = re.sub(r"<style>.*?</style>|<[^>]+>", " ", self.page, flags=re.S)
        return " ".join(unescape(plain).split())

    @property
    def title(self) -> str:
        found = re.search(r"<title>(.*?)</title>", self.page)
        return unescape(found[1]) if found else ""
