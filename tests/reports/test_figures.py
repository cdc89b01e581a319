"""Every figure, counted a second time in SQL that knows the tables and nothing of our code."""

# ruff: noqa: S608 (the pieces of SQL are written here)

import json
from collections import Counter

import pytest
from django.db import connection

from reports.figures import FIGURES, Count, Rule, Unit, measure
from reports.source import Source
from reports.suppression import NOT_STATED
from tests.factories import make_cohort, make_participant
from tests.reports.disorder import add_disorder
from tests.reports.sample import make_report_cohort

pytestmark = pytest.mark.django_db

PEOPLE = "FROM cohorts_participant p WHERE p.cohort_id = %(cohort)s AND p.status <> 'withdrawn'"
PRESENCES = """
    FROM workshops_attendance a
    JOIN workshops_registration r ON r.id = a.registration_id
    JOIN workshops_workshop w ON w.id = r.workshop_id
    WHERE w.cohort_id = %(cohort)s AND w.status = 'held'
"""
TESTIMONIES = """
    FROM workshops_testimony t JOIN workshops_workshop w ON w.id = t.workshop_id
    WHERE w.cohort_id = %(cohort)s AND t.status = 'kept' AND t.number IS NOT NULL
"""
ACTIONS = "FROM workshops_action a WHERE a.cohort_id = %(cohort)s AND a.status <> 'draft'"
LAST_VERDICT = """
    (SELECT verdict FROM workshops_answer n WHERE n.action_id = a.id
     ORDER BY n.answered_on DESC, n.id DESC LIMIT 1)
"""
GROUPS = {
    "participants": f"SELECT p.track, COUNT(*) {PEOPLE} GROUP BY p.track",
    "gender": f"SELECT p.gender, COUNT(*) {PEOPLE} GROUP BY p.gender",
    "age_band": f"SELECT p.age_band, COUNT(*) {PEOPLE} GROUP BY p.age_band",
    "organisations": f"""
        SELECT COALESCE(
            (SELECT o.name FROM cohorts_organisation o WHERE o.id = p.organisation_id), 'not_stated'
        ) AS name, COUNT(*) {PEOPLE} AND p.track = 'agents' GROUP BY name
    """,
    "attended": f"""
        SELECT CASE WHEN p.id IN (SELECT r.participant_id {PRESENCES}
            AND a.state = 'present' AND r.participant_id IS NOT NULL) THEN 'came' ELSE 'did_not' END
        AS came, COUNT(*) {PEOPLE} GROUP BY came
    """,
    "attendance": f"""
        SELECT CASE WHEN a.state = 'present' THEN 'attended' ELSE 'missed' END AS said, COUNT(*)
        {PRESENCES} AND r.participant_id IS NOT NULL AND r.workshop_id IN (
            SELECT r.workshop_id {PRESENCES} AND a.state = 'present'
            GROUP BY r.workshop_id HAVING COUNT(DISTINCT r.id) >= 5
        ) GROUP BY said
    """,
    "testimonies_by_track": f"SELECT t.track, COUNT(*) {TESTIMONIES} GROUP BY t.track",
}
NUMBERS = {
    "guests": f"SELECT COUNT(DISTINCT r.guest_id) {PRESENCES} AND a.state = 'present'",
    "workshops_planned": """
        SELECT COUNT(*) FROM workshops_workshop WHERE cohort_id = %(cohort)s AND status <> 'draft'
    """,
    "workshops_held": """
        SELECT COUNT(*) FROM workshops_workshop WHERE cohort_id = %(cohort)s AND status = 'held'
    """,
    "half_days": """
        SELECT COUNT(*) FROM workshops_halfday h JOIN workshops_workshop w ON w.id = h.workshop_id
        WHERE w.cohort_id = %(cohort)s AND w.status = 'held'
    """,
    "testimonies": f"SELECT COUNT(*) {TESTIMONIES}",
    "themes": """
        SELECT COUNT(*) FROM workshops_theme WHERE cohort_id = %(cohort)s AND status = 'released'
    """,
    "ideas": "SELECT COUNT(*) FROM workshops_idea WHERE cohort_id = %(cohort)s",
    "ideas_retained": """
        SELECT COUNT(*) FROM workshops_idea WHERE cohort_id = %(cohort)s AND status = 'retained'
    """,
    "actions": f"SELECT COUNT(*) {ACTIONS}",
    "actions_answered": f"""
        SELECT COUNT(*) {ACTIONS} AND EXISTS
            (SELECT 1 FROM workshops_answer n WHERE n.action_id = a.id)
    """,
    "commitments": f"SELECT COUNT(*) {ACTIONS} AND {LAST_VERDICT} IN ('accepted', 'with_changes')",
}
ANSWERS = {"languages": f"SELECT p.languages {PEOPLE}"}


