"""Random edits of real contents: the comparison tells each of them, and nothing else."""

import dataclasses
import re
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from plans.models import Document
from publishing.building import contents
from publishing.comparison import compare
from publishing.json_form import from_json, to_json
from publishing.structure import Chapter, Contents, IndicatorFacts, Origin, Row
from tests.publishing.comparison_edits import TABLE_EDITS, Told, put, told
from tests.publishing.comparison_structure_edits import STRUCTURE_EDITS, renumbered
from tests.publishing.sample import CONTENTS, SCORECARD

EDITS = [*TABLE_EDITS, *STRUCTURE_EDITS]
ENOUGH = 2
"""So many chapters each kind of edit is tried in, chosen by chance, the same in every run."""
NAMES = [edit.__name__ for edit in EDITS]

FACTS = IndicatorFacts(
    "uptime", "Oppetid", "Del av året.", "%", "0–100", "higher", "0.1", "year", "IKT", "Stab", "Stab", "a", "b"
)

SILENT = {"slug", "number", "area", "anchor", "level", "kind", "values", "functions", "key", "origins"}
"""Fields of the JSON that are not told by themselves; the comparison's own text says why."""
STRUCTURAL = {"type", "size"}
"""Fields that only say how the JSON is to be read."""
DERIVED = {"text", "heading", "group"}
"""Fields that JSON says again of a text, a list or a row; `text` and `heading` of others are not."""


class Held:
    """The plan of Elverum as it would be published. Without a long name: the plan's own is as long as the plan."""

    def __init__(self, plan: Contents) -> None:
        self.plan = plan


@pytest.fixture(scope="module")
def held(loaded_case: Document, django_db_blocker: DjangoDbBlocker) -> Held:
    """The plan, built once."""
    with django_db_blocker.unblock():
        return Held(contents.build(loaded_case))


def some_chances(count: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Run the test with so many sources of chance, the same in every run."""

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        chances = given(chance=st.randoms(use_true_random=True))
        return settings(max_examples=count, deadline=None, derandomize=True)(chances(test))

    return decorate


def edited(plan: Contents, chance: Random, count: int) -> tuple[Contents, list[Told]]:
    """The plan with so many edits, each in a chapter of its own, and what is to be told of them.

    One more chapter may be dropped or moved, and one may be new.
    """
    chapters = list(plan.chapters)
    said: list[Told] = []
    special, *others = chance.sample(range(len(chapters)), min(count + 1, len(chapters)))
    for at in others:
        chapters[at], more = chance.choice(EDITS)(chapters[at], chance) or (chapters[at], [])
        said += more
    rearranged, more = _rearranged(chapters, special, chance)
    return dataclasses.replace(plan, chapters=tuple(rearranged)), [*said, *more]


def _rearranged(chapters: list[Chapter], at: int, chance: Random) -> tuple[list[Chapter], list[Told]]:
    one, rest = chapters[at], chapters[:at] + chapters[at + 1 :]
    match chance.choice(["none", "drop", "add", "move"]):
        case "drop":
            return rest, [("chapter", one.title, "removed")]
        case "add":
            new = Chapter("nytt-kapittel", "", "Nytt kapittel", "Staben")
            return [*chapters[:at], new, *chapters[at:]], [("chapter", "Nytt kapittel", "added")]
        case "move":
            to = chance.choice([place for place in range(len(chapters)) if abs(place - at) > 1])
            return [*rest[:to], one, *rest[to:]], [("chapter", one.title, "moved")]
    return chapters, []


def check(old: Contents, new: Contents, said: list[Told]) -> None:
    found = compare(old, new)
    assert told(found) == Counter(said)
    assert found.is_empty is (not said)
    assert bool(found.summary) is bool(said)
    stored = compare(from_json(to_json(old)), from_json(to_json(new)))
    assert told(stored) == Counter(said)


@pytest.mark.parametrize("name", NAMES)
@some_chances(2)
def test_compare_tells_each_kind_of_edit(held: Held, name: str, chance: Random) -> None:
    plan, edit = held.plan, EDITS[NAMES.index(name)]
    tried = 0
    for at in chance.sample(range(len(plan.chapters)), len(plan.chapters)):
        found = edit(plan.chapters[at], chance)
        if found and tried < ENOUGH:
            tried += 1
            new = dataclasses.replace(plan, chapters=(*plan.chapters[:at], found[0], *plan.chapters[at + 1 :]))
            assert told(compare(plan, renumbered(new))) == Counter(found[1]), plan.chapters[at].title
    assert tried > 0


@some_chances(25)
def test_compare_tells_random_edits_and_nothing_else(held: Held, chance: Random) -> None:
    new, said = edited(held.plan, chance, count=chance.randint(0, 19))
    check(held.plan, renumbered(new), said)


@pytest.mark.parametrize("name", ["sample", "plan"])
def test_compare_of_the_same_tells_nothing(held: Held, name: str) -> None:
    one = {"sample": CONTENTS, "plan": held.plan}[name]
    check(one, from_json(to_json(one)), [])
    check(one, renumbered(one), [])


def full() -> Contents:
    """The hand-made contents with something in every field."""
    row = SCORECARD.groups[0].rows[0]
    more: Row = dataclasses.replace(row, key="uptime", origins=(Origin("uptime", "result", "2022"), None, None))
    return dataclasses.replace(put(CONTENTS, row, more), indicators=(FACTS,))


def leaves(form: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The path of every value that is neither an object, a list nor nothing."""
    if isinstance(form, dict | list):
        pairs = form.items() if isinstance(form, dict) else enumerate(form)
        return [leaf for key, value in pairs for leaf in leaves(value, (*path, key))]
    return [] if form is None or path[-1] in STRUCTURAL else [path]


def other(value: object, key: str | int) -> object:
    """A value of the same type that is not the same; a number where the key is a place in a list of numbers."""
    match value:
        case str() if isinstance(key, int) and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value):
            return f"{value}1"
        case bool():
            return not value
        case int():
            return value + 1
    return f"{value} endret"


def changed(form: Any, path: tuple[str | int, ...]) -> Any:
    """The form with another value at the path."""
    key, *rest = path
    copy = dict(form) if isinstance(form, dict) else list(form)
    copy[key] = changed(copy[key], tuple(rest)) if rest else other(copy[key], key)  # type: ignore[index]
    return copy


def is_told(form: Any, path: tuple[str | int, ...]) -> bool:
    """Whether a change at the path is to be told: it is of no silent field, and of none that JSON says twice."""
    names = [part for part in path if isinstance(part, str)]
    if names[0] == "indicators":
        return names[-1] != "slug"
    if SILENT & set(names):
        return False
    holder = form
    for part in path[:-1]:
        holder = holder[part]
    return not (names[-1] in DERIVED and ({"type", "cells"} & set(holder)))


def test_compare_tells_a_change_of_every_field_that_a_reader_sees() -> None:
    old = to_json(full())
    paths = leaves(old)
    untold = [path for path in paths if compare(from_json(old), from_json(changed(old, path))).is_empty]
    assert [path for path in untold if is_told(old, path)] == []
    assert len(paths) > 300


def test_compare_tells_no_change_of_what_follows_from_the_rest() -> None:
    old = to_json(full())
    silent = {"number", "level", "area", "functions", "origins"}
    paths = [path for path in leaves(old) if silent & set(path) and path[-3:-1] != ("groups", 0)]
    assert [path for path in paths if not compare(from_json(old), from_json(changed(old, path))).is_empty] == []
    assert len(paths) > 10
