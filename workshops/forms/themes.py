from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cohorts.forms.fields import DateField
from cohorts.forms.fresh import FreshForm
from cohorts.forms.once import OnceForm
from cohorts.translated import Translated
from workshops.models import Testimony, Theme


class ThemeForm(OnceForm, FreshForm):
    class Meta:
        model = Theme
        fields = ("title", "need", "is_serious_voice")

    def save(self, *, by):
        is_new = self.instance.pk is None
        theme = super().save()
        if not is_new and {"title", "need"} & set(self.changed_data):
            theme.forget_check(by=by)
        return theme


class ValidationForm(OnceForm, FreshForm):
    """When newcomers looked at a theme, and what they had changed."""

    validated_on = DateField(label=_("Validated with newcomers on"))

    class Meta:
        model = Theme
        fields = ("validated_on", "what_changed")

    def __init__(self, *args, today, **kwargs):
        self.today = today
        super().__init__(*args, **kwargs)
        if not self.instance.validated_on:
            self.initial["validated_on"] = today

    def clean_validated_on(self):
        day = self.cleaned_data["validated_on"]
        if day > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        return day


class SortForm(OnceForm):
    """Testimonies ticked, and the theme that they go into: one that is there, or a new one."""

    testimonies = forms.ModelMultipleChoiceField(
        Testimony.objects.none(), error_messages={"required": _("Tick at least one testimony.")}
    )
    theme = forms.ModelChoiceField(
        Theme.objects.none(), label=_("Theme"), required=False, empty_label="---------"
    )
    new_theme = forms.CharField(
        label=_("or a new theme"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"dir": "auto"}),
    )

    def __init__(self, *args, cohort, **kwargs):
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        self.fields["testimonies"].queryset = Testimony.objects.of_cohort(cohort).sortable()
        self.fields["theme"].queryset = cohort.themes.all()

    def clean(self):
        cleaned = super().clean()
        if bool(cleaned.get("theme")) == bool(cleaned.get("new_theme")):
            self.add_error("theme", _("Choose a theme, or name a new one."))
        return cleaned

    def save(self, *, by, at):
        theme = self.cleaned_data["theme"] or Theme.objects.create(
            cohort=self.cohort,
            title=Translated({get_language(): self.cleaned_data["new_theme"]}),
            recorded_by=by,
            recorded_at=at,
        )
        theme.take_in(self.cleaned_data["testimonies"], by=by, at=at)
        return theme
