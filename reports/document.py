"""The report in one language as plain, frozen values: what templates and an edition's data receive.

No model, no queryset and no bare number gets in: a count is a `Count` of things or a `Published`
breakdown of people, and everything else is words. Whatever else is put into a `Line` raises.
"""

from dataclasses import dataclass, field

from django.utils.html import format_html
from django.utils.safestring import SafeString

from cohorts.languages import direction
from reports.figures import Count
from reports.suppression import Published, PublishedRange, publish_size


class Line:
    """A value of the document, made of words, counts and other lines."""

    def __post_init__(self):
        for value in vars(self).values():
            refuse_bare(value)


def refuse_bare(value):
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, tuple):
        for each in value:
            refuse_bare(each)
    elif not isinstance(value, str | bool | None | Count | Published | Line):
        raise TypeError(f"A report holds words and told counts, not {type(value).__name__}.")


@dataclass(frozen=True)
class Words(Line):
    """A short text that somebody typed; `lang` is filled when it is not the document's language."""

    text: str
    lang: str = ""

    def __bool__(self):
        return bool(self.text)

    def __str__(self):
        return self.text

    @property
    def html(self):
        if not self.lang:
            return self.text
        return format_html(
            '<span lang="{}" dir="{}">{}</span>', self.lang, direction(self.lang), self.text
        )


@dataclass(frozen=True)
class Passage(Line):
    """A section's text, rendered from Markdown."""

    html: SafeString
    lang: str = ""

    def __bool__(self):
        return bool(self.html)

    @property
    def direction(self):
        return direction(self.lang)


@dataclass(frozen=True)
class Bar(Line):
    """A row of a table with bars: `share` is the bar's width in per cent, as text."""

    label: str
    count: str
    share: str


@dataclass(frozen=True)
class Breakdown(Line):
    """People split into categories, as far as it may be told."""

    figure: str
    caption: str
    words: str
    labels: tuple[tuple[str, str], ...]
    published: Published

    @property
    def bars(self):
        labels = dict(self.labels)
        cells = self.published.cells or ()
        return [
            Bar(labels.get(name, name), str(count), str(round(100 * count / self.published.total)))
            for name, count in cells
            if count
        ]


@dataclass(frozen=True)
class WorkshopLine(Line):
    title: Words
    kind: str
    day: str
    group: str
    status: str
    is_held: bool
    half_days: Count
    came: PublishedRange | None


@dataclass(frozen=True)
class PhaseLine(Line):
    key: str
    name: Words
    period: str
    group: str
    planned: Words
    actual: Words
    text: Passage
    held: Count
    not_held: Count
    workshops: tuple[WorkshopLine, ...]


@dataclass(frozen=True)
class Quote(Line):
    """A testimony's words, not where they come from; `place` is its place in the edition."""

    place: str
    words: Words


@dataclass(frozen=True)
class ThemeLine(Line):
    reference: str
    title: Words
    need: Words
    testimonies: Count
    workshops: Count
    withdrawn: Count
    is_serious_voice: bool
    share: str
    quotes: tuple[Quote, ...]
    led_to: tuple[str, ...]


@dataclass(frozen=True)
class SubjectLine(Line):
    reference: str
    question: Words
    is_chosen: bool
    themes: tuple[str, ...]
    newcomer_votes: Count | None
    agent_votes: Count | None
    has_support_of_each_track: bool


@dataclass(frozen=True)
class DecisionLine(Line):
    subject: SubjectLine
    is_vote: bool
    day: str
    reason: Words
    newcomer_voters: Count | None
    agent_voters: Count | None


@dataclass(frozen=True)
class IdeaLine(Line):
    reference: str
    title: Words
    description: Words
    reason: Words
    themes: tuple[str, ...]
    actions: tuple[str, ...]


@dataclass(frozen=True)
class AnswerLine(Line):
    verdict: str
    verdict_label: str
    level: str
    organisation: str
    day: str
    study_until: str
    text: Words
    is_commitment: bool


@dataclass(frozen=True)
class ActionLine(Line):
    reference: str
    title: Words
    what: Words
    for_whom: Words
    area: str
    lead: str
    lead_function: Words
    partners: str
    newcomers_role: Words
    first_step: Words
    first_step_by: str
    resources: Words
    indicator: Words
    baseline: str
    target: str
    inclusion_check: Words
    testimonies: Count
    themes: tuple[ThemeLine, ...]
    subjects: tuple[SubjectLine, ...]
    ideas: tuple[IdeaLine, ...]
    answer: AnswerLine | None
    silent_days: Count | None
    progress: str
    progress_text: Words


@dataclass(frozen=True)
class AreaLine(Line):
    name: str
    actions: Count
    answered: Count


@dataclass(frozen=True)
class DefinitionLine(Line):
    title: str
    words: str
    unit: str
    population: str
    source: str
    rule: str


@dataclass(frozen=True)
class Part(Line):
    """A section: where it stands, what it is called, and what staff wrote in it."""

    key: str
    number: str
    title: str
    text: Passage

    @property
    def template(self):
        return f"reports/document/{self.key}.html"


@dataclass(frozen=True)
class Cover(Line):
    title: Words
    programme: str
    cohort: str
    territory: str
    period: str
    operator: str
    institutions: str
    funding_statement: Words
    grant_reference: str
    edition: str
    day: str
    is_draft: bool
    is_demonstration: bool


@dataclass(frozen=True)
class Document(Line):
    language: str
    cover: Cover
    parts: tuple[Part, ...]
    figures: dict[str, Count | Published]
    breakdowns: tuple[Breakdown, ...]
    testimonies_by_track: Breakdown
    phases: tuple[PhaseLine, ...]
    themes: tuple[ThemeLine, ...]
    subjects: tuple[SubjectLine, ...]
    decision: DecisionLine | None
    ideas_retained: tuple[IdeaLine, ...]
    ideas_set_aside: tuple[IdeaLine, ...]
    ideas_undecided: tuple[IdeaLine, ...]
    actions: tuple[ActionLine, ...]
    areas: tuple[AreaLine, ...]
    definitions: tuple[DefinitionLine, ...]
    what_changed: str = ""
    thanks: Passage = field(default_factory=lambda: Passage(SafeString("")))

    @property
    def title(self):
        return f"{self.cover.title}, {self.cover.cohort}"

    @property
    def newcomers(self):
        return self.cell("participants", "newcomers")

    @property
    def agents(self):
        return self.cell("participants", "agents")

    @property
    def came_at_least_once(self):
        return self.cell("attended", "came")

    @property
    def attendance_share(self):
        """Half-days attended out of those expected, in per cent, where it may be told."""
        attendance = self.figures["attendance"]
        if not attendance.cells:
            return ""
        return str(round(100 * dict(attendance.cells)["attended"] / attendance.total))

    def cell(self, figure, category):
        """A count of people out of a breakdown; its total is None where it may not be told."""
        return publish_size(dict(self.figures[figure].cells or ()).get(category, 0))
