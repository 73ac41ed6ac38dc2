"""What an archive needs beside the PDF/A: the publication's metadata as XML."""

from collections.abc import Iterable

from publishing.models import Publication, PublishedFile


def metadata(publication: Publication, files: Iterable[PublishedFile]) -> bytes:
    """Title, unit, case, dates and the files' checksums as XML."""
    raise NotImplementedError(publication, files)
