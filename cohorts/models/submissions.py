from django.db import models
from django.utils import timezone


class Submission(models.Model):
    """A form that made something, and where it led; kept for a day (see forms/once.py)."""

    key = models.CharField(max_length=64, unique=True)
    address = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self):
        return self.address

    def settle(self, address):
        """Keep where the form led, or forget a form that led nowhere, so that it can be mended."""
        if not address:
            return self.delete()
        self.address = address
        return self.save(update_fields=["address"])
