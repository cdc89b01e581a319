import pytest
from django.core.checks import run_checks


def faults(**kwargs):
    return {fault.id for fault in run_checks(**kwargs) if fault.id.startswith("embrace.")}


@pytest.fixture
def demo(settings):
    settings.DEMO = True
    settings.SITE_URL = "http://127.0.0.1:8000"
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]


def test_demo_on_this_machine_is_fine(demo):
    assert faults() == set()


@pytest.mark.parametrize("host", ["embrace.example", "*", ".localhost", "192.168.1.7"])
def test_demo_on_a_host_of_the_network_is_refused(demo, settings, host):
    settings.ALLOWED_HOSTS = ["127.0.0.1", host]
    assert faults() == {"embrace.E001"}


def test_demo_at_an_address_of_the_network_is_refused(demo, settings):
    settings.SITE_URL = "https://embrace.example"
    assert faults() == {"embrace.E001"}


def test_demo_is_refused_when_deployed(demo):
    assert faults(include_deployment_checks=True) == {"embrace.E002"}


def test_product_may_be_deployed_anywhere(settings):
    settings.DEMO = False
    settings.ALLOWED_HOSTS = ["embrace.example"]
    assert faults(include_deployment_checks=True) == set()


@pytest.mark.parametrize(
    ("header", "found"),
    [(None, {"embrace.E003"}), (("HTTP_X_FORWARDED_PROTO", "https"), set())],
)
def test_https_without_a_proxy_that_is_believed_is_refused(settings, header, found):
    settings.DEMO = False
    settings.SECURE_SSL_REDIRECT, settings.SECURE_PROXY_SSL_HEADER = True, header
    assert faults(include_deployment_checks=True) == found
