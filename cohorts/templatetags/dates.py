"""The filter `date` of all templates, instead of Django's: it knows the French first of a month."""

from django import template

from cohorts.dates import date_text

register = template.Library()


@register.filter(expects_localtime=True, is_safe=False)
def date(day, form="DATE_FORMAT"):
    return date_text(day, form) if day else ""
