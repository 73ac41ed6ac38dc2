"""Footnotes of a table."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FootnotedModel(models.Model):
    """A table with footnotes: one on each line, the mark first ("* Tallene gjelder …")."""

    footnotes = models.TextField(
        _("fotnoter"), blank=True, help_text=_("Én fotnote på hver linje, med merket først: «* Tallene gjelder …».")
    )

    class Meta:
        abstract = True

    def footnote_list(self) -> list[tuple[str, str]]:
        """(mark, text) for each footnote."""
        lines = (line.strip() for line in self.footnotes.splitlines())
        return [(mark, text) for mark, _space, text in (line.partition(" ") for line in lines if line)]
