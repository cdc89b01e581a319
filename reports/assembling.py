"""From a cohort's material to the document in one language."""

from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from cohorts.languages import language_name
from cohorts.models import AgeBand, Gender, Track
from cohorts.translated import Translated
from reports.dates import day_text, months_text
from reports.document import (
    ActionLine,
    AnswerLine,
    AreaLine,
    Breakdown,
    Cover,
    DecisionLine,
    DefinitionLine,
    Document,
    IdeaLine,
    Part,
    Passage,
    PhaseLine,
    Quote,
    SubjectLine,
    ThemeLine,
    Words,
    WorkshopLine,
)
from reports.figures import FIGURES, RULES, UNITS, Count
from reports.markdown import render_markdown
from reports.models import REPORT_LANGUAGES, Section
from reports.parts import PARTS
from reports.suppression import NOT_STATED
from workshops.models import Action, Idea, Letter, Testimony

NO_TEXT = Passage(SafeString(""))
NO_WORDS = Words("")


def assemble(material, language, *, number=None, what_changed=""):
    """Return the `Document` in one of REPORT_LANGUAGES; without `number` it is a draft.

    Makes no query: two languages of one edition come from the same material.
    """
    with override(language):
        return Assembly(material, language).document(number, what_changed)


class Assembly:
    def __init__(self, material, language):
        self.material = material
        self.language = language
        # Backwards, so that of a testimony's themes the first is the one that stays.
        self.first_theme = {
            key: theme.pk
            for theme in reversed(material.themes)
            for key, *_rest in material.heard.get(theme.pk, [])
        }
        self.subjects = {each.pk: self.subject_line(each) for each in material.subjects}
        self.themes = {each.pk: self.theme_line(each) for each in material.themes}
        self.ideas = {each.pk: self.idea_line(each) for each in material.ideas}

    def document(self, number, what_changed):
        material = self.material
        actions = tuple(map(self.action_line, material.actions))
        return Document(
            language=self.language,
            cover=self.cover(number),
            parts=tuple(self.parts()),
            figures=material.figures,
            breakdowns=tuple(self.breakdowns()),
            testimonies_by_track=self.breakdown("testimonies_by_track", labels_of(Track.choices)),
            phases=tuple(self.phase_lines()),
            themes=tuple(self.themes.values()),
            subjects=tuple(self.subjects.values()),
            decision=self.decision_line(),
            ideas_retained=self.ideas_in(Idea.Status.RETAINED),
            ideas_set_aside=self.ideas_in(Idea.Status.SET_ASIDE),
            ideas_undecided=self.ideas_in(Idea.Status.PROPOSED),
            actions=actions,
            areas=tuple(self.area_lines()),
            definitions=tuple(map(definition_line, FIGURES.values())),
            what_changed=what_changed,
            thanks=self.passage(Section.THANKS, 4),
        )

    def words(self, translated):
        """Return a typed text in the document's language, or marked with the one that it is in."""
        shown = Translated(translated or {})
        code = shown.shown_language(self.language)
        return Words(shown.get(code, ""), "" if code == self.language else code)

    def passage(self, section, first_level=3):
        """Return what staff wrote, in the other language where this one is missing."""
        texts = self.material.texts
        for code in (self.language, *REPORT_LANGUAGES):
            if (section, code) in texts:
                lang = "" if code == self.language else code
                return Passage(render_markdown(texts[section, code], first_level), lang)
        return NO_TEXT

    def cover(self, number):
        cohort = self.material.cohort
        programme = cohort.programme
        return Cover(
            title=self.title(),
            programme=programme.name,
            cohort=cohort.name,
            territory=cohort.territory,
            period=months_text(cohort.starts_on, cohort.ends_on),
            operator=self.material.operator,
            institutions=listed(self.material.institutions),
            funding_statement=self.words(programme.funding_statement),
            grant_reference=programme.grant_reference,
            edition=ordinal(number) if number else "",
            day=day_text(self.material.on),
            is_draft=not number,
            is_demonstration=cohort.is_demonstration,
        )

    def title(self):
        texts = self.material.texts
        for code in (self.language, *REPORT_LANGUAGES):
            if (Section.TITLE, code) in texts:
                text = texts[Section.TITLE, code].strip().lstrip("# ")
                return Words(" ".join(text.split()), "" if code == self.language else code)
        return Words(_("Final report"))

    def parts(self):
        for number, (key, (title, section)) in enumerate(PARTS.items()):
            text = self.passage(section) if section else NO_TEXT
            yield Part(key, str(number or ""), str(title), text)

    def breakdown(self, figure, labels):
        definition = FIGURES[figure]
        return Breakdown(
            figure=figure,
            caption=str(definition.title),
            words=str(definition.words),
            labels=labels,
            published=self.material.figures[figure],
        )

    def breakdowns(self):
        spoken = dict(self.material.figures["languages"].cells or ())
        names = [(code, str(language_name(code))) for code in spoken]
        yield self.breakdown("gender", labels_of(Gender.choices))
        yield self.breakdown("age_band", labels_of(AgeBand.choices))
        yield self.breakdown("languages", labels_of(names))
        yield self.breakdown("organisations", labels_of(()))

    def phase_lines(self):
        # A cohort may have two phases of a kind; what staff wrote of the kind is told once.
        told = set()
        for phase in self.material.phases:
            text = NO_TEXT if phase.kind in told else self.phase_text(phase.kind)
            told.add(phase.kind)
            workshops = [each for each in self.material.workshops if each.phase_id == phase.pk]
            yield self.phase_line(phase, text, workshops)

    def phase_text(self, kind):
        return self.passage(Section(kind), 4) if kind in Section.values else NO_TEXT

    def phase_line(self, phase, text, workshops):
        held = sum(each.status == each.Status.HELD for each in workshops)
        return PhaseLine(
            key=f"phase-{phase.pk}",
            name=self.words(phase.name) or Words(capfirst(phase.get_kind_display())),
            period=months_text(phase.starts_on, phase.ends_on),
            group=group_text(phase.track),
            planned=self.words(phase.planned),
            actual=self.words(phase.actual),
            text=text,
            held=Count(held),
            not_held=Count(len(workshops) - held),
            workshops=tuple(map(self.workshop_line, workshops)),
        )

    def workshop_line(self, workshop):
        is_held = workshop.status == workshop.Status.HELD
        return WorkshopLine(
            title=self.words(workshop.title) or Words(capfirst(workshop.get_kind_display())),
            kind=capfirst(workshop.get_kind_display()),
            day=day_text(workshop.local_start.date()),
            group=group_text(workshop.track),
            status=workshop.get_status_display(),
            is_held=is_held,
            half_days=Count(workshop.half_day_count),
            came=self.material.sizes.get(workshop.pk) if is_held else None,
        )

    def theme_line(self, theme):
        heard = self.material.heard.get(theme.pk, [])
        kept = [row for row in heard if row[2] == Testimony.Status.KEPT]
        return ThemeLine(
            reference=theme.reference,
            title=self.words(theme.title),
            need=self.words(theme.need),
            testimonies=Count(len(kept)),
            workshops=Count(len({workshop for _key, workshop, _status in kept})),
            withdrawn=Count(len(heard) - len(kept)),
            is_serious_voice=theme.is_serious_voice,
            share=self.share_of_largest(len(kept)),
            quotes=self.quotes_of(theme),
            led_to=tuple(each.reference for each in self.linked(theme)[Letter.ACTION]),
        )

    def linked(self, item):
        """Return what of the report the thread ties to an item: {letter: items by number}."""
        keys = self.material.links.walk(item.LETTER, item.pk)
        told = {
            Letter.THEME: self.material.themes,
            Letter.SUBJECT: self.material.subjects,
            Letter.IDEA: self.material.ideas,
            Letter.ACTION: self.material.actions,
        }
        return {
            letter: [each for each in items if each.pk in keys.get(letter, ())]
            for letter, items in told.items()
        }

    def share_of_largest(self, count):
        kept = Testimony.Status.KEPT
        rows = (self.material.heard.get(theme.pk, []) for theme in self.material.themes)
        largest = max((sum(row[2] == kept for row in heard) for heard in rows), default=0)
        return str(round(100 * count / largest)) if largest else "0"

    def quotes_of(self, theme):
        """Each quote stands under the first of its themes, and keeps one place in all languages."""
        return tuple(
            Quote(str(place), self.words(testimony.text))
            for place, testimony in enumerate(self.material.quotes, start=1)
            if self.first_theme[testimony.pk] == theme.pk
        )

    def subject_line(self, subject):
        option = self.option_of(subject)
        return SubjectLine(
            reference=subject.reference,
            question=self.words(subject.question),
            is_chosen=subject.status == subject.Status.CHOSEN,
            themes=tuple(each.reference for each in self.linked(subject)[Letter.THEME]),
            newcomer_votes=option and Count(option.newcomer_votes),
            agent_votes=option and Count(option.agent_votes),
            has_support_of_each_track=bool(option and option.has_support_of_each_track),
        )

    def option_of(self, subject):
        decision = self.material.decision
        if not decision or decision.method != decision.Method.VOTE:
            return None
        return next((o for o in decision.options.all() if o.subject_id == subject.pk), None)

    def decision_line(self):
        decision = self.material.decision
        if not decision:
            return None
        return DecisionLine(
            subject=self.subjects[decision.subject_id],
            is_vote=decision.method == decision.Method.VOTE,
            day=day_text(decision.decided_on),
            reason=self.words(decision.reason),
            newcomer_voters=counted(decision.newcomer_voters),
            agent_voters=counted(decision.agent_voters),
        )

    def idea_line(self, idea):
        linked = self.linked(idea)
        return IdeaLine(
            reference=idea.reference,
            title=self.words(idea.title),
            description=self.words(idea.description),
            reason=self.words(idea.set_aside_reason),
            themes=tuple(each.reference for each in linked[Letter.THEME]),
            actions=tuple(each.reference for each in linked[Letter.ACTION]),
        )

    def ideas_in(self, status):
        return tuple(self.ideas[idea.pk] for idea in self.material.ideas if idea.status == status)

    def action_line(self, action):
        linked = self.linked(action)
        progress = action.latest_progress
        return ActionLine(
            reference=action.reference,
            title=self.words(action.title),
            what=self.words(action.what),
            for_whom=self.words(action.for_whom),
            area=capfirst(action.get_area_display()),
            lead=action.lead.name if action.lead else "",
            lead_function=self.words(action.lead_function),
            partners=listed(self.material.partners.get(action.pk, [])),
            newcomers_role=self.words(action.newcomers_role),
            first_step=self.words(action.first_step),
            first_step_by=day_text(action.first_step_on),
            resources=self.words(action.resources),
            indicator=self.words(action.indicator),
            baseline=action.baseline,
            target=action.target,
            inclusion_check=self.words(action.inclusion_check),
            testimonies=Count(len(self.testimonies_behind(linked[Letter.THEME]))),
            themes=tuple(self.themes[each.pk] for each in linked[Letter.THEME]),
            subjects=tuple(self.subjects[each.pk] for each in linked[Letter.SUBJECT]),
            ideas=tuple(self.ideas[each.pk] for each in linked[Letter.IDEA]),
            answer=self.answer_line(action.latest_answer),
            silent_days=counted(action.days_of_silence(self.material.on)),
            progress=progress.get_stage_display() if progress else "",
            progress_text=self.words(progress.text) if progress else NO_WORDS,
        )

    def testimonies_behind(self, themes):
        return {
            key
            for theme in themes
            for key, _workshop, status in self.material.heard.get(theme.pk, [])
            if status == Testimony.Status.KEPT
        }

    def answer_line(self, answer):
        if answer is None:
            return None
        return AnswerLine(
            verdict=answer.verdict,
            verdict_label=capfirst(answer.get_verdict_display()),
            level=answer.get_level_display(),
            organisation=answer.organisation.name,
            day=day_text(answer.answered_on),
            study_until=day_text(answer.study_until),
            text=self.words(answer.text),
            is_commitment=answer.is_commitment,
        )

    def area_lines(self):
        for area, name in Action.Area.choices:
            actions = [each for each in self.material.actions if each.area == area]
            answered = sum(each.latest_answer is not None for each in actions)
            if actions:
                yield AreaLine(capfirst(str(name)), Count(len(actions)), Count(answered))


def counted(number):
    return None if number is None else Count(number)


def labels_of(choices):
    labels = [(str(name), capfirst(str(label))) for name, label in choices]
    return (*labels, (NOT_STATED, capfirst(_("not stated"))))


def group_text(track):
    return capfirst(str(Track(track).label)) if track else _("Both groups")


def definition_line(definition):
    return DefinitionLine(
        title=str(definition.title),
        words=str(definition.words),
        unit=str(UNITS[definition.unit]),
        population=str(definition.population),
        source=str(definition.source),
        rule=str(RULES[definition.rule]),
    )


def listed(names):
    """Return "Bobigny, Bondy and Pantin"."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def ordinal(number):
    if number == 1:
        return _("First edition")
    return _("Edition %(number)s") % {"number": number}
