import os
import socket

import pytest
from django.core.management import CommandError, call_command

from embrace.management.commands import serve
from embrace.management.commands.serve import listen_on_free_port
from tests.factories import make_user


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


@pytest.fixture
def served(monkeypatch):
    """The words of the program that would take this process's place, and where it answers."""
    ran = []
    monkeypatch.setattr(serve.os, "execv", lambda program, words: ran.extend(words))
    for name in ("EMBRACE_SITE_URL", "WEB_CONCURRENCY"):
        monkeypatch.setenv(name, "set, so that it is put back")
        monkeypatch.delenv(name)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        monkeypatch.setattr(serve, "listen_on_free_port", lambda first: listener)
        yield ran, f"http://127.0.0.1:{listener.getsockname()[1]}"


def test_serving_hands_over_to_gunicorn_and_names_the_address(served, capsys):
    ran, address = served
    call_command("serve")
    assert ran[1:5] == ["-m", "gunicorn", "embrace.wsgi", "--bind"]
    assert os.environ["EMBRACE_SITE_URL"] == address
    assert capsys.readouterr().out == f"\nEmbrace answers on {address}/ (Ctrl-C ends it)\n"


def test_serving_keeps_the_address_and_the_number_of_processes_that_were_chosen(
    served, monkeypatch
):
    monkeypatch.setenv("EMBRACE_SITE_URL", "https://embrace.example.org")
    monkeypatch.setenv("WEB_CONCURRENCY", "5")
    call_command("serve")
    chosen = os.environ["EMBRACE_SITE_URL"], os.environ["WEB_CONCURRENCY"]
    assert chosen == ("https://embrace.example.org", "5")


@pytest.mark.django_db
def test_serving_the_demonstration_prints_its_links(served, settings, capsys):
    settings.DEMO = True
    make_user("Camille Aubry", email="camille.aubry@example.org")
    call_command("serve")
    assert f"staff (Camille)          {served[1]}/demo/" in capsys.readouterr().out
