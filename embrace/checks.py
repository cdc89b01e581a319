from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, register

# As they are written in an address; a request's own address is checked in demo/links.py.
LOOPBACK = {"127.0.0.1", "localhost", "::1", "[::1]"}


def hosts():
    return {*settings.ALLOWED_HOSTS, urlsplit(settings.SITE_URL).hostname}


@register(Tags.security)
def demo_stays_on_this_machine(app_configs, **kwargs):
    if not settings.DEMO or hosts() <= LOOPBACK:
        return []
    return [
        Error(
            "EMBRACE_DEMO=1 lets anybody who reads the links sign in as anybody, "
            "yet EMBRACE_HOSTS or EMBRACE_SITE_URL names an address outside this machine.",
            hint="Unset EMBRACE_DEMO, or keep to 127.0.0.1.",
            id="embrace.E001",
        )
    ]


@register(Tags.security, deploy=True)
def demo_is_not_deployed(app_configs, **kwargs):
    if not settings.DEMO:
        return []
    return [Error("EMBRACE_DEMO=1 is for trying Embrace out: unset it.", id="embrace.E002")]
