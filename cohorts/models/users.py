from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohorts.folding import fold
from cohorts.phones import display_phone, normalise_phone

FOLDED_LENGTH = 400


def fold_name(name):
    """Return a name as it is searched and sorted; one sign may unfold to eighteen letters."""
    return fold(name)[:FOLDED_LENGTH]


class UserQuerySet(models.QuerySet):
    def search(self, text):
        return self.filter(name_folded__contains=fold(text))

    def end_sessions(self):
        """Sign these people out everywhere: a session holds only with the password it began with.

        Nobody has a password here, but the unusable one that stands for it is random.
        """
        users = list(self)
        for user in users:
            user.set_unusable_password()
        self.model.objects.bulk_update(users, ["password"])

    def known_in(self, programme):
        """Those who take part in, work for or facilitate in one of the programme's cohorts."""
        # Subqueries, not joins: somebody with two roles would be found twice.
        participations = programme.cohorts.values("participants__user")
        facilitations = programme.cohorts.values("workshops__facilitations__user")
        appointments = programme.cohorts.values("appointments__user")
        return self.filter(
            Q(pk__in=participations)
            | Q(pk__in=facilitations)
            | Q(pk__in=appointments)
            | Q(pk__in=programme.appointments.values("user"))
        )

    def taking_part_only_in(self, programme):
        """Accounts that open nothing but a participant's things in this one programme.

        Its staff may change their e-mail and phone, which are what one signs in with.
        """
        here = self.known_in(programme).filter(is_admin=False, appointments=None)
        others = type(programme).objects.exclude(pk=programme.pk)
        elsewhere = User.objects.filter(
            Q(pk__in=others.values("cohorts__participants__user"))
            | Q(pk__in=others.values("cohorts__workshops__facilitations__user"))
        )
        return here.exclude(pk__in=elsewhere)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, name, *, email=None, phone=None, language="fr", **more):
        user = self.model(name=name, email=email, phone=phone, language=language, **more)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def find_or_create(self, name, email, **more):
        """The account of this e-mail; of two who make it at once, the second gets the first's."""
        unusable = make_password(None)
        account, _is_new = self.get_or_create(
            email=email, defaults={"name": name, "password": unusable, **more}
        )
        return account

    # For Django's command `createsuperuser`; the password that it asks for is never used.
    def create_superuser(self, email, name, password=None):
        return self.create_user(name, email=email, is_admin=True)


class User(AbstractBaseUser):
    """A person with an account, whatever they do in whichever cohort; roles hang elsewhere."""

    name = models.CharField(_("name"), max_length=200)
    name_folded = models.CharField(max_length=FOLDED_LENGTH, editable=False, db_index=True)
    email = models.EmailField(_("e-mail"), null=True, blank=True, unique=True)
    phone = models.CharField(_("phone"), max_length=20, null=True, blank=True, unique=True)
    language = models.CharField(
        _("language of the screens"),
        max_length=10,
        choices=settings.LANGUAGES,
        default="fr",
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_admin = models.BooleanField(_("platform admin"), default=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    erased_by = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        ordering = ["name_folded", "id"]
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="user_has_a_name"),
            # A blank e-mail or phone is NULL, or the second person without one would collide.
            models.CheckConstraint(
                condition=~models.Q(email="") & ~models.Q(phone=""),
                name="user_blank_is_null",
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        self.email = normalise_email(self.email)
        self.phone = normalise_phone(self.phone)

    def save(self, *args, **kwargs):
        self.tidy()
        super().save(*args, **kwargs)

    def tidy(self):
        """Bring name, e-mail and phone into the one form in which they are stored."""
        self.name = " ".join(self.name.split())
        self.name_folded = fold_name(self.name)
        self.email = normalise_email(self.email)
        self.phone = normalise_phone(self.phone)

    def choose_language(self, code):
        self.language = code
        # That alone: another page may be changing the rest of the account.
        self.save(update_fields=["language"])

    def end_sessions(self):
        User.objects.filter(pk=self.pk).end_sessions()

    def takes_part_only_in(self, programme):
        return User.objects.filter(pk=self.pk).taking_part_only_in(programme).exists()

    def serves_only(self, appointment=None):
        """Whether nobody signs in with the account and it opens nothing, or this alone."""
        # Whoever has signed in knows this account: it is not ours to change or to take away.
        if self.is_admin or self.last_login:
            return False
        others = self.appointments.exclude(pk=appointment and appointment.pk)
        return not (others.exists() or self.participations.exists() or self.facilitations.exists())

    def delete_if_used_nowhere(self):
        if self.serves_only():
            self.delete()

    def is_named_by_a_team(self):
        """Whether the staff of a programme may change the name; otherwise the person does."""
        participations = self.participations.select_related("cohort__programme")
        return any(self.takes_part_only_in(each.cohort.programme) for each in participations)

    @property
    def first_name(self):
        return self.name.split()[0]

    @property
    def phone_text(self):
        return display_phone(self.phone) if self.phone else ""

    # Django's admin asks these three; it holds set-up and staff accounts only, for platform admins.
    @property
    def is_staff(self):
        return self.is_admin

    def has_perm(self, perm, obj=None):
        return self.is_active and self.is_admin

    def has_module_perms(self, app_label):
        return self.is_active and self.is_admin


def normalise_email(text):
    return (text or "").strip().lower() or None
