"""Rules that the database itself enforces by triggers, on SQLite and on PostgreSQL.

A rule is stated once, in its app's `rules.py`: `Frozen` where a row's own columns tell what it
refuses, `Guarded` where other tables do. Triggers are made anew after every migration, since SQLite
silently loses those of a table that was altered.
"""

from dataclasses import dataclass
from functools import partial

from django.apps import apps
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate

ERASED = "—"


@dataclass(frozen=True)
class Frozen:
    """Rows of `model` keep `columns` for ever and are not deleted.

    `columns` are field names; None means all of the row but the actor keys, which erasure may
    blank. `unless` is SQL over NEW and OLD under which a change is let through. `erasable` names
    columns of text that may still become ERASED, when the person they speak of is erased.
    """

    model: str
    columns: tuple[str, ...] | None = None
    unless: str = ""
    deletable: bool = False
    erasable: tuple[str, ...] = ()

    @property
    def table(self):
        return table_of(self.model)

    def frozen_columns(self):
        meta = apps.get_model(self.model)._meta
        fields = (
            [meta.get_field(name) for name in self.columns]
            if self.columns
            else [field for field in meta.concrete_fields if not field.name.endswith("_by")]
        )
        return [field.column for field in fields]

    def refusals(self, differs):
        """Return {event: SQL under which it is refused}; `differs` compares and knows of NULL."""
        changed = " OR ".join(
            f'OLD."{column}" {differs} NEW."{column}"'
            + (f" AND NEW.\"{column}\" <> '{ERASED}'" if column in self.erasable else "")
            for column in self.frozen_columns()
        )
        change = f"({changed}) AND NOT ({self.unless})" if self.unless else changed
        return {"update": change} if self.deletable else {"update": change, "delete": "TRUE"}


@dataclass(frozen=True)
class Guarded:
    """Rows of `model` refuse what the SQL of an event says, over NEW and OLD and other tables."""

    model: str
    insert: str
    update: str
    delete: str

    @property
    def table(self):
        return table_of(self.model)

    def refusals(self, differs):
        return {"insert": self.insert, "update": self.update, "delete": self.delete}


def table_of(model):
    return apps.get_model(model)._meta.db_table


def install_after_migrations(app_config, rules):
    """Have the triggers of `rules` made anew whenever the app was migrated.

    They are gone while it is: SQLite refuses to rename a table, as Django does to alter one, while
    a trigger looks at a table that is not there.
    """
    on_migration = {pre_migrate: remove, post_migrate: install}
    for signal, change in on_migration.items():
        signal.connect(
            partial(change_there, change, rules),
            sender=app_config,
            weak=False,
            dispatch_uid=f"rules of {app_config.label}",
        )


def change_there(change, rules, *, using, **_more):
    tables = set(connections[using].introspection.table_names())
    change([rule for rule in rules if rule.table in tables], using)


def install(rules, using="default"):
    """Create, or create anew, the triggers of `rules` in the database `using`."""
    connection = connections[using]
    create, differs = {
        "sqlite": (create_on_sqlite, "IS NOT"),
        "postgresql": (create_on_postgresql, "IS DISTINCT FROM"),
    }[connection.vendor]
    with connection.cursor() as cursor:
        for rule in rules:
            remove_rule(cursor, connection.vendor, rule)
            for event, condition in rule.refusals(differs).items():
                create(cursor, rule.table, event, condition)


def remove(rules, using="default"):
    connection = connections[using]
    with connection.cursor() as cursor:
        for rule in rules:
            remove_rule(cursor, connection.vendor, rule)


def remove_rule(cursor, vendor, rule):
    on_table = f' ON "{rule.table}"' if vendor == "postgresql" else ""
    for event in ("insert", "update", "delete"):
        cursor.execute(f'DROP TRIGGER IF EXISTS "{trigger_name(rule.table, event)}"{on_table}')


def trigger_name(table, event):
    return f"frozen_{table}_{event}"


def create_on_sqlite(cursor, table, event, condition):
    cursor.execute(
        f'CREATE TRIGGER "{trigger_name(table, event)}" BEFORE {event} ON "{table}" '
        f"FOR EACH ROW WHEN {condition} BEGIN SELECT RAISE(ABORT, '{table} is frozen'); END"
    )


def create_on_postgresql(cursor, table, event, condition):
    """The condition stands in a function, since a trigger's WHEN may not look at other tables."""
    name = trigger_name(table, event)
    goes_on = "OLD" if event == "delete" else "NEW"
    cursor.execute(
        f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ '
        f"BEGIN IF {condition} THEN "
        "RAISE EXCEPTION '% is frozen', TG_TABLE_NAME USING ERRCODE = 'check_violation'; "
        f"END IF; RETURN {goes_on}; END $$"
    )
    cursor.execute(
        f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" '
        f'FOR EACH ROW EXECUTE FUNCTION "{name}"()'
    )
