"""What is missing or unsafe before a report is published, each with the page where it is mended."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.models import REPORT_LANGUAGES, Section
from workshops.models import Action, Testimony, Theme, Workshop


@dataclass(frozen=True)
class ToDo:
    """One line of the checklist, in the shape of `components/todo.html`."""

    count: int
    title: str
    text: str
    url: str
    label: str
    level: str = ""


@dataclass(frozen=True)
class SectionState:
    section: str
    name: str
    written: dict


def section_states(texts):
    """Return each section with the languages that it is written in."""
    return [
        SectionState(
            section,
            name,
            {language: (section, language) in texts for language in REPORT_LANGUAGES},
        )
        for section, name in Section.choices
    ]


def checklist(cohort, states, *, at):
    """Return the `ToDo`s of a cohort's report, those that hold publishing up first."""
    found = [
        *about_texts(states),
        *about_workshops(cohort, at),
        *about_listening(cohort),
        *about_choices(cohort),
        *about_actions(cohort),
    ]
    return [todo for todo in found if todo.count]


def about_texts(states):
    empty = [state for state in states if not any(state.written.values())]
    one_language = [
        state for state in states if any(state.written.values()) != all(state.written.values())
    ]
    return [
        ToDo(
            len(empty),
            ngettext("Section without a text", "Sections without a text", len(empty)),
            named(empty),
            "#sections",
            _("Write"),
            "calm",
        ),
        ToDo(
            len(one_language),
            ngettext("Translation missing", "Translations missing", len(one_language)),
            named(one_language),
            "#sections",
            _("Translate"),
        ),
    ]


def named(states):
    return _(", ").join(str(state.name) for state in states)


def about_workshops(cohort, at):
    workshops = Workshop.objects.filter(cohort=cohort)
    sheets = workshops.with_attendance_missing(at).count()
    notes = workshops.with_notes_to_close(at).count()
    yield ToDo(
        sheets,
        ngettext("Workshop whose attendance is open", "Workshops whose attendance is open", sheets),
        _("They count as not held until it is closed."),
        link("workshops:list", cohort),
        _("Close"),
    )
    yield ToDo(
        notes,
        ngettext("Workshop whose notes are open", "Workshops whose notes are open", notes),
        _("Their testimonies are not counted yet."),
        link("workshops:listening", cohort),
        _("Close"),
    )


def about_listening(cohort):
    unchecked = Testimony.objects.of_cohort(cohort).to_check().count()
    themes = cohort.themes.exclude(status=Theme.Status.RELEASED).count()
    yield ToDo(
        unchecked,
        ngettext("Quote to check", "Quotes to check", unchecked),
        _("They are not printed until a second person finds that they identify nobody."),
        link("workshops:listening", cohort),
        _("Check"),
    )
    yield ToDo(
        themes,
        ngettext("Theme not released", "Themes not released", themes),
        _("They are not in the report."),
        link("workshops:themes", cohort),
        _("Release"),
    )


def about_choices(cohort):
    undecided = cohort.ideas.without_decision().count()
    team_only = cohort.ideas.filter(released_at=None).count()
    yield ToDo(
        0 if cohort.subjects.chosen().exists() else 1,
        _("No common subject is chosen"),
        "",
        link("workshops:subjects", cohort),
        _("Choose"),
    )
    yield ToDo(
        undecided,
        ngettext("Idea without a decision", "Ideas without a decision", undecided),
        _("Retain it, or set it aside with a reason."),
        link("workshops:ideas", cohort),
        _("Decide"),
    )
    yield ToDo(
        team_only,
        ngettext("Idea that only the team sees", "Ideas that only the team sees", team_only),
        _("The report shows them to everybody."),
        link("workshops:ideas", cohort),
        _("Look"),
    )


def about_actions(cohort):
    address = link("workshops:actions", cohort)
    proposed = cohort.actions.exclude(status=Action.Status.DRAFT)
    drafts = cohort.actions.filter(status=Action.Status.DRAFT).count()
    no_lead = proposed.without_lead().count()
    no_source = proposed.without_source().count()
    yield ToDo(
        drafts,
        ngettext("Action still a draft", "Actions still drafts", drafts),
        _("They are not in the report."),
        address,
        _("Propose"),
    )
    yield ToDo(
        no_lead,
        ngettext("Action without a lead", "Actions without a lead", no_lead),
        _("Nobody will answer it."),
        address,
        _("Name one"),
    )
    yield ToDo(
        no_source,
        ngettext("Action without a source", "Actions without a source", no_source),
        _("It answers nothing that was heard."),
        address,
        _("Link"),
    )


def link(name, cohort):
    return reverse(name, args=[cohort.slug])
