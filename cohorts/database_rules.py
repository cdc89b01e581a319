"""Rules that the database itself enforces by triggers, on SQLite and on PostgreSQL.

A rule is stated once, in its app's `rules.py`, as `Frozen(model, columns, unless)`. Triggers are
made anew after every migration, since SQLite silently loses those of a table that was altered.
"""

from dataclasses import dataclass

from django.apps import apps
from django.db import connections
from django.db.models.signals import post_migrate

FUNCTION = "embrace_refuse_change"
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
        return apps.get_model(self.model)._meta.db_table

    def frozen_columns(self):
        meta = apps.get_model(self.model)._meta
        fields = (
            [meta.get_field(name) for name in self.columns]
            if self.columns
            else [field for field in meta.concrete_fields if not field.name.endswith("_by")]
        )
        return [field.column for field in fields]

    def trigger_name(self, event):
        return f"frozen_{self.table}_{event}"


def install_after_migrations(app_config, rules):
    """Have the triggers of `rules` made anew whenever the app was migrated."""

    def install_there(using, **_more):
        tables = set(connections[using].introspection.table_names())
        install([rule for rule in rules if rule.table in tables], using)

    post_migrate.connect(
        install_there,
        sender=app_config,
        weak=False,
        dispatch_uid=f"rules of {app_config.label}",
    )


def install(rules, using="default"):
    """Create, or create anew, the triggers of `rules` in the database `using`."""
    connection = connections[using]
    create = {"sqlite": create_on_sqlite, "postgresql": create_on_postgresql}[connection.vendor]
    with connection.cursor() as cursor:
        for rule in rules:
            remove_rule(cursor, connection.vendor, rule)
            create(cursor, rule)


def remove(rules, using="default"):
    connection = connections[using]
    with connection.cursor() as cursor:
        for rule in rules:
            remove_rule(cursor, connection.vendor, rule)


def remove_rule(cursor, vendor, rule):
    on_table = f' ON "{rule.table}"' if vendor == "postgresql" else ""
    for event in ("update", "delete"):
        cursor.execute(f'DROP TRIGGER IF EXISTS "{rule.trigger_name(event)}"{on_table}')


def change_condition(rule, differs):
    changed = " OR ".join(
        f'OLD."{column}" {differs} NEW."{column}"'
        + (f" AND NEW.\"{column}\" <> '{ERASED}'" if column in rule.erasable else "")
        for column in rule.frozen_columns()
    )
    return f"({changed}) AND NOT ({rule.unless})" if rule.unless else f"({changed})"


def create_on_sqlite(cursor, rule):
    refuse = f"BEGIN SELECT RAISE(ABORT, '{rule.table} is frozen'); END"
    cursor.execute(
        f'CREATE TRIGGER "{rule.trigger_name("update")}" BEFORE UPDATE ON "{rule.table}" '
        f"FOR EACH ROW WHEN {change_condition(rule, 'IS NOT')} {refuse}"
    )
    if not rule.deletable:
        cursor.execute(
            f'CREATE TRIGGER "{rule.trigger_name("delete")}" BEFORE DELETE ON "{rule.table}" '
            f"FOR EACH ROW {refuse}"
        )


def create_on_postgresql(cursor, rule):
    cursor.execute(
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '% is frozen', TG_TABLE_NAME USING ERRCODE = 'check_violation'; "
        "END $$"
    )
    cursor.execute(
        f'CREATE TRIGGER "{rule.trigger_name("update")}" BEFORE UPDATE ON "{rule.table}" '
        f"FOR EACH ROW WHEN ({change_condition(rule, 'IS DISTINCT FROM')}) "
        f"EXECUTE FUNCTION {FUNCTION}()"
    )
    if not rule.deletable:
        cursor.execute(
            f'CREATE TRIGGER "{rule.trigger_name("delete")}" BEFORE DELETE ON "{rule.table}" '
            f"FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()"
        )
