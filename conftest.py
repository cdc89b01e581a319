import shutil

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def pytest_sessionstart(session):
    call_command("compile_translations")


def pytest_collection_modifyitems(config, items):
    leave_out_tests_of_the_other_database(config, items)
    skip_pdfs_without_pango([item for item in items if item.get_closest_marker("pdf")])


def leave_out_tests_of_the_other_database(config, items):
    other = {"postgresql": "sqlite", "sqlite": "postgresql"}[connection.vendor]
    left_out = [item for item in items if item.get_closest_marker(other)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def skip_pdfs_without_pango(items):
    if items and not can_make_pdf():
        for item in items:
            item.add_marker(pytest.mark.skip(reason="Pango is missing"))


def can_make_pdf():
    try:
        import weasyprint  # noqa: F401
    except OSError:
        return False
    return True


@pytest.fixture(autouse=True)
def nothing_left_by_other_tests(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    yield
    cache.clear()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    return {**browser_type_launch_args, "executable_path": found, "args": ["--no-sandbox"]}
