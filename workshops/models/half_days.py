from datetime import datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from cohorts.dates import date_text

NOON = time(13)


class HalfDay(models.Model):
    """A morning or an afternoon of a workshop, for which presence is taken."""

    class Part(models.TextChoices):
        MORNING = "1_morning", _("morning")
        AFTERNOON = "2_afternoon", _("afternoon")

    workshop = models.ForeignKey(
        "workshops.Workshop", on_delete=models.CASCADE, related_name="half_days"
    )
    date = models.DateField(_("date"))
    part = models.CharField(_("half-day"), max_length=20, choices=Part)

    class Meta:
        ordering = ["date", "part"]
        verbose_name = _("half-day")
        verbose_name_plural = _("half-days")
        constraints = [
            models.UniqueConstraint(fields=["workshop", "date", "part"], name="half_day_once")
        ]

    def __str__(self):
        return f"{date_text(self.date, 'j N')} {self.get_part_display()}"

    @property
    def slot(self):
        return self.date, self.part

    @property
    def minutes(self):
        """How long the workshop lasts in this half-day; 0 for one chosen outside its times."""
        starts_at, ends_at = self.workshop.times_on(self.date)
        cut = datetime.combine(self.date, NOON, self.workshop.cohort.zone)
        if self.part == self.Part.MORNING:
            ends_at = min(ends_at, cut)
        else:
            starts_at = max(starts_at, cut)
        return max(0, int((ends_at - starts_at).total_seconds()) // 60)


class HasHalfDays(models.Model):
    """The half-days of a workshop: proposed from its times, and chosen by hand where that errs."""

    class Meta:
        abstract = True

    def proposed_half_days(self):
        """Return the [(date, part)] that it touches; a day is cut in two at 13:00, local time."""
        proposed = []
        for day in self.days():
            cut = datetime.combine(day, NOON, self.cohort.zone)
            midnight = datetime.combine(day, time(0), self.cohort.zone)
            next_midnight = datetime.combine(day + timedelta(days=1), time(0), self.cohort.zone)
            if self.starts_at < cut and self.ends_at > midnight:
                proposed.append((day, HalfDay.Part.MORNING))
            if self.ends_at > cut and self.starts_at < next_midnight:
                proposed.append((day, HalfDay.Part.AFTERNOON))
        return proposed

    def days(self):
        first, last = self.local_start.date(), self.local_end.date()
        return [first + timedelta(days=number) for number in range((last - first).days + 1)]

    def times_on(self, day):
        """When it begins and ends on that day: each of several days keeps the same hours.

        One that ends at an earlier hour than it began goes on through the night.
        """
        first, last, zone = self.local_start, self.local_end, self.cohort.zone
        if first.time() < last.time():
            hours = first.time(), last.time()
            return tuple(datetime.combine(day, each, zone) for each in hours)
        midnight = datetime.combine(day, time(0), zone)
        next_midnight = datetime.combine(day + timedelta(days=1), time(0), zone)
        return max(first, midnight), min(last, next_midnight)

    def half_days_with_attendance(self):
        return self.half_days.filter(attendances__isnull=False).distinct()

    def half_days_with_attendance_outside(self):
        """Those with attendance that its new times leave out, although the stored ones hold them.

        One that was chosen by hand needs only its day.
        """
        if not self.pk:
            return []
        before = type(self).objects.select_related("cohort").get(pk=self.pk)
        left_out = set(before.proposed_half_days()) - set(self.proposed_half_days())
        days = self.days()
        return [
            each
            for each in self.half_days_with_attendance()
            if each.slot in left_out or each.date not in days
        ]

    def renew_half_days(self):
        """Bring the half-days into line with the times; those with attendance stay."""
        self._keep_half_days(self.proposed_half_days())

    @transaction.atomic
    def choose_half_days(self, wanted):
        """Have exactly these [(date, part)]; those with attendance must be among them.

        Raises ValidationError when one is not, or once attendance is closed.
        """
        if self.status == self.Status.HELD:
            raise ValidationError(_("Attendance is closed: the half-days stay as they are."))
        lost = [each for each in self.half_days_with_attendance() if each.slot not in wanted]
        if lost:
            raise ValidationError(
                _("Attendance is recorded for %(half_days)s, which must stay."),
                params={"half_days": ", ".join(map(str, lost))},
            )
        self._keep_half_days(wanted)

    @transaction.atomic
    def _keep_half_days(self, wanted):
        for half_day in self.half_days.filter(attendances=None):
            if half_day.slot not in wanted:
                half_day.delete()
        there = set(self.half_days.values_list("date", "part"))
        HalfDay.objects.bulk_create(
            HalfDay(workshop=self, date=date, part=part) for date, part in set(wanted) - there
        )
