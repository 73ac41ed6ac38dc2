"""What each file of a case may hold, key by key. `fixtures/README.md` says what the keys mean."""

from typing import Any

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
SCORECARDS = {"scorecard": SCORECARD, "indicators?": [INDICATOR | {"results": {str: str}}]}
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
PART = {"text?": str, "block?": str, "table?": str, "plan?": str, "parameters?": {str: (str, [str])}}
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
PROJECT = {
    "name": str,
    "amounts": {str: str},
    "estimate?": str,
    "comment?": str,
    "code?": str,
    "status?": str,
    "status_comment?": str,
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
            "provisional?": [str],
            "groups": [{"title": str, "projects": [PROJECT]}],
            "financing?": [{"kind": str, "amounts": {str: str}}],
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
            "asks_economy?": bool,
            "asks_measures?": bool,
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
        "overspent_cause?": [str],
        "overspent_action?": [str],
        "underspent_cause?": [str],
        "underspent_action?": [str],
    },
}

BUDGET = {
    "lines?": [
        {
            "unit": str,
            "layer": str,
            "function": str,
            "art": str,
            "account_class?": str,
            "project?": str,
            "text?": str,
            "amounts": {str: str},
        }
    ],
    "frames?": [
        {
            "unit": str,
            "year": str,
            "opening": str,
            "comment?": str,
            "changes?": [{"kind": str, "reason": str, "amount": str}],
        }
    ],
}
