"""Form fields that the forms of this app share."""

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.text import capfirst

from cohorts.dates import date_text


class TimeField(forms.TimeField):
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class LocalTimeField(forms.DateTimeField):
    """A moment in the time zone that the request speaks: its cohort's."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class AddressField(forms.URLField):
    """A web address; one typed without its beginning is taken as https."""

    def __init__(self, **kwargs):
        super().__init__(assume_scheme="https", **kwargs)


def with_its_day(workshop):
    """A workshop in a list to choose from: most are called by their kind alone."""
    return f"{capfirst(str(workshop))} · {date_text(workshop.local_start, 'DATE_FORMAT')}"


class Folded(Fieldset):
    """Fields that one opens when needed: closed in a new form until it comes back with errors."""

    template = "components/folded.html"

    def render(self, form, context, template_pack="bootstrap5", **kwargs):
        self.is_open = form.is_bound or bool(form.instance.pk)
        return super().render(form, context, template_pack, **kwargs)
