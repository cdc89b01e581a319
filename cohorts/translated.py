"""A short text in several languages, stored as one JSON map, shown in the reader's language."""

from django import forms
from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cohorts.languages import direction

# What the institutions work in comes first; then what most translations are made from.
FALLBACK = ("fr", "en")


class Translated(dict):
    """{"fr": "Atelier", "en": "Workshop"}: in the active language, or French, English, any."""

    def shown_language(self, wanted=None):
        asked = wanted or get_language() or FALLBACK[0]
        for code in (asked, *FALLBACK, *self):
            if self.get(code):
                return code
        return asked

    def in_language(self, wanted):
        return self.get(self.shown_language(wanted), "")

    @property
    def lang(self):
        return self.shown_language()

    @property
    def direction(self):
        return direction(self.lang)

    def __str__(self):
        return self.in_language(None)

    def __bool__(self):
        return any(self.values())


class TranslatedWidget(forms.MultiWidget):
    """One input per language, the first one plain, the others folded away until they are wanted."""

    template_name = "components/translated_widget.html"

    def __init__(self, attrs=None, widget=forms.TextInput):
        widgets = {
            code: widget(attrs={"lang": code, "dir": "auto"}) for code, _name in settings.LANGUAGES
        }
        super().__init__(widgets, attrs)

    def decompress(self, value):
        return [(value or {}).get(code, "") for code, _name in settings.LANGUAGES]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        subwidgets = context["widget"]["subwidgets"]
        for (code, language), subwidget in zip(settings.LANGUAGES, subwidgets, strict=True):
            subwidget.update(language=language, code=code)
        context["widget"]["others_filled"] = any(sub["value"] for sub in subwidgets[1:])
        return context


class TranslatedFormField(forms.MultiValueField):
    widget = TranslatedWidget

    def __init__(self, *, max_length=None, encoder=None, decoder=None, long=False, **kwargs):
        fields = [
            forms.CharField(required=False, max_length=max_length)
            for _language in settings.LANGUAGES
        ]
        if long:
            kwargs["widget"] = TranslatedWidget(widget=forms.Textarea)
        super().__init__(fields, require_all_fields=False, **kwargs)

    def compress(self, values):
        codes = [code for code, _name in settings.LANGUAGES]
        return Translated(
            {
                code: with_plain_lines(text)
                for code, text in zip(codes, values, strict=False)
                if text
            }
        )

    def has_changed(self, initial, data):
        return self.compress([(text or "").strip() for text in data or []]) != (initial or {})


def with_plain_lines(text):
    """Browsers send another end of line than they were given, which would look like a change."""
    return text.replace("\r\n", "\n")


class TranslatedField(models.JSONField):
    description = _("A text in several languages")

    def __init__(self, *args, long=False, **kwargs):
        self.long = long
        kwargs.setdefault("default", Translated)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        if self.long:
            kwargs["long"] = True
        return name, path, args, kwargs

    def from_db_value(self, value, expression, connection):
        return Translated(super().from_db_value(value, expression, connection) or {})

    def to_python(self, value):
        return Translated(value) if isinstance(value, dict) else value

    def get_prep_value(self, value):
        return super().get_prep_value({code: text for code, text in (value or {}).items() if text})

    def formfield(self, **kwargs):
        # Django compares a field whose default is callable with a hidden copy that no page carries.
        kwargs.setdefault("show_hidden_initial", False)
        return super().formfield(form_class=TranslatedFormField, long=self.long, **kwargs)
