"""The order of a Norwegian dictionary, whatever order the database has of its own."""

from django.db.models import Value
from django.db.models.functions import Lower, Replace

LAST_LETTERS = (("æ", "zza"), ("ø", "zzb"), ("å", "zzc"))
"""The end of the Norwegian alphabet, and how it is spelled so that any database sorts it there."""


def alphabetical(field: str) -> Replace | Lower:
    """The text so that it sorts as in a Norwegian dictionary, whatever the database's own order is."""
    text: Replace | Lower = Lower(field)
    for letter, spelled in LAST_LETTERS:
        for form in (letter, letter.upper()):  # SQLite makes no capital letter but A to Z small
            text = Replace(text, Value(form), Value(spelled))
    return text
