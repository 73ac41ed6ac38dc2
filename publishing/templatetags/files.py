"""What the list of a publication's files needs: what each file is, in the order in which people are offered them."""

from collections.abc import Iterable

from django import template

from publishing.files import kinds
from publishing.models import PublishedFile

register = template.Library()


@register.filter
def in_order(files: Iterable[PublishedFile]) -> list[PublishedFile]:
    """The files, what most people want first."""
    return sorted(files, key=lambda file: kinds.place_of(file.name))


@register.filter
def what_it_is(file: PublishedFile) -> str:
    """The kind of the file, in plain words."""
    return kinds.in_words(file.name)


@register.filter
def has_pdf(files: Iterable[PublishedFile]) -> bool:
    """Whether the PDF is made: it comes a little after the rest."""
    return any(kinds.ending_of(file.name) == kinds.PDF for file in files)
