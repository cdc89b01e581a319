import django.db.models.deletion
import workshops.models.feeds
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cohorts', '0005_state_each_need_once'),
        ('workshops', '0009_count_changes_of_workshops'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seed', models.CharField(default=workshops.models.feeds.new_seed, editable=False, max_length=22, unique=True)),
                ('cohort', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feeds', to='cohorts.cohort')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feeds', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'calendar address',
                'verbose_name_plural': 'calendar addresses',
                'constraints': [models.UniqueConstraint(condition=models.Q(('cohort', None)), fields=('user',), name='one_own_feed_per_person'), models.UniqueConstraint(condition=models.Q(('cohort__isnull', False)), fields=('user', 'cohort'), name='one_feed_per_person_and_cohort')],
            },
        ),
    ]
