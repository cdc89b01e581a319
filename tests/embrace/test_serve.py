import socket

import pytest
from django.core.management import CommandError

from embrace.management.commands.serve import listen_on_free_port


@pytest.fixture
def taken():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def port_of(listener):
    with listener:
        return listener.getsockname()[1]


def test_serving_takes_the_next_free_port(taken):
    assert port_of(listen_on_free_port(taken)) > taken


def test_serving_takes_the_port_at_once(taken):
    with listen_on_free_port(taken) as first:
        assert port_of(listen_on_free_port(taken)) > first.getsockname()[1]


def test_serving_says_when_no_port_is_free():
    with pytest.raises(CommandError, match="None of the hundred ports from 65536 on is free"):
        listen_on_free_port(65536)
