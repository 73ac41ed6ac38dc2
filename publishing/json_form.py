"""Contents as JSON and back.

The JSON is what a publication freezes, what its checksum is taken over, and what others download.
"""

import dataclasses
import hashlib
import json
from collections.abc import Callable
from typing import Any

from plans.richtext import plain_text
from publishing.structure import (
    Chapter,
    Column,
    Contents,
    Entry,
    EntryGroup,
    Headline,
    IndicatorFacts,
    Item,
    Listing,
    Origin,
    Row,
    RowGroup,
    Section,
    Table,
    Text,
    Verdict,
)

Json = dict[str, Any]


def canonical(form: Json) -> str:
    """The one way to write the JSON: sorted keys, no needless spaces. The checksum is taken over this text."""
    return json.dumps(form, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def readable(form: Json) -> str:
    """The JSON for people and programs to read: keys in the order of the document, indented."""
    return json.dumps(form, ensure_ascii=False, indent=1)


def digest(content: bytes) -> str:
    """SHA-256 as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def to_json(contents: Contents) -> Json:
    """The contents as plain JSON.

    Tables are {caption, columns, rows: [{group, label, cells}]}, texts {heading, text}.
    """
    return {
        "slug": contents.slug,
        "title": contents.title,
        "subtitle": contents.subtitle,
        "kind": contents.kind,
        "municipality": contents.municipality,
        "year": contents.year,
        "chapters": [_chapter(chapter) for chapter in contents.chapters],
        "indicators": [dataclasses.asdict(facts) for facts in contents.indicators],
    }


def _chapter(chapter: Chapter) -> Json:
    return {
        "slug": chapter.slug,
        "number": chapter.number,
        "title": chapter.title,
        "responsible": chapter.responsible,
        "area": chapter.area,
        "headlines": [{"label": one.label, "value": one.value, "note": one.note} for one in chapter.headlines],
        "sections": [_section(section) for section in chapter.sections],
    }


def _section(section: Section) -> Json:
    return {
        "anchor": section.anchor,
        "heading": section.heading,
        "level": section.level,
        "items": [_item(item, section.heading) for item in section.items],
        "sections": [_section(below) for below in section.sections],
    }


def _item(item: Item, heading: str) -> Json:
    match item:
        case Table():
            return {"type": "table", **table_to_json(item)}
        case Listing():
            return {"type": "list", **_listing(item, heading)}
        case Text():
            return {
                "type": "text",
                "anchor": item.anchor,
                "heading": heading,
                "text": plain_text(item.html),
                "html": item.html,
            }


def _listing(listing: Listing, heading: str) -> Json:
    groups = [
        {
            "title": group.title,
            "text": group.text,
            "entries": [{"text": one.text, "note": one.note, "children": list(one.children)} for one in group.entries],
        }
        for group in listing.groups
    ]
    return {
        "anchor": listing.anchor,
        "kind": listing.kind,
        "caption": listing.caption,
        "heading": heading,
        "text": "\n".join(lines_of(listing)),
        "groups": groups,
    }


def lines_of(listing: Listing) -> list[str]:
    """The list as plain text: a line for each title, text, point and point below it."""
    lines = []
    for group in listing.groups:
        lines += [line for line in (group.title, group.text) if line]
        for entry in group.entries:
            lines.append(f"– {entry.text}: {entry.note}" if entry.note else f"– {entry.text}")
            lines += [f"  – {child}" for child in entry.children]
    return lines


def table_to_json(table: Table) -> Json:
    """One table. `values` are the cells as plain decimal text, null where a cell is no single number."""
    return {
        "anchor": table.anchor,
        "number": table.number,
        "kind": table.kind,
        "caption": table.caption,
        "row_heading": table.row_heading,
        "columns": [column.label for column in table.columns],
        "column_headings": [column.heading for column in table.columns],
        "column_kinds": [column.kind for column in table.columns],
        "groups": [
            {
                "title": group.title,
                "note": group.note,
                "level": group.level,
                "functions": list(group.functions),
                "size": len(group.rows),
            }
            for group in table.groups
        ],
        "rows": [_row(row, group.title) for group in table.groups for row in group.rows],
        "footnotes": [list(footnote) for footnote in table.footnotes],
        "note": table.note,
        "source": table.source,
        "unit_of_measure": table.unit_of_measure,
        "chart": table.chart,
    }


def _row(row: Row, group: str) -> Json:
    verdict = row.verdict
    return {
        "group": group,
        "label": row.label,
        "cells": list(row.cells),
        "values": list(row.values),
        "key": row.key,
        "anchor": row.anchor,
        "note": row.note,
        "mark": row.mark,
        "is_new": row.is_new,
        "is_sum": row.is_sum,
        "assessment": dataclasses.asdict(verdict) if verdict else None,
        "origins": [dataclasses.asdict(origin) if origin else None for origin in row.origins],
    }


def from_json(form: Json) -> Contents:
    """The contents that `to_json` wrote."""
    return Contents(
        **{key: form[key] for key in ("slug", "title", "subtitle", "kind", "municipality", "year")},
        chapters=tuple(_read_chapter(chapter) for chapter in form["chapters"]),
        indicators=tuple(IndicatorFacts(**facts) for facts in form["indicators"]),
    )


def from_text(text: str) -> Contents:
    """The contents that a publication keeps as text."""
    return from_json(json.loads(text))


def _read_chapter(form: Json) -> Chapter:
    return Chapter(
        **{key: form[key] for key in ("slug", "number", "title", "responsible", "area")},
        headlines=tuple(Headline(**headline) for headline in form["headlines"]),
        sections=tuple(_read_section(section) for section in form["sections"]),
    )


def _read_section(form: Json) -> Section:
    return Section(
        **{key: form[key] for key in ("anchor", "heading", "level")},
        items=tuple(_READERS[item["type"]](item) for item in form["items"]),
        sections=tuple(_read_section(section) for section in form["sections"]),
    )


def _read_text(form: Json) -> Text:
    return Text(form["anchor"], form["html"])


def _read_listing(form: Json) -> Listing:
    return Listing(
        **{key: form[key] for key in ("anchor", "kind", "caption")},
        groups=tuple(
            EntryGroup(
                tuple(Entry(one["text"], one["note"], tuple(one["children"])) for one in group["entries"]),
                title=group["title"],
                text=group["text"],
            )
            for group in form["groups"]
        ),
    )


def table_from_json(form: Json) -> Table:
    """The table that `table_to_json` wrote."""
    rows = iter(form["rows"])
    plain = ("anchor", "number", "kind", "caption", "row_heading", "note", "source", "unit_of_measure", "chart")
    columns = zip(form["columns"], form["column_headings"], form["column_kinds"], strict=True)
    return Table(
        **{key: form[key] for key in plain},
        columns=tuple(Column(*column) for column in columns),
        groups=tuple(
            RowGroup(
                tuple(_read_row(next(rows)) for _number in range(group["size"])),
                title=group["title"],
                note=group["note"],
                level=group["level"],
                functions=tuple(group["functions"]),
            )
            for group in form["groups"]
        ),
        footnotes=tuple((mark, text) for mark, text in form["footnotes"]),
    )


def _read_row(form: Json) -> Row:
    plain = ("label", "key", "anchor", "note", "mark", "is_new", "is_sum")
    return Row(
        **{key: form[key] for key in plain},
        cells=tuple(form["cells"]),
        values=tuple(form["values"]),
        verdict=Verdict(**form["assessment"]) if form["assessment"] else None,
        origins=tuple(Origin(**origin) if origin else None for origin in form["origins"]),
    )


_READERS: dict[str, Callable[[Json], Item]] = {"table": table_from_json, "list": _read_listing, "text": _read_text}