def rows(sql, cohort):
    with connection.cursor() as cursor:
        cursor.execute(sql, {"cohort": cohort.pk})
        return cursor.fetchall()


@pytest.fixture(scope="module")
def cohort_in_disorder(rows_of_the_module):
    elsewhere = make_report_cohort(name="Elsewhere", slug="elsewhere").programme
    elsewhere.name = "Elsewhere"
    elsewhere.save()
    cohort = make_report_cohort()
    add_disorder(cohort)
    return cohort


def counted(name, cohort):
    return FIGURES[name].count(Source(cohort))


def test_every_figure_is_counted_twice():
    assert set(FIGURES) == {*GROUPS, *NUMBERS, *ANSWERS}


@pytest.mark.parametrize("name", NUMBERS)
def test_number_is_what_sql_counts(name, cohort_in_disorder):
    assert [(counted(name, cohort_in_disorder),)] == rows(NUMBERS[name], cohort_in_disorder)


@pytest.mark.parametrize("name", GROUPS)
def test_breakdown_is_what_sql_counts(name, cohort_in_disorder):
    cells = {
        category: count for category, count in counted(name, cohort_in_disorder).items() if count
    }
    assert cells == dict(rows(GROUPS[name], cohort_in_disorder))


def test_languages_are_what_sql_counts(cohort_in_disorder):
    kept = rows(ANSWERS["languages"], cohort_in_disorder)
    spoken = [json.loads(codes) if isinstance(codes, str) else codes for (codes,) in kept]
    cells = Counter(code for codes in spoken for code in set(codes) or {NOT_STATED})
    assert counted("languages", cohort_in_disorder) == (cells, len(spoken))


@pytest.mark.parametrize("name", FIGURES)
def test_figure_of_an_empty_cohort_is_nothing(name):
    nothing = Count(0) if FIGURES[name].rule == Rule.EXACT else (None, None)
    told = measure(Source(make_cohort()))[name]
    assert nothing in (told, (getattr(told, "total", 0), getattr(told, "cells", 0)))


def test_every_figure_of_people_goes_through_suppression():
    exact = [each.id for each in FIGURES.values() if each.rule == Rule.EXACT]
    assert [name for name in exact if FIGURES[name].unit == Unit.PEOPLE] == []
    assert [name for name in exact if FIGURES[name].unit == Unit.TESTIMONIES] == ["testimonies"]


def test_every_breakdown_has_its_not_stated(cohort_in_disorder):
    lacking = [name for name in GROUPS if NOT_STATED not in counted(name, cohort_in_disorder)]
    assert lacking == []


@pytest.mark.parametrize(("newcomers", "told"), [(12, 8), (3, None)])
def test_organisations_do_not_tell_what_the_groups_hide(newcomers, told):
    cohort = make_cohort()
    for number in range(newcomers + 8):
        make_participant(cohort, "newcomers" if number < newcomers else "agents")
    assert measure(Source(cohort))["organisations"].total == told
