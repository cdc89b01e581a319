from django.db import models
from django.utils.translation import gettext_lazy as _


def all_above(pk, parents):
    """Return the keys above `pk`, given {key: parent's key}; each once, even in a circle."""
    above = []
    # Two who edit at once may close a circle, which check_data then names.
    while (pk := parents.get(pk)) and pk not in above:
        above.append(pk)
    return above


class OrganisationQuerySet(models.QuerySet):
    def managed_by(self, user):
        """Those of the programmes that the user is staff of, whole or for one cohort."""
        appointments = user.appointments.of_staff()
        return self.filter(
            models.Q(programme__in=appointments.values("programme"))
            | models.Q(programme__in=appointments.values("cohort__programme"))
        )

    def parents(self):
        """Return {key: parent's key} of those that belong to another."""
        return dict(self.exclude(parent=None).values_list("pk", "parent"))

    def institutions(self):
        return self.filter(kind__in=Organisation.INSTITUTIONS)


class Organisation(models.Model):
    """A body that takes part in a programme: its operator, a city, an authority, a funder."""

    class Kind(models.TextChoices):
        OPERATOR = "operator", _("operator")
        CITY = "city", _("city")
        AUTHORITY = "authority", _("intermunicipal authority")
        ASSOCIATION = "association", _("association")
        FUNDER = "funder", _("funder")
        OTHER = "other", _("other")

    # Those that can be asked to answer an action, and so have a coordinator.
    INSTITUTIONS = {Kind.CITY, Kind.AUTHORITY, Kind.OTHER}

    programme = models.ForeignKey(
        "cohorts.Programme",
        verbose_name=_("programme"),
        on_delete=models.PROTECT,
        related_name="organisations",
    )
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.CITY)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("belongs to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="members",
        help_text=_("The intermunicipal authority of a city, for example."),
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "name"],
                name="organisation_named_once",
                violation_error_message=_(
                    "This programme already has an organisation of this name."
                ),
            ),
            models.UniqueConstraint(
                fields=["programme"],
                condition=models.Q(kind="operator"),
                name="programme_has_one_operator",
                violation_error_message=_("This programme already has its operator."),
            ),
        ]

    def __str__(self):
        return self.name
