"""`manage.py export DOCUMENT --format pdf|html|json|xlsx --output FILE`: a document as it stands now, as one file."""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from plans.models import Document
from publishing import json_form
from publishing.book import one_file, pdf
from publishing.building import contents
from publishing.building.place import MissingData
from publishing.files import sheets
from publishing.structure import Contents


def _draft_or_version(document: Document, built: Contents) -> pdf.Edition:
    """The latest version when nothing has changed since it was published, else a draft."""
    newest = document.publications.newest()
    text = json_form.canonical(json_form.to_json(built))
    is_unchanged = newest is not None and newest.sha256 == json_form.digest(text.encode())
    return pdf.Edition.of_publication(newest) if newest and is_unchanged else pdf.Edition.draft()


def _json(built: Contents, edition: pdf.Edition) -> bytes:
    return json_form.readable(json_form.to_json(built)).encode()


FORMATS: dict[str, Callable[[Contents, pdf.Edition], bytes]] = {
    "pdf": pdf.render,
    "html": lambda built, edition: one_file.html(built, edition).encode(),
    "json": _json,
    "xlsx": lambda built, edition: sheets.workbook(built),
}


class Command(BaseCommand):
    """Writes the document as it stands now. A PDF bears UTKAST unless it equals the latest version."""

    help = "Write a document as PDF, HTML, JSON or Excel, or list the documents."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("document", nargs="?", help="the document's slug, such as virksomhetsplan-2024")
        parser.add_argument("--list", action="store_true", help="print the slugs with titles, one a line")
        parser.add_argument("--format", choices=FORMATS, default="pdf")
        parser.add_argument("--output", type=Path, help="the file to write; DOCUMENT.FORMAT where nothing is said")

    def handle(self, **options: Any) -> None:
        document = options["document"]
        if options["list"]:
            for slug, title in Document.objects.order_by("slug").values_list("slug", "title"):
                self.stdout.write(f"{slug}\t{title}")
            return
        if not document:
            raise CommandError(_("Si hvilket dokument: export DOKUMENT. Se «export --list»."))
        target = options["output"] or Path(f"{document}.{options['format']}")
        target.write_bytes(self._content(document, options["format"]))
        self.stdout.write(_("Skrev %(file)s.") % {"file": target})

    def _content(self, slug: str, ending: str) -> bytes:
        document = Document.objects.filter(slug=slug).first()
        if document is None:
            raise CommandError(_("Det finnes ikke noe dokument «%(slug)s». Se «export --list».") % {"slug": slug})
        try:
            built = contents.build(document)
        except MissingData as error:
            raise CommandError(str(error)) from error
        return FORMATS[ending](built, _draft_or_version(document, built))
