import os

import pytest

from tests.browser.person import Person

HEIGHTS = {1440: 900, 360: 740}

# Playwright keeps an event loop in the test's thread, and Django would refuse its queries there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture
def complaints(context):
    """What the browser complains of: errors of scripts, refusals by the policy, missing files."""
    found = []
    listen(context, found)
    return found


def listen(context, found):
    def note(message):
        if message.type == "error":
            found.append(f"{message.location['url']}: {message.text}")

    context.on("console", note)
    context.on("weberror", lambda error: found.append(str(error.error)))


@pytest.fixture
def meet(new_context, complaints):
    """Give somebody a browser of their own, whose complaints are heard as well."""

    def meet(name, width, language):
        size = {"width": width, "height": HEIGHTS[width]}
        context = new_context(viewport=size, locale=language)
        listen(context, complaints)
        return Person(name, context.new_page(), language)

    return meet
