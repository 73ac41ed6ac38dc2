"""Loading a case: strategic plans with their crosses, the year's development work, and the document."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from organisation.bulk import Facts, LoadingError, look_up, write
from organisation.models import ServiceArea, Unit
from plans.models import DevelopmentItem, Document, PlanContribution, Section, StrategicPlan
from plans.richtext import from_markdown
from scorecards.models import Indicator


@transaction.atomic
def load_plans(*, year: int, plans: Sequence[Facts], place: str) -> None:
    """Write the strategic plans and the crosses of the year that are not there."""
    areas: dict[str, ServiceArea] = ServiceArea.objects.in_bulk(field_name="slug")
    for position, facts in enumerate(plans, start=1):
        starts, ends = (int(facts[key]) if key in facts else None for key in ("from", "to"))
        defaults = {"name": facts["name"], "starts": starts, "ends": ends, "position": position}
        StrategicPlan.objects.get_or_create(slug=facts["slug"], defaults=defaults)
    known = StrategicPlan.objects.in_bulk(field_name="slug")
    crossed = set(PlanContribution.objects.filter(year=year).values_list("plan_id", "area_id"))
    crosses = [
        (known[facts["slug"]], look_up(areas, slug, what="tjenesteområdet", place=place))
        for facts in plans
        for slug in facts["areas"]
    ]
    new = [(plan, area) for plan, area in crosses if (plan.pk, area.pk) not in crossed]
    write(PlanContribution, [PlanContribution(plan=plan, area=area, year=year) for plan, area in new])


@transaction.atomic
def load_development(*, year: int, areas: Sequence[Facts]) -> None:
    """Write the year's development work of each area that has none.

    A piece of work may have parts, one level down.
    """
    known: dict[str, ServiceArea] = ServiceArea.objects.in_bulk(field_name="slug")
    has_some = set(DevelopmentItem.objects.filter(year=year).values_list("area__slug", flat=True))
    for facts in areas:
        if facts["area"]["slug"] not in has_some:
            _load_development(year, known[facts["area"]["slug"]], facts)


def _load_development(year: int, area: ServiceArea, facts: Facts) -> None:
    units = Unit.objects.in_bulk(field_name="slug")
    indicators = Indicator.objects.in_bulk(field_name="slug")
    place = facts["file"]
    rows: list[DevelopmentItem] = []
    parts: list[Sequence[str]] = []
    for group in facts.get("development", ()):
        unit = look_up(units, group["unit"], what="enheten", place=place) if "unit" in group else area.unit
        for item in group["items"]:
            said = {"text": item} if isinstance(item, str) else item
            slug = said.get("indicator")
            rows.append(
                DevelopmentItem(
                    area=area,
                    unit=unit,
                    year=year,
                    heading=group.get("heading", ""),
                    indicator=look_up(indicators, slug, what="indikatoren", place=place) if slug else None,
                    text=said["text"],
                    position=len(rows) + 1,
                )
            )
            parts.append(said.get("children", ()))
    made = write(DevelopmentItem, rows)
    write(
        DevelopmentItem,
        [
            DevelopmentItem(
                area=area,
                unit=row.unit,
                year=year,
                heading=row.heading,
                parent=row,
                text=text,
                position=position,
            )
            for row, texts in zip(made, parts, strict=True)
            for position, text in enumerate(texts, start=1)
        ],
    )


@dataclass
class _Node:
    """A section to be written, with what stands under it."""

    section: Section
    below: list["_Node"] = field(default_factory=list)


@transaction.atomic
def load_document(
    *, document: Facts, chapters: Sequence[Facts], parameters: Mapping[str, Mapping[str, Any]]
) -> Document:
    """Write the document and its sections, if no document has its slug. Returns the document.

    A chapter has `file`, `slug`, `title`, `unit`, `sections` and, where it is a service area's, `area`.
    `parameters` are what the blocks of each kind are given besides what stands at their place.
    """
    found = Document.objects.filter(slug=document["slug"]).first()
    if found:
        return found
    units = Unit.objects.in_bulk(field_name="slug")
    areas = ServiceArea.objects.in_bulk(field_name="slug")
    words = {key: document.get(key, "") for key in ("slug", "kind", "title", "subtitle")}
    if words["kind"] not in Document.Kind.values:
        raise LoadingError(f"document.yaml: kind «{words['kind']}» er ikke blant {', '.join(Document.Kind.values)}.")
    unit = look_up(units, document["unit"], what="enheten", place="document.yaml")
    made = Document.objects.create(**words, year=int(document["year"]), unit=unit)
    tree = []
    for position, chapter in enumerate(chapters, start=1):
        root = Section(
            state=Section.State.READY,
            document=made,
            position=position,
            heading=chapter["title"],
            slug=chapter["slug"],
            unit=look_up(units, chapter["unit"], what="enheten", place=chapter["file"]),
            area=look_up(areas, chapter["area"], what="tjenesteområdet", place=chapter["file"])
            if "area" in chapter
            else None,
        )
        tree.append(
            _Node(root, [_node(root, one, n, parameters) for n, one in enumerate(chapter["sections"], start=1)])
        )
    _write_tree(tree)
    return made


def _node(chapter: Section, facts: Facts, position: int, parameters: Mapping[str, Mapping[str, Any]]) -> _Node:
    """A section with a heading: its parts first, then the sections under it, counted on from its parts."""
    section = _section(chapter, position)
    section.heading = facts["heading"]
    parts = [_Node(_part(chapter, part, n, parameters)) for n, part in enumerate(facts.get("parts", ()), start=1)]
    below = enumerate(facts.get("sections", ()), start=len(parts) + 1)
    return _Node(section, parts + [_node(chapter, one, n, parameters) for n, one in below])


def _section(chapter: Section, position: int) -> Section:
    """A section of the chapter. What a case holds is finished text."""
    return Section(document=chapter.document, unit=chapter.unit, position=position, state=Section.State.READY)


def _part(chapter: Section, part: Facts, position: int, parameters: Mapping[str, Mapping[str, Any]]) -> Section:
    row = _section(chapter, position)
    if "text" in part:
        row.body = from_markdown(part["text"])
        return row
    if part["block"] not in Section.Block.values:
        raise LoadingError(
            f"{chapter.heading}: blokken «{part['block']}» er ikke blant {', '.join(Section.Block.values)}."
        )
    row.kind = Section.Kind.BLOCK
    row.block = part["block"]
    row.parameters = {
        **parameters.get(row.block, {}),
        **{key: part[key] for key in ("table", "plan") if key in part},
        **part.get("parameters", {}),
    }
    return row


def _write_tree(tree: Sequence[_Node]) -> None:
    """Write the sections level by level, so that each knows its parent's id."""
    level = list(tree)
    while level:
        write(Section, [node.section for node in level])
        level = list(_next_level(level))


def _next_level(level: Sequence[_Node]) -> Iterator[_Node]:
    for node in level:
        for below in node.below:
            below.section.parent = node.section
            yield below
