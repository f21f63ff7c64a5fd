"""Settings of the desk: Django without a database, an application, a log or a file.

Chosen with DJANGO_SETTINGS_MODULE=answerable.desk.settings.
"""

import secrets

from .limits import LARGEST_FORM, MOST_FIELDS

SECRET_KEY = secrets.token_urlsafe(50)  # another for every run: nothing outlives the process
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
ROOT_URLCONF = "answerable.desk.urls"
INSTALLED_APPS: tuple[str, ...] = ()
DATABASES: dict[str, dict[str, str]] = {}
MIDDLEWARE = [
    "answerable.desk.guard.sealed",
    "answerable.desk.guard.from_here",
    "answerable.desk.guard.bounded",
    "django.middleware.csrf.CsrfViewMiddleware",
    "answerable.desk.memory.remembered",
]
# Nothing of an upload is ever written down, not even for the length of a request.
FILE_UPLOAD_HANDLERS = ["answerable.desk.uploads.InMemory"]
DATA_UPLOAD_MAX_MEMORY_SIZE = LARGEST_FORM
DATA_UPLOAD_MAX_NUMBER_FIELDS = MOST_FIELDS
DATA_UPLOAD_MAX_NUMBER_FILES = 1
CSRF_COOKIE_NAME = "answerable-form"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "answerable.desk.views.plain.not_from_here"
APPEND_SLASH = False
DESK_KEEP = None
"""The folder of `--keep`: where answers go when asked to be kept. None keeps nothing."""
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False
LOGGING = {
    "version": 1,
    "disable_existing_loggers": True,
    "handlers": {"nowhere": {"class": "logging.NullHandler"}},
    "root": {"handlers": ["nowhere"]},
    "loggers": {"django": {"handlers": ["nowhere"], "propagate": False}},
}
