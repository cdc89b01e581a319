"""Django's admin, for platform admins alone: programmes, their first staff, and no participant.

Accounts that only take part, and whatever hangs from them, are in no list, no choice and no search
here. Nothing can be deleted but an appointment, and a programme that holds nothing but its staff: a
refusal to delete would list what hangs.
"""

from functools import update_wrapper

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from cohorts import second_factor
from cohorts.appointing import appoint
from cohorts.contacts import leave_former_email
from cohorts.forms.fields import EmailField, NameField
from cohorts.models import Appointment, Organisation, Programme, User
from cohorts.models.users import normalise_email
from cohorts.removal import what_hangs


class SetUpSite(admin.AdminSite):
    site_title = site_header = "Embrace"
    index_title = _("Set-up and accounts")
    enable_nav_sidebar = False

    def has_permission(self, request):
        return request.user.is_active and request.user.is_admin

    def admin_view(self, view, cacheable=False):
        inner = super().admin_view(view, cacheable)

        def guarded(request, *args, **kwargs):
            # 404 and not a refusal: nobody else is to learn that an administration is here.
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            return inner(request, *args, **kwargs)

        return update_wrapper(guarded, inner)

    def get_urls(self):
        return [
            each
            for each in super().get_urls()
            # Nobody has a password, so these pages would mislead.
            if "password" not in (getattr(each, "name", "") or "")
        ]

    def login(self, request, extra_context=None):
        there = request.GET.get("next", reverse("admin:index"))
        return redirect(f"{reverse('account_login')}?{urlencode({'next': there})}")


site = SetUpSite(name="admin")


class KeptAdmin(admin.ModelAdmin):
    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Programme, site=site)
class ProgrammeAdmin(KeptAdmin):
    search_fields = ["name"]

    def has_delete_permission(self, request, obj=None):
        return obj is not None and not what_hangs(obj)

    @transaction.atomic
    def delete_model(self, request, programme):
        for appointment in programme.appointments.all():
            appointment.remove()
        programme.delete()

    def response_post_save_add(self, request, programme):
        """What a new programme needs next is its first staff."""
        address = reverse("admin:cohorts_appointment_add")
        return redirect(f"{address}?{urlencode({'programme': programme.pk})}")


@admin.register(Organisation, site=site)
class OrganisationAdmin(KeptAdmin):
    list_display = ["name", "kind", "programme"]
    list_filter = ["programme", "kind"]
    search_fields = ["name"]


class NumberedLog:
    """Names rows by their number in the admin's log, which outlives accounts that were removed."""

    def log_addition(self, request, row, message):
        return numbered([super().log_addition(request, row, message)])

    def log_change(self, request, row, message):
        return numbered([super().log_change(request, row, message)])

    def log_deletions(self, request, rows):
        return numbered(super().log_deletions(request, rows))


def numbered(entries):
    for entry in entries:
        entry.object_repr = f"#{entry.object_id}"
    LogEntry.objects.bulk_update(entries, ["object_repr"])
    return entries


PLACES = ["programme", "cohort", "organisation"]


class AppointmentForm(forms.ModelForm):
    name = NameField()
    email = EmailField(
        label=_("E-mail"), help_text=_("They sign in with it; no password is needed.")
    )

    class Meta:
        model = Appointment
        fields = PLACES
        help_texts = {
            "programme": _("For staff of the whole programme."),
            "cohort": _("For staff of one cohort, or for a coordinator."),
            "organisation": _("For a coordinator, beside the cohort."),
        }

    def clean_email(self):
        return normalise_email(self.cleaned_data["email"])

    def clean(self):
        places = {key: self.cleaned_data.get(key) for key in PLACES}
        self.place = {key: place for key, place in places.items() if place}
        if set(self.place) not in ({"programme"}, {"cohort"}, {"cohort", "organisation"}):
            raise forms.ValidationError(
                _(
                    "Staff belong to a programme or a cohort; "
                    "a coordinator to an institution in a cohort."
                )
            )
        self.check_programme(**self.place)
        return self.cleaned_data

    def check_programme(self, cohort=None, organisation=None, programme=None):
        if organisation and organisation.programme_id != cohort.programme_id:
            self.add_error("organisation", _("It is not an institution of this cohort."))

    def _post_clean(self):
        """The account and the role come with `appoint`."""

    def save(self, commit=True):
        name, email = self.cleaned_data["name"], self.cleaned_data["email"]
        return appoint(name, email, self.place, by=self.by, at=timezone.now())

    def save_m2m(self):
        pass


@admin.register(Appointment, site=site)
class AppointmentAdmin(NumberedLog, admin.ModelAdmin):
    form = AppointmentForm
    fields = ["name", "email", *PLACES]
    list_display = ["__str__", "role", "programme", "cohort", "organisation"]
    list_select_related = ["user", "programme", "cohort", "organisation"]
    list_filter = ["role", "programme"]
    search_fields = ["user__name_folded", "user__email"]

    # A role is ended and given anew: changing it would rewrite who appointed whom to what.
    def has_change_permission(self, request, obj=None):
        return False

    def get_fields(self, request, obj=None):
        return ["user", "role", *PLACES] if obj else self.fields

    def save_form(self, request, form, change):
        form.by = request.user
        return form.save()

    def save_model(self, request, obj, form, change):
        """`appoint` has saved it."""

    def delete_model(self, request, appointment):
        appointment.remove()

    def delete_queryset(self, request, appointments):
        for appointment in appointments:
            appointment.remove()


@admin.register(User, site=site)
class UserAdmin(NumberedLog, KeptAdmin):
    """Accounts of platform admins, staff and coordinators. Adding one makes a platform admin."""

    fields = ["name", "email", "language", "is_active", "is_admin"]
    list_display = ["name", "email", "is_admin", "is_active"]
    list_filter = ["is_admin", "is_active"]
    search_fields = ["name_folded", "email"]
    actions = ["reset_second_factor"]

    def get_queryset(self, request):
        accounts = super().get_queryset(request)
        return accounts.filter(Q(is_admin=True) | Q(pk__in=Appointment.objects.values("user")))

    def get_fields(self, request, obj=None):
        return self.fields if obj else ["name", "email", "language"]

    def get_fieldsets(self, request, obj=None):
        fields = self.get_fields(request, obj)
        hint = _("This makes a platform admin. Staff and coordinators are added as appointments.")
        return [(None, {"fields": fields} if obj else {"fields": fields, "description": hint})]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.is_admin = True
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if change and "email" in form.changed_data:
            leave_former_email(obj)

    @admin.action(description=_("Let them set up the second step anew"))
    def reset_second_factor(self, request, accounts):
        second_factor.forget(accounts)
        messages.success(request, _("They set up the second step anew when they sign in next."))
