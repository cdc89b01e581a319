import os

import pytest

# Playwright keeps an event loop in the test's thread, and Django would refuse its queries there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture
def complaints(page):
    """What the browser complains of: errors of scripts, refusals by the policy, missing files."""
    found = []
    page.on("console", lambda message: message.type == "error" and found.append(message.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    return found
