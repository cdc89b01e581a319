"""The pages from testimony to answer make as many queries for ten times as much, and at most 20."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    NOW,
    make_committed_action,
    make_idea,
    make_proposed_action,
    make_released_theme,
    make_subject,
    make_testimony,
    make_workshop,
)
from tests.signing_in import sign_in
from workshops import decisions

pytestmark = pytest.mark.django_db
MOST_QUERIES = 20
OF_COHORT = (
    "listening", "themes", "theme_add", "thread", "subjects", "subject_add", "decide", "ideas",
    "idea_add", "actions", "action_add",
)  # fmt: skip
OF_ITEM = {
    "theme": ("theme", "theme_edit", "theme_remove", "theme_validate", "theme_take_back"),
    "subject": ("subject", "subject_edit", "subject_remove"),
    "idea": ("idea", "idea_edit", "idea_remove", "idea_set_aside"),
    "action": ("action", "action_edit", "action_remove", "action_propose", "answer", "progress"),
}
READ_BY_OTHERS = ("listening", "themes", "subjects", "ideas", "actions")


class Spun:
    """A cohort's thread, which `grow` makes longer at every station."""

    def __init__(self, cohort, city):
        self.cohort, self.city = cohort, city
        self.open = make_workshop(cohort, kind="listening")
        self.closed = make_workshop(cohort, kind="listening", notes_closed_at=NOW)
        self.last = 0
        self.items = self.spin()

    def spin(self):
        self.last += 1
        how = {"by": None, "at": NOW}
        make_testimony(self.open, desk_position=self.last, quotable=True)
        heard = make_testimony(self.closed, number=2 * self.last, quotable=True)
        make_testimony(self.closed, number=2 * self.last + 1)
        theme = make_released_theme(self.cohort, testimonies=[heard])
        subject = make_subject(self.cohort, released_at=NOW)
        subject.build_on([theme], **how)
        idea = make_idea(self.cohort, released_at=NOW)
        idea.come_under([subject], **how)
        action = make_committed_action(self.cohort, self.city)
        action.come_from([idea], **how)
        make_proposed_action(self.cohort, self.city)
        make_workshop(self.cohort, kind="listening")
        return {"theme": theme, "subject": subject, "idea": idea, "action": action}

    def grow(self, times):
        for _each in range(times):
            more = self.spin()
            first = self.items
            how = {"by": None, "at": NOW}
            more["subject"].build_on([first["theme"]], **how)
            more["idea"].come_under([first["subject"]], **how)
            first["action"].idea_links.create(idea=more["idea"])

    def addresses(self):
        slug = self.cohort.slug
        for name in OF_COHORT:
            yield reverse(f"workshops:{name}", args=[slug])
        yield reverse("workshops:themes", args=[slug]) + "?all"
        for kind, names in OF_ITEM.items():
            for name in names:
                yield reverse(f"workshops:{name}", args=[slug, self.items[kind].number])
        for name in ("notes", "close_notes", "check_notes"):
            yield reverse(f"workshops:{name}", args=[slug, self.open.pk])
        yield reverse("workshops:notes", args=[slug, self.closed.pk])
        testimony = self.closed.testimonies.first()
        for name in ("testimony", "testimony_edit", "testimony_remove"):
            yield reverse(f"workshops:{name}", args=[slug, testimony.pk])

    def addresses_of_others(self):
        for name in READ_BY_OTHERS:
            yield reverse(f"workshops:{name}", args=[self.cohort.slug])
        yield from (item.get_absolute_url() for item in self.items.values())


def count(client, user, address):
    sign_in(client, user)
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200, address
    return address, len(queries)


def test_pages_of_the_thread_do_not_ask_more_of_a_longer_one(
    client, cohort, city, staff, newcomer, coordinator, facilitator
):
    spun = Spun(cohort, city)
    readers = [(staff, address) for address in spun.addresses()]
    for user in (newcomer, coordinator, facilitator):
        readers += [(user, address) for address in spun.addresses_of_others()]
    small = [count(client, *reader) for reader in readers]
    spun.grow(10)
    large = [count(client, *reader) for reader in readers]
    assert large == small
    assert [found for found in large if found[1] > MOST_QUERIES] == []


def test_page_of_a_decision_does_not_ask_more_of_more_candidates(client, cohort, staff):
    subjects = [make_subject(cohort) for _each in range(8)]
    decisions.decide(
        cohort,
        subjects[0],
        method="vote",
        by=None,
        at=NOW,
        decided_on=NOW.date(),
        votes=dict.fromkeys(subjects, (12, 5)),
        newcomer_voters=20,
        agent_voters=7,
    )
    address = reverse("workshops:subjects", args=[cohort.slug])
    assert count(client, staff, address)[1] <= MOST_QUERIES
