import re
from collections import Counter
from html import unescape

import pytest

from reports.assembling import assemble
from reports.material import gather
from reports.models import write_text
from reports.publishing import draft
from reports.rendering import render_page, rendered
from tests.factories import (
    make_action,
    make_cohort,
    make_idea,
    make_phase,
    make_programme,
    make_proposed_action,
    make_released_theme,
    make_subject,
    make_testimony,
    make_workshop,
)
from tests.reports.disorder import add_disorder
from tests.reports.sample import PUBLISHED, make_report_cohort
from workshops.models import Theme

pytestmark = pytest.mark.django_db

HOSTILE = '<script>alert("x")</script> & "quoted"'


@pytest.fixture(scope="module")
def page_in_disorder(rows_of_the_module):
    cohort = make_report_cohort()
    add_disorder(cohort)
    return render_page(draft(cohort, "en", at=PUBLISHED))


def page_of(cohort, language="en", **more):
    return render_page(assemble(gather(cohort, on=PUBLISHED.date()), language, **more))


def test_page_has_each_anchor_once(page_in_disorder):
    anchors = Counter(re.findall(r'\bid="([^"]*)"', page_in_disorder))
    assert [name for name, times in anchors.items() if times > 1] == []


def test_page_has_every_place_that_it_leads_to(page_in_disorder):
    places = set(re.findall(r'href="#([^"]*)"', page_in_disorder))
    assert len(places) > 30
    assert places - set(re.findall(r'\bid="([^"]*)"', page_in_disorder)) == set()


def test_page_leads_nowhere_outside_but_by_what_staff_wrote(page_in_disorder):
    assert re.findall(r'(?:href|src)="(?!#)[^"]*"', page_in_disorder) == []


def test_page_has_no_style_and_no_script_of_its_own(page_in_disorder):
    assert re.findall(r"<(?:style|script)|\bstyle=|\bon\w+=", page_in_disorder) == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_page_of_an_empty_cohort_is_whole(language):
    page = page_of(make_cohort(), language)
    assert (page.count("<h2"), page.count('class="part ')) == (12, 11)
    assert [odd for odd in ("None", "Published", "Count(", "{{", "{%") if odd in page] == []


@pytest.mark.parametrize(
    ("language", "word", "other"), [("fr", "Sommaire", "Contents"), ("en", "Contents", "Sommaire")]
)
def test_page_speaks_its_language_whatever_the_reader_does(language, word, other):
    page = page_of(make_cohort(), language)
    assert (word in page, other in page) == (True, False)
    assert f'lang="{language}"' in page


@pytest.mark.parametrize(
    ("number", "said", "state"),
    [(None, "Draft", "Draft"), (1, "First edition", ""), (3, "Edition 3", "")],
)
def test_cover_says_which_edition_it_is(number, said, state):
    cover = page_of(make_cohort(), number=number).split("</header>")[0]
    assert f'data-state="{state}"' in cover
    assert re.search(rf'class="edition">\s*{said}<br>15 May 2023', cover)


@pytest.mark.parametrize("is_demonstration", [True, False])
def test_cover_says_whether_it_is_a_demonstration(is_demonstration):
    page = page_of(make_cohort(is_demonstration=is_demonstration))
    assert ('class="invented"' in page) == is_demonstration


def test_page_marks_what_is_in_another_language():
    cohort = make_cohort()
    make_released_theme(cohort, title={"fr": "Être reçu"}, need={"ar": "أن يُستقبل"})
    page = page_of(cohort)
    assert '<span lang="fr" dir="ltr">Être reçu</span>' in page
    assert '<span lang="ar" dir="rtl">أن يُستقبل</span>' in page


def test_page_takes_a_text_in_the_other_language_and_says_so():
    cohort = make_cohort()
    write_text(cohort, "summary", "fr", "Un texte", seen=0, by=None, at=PUBLISHED)
    assert '<div class="text" lang="fr" dir="ltr"><p>Un texte</p>' in page_of(cohort)


def test_page_prints_what_was_typed_and_runs_nothing():
    hostile = {"en": HOSTILE}
    programme = make_programme(name=HOSTILE, funding_statement=hostile)
    cohort = make_cohort(programme, name=HOSTILE, territory=HOSTILE)
    phase = make_phase(cohort, name=hostile, planned=hostile, actual=hostile)
    workshop = make_workshop(cohort, kind="listening", title=hostile, phase=phase, status="held")
    quote = {"quotable": True, "checked_at": PUBLISHED, "number": 1}
    heard = make_testimony(workshop, text=hostile, **quote)
    make_released_theme(cohort, title=hostile, need=hostile, testimonies=[heard])
    make_subject(cohort, question=hostile, status="chosen")
    make_idea(cohort, title=hostile, description=hostile)
    make_proposed_action(cohort, None, title=hostile, what=hostile, indicator=hostile, target="<b>")
    for section in ("title", "summary", "thanks"):
        write_text(cohort, section, "en", HOSTILE, seen=0, by=None, at=PUBLISHED)
    page = page_of(cohort)
    assert (page.count("<script"), page.count("<b>")) == (0, 0)
    assert unescape(page).count(HOSTILE) > 20


def test_page_tells_only_what_was_released():
    cohort = make_cohort()
    for status in Theme.Status.values:
        day = None if status == "draft" else PUBLISHED.date()
        checked = PUBLISHED if status == "released" else None
        title = {"en": f"A {status} theme"}
        cohort.themes.create(
            number=len(status), title=title, status=status, validated_on=day, checked_at=checked
        )
    make_action(cohort, title={"en": "A draft action"})
    page = page_of(cohort)
    told = [text for text in ("draft theme", "validated theme", "draft action") if text in page]
    assert (told, "A released theme" in page) == ([], True)


def test_file_says_what_it_is():
    programme = make_programme(name="Embrace <1>")
    html = rendered(
        "reports/pdf.html", draft(make_cohort(programme, name="Lyon"), "en", at=PUBLISHED)
    )
    assert "<title>Final report, Lyon</title>" in html
    assert 'content="Final report of Embrace &lt;1&gt;, Lyon"' in html
