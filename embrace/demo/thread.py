"""Subjects, the decision, ideas, actions, and what the institutions say to them."""

from datetime import date, timedelta
from itertools import groupby

from embrace.demo.content import chosen
from embrace.demo.scene import saved
from workshops.co_creation import add_ideas
from workshops.decisions import decide
from workshops.models import Action, Idea, Subject, Workshop

OF_ACTION = (
    "title", "what", "for_whom", "area", "lead_function", "newcomers_role", "first_step",
    "first_step_on", "resources", "indicator", "baseline", "target", "inclusion_check",
)  # fmt: skip
OF_ANSWER = ("verdict", "level", "answered_on", "study_until", "text")
OF_DECISION = ("method", "decided_on", "newcomer_voters", "agent_voters", "reason")
BEFORE = timedelta(hours=20)


def weave(scene):
    """From the themes to proposed actions."""
    add_subjects(scene)
    if "decision" in scene.content:
        choose_subject(scene)
    add_all_ideas(scene)
    for entry in scene.entries("action"):
        add_action(scene, entry)


def meeting(scene, kind):
    """The last workshop of this kind that was held, or else the last joint meeting."""
    held = scene.cohort.workshops.held()
    return held.filter(kind=kind).last() or held.filter(kind=Workshop.Kind.JOINT_MEETING).last()


# --- Subjects -----------------------------------------------------------------------------------


def add_subjects(scene):
    at = meeting(scene, Workshop.Kind.JOINT_MEETING).starts_at
    made = {"recorded_by": scene.host, "recorded_at": at - BEFORE}
    for entry in scene.entries("subject"):
        subject = saved(Subject(cohort=scene.cohort, question=entry["question"], **made))
        themes = [scene.themes[key] for key in entry["themes"]]
        subject.build_on(themes, by=scene.host, at=at - BEFORE)
        scene.subjects[entry["key"]] = subject
    scene.cohort.subjects.release(at=at)


def choose_subject(scene):
    entry = scene.content["decision"]
    votes = {
        scene.subjects[each["subject"]]: (each["newcomer_votes"], each["agent_votes"])
        for each in entry["option"]
    }
    decide(
        scene.cohort,
        scene.subjects[entry["chosen"]],
        by=scene.host,
        at=scene.moment(entry["decided_on"], hour=18),
        votes=votes,
        workshop=scene.workshops[entry["workshop"]],
        **chosen(entry, *OF_DECISION),
    )


# --- Ideas --------------------------------------------------------------------------------------


def add_all_ideas(scene):
    """Each table's ideas together, as they are typed; then one by one what became of them."""
    workshop = meeting(scene, Workshop.Kind.CO_CREATION)
    where = workshop if workshop.kind == Workshop.Kind.CO_CREATION else None
    how = {"by": scene.host, "at": workshop.ends_at}
    for table, entries in groupby(scene.entries("idea"), key=lambda entry: entry["table"]):
        entries = list(entries)
        titles = [entry["title"] for entry in entries]
        ideas = add_ideas(scene.cohort, titles, workshop=where, table_number=table, **how)
        for idea, entry in zip(ideas, entries, strict=True):
            work_out(scene, idea, entry, how)
    scene.cohort.ideas.release(at=workshop.ends_at)


def work_out(scene, idea, entry, how):
    scene.ideas[entry["key"]] = idea
    idea.description = entry["description"]
    saved(idea).answer_themes([scene.themes[key] for key in entry["themes"]], **how)
    if entry["status"] == Idea.Status.RETAINED:
        idea.retain()
    elif entry["status"] == Idea.Status.SET_ASIDE:
        idea.set_aside(reason=entry["reason"])


# --- Actions ------------------------------------------------------------------------------------


def add_action(scene, entry):
    at = scene.moment(entry["proposed_on"])
    action = saved(
        Action(
            cohort=scene.cohort,
            lead=scene.organisations[entry["lead"]],
            recorded_by=scene.host,
            recorded_at=at,
            **chosen(entry, *OF_ACTION),
        )
    )
    action.partners.set(scene.organisations[name] for name in entry["partners"])
    action.come_from([scene.ideas[key] for key in entry["ideas"]], by=scene.host, at=at)
    action.propose(on=entry["proposed_on"])
    scene.actions[entry["key"]] = action


def hear_institutions(scene, after=date.min, until=date.max):
    """Record the answers and the progress that came after one day and by another."""
    for entry in scene.entries("action"):
        action = scene.actions[entry["key"]]
        how = spoken_by(scene, entry["lead"])
        for answer in entry.get("answer", []):
            if after < answer["answered_on"] <= until:
                at = scene.moment(answer["answered_on"], hour=16)
                action.answer(at=at, **how, **chosen(answer, *OF_ANSWER))
        for progress in entry.get("progress", []):
            if after < progress["on"] <= until:
                action.report_progress(at=scene.moment(progress["on"], hour=17), **how, **progress)


def spoken_by(scene, institution):
    """The institution's coordinator; staff on its behalf where it has none."""
    coordinator = scene.coordinators.get(institution)
    return {"by": coordinator} if coordinator else {"by": scene.host, "on_behalf": True}
