"""Frozen documents: the publication, its chapters' pages and its files."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisation.models import User
from plans.models import Document


class PublicationQuerySet(models.QuerySet["Publication"]):
    def newest(self) -> "Publication | None":
        """The one with the highest version, of one document's publications."""
        return self.order_by("-version").first()

    def latest_of_each(self) -> "PublicationQuerySet":
        """The newest version of each document, newest first."""
        newest = self.filter(document=models.OuterRef("document")).order_by("-version").values("version")[:1]
        return self.filter(version=models.Subquery(newest)).order_by("-published_at")


class Publication(models.Model):
    """A frozen document: contents, figures and files as they were when it was published.

    Never changed, never deleted.
    """

    class Stage(models.TextChoices):
        PROPOSAL = "proposal", _("forslag")
        ADOPTED = "adopted", _("vedtatt")
        REVISED = "revised", _("revidert")
        TERTIAL = "tertial", _("tertialrapport")
        FINAL = "final", _("endelig")

    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="publications", verbose_name=_("dokument")
    )
    version = models.PositiveIntegerField(_("versjon"))
    slug = models.SlugField(_("adresse"), max_length=100)
    title = models.CharField(_("tittel"), max_length=200)
    year = models.PositiveSmallIntegerField(_("år"))
    stage = models.CharField(_("stadium"), max_length=10, choices=Stage)
    decision_body = models.CharField(_("vedtatt av"), max_length=200, blank=True)
    case_number = models.CharField(_("saksnummer"), max_length=50, blank=True)
    decided_on = models.DateField(_("vedtatt dato"), null=True, blank=True)
    reason = models.TextField(_("hva som er endret"), blank=True)
    is_correction = models.BooleanField(_("retter en feil i forrige versjon"), default=False)
    published_at = models.DateTimeField(_("publisert"))
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("publisert av"))
    publisher = models.CharField(_("navnet til den som publiserte"), max_length=301, blank=True)
    contents = models.TextField(_("innhold som JSON"))
    sha256 = models.CharField(_("kontrollsum"), max_length=64)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publikasjon")
        verbose_name_plural = _("publikasjoner")
        ordering = ["-published_at"]
        constraints = [models.UniqueConstraint(fields=["document", "version"], name="one_publication_per_version")]

    def __str__(self) -> str:
        return gettext("%(title)s, versjon %(version)s") % {"title": self.title, "version": self.version}

    def get_absolute_url(self) -> str:
        """The title page of this version, for ever."""
        return reverse("publishing:version_document", args=[self.slug, self.version])

    @property
    def decision(self) -> str:
        """Who decided it and in which case: «Kommunestyret, sak 123/24»; "" where nobody has."""
        case = gettext("sak %(number)s") % {"number": self.case_number} if self.case_number else ""
        return ", ".join(filter(None, [self.decision_body, case]))


class PublishedChapter(models.Model):
    """A chapter's page as HTML, drawn once, at publication. `outline` is its headings: [[anchor, text, level], …]."""

    publication = models.ForeignKey(
        Publication, on_delete=models.CASCADE, related_name="chapters", verbose_name=_("publikasjon")
    )
    position = models.PositiveSmallIntegerField(_("rekkefølge"))
    number = models.CharField(_("nummer"), max_length=10)
    slug = models.SlugField(_("adresse"), max_length=100)
    title = models.CharField(_("tittel"), max_length=200)
    html = models.TextField(_("side"))
    outline = models.JSONField(_("overskrifter"), default=list)
    sha256 = models.CharField(_("kontrollsum"), max_length=64)

    class Meta:
        verbose_name = _("publisert kapittel")
        verbose_name_plural = _("publiserte kapitler")
        ordering = ["publication", "position"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "slug"], name="one_published_chapter_per_address")
        ]

    def __str__(self) -> str:
        return self.title


class PublishedFile(models.Model):
    """A file of a publication: the PDF, the workbook, the JSON. The PDF comes a little after the rest."""

    publication = models.ForeignKey(
        Publication, on_delete=models.CASCADE, related_name="files", verbose_name=_("publikasjon")
    )
    name = models.CharField(_("filnavn"), max_length=150)
    media_type = models.CharField(_("type"), max_length=100)
    content = models.BinaryField(_("innhold"))
    size = models.PositiveIntegerField(_("størrelse i byte"))
    sha256 = models.CharField(_("kontrollsum"), max_length=64)

    class Meta:
        verbose_name = _("publisert fil")
        verbose_name_plural = _("publiserte filer")
        ordering = ["publication", "name"]
        constraints = [models.UniqueConstraint(fields=["publication", "name"], name="one_published_file_per_name")]

    def __str__(self) -> str:
        return self.name
