"""The files of a case: read, and checked key by key, before anything is written.

`fixtures/README.md` says what each key means.
"""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from organisation.bulk import Facts, LoadingError

Held = Any
"""What a file holds, not yet checked."""

Shape = Any
"""What a file may hold.

`str`, `bool` or `int`; `[shape]` a list; `(shape, shape)` one of two; `{str: shape}` a mapping with any keys;
`{"key": shape, "key?": shape}` a mapping, with "?" where the key may be left out.
"""

UNIT = {"slug": str, "name": str, "kind": str, "parent?": str}
ABOUT = {
    "label": str,
    "direction?": str,
    "scale?": str,
    "unit_of_measure?": str,
    "frequency?": str,
    "source?": str,
    "owner?": str,
    "definition?": str,
    "mark?": str,
    "same_as?": str,
}
INDICATOR = ABOUT | {"indicator": str}
FOOTNOTES = [{"mark": str, "text": str}]
COLUMN = {"label?": str, "period?": str, "indicator?": str, "month?": int, "kind?": str}
SCORECARD = {
    "title": str,
    "caption?": str,
    "row_heading?": str,
    "columns": [str],
    "groups": [
        {
            "title?": str,
            "note?": str,
            "parent?": str,
            "functions?": [str],
            "rows": [INDICATOR | {"values": [str], "is_new?": bool, "note?": str}],
        }
    ],
    "footnotes?": FOOTNOTES,
}
KEY_FIGURES = {
    "slug": str,
    "caption": str,
    "row_heading": str,
    "unit_of_measure?": str,
    "source?": str,
    "chart?": str,
    "indicator?": str,
    "indicators?": [INDICATOR],
    "columns": [(str, {"heading?": str, "columns?": [(str, COLUMN)]} | COLUMN)],
    "rows": [
        ABOUT
        | {"indicator?": str, "group?": str, "period?": str, "unit?": str, "is_sum?": bool}
        | {"cells": [(str, {"text": str, "mark": str})]}
    ],
    "footnotes?": FOOTNOTES,
}
PART = {"text?": str, "block?": str, "table?": str, "plan?": str}
SECTION: dict[str, Shape] = {"heading": str, "parts?": [PART]}
SECTION["sections?"] = [SECTION]
AREA = {
    "area": {"slug": str, "name": str, "position": int, "unit": str},
    "units?": [UNIT],
    "functions?": [
        {
            "code?": str,
            "codes?": [str],
            "name": str,
            "description?": str,
            "services?": [(str, {"name": str, "description?": str})],
            "delivered_by?": [str],
        }
    ],
    "target_groups?": [str],
    "deliveries?": [{"unit": str, "text?": str, "functions?": [str]}],
    "development?": [
        {
            "heading?": str,
            "unit?": str,
            "items": [(str, {"text": str, "indicator?": str, "children?": [str]})],
        }
    ],
    "key_figures?": [KEY_FIGURES],
    "scorecard?": SCORECARD,
    "sections": [SECTION],
}
MUNICIPALITY = {
    "municipality": {"number": str, "name": str, "short_name": str},
    "units": [UNIT],
    "people?": [
        {
            "username": str,
            "first_name": str,
            "last_name": str,
            "email?": str,
            "memberships": [{"role": str, "unit": str}],
        }
    ],
}
DOCUMENT = {
    "document": {"slug": str, "title": str, "subtitle?": str, "kind": str, "year": str, "unit": str},
    "decision?": {"stage": str, "text": str, "decided_on?": str},
    "chapters": [{"area?": str, "title?": str, "slug?": str, "unit?": str, "sections?": [SECTION]}],
}
STAFFING_ROW = {"unit": str, "label": str, "fte": [str]}
STAFFING = {
    "title?": str,
    "caption?": str,
    "row_heading?": str,
    "column_heading?": str,
    "dates": [str],
    "rows": [STAFFING_ROW],
    "total?": STAFFING_ROW,
}
PLANS = {
    "caption?": str,
    "row_heading?": str,
    "column_heading?": str,
    "areas": [str],
    "plans": [{"slug": str, "name": str, "from?": str, "to?": str, "areas": [str]}],
}
OTHER_ROW = {"label": str, "amounts": {str: str}, "comment?": str}
INVESTMENTS = {
    "plans": [
        {
            "slug": str,
            "title": str,
            "caption?": str,
            "unit": str,
            "price_level": str,
            "years": [str],
            "groups": [
                {
                    "title": str,
                    "projects": [{"name": str, "amounts": {str: str}, "estimate?": str, "comment?": str}],
                }
            ],
            "unallocated?": OTHER_ROW,
            "total?": OTHER_ROW,
        }
    ]
}

