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


@register(Tags.security, deploy=True)
def https_is_heard_of(app_configs, **kwargs):
    """A proxy that is not believed makes every request look like plain HTTP, to be redirected."""
    if not settings.SECURE_SSL_REDIRECT or settings.SECURE_PROXY_SSL_HEADER:
        return []
    return [
        Error(
            "EMBRACE_SITE_URL begins with https://, yet EMBRACE_PROXIES is 0: "
            "every page would lead to itself.",
            hint="Set EMBRACE_PROXIES to the number of proxies in front, usually 1.",
            id="embrace.E003",
        )
    ]
