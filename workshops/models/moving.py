from django.db import models


class Moving(models.Model):
    """Something with a state, a table of the `MOVES` between states, and one door for them."""

    MOVES = {}

    class Meta:
        abstract = True

    def can_move_to(self, status):
        return status in self.MOVES[self.status]

    def _move(self, status, **changes):
        """Change the state, and with it what belongs to it; answer whether it moved.

        The row must still be in the state that was seen, so that two clicks count once.
        """
        if not self.can_move_to(status):
            return False
        changes["status"] = status
        here = type(self)._default_manager.filter(pk=self.pk, status=self.status)
        moved = here.update(**changes)
        if moved:
            for name, value in changes.items():
                setattr(self, name, value)
        return bool(moved)
