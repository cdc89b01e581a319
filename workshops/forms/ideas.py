from django import forms
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cohorts.forms.fields import LinesField
from cohorts.forms.fresh import FreshForm
from cohorts.forms.once import OnceForm
from cohorts.translated import Translated
from workshops.co_creation import add_ideas
from workshops.forms.fields import with_its_day
from workshops.forms.subjects import LinkedField, linked
from workshops.models import Idea, Subject, Theme, Workshop


class IdeasForm(OnceForm):
    """The ideas of one table, one per line; they come under the subject that was chosen."""

    titles = LinesField(label=_("Ideas, one per line"))
    table_number = forms.IntegerField(label=_("Table"), required=False, min_value=1, max_value=99)
    workshop = forms.ModelChoiceField(Workshop.objects.none(), label=_("Workshop"), required=False)

    def __init__(self, *args, cohort, **kwargs):
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        self.fields["workshop"].queryset = co_creation_workshops(cohort)
        self.fields["workshop"].label_from_instance = with_its_day
        self.fields["workshop"].initial = co_creation_workshops(cohort).last

    def save(self, *, by, at):
        titles = [Translated({get_language(): title}) for title in self.cleaned_data["titles"]]
        where = {name: self.cleaned_data[name] for name in ("workshop", "table_number")}
        return add_ideas(self.cohort, titles, by=by, at=at, **where)


class IdeaForm(OnceForm, FreshForm):
    themes = LinkedField(
        label=_("Themes that it answers"),
        queryset=Theme.objects.none(),
        help_text=_("Left empty, it answers those that its subject builds on."),
    )
    subjects = LinkedField(label=_("Subject"), queryset=Subject.objects.none())

    class Meta:
        model = Idea
        fields = ("title", "description", "table_number", "workshop")

    def __init__(self, *args, instance, **kwargs):
        initial = {
            "themes": linked(instance.theme_links, "theme"),
            "subjects": linked(instance.subject_links, "subject"),
        }
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        self.fields["themes"].queryset = instance.cohort.themes.all()
        self.fields["subjects"].queryset = instance.cohort.subjects.all()
        self.fields["workshop"].queryset = co_creation_workshops(instance.cohort)
        self.fields["workshop"].label_from_instance = with_its_day

    @transaction.atomic
    def save(self, *, by, at):
        idea = super().save()
        idea.answer_themes(self.cleaned_data["themes"], by=by, at=at)
        idea.come_under(self.cleaned_data["subjects"], by=by, at=at)
        return idea


class SettingAsideForm(OnceForm, FreshForm):
    """Why an idea is set aside; it stays, and the report says so."""

    class Meta:
        model = Idea
        fields = ("set_aside_reason",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["set_aside_reason"].required = True


def co_creation_workshops(cohort):
    return cohort.workshops.filter(kind=Workshop.Kind.CO_CREATION)
