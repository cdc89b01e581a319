"""What an import would do, row by row, and the writing of it (see importing.py for the whole)."""

import json
from collections import defaultdict
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts.folding import fold
from cohorts.import_words import shown_change
from cohorts.languages import language_name
from cohorts.models import AgeBand, Gender, Need, Organisation, Participant, Track, User
from cohorts.phones import display_phone

USED_ELSEWHERE = gettext_lazy(
    "This e-mail or phone cannot be used here: "
    "ask the person to sign in with it, or leave it empty."
)


# What is the person's everywhere; the rest is what they are in this cohort.
OF_ACCOUNT = {"email", "phone", "language"}


class Outcome(models.TextChoices):
    NEW = "new", gettext_lazy("new")
    SAME = "same", gettext_lazy("already there")
    REPEAT = "repeat", gettext_lazy("same person as an earlier row")
    PROBLEM = "problem", gettext_lazy("problem")


@dataclass
class Planned:
    """One row, understood; `changes` is {field: (before, after)} for somebody already there."""

    number: int
    name: str = ""
    track: str | None = None
    email: str = ""
    phone: str | None = None
    languages: list = field(default_factory=list)
    reads_french: bool | None = None
    contact_language: str = ""
    organisation: str = ""
    function: str = ""
    gender: str = Gender.NOT_STATED
    age_band: str = AgeBand.NOT_STATED
    needs: dict = field(default_factory=dict)
    outcome: str = Outcome.NEW
    problems: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    changes: dict = field(default_factory=dict)
    user: User | None = None
    participant: Participant | None = None
    same_as: int | None = None
    left_out: bool = False

    @property
    def track_label(self):
        return Track(self.track).label if self.track else ""

    @property
    def phone_text(self):
        return display_phone(self.phone) if self.phone else ""

    @property
    def language_names(self):
        return [language_name(code) for code in self.languages]

    @property
    def need_names(self):
        return [Need(kind=kind, detail=detail) for kind, detail in self.needs.items()]

    @property
    def shown_changes(self):
        return [shown_change(name, *values) for name, values in self.changes.items()]

    def refuse(self, reason):
        self.problems.append(str(reason))

    def contradicts(self, email, phone):
        """Whether an e-mail or phone that both have differs: two people of one name, perhaps."""
        return differ(self.email, email) or differ(self.phone, phone)


