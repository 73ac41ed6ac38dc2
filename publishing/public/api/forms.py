"""What the API takes and gives: filters, and publications, files, indicators, values and goals as JSON.

The descriptions are bokmål whatever the language of the site, as the JSON Schema is. A class has no docstring of its
own here, since it would stand in the description that others read.
"""

import datetime
from typing import Any, Generic, TypeVar

from django.urls import reverse
from ninja import Field, Schema

from plans.models import Document
from publishing.files.kinds import in_words
from publishing.models import Publication, PublishedFigure, PublishedFile, PublishedIndicator, PublishedObservation
from publishing.public.feeds import whole_address
from scorecards.assessment import Outcome
from scorecards.models import Observation

MOST, USUAL = 500, 100

One = TypeVar("One")


def at(name: str, *parts: str | int) -> str:
    """The whole address of a page or of an answer of the API."""
    return whole_address(reverse(f"publishing:{name}", args=parts))


class Filters(Schema):
    limit: int = Field(USUAL, ge=1, le=MOST, description="Hvor mange du vil ha, høyst 500.")
    offset: int = Field(0, ge=0, description="Hvor mange som skal hoppes over.")


class PublicationFilters(Filters):
    year: int | None = Field(None, description="Året dokumentet gjelder.")
    kind: Document.Kind | None = Field(None, description="Hva slags dokument det er.")
    stage: Publication.Stage | None = Field(None, description="Stadiet: forslag, vedtatt, revidert, tertial, endelig.")
    newest: bool = Field(default=False, description="«true» gir bare den nyeste versjonen av hvert dokument.")


class GoalFilters(Filters):
    outcome: Outcome | None = Field(None, description="Måloppnåelsen.")
    trend: PublishedFigure.Trend | None = Field(None, description="Utviklingen siden forrige måling.")
    missed_since: str | None = Field(None, description="Mål som ikke er nådd siden denne perioden, eller lenger.")
    area: str | None = Field(None, description="Adressen til tjenesteområdet (kapitlet).")


class IndicatorFilters(Filters):
    search: str | None = Field(None, description="Tekst i navn eller definisjon.")
    area: str | None = Field(None, description="Adressen til tjenesteområdet (kapitlet) som viser tall for den.")


class ObservationFilters(Filters):
    indicator: str | None = Field(None, description="Indikatorens adresse.")
    period: str | None = Field(None, description="Perioden: 2024, 2023/2024, 2024-T1, 2024-Q3, 2024-03, 2023-12-15.")
    kind: Observation.Kind | None = Field(None, description="Resultat, måltall, prognose eller sammenligning.")
    publication: str | None = Field(None, description="Dokumentets adresse.")
    version: int | None = Field(None, description="Versjonen. Uten den: den nyeste av hvert dokument.")


class Listed(Schema, Generic[One]):
    count: int = Field(description="Hvor mange det er i alt.")
    next: str | None = Field(description="Adressen til de neste; «null» når dette er de siste.")
    items: list[One] = Field(description="De du ba om.")


class Problem(Schema):
    detail: str = Field(description="Hva som er galt, på norsk.")


class FileForm(Schema):
    name: str = Field(description="Filnavnet.")
    what: str = Field(description="Hva filen er.")
    media_type: str = Field(description="Filtypen.")
    size: int = Field(description="Størrelsen i byte.")
    sha256: str = Field(description="Kontrollsummen for filen.")
    address: str = Field(description="Hvor filen kan hentes.")

    @staticmethod
    def resolve_what(file: PublishedFile) -> str:
        return in_words(file.name)

    @staticmethod
    def resolve_address(file: PublishedFile) -> str:
        publication = file.publication
        return at("publication_file", publication.slug, publication.version, file.name)


class PublicationForm(Schema):
    slug: str = Field(description="Dokumentets adresse.")
    version: int = Field(description="Versjonen.")
    newest_version: int = Field(description="Den nyeste versjonen av dokumentet.")
    title: str = Field(description="Tittelen.")
    kind: str = Field(description="Hva slags dokument det er.")
    year: int = Field(description="Året dokumentet gjelder.")
    stage: str = Field(description="Stadiet.")
    decision_body: str = Field(description="Hvem som har vedtatt det; kan være tom.")
    case_number: str = Field(description="Saksnummeret; kan være tomt.")
    decided_on: datetime.date | None = Field(description="Når det ble vedtatt.")
    reason: str = Field(description="Hva som er endret siden forrige versjon; kan være tom.")
    is_correction: bool = Field(description="Om versjonen retter en feil i den forrige.")
    published_at: datetime.datetime = Field(description="Når det ble publisert.")
    sha256: str = Field(description="Kontrollsummen for innholdet.")
    address: str = Field(description="Den faste siden for denne versjonen.")
    contents: str = Field(description="Hvor hele innholdet kan hentes som JSON.")

    @staticmethod
    def resolve_address(publication: Publication) -> str:
        return at("version_document", publication.slug, publication.version)

    @staticmethod
    def resolve_contents(publication: Publication) -> str:
        return at("api:publication_contents", publication.slug, publication.version)


