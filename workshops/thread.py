"""The thread: where each item comes from and what became of it, from testimony to answer.

Items are known here by their kind, a `Letter`, and their key. Everything is read off `Links`, all
the links of a cohort, fetched by two queries however many there are.

An idea answers the themes that it names, or, where it names none, those of the subject under which
it was found: so an idea that says what it answers is not tied to all that its subject rests on.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Value
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.dates import date_text
from workshops.models import (
    Action,
    Idea,
    IdeaAction,
    Letter,
    Subject,
    SubjectIdea,
    Testimony,
    TestimonyTheme,
    Theme,
    ThemeIdea,
    ThemeSubject,
)

# The first step into a kind counts: themes are reached through the ideas where there are any.
UP = (
    (Letter.ACTION, Letter.IDEA),
    (Letter.IDEA, Letter.SUBJECT),
    (Letter.IDEA, Letter.THEME),
    (Letter.SUBJECT, Letter.THEME),
    (Letter.THEME, Letter.TESTIMONY),
)
DOWN = (
    (Letter.TESTIMONY, Letter.THEME),
    (Letter.THEME, Letter.SUBJECT),
    (Letter.THEME, Letter.IDEA),
    (Letter.SUBJECT, Letter.IDEA),
    (Letter.IDEA, Letter.ACTION),
)
MODELS = {
    Letter.THEME: Theme,
    Letter.SUBJECT: Subject,
    Letter.IDEA: Idea,
    Letter.ACTION: Action,
}
KINDS = {
    Letter.THEME: "heard",
    Letter.SUBJECT: "together",
    Letter.IDEA: "together",
    Letter.ACTION: "together",
}


class Links:
    """All links between the items of one cohort, walked in both directions. Makes two queries.

    Whoever has fetched the cohort's (testimony, theme, testimony's status) gives them as `heard`,
    and saves one.
    """

    def __init__(self, cohort, heard=None):
        self.ends = defaultdict(lambda: defaultdict(set))
        self.withdrawn = set()
        self._take_testimonies(heard_in(cohort) if heard is None else heard)
        self._take_others(cohort)

    def _take_testimonies(self, heard):
        for testimony, theme, status in heard:
            self._join(Letter.TESTIMONY, testimony, Letter.THEME, theme)
            if status == Testimony.Status.WITHDRAWN:
                self.withdrawn.add(testimony)

    def _take_others(self, cohort):
        theme_subject, theme_idea, subject_idea, idea_action = (
            model.objects.filter(**{f"{start}__cohort": cohort})
            .order_by()
            .values_list(Value(model.__name__), f"{start}_id", f"{end}_id")
            for model, start, end in (
                (ThemeSubject, "theme", "subject"),
                (ThemeIdea, "theme", "idea"),
                (SubjectIdea, "subject", "idea"),
                (IdeaAction, "idea", "action"),
            )
        )
        # One query for the four tables; the model's name tells their rows apart.
        pairs = defaultdict(list)
        for name, start, end in theme_subject.union(
            theme_idea, subject_idea, idea_action, all=True
        ):
            pairs[name].append((start, end))
        for theme, subject in pairs["ThemeSubject"]:
            self._join(Letter.THEME, theme, Letter.SUBJECT, subject)
        for subject, idea in pairs["SubjectIdea"]:
            self._join(Letter.SUBJECT, subject, Letter.IDEA, idea)
        for idea, action in pairs["IdeaAction"]:
            self._join(Letter.IDEA, idea, Letter.ACTION, action)
        self._join_themes_to_ideas(pairs["ThemeIdea"])

    def _join_themes_to_ideas(self, named):
        for theme, idea in named:
            self._join(Letter.THEME, theme, Letter.IDEA, idea)
        naming = {idea for _theme, idea in named}
        for idea, subjects in list(self.ends[Letter.IDEA, Letter.SUBJECT].items()):
            if idea not in naming:
                for theme in self.step({*subjects}, Letter.SUBJECT, Letter.THEME):
                    self._join(Letter.THEME, theme, Letter.IDEA, idea)

    def _join(self, kind, key, other_kind, other_key):
        self.ends[kind, other_kind][key].add(other_key)
        self.ends[other_kind, kind][other_key].add(key)

    def step(self, keys, kind, other_kind):
        """Return the keys of `other_kind` that the `keys` of `kind` are linked to."""
        ends = self.ends[kind, other_kind]
        return {other for key in keys for other in ends.get(key, ())}

    def walk(self, kind, key):
        """Return {kind: keys} of everything above and below one item, and the item itself."""
        found = {kind: {key}}
        for steps in (UP, DOWN):
            here = {kind: {key}}
            for start, end in steps:
                if start in here and end not in here:
                    here[end] = self.step(here[start], start, end)
            found = here | found
        return found


def heard_in(cohort):
    links = TestimonyTheme.objects.filter(theme__cohort=cohort)
    return links.values_list("testimony_id", "theme_id", "testimony__status")


@dataclass(frozen=True)
class Step:
    """One item on the thread as a page draws it; `kind` is heard, together, done or loose."""

    kind: str
    text: str
    reference: str = ""
    url: str = ""
    note: str = ""


def thread_of(item, user, at, *, manages):
    """Return the `Step`s of the thread through one item, from end to end, as `user` may see them.

    Makes at most eight queries. With `manages`, for staff, it begins with the number of
    testimonies; to others it begins at the theme, and says at most that a source was withdrawn.
    """
    links = Links(item.cohort)
    found = links.walk(item.LETTER, item.pk)
    seen = {
        letter: [item] if letter == item.LETTER else visible_items(model, found.get(letter), user)
        for letter, model in MODELS.items()
    }
    steps = source_steps(item, found.get(Letter.TESTIMONY, set()), links, manages)
    for letter, items in seen.items():
        steps += [step_of(each, item.cohort, KINDS[letter], here=item) for each in items]
    today = item.cohort.today(at)
    return steps + [end_of(action, today) for action in seen[Letter.ACTION]] + gap(item, seen)


def visible_items(model, keys, user):
    if not keys:
        return []
    items = model.objects.filter(pk__in=keys).visible_to(user)
    if model is Action:
        items = items.select_related("lead").prefetch_related("answers", "progress")
    return list(items)


def source_steps(item, sources, links, manages):
    """The testimonies at the thread's beginning: a number for staff, for others what is missing."""
    withdrawn = len(sources & links.withdrawn)
    kept = len(sources) - withdrawn
    if not manages:
        return [Step("loose", _("A source of this was withdrawn"))] if withdrawn else []
    if item.LETTER == Letter.TESTIMONY:
        return [Step("heard", str(item.text) or _("withdrawn"), item.reference)]
    heard = ngettext("%(n)d testimony", "%(n)d testimonies", kept) % {"n": kept}
    lost = ngettext("%(n)d source withdrawn", "%(n)d sources withdrawn", withdrawn)
    steps = [Step("heard", heard)] if kept else []
    return steps + ([Step("loose", lost % {"n": withdrawn})] if withdrawn else [])


