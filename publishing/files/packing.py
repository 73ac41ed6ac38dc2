"""The files of a publication that are made at once when it is published. The PDFs, which take seconds, come after."""

from collections.abc import Iterator

from publishing import json_form
from publishing.book import one_file, pdf
from publishing.files import data_package, sheets
from publishing.models import Publication, PublishedFile
from publishing.structure import Contents


def files_of(publication: Publication, frozen: Contents) -> Iterator[PublishedFile]:
    """Every file but the PDFs, in the order in which people are offered them."""
    whole = one_file.html(frozen, pdf.Edition.of_publication(publication))
    readable = json_form.readable(json_form.to_json(frozen))
    yield packed(publication, "html", "text/html; charset=utf-8", whole.encode())
    yield packed(publication, "xlsx", sheets.MEDIA_TYPE, sheets.workbook(frozen))
    yield packed(publication, "json", "application/json", readable.encode())
    yield packed(publication, "zip", data_package.MEDIA_TYPE, data_package.data_package(publication, frozen))


def packed(publication: Publication, ending: str, media_type: str, content: bytes) -> PublishedFile:
    """A file of the publication, named after it, with its checksum; not stored yet."""
    return PublishedFile(
        publication=publication,
        name=f"{publication.slug}-versjon-{publication.version}{ending if ending.startswith('-') else f'.{ending}'}",
        media_type=media_type,
        content=content,
        size=len(content),
        sha256=json_form.digest(content),
    )
