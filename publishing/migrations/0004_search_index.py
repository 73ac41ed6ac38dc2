"""The index that makes a search in Norwegian word forms quick. PostgreSQL alone has such indexes."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

INDEX = """
CREATE INDEX published_passage_words ON publishing_publishedpassage
USING gin (to_tsvector('norwegian'::regconfig, COALESCE(heading, '') || ' ' || COALESCE(text, '')))
"""


def make(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(INDEX)


def drop(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP INDEX published_passage_words")


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0003_copied_rows_and_pdf_orders'),
    ]

    operations = [migrations.RunPython(make, drop)]
