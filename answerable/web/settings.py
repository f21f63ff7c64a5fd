"""Settings of Django, which for now only renders templates: no database, no applications.

Chosen with DJANGO_SETTINGS_MODULE=answerable.web.settings.
"""

SECRET_KEY = "templates-only"  # noqa: S105  # nothing is signed until there is a workspace
DEBUG = False
INSTALLED_APPS: tuple[str, ...] = ()
DATABASES: dict[str, dict[str, str]] = {}
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False
