"""A data folder and a database for one part, gone afterwards."""

import os
import secrets
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import psycopg

PROJECT = Path(__file__).resolve().parent.parent.parent


@contextmanager
def scratch(postgresql=None):
    """Yield the environment of a new installation on SQLite, or on this PostgreSQL server."""
    with (
        tempfile.TemporaryDirectory(prefix="embrace-bench-") as folder,
        database(postgresql) as url,
    ):
        kept = {name: text for name, text in os.environ.items() if not name.startswith("EMBRACE_")}
        environment = kept | {
            "EMBRACE_DATA": folder,
            "EMBRACE_DATABASE": url or f"sqlite:///{folder}/embrace.sqlite3",
            "EMBRACE_SECRET_KEY": secrets.token_urlsafe(48),
            "EMBRACE_CARD_PEPPER": secrets.token_urlsafe(48),
            "DJANGO_SETTINGS_MODULE": "embrace.settings",
        }
        for command in (["migrate"], ["collectstatic", "--noinput"]):
            run(environment, "manage.py", *command, "--verbosity", "0")
        yield environment


@contextmanager
def database(server):
    """Make a database on `server`, an address such as postgres://postgres@127.0.0.1:5432."""
    if not server:
        yield None
        return
    name = f"embrace_bench_{secrets.token_hex(4)}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{server}/{name}"
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(environment, *command):
    """Run Python with this command and return what it printed."""
    return subprocess.run(
        [sys.executable, *command],
        env=environment,
        cwd=PROJECT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
