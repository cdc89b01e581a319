from django.db import migrations

from cohorts.folding import fold


def fold_names_anew(apps, schema_editor):
    users = apps.get_model("cohorts", "User").objects.using(schema_editor.connection.alias)
    for user in users.iterator():
        folded = fold(user.name)
        if folded != user.name_folded:
            users.filter(pk=user.pk).update(name_folded=folded)


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0003_erase_people_and_send_once")]
    operations = [migrations.RunPython(fold_names_anew, migrations.RunPython.noop)]
