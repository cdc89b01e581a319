from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workshops', '0008_name_what_hangs'),
    ]

    operations = [
        migrations.AddField(
            model_name='workshop',
            name='sequence',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
    ]
