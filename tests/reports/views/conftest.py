import pytest
from django.conf import settings


@pytest.fixture(autouse=True)
def pages_in_english(client, in_english):
    """Whatever language the pages are translated to, these tests read the source strings."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
