"""The part of the workshops' table from what is heard to what institutions answer."""

from tests.access.table import EVERYBODY_IN_COHORT, STAFF_ONLY, Row
from tests.factories import (
    NOW,
    make_action,
    make_committed_action,
    make_idea,
    make_progress,
    make_proposed_action,
    make_released_theme,
    make_subject,
    make_testimony,
    make_theme,
)
from workshops import decisions

STAFF_POST = ("in", 404, 403, 403, 403, 403, 302, 404)
# What one may not see is not there.
NOT_THERE = ("in", 404, 404, 404, 404, 404, 200, 404)
WHO_MAY_READ_NOTES = ("in", 404, 404, 404, 404, 200, 200, 404)
STAFF_AND_ITS_COORDINATOR = ("in", 404, 403, 403, 200, 403, 200, 404)


def of_workshop(world):
    make_testimony(world["workshop"])
    return [world["cohort"].slug, world["workshop"].pk]


def of_closed_workshop(world):
    workshop = world["workshop"]
    make_testimony(workshop, number=1)
    workshop.notes_closed_at = NOW
    workshop.save()
    return [world["cohort"].slug, workshop.pk]


def of_testimony(world):
    return [world["cohort"].slug, make_testimony(world["workshop"]).pk]


def of_closed_testimony(world):
    [slug, _workshop] = of_closed_workshop(world)
    return [slug, world["workshop"].testimonies.get().pk]


def of_item(make, **more):
    def make_item(world):
        return [world["cohort"].slug, make(world["cohort"], **more).number]

    return make_item


def of_theme_heard_there(world):
    """Staff wrote it, and nobody of the cast took the notes."""
    testimony = make_testimony(world["workshop"], number=1)
    theme = make_theme(world["cohort"], [testimony], recorded_by=world["staff"])
    return [world["cohort"].slug, theme.number]


def of_testimony_in_theme(world):
    testimony = make_testimony(world["workshop"], number=1)
    theme = make_released_theme(world["cohort"], testimonies=[testimony])
    return [world["cohort"].slug, theme.number, testimony.pk]


def of_decided_cohort(world):
    subject = make_subject(world["cohort"])
    decisions.decide(
        world["cohort"], subject, method="consensus", by=None, at=NOW, decided_on=NOW.date()
    )
    return [world["cohort"].slug]


def of_proposed(world):
    return [world["cohort"].slug, make_proposed_action(world["cohort"], world["city"]).number]


def of_answer(world):
    action = make_committed_action(world["cohort"], world["city"])
    return [world["cohort"].slug, action.number, action.answers.get().pk]


def of_progress(world):
    progress = make_progress(make_committed_action(world["cohort"], world["city"]))
    return [world["cohort"].slug, progress.action.number, progress.pk]


def of_committed(world):
    return [world["cohort"].slug, make_committed_action(world["cohort"], world["city"]).number]


released_theme = of_item(make_released_theme)
subject = of_item(make_subject, released_at=NOW)
idea = of_item(make_idea, released_at=NOW)

ROWS = [
    # Listening
    Row("workshops:listening", EVERYBODY_IN_COHORT),
    Row("workshops:notes", WHO_MAY_READ_NOTES, of_workshop),
    Row("workshops:notes", NOT_THERE, of_closed_workshop),
    Row("workshops:close_notes", WHO_MAY_READ_NOTES, of_workshop),
    Row("workshops:check_notes", NOT_THERE, of_closed_workshop),
    Row("workshops:testimony", WHO_MAY_READ_NOTES, of_testimony),
    Row("workshops:testimony", NOT_THERE, of_closed_testimony),
    Row("workshops:testimony_edit", WHO_MAY_READ_NOTES, of_testimony),
    Row("workshops:testimony_edit", NOT_THERE, of_closed_testimony),
    Row("workshops:testimony_remove", WHO_MAY_READ_NOTES, of_testimony),
    Row("workshops:testimony_remove", NOT_THERE, of_closed_testimony),
    # Themes
    Row("workshops:themes", EVERYBODY_IN_COHORT),
    Row("workshops:theme_add", STAFF_ONLY),
    Row("workshops:theme", EVERYBODY_IN_COHORT, released_theme),
    Row("workshops:theme", NOT_THERE, of_item(make_theme)),
    Row("workshops:theme_edit", STAFF_ONLY, released_theme),
    Row("workshops:theme_remove", STAFF_ONLY, released_theme),
    Row("workshops:theme_validate", STAFF_ONLY, released_theme),
    # A facilitator of where it was heard is the second person; staff wrote it.
    Row(
        "workshops:theme_check",
        ("in", 404, 404, 404, 404, 302, 403, 404),
        of_theme_heard_there,
        method="post",
    ),
    Row("workshops:theme_release", STAFF_POST, released_theme, method="post"),
    Row("workshops:theme_take_back", STAFF_ONLY, released_theme),
    Row("workshops:theme_take_out", STAFF_POST, of_testimony_in_theme, method="post"),
    Row("workshops:thread", STAFF_ONLY),
    # The subject
    Row("workshops:subjects", EVERYBODY_IN_COHORT),
    Row("workshops:subject_add", STAFF_ONLY),
    Row("workshops:subject", EVERYBODY_IN_COHORT, subject),
    Row("workshops:subject", NOT_THERE, of_item(make_subject)),
    Row("workshops:subject_edit", STAFF_ONLY, subject),
    Row("workshops:subject_remove", STAFF_ONLY, subject),
    Row("workshops:subjects_release", STAFF_POST, method="post"),
    Row("workshops:decide", STAFF_ONLY),
    Row("workshops:reopen", STAFF_ONLY, of_decided_cohort),
    # Ideas
    Row("workshops:ideas", EVERYBODY_IN_COHORT),
    Row("workshops:idea_add", STAFF_ONLY),
    Row("workshops:idea", EVERYBODY_IN_COHORT, idea),
    Row("workshops:idea", NOT_THERE, of_item(make_idea)),
    Row("workshops:idea_edit", STAFF_ONLY, idea),
    Row("workshops:idea_remove", STAFF_ONLY, idea),
    Row("workshops:idea_decide", STAFF_POST, idea, method="post"),
    Row("workshops:idea_set_aside", STAFF_ONLY, idea),
    Row("workshops:ideas_release", STAFF_POST, method="post"),
    # Actions
    Row("workshops:actions", EVERYBODY_IN_COHORT),
    Row("workshops:action_add", STAFF_ONLY),
    Row("workshops:action", EVERYBODY_IN_COHORT, of_proposed),
    Row("workshops:action", NOT_THERE, of_item(make_action)),
    Row("workshops:action_edit", STAFF_ONLY, of_proposed),
    Row("workshops:action_remove", STAFF_ONLY, of_proposed),
    Row("workshops:action_propose", STAFF_ONLY, of_proposed),
    Row("workshops:action_take_back", STAFF_POST, of_proposed, method="post"),
    Row("workshops:answer", STAFF_AND_ITS_COORDINATOR, of_proposed),
    Row("workshops:answer_retract", STAFF_AND_ITS_COORDINATOR, of_answer),
    Row("workshops:progress", STAFF_AND_ITS_COORDINATOR, of_committed),
    Row("workshops:progress_retract", STAFF_AND_ITS_COORDINATOR, of_progress),
]
