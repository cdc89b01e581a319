import pytest
from django.core.management import CommandError, call_command

from cohorts.models import Cohort, Organisation, Programme, User
from embrace.demo import load as loading
from tests.factories import NOW, make_programme

pytestmark = pytest.mark.django_db


def counts():
    return [model.objects.count() for model in (Programme, Organisation, Cohort, User)]


def test_demo_broken_off_leaves_nothing(monkeypatch):
    def break_off(scene):
        assert counts() == [1, 12, 1, 37]
        raise KeyboardInterrupt

    monkeypatch.setattr(loading, "add_workshops", break_off)
    with pytest.raises(KeyboardInterrupt):
        loading.load(at=NOW)
    assert counts() == [0, 0, 0, 0]


def test_demo_leaves_a_programme_of_the_same_name_alone():
    make_programme(name="Embrace")
    with pytest.raises(CommandError, match="The demonstration cannot be loaded"):
        call_command("demo")
    assert counts() == [1, 0, 0, 0]
