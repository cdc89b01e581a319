"""What an import would change of somebody who is there, in words for the preview."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts.languages import language_name
from cohorts.models import Need, User
from cohorts.phones import display_phone

CHANGE_LABELS = {
    "email": gettext_lazy("e-mail"),
    "phone": gettext_lazy("phone"),
    "language": gettext_lazy("language of the screens"),
    "languages": gettext_lazy("languages spoken"),
    "reads_french": gettext_lazy("reads French"),
    "organisation": gettext_lazy("organisation"),
    "function": gettext_lazy("function"),
    "needs": gettext_lazy("practical needs"),
    "gender": gettext_lazy("gender"),
    "age_band": gettext_lazy("age band"),
}


def shown_change(name, before, after):
    """Return {label, before, after} in words, without the value of what is only ever counted."""
    label = CHANGE_LABELS[name]
    if name in {"gender", "age_band"}:
        return {"label": label, "before": "", "after": _("stated")}
    return {"label": label, "before": in_words(name, before), "after": in_words(name, after)}


def in_words(name, value):
    if name == "languages":
        return ", ".join(str(language_name(code)) for code in value)
    if name == "needs":
        return ", ".join(str(Need(kind=kind, detail=detail)) for kind, detail in value.items())
    if name == "reads_french":
        return _("yes") if value else _("no")
    if name == "language":
        return dict(User.language.field.choices).get(value, value)
    return display_phone(value) if name == "phone" and value else value
