"""A document's sections as a tree, flattened in reading order for the page where it is worked on."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from organisation.access import Right
from organisation.models import User
from plans.models import Section


@dataclass(frozen=True)
class Branch:
    """A section where it stands: its depth (0 for a chapter), its last change, and where its contents are edited."""

    section: Section
    depth: int
    change: Any
    edit_url: str | None


def tree_of(sections: Iterable[Section], changes: Mapping[int, Any], links: Mapping[int, str]) -> list[Branch]:
    """Every section in reading order."""
    children: dict[int | None, list[Section]] = defaultdict(list)
    for section in sorted(sections, key=lambda section: (section.position, section.pk)):
        children[section.parent_id].append(section)

    def walk(parent: int | None, depth: int) -> Iterator[Branch]:
        for section in children[parent]:
            yield Branch(section, depth, changes.get(section.pk), links.get(section.pk))
            yield from walk(section.pk, depth + 1)

    return list(walk(None, 0))


def seen_by(user: User, branches: Iterable[Branch]) -> list[Branch]:
    """The chapters that the person may see or edit something in, each with all that stands in it."""
    chapters: list[list[Branch]] = []
    for branch in branches:
        if branch.depth == 0:
            chapters.append([])
        chapters[-1].append(branch)
    seen, edited = user.unit_ids(Right.SEE), user.unit_ids(Right.EDIT)

    def is_seen(chapter: list[Branch]) -> bool:
        is_own = any(branch.section.unit_id in edited or branch.edit_url for branch in chapter)
        return chapter[0].section.unit_id in seen or is_own

    return [branch for chapter in chapters if is_seen(chapter) for branch in chapter]


def count_below(section: Section) -> int:
    """How many sections stand under the section, at any depth. One query."""
    parents = dict(section.document.sections.values_list("pk", "parent_id"))

    def is_below(parent: int | None) -> bool:
        while parent is not None and parent != section.pk:
            parent = parents[parent]
        return parent == section.pk

    return sum(is_below(parent) for parent in parents.values())
