"""What the report's templates and data receive: words, and counts that were let through."""

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from types import NoneType
from typing import get_args, get_type_hints

import pytest
from django.db.models import Manager, Model, QuerySet
from django.test.signals import template_rendered
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from cohorts.models import Participant
from reports.document import Breakdown, Document, Line, Words
from reports.figures import FIGURES, Count, Unit
from reports.publishing import draft
from reports.rendering import rendered
from reports.suppression import Published, PublishedRange
from tests.factories import make_cohort, make_participant
from tests.reports.sample import PUBLISHED, make_report_cohort

pytestmark = pytest.mark.django_db

ALLOWED = {str, bool, NoneType, SafeString, Count, Published, PublishedRange}


@pytest.fixture(scope="module")
def document(rows_of_the_module):
    return draft(make_report_cohort(), "en", at=PUBLISHED)


def types_in(kind, seen):
    """The types that a value of this type can be made of, lines opened up."""
    if kind in seen or kind is Ellipsis:
        return set()
    if arguments := get_args(kind):
        return set().union(*(types_in(each, seen) for each in arguments))
    if is_dataclass(kind) and issubclass(kind, Line):
        seen.add(kind)
        return set().union(*(types_in(each, seen) for each in get_type_hints(kind).values()))
    return {kind}


def test_document_is_declared_as_words_and_told_counts():
    assert types_in(Document, set()) == ALLOWED


def values_in(value):
    """Every value of a document that is not made of others."""
    if isinstance(value, Line):
        value = [getattr(value, field.name) for field in fields(value)]
    if isinstance(value, dict):
        value = list(value.values())
    if not isinstance(value, list | tuple):
        return [value]
    return [each for part in value for each in values_in(part)]


def test_document_holds_words_and_told_counts(document):
    values = values_in(document)
    assert len(values) > 1000
    assert [each for each in values if not isinstance(each, tuple(ALLOWED))] == []


def test_document_holds_people_as_suppression_lets_them_through(document):
    people = [name for name, figure in FIGURES.items() if figure.unit == Unit.PEOPLE]
    told = [document.figures[name] for name in people]
    told += [breakdown.published for breakdown in document.breakdowns]
    told += [line.came for phase in document.phases for line in phase.workshops]
    told += [document.newcomers, document.agents, document.came_at_least_once]
    assert [each for each in told if not isinstance(each, Published)] == []


@pytest.mark.parametrize(
    "bare",
    [
        3,
        2.5,
        Decimal(3),
        date(2022, 10, 3),
        ["woman", 3],
        {"woman": 3},
        (("woman", 4), ("man", 3)),
        gettext_lazy("women"),
        Participant(),
        Participant.objects,
        Participant.objects.all(),
    ],
    ids=lambda value: type(value).__name__,
)
def test_document_refuses_what_was_not_let_through(bare):
    with pytest.raises(TypeError, match="words and told counts"):
        Breakdown("gender", "Gender", "", (), bare)


def test_words_refuse_a_number():
    with pytest.raises(TypeError, match="words and told counts"):
        Words(3)


def test_document_hides_its_groups_where_one_is_small():
    cohort = make_cohort()
    for number in range(15):
        make_participant(cohort, "newcomers" if number < 3 else "agents")
    document = draft(cohort, "en", at=PUBLISHED)
    assert (document.newcomers.total, document.agents.total) == (None, None)


@pytest.fixture
def contexts():
    found = []

    def keep(context, **_more):
        found.append(context.flatten())

    template_rendered.connect(keep)
    yield found
    template_rendered.disconnect(keep)


@pytest.mark.parametrize("template", ["reports/document.html", "reports/pdf.html"])
def test_templates_reach_no_model_and_no_query(document, contexts, template):
    rendered(template, document)
    seen = [value for context in contexts for value in values_in(context)]
    assert len(contexts) > 100
    assert [each for each in seen if isinstance(each, Model | Manager | QuerySet)] == []


@pytest.mark.parametrize("template", ["reports/document.html", "reports/pdf.html"])
def test_templates_make_no_query(document, django_assert_num_queries, template):
    with django_assert_num_queries(0):
        rendered(template, document)
