"""Form fields that several forms share."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.languages import LANGUAGES
from cohorts.models import User
from cohorts.names import validate_name

MOST_DIGITS = 18  # of a key that every database can hold


class DateField(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class EmailField(forms.EmailField):
    """As long as what is stored: Django lets 320 characters through, which PostgreSQL refuses."""

    default_error_messages = {"invalid": _("This is not an e-mail address.")}

    def __init__(self, **kwargs):
        super().__init__(max_length=User.email.field.max_length, **kwargs)


class NameField(forms.CharField):
    """A person's name, in any script."""

    default_validators = [validate_name]

    def __init__(self, *, max_length=User.name.field.max_length, autocomplete="off", **kwargs):
        kwargs.setdefault("label", _("Name"))
        attrs = {"dir": "auto", "autocomplete": autocomplete}
        super().__init__(max_length=max_length, widget=forms.TextInput(attrs), **kwargs)


class RowsField(forms.ModelMultipleChoiceField):
    """Rows of a table, each with a box to tick."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value):
        for key in value or ():
            # Django looks any number up, and the database stumbles over one that is too large.
            if len(str(key)) > MOST_DIGITS:
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": key},
                )
        return super().clean(value)


class LanguagesField(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        super().__init__(choices=LANGUAGES.items(), **kwargs)


class LinesField(forms.CharField):
    """Names typed one per line; cleaned to a list without blanks and repetitions."""

    widget = forms.Textarea(attrs={"rows": 5, "dir": "auto"})
    most_letters = 200

    def clean(self, value):
        lines = [" ".join(line.split()) for line in super().clean(value).splitlines()]
        if any(len(line) > self.most_letters for line in lines):
            raise forms.ValidationError(_("A line is too long: at most 200 characters."))
        return list(dict.fromkeys(filter(None, lines)))


def in_columns(name):
    """A field of many small choices."""
    return Field(name, wrapper_class="in-columns")


def laid_out(*layout):
    """A crispy layout inside a <form> that the template writes."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*layout)
    return helper
