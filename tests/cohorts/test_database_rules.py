import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models.signals import pre_migrate

from cohorts.database_rules import install, trigger_name
from reports.models import ReportText
from reports.models.texts import write_text
from reports.rules import RULES as REPORT_RULES
from tests.factories import NOW, make_cohort, make_user
from workshops.rules import RULES as WORKSHOP_RULES

pytestmark = pytest.mark.django_db
RULES = [*WORKSHOP_RULES, *REPORT_RULES]


@pytest.fixture
def text():
    return write_text(make_cohort(), "summary", "fr", "Bonjour", seen=0, by=make_user(), at=NOW)


def test_frozen_row_refuses_a_change(text):
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportText.objects.update(body="Bonsoir")


def test_frozen_row_refuses_to_be_deleted(text):
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportText.objects.all().delete()


def test_frozen_row_lets_its_actor_be_erased(text):
    text.recorded_by.delete()
    text.refresh_from_db()
    assert (text.recorded_by, text.body) == (None, "Bonjour")


def test_frozen_row_may_be_saved_unchanged(text):
    text.save()
    assert ReportText.objects.get().body == "Bonjour"


def triggers():
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall()}


def test_database_holds_a_trigger_for_each_rule():
    wanted = {trigger_name(rule.table, event) for rule in RULES for event in rule.refusals("<>")}
    assert triggers() == wanted


def test_triggers_of_an_app_are_gone_while_it_is_migrated():
    app, before = apps.get_app_config("workshops"), triggers()
    pre_migrate.send(app, using="default")
    during = triggers()
    install(WORKSHOP_RULES)
    assert ({name for name in during if "workshops" in name}, triggers()) == (set(), before)
