"""`manage.py makemessages`: Django's own, without guesses. A text that has changed is a text to translate."""

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    """Gathers the texts of code and templates into the catalogues; needs GNU gettext."""

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]
