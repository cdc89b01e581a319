"""What must never leave staff's hands is planted, and then looked for in all that is published."""

import io
import json
import re
from html import unescape

import pytest
from pypdf import PdfReader

from reports import publishing
from reports.models import write_text
from reports.publishing import draft, publish
from reports.rendering import render_file, render_page
from tests.factories import (
    make_action,
    make_cohort,
    make_guest,
    make_participant,
    make_phase,
    make_released_theme,
    make_staff,
    make_testimony,
    make_theme,
    make_user,
    make_workshop,
)
from tests.reports.disorder import add_forgotten
from tests.reports.sample import PUBLISHED, add_presence, make_report_cohort
from workshops import attendance, listening
from workshops.models import Registration

pytestmark = pytest.mark.django_db

SECRETS = (
    "Zoraya Quillfeather",
    "Quillfeather",
    "+33698765432",
    "06 98 76 54 32",
    "zoraya.q@example.net",
    "Guestonyx",
    "unconsented heron",
    "unchecked ibis",
    "withdrawn walrus",
    "unnumbered newt",
    "unsorted falcon",
    "original ocelot",
    "service lynx",
    "unreleased badger",
    "needed by an unreleased badger",
    "validated otter",
    "drafted dolphin",
    "action asleep",
    "overbooked octopus",
    "corrected cormorant",
    "unapproved urchin",
    "earlier earwig",
    "triplets of Zanzibar",
    "function of a flamingo",
    "Publisher Pelican",
    "Colleague Crane",
)
CONSENTED = "consented kestrel"


def add_secrets(cohort):
    add_people(cohort)
    add_words(cohort)
    make_theme(
        cohort,
        title={"fr": "unreleased badger", "en": "unreleased badger"},
        need={"fr": "needed by an unreleased badger"},
        testimonies=[quotable(cohort, 705, "unsorted falcon")],
    )
    make_theme(
        cohort, status="validated", validated_on=PUBLISHED.date(), title={"fr": "validated otter"}
    )
    make_workshop(cohort, status="draft", title={"fr": "drafted dolphin"})
    make_action(cohort, title={"fr": "action asleep"})
    staff = make_staff(cohort, make_user("Colleague Crane"))
    for seen, body in enumerate(["earlier earwig", "Agir ensemble"], start=1):
        write_text(cohort, "summary", "fr", body, seen=seen, by=staff, at=PUBLISHED)


def add_people(cohort):
    user = make_user("Zoraya Quillfeather", phone="+33698765432", email="zoraya.q@example.net")
    person = make_participant(cohort, user=user, gender="woman", function="function of a flamingo")
    person.set_needs({"childcare": "triplets of Zanzibar"})
    held = listening_workshop(cohort)
    add_forgotten(held, person)
    add_forgotten(held, make_guest(cohort, first_name="Guestonyx"))
    Registration.objects.filter(participant=person).update(override_reason="overbooked octopus")
    half_day = held.half_days.first()
    attendance.correct(
        held, person, half_day, "absent", reason="corrected cormorant", by=user, at=PUBLISHED
    )


def add_words(cohort):
    held = listening_workshop(cohort)
    theme = make_released_theme(cohort, title={"fr": "Un dernier thème", "en": "A last theme"})
    told = [
        quotable(cohort, 700, CONSENTED, original_text="original ocelot", service="service lynx"),
        quotable(cohort, 701, "unconsented heron", quotable=False),
        quotable(cohort, 702, "unchecked ibis", checked_at=None),
        quotable(cohort, 703, "withdrawn walrus"),
        make_testimony(held, text={"fr": "unnumbered newt"}, quotable=True, checked_at=PUBLISHED),
    ]
    for testimony in told:
        theme.testimony_links.create(testimony=testimony)
    listening.withdraw(told[3], at=PUBLISHED)


def listening_workshop(cohort):
    return cohort.workshops.filter(kind="listening").first()


def quotable(cohort, number, words, **more):
    held = listening_workshop(cohort)
    more = {"quotable": True, "checked_at": PUBLISHED} | more
    return make_testimony(held, number=number, text={"fr": words, "en": words}, **more)