def step_of(item, cohort, kind, *, here=None):
    name = "question" if item.LETTER == Letter.SUBJECT else "title"
    item.cohort = cohort
    url = "" if item == here else item.get_absolute_url()
    return Step(kind, str(getattr(item, name)), item.reference, url)


def end_of(action, today):
    """What became of an action: its answer and progress, or for how long there is none."""
    answer, progress = action.latest_answer, action.latest_progress
    days = action.days_of_silence(today)
    if days is not None:
        return Step("loose", f"{isolated(action.lead)} · {silence(days)}", action.reference)
    if not answer:
        return Step("loose", _("not proposed to an institution yet"), action.reference)
    note = f"{progress.get_stage_display()} · {day(progress.on)}" if progress else ""
    said = f"{answer.get_verdict_display()} · {day(answer.answered_on)}"
    kind = "done" if answer.is_commitment else "loose"
    return Step(kind, f"{isolated(action.lead)} · {said}", action.reference, note=note)


def isolated(name):
    """A name that leaves the direction of the sentence around it alone."""
    return f"\u2068{name}\u2069"


def silence(days):
    if not days:
        return _("asked today")
    return ngettext("no answer for %(n)d day", "no answer for %(n)d days", days) % {"n": days}


def day(date):
    return date_text(date, "DATE_FORMAT")


