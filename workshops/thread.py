"""The thread: where each item comes from and what became of it, from testimony to answer.

Items are known here by their kind, a `Letter`, and their key. Everything is read off `Links`, all
the links of a cohort, fetched by two queries however many there are.

An idea answers the themes that it names, or, where it names none, those of the subject under which
it was found: so an idea that says what it answers is not tied to all that its subject rests on.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Value
from django.urls import reverse
from django.utils.translation import gettext as _

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


class Links:
    """All links between the items of one cohort, walked in both directions. Makes two queries."""

    def __init__(self, cohort):
        self.ends = defaultdict(lambda: defaultdict(set))
        self.withdrawn = set()
        self._take_testimonies(cohort)
        self._take_others(cohort)

    def _take_testimonies(self, cohort):
        links = TestimonyTheme.objects.filter(theme__cohort=cohort)
        for testimony, theme, status in links.values_list(
            "testimony_id", "theme_id", "testimony__status"
        ):
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


@dataclass(frozen=True)
class Step:
    """One item on the thread as a page shows it."""

    reference: str
    text: str
    url: str
    is_here: bool = False


@dataclass(frozen=True)
class Station:
    """The items of one kind on the thread; `withdrawn` sources are counted, not shown."""

    letter: str
    title: str
    steps: list[Step]
    withdrawn: int = 0

    @property
    def is_here(self):
        return any(step.is_here for step in self.steps)


@dataclass(frozen=True)
class AnswerStep:
    """What an institution said to an action, or for how many days it has said nothing."""

    action: Action
    answer: object
    progress: object
    days_of_silence: int | None


@dataclass(frozen=True)
class Thread:
    """What one reader sees of one item's thread, end to end."""

    stations: list[Station]
    answers: list[AnswerStep]
    withdrawn: int = 0
    shows_testimonies: bool = False


def thread_of(item, user, at, *, manages):
    """Return the `Thread` through a testimony, theme, subject, idea or action, as `user` sees it.

    Makes at most eight queries. With `manages`, for staff, testimonies are on it; to others it
    begins at the theme, and `withdrawn` only says that a source was taken back.
    """
    cohort = item.cohort
    links = Links(cohort)
    found = links.walk(item.LETTER, item.pk)
    sources = found.get(Letter.TESTIMONY, set())
    withdrawn = len(sources & links.withdrawn)
    stations = [testimony_station(sources, withdrawn, item)] if manages else []
    seen = {
        letter: [item] if letter == item.LETTER else visible_items(model, found.get(letter), user)
        for letter, model in MODELS.items()
    }
    stations += [station(letter, seen[letter], cohort, item) for letter in MODELS]
    return Thread(
        stations=stations,
        answers=[answer_step(action, cohort.today(at)) for action in seen[Letter.ACTION]],
        withdrawn=withdrawn,
        shows_testimonies=manages,
    )


def visible_items(model, keys, user):
    if not keys:
        return []
    items = model.objects.filter(pk__in=keys).visible_to(user)
    if model is Action:
        items = items.select_related("lead").prefetch_related("answers", "progress")
    return list(items)


def testimony_station(keys, withdrawn, item):
    kept = Testimony.objects.filter(pk__in=keys).kept().order_by("number")
    steps = [
        Step(
            f"{Letter.TESTIMONY}-{number}",
            "",
            reverse("workshops:testimony", args=[item.cohort.slug, key]),
            is_here=key == item.pk,
        )
        for key, number in kept.values_list("pk", "number")
    ]
    return Station(Letter.TESTIMONY, TITLES[Letter.TESTIMONY](), steps, withdrawn)


def station(letter, items, cohort, here):
    steps = [step_of(item, cohort, is_here=item == here) for item in items]
    return Station(letter, TITLES[letter](), steps)


def step_of(item, cohort, *, is_here=False):
    name = "question" if item.LETTER == Letter.SUBJECT else "title"
    item.cohort = cohort
    return Step(item.reference, str(getattr(item, name)), item.get_absolute_url(), is_here)


def answer_step(action, today):
    return AnswerStep(
        action, action.latest_answer, action.latest_progress, action.days_of_silence(today)
    )


TITLES = {
    Letter.TESTIMONY: lambda: _("Heard"),
    Letter.THEME: lambda: _("Themes"),
    Letter.SUBJECT: lambda: _("Common subject"),
    Letter.IDEA: lambda: _("Ideas"),
    Letter.ACTION: lambda: _("Actions"),
}


@dataclass(frozen=True)
class Trace:
    """What an action rests on, for the report: testimonies as numbers, the others as items."""

    testimonies: int = 0
    withdrawn: int = 0
    themes: list[Theme] = field(default_factory=list)
    subjects: list[Subject] = field(default_factory=list)
    ideas: list[Idea] = field(default_factory=list)


def trace(action):
    """Return the `Trace` of one action."""
    return traces(action.cohort)[action.pk]


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
    themes = Theme.objects.filter(cohort=cohort)
    ideas = Idea.objects.filter(cohort=cohort)
    actions = Action.objects.filter(cohort=cohort)
    found = [
        (
            _("Themes that nobody took up"),
            _("Build a subject on them, or name them in an idea."),
            themes.taken_up_by_nobody(),
        ),
        (
            _("Ideas without a decision"),
            _("Keep each, or set it aside with a reason."),
            ideas.without_decision(),
        ),
        (
            _("Kept ideas that are in no action"),
            _("Work an action out of them."),
            ideas.retained().filter(action_links=None),
        ),
        (
            _("Actions without a source"),
            _("Say which ideas they come from."),
            actions.without_source(),
        ),
        (
            _("Actions without a lead"),
            _("Name the institution that leads them."),
            actions.without_lead(),
        ),
        (
            _("Actions without an answer"),
            _("Remind the institution, or enter its answer."),
            actions.not_answered().exclude(lead=None),
        ),
    ]
    ends = [
        LooseEnd(title, hint, [step_of(item, cohort) for item in items])
        for title, hint, items in found
    ]
    return [end for end in ends if end.steps]
