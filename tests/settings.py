"""The project's settings, on a machine where nothing lasts and nothing is sent."""

import os
import tempfile
from pathlib import Path

FOLDER = tempfile.TemporaryDirectory(prefix="embrace-tests-")
DATABASE = os.environ.get("EMBRACE_DATABASE", "")
for name in [name for name in os.environ if name.startswith("EMBRACE_")]:
    del os.environ[name]
os.environ |= {
    "EMBRACE_DATA": FOLDER.name,
    "EMBRACE_DATABASE": DATABASE or f"sqlite:///{FOLDER.name}/embrace.sqlite3",
    "EMBRACE_SECRET_KEY": "secret-of-the-tests",
    "EMBRACE_CARD_PEPPER": "pepper-of-the-tests",
    "EMBRACE_EMAIL": "memorymail://",
    "EMBRACE_CACHE": "locmemcache://",
}

from embrace.settings import *  # noqa: E402, F403
from embrace.settings import (  # noqa: E402
    DATABASES,
    INSTALLED_APPS,
    MIDDLEWARE,
    STATIC_ROOT,
    STORAGES,
)

# A file, since threads and live servers cannot wait for each other on an in-memory database.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": f"{FOLDER.name}/tests.sqlite3"}

# Fails a page that reads its rows one by one.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
# Django reads a session that has ended once more, to delete it.
ZEAL_ALLOWLIST = [{"model": "sessions.Session", "field": "get()"}]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
Path(STATIC_ROOT).mkdir()
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
