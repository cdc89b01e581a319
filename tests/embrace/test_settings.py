import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from embrace import settings


@pytest.fixture
def data(monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "DATA_PATH", tmp_path)
    monkeypatch.delenv("EMBRACE_SECRET_KEY")
    return tmp_path


def setting(name, **environment):
    """Return a setting as a process started with this environment sees it."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("EMBRACE_")}
    secrets = {"EMBRACE_SECRET_KEY": "secret", "EMBRACE_CARD_PEPPER": "pepper"}
    return subprocess.run(
        [sys.executable, "-c", f"from embrace import settings; print(settings.{name})"],
        env=kept | secrets | environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


def test_secret_is_read_from_its_file(data):
    (data / "embrace_secret_key").write_text("kept\n")
    assert settings.secret("EMBRACE_SECRET_KEY") == "kept"


def test_secret_of_the_environment_comes_first(data, monkeypatch):
    (data / "embrace_secret_key").write_text("kept\n")
    monkeypatch.setenv("EMBRACE_SECRET_KEY", "given")
    assert settings.secret("EMBRACE_SECRET_KEY") == "given"


def test_without_secret_nothing_starts(data):
    with pytest.raises(ImproperlyConfigured, match=r"EMBRACE_SECRET_KEY is missing.*\./run"):
        settings.secret("EMBRACE_SECRET_KEY")


def test_an_empty_secret_is_none(data):
    (data / "embrace_secret_key").write_text("\n")
    with pytest.raises(ImproperlyConfigured):
        settings.secret("EMBRACE_SECRET_KEY")


def test_mails_go_to_the_mail_server_of_the_environment():
    assert setting("EMAIL_HOST", EMBRACE_EMAIL="smtp+tls://mail.example:587") == "mail.example"


def test_demo_sends_no_mail_even_with_a_mail_server():
    backend = setting("EMAIL_BACKEND", EMBRACE_DEMO="1", EMBRACE_EMAIL="smtp://mail.example")
    assert backend == "django.core.mail.backends.console.EmailBackend"


def test_data_folder_may_have_any_name():
    name = setting("DATABASES['default']['NAME']", EMBRACE_DATA="/srv/été 100%/?#")
    assert name == "/srv/été 100%/?#/embrace.sqlite3"


def test_cache_is_shared_between_processes_unless_said_otherwise():
    assert "filebased" in setting("CACHES['default']['BACKEND']")
    assert "redis" in setting("CACHES['default']['BACKEND']", EMBRACE_CACHE="redis://cache.example")


def test_cookies_are_secure_on_https():
    assert setting("SESSION_COOKIE_SECURE", EMBRACE_SITE_URL="https://embrace.example") == "True"