@pytest.fixture(scope="module")
def published(rows_of_the_module, tmp_path_factory):
    """All that an edition is made of: its data, its pages, and the documents of its files."""
    cohort, documents = make_report_cohort(), []
    add_secrets(cohort)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publishing, "keep_file", lambda content: ("0" * 64, 0))
        patch.setattr(publishing, "render_file", documents.append)
        edition = publish(
            cohort,
            by=make_user("Publisher Pelican"),
            at=PUBLISHED,
            not_approved_reason="unapproved urchin",
        )
    return edition, documents


@pytest.fixture(scope="module")
def texts(published):
    edition, _documents = published
    pages = [page.title + unescape(page.html) for page in edition.pages.all()]
    return [json.dumps(edition.data, ensure_ascii=False), *pages]


@pytest.fixture(scope="module")
def pdf_texts(published):
    return [text_of_pdf(render_file(document)) for document in published[1]]


def text_of_pdf(content):
    """Return what is printed, and what is said of the file."""
    reader = PdfReader(io.BytesIO(content))
    pages = " ".join(page.extract_text() for page in reader.pages)
    return (
        pages
        + str(reader.metadata)
        + str(reader.xmp_metadata and reader.xmp_metadata.stream.get_data())
    )


def squeezed(text):
    return re.sub(r"\s", "", text)


def found_in(secrets, texts):
    return [secret for secret in secrets for text in texts if squeezed(secret) in squeezed(text)]


def test_leak_search_finds_what_may_be_read(texts):
    assert found_in([CONSENTED], texts) == [CONSENTED] * 3


def test_edition_holds_nothing_that_stays_with_staff(texts):
    assert found_in(SECRETS, texts) == []


@pytest.mark.pdf
def test_pdf_holds_nothing_that_stays_with_staff(pdf_texts):
    assert found_in([CONSENTED], pdf_texts) == [CONSENTED] * 2
    assert found_in(SECRETS, pdf_texts) == []


def counts_of(category, kept):
    """Every count that stands beside a category's name, wherever it is in an edition's data."""
    if isinstance(kept, dict):
        kept = list(kept.values())
    if not isinstance(kept, list):
        return set()
    if len(kept) == 2 and kept[0] == category and isinstance(kept[1], int):
        return {kept[1]}
    return set().union(*(counts_of(category, each) for each in kept))


def test_edition_tells_women_and_men_of_the_whole_cohort_alone(published):
    data = json.loads(json.dumps(published[0].data))
    assert (counts_of("woman", data), counts_of("man", data)) == ({14}, {14})


@pytest.mark.pdf
def test_pdf_tells_women_and_men_of_the_whole_cohort_alone(pdf_texts):
    beside = re.compile(r"\b(Femme|Homme|Woman|Man)\s+(\d+)")
    told = [found.groups() for text in pdf_texts for found in beside.finditer(text)]
    assert told == [("Femme", "14"), ("Homme", "14"), ("Woman", "14"), ("Man", "14")]


def words_of(html):
    return unescape(re.sub(r"<[^>]*>", " ", html))


@pytest.mark.parametrize(("women", "men"), [(4, 3), (7, 0), (2, 1), (12, 3)])
def test_page_of_agents_alone_tells_only_how_many_they_are(women, men):
    cohort = make_cohort()
    for number in range(women + men):
        make_participant(cohort, "agents", gender="woman" if number < women else "man")
    html = render_page(draft(cohort, "en", at=PUBLISHED))
    part = html[html.index('id="part-participants"') : html.index('id="part-phases"')]
    told = {str(women + men)} if women + men >= 5 else set()
    assert set(re.findall(r"\d+", words_of(part))) == told


@pytest.mark.parametrize(("came", "told"), [(7, "5–9"), (6, "5–9"), (4, "fewer than 5")])
def test_page_does_not_tell_that_one_of_seven_was_missing(came, told):
    cohort = make_cohort()
    workshop = make_workshop(cohort, track="agents", phase=make_phase(cohort))
    for number in range(7):
        state = "present" if number < came else "absent"
        add_presence(workshop, number, state, participant=make_participant(cohort, "agents"))
    cohort.workshops.update(status="held")
    html = render_page(draft(cohort, "en", at=PUBLISHED))
    row = next(row for row in html.split("</tr>") if "October 2022</td>" in row)
    assert words_of(row).split()[-len(told.split()) :] == told.split()
