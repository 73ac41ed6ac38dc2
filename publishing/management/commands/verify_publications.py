"""`manage.py verify_publications`: whether all that is published is still what it was when it was published."""

import json
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import DecimalField, Field, GeneratedField, Model
from django.utils.translation import gettext as _

from publishing.figures import published_figures, published_indicators, published_observations
from publishing.files import kinds
from publishing.json_form import Json, digest, from_json
from publishing.models import Publication
from publishing.passages import published_passages
from publishing.structure import Contents

Make = Callable[[Publication, Contents], Iterable[Model]]

COPIED: tuple[tuple[str, str, Make], ...] = (
    ("indicators", "slug", published_indicators),
    ("figures", "position", published_figures),
    ("observations", "position", published_observations),
    ("passages", "position", published_passages),
)
"""The rows that are copied at publication: where they are found, what tells them apart, and what makes them."""
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError)


def problems_of(publication: Publication) -> Iterator[str]:
    """A sentence for each thing that differs. Holds one chapter or one file at a time."""
    if digest(publication.contents.encode()) != publication.sha256:
        yield _("Innholdet har en annen kontrollsum enn da det ble publisert.")
    try:
        form: Json = json.loads(publication.contents)
        frozen = from_json(form)
    except UNREADABLE:
        yield _("Innholdet kan ikke leses, så resten er ikke sjekket mot det.")
        yield from (*_chapter_sums(publication), *_file_sums(publication, None))
        return
    yield from _chapter_sums(publication)
    yield from _chapter_list(publication, frozen)
    yield from _file_sums(publication, form)
    yield from _rows(publication, frozen)


def _chapter_sums(publication: Publication) -> Iterator[str]:
    for chapter in publication.chapters.order_by("position").iterator(chunk_size=1):
        if digest(chapter.html.encode()) != chapter.sha256:
            yield _("Siden for kapitlet «%(title)s» har en annen kontrollsum.") % {"title": chapter.title}


def _chapter_list(publication: Publication, frozen: Contents) -> Iterator[str]:
    stored = list(publication.chapters.order_by("position").values_list("number", "slug", "title"))
    if stored != [(chapter.number, chapter.slug, chapter.title) for chapter in frozen.chapters]:
        yield _("Kapitlene er ikke de som står i innholdet.")


def _file_sums(publication: Publication, form: Json | None) -> Iterator[str]:
    for file in publication.files.order_by("pk").iterator(chunk_size=1):
        content = bytes(file.content)
        if digest(content) != file.sha256 or len(content) != file.size:
            yield _("Filen %(name)s har en annen kontrollsum eller størrelse.") % {"name": file.name}
        elif form is not None and kinds.ending_of(file.name) == kinds.JSON and not _says(content, form):
            yield _("Filen %(name)s har et annet innhold enn publikasjonen.") % {"name": file.name}


def _says(content: bytes, form: Json) -> bool:
    try:
        return bool(json.loads(content) == form)
    except ValueError:
        return False


def _rows(publication: Publication, frozen: Contents) -> Iterator[str]:
    for name, key, make in COPIED:
        rows = getattr(publication, name)
        fields = _fields(rows.model)
        try:
            right = {getattr(row, key): _values(row, fields) for row in make(publication, frozen)}
        except UNREADABLE:
            yield _("Det går ikke an å lage %(rows)s av innholdet.") % {"rows": rows.model._meta.verbose_name_plural}
            continue
        stored = {getattr(row, key): _values(row, fields) for row in rows.all()}
        wrong = sum(right.get(one) != stored.get(one) for one in {*right, *stored})
        if wrong:
            yield _("%(count)s av %(all)s %(rows)s er ikke slik innholdet gir dem.") % {
                "count": wrong,
                "all": len(right),
                "rows": rows.model._meta.verbose_name_plural,
            }


def _fields(model: type[Model]) -> list[Field[Any, Any]]:
    """What a copied row says."""
    fields = (one for one in model._meta.concrete_fields if not isinstance(one, GeneratedField))
    return [one for one in fields if not one.primary_key and one.name != "publication"]


def _values(row: Model, fields: list[Field[Any, Any]]) -> list[Any]:
    return [_as_stored(field, getattr(row, field.attname)) for field in fields]


def _as_stored(field: Field[Any, Any], value: Any) -> Any:
    """The value with as many decimals as the database keeps."""
    if isinstance(field, DecimalField) and value is not None:
        return round(Decimal(value), field.decimal_places)
    return value


class Command(BaseCommand):
    """One line for each version, and under it what differs. Ends with 1 where anything does."""

    help = "Regner ut kontrollsummene av alt som er publisert på nytt, og sammenligner med radene som ble laget da."

    def handle(self, **options: Any) -> None:
        wrong, count = 0, 0
        for publication in Publication.objects.order_by("published_at", "pk").iterator(chunk_size=1):
            problems = list(problems_of(publication))
            wrong, count = wrong + bool(problems), count + 1
            verdict = _("%(count)s feil") % {"count": len(problems)} if problems else _("i orden")
            self.stdout.write(f"{publication}: {verdict}")
            for problem in problems:
                self.stdout.write(f"  – {problem}")
        if wrong:
            said = {"wrong": wrong, "count": count}
            raise CommandError(_("%(wrong)s av %(count)s publikasjoner er ikke som da de ble publisert.") % said)
        self.stdout.write(_("Alle %(count)s publikasjoner er som da de ble publisert.") % {"count": count})