class PublicationWithFiles(PublicationForm):
    files: list[FileForm] = Field(description="Filene. PDF-ene kommer litt etter de andre.")


class GoalForm(Schema):
    indicator: str = Field(alias="indicator_slug", description="Indikatorens adresse.")
    name: str = Field(description="Målets navn.")
    area: str = Field(alias="chapter_slug", description="Kapittelets adresse.")
    area_title: str = Field(alias="chapter_title", description="Kapittelets tittel.")
    sector: str = Field(description="Sektoren; kan være tom.")
    group: str = Field(description="Gruppen i målekortet; kan være tom.")
    period: str = Field(description="Perioden resultatet er for; tom der det ikke er noe.")
    result: str = Field(description="Resultatet, som trykt.")
    target: str = Field(description="Måltallet, som trykt.")
    outcome: str = Field(description="Måloppnåelsen.")
    reason: str = Field(description="Hvorfor målet ikke kan vurderes; ellers tom.")
    distance: str | None = Field(description="Avviket som del av målet, som tekst («-0.05»); «null» uten avvik.")
    trend: str = Field(description="Utviklingen siden forrige måling; tom der den ikke er kjent.")
    missed_since: str = Field(description="Første periode i rekken av mål som ikke er nådd; ellers tom.")
    comment: str = Field(description="Hva som er sagt om målet; kan være tom.")

    @staticmethod
    def resolve_distance(goal: PublishedFigure) -> str | None:
        return None if goal.distance is None else f"{goal.distance.normalize():f}"


class IndicatorForm(Schema):
    slug: str = Field(description="Indikatorens adresse.")
    name: str = Field(description="Navnet.")
    definition: str = Field(description="Hva som måles, og hvordan; kan være tom.")
    unit_of_measure: str = Field(description="Måleenheten; kan være tom.")
    scale: str = Field(description="Skalaen; kan være tom.")
    direction: str = Field(description="Hva som er bra: higher, lower, range, yes. Tom der ingen har sagt det.")
    tolerance: str = Field(description="Avviket som teller som nesten nådd, i målets enhet; kan være tomt.")
    frequency: str = Field(description="Hvor ofte det måles; kan være tom.")
    source: str = Field(description="Hvor tallene kommer fra; kan være tom.")
    owner: str = Field(description="Enheten som har ansvaret.")
    sector: str = Field(description="Sektoren; kan være tom.")
    same_as: str = Field(description="Indikatoren som måler det samme; kan være tom.")
    succeeds: str = Field(description="Indikatoren som denne avløser; kan være tom.")
    publication: str = Field(description="Dokumentet som dette er hentet fra.")
    version: int = Field(description="Versjonen av dokumentet.")
    address: str = Field(description="Indikatorens faste side.")
    observations: str = Field(description="Hvor verdiene kan hentes.")

    @staticmethod
    def resolve_publication(indicator: PublishedIndicator) -> str:
        return indicator.publication.slug

    @staticmethod
    def resolve_version(indicator: PublishedIndicator) -> int:
        return indicator.publication.version

    @staticmethod
    def resolve_address(indicator: PublishedIndicator) -> str:
        return at("indicator", indicator.slug)

    @staticmethod
    def resolve_observations(indicator: PublishedIndicator) -> str:
        return f"{at('api:observations')}?indicator={indicator.slug}"


class ObservationForm(Schema):
    indicator: str = Field(alias="indicator_slug", description="Indikatorens adresse.")
    kind: str = Field(description="Resultat, måltall, prognose eller sammenligning.")
    period: str = Field(description="Perioden.")
    period_ends_on: datetime.date = Field(description="Periodens siste dag.")
    value: str | None = Field(description="Tallet som tekst («12.66»); «null» der verdien ikke er ett tall.")
    text: str = Field(description="Verdien, som trykt.")
    publication: str = Field(description="Dokumentet verdien står i.")
    version: int = Field(description="Versjonen av dokumentet.")
    chapter: str = Field(alias="chapter_slug", description="Kapittelet verdien står i.")
    table: str = Field(alias="table_anchor", description="Tabellen verdien står i.")
    row: str = Field(alias="row_anchor", description="Raden verdien står i.")
    address: str = Field(description="Hvor verdien kan leses.")

    @staticmethod
    def resolve_value(observation: PublishedObservation) -> str | None:
        return None if observation.value is None else f"{observation.value.normalize():f}"

    @staticmethod
    def resolve_publication(observation: PublishedObservation) -> str:
        return observation.publication.slug

    @staticmethod
    def resolve_version(observation: PublishedObservation) -> int:
        return observation.publication.version

    @staticmethod
    def resolve_address(observation: PublishedObservation) -> str:
        found = observation.publication
        place = at("version_chapter", found.slug, found.version, observation.chapter_slug)
        return f"{place}#{observation.row_anchor or observation.table_anchor}"


def listed(address: str, filters: Filters, count: int, items: list[Any]) -> dict[str, Any]:
    """A page of a list, with the address of the next where there is one. `address` is that of the list with filters."""
    upto = filters.offset + filters.limit
    more = f"{address}{'&' if '?' in address else '?'}limit={filters.limit}&offset={upto}"
    return {"count": count, "next": more if upto < count else None, "items": items}