def gap(item, seen):
    """Say where the thread breaks off below an item, if it does before any action."""
    if seen[Letter.ACTION]:
        return []
    if seen[Letter.IDEA]:
        return [Step("loose", _("No action yet"))]
    if seen[Letter.SUBJECT]:
        return [Step("loose", _("No idea yet"))]
    return [Step("loose", _("Nobody has taken it up yet"))]


@dataclass(frozen=True)
class Trace:
    """What an action rests on, for the report: testimonies as numbers, the others as items."""

    testimonies: int = 0
    withdrawn: int = 0
    themes: list[Theme] = field(default_factory=list)
    subjects: list[Subject] = field(default_factory=list)
    ideas: list[Idea] = field(default_factory=list)


def traces(cohort):
    """Return {action's key: its `Trace`} for all actions of a cohort, by six queries.

    Themes appear whatever their state: whoever shows them to others filters the released ones.
    """
    links = Links(cohort)
    items = {
        letter: model.objects.filter(cohort=cohort).in_bulk() for letter, model in MODELS.items()
    }
    return {key: trace_of(links.walk(Letter.ACTION, key), items, links) for key in items["A"]}


def trace_of(found, items, links):
    def listed(letter):
        return sorted(
            (items[letter][key] for key in found.get(letter, ())), key=lambda item: item.number
        )

    sources = found.get(Letter.TESTIMONY, set())
    return Trace(
        testimonies=len(sources - links.withdrawn),
        withdrawn=len(sources & links.withdrawn),
        themes=listed(Letter.THEME),
        subjects=listed(Letter.SUBJECT),
        ideas=listed(Letter.IDEA),
    )


@dataclass(frozen=True)
class LooseEnd:
    """Items at which the thread breaks off for one reason, and where each is mended."""

    title: str
    hint: str
    steps: list[Step]


def loose_ends(cohort):
    """Return the `LooseEnd`s of a cohort, from testimony to answer, without the empty ones.

    For staff: drafts are among them. Makes six queries.
    """
    ends = [
        LooseEnd(title, hint, [step_of(item, cohort, "loose") for item in items])
        for title, hint, items in found_loose(cohort)
    ]
    return [end for end in ends if end.steps]


def found_loose(cohort):
    """Yield (what breaks off, what to do about it, the items)."""
    themes, ideas, actions = cohort.themes.all(), cohort.ideas.all(), cohort.actions.all()
    yield (
        _("Themes that nobody took up"),
        _("Build a subject on them, or name them in an idea."),
        themes.taken_up_by_nobody(),
    )
    yield (
        _("Ideas without a decision"),
        _("Keep each, or set it aside with a reason."),
        ideas.without_decision(),
    )
    yield (
        _("Kept ideas that are in no action"),
        _("Work an action out of them."),
        ideas.retained().filter(action_links=None),
    )
    yield (
        _("Actions without a source"),
        _("Say which ideas they come from."),
        actions.without_source(),
    )
    yield (
        _("Actions without a lead"),
        _("Name the institution that leads them."),
        actions.without_lead(),
    )
    yield (
        _("Actions without an answer"),
        _("Remind the institution, or enter its answer."),
        actions.not_answered().exclude(lead=None),
    )