class Plan:
    """What importing rows into a cohort would do. Nothing is written but by `write`."""

    def __init__(self, cohort, rows, ignored=()):
        self.cohort, self.rows, self.ignored = cohort, rows, list(ignored)
        self.read_what_is_there()
        self.earlier_contacts, self.earlier_names = {}, defaultdict(list)
        for row in rows:
            if not row.problems:
                self.match(row)
            if row.problems:
                row.outcome = Outcome.PROBLEM

    def read_what_is_there(self):
        known = list(User.objects.known_in(self.cohort.programme))
        own = {user.pk for user in known}
        self.contacts = {contact: user for user in known for contact in contacts_of(user)}
        emails = [row.email for row in self.rows if row.email]
        phones = [row.phone for row in self.rows if row.phone]
        taken = User.objects.filter(Q(email__in=emails) | Q(phone__in=phones))
        self.foreign = {c for user in taken if user.pk not in own for c in contacts_of(user)}
        self.changeable = set(
            User.objects.taking_part_only_in(self.cohort.programme).values_list("pk", flat=True)
        )
        people = self.cohort.participants.select_related("user", "organisation")
        people = people.prefetch_related("needs")
        self.participants = {person.user_id: person for person in people}
        # In this cohort alone: two people of one name elsewhere in the programme may be two people.
        self.names = defaultdict(list)
        for person in people:
            self.names[person.user.name_folded, person.track].append(person)
        organisations = self.cohort.programme.organisations.all()
        self.organisations = {fold(each.name): each for each in organisations}

    # --- Who a row is -------------------------------------------------------------------------

    def match(self, row):
        by_contact = [self.earlier_contacts.get(contact) for contact in contacts_of(row)]
        by_contact = [other for other in by_contact if other]
        # Rows above come first: they will be there when this one is written.
        earlier = by_contact or self.earlier_names[fold(row.name), row.track]
        if self.foreign & set(contacts_of(row)):
            row.refuse(USED_ELSEWHERE)
        elif earlier:
            self.match_earlier_row(row, earlier[0], by_contact)
        else:
            self.match_somebody_there(row)

    def match_earlier_row(self, row, other, by_contact):
        row.outcome, row.same_as = Outcome.REPEAT, other.number
        which = {"number": other.number, "name": other.name}
        if len({found.number for found in by_contact}) > 1:
            row.refuse(_("Its e-mail and its phone are those of two different rows."))
        elif by_contact and not alike(row.name, other.name):
            row.refuse(_("Row %(number)s has the same e-mail or phone, for %(name)s.") % which)
        elif row.track != other.track:
            row.refuse(_("Row %(number)s puts this person in the other group.") % which)
        elif not by_contact and row.contradicts(other.email, other.phone):
            row.refuse(
                _("Row %(number)s has the same name with another e-mail or phone.") % which
                + " "
                + _("If they are two people, leave this one out and add them by hand.")
            )

    def match_somebody_there(self, row):
        user = self.find_account(row)
        if not row.problems and not user:
            user = self.find_name(row)
        if not row.problems:
            self.take(row, user)
            self.remember(row)

    def find_account(self, row):
        """Return the account in the programme that has the row's e-mail or phone."""
        found = {self.contacts[each] for each in contacts_of(row) if each in self.contacts}
        if len(found) > 1:
            row.refuse(_("Its e-mail and its phone belong to two different people."))
            return None
        user = next(iter(found), None)
        if user and not alike(row.name, user.name):
            row.refuse(_("This e-mail or phone is that of %(name)s.") % {"name": user.name})
        return user

    def find_name(self, row):
        """Return the account of the one person in this cohort with the same name and group."""
        people = self.names[fold(row.name), row.track]
        if len(people) > 1:
            row.refuse(_("Several people here have this name: add an e-mail or a phone."))
        elif people and row.contradicts(people[0].user.email, people[0].user.phone):
            row.refuse(
                _("Somebody of this name is here, with another e-mail or phone.")
                + " "
                + _("If they are two people, leave this one out and add them by hand.")
            )
        elif people:
            return people[0].user
        return None

    def take(self, row, user):
        row.user = user
        row.participant = user and self.participants.get(user.pk)
        if row.participant and row.participant.track != row.track:
            row.refuse(_("This person is in the other group here."))
        elif row.participant:
            row.outcome = Outcome.SAME
            row.changes = self.changes(row)
        elif user:
            row.notes.append(_("Known in the programme already: the account stays the same."))

    def remember(self, row):
        self.earlier_contacts |= dict.fromkeys(contacts_of(row), row)
        self.earlier_names[fold(row.name), row.track].append(row)

    # --- What would change --------------------------------------------------------------------

    def changes(self, row):
        """Return {field: (before, after)}: nothing is emptied, and a name never changes."""
        person, user = row.participant, row.user
        wanted = {
            "languages": (person.languages, union(person.languages, row.languages)),
            "reads_french": (person.reads_french, row.reads_french),
            "language": (user.language, row.contact_language),
            "organisation": (str(person.organisation or ""), self.stored_name(row.organisation)),
            "function": (person.function, row.function),
            "needs": (needs_of(person), needs_of(person) | row.needs),
        }
        changes = {
            name: (before, after)
            for name, (before, after) in wanted.items()
            if after not in ("", None) and before != after
        }
        return changes | self.contacts_filled_in(row) | counted_filled_in(row)

    def contacts_filled_in(self, row):
        filled = {}
        for name in ("email", "phone"):
            before, after = getattr(row.user, name), getattr(row, name)
            if after and not before and row.user.pk in self.changeable:
                filled[name] = ("", after)
            elif after and after != before:
                row.notes.append(_("The e-mail or phone that is there stays."))
        return filled

    def stored_name(self, organisation):
        known = self.organisations.get(fold(organisation))
        return known.name if known else organisation

    # --- What the preview shows ---------------------------------------------------------------

    def of(self, outcome):
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def new(self):
        return self.of(Outcome.NEW)

    @property
    def changed(self):
        return [row for row in self.of(Outcome.SAME) if row.changes]

    @property
    def problem_rows(self):
        return self.of(Outcome.PROBLEM)

    @property
    def unmended(self):
        return [row for row in self.problem_rows if not row.left_out]

    @property
    def shown_rows(self):
        """Those with a problem first."""
        return sorted(self.rows, key=lambda row: row.outcome != Outcome.PROBLEM)

    @property
    def new_organisations(self):
        """The names of the institutions that the import would add, as cities."""
        named = {fold(row.organisation): row.organisation for row in [*self.new, *self.changed]}
        return [name for folded, name in named.items() if name and folded not in self.organisations]

    def leave_out(self, numbers):
        for row in self.problem_rows:
            row.left_out = row.number in numbers

    def digest(self):
        """Return what tells this plan from another: only what was seen is to be written."""
        # Not the cells: they came back signed, as they were shown.
        seen = [[row.number, row.outcome, row.problems, row.changes] for row in self.rows]
        text = json.dumps(seen, default=str, sort_keys=True)
        return salted_hmac("cohorts.import_plan", text).hexdigest()

    # --- Writing ------------------------------------------------------------------------------

    @transaction.atomic
    def write(self, *, by, at):
        """Add and change people as planned: all of them, or nobody.

        Raises ValidationError while a problem row is neither mended nor left out.
        """
        if self.unmended:
            raise ValidationError(_("Mend the rows with a problem, or leave them out."))
        cities = dict.fromkeys(self.new_organisations, Organisation.Kind.CITY)
        for name, city in self.cohort.programme.organisations_named(cities).items():
            self.organisations[fold(name)] = city
        self.write_new(by, at)
        for row in self.changed:
            self.write_changes(row)

    def write_new(self, by, at):
        fresh = [row for row in self.new if not row.user]
        for row in fresh:
            row.user = new_user(row, at)
        User.objects.bulk_create([row.user for row in fresh])
        for row in self.new:
            row.participant = self.new_participant(row, by, at)
        Participant.objects.bulk_create([row.participant for row in self.new])
        Need.objects.bulk_create(
            Need(participant=row.participant, kind=kind, detail=detail)
            for row in self.new
            for kind, detail in row.needs.items()
        )

    def new_participant(self, row, by, at):
        return Participant(
            user=row.user,
            cohort=self.cohort,
            track=row.track,
            organisation=self.organisations.get(fold(row.organisation)),
            function=row.function,
            languages=row.languages,
            reads_french=row.reads_french is not False,
            gender=row.gender,
            age_band=row.age_band,
            recorded_by=by,
            recorded_at=at,
        )

    def write_changes(self, row):
        after = {name: values[1] for name, values in row.changes.items()}
        needs = after.pop("needs", None)
        if "organisation" in after:
            after["organisation"] = self.organisations[fold(after["organisation"])]
        for owner, names in ((row.user, OF_ACCOUNT), (row.participant, set(after) - OF_ACCOUNT)):
            changed = names & set(after)
            for name in changed:
                setattr(owner, name, after[name])
            owner.save(update_fields=changed)
        if needs is not None:
            row.participant.set_needs(needs)


def contacts_of(person):
    return [contact for contact in (person.email, person.phone) if contact]


def differ(one, other):
    return bool(one and other and one != other)


def alike(one, other):
    """Whether two names may be one person's: the same words in any order, some left out perhaps."""
    words, others = set(fold(one).split()), set(fold(other).split())
    return words <= others or others <= words


def union(codes, more):
    return list(dict.fromkeys([*codes, *more]))


def needs_of(person):
    return {need.kind: need.detail for need in person.needs.all()}


def counted_filled_in(row):
    """Gender and age band are filled in where nothing is stated; their value is shown nowhere."""
    return {
        name: (nothing, getattr(row, name))
        for name, nothing in {"gender": Gender.NOT_STATED, "age_band": AgeBand.NOT_STATED}.items()
        if getattr(row.participant, name) == nothing != getattr(row, name)
    }


def new_user(row, at):
    user = User(
        name=row.name,
        email=row.email,
        phone=row.phone,
        language=row.contact_language or User.language.field.default,
        joined_at=at,
    )
    user.set_unusable_password()
    # bulk_create calls no save().
    user.tidy()
    return user