STATE_OF_REPORT = {"unit": str, "state": str, "comment?": str, "due_in_days?": int}
ROUNDS = {
    "rounds": [
        {
            "period": str,
            "title": str,
            "previous?": str,
            "unit": str,
            "opened_by": str,
            "is_example": bool,
            "due_in_days": {"department": int, "unit": int, "sector": int},
            "grace_days": int,
            "instructions?": str,
            "reports": [STATE_OF_REPORT],
        }
    ],
    "texts": {
        "cause": [str],
        "action": [str],
        "expected": [str],
        "comment": [str],
        "missing": [str],
        "status": [str],
        "deviations": [str],
        "challenges": [str],
    },
}


class _Loader(yaml.CSafeLoader):
    """PyYAML's safe loader, which besides refuses a key that stands twice: one would be lost."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key) for key, _value in node.value]
    for number, key in enumerate(keys):
        if key in keys[:number]:
            raise yaml.constructor.ConstructorError(None, None, f"nøkkelen «{key}» står to ganger", node.start_mark)
    return dict(loader.construct_pairs(node, deep=True))


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read(folder: Path, name: str, shape: Shape) -> dict[str, Any]:
    """What the file holds.

    Raises `LoadingError` with the file and the key where it is not what `shape` says.
    """
    path = folder / name
    if not path.exists():
        raise LoadingError(f"{name}: filen finnes ikke i {folder.name}.")
    try:
        held = _Loader(path.read_text(encoding="utf-8")).get_single_data()
    except yaml.YAMLError as error:
        raise LoadingError(f"{name}: {error}") from error
    check(held, shape, name)
    facts: dict[str, Any] = held
    return facts


def check(held: Held, shape: Shape, place: str) -> None:
    """Raise `LoadingError` where what the file holds is not of the shape.

    `place` is the way to it: file, keys, numbers from 1.
    """
    match shape:
        case tuple():
            check(held, next((one for one in shape if isinstance(held, _type(one))), shape[0]), place)
        case [inner]:
            _check_type(held, list, place)
            for number, one in enumerate(held, start=1):
                check(one, inner, f"{place}[{number}]")
        case dict():
            _check_type(held, dict, place)
            _check_keys(held, shape, place)
        case _:
            _check_type(held, shape, place)


def _type(shape: Shape) -> type:
    return shape if isinstance(shape, type) else type(shape)


NAMES = {
    str: "tekst i anførselstegn",
    bool: "true eller false",
    int: "et helt tall",
    list: "en liste",
    dict: "nøkler med verdier",
}


def _check_type(held: Held, wanted: type, place: str) -> None:
    if type(held) is not wanted:
        raise LoadingError(f"{place}: her skal det stå {NAMES[wanted]}, ikke «{held}».")


def _check_keys(held: Mapping[Any, Any], shape: Mapping[Any, Shape], place: str) -> None:
    if str in shape:
        for key, value in held.items():
            _check_type(key, str, f"{place}: {key}")
            check(value, shape[str], f"{place}: {key}")
        return
    known = {key.removesuffix("?"): inner for key, inner in shape.items()}
    for key, value in held.items():
        if key not in known:
            raise LoadingError(f"{place}: kjenner ikke nøkkelen «{key}». Her kan det stå {', '.join(known)}.")
        check(value, known[key], f"{place}: {key}")
    missing = [key for key in shape if not key.endswith("?") and key not in held]
    if missing:
        raise LoadingError(f"{place}: nøkkelen «{missing[0]}» mangler.")


def read_codes(path: Path) -> list[Facts]:
    """A national list of KOSTRA codes, one mapping for each line."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
