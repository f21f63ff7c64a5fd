"""What lies on the desk: in memory only, under names that nobody can guess, for an hour.

Things are never changed once they lie there. A correction makes another thing, so the back
button goes back to what was there before, and two tabs cannot spoil each other's work.
"""

import secrets
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse

from .limits import IDLE_SECONDS, MOST_HELD, MOST_ITEMS, MOST_VISITORS
from .things import Sheet, Text

COOKIE = "answerable-desk"
T = TypeVar("T")


class Forgotten(Http404):
    """What was asked for is not on the desk: it ran out, or was never there."""


class Desk:
    """What one visitor has on the desk, the one not looked at for longest first."""

    def __init__(self) -> None:
        self._things: OrderedDict[str, Any] = OrderedDict()
        self._lock = Lock()
        self.seen = monotonic()

    def put(self, thing: Any) -> str:
        """Lay something down, and give the name under which it lies."""
        name = secrets.token_urlsafe(12)
        with self._lock:
            self._things[name] = thing
            self._make_room()
        return name

    def get(self, name: str, kind: type[T]) -> T:
        """What lies there. Raises Forgotten if nothing of that kind does."""
        with self._lock:
            thing = self._things.get(name)
            if not isinstance(thing, kind):
                raise Forgotten
            self._things.move_to_end(name)
            return thing

    def all(self, kind: type[T]) -> list[tuple[str, T]]:
        """Everything of one kind, the last looked at first."""
        with self._lock:
            found = [(n, t) for n, t in self._things.items() if isinstance(t, kind)]
        return found[::-1]

    def _make_room(self) -> None:
        while len(self._things) > MOST_ITEMS:
            self._things.popitem(last=False)
        held = {id(source): cells for source, cells in map(_held, self._things.values()) if cells}
        while sum(held.values()) > MOST_HELD and len(held) > 1:
            # The order of things is that in which they were last looked at.
            latest = dict.fromkeys(id(_held(t)[0]) for t in reversed(self._things.values()))
            oldest = [source for source in latest if source in held][-1]
            del held[oldest]
            for name in [n for n, t in self._things.items() if id(_held(t)[0]) == oldest]:
                del self._things[name]


def _held(thing: Any) -> tuple[object, int]:
    """The file that a thing holds, which several may share, and its size in cells."""
    if isinstance(thing, Sheet):
        return thing.pack, sum(len(grid.cells) for grid in thing.pack.grids)
    if isinstance(thing, Text):
        return thing.document, 1 + len(thing.document.text) // 20
    return None, 0


class Desks:
    """Every visitor's desk."""

    def __init__(self) -> None:
        self._desks: OrderedDict[str, Desk] = OrderedDict()
        self._lock = Lock()

    def of(self, token: str) -> Desk | None:
        """The desk of whoever holds this token."""
        self.sweep()
        with self._lock:
            desk = self._desks.get(token)
            if desk is not None:
                desk.seen = monotonic()
                self._desks.move_to_end(token)
            return desk

    def take(self, desk: Desk) -> str:
        """Keep a desk, and give its token. The visitor away for longest makes room."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._desks[token] = desk
            while len(self._desks) > MOST_VISITORS:
                self._desks.popitem(last=False)
        return token

    def forget(self, token: str) -> None:
        """Forget everything that one visitor had."""
        with self._lock:
            self._desks.pop(token, None)

    def sweep(self) -> None:
        """Forget whatever nobody has come back to."""
        before = monotonic() - IDLE_SECONDS
        with self._lock:
            for token in [t for t, desk in self._desks.items() if desk.seen < before]:
                del self._desks[token]


DESKS = Desks()


def remembered(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives each request its visitor's desk. A cookie is set once there is something on it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = request.COOKIES.get(COOKIE, "")
        desk = DESKS.of(token)
        request.desk = desk if desk is not None else Desk()
        response = answer(request)
        if desk is None and request.desk.all(object):
            token = DESKS.take(request.desk)
            response.set_cookie(COOKIE, token, httponly=True, samesite="Strict")
        return response

    return middleware
