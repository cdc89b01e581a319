from django.db import migrations

from cohorts.folding import fold


def fold_testimonies_anew(apps, schema_editor):
    manager = apps.get_model("workshops", "Testimony").objects
    testimonies = manager.using(schema_editor.connection.alias)
    for testimony in testimonies.filter(status="kept").iterator():
        words = [*(testimony.text or {}).values(), testimony.original_text]
        folded = fold(" ".join(words))
        if folded != testimony.text_folded:
            testimonies.filter(pk=testimony.pk).update(text_folded=folded)


class Migration(migrations.Migration):
    dependencies = [("workshops", "0004_check_themes_and_release_subjects")]
    operations = [migrations.RunPython(fold_testimonies_anew, migrations.RunPython.noop)]
